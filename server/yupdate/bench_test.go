package yupdate

import (
	"runtime"
	"testing"
)

func board(t testing.TB, posts int) []byte {
	var got struct{ State []byte }
	startYjs(t).ask(t, "board", question{"posts": posts}, &got)
	return got.State
}

func typing(t testing.TB, keystrokes int) [][]byte {
	var got struct{ Updates [][]byte }
	startYjs(t).ask(t, "typing", question{"keystrokes": keystrokes}, &got)
	return got.Updates
}

// A board of 10,000 posts costs little more than its own bytes, also while people join and type.
func TestALargeBoardStaysSmall(t *testing.T) {
	posts := 10_000
	if testing.Short() {
		posts /= 10
	}
	update := board(t, posts)
	empty := []byte{0}
	heap := func() int {
		runtime.GC()
		runtime.GC() // finalisers of the first
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := heap()
	s := NewState(Limits{})
	must(s.Apply(update))
	must(s.Diff(empty))
	quiet := heap() - before
	for _, u := range typing(t, 200) {
		must(s.Apply(u))
	}
	busy := heap() - before
	whole := must(s.Diff(empty))
	if &whole[0] != &must(s.Diff(empty))[0] {
		t.Error("two who join at once are not served the same bytes")
	}
	joined := heap() - before
	t.Logf("update %d bytes; state %d, while typing %d, joined %d", len(update), quiet, busy, joined)
	for _, got := range []int{quiet, busy, joined} {
		if got > 2*len(update)+1<<20 {
			t.Errorf("%d bytes of memory for an update of %d", got, len(update))
		}
	}
	runtime.KeepAlive(s)
	runtime.KeepAlive(update)
}

func BenchmarkValidate(b *testing.B) {
	b.Run("keystroke", func(b *testing.B) {
		updates := typing(b, 1000)
		for i := 0; b.Loop(); i++ {
			if err := Validate(updates[i%len(updates)], Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("board", func(b *testing.B) {
		update := board(b, 10_000)
		b.SetBytes(int64(len(update)))
		for b.Loop() {
			if err := Validate(update, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMerge(b *testing.B) {
	b.Run("20000 keystrokes", func(b *testing.B) {
		updates := typing(b, 20_000)
		b.ReportAllocs()
		for b.Loop() {
			must(Merge(updates...))
		}
	})
	b.Run("board and a keystroke", func(b *testing.B) {
		update, key := board(b, 10_000), typing(b, 1)[0]
		b.ReportAllocs()
		for b.Loop() {
			must(Merge(update, key))
		}
	})
}

func BenchmarkState(b *testing.B) {
	b.Run("keystroke", func(b *testing.B) {
		updates := typing(b, 20_000)
		s := NewState(Limits{})
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if i%len(updates) == 0 {
				s = NewState(Limits{})
			}
			must(s.Apply(updates[i%len(updates)]))
		}
	})
	b.Run("keystroke on a board, then a join", func(b *testing.B) {
		updates := typing(b, 20_000)
		update := board(b, 10_000)
		var s *State
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if i%len(updates) == 0 {
				s = NewState(Limits{})
				must(s.Apply(update))
			}
			must(s.Apply(updates[i%len(updates)]))
			s.Bytes()
		}
	})
	b.Run("open a board", func(b *testing.B) {
		update := board(b, 10_000)
		for b.Loop() {
			must(NewState(Limits{}).Apply(update))
		}
	})
	b.Run("resume on a board", func(b *testing.B) {
		update := board(b, 10_000)
		s := must(LoadState(Limits{}, update))
		c := s.inOrder()[0]
		vector := AppendUint(AppendUint([]byte{1}, c.client), c.end()-5)
		for b.Loop() {
			must(s.Diff(vector))
		}
	})
}

func BenchmarkCompact(b *testing.B) {
	update := board(b, 10_000)
	for b.Loop() {
		must(Compact(update))
	}
}

// What an attacker would send to keep a server busy: each must take about as long as an honest update of its size.
func BenchmarkHostile(b *testing.B) {
	repeated := func(n int, head, tail []byte, one func(b []byte, i int) []byte) []byte {
		u := AppendUint(head, uint64(n))
		for i := range n {
			u = one(u, i)
		}
		return append(u, tail...)
	}
	span := func(u []byte, at int) []byte { return append(AppendUint(u, uint64(at)), 1) }
	const n = 200_000
	for name, u := range map[string][]byte{
		"spans descending":          repeated(n, []byte{0, 1, 1}, nil, func(u []byte, i int) []byte { return span(u, 2*(n-i)) }),
		"spans, a client each time": repeated(n, []byte{0}, nil, func(u []byte, i int) []byte { return span(append(u, 1, 1), 2*(n-i)) }),
		"clients ascending": repeated(100_000, nil, []byte{0}, func(u []byte, i int) []byte {
			return append(AppendUint(append(u, 1), uint64(i)), 0, kindGC, 1)
		}),
		"gaps": repeated(10_000, []byte{1}, []byte{0}, func(u []byte, i int) []byte {
			if i == 0 {
				u = append(u, 1, 0)
			}
			if i%2 == 0 {
				return append(u, kindSkip, 1)
			}
			return append(u, kindGC, 1)
		}),
		"a chain of parents": repeated(n, []byte{1}, []byte{1, 1, 1, 0, 1}, func(u []byte, i int) []byte {
			if i == 0 {
				return append(u, 1, 0, kindType, 1, 1, 't', 0)
			}
			return append(AppendUint(append(u, kindType, 0, 1), uint64(i-1)), 0)
		}),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(u)))
			b.ReportAllocs()
			for b.Loop() {
				s := NewState(Limits{})
				must(s.Apply(u))
				must(s.Apply(u))
				if err := s.Compact(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
