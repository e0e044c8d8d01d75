package yupdate

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestCompactMakesTheSameDocument(t *testing.T) {
	y := startYjs(t)
	var original, ours, theirs int
	eachHistory(t, y, func(t *testing.T, seed uint64, rnd *rand.Rand, h history) {
		whole := must(Merge(h.Updates...))
		compact := must(Compact(whole))
		if err := Validate(compact, DefaultLimits()); err != nil {
			t.Error(err)
		}
		if again := must(Compact(compact)); !bytes.Equal(again, compact) {
			t.Error("compacting again changes something")
		}
		if !bytes.Equal(must(StateVector(compact)), must(StateVector(whole))) {
			t.Error("clocks changed")
		}
		some := shuffled(rnd, h.Updates)[:rnd.IntN(len(h.Updates))]
		h.same(t, y, map[string][][]byte{
			"compact": {compact}, "compact and whole": {compact, whole}, "whole and compact": {whole, compact},
			"merged with some": {must(Merge(append(some, compact)...))}, "compact, with gaps, and the rest": {must(Compact(must(Merge(some...)))), whole},
		})
		s := NewState(Limits{})
		for _, u := range h.Updates {
			must(s.Apply(u))
		}
		if err := s.Compact(); err != nil || !bytes.Equal(s.Bytes(), must(Compact(s.Bytes()))) {
			t.Error("a state compacted is not its bytes compacted", err)
		}

		var later struct {
			Stale, Ours, Fresh document
			Said               [][]byte
		}
		y.ask(t, "later", question{"seed": seed, "original": h.Updates, "ours": [][]byte{compact}, "stale": some, "edits": 12}, &later)
		if later.Stale.JSON != later.Fresh.JSON || later.Ours.JSON != later.Fresh.JSON || later.Ours.Pending || later.Stale.Pending {
			t.Errorf("after later edits\nstale %s\n ours %s\nfresh %s", later.Stale.JSON, later.Ours.JSON, later.Fresh.JSON)
		}
		for _, u := range later.Said {
			if _, err := s.Apply(u); err != nil {
				t.Error(err)
			}
		}
		after := history{document: later.Fresh}
		after.same(t, y, map[string][][]byte{"state": {s.Bytes()}, "state compacted": {must(Compact(s.Bytes()))}})

		var fresh document
		y.ask(t, "load", question{"updates": [][]byte{whole}}, &fresh)
		original, ours, theirs = original+len(whole), ours+len(compact), theirs+len(fresh.State)
	})
	t.Logf("%d bytes merged, %d compacted, %d by Yjs", original, ours, theirs)
	if ours*100 > theirs*103 {
		t.Errorf("%d bytes compacted, %d by Yjs: something deleted is left", ours, theirs)
	}
}

func TestCompactForgets(t *testing.T) {
	y := startYjs(t)
	var got struct {
		Before, After [][]byte // by gc-less documents
	}
	y.ask(t, "secrets", nil, &got)
	for i := range got.Before {
		if !bytes.Contains(got.Before[i], []byte("SECRET")) {
			t.Errorf("%d: nothing to forget", i)
		}
		compact := must(Compact(must(Merge(got.Before[i], got.After[i]))))
		if bytes.Contains(compact, []byte("SECRET")) {
			t.Errorf("%d: still there: %q", i, compact)
		}
	}
}
