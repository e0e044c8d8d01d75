package yupdate

import (
	"bytes"
	"errors"
	"runtime"
	"testing"
)

// seeds are small updates of every kind, sound and not.
func seeds(f *testing.F) [][]byte {
	f.Helper()
	root := func(body ...byte) []byte { return append(append([]byte{1, 1, 5, 0}, body...), 0) }
	all := [][]byte{
		{}, {0}, {0, 0}, {0, 1, 5, 2, 0, 1, 4, 2},
		root(kindGC, 3), root(kindSkip, 3), root(kindDeleted, 1, 1, 't', 4),
		root(kindString, 1, 1, 't', 6, 'a', 0xf0, 0x9f, 0x99, 0x82, 'b'),
		root(kindString|hasSub, 0, 9, 9, 1, 'k', 1, 'a'),
		root(kindString|hasOrigin|hasRight, 1, 2, 3, 4, 2, 'a', 'b'),
		root(kindJSON, 1, 1, 't', 2, 1, '1', 2, '{', '}'),
		root(kindBinary, 1, 1, 't', 2, 0, 1), root(kindEmbed, 1, 1, 't', 2, '[', ']'),
		root(kindFormat, 1, 1, 't', 1, 'b', 4, 't', 'r', 'u', 'e'),
		root(kindType, 1, 1, 't', 1), root(kindType, 1, 1, 't', 3, 1, 'p'),
		root(kindAny, 1, 1, 't', 5, anyUndefined, anyInteger, 0x80, 1, anyString, 1, 'x', anyObject, 1, 1, 'k', anyArray, 1, anyNull, anyBytes, 1, 0),
		root(kindAny, 1, 1, 't', 2, anyFloat32, 1, 2, 3, 4, anyFloat64, 1, 2, 3, 4, 5, 6, 7, 8),
		root(kindDoc, 1, 1, 't', 1, 'g', anyObject, 0),
		// Overlaps, a gap, a block in the middle, deletions; a type, what is inside, and its deletion.
		{1, 1, 5, 2, kindString | hasOrigin, 5, 1, 3, 'x', 'y', 'z', 1, 5, 1, 1, 2},
		{1, 3, 5, 1, kindGC, 2, kindSkip, 4, kindGC, 1, 0},
		{2, 2, 9, 0, kindType, 1, 1, 't', 2, kindString, 0, 9, 0, 2, 'a', 'b', 1, 5, 0, kindString | hasOrigin, 9, 1, 1, 'c', 1, 9, 1, 0, 1},
	}
	return all
}

// bounded asserts that f allocates no more than so many times what it is given, and what any call does.
func bounded(t *testing.T, times, given int, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if spent, most := after.TotalAlloc-before.TotalAlloc, uint64(times*given+1<<16); spent > most {
		t.Errorf("%d bytes allocated for %d", spent, given)
	}
}

func FuzzValidate(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, update []byte) {
		limits := Limits{Bytes: 1 << 16, Structs: 1000, Clients: 100, Depth: 10, Clock: 1 << 30}
		var err error
		bounded(t, 64, len(update), func() { err = Validate(update, limits) })
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.At > len(update)) {
			t.Errorf("%#v", err)
		}
		if err == nil && Validate(append(bytes.Clone(update), 0), limits) == nil {
			t.Error("one byte more is accepted too")
		}
	})
}

