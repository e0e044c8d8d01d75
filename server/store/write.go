package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// errMoved: another snapshot of the board came in between.
var errMoved = errors.New("store: the snapshots have changed")

// maxSeq is where a board's numbers would run into the next one's.
const maxSeq = 1<<32 - 1

// at is where a record lies.
func at(key, seq int64) int64 { return key<<32 | seq }

// head is a board's row.
type head struct {
	key     int64
	id      string
	seq     int64
	touched int64
	changed bool
}

// headsKept is of how many boards the writer, who alone changes them, need not read the row again.
const headsKept = 256

// tx is one transaction under way: the rows of boards that get several records in it are written once.
type tx struct {
	*writer
	changed []*head
	deleted bool
}

type stmts struct {
	begin, end, readHead, addHead, putHead, addRecord, snapshotRows, addSnapshot, dropSnapshots, trim *sql.Stmt
	prepared                                                                                          []*sql.Stmt
}

func (w *writer) statements(ctx context.Context) error {
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.begin, "BEGIN IMMEDIATE"},
		{&w.end, "COMMIT"},
		{&w.readHead, "SELECT key, seq, touched, sum FROM boards WHERE id = ?"},
		{&w.addHead, "INSERT INTO boards (id, seq, touched, sum) VALUES (?, ?, ?, ?)"},
		{&w.putHead, "UPDATE boards SET seq = ?, touched = ?, sum = ? WHERE key = ?"},
		{&w.addRecord, "INSERT INTO log (at, kind, sum, data) VALUES (?, ?, ?, ?)"},
		{&w.snapshotRows, "SELECT coalesce(max(row), 0) FROM snapshots WHERE board = ?"},
		{&w.addSnapshot, "INSERT INTO snapshots (board, seq, sum, data) VALUES (?, ?, ?, ?)"},
		{&w.dropSnapshots, "DELETE FROM snapshots WHERE board = ? AND row NOT IN (?, ?)"},
		{&w.trim, "DELETE FROM log WHERE at BETWEEN ? AND ?"},
	} {
		stmt, err := w.conn.PrepareContext(ctx, s.sql)
		if err != nil {
			return err
		}
		*s.to = stmt
		w.prepared = append(w.prepared, stmt)
	}
	return nil
}

// head is a board's row, read where it is not kept: ErrNotFound, ErrCorrupt.
func (t *tx) head(id string) (*head, error) {
	if h, ok := t.heads[id]; ok {
		return h, nil
	}
	h := &head{id: id}
	var check int64
	err := t.readHead.QueryRow(id).Scan(&h.key, &h.seq, &h.touched, &check)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNotFound
	case err != nil:
		return nil, err
	case check != h.sum():
		return nil, ErrCorrupt
	}
	t.heads[id] = h
	return h, nil
}

