package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOneProcess(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, tuning{})
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Fatalf("opened twice: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openTest(t, dir, tuning{})
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  error
	}{
		"a newer file":      {func(t *testing.T, dir string) { pragma(t, dir, fmt.Sprintf("user_version=%d", version+1)) }, ErrNewer},
		"another program's": {func(t *testing.T, dir string) { pragma(t, dir, "application_id=7") }, ErrForeign},
		"no database": {func(t *testing.T, dir string) {
			writeFiles(t, dir, map[string][]byte{fileName: bytes.Repeat([]byte("dear diary "), 1000)})
		}, ErrCorrupt},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			c.spoil(t, dir)
			before := readFiles(t, dir)[fileName]
			for range 2 { // the lock is let go each time
				if _, err := Open(dir, Options{}); !errors.Is(err, c.want) {
					t.Fatalf("%v, want %v", err, c.want)
				}
			}
			if !bytes.Equal(before, readFiles(t, dir)[fileName]) {
				t.Error("a file that was refused has been written to")
			}
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, Options{}); err == nil {
		t.Error("a file passed for a folder")
	}
}

func pragma(t *testing.T, dir, set string) {
	t.Helper()
	s, err := open(dir, Options{After: never}, tuning{pragmas: []string{set}})
	if err != nil && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrNewer) {
		t.Fatal(err)
	}
	if err == nil {
		s.Close()
	}
}

// Names that mean something in an address of SQLite are folders like any other.
func TestOddFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a?b#c%20 é&mode=memory")
	sample(t, dir)
	if _, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
		t.Fatal(err)
	}
}

// Closed, everything is in one file.
func TestCloseLeavesOneFile(t *testing.T) {
	dir := t.TempDir()
	sample(t, dir)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := f.Name(); name != fileName && name != lockName {
			t.Errorf("%s is left", name)
		}
	}
}

