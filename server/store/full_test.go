package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

func openTest(t *testing.T, dir string, how tuning) *SQLite {
	t.Helper()
	s, err := open(dir, Options{After: never}, how)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// fill appends until the store is full, and gives what was acknowledged.
func fill(t *testing.T, s *SQLite, id string, size int) (acked [][]byte) {
	t.Helper()
	for i := range 100_000 {
		data := bytes.Repeat([]byte{byte(i), byte(i >> 8)}, size/2)
		_, err := s.Append(t.Context(), id, Record{Kind: Update, Data: data})
		if errors.Is(err, ErrFull) {
			return acked
		}
		if err != nil {
			t.Fatal(err)
		}
		acked = append(acked, data)
	}
	t.Fatal("the store never filled up")
	return nil
}

func holds(t *testing.T, s *SQLite, id string, want [][]byte) {
	t.Helper()
	got, err := s.Load(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Tail) != len(want) {
		t.Fatalf("%d records, %d were acknowledged", len(got.Tail), len(want))
	}
	for i, r := range got.Tail {
		if !bytes.Equal(r.Data, want[i]) || r.Seq != uint64(i+1) {
			t.Fatalf("record %d is not what was acknowledged", r.Seq)
		}
	}
}

func refusesAll(t *testing.T, s *SQLite, id string) {
	t.Helper()
	big := bytes.Repeat([]byte("x"), 100_000)
	_, err := s.Append(t.Context(), id, Record{Kind: Update, Data: big})
	for what, err := range map[string]error{
		"append": err, "create": s.Create(t.Context(), "other", Record{Kind: Update, Data: big}), "snapshot": s.Snapshot(t.Context(), id, 1, big), "ready": s.Ready(t.Context()),
	} {
		if !errors.Is(err, ErrFull) {
			t.Errorf("%s on a full disk: %v", what, err)
		}
	}
	if _, err := s.Load(t.Context(), "other"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a board refused is there: %v", err)
	}
}

// The engine's own limit of pages stands for a full disk.
func TestFull(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, tuning{pragmas: []string{"max_page_count=200"}})
	if err := errors.Join(s.Create(t.Context(), "a"), s.Ready(t.Context())); err != nil {
		t.Fatal(err)
	}
	acked := fill(t, s, "a", 3000)
	for range 3 {
		refusesAll(t, s, "a")
		holds(t, s, "a", acked)
	}
	err := s.do(t.Context(), &request{apply: func(tx *tx) error {
		_, err := tx.conn.ExecContext(context.Background(), "PRAGMA max_page_count=100000")
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatalf("space is back: %v", err)
	}
	if seq, err := s.Append(t.Context(), "a", Record{Kind: Update, Data: []byte("again")}); err != nil || seq != uint64(len(acked)+1) {
		t.Fatalf("space is back: %d, %v", seq, err)
	}
	acked = append(acked, []byte("again"))
	holds(t, s, "a", acked)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, openTest(t, dir, tuning{}), "a", acked)
}

// One record too large for what is left fails alone: smaller ones in the same commit go through.
func TestFullForSome(t *testing.T) {
	s := openTest(t, t.TempDir(), tuning{pragmas: []string{"max_page_count=200"}})
	if err := s.Create(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			size := 100
			if i%4 == 0 {
				size = 2 << 20
			}
			_, err := s.Append(t.Context(), "a", Record{Kind: Update, Data: make([]byte, size)})
			if want := i%4 == 0; errors.Is(err, ErrFull) != want || err != nil && !want {
				t.Errorf("%d bytes: %v", size, err)
			}
		})
	}
	wg.Wait()
	got, err := s.Load(t.Context(), "a")
	if err != nil || len(got.Tail) != 15 {
		t.Fatalf("%d records, %v", len(got.Tail), err)
	}
}

// The disk begins to fail at any operation, in any way, and heals later. Whatever was acknowledged is there and nothing
// else, before and after a restart; and while it fails, reads go on.
func TestFailingDisk(t *testing.T) {
	theTape().refusing(nil)
	defer theTape().refusing(nil)
	ways := []struct {
		name string
		kind opKind
		file string
		code int32
	}{
		{"log full", opWrite, "-wal", sqlite3.SQLITE_FULL}, {"log broken", opWrite, "-wal", sqlite3.SQLITE_IOERR_WRITE},
		{"log not synced", opSync, "-wal", sqlite3.SQLITE_IOERR_FSYNC}, {"file full", opWrite, fileName, sqlite3.SQLITE_FULL},
		{"file not synced", opSync, fileName, sqlite3.SQLITE_IOERR_FSYNC}, {"log not truncated", opTruncate, "-wal", sqlite3.SQLITE_IOERR_TRUNCATE},
	}
	for _, way := range ways {
		for seed := range uint64(4) {
			t.Run(fmt.Sprint(way.name, " ", seed), func(t *testing.T) {
				dir := t.TempDir()
				s := openTest(t, dir, tuning{vfs: tapeName, pragmas: []string{"wal_autocheckpoint=20"}})
				if err := s.Create(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				r := rand.New(rand.NewPCG(seed, 3))
				good := r.IntN(25)
				theTape().refusing(func(o op) int32 {
					if o.kind != way.kind || !strings.HasSuffix(o.file, way.file) {
						return 0
					}
					if good > 0 {
						good--
						return 0
					}
					return way.code
				})
				var acked [][]byte
				refused := 0
				try := func() {
					data := fmt.Appendf(nil, "%d %s", len(acked)+refused, bytes.Repeat([]byte("x"), r.IntN(9000)))
					switch _, err := s.Append(t.Context(), "a", Record{Kind: Update, Data: data}); {
					case err == nil:
						acked = append(acked, data)
					case errors.Is(err, ErrFull):
						refused++
						if err := s.Ready(t.Context()); !errors.Is(err, ErrFull) {
							t.Errorf("ready on a failing disk: %v", err)
						}
					default:
						t.Fatal(err)
					}
				}
				for range 35 {
					try()
				}
				holds(t, s, "a", acked)
				// Killed in this state, it opens again, with all that was acknowledged and, at most, what was refused last.
				killed := t.TempDir()
				writeFiles(t, killed, readFiles(t, dir))
				k := openTest(t, killed, tuning{vfs: "unix"})
				if got, err := k.Load(t.Context(), "a"); err != nil || len(got.Tail) < len(acked) || len(got.Tail) > len(acked)+1 {
					t.Errorf("after a kill: %d records, %d acknowledged, %v", len(got.Tail), len(acked), err)
				}
				// A log that cannot be written fails appends; a file that cannot only keeps the log growing.
				if way.kind != opTruncate && strings.HasPrefix(way.name, "log") && refused == 0 {
					t.Error("nothing was refused")
				}
				theTape().refusing(nil)
				was := refused
				for range 10 {
					try()
				}
				if refused > was {
					t.Error("the disk is well again, writes are still refused")
				}
				if err := s.Ready(t.Context()); err != nil {
					t.Error(err)
				}
				holds(t, s, "a", acked)
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				holds(t, openTest(t, dir, tuning{}), "a", acked)
			})
		}
	}
}
