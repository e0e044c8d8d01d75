//go:build unix

package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"unisson/server/live"
	"unisson/server/store"
)

// A restart of the real program, in a process of its own, on a folder of 100,000 boards, most of which nobody has opened for days: until
// it says that it is ready, and until it has given somebody their board.
func BenchmarkRestart(b *testing.B) {
	const boards, writers = 100_000, 500
	data := b.TempDir()
	board := kept{Tokens: map[string]string{"viewer": fmt.Sprintf("%043d", 7)}}
	fill(b, data, boards, writers, board.Tokens["viewer"])
	board.ID = idOf(boards / 2)
	var ready, opened time.Duration
	for b.Loop() {
		begun := time.Now()
		p := start(b, data)
		if status, body := p.ask("GET", "/readyz", ""); status != http.StatusOK {
			b.Fatalf("%d %s", status, body)
		}
		ready += time.Since(begun)
		p.whole(board)
		opened += time.Since(begun)
		if err := p.stop(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op") // most of which is the stop
	b.ReportMetric(float64(ready.Milliseconds())/float64(b.N), "ms-until-ready")
	b.ReportMetric(float64(opened.Milliseconds())/float64(b.N), "ms-until-a-board")
}

func idOf(n int) string { return fmt.Sprintf("%022d", n) }

// fill makes boards of an edit each, last touched in the two months before now.
func fill(b *testing.B, data string, boards, writers int, viewer string) {
	now := time.Now()
	var mu sync.Mutex
	step, made := 60*24*time.Hour/time.Duration(boards), 0
	s, err := store.Open(data, store.Options{Clock: func() time.Time { // asked once a board
		mu.Lock()
		defer mu.Unlock()
		made++
		return now.Add(-time.Duration(boards-made) * step)
	}})
	if err != nil {
		b.Fatal(err)
	}
	sum := sha256.Sum256([]byte(viewer))
	hash := hex.EncodeToString(sum[:])
	first, err := json.Marshal(map[string]any{"event": "created", "at": now.UnixMilli(), "day": now.UTC().Format(time.DateOnly),
		"tokens": map[live.Role]string{live.Facilitator: hash, live.Editor: hash, live.Viewer: hash}})
	if err != nil {
		b.Fatal(err)
	}
	var filling sync.WaitGroup
	for w := range writers {
		filling.Go(func() {
			for n := w; n < boards; n += writers {
				edit := typed(uint64(n+1), 0, "Une phrase que quelqu’un a écrite sur un tableau.")
				if err := s.Create(b.Context(), idOf(n), store.Record{Kind: store.Event, Data: first}, store.Record{Kind: store.Update, Data: edit}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	filling.Wait()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
