package rules

import (
	"unisson/core/report"
	"unisson/core/timeline"
)

var _ = register(Rule{
	ID: "ID7", Dim: "identity", Severity: report.Major, Article: "A10",
	Check: func(r *Reading, o *Out) {
		speaking := r.Speaking()
		if len(speaking) == 0 {
			o.Missing("channels", arg("have", 0), arg("need", 1))
			return
		}
		for _, c := range speaking {
			t := r.statistics.changes[c.ID]
			if !t.Enough {
				o.Unknown("datedPosts", arg("channel", c.ID), arg("have", t.Messages), arg("need", 2*timeline.Least))
				continue
			}
			change, accused := r.unexplained(c.ID, &t)
			if !accused {
				o.Pass(c.ID)
				continue
			}
			f := report.Finding{Severity: report.Major, About: channelRef(c), Places: []report.Place{entity(c.ID)}}
			date := ""
			byID := make(map[string]*Post, len(c.Posts))
			for _, p := range c.Posts {
				byID[p.ID] = p
			}
			for after, side := range change.Sides { // in time: the voice left, then the one taken
				if p := byID[change.Before]; p != nil && after == 1 {
					date = p.Date
					f.Places = append(f.Places, quote(p, 0, 0))
				}
				for _, id := range side.Typical[:min(2, len(side.Typical))] {
					if p := byID[id]; p != nil && id != change.Before {
						f.Places = append(f.Places, quote(p, 0, 0))
					}
				}
			}
			f.Args = []report.Arg{arg("channel", c.ID), arg("date", date), arg("message", change.Before), arg("strength", change.Strength),
				arg("before", change.Sides[0].Signature), arg("after", change.Sides[1].Signature)}
			o.Fail(c.ID, f)
		}
	},
})

// unexplained is the strongest change that neither a season nor a decision accounts for.
func (r *Reading) unexplained(channel string, t *timeline.Result) (strongest timeline.Change, found bool) {
	for i := range t.Changes {
		x := &t.Changes[i]
		if !x.Seasonal && x.Strength >= timeline.Clear && x.Strength > strongest.Strength && r.decisionFor(channel, x.Day) == "" {
			strongest, found = *x, true
		}
	}
	return strongest, found
}
