package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// acked is one acknowledged call, and how far the tape had come when its answer was there.
type acked struct {
	board string
	seq   uint64
	data  []byte
	gone  bool // the board was deleted
	at    int
}

// never is for clocks that have nothing to wake.
func never(time.Duration) <-chan time.Time { return nil }

// session writes to four boards at once, from a file made before, and gives the tape, the acknowledgements and the file.
// after paces the cleaning.
func session(t *testing.T, how tuning) (base map[string][]byte, ops []op, acks []acked) {
	t.Helper()
	dir := t.TempDir()
	s, err := open(dir, Options{}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	for b := range 4 {
		if err := s.Create(t.Context(), fmt.Sprint("b", b), Record{Kind: Event, Data: []byte("made")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	base = readFiles(t, dir)
	how.vfs = tapeName
	tape := theTape()
	// Cleaning is due whenever it may be, so that cuts fall in it too.
	due := make(chan time.Time)
	close(due)
	tape.record()
	if s, err = open(dir, Options{After: func(time.Duration) <-chan time.Time { return due }}, how); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	note := func(a acked) {
		mu.Lock()
		defer mu.Unlock()
		a.at = tape.now()
		acks = append(acks, a)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(7, uint64(w)))
			id := fmt.Sprint("b", w%4)
			for i := range 40 {
				data := bytes.Repeat(fmt.Appendf(nil, "%d.%d ", w, i), 1+r.IntN(1000))
				seq, err := s.Append(t.Context(), id, Record{Kind: Update, Data: data})
				if err != nil {
					t.Error(err)
					return
				}
				note(acked{board: id, seq: seq, data: data})
				if w < 4 && i%10 == 9 {
					if err := s.Snapshot(t.Context(), id, seq, bytes.Repeat([]byte("snapshot "), 2000)); err != nil {
						t.Error(err)
					}
				}
				if w == 0 && i%8 == 7 {
					gone := fmt.Sprint("gone", i)
					if err := errors.Join(s.Create(t.Context(), gone, Record{Kind: Update, Data: data}), s.Delete(t.Context(), gone)); err != nil {
						t.Error(err)
					}
					note(acked{board: gone, gone: true})
				}
			}
		})
	}
	wg.Wait()
	ops = tape.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return base, ops, acks
}

// lost opens what a cut left and counts the acknowledged calls it has not kept.
func lost(t *testing.T, files map[string][]byte, acks []acked, n int) (count int, first error) {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, files)
	s, err := Open(dir, Options{After: never})
	boards := map[string]Stored{}
	failed := map[string]error{}
	if err == nil {
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		for b := range 4 {
			id := fmt.Sprint("b", b)
			boards[id], failed[id] = s.Load(t.Context(), id)
		}
	}
	for _, a := range acks {
		if a.at > n {
			continue
		}
		miss := err
		switch got := boards[a.board]; {
		case miss != nil:
		case a.gone:
			if _, e := s.Load(t.Context(), a.board); !errors.Is(e, ErrNotFound) {
				miss = fmt.Errorf("deleted, yet there: %v", e)
			}
		case failed[a.board] != nil:
			miss = failed[a.board]
		case got.Seq() < a.seq:
			miss = fmt.Errorf("%s ends at %d, %d was acknowledged", a.board, got.Seq(), a.seq)
		case a.seq > got.SnapshotSeq && !bytes.Equal(got.Tail[a.seq-got.SnapshotSeq-1].Data, a.data):
			miss = fmt.Errorf("%s has other data under %d", a.board, a.seq)
		}
		if miss != nil {
			count++
			if first == nil {
				first = miss
			}
		}
	}
	return count, first
}

// cuts tries power cuts all along a tape, half of them right after an answer, and counts those that lost something.
func cuts(t *testing.T, base map[string][]byte, ops []op, acks []acked, tries int) (bad int, first error) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 2))
	for i := range tries {
		n := r.IntN(len(ops) + 1)
		if i%2 == 0 {
			n = acks[r.IntN(len(acks))].at
		}
		chance := []float64{0, 0.5, 0.9}[r.IntN(3)]
		if count, err := lost(t, cut(base, ops, n, r, chance), acks, n); count > 0 {
			bad++
			if first == nil {
				first = fmt.Errorf("cut after operation %d of %d, unsynced writes kept with %v: %d calls lost, first: %w", n, len(ops), chance, count, err)
			}
		}
	}
	return bad, first
}

func TestPowerCut(t *testing.T) {
	base, ops, acks := session(t, tuning{})
	if bad, first := cuts(t, base, ops, acks, 160); bad > 0 {
		t.Fatalf("%d cuts lost acknowledged calls: %v", bad, first)
	}
}

// The control: without syncing, the same cuts lose what was acknowledged, or the test above could not fail.
func TestPowerCutFindsWeakSync(t *testing.T) {
	base, ops, acks := session(t, tuning{pragmas: []string{"synchronous=OFF"}})
	bad, first := cuts(t, base, ops, acks, 20)
	if bad < 10 {
		t.Fatalf("only %d of 20 cuts lost something, with a store that never syncs", bad)
	}
	t.Logf("%d of 20 cuts lost something, as they should; %v", bad, first)
	base, ops, acks = session(t, tuning{pragmas: []string{"synchronous=NORMAL"}})
	if bad, first = cuts(t, base, ops, acks, 20); bad < 5 {
		t.Fatalf("only %d of 20 cuts lost something, with a store that syncs at checkpoints alone", bad)
	}
	t.Logf("%d of 20 cuts lost something, as they should; %v", bad, first)
}