// What was deleted is in no file any more, at once for a board, after the next cleaning for what two snapshots have replaced.
func TestErased(t *testing.T) {
	dir := t.TempDir()
	due := make(chan time.Time)
	s, err := open(dir, Options{After: func(time.Duration) <-chan time.Time { return due }}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	secret := func(n int) []byte { return bytes.Repeat([]byte("a word in confidence "), n) }
	there := func() bool {
		for _, data := range readFiles(t, dir) {
			if bytes.Contains(data, []byte("in confidence")) {
				return true
			}
		}
		return false
	}
	ctx := t.Context()
	fillBoard := func(id string) error {
		err := s.Create(ctx, id, Record{Kind: Update, Data: secret(1)})
		for i := range 50 {
			_, e := s.Append(ctx, id, Record{Kind: Event, Data: secret(1 + i*5)})
			err = errors.Join(err, e)
		}
		return errors.Join(err, s.Snapshot(ctx, id, 20, secret(5000)), s.Snapshot(ctx, id, 40, secret(3000)))
	}
	if err := errors.Join(fillBoard("a"), s.Create(ctx, "b", Record{Kind: Update, Data: []byte("plain")})); err != nil {
		t.Fatal(err)
	}
	if !there() {
		t.Fatal("this test would find nothing")
	}
	if err := s.Delete(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if there() {
		t.Error("a deleted board can still be read from the files")
	}
	if err := errors.Join(fillBoard("c"), s.Snapshot(ctx, "c", 51, []byte("clean")), s.Snapshot(ctx, "c", 51, []byte("clean"))); err != nil {
		t.Fatal(err)
	}
	due <- time.Time{} // the writer takes it once it is free, and cleans before the next write
	if err := s.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	if there() {
		t.Error("what was purged can still be read from the files")
	}
}

// Deleted boards give their room back to the file system.
func TestShrinks(t *testing.T) {
	dir := t.TempDir()
	due := make(chan time.Time)
	s, err := open(dir, Options{After: func(time.Duration) <-chan time.Time { return due }}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	size := func() int64 {
		info, err := os.Stat(filepath.Join(dir, fileName))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	data := make([]byte, 1<<20)
	for i := range 12 {
		if err := s.Create(t.Context(), fmt.Sprint(i), Record{Kind: Update, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 11 {
		if err := s.Delete(t.Context(), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	full := size()
	for step := 0; size() > 2<<20; step++ {
		if step == 100 {
			t.Fatalf("still %d bytes of %d", size(), full)
		}
		select {
		case due <- time.Time{}:
		case <-t.Context().Done():
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Load(t.Context(), "11"); err != nil || !bytes.Equal(got.Tail[0].Data, data) {
		t.Fatal(err)
	}
}

// A checkpoint that a reader stands in the way of is made up for later, and nobody waits for the reader for ever.
func TestReaderInTheWay(t *testing.T) {
	dir := t.TempDir()
	due := make(chan time.Time)
	s, err := open(dir, Options{After: func(time.Duration) <-chan time.Time { return due }}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := errors.Join(s.Create(t.Context(), "a", Record{Kind: Update, Data: []byte("x")}), s.Create(t.Context(), "b")); err != nil {
		t.Fatal(err)
	}
	logSize := func() int { return len(readFiles(t, dir)[fileName+"-wal"]) }
	err = s.view(t.Context(), func(v view) error {
		if _, err := v.head("a"); err != nil {
			return err
		}
		return s.Delete(context.Background(), "a")
	})
	if err != nil || logSize() == 0 {
		t.Fatalf("log of %d bytes, %v", logSize(), err)
	}
	due <- time.Time{}
	if err := s.Create(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if data := readFiles(t, dir)[fileName+"-wal"]; len(data) > 10*4200 {
		t.Errorf("the log still has %d bytes", len(data))
	}
}

// Opening reads no board: a hundred thousand of them cost what one does.
func TestOpenManyBoards(t *testing.T) {
	dir := t.TempDir()
	if err := openTest(t, dir, tuning{}).Close(); err != nil {
		t.Fatal(err)
	}
	const boards, together = 100_000, 1000
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, fileName), "", nil))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < boards; i += together {
		var rows []string
		for j := i; j < i+together; j++ {
			h := head{id: fmt.Sprintf("board%06d", j), touched: int64(j)}
			rows = append(rows, fmt.Sprintf("('%s', 0, %d, %d)", h.id, h.touched, h.sum()))
		}
		if _, err := db.Exec("INSERT INTO boards (id, seq, touched, sum) VALUES " + strings.Join(rows, ",")); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	theTape().record()
	start := time.Now()
	s := openTest(t, dir, tuning{vfs: tapeName})
	if _, err := s.Load(t.Context(), "board077777"); err != nil {
		t.Fatal(err)
	}
	took, reads := time.Since(start), theTape().pagesRead()
	theTape().stop()
	t.Logf("opened, and one of %d boards read, in %v with %d reads", boards, took, reads)
	if reads > 50 {
		t.Errorf("%d reads to open", reads)
	}
	if ids, err := s.Idle(t.Context(), time.UnixMilli(boards), 3); err != nil || len(ids) != 3 || ids[2] != "board000002" {
		t.Fatal(ids, err)
	}
}

// The writer keeps the rows of boards lately written to: of fewer than there are, and none that was undone.
func TestManyBoardsInTurn(t *testing.T) {
	s := openTest(t, t.TempDir(), tuning{})
	const boards = headsKept + 10
	each := func(f func(id string) error) {
		t.Helper()
		errs := make(chan error, boards) // at once, so that they share their commits
		for i := range boards {
			go func() { errs <- f(fmt.Sprint("board ", i)) }()
		}
		for range boards {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
	}
	each(func(id string) error { return s.Create(t.Context(), id, Record{Kind: Event, Data: []byte("first")}) })
	for seq := range uint64(3) {
		each(func(id string) error {
			got, err := s.Append(t.Context(), id, Record{Kind: Update, Data: []byte(id)})
			if err == nil && got != seq+2 {
				return fmt.Errorf("%s: record %d, not %d", id, got, seq+2)
			}
			return err
		})
		undone := s.do(t.Context(), &request{apply: func(tx *tx) error {
			h, err := tx.head("board 1")
			if err != nil {
				return err
			}
			return errors.Join(tx.append(h, s.clock(), []Record{{Kind: Update, Data: []byte("never")}}), errors.New("the disk fails"))
		}})
		if undone == nil {
			t.Fatal("this test undoes nothing")
		}
	}
	each(func(id string) error {
		got, err := s.Load(t.Context(), id)
		if err == nil && got.Seq() != 4 {
			return fmt.Errorf("%s ends with record %d", id, got.Seq())
		}
		return err
	})
}
