package report

import (
	"slices"
	"strings"
)

// DiffFormat is the value of a diff's "format" field.
const DiffFormat = "unisson-diff/1"

// Diff is what changed between two reports of one board. Findings are told from each other by their keys, which survive
// edits around them; all but those set aside are open. Every list is sorted by key or id.
type Diff struct {
	Board         string // the later report's
	Before, After Score
	New           []Finding // as they are after
	Gone          []Finding // as they were before: repaired, or no longer to be judged
	SetAside      []Finding // open before, dismissed after
	Reopened      []Finding // dismissed before, open after
	Kept          []Kept
	Rules         []RuleChange // of those whose state or count differs
}

// Kept is a finding that is open before and after.
type Kept struct {
	Finding          // as it is after
	Was     Severity // before
}

// RuleChange is how one rule stands before and after; nil where the report does not know it.
type RuleChange struct {
	ID            string
	Before, After *RuleState
}

// Compare says what changed from one report to another. It keeps parts of both, which must not be written to any more.
func Compare(before, after *Report) *Diff {
	d := &Diff{Board: after.Board, Before: before.Score, After: after.Score}
	was, is := byKey(before), byKey(after)
	for _, f := range is {
		old := was[f.Key]
		switch {
		case f.Dismissed && old != nil && !old.Dismissed:
			d.SetAside = append(d.SetAside, *f)
		case f.Dismissed:
		case old == nil:
			d.New = append(d.New, *f)
		case old.Dismissed:
			d.Reopened = append(d.Reopened, *f)
		default:
			d.Kept = append(d.Kept, Kept{*f, old.Severity})
		}
	}
	for _, f := range was {
		if is[f.Key] == nil && !f.Dismissed {
			d.Gone = append(d.Gone, *f)
		}
	}
	for _, list := range [][]Finding{d.New, d.Gone, d.SetAside, d.Reopened} {
		slices.SortFunc(list, func(a, b Finding) int { return strings.Compare(a.Key, b.Key) })
	}
	slices.SortFunc(d.Kept, func(a, b Kept) int { return strings.Compare(a.Key, b.Key) })

	rules := map[string]*RuleChange{}
	at := func(id string) *RuleChange {
		if rules[id] == nil {
			rules[id] = &RuleChange{ID: id}
		}
		return rules[id]
	}
	for i := range before.Rules {
		at(before.Rules[i].ID).Before = &before.Rules[i]
	}
	for i := range after.Rules {
		at(after.Rules[i].ID).After = &after.Rules[i]
	}
	for _, c := range rules {
		if !alike(c.Before, c.After) {
			d.Rules = append(d.Rules, *c)
		}
	}
	slices.SortFunc(d.Rules, func(a, b RuleChange) int { return strings.Compare(a.ID, b.ID) })
	return d
}

func byKey(r *Report) map[string]*Finding {
	keys := make(map[string]*Finding, len(r.Findings))
	for i := range r.Findings {
		keys[r.Findings[i].Key] = &r.Findings[i]
	}
	return keys
}

func alike(a, b *RuleState) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.State == b.State && a.Objects == b.Objects && a.Failing == b.Failing && a.Unknown == b.Unknown && a.Dismissed == b.Dismissed
}

// AppendJSON writes the diff as a report is written: compact, on one line, keys in one fixed order.
func (d *Diff) AppendJSON(dst []byte) []byte {
	w := &writer{b: dst}
	findings := func(key string, list []Finding) {
		w.key(key).list(len(list), func(i int) { w.finding(&list[i]) })
	}
	w.object(func() {
		w.key("board").text(d.Board)
		w.key("format").text(DiffFormat)
		w.key("before")
		w.score(&d.Before)
		w.key("after")
		w.score(&d.After)
		findings("new", d.New)
		findings("gone", d.Gone)
		findings("setAside", d.SetAside)
		findings("reopened", d.Reopened)
		w.key("kept").list(len(d.Kept), func(i int) {
			k := &d.Kept[i]
			w.object(func() {
				w.key("key").text(k.Key)
				w.key("rule").text(k.Rule)
				w.key("before").text(k.Was.String())
				w.key("after").text(k.Severity.String())
			})
		})
		w.key("rules").list(len(d.Rules), func(i int) {
			c := &d.Rules[i]
			w.object(func() {
				w.key("id").text(c.ID)
				w.key("before")
				w.standing(c.Before)
				w.key("after")
				w.standing(c.After)
			})
		})
	})
	return append(w.b, '\n')
}

func (w *writer) standing(r *RuleState) {
	if r == nil {
		w.raw("null")
		return
	}
	w.object(func() {
		w.key("state").text(r.State.String())
		w.counts(r)
	})
}
