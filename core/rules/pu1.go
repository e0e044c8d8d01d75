package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "PU1", Dim: "audience", Severity: report.Major, Article: "A3",
	Repair: meetSegment,
	Check: func(r *Reading, o *Out) {
		if len(r.Segments) == 0 {
			o.Missing("segments")
			return
		}
		if r.Source.Channels == nil {
			o.Missing("channels", arg("have", 0), arg("need", 1))
			return
		}
		met := map[string]bool{}
		for _, c := range r.Channels {
			for _, s := range c.Segments {
				met[s.ID] = true
			}
		}
		for _, s := range r.Segments {
			switch {
			case s.Status == "later":
			case met[s.ID]:
				o.Pass(s.ID)
			default:
				o.Fail(s.ID, report.Finding{
					Severity: report.Major,
					About:    report.Ref{Kind: "segment", ID: s.ID},
					Places:   []report.Place{entity(s.ID)},
					Args:     []report.Arg{arg("segment", s.ID)},
				})
			}
		}
	},
})
