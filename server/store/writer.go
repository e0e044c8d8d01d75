package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"time"
)

// A commit costs one wait for the disk, however much is in it. What arrives during that wait is in the next one, within
// these bounds; one call is never split.
const (
	batchRecords = 1000
	batchBytes   = 16 << 20
)

// request is one call waiting to be written.
type request struct {
	apply   func(*tx) error
	records int
	bytes   int
	erases  bool // to be answered once what it deleted has left the write-ahead log too
	err     error
	done    chan struct{}
}

// queue is what waits for the next commit. It is no longer than the callers waiting on it are many.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	closed  bool
	wake    chan struct{}
}

func (q *queue) push(r *request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.waiting = append(q.waiting, r)
	q.signal()
	return true
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// withdraw takes a request back, unless it is being committed.
func (q *queue) withdraw(r *request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.waiting, r)
	if i < 0 {
		return false
	}
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return true
}

// take gives the next batch, and whether the queue is closed.
func (q *queue) take() ([]*request, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n, records, bytes := 0, 0, 0
	for n < len(q.waiting) {
		records, bytes = records+q.waiting[n].records, bytes+q.waiting[n].bytes
		if n > 0 && (records > batchRecords || bytes > batchBytes) {
			break
		}
		n++
	}
	batch := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	return batch, q.closed
}

// close says whether it was open.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	was := !q.closed
	q.closed = true
	q.signal()
	return was
}

// writer owns the one connection that writes. Only its goroutine uses it.
type writer struct {
	db    *sql.DB
	conn  *sql.Conn
	after func(time.Duration) <-chan time.Time
	stmts
	heads     map[string]*head // as they are on the disk, of boards lately written to
	queue     queue
	shrinking bool             // free pages are being handed back
	sweepAt   <-chan time.Time // when to clean; nil when nothing was deleted since
	ended     chan struct{}
}

// do hands a request to the writer and waits for its outcome. Data must stay as it is until then, and is free again after.
func (w *writer) do(ctx context.Context, r *request) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.done = make(chan struct{})
	if !w.queue.push(r) {
		return ErrClosed
	}
	select {
	case <-r.done:
	case <-ctx.Done():
		if w.queue.withdraw(r) {
			return ctx.Err()
		}
		<-r.done
	}
	return r.err
}

func (w *writer) run() {
	defer close(w.ended)
	for {
		select {
		case <-w.sweepAt:
			w.sweep()
		default:
		}
		batch, closed := w.queue.take()
		if len(batch) > 0 {
			w.commit(batch)
			continue
		}
		if closed {
			return
		}
		select {
		case <-w.queue.wake:
		case <-w.sweepAt:
			w.sweep()
		}
	}
}

// commit writes a batch and answers it. When a batch fails, each of its requests is tried alone, so that a write too large
// for what is left of the disk, or a damaged page, fails only the ones it concerns.
func (w *writer) commit(batch []*request) {
	if err := w.try(batch); err != nil {
		w.truncate() // on a full disk, this may be the room that was missing
		for _, r := range batch {
			if err := w.try([]*request{r}); err != nil {
				r.err = classify(err)
			}
		}
	}
	erased := false
	for _, r := range batch {
		if r.erases && r.err == nil {
			erased = true
		} else {
			close(r.done)
		}
	}
	if erased {
		w.truncate()
		for _, r := range batch {
			if r.erases && r.err == nil {
				close(r.done)
			}
		}
	}
}

// try is one transaction. What a request is refused for is its own and leaves no trace; any other error undoes the whole batch.
func (w *writer) try(batch []*request) error {
	if _, err := w.begin.Exec(); err != nil {
		return err
	}
	t := &tx{writer: w}
	err := func() error {
		for _, r := range batch {
			if r.err = r.apply(t); r.err != nil && !slices.Contains(refusals, r.err) {
				return r.err
			}
		}
		if err := t.writeHeads(); err != nil {
			return err
		}
		_, err := w.end.Exec()
		return err
	}()
	if err != nil {
		// SQLite has often rolled back by itself, and then says so with an error of no interest.
		w.conn.ExecContext(context.Background(), "ROLLBACK")
		clear(w.heads) // some tell of what was undone
		return err
	}
	if len(w.heads) > headsKept {
		clear(w.heads)
	}
	if t.deleted && w.sweepAt == nil {
		w.sweepAt = w.after(sweepPause)
	}
	return nil
}

// refusals are the answers a request gives before it has changed anything.
var refusals = []error{ErrExists, ErrNotFound, ErrCorrupt, ErrSeq, errMoved}

// Cleaning: deleted pages are handed back to the file system once they are a quarter of the file, a little at a time so
// that edits hardly wait, and what was deleted leaves the write-ahead log within sweepPause and some.
const (
	sweepPause  = 10 * time.Minute
	shrinkPause = 50 * time.Millisecond
	shrinkPages = 1024
	shrinkFrom  = 256
)

func (w *writer) sweep() {
	w.sweepAt = nil
	more, err := w.shrink()
	switch {
	case err == nil && more:
		w.sweepAt = w.after(shrinkPause)
	case err != nil || !w.truncate():
		w.sweepAt = w.after(sweepPause)
	}
}

// shrink hands some free pages back and says whether there are more.
func (w *writer) shrink() (more bool, err error) {
	ctx := context.Background()
	var free, pages int
	if err := w.conn.QueryRowContext(ctx, "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count").Scan(&free, &pages); err != nil {
		return false, err
	}
	if free < shrinkFrom || free*4 < pages && !w.shrinking {
		w.shrinking = false
		return false, nil
	}
	w.shrinking = true
	// The pragma frees one page a step, so its rows are to be walked to the end.
	rows, err := w.conn.QueryContext(ctx, fmt.Sprintf("PRAGMA incremental_vacuum(%d)", shrinkPages))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return true, rows.Err()
}

// truncate moves the write-ahead log into the file and empties it, and says whether it could: a reader may be in the way,
// whom writers do not wait for as long as they would for another writer.
func (w *writer) truncate() bool {
	ctx := context.Background()
	var busy, frames, moved int
	if _, err := w.conn.ExecContext(ctx, "PRAGMA busy_timeout=300"); err != nil {
		return false
	}
	err := w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if _, err := w.conn.ExecContext(ctx, "PRAGMA busy_timeout=5000"); err != nil {
		return false
	}
	return err == nil && busy == 0
}
