package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Options of a SQLite store. The zero value is what a server wants.
type Options struct {
	Clock func() time.Time                     // dates records and ends codes; time.Now
	After func(time.Duration) <-chan time.Time // paces the cleaning of the file; time.After
}

// tuning is what tests bend to break the store's promises.
type tuning struct {
	vfs     string
	pragmas []string // after ours, for the writer
}

// SQLite is a Log in one file of one folder, for one process.
type SQLite struct {
	clock   func() time.Time
	lock    *flock.Flock
	life    sync.RWMutex // held by whoever reads
	closed  bool
	readers *sql.DB
	*writer
}

var _ Log = (*SQLite)(nil)

const (
	version       = 1          // of the schema, in user_version
	applicationID = 0x556e6973 // "Unis", tells our files from others
	fileName      = "boards.db"
	lockName      = "lock"
)

// schema. The records of a board lie side by side in the order of their numbers, without an index beside them: at is the
// board's key × 2^32 + the record's number. A key is never given twice, so that nothing left behind can find a new owner.
// Every sum is a CRC32C (sum.go).
const schema = `
CREATE TABLE boards (
	key     INTEGER PRIMARY KEY AUTOINCREMENT,
	id      TEXT NOT NULL UNIQUE,
	seq     INTEGER NOT NULL, -- number of the last record
	touched INTEGER NOT NULL, -- when it was appended, Unix milliseconds
	sum     INTEGER NOT NULL
);
CREATE TABLE log (
	at   INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL,
	sum  INTEGER NOT NULL,
	data BLOB NOT NULL
);
CREATE TABLE snapshots (
	row   INTEGER PRIMARY KEY AUTOINCREMENT,
	board INTEGER NOT NULL,
	seq   INTEGER NOT NULL,
	sum   INTEGER NOT NULL,
	data  BLOB NOT NULL
);
CREATE INDEX snapshots_board ON snapshots (board);
CREATE TABLE codes (
	code    TEXT PRIMARY KEY,
	board   INTEGER NOT NULL,
	expires INTEGER NOT NULL, -- Unix milliseconds
	sum     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE probe (data BLOB NOT NULL);
`

// Open opens the store of a folder, which is made where it is missing. ErrLocked, ErrNewer, ErrForeign, ErrCorrupt.
func Open(dir string, o Options) (*SQLite, error) {
	return open(dir, o, tuning{})
}

func open(dir string, o Options, how tuning) (_ *SQLite, err error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.After == nil {
		o.After = time.After
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !held:
		return nil, fmt.Errorf("%w: %s", ErrLocked, dir)
	}
	s := &SQLite{clock: o.Clock, lock: lock}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.release())
		}
	}()
	path := filepath.Join(dir, fileName)
	if err := checkLog(path + "-wal"); err != nil {
		return nil, err
	}
	// A large snapshot fills whatever cache it is given, and SQLite never hands it back; pages that are not in it are in the system's.
	pragmas := []string{"journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "journal_size_limit=67108864", "cache_size=-500"}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		// Only an empty file can take it, and an old one would be written to at every start.
		pragmas = append([]string{"auto_vacuum=INCREMENTAL"}, pragmas...)
	}
	db, err := sql.Open("sqlite", dsn(path, how.vfs, append(pragmas, how.pragmas...)))
	if err != nil {
		return nil, err
	}
	s.writer = &writer{db: db, after: o.After, heads: map[string]*head{}, queue: queue{wake: make(chan struct{}, 1)}, ended: make(chan struct{})}
	if err := s.prepare(context.Background()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, classify(err))
	}
	// The names of the new files are to last, and the journal of the file's first page is not to come back.
	if err := syncDir(dir); err != nil {
		return nil, err
	}
	if s.readers, err = sql.Open("sqlite", dsn(path, how.vfs, []string{"query_only=ON", "cache_size=-100"})); err != nil {
		return nil, err
	}
	s.readers.SetMaxOpenConns(readers)
	s.readers.SetMaxIdleConns(readers)
	go s.run()
	return s, nil
}

// readers is how many boards are read from disk at once; the rest wait their turn.
const readers = 4

// dsn names the file with the pragmas its connections need. On a Mac only fullfsync reaches the disk; elsewhere it changes nothing.
func dsn(path, vfs string, pragmas []string) string {
	q := url.Values{}
	for _, p := range append([]string{"busy_timeout=5000", "cell_size_check=ON", "trusted_schema=OFF", "fullfsync=ON"}, pragmas...) {
		q.Add("_pragma", p)
	}
	if vfs != "" {
		q.Set("vfs", vfs)
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// makeDir makes a folder that is still there after a power cut.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// syncDir makes the names in a folder durable. Systems that cannot sync a folder need not.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrPermission) && !errors.Is(err, os.ErrInvalid) {
		return err
	}
	return nil
}

// prepare takes the writer's connection and makes the tables of a new file.
func (w *writer) prepare(ctx context.Context) (err error) {
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return err
	}
	var mode string
	if err := w.conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("no write-ahead log on this file system (journal mode %s)", mode)
	}
	var app, found, tables int
	for pragma, to := range map[string]*int{"PRAGMA application_id": &app, "PRAGMA user_version": &found, "SELECT count(*) FROM sqlite_schema": &tables} {
		if err := w.conn.QueryRowContext(ctx, pragma).Scan(to); err != nil {
			return err
		}
	}
	switch {
	case tables == 0 && found == 0:
		if _, err := w.conn.ExecContext(ctx, fmt.Sprintf("BEGIN; %s PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", schema, applicationID, version)); err != nil {
			return err
		}
	case app != applicationID:
		return ErrForeign
	case found > version:
		return fmt.Errorf("%w: version %d, this program knows %d", ErrNewer, found, version)
	}
	return w.statements(ctx)
}

// Close writes what is under way, then refuses the rest. A second Close does nothing.
func (s *SQLite) Close() error {
	if !s.queue.close() {
		<-s.ended
		return nil
	}
	<-s.ended
	s.life.Lock()
	defer s.life.Unlock()
	s.closed = true
	return s.release()
}

func (s *SQLite) release() error {
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil {
		// The file is only closed, and the write-ahead log moved into it, once no statement is left.
		for _, stmt := range s.prepared {
			errs = append(errs, stmt.Close())
		}
		if s.conn != nil {
			errs = append(errs, s.conn.Close())
		}
		errs = append(errs, s.db.Close())
	}
	return errors.Join(append(errs, s.lock.Unlock())...)
}

// classify says what an error of SQLite means to a room. Its own text stays for the operator's log: it holds no content.
func classify(err error) error {
	var e *sqlite.Error
	switch {
	case err != nil && strings.HasPrefix(err.Error(), "sql: Scan error"):
		// A column holds what the schema does not let in. database/sql has no type for this one.
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS, sqlite3.SQLITE_IOERR_DATA:
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}
