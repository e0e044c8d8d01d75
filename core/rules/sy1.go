package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "SY1", Dim: "synergy", Severity: report.Major, Required: true, Article: "A12",
	Repair: linkChannel,
	Check: func(r *Reading, o *Out) {
		switch {
		case len(r.Channels) < 2:
			o.Missing("channels", arg("have", len(r.Channels)), arg("need", 2))
			return
		case !r.Linked():
			o.Missing("serves")
			return
		}
		for _, c := range r.Channels {
			switch {
			case !blank(c.Mandatory):
			case len(c.Serves)+len(c.Served) > 0:
				o.Pass(c.ID)
			default:
				o.Fail(c.ID, report.Finding{
					Severity: report.Major,
					About:    channelRef(c),
					Places:   []report.Place{entity(c.ID)},
					Args:     []report.Arg{arg("channel", c.ID)},
				})
			}
		}
	},
})
