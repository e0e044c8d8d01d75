package rules

import (
	"slices"
	"strings"

	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "ST6", Dim: "strategy", Severity: report.Major, Article: "A4 A12",
	Check: func(r *Reading, o *Out) {
		type ground struct{ axis, segment string }
		type claim struct {
			o          *Objective
			axis, pole string // as written
		}
		claims := map[ground][]claim{}
		declared := 0
		var grounds []ground
		for _, obj := range r.Objectives {
			if obj.Status != "" && obj.Status != "active" {
				continue
			}
			for _, p := range obj.Poles {
				if blank(p.Key) || blank(p.Value) {
					continue
				}
				declared++
				g := ground{text.Fold(strings.TrimSpace(p.Key)), obj.Segment}
				if claims[g] == nil {
					grounds = append(grounds, g)
				}
				claims[g] = append(claims[g], claim{obj, strings.TrimSpace(p.Key), p.Value})
			}
		}
		if declared < 2 {
			o.Missing("poles", arg("have", declared), arg("need", 2))
			return
		}
		order.Func(grounds, func(a, b ground) int { return strings.Compare(a.axis+"\x00"+a.segment, b.axis+"\x00"+b.segment) })
		for _, g := range grounds {
			list := claims[g]
			against := slices.IndexFunc(list, func(c claim) bool { return !samePole(c.pole, list[0].pole) })
			if against < 0 {
				o.Pass()
				continue
			}
			a, b := list[0], list[against]
			f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "objective", ID: a.o.ID},
				Args: []report.Arg{arg("axis", a.axis), arg("objective", a.o.ID), arg("pole", a.pole), arg("other", b.o.ID), arg("otherPole", b.pole)}}
			for _, c := range list {
				f.Places = append(f.Places, report.Place{Entity: c.o.ID, Field: "poles"})
			}
			key := g.axis
			if g.segment != "" {
				key += ":" + g.segment
			}
			o.Fail(key, f)
		}
	},
})

func samePole(a, b string) bool {
	return text.Fold(strings.TrimSpace(a)) == text.Fold(strings.TrimSpace(b))
}
