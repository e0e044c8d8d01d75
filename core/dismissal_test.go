package core

import (
	"math/rand/v2"
	"slices"
	"testing"

	"unisson/core/board"
	"unisson/core/report"
)

// A finding is set aside by its key. Whatever is edited around it, that key is set aside while the finding stands and no other is; the
// others are those there would be without; and a diff puts every finding in one place.
func TestDismissalsSurviveEdits(t *testing.T) {
	stood, compared := 0, 0
	for seed := range uint64(12) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 3))}
		for range 60 {
			w.edit()
		}
		var aside []string
		for step := range 24 {
			plain := w.b
			plain.Dismissals = nil
			without := Check(&plain, Options{})
			if len(without.Findings) > 0 && step%6 == 0 {
				aside = append(aside, pickOne(w, without.Findings).Key)
			}
			ours := plain
			for _, key := range aside {
				ours.Dismissals = append(ours.Dismissals, &board.Dismissal{Finding: key, Reason: "known"})
			}
			with := Check(&ours, Options{})

			if len(with.Findings) != len(without.Findings) {
				t.Fatalf("seed %d, step %d: %d findings, %d without dismissals", seed, step, len(with.Findings), len(without.Findings))
			}
			seen := map[string]bool{}
			for i := range with.Findings {
				f := &with.Findings[i]
				if seen[f.Key] {
					t.Errorf("seed %d, step %d: two findings are %s", seed, step, f.Key)
				}
				seen[f.Key] = true
				if f.Key != without.Findings[i].Key || f.Dismissed != slices.Contains(aside, f.Key) {
					t.Errorf("seed %d, step %d: %s, dismissed %t; without dismissals %s", seed, step, f.Key, f.Dismissed, without.Findings[i].Key)
				}
				if f.Dismissed {
					stood++
				}
			}

			w.edit()
			after := w.b
			after.Dismissals = ours.Dismissals
			compared += everyFindingOnce(t, with, Check(&after, Options{}))
			everyFindingOnce(t, without, with)
		}
	}
	if stood < 100 || compared < 1000 {
		t.Errorf("only %d findings set aside and %d compared: the test says little", stood, compared)
	}
}

// everyFindingOnce says how many findings of two reports it found in their diff, each where it belongs.
func everyFindingOnce(t *testing.T, before, after *report.Report) (n int) {
	t.Helper()
	was, is := map[string]bool{}, map[string]bool{} // by key: whether it is open
	for _, f := range before.Findings {
		was[f.Key] = !f.Dismissed
	}
	for _, f := range after.Findings {
		is[f.Key] = !f.Dismissed
	}
	d := report.Compare(before, after)
	told := map[string]bool{}
	tell := func(key string, right bool) {
		if told[key] || !right {
			t.Errorf("%s is told twice or in the wrong place", key)
		}
		told[key] = true
	}
	known := func(list map[string]bool, key string) bool { _, ok := list[key]; return ok }
	for _, f := range d.New {
		tell(f.Key, is[f.Key] && !known(was, f.Key))
	}
	for _, f := range d.Gone {
		tell(f.Key, was[f.Key] && !known(is, f.Key))
	}
	for _, f := range d.SetAside {
		tell(f.Key, was[f.Key] && known(is, f.Key) && !is[f.Key])
	}
	for _, f := range d.Reopened {
		tell(f.Key, is[f.Key] && known(was, f.Key) && !was[f.Key])
	}
	for _, k := range d.Kept {
		tell(k.Key, was[k.Key] && is[k.Key])
	}
	for _, list := range []map[string]bool{was, is} {
		for key, open := range list {
			if open && !told[key] {
				t.Errorf("%s is open and not in the diff", key)
			}
		}
	}
	return len(told)
}
