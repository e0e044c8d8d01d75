package store_test

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"unisson/server/store"
)

func benchStore(b *testing.B) *store.SQLite {
	s, err := store.Open(b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// Durable appends of 120 bytes, each writer to a board of its own, waiting for each answer.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 50, 200} {
		b.Run(fmt.Sprint(writers, "writers"), func(b *testing.B) {
			s := benchStore(b)
			for w := range writers {
				if err := s.Create(b.Context(), fmt.Sprint(w)); err != nil {
					b.Fatal(err)
				}
			}
			data := make([]byte, 120)
			var left atomic.Int64
			left.Store(int64(b.N))
			done := make(chan error, writers)
			b.ReportAllocs()
			b.ResetTimer()
			for w := range writers {
				go func() {
					for left.Add(-1) >= 0 {
						if _, err := s.Append(b.Context(), fmt.Sprint(w), store.Record{Kind: store.Update, Data: data}); err != nil {
							done <- err
							return
						}
					}
					done <- nil
				}()
			}
			for range writers {
				if err := <-done; err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
		})
	}
}

// A board of 10,000 posts: a snapshot of 2.9 MB and a tail of a hundred edits.
func BenchmarkLoad(b *testing.B) {
	s := benchStore(b)
	data := make([]byte, 2_900_000)
	rand.NewChaCha8([32]byte{}).Read(data)
	tail := make([]store.Record, 100)
	for i := range tail {
		tail[i] = store.Record{Kind: store.Update, Data: data[:100]}
	}
	if err := s.Create(b.Context(), "a", store.Record{Kind: store.Update, Data: data}); err != nil {
		b.Fatal(err)
	}
	if err := s.Snapshot(b.Context(), "a", 1, data); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Append(b.Context(), "a", tail...); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := s.Load(b.Context(), "a"); err != nil {
			b.Fatal(err)
		}
	}
}