func (t *tx) writeHeads() error {
	for _, h := range t.changed {
		h.changed = false
		if _, err := t.putHead.Exec(h.seq, h.touched, h.sum(), h.key); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) append(h *head, now time.Time, records []Record) error {
	if len(records) == 0 {
		return nil
	}
	if int64(len(records)) > maxSeq-h.seq {
		return ErrSeq
	}
	for _, r := range records {
		h.seq++
		r.Seq = uint64(h.seq)
		if _, err := t.addRecord.Exec(at(h.key, h.seq), r.Kind, sumRecord(h.id, r), blob(r.Data)); err != nil {
			return err
		}
	}
	h.touched = now.UnixMilli()
	if !h.changed {
		h.changed = true
		t.changed = append(t.changed, h)
	}
	return nil
}

// blob is data as SQLite stores it: nothing is an empty value, not a missing one.
func blob(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

func size(records []Record) (n int) {
	for _, r := range records {
		n += len(r.Data)
	}
	return n
}

func (s *SQLite) Create(ctx context.Context, id string, first ...Record) error {
	return s.do(ctx, &request{records: 1 + len(first), bytes: size(first), apply: func(t *tx) error {
		switch _, err := t.head(id); err {
		case ErrNotFound:
		case nil, ErrCorrupt:
			return ErrExists
		default:
			return err
		}
		if len(first) > maxSeq {
			return ErrSeq
		}
		now := s.clock()
		h := &head{id: id, touched: now.UnixMilli()}
		added, err := t.addHead.Exec(h.id, h.seq, h.touched, h.sum())
		if err != nil {
			return err
		}
		if h.key, err = added.LastInsertId(); err != nil {
			return err
		}
		t.heads[id] = h
		return t.append(h, now, first)
	}})
}

func (s *SQLite) Append(ctx context.Context, id string, records ...Record) (uint64, error) {
	var last int64
	err := s.do(ctx, &request{records: len(records), bytes: size(records), apply: func(t *tx) error {
		h, err := t.head(id)
		if err != nil {
			return err
		}
		err = t.append(h, s.clock(), records)
		last = h.seq
		return err
	}})
	if err != nil {
		return 0, err
	}
	return uint64(last), nil
}

// Snapshot checks, outside the writer, which snapshot is worth keeping beside the new one; a damaged one must not push out
// a sound one.
func (s *SQLite) Snapshot(ctx context.Context, id string, upTo uint64, data []byte) error {
	for {
		newest, kept, err := s.soundSnapshot(ctx, id)
		if err != nil {
			return err
		}
		err = s.do(ctx, &request{records: 1, bytes: len(data), apply: func(t *tx) error {
			return t.snapshot(id, upTo, data, newest, kept)
		}})
		if err != errMoved {
			return err
		}
	}
}

// snapshot writes one beside the kept one; newest is the last row that was there when kept was chosen.
func (t *tx) snapshot(id string, upTo uint64, data []byte, newest int64, kept snapshotRow) error {
	h, err := t.head(id)
	if err != nil {
		return err
	}
	if upTo > uint64(h.seq) || upTo < uint64(kept.seq) {
		return ErrSeq
	}
	var last int64
	if err := t.snapshotRows.QueryRow(h.key).Scan(&last); err != nil {
		return err
	}
	if last != newest {
		return errMoved
	}
	added, err := t.addSnapshot.Exec(h.key, int64(upTo), sumSnapshot(id, int64(upTo), data), blob(data))
	if err != nil {
		return err
	}
	row, err := added.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := t.dropSnapshots.Exec(h.key, row, kept.row); err != nil {
		return err
	}
	_, err = t.trim.Exec(at(h.key, 0), at(h.key, kept.seq))
	t.deleted = true
	return err
}

func (s *SQLite) Delete(ctx context.Context, id string) error {
	return s.do(ctx, &request{records: 1, erases: true, apply: func(t *tx) error {
		// A damaged board may go as well as any: only its key is needed.
		var key int64
		switch err := t.conn.QueryRowContext(context.Background(), "SELECT key FROM boards WHERE id = ?", id).Scan(&key); {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		}
		t.deleted = true
		delete(t.heads, id)
		if _, err := t.trim.Exec(at(key, 0), at(key, maxSeq)); err != nil {
			return err
		}
		for _, from := range []string{"snapshots WHERE board", "codes WHERE board", "boards WHERE key"} {
			if _, err := t.conn.ExecContext(context.Background(), "DELETE FROM "+from+" = ?", key); err != nil {
				return err
			}
		}
		return nil
	}})
}

func (s *SQLite) PutCode(ctx context.Context, code, id string, expires time.Time) error {
	return s.do(ctx, &request{records: 1, apply: func(t *tx) error {
		h, err := t.head(id)
		if err != nil {
			return err
		}
		ctx := context.Background()
		var taken bool
		now, until := s.clock().UnixMilli(), expires.UnixMilli()
		if err := t.conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM codes WHERE code = ? AND expires > ?)", code, now).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return ErrExists
		}
		if _, err := t.conn.ExecContext(ctx, "DELETE FROM codes WHERE expires <= ?", now); err != nil {
			return err
		}
		_, err = t.conn.ExecContext(ctx, "INSERT INTO codes (code, board, expires, sum) VALUES (?, ?, ?, ?)", code, h.key, until, sumCode(code, id, until))
		return err
	}})
}

// probeBytes is large enough to need fresh pages: a write into what is already ours would tell nothing of the disk.
const probeBytes = 16 << 10

func (s *SQLite) Ready(ctx context.Context) error {
	for _, q := range []string{"INSERT INTO probe (data) VALUES (randomblob(?))", "DELETE FROM probe WHERE ? > 0"} {
		err := s.do(ctx, &request{records: 1, apply: func(t *tx) error {
			_, err := t.conn.ExecContext(context.Background(), q, probeBytes)
			return err
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
