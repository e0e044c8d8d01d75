package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "KP3", Dim: "strategy", Severity: report.Minor, Article: "A4 A14",
	Repair: measureObjective,
	Check: func(r *Reading, o *Out) {
		measured := map[string]bool{}
		for _, k := range r.KPIs {
			measured[k.Objective] = true
		}
		judged := false
		for _, obj := range r.Objectives {
			if obj.Status != "" && obj.Status != "active" {
				continue
			}
			judged = true
			switch {
			case measured[obj.ID] || !blank(obj.Proof):
				o.Pass()
			case r.KPIs == nil: // never asked
				o.Unknown("proof", arg("objective", obj.ID))
			default:
				o.Fail(obj.ID, report.Finding{
					Severity: report.Minor,
					About:    report.Ref{Kind: "objective", ID: obj.ID},
					Places:   []report.Place{entity(obj.ID)},
					Args:     []report.Arg{arg("objective", obj.ID)},
				})
			}
		}
		if !judged {
			o.Missing("objectives")
		}
	},
})
