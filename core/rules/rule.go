// Package rules holds the checks: one file a rule, each data plus one function over a Reading. A rule compares; it never
// tokenises, and it never writes a sentence.
//
// A rule looks at objects — a channel, an objective, the identity, the board — and says of each that it passes, fails or
// cannot be judged yet. Its state and its health follow from that.
package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/score"
)

// Rule is one check.
type Rule struct {
	ID       string
	Dim      string // a dimension of the score
	Severity report.Severity
	Required bool   // insufficient, it still counts as unknown; otherwise it counts once evaluated
	Article  string // the claims it tests, "A1 A5"
	Check    func(*Reading, *Out)
	Repair   func(*Reading, *report.Finding) *board.Change // the smallest edit that mends a finding, where no text has to be written; see Next

	TextsAlone bool // it looks at messages, bios and what the organisation calls its own: at nothing a repair changes
}

// all is filled by the rules' own files. Their order there is the order of file names, so All sorts.
var all []*Rule

// Inlined forty times over, it would make of this package's initialisation one of the longest functions of the wasm module, which
// browsers compile while somebody waits for the checker.
//
//go:noinline
func register(r Rule) *Rule {
	all = append(all, &r)
	return &r
}

// All returns every rule: by dimension as the score lists them, then by id.
func All() []*Rule {
	out := slices.Clone(all)
	order.Func(out, func(a, b *Rule) int {
		if d := dimensionOrder(a.Dim) - dimensionOrder(b.Dim); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

func dimensionOrder(id string) int {
	for i, d := range score.Dimensions {
		if d.ID == id {
			return i
		}
	}
	return len(score.Dimensions)
}

// Out collects what a rule says of its objects.
type Out struct {
	rule                           *Rule
	dismissed                      map[string]bool   // keys of findings
	findings                       []*report.Finding // pointers: see sorted
	missing                        []report.Missing
	notes                          []report.Note
	passed                         []string // ids of channels, objectives and segments that pass
	notApplicable                  bool
	passing, failing, unknown, put int
}

// NotApplicable says that a guard or an unopened module closes the rule.
func (o *Out) NotApplicable() { o.notApplicable = true }

// Pass says that one object is well, and which where it is an entity of the board.
func (o *Out) Pass(object ...string) {
	o.passing++
	o.passed = append(o.passed, object...)
}

// Fail accuses one object. The key becomes the rule's id and the object's; severity, where not given, is the rule's.
func (o *Out) Fail(object string, f report.Finding) {
	f.Rule = o.rule.ID
	f.Key = o.rule.ID
	if object != "" {
		f.Key += ":" + object
	}
	if o.dismissed[f.Key] {
		f.Dismissed = true
		o.put++
	} else {
		o.failing++
	}
	o.findings = append(o.findings, &f)
}

// Unknown says that one object cannot be judged yet, and what would let it.
func (o *Out) Unknown(what string, args ...report.Arg) {
	o.unknown++
	o.Missing(what, args...)
}

// Missing says what the whole rule lacks. A rule that judged no object is insufficient.
func (o *Out) Missing(what string, args ...report.Arg) {
	o.missing = append(o.missing, report.Missing{What: what, Args: args})
}

// Note says something that accuses nobody.
func (o *Out) Note(what string, places []report.Place, args ...report.Arg) {
	o.notes = append(o.notes, report.Note{What: what, Places: places, Args: args})
}

func (o *Out) state() report.RuleState {
	s := report.RuleState{ID: o.rule.ID, Dim: o.rule.Dim, Severity: o.rule.Severity, Required: o.rule.Required}
	judged := o.passing + o.failing
	switch {
	case o.notApplicable || judged+o.unknown+o.put == 0 && len(o.missing) == 0: // every object is spared by a guard
		s.State = report.NotApplicable
		return s
	case judged == 0 && o.put > 0 && o.unknown == 0:
		s.State = report.Dismissed
	case judged == 0:
		s.State = report.Insufficient
	}
	s.Objects, s.Failing, s.Unknown, s.Dismissed, s.Missing = judged+o.unknown, o.failing, o.unknown, o.put, o.missing
	s.Notes = o.notes
	return s
}

// run asks one rule.
func run(r *Rule, reading *Reading, dismissed map[string]bool) *Out {
	o := &Out{rule: r, dismissed: dismissed}
	if reading.off[r.ID] {
		o.NotApplicable()
		return o
	}
	r.Check(reading, o)
	if o.notApplicable {
		o.findings = nil
	}
	order.Func(o.findings, func(a, b *report.Finding) int { return strings.Compare(a.Key, b.Key) })
	return o
}
