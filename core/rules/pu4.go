package rules

import "unisson/core/report"

const (
	smallMatrix = 3  // channels, and segments
	dense       = .9 // share of crosses from which everything is for everyone
)

var _ = register(Rule{
	ID: "PU4", Dim: "audience", Severity: report.Minor, Article: "A3",
	Check: func(r *Reading, o *Out) {
		switch {
		case len(r.Segments) == 0:
			o.Missing("segments")
			return
		case len(r.Channels) == 0:
			o.Missing("channels", arg("have", 0), arg("need", smallMatrix))
			return
		case len(r.Segments) < smallMatrix || len(r.Channels) < smallMatrix:
			o.NotApplicable()
			return
		}
		crosses := 0
		f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "board"}}
		for _, c := range r.Channels {
			seen := map[string]bool{}
			for _, s := range c.Segments {
				seen[s.ID] = true
			}
			crosses += len(seen)
			f.Places = append(f.Places, report.Place{Entity: c.ID, Field: "segments"})
		}
		density := float64(crosses) / float64(len(r.Channels)*len(r.Segments))
		if density < dense {
			o.Pass()
			return
		}
		f.Args = []report.Arg{arg("crosses", crosses), arg("channels", len(r.Channels)), arg("segments", len(r.Segments)), arg("density", density), arg("full", yesNo(density == 1))}
		o.Fail("", f)
	},
})