func FuzzMerge(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add(s, seeds(f)[(i+7)%len(seeds(f))], s)
		f.Add(s, s, seeds(f)[(i+3)%len(seeds(f))])
	}
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		var whole []byte
		var err error
		bounded(t, 256, len(a)+len(b)+len(c), func() { whole, err = Merge(a, b, c) })
		for _, u := range [][]byte{a, b, c} {
			if Validate(u, unbounded) != nil && err == nil {
				t.Fatalf("unsound, and merged: %x", u)
			}
		}
		if err != nil {
			return
		}
		if err := Validate(whole, unbounded); err != nil {
			t.Fatalf("merged into the unsound: %v\n%x", err, whole)
		}
		if again := must(Merge(whole, whole)); !bytes.Equal(again, whole) {
			t.Fatalf("not idempotent\n%x\n%x", whole, again)
		}
		var vector, compact []byte
		bounded(t, 256, len(whole), func() { vector = must(StateVector(whole)) })
		bounded(t, 1024, len(whole), func() { compact = must(Compact(whole)) })
		if err := Validate(compact, unbounded); err != nil {
			t.Fatalf("compacted into the unsound: %v\n%x", err, compact)
		}
		if again := must(Compact(compact)); !bytes.Equal(again, compact) {
			t.Fatalf("compacting is not idempotent\n%x\n%x", compact, again)
		}
		if got := must(StateVector(compact)); !bytes.Equal(got, vector) {
			t.Fatalf("compacting moved clocks: %x, %x", got, vector)
		}
		// What the owner of a lacks, merged with a, is known as far.
		diff := must(Diff(whole, must(StateVector(a))))
		if err := Validate(diff, unbounded); err != nil {
			t.Fatalf("differs by the unsound: %v\n%x", err, diff)
		}
		if got := must(StateVector(must(Merge(a, diff)))); !bytes.Equal(got, vector) {
			t.Fatalf("with the difference, %x, want %x", got, vector)
		}
	})
}

func FuzzState(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add(s, seeds(f)[(i+5)%len(seeds(f))], seeds(f)[(i+11)%len(seeds(f))], byte(i))
	}
	f.Fuzz(func(t *testing.T, a, b, c []byte, look byte) {
		limits := Limits{Bytes: 1 << 12, Clients: 50, Pending: 20, Clock: 1 << 40, Depth: 10}
		s := NewState(limits)
		var taken [][]byte
		for i, u := range [][]byte{a, b, c, a} {
			before := bytes.Clone(s.Bytes())
			if look>>i&1 == 1 {
				s.whole = nil
			}
			var changed bool
			var err error
			bounded(t, 1024, len(u)+s.Size(), func() { changed, err = s.Apply(u) })
			if err == nil {
				taken = append(taken, u)
			}
			if !changed && !bytes.Equal(before, s.Bytes()) {
				t.Fatalf("unchanged, yet\n%x\n%x", before, s.Bytes())
			}
			if s.Pending() > limits.Pending {
				t.Fatalf("%d pending", s.Pending())
			}
		}
		if err := Validate(s.Bytes(), unbounded); err != nil {
			t.Fatalf("unsound: %v\n%x", err, s.Bytes())
		}
		whole := must(Merge(taken...))
		if got, want := s.StateVector(), must(StateVector(whole)); !bytes.Equal(got, want) {
			t.Fatalf("state vector %x, merged %x", got, want)
		}
		if got, want := must(StateVector(s.Bytes())), s.StateVector(); !bytes.Equal(got, want) {
			t.Fatalf("state vector of the bytes %x, want %x", got, want)
		}
		for _, u := range taken { // nothing is lost: what was taken tells nothing new
			if changed, err := s.Apply(u); changed || err != nil {
				t.Fatalf("told again, it changes something: %v %v", changed, err)
			}
		}
		if err := s.Compact(); err != nil {
			t.Fatal(err)
		}
		var err error
		bounded(t, 256, len(b)+s.Size(), func() { _, err = s.Diff(b) })
		if err != nil {
			if _, unsound := readVector(b); unsound == nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzAwareness(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0})
	f.Add(EncodeAwareness([]Presence{{5, 1, []byte(`{"name":"Zoé 🙂","caret":[1,2]}`)}, {6, 2, []byte("null")}}))
	f.Add([]byte{1, 1, 1, 1, '{'})
	f.Add([]byte{0xff, 0xff, 0xff, 0x7f, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		var present []Presence
		var err error
		bounded(t, 64, len(b), func() { present, err = DecodeAwareness(b, Limits{Clients: 100}) })
		if err != nil {
			return
		}
		again, err := DecodeAwareness(EncodeAwareness(present), Limits{Clients: 100})
		if err != nil || len(again) != len(present) {
			t.Fatal(err)
		}
		for i, p := range present {
			if q := again[i]; q.Client != p.Client || q.Clock != p.Clock || !bytes.Equal(q.State, p.State) {
				t.Fatalf("%v, %v", p, q)
			}
		}
	})
}
