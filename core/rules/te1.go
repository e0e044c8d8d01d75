package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

var _ = register(Rule{
	ID: "TE1", Dim: "time", Severity: report.Major, Article: "A8",
	Repair: tieReactions,
	Check: func(r *Reading, o *Out) {
		if r.Settings != nil && r.Settings.Newsroom.True() {
			o.NotApplicable()
			return
		}
		const enough = 6
		var chosen, reactions []*board.Action
		for _, a := range r.Actions {
			switch a.Trigger {
			case "crisis", "service", "legal", "recruitment": // nobody chose the moment
				continue
			case "reactive", "trend":
				reactions = append(reactions, a)
			}
			chosen = append(chosen, a)
		}
		if len(chosen) < enough {
			o.Missing("actions", arg("have", len(chosen)), arg("need", enough))
			return
		}
		if 2*len(reactions) <= len(chosen) {
			o.Pass()
			return
		}
		if r.Source.Objectives == nil { // never asked
			o.Missing("apex")
			return
		}
		reaches := r.pathsToApex()
		var loose []report.Place
		for _, a := range reactions {
			if !reaches[a.Objective] {
				loose = append(loose, entity(a.ID))
			}
		}
		tied := len(reactions) - len(loose)
		if 2*tied >= len(reactions) {
			o.Pass()
			return
		}
		o.Fail("", report.Finding{
			Severity: report.Major,
			About:    report.Ref{Kind: "board"},
			Places:   loose,
			Args:     []report.Arg{arg("reactions", len(reactions)), arg("actions", len(chosen)), arg("tied", tied), arg("all", yesNo(len(reactions) == len(chosen)))},
		})
	},
})
