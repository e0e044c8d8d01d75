package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "KP1", Dim: "strategy", Severity: report.Minor, Article: "A4",
	Repair: tieKPI,
	Check: func(r *Reading, o *Out) {
		if len(r.KPIs) == 0 {
			o.Missing("kpis")
			return
		}
		for _, k := range r.KPIs {
			switch {
			case k.Class == "technical":
			case k.Objective != "":
				o.Pass()
			default:
				o.Fail(k.ID, report.Finding{Severity: report.Minor, About: report.Ref{Kind: "board"}, Places: []report.Place{entity(k.ID)}, Args: []report.Arg{arg("kpi", k.ID)}})
			}
		}
	},
})
