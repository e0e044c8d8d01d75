package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

var _ = register(Rule{
	ID: "ST2", Dim: "strategy", Severity: report.Critical, Required: true, Article: "A1",
	Repair: attachObjective,
	Check: func(r *Reading, o *Out) {
		if len(r.Channels) < 2 {
			o.Missing("channels", arg("have", len(r.Channels)), arg("need", 2))
			return
		}
		if len(r.Objectives) == 0 {
			o.Missing("objectives")
			return
		}
		roots, apexes := r.Roots(), r.Apexes()
		for _, obj := range r.Objectives {
			alone := obj.Parent == "" && len(obj.Children) == 0 && len(roots) > 1
			if !alone || !ownStrategy(obj.Channels) {
				o.Pass(obj.ID)
				continue
			}
			severity, pilot := report.Critical, "no"
			if until, dated := board.ParseDay(obj.PilotUntil); dated {
				if !r.Dated {
					o.Unknown("asOf")
					continue
				}
				if until >= r.Today {
					severity, pilot = report.Minor, "yes"
				}
			}
			f := report.Finding{Severity: severity, About: report.Ref{Kind: "objective", ID: obj.ID}, Places: []report.Place{entity(obj.ID)}}
			channels := ids(obj.Channels, func(c *Channel) string { return c.ID })
			if len(channels) == 1 {
				f.About = channelRef(obj.Channels[0])
			}
			for _, c := range obj.Channels {
				f.Places = append(f.Places, entity(c.ID))
				f.Places = append(f.Places, longest(c.Posts, 2)...)
			}
			f.Args = []report.Arg{arg("objective", obj.ID), arg("channels", channels), arg("count", len(channels)), arg("apexes", ids(apexes, func(a *Objective) string { return a.ID })), arg("apexCount", len(apexes)), arg("pilot", pilot), arg("until", obj.PilotUntil)}
			o.Fail(obj.ID, f)
		}
	},
})

// ownStrategy: exactly one channel pursues it, or social networks alone do.
func ownStrategy(channels []*Channel) bool {
	if len(channels) == 1 {
		return true
	}
	for _, c := range channels {
		if !c.Social() {
			return false
		}
	}
	return len(channels) > 0
}
