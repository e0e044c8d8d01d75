package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "PU2", Dim: "audience", Severity: report.Major, Article: "A3",
	Repair: answerNeed,
	Check: func(r *Reading, o *Out) {
		if len(r.Segments) == 0 {
			o.Missing("segments")
			return
		}
		asked, answered := false, map[string]bool{}
		for _, c := range r.Channels {
			asked = asked || c.Answers != nil
			for _, id := range c.Answers {
				answered[id] = true
			}
		}
		now, needs := false, 0
		for _, s := range r.Segments {
			if s.Status == "later" {
				continue
			}
			now = true
			for _, n := range s.Needs {
				needs++
				switch {
				case !blank(n.OutOfScope):
				case answered[n.ID]:
					o.Pass()
				case !asked:
					o.Unknown("answeredNeeds")
				default:
					o.Fail(n.ID, report.Finding{
						Severity: report.Major,
						About:    report.Ref{Kind: "segment", ID: s.ID},
						Places:   []report.Place{entity(n.ID), entity(s.ID)},
						Args:     []report.Arg{arg("need", n.Text), arg("segment", s.ID)},
					})
				}
			}
		}
		if now && needs == 0 {
			o.Missing("needs")
		}
	},
})
