// Package score turns the states of rules into the editorial coherence index: an honest interval, never a number out of
// missing data. It is an index, not a validated psychometric measure.
//
// A rule's health is 1 − failing/objects. A dimension is the weighted geometric mean of its rules, never above its worst
// critical rule; the whole is the weighted geometric mean of the dimensions. "Proven" counts what is unknown as 0,
// "possible" counts it as 1. A report holds every number this needs: Of can be run again on it.
package score

import (
	"math"
	"strings"

	"unisson/core/order"
	"unisson/core/report"
)

const (
	floor    = .05 // of one rule, so that a single rupture does not erase everything
	ceiling  = .5  // of identity when ID2 fails, of bridge when BR1 fails everywhere
	oneWidth = 15  // points: an interval at most this wide is shown as its midpoint
	step     = 5   // points: what shown numbers are rounded to
	enough   = .5  // coverage below which no number is shown
)

// Dimensions, in the order they are shown, with the editorial judgement of their weights.
var Dimensions = []struct {
	ID     string
	Weight float64
}{{"identity", 20}, {"strategy", 20}, {"synergy", 15}, {"audience", 15}, {"voice", 15}, {"bridge", 10}, {"time", 5}}

// severityWeight weighs a rule inside its dimension.
var severityWeight = [...]float64{report.Minor: 1, report.Major: 2, report.Critical: 4}

// Ground is what the score needs to know of the board beside the rules.
type Ground struct {
	Channels int                // channels that are not closed
	Identity bool               // who they are is written down
	Weights  map[string]float64 // of dimensions, where the board overrides them; negative counts as 0
}

// Of computes the score of a set of rule states, in any order.
func Of(rules []report.RuleState, g Ground) report.Score {
	var s report.Score
	for i := range rules {
		switch rules[i].State {
		case report.Evaluated:
			s.Evaluated++
		case report.Insufficient:
			s.Insufficient++
		}
		s.Dismissals += rules[i].Dismissed
	}
	if n := s.Evaluated + s.Insufficient; n > 0 {
		s.Coverage = float64(s.Evaluated) / float64(n)
	}
	proven, possible := Overall(rules, g.Weights, func(d report.Dimension) { s.Dimensions = append(s.Dimensions, d) })

	switch {
	case !g.Identity:
		s.Why = "identity"
	case g.Channels < 2:
		s.Why = "channels"
	case s.Coverage < enough || possible == 0: // 0: the board gave every dimension that counts a weight of nothing
		s.Why = "coverage"
	default:
		s.Shown = true
		s.Proven, s.Possible = toStep(100*proven), toStep(100*possible)
		// Tested before rounding; the tiny term keeps a width of exactly 15 on the same side on every machine.
		if s.One = 100*(possible-proven) <= oneWidth+1e-9; s.One {
			s.Single = toStep(50 * (proven + possible))
		}
	}
	return s
}

// InOrder gives the rules by id, the list itself where it stands so: adding floating-point numbers in another order gives another sum.
func InOrder(rules []report.RuleState) []report.RuleState {
	if inOrder(rules) {
		return rules
	}
	byID := make([]*report.RuleState, len(rules))
	for i := range rules {
		byID[i] = &rules[i]
	}
	order.Func(byID, func(a, b *report.RuleState) int { return strings.Compare(a.ID, b.ID) })
	out := make([]report.RuleState, len(rules))
	for i, r := range byID {
		out[i] = *r
	}
	return out
}

func inOrder(rules []report.RuleState) bool {
	for i := 1; i < len(rules); i++ {
		if rules[i].ID < rules[i-1].ID {
			return false
		}
	}
	return true
}

// Overall returns the ends of the interval, 0…1, and hands each dimension to see (which may be nil).
// A dimension without a rule that counts is left out and the weights of the others are renormalised.
func Overall(rules []report.RuleState, weights map[string]float64, see func(report.Dimension)) (proven, possible float64) {
	rules = InOrder(rules)
	var low, high mean
	for _, d := range Dimensions {
		weight := d.Weight
		if w, said := weights[d.ID]; said {
			weight = max(w, 0)
		}
		p, q, counted := dimension(d.ID, rules)
		if counted {
			low.add(p, weight)
			high.add(q, weight)
		}
		if see != nil {
			see(report.Dimension{ID: d.ID, Weight: weight, Counted: counted, Proven: p, Possible: q})
		}
	}
	return low.value(), high.value()
}

func dimension(id string, rules []report.RuleState) (proven, possible float64, counted bool) {
	var low, high mean
	lowCap, highCap := 1.0, 1.0
	for i := range rules {
		r := &rules[i]
		if r.Dim != id {
			continue
		}
		p, q, counts := health(r)
		if !counts {
			continue
		}
		weight := severityWeight[r.Severity]
		low.add(p, weight)
		high.add(q, weight)
		if r.Severity == report.Critical {
			lowCap, highCap = min(lowCap, p), min(highCap, q)
		}
		// What is unknown counts as a failure in proven, caps included: judging it can then only narrow the interval.
		if low, high := capped(r); low {
			lowCap = min(lowCap, ceiling)
			if high {
				highCap = min(highCap, ceiling)
			}
		}
	}
	if low.weight == 0 {
		return 0, 0, false
	}
	return min(low.value(), lowCap), min(high.value(), highCap), true
}

// capped reports whether a rule caps its dimension: an identity any competitor could sign, no bridge at all.
func capped(r *report.RuleState) (proven, possible bool) {
	unknown := r.State == report.Insufficient
	switch r.ID {
	case "ID2":
		return unknown || r.Failing+r.Unknown > 0, !unknown && r.Failing > 0
	case "BR1":
		return unknown || r.Failing+r.Unknown == r.Objects, !unknown && r.Failing == r.Objects
	}
	return false, false
}

// health is what one rule gives to its dimension: with the unknown as 0, and as 1.
func health(r *report.RuleState) (proven, possible float64, counts bool) {
	switch {
	case r.State == report.Evaluated:
		n := float64(r.Objects)
		return max(float64(r.Objects-r.Failing-r.Unknown)/n, floor), max(float64(r.Objects-r.Failing)/n, floor), true
	case r.State == report.Insufficient && r.Required:
		return floor, 1, true
	}
	return 0, 0, false
}

// mean is a weighted geometric mean in the making.
type mean struct{ sum, weight float64 }

func (m *mean) add(v, weight float64) {
	m.sum += float64(weight * math.Log(v)) // the conversion forbids a fused multiply-add
	m.weight += weight
}

func (m *mean) value() float64 {
	if m.weight == 0 {
		return 0
	}
	return math.Exp(m.sum / m.weight)
}

func toStep(points float64) float64 { return math.Round((points+1e-9)/step) * step }
