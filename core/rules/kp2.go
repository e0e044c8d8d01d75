package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

var _ = register(Rule{
	ID: "KP2", Dim: "strategy", Severity: report.Major, Article: "A4 A6",
	Check: func(r *Reading, o *Out) {
		ofObjective, ofChannel := map[string][]*board.KPI{}, map[string][]*board.KPI{}
		for _, k := range r.KPIs {
			if k.Objective != "" {
				ofObjective[k.Objective] = append(ofObjective[k.Objective], k)
			} else if k.Channel != "" {
				ofChannel[k.Channel] = append(ofChannel[k.Channel], k)
			}
		}
		spared := false
		for _, obj := range r.Objectives {
			if obj.Kind == "awareness" { // reach is what it is after
				spared = spared || len(ofObjective[obj.ID]) > 0
				continue
			}
			judgeKPIs(o, report.Ref{Kind: "objective", ID: obj.ID}, ofObjective[obj.ID])
		}
		for _, c := range r.Channels {
			judgeKPIs(o, channelRef(c), ofChannel[c.ID])
		}
		if o.passing+o.failing+o.unknown+o.put == 0 && !spared {
			o.Missing("kpis")
		}
	},
})

func judgeKPIs(o *Out, about report.Ref, kpis []*board.KPI) {
	vanity, unclassed := 0, []string{}
	for _, k := range kpis {
		switch k.Class {
		case "vanity":
			vanity++
		case "":
			unclassed = append(unclassed, k.ID)
		}
	}
	switch {
	case len(kpis) == 0:
	case vanity == len(kpis):
		f := report.Finding{Severity: report.Major, About: about, Places: []report.Place{entity(about.ID)}, Args: []report.Arg{arg("about", about.ID), arg("count", len(kpis))}}
		names := []string{}
		for _, k := range kpis {
			f.Places = append(f.Places, entity(k.ID))
			names = append(names, k.Name)
		}
		f.Args = append(f.Args, arg("kpis", names))
		o.Fail(about.ID, f)
	case vanity+len(unclassed) == len(kpis):
		o.Unknown("kpiClass", arg("kpi", unclassed[0]))
	default:
		o.Pass()
	}
}
