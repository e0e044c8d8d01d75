package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

var _ = register(Rule{
	ID: "ST4", Dim: "strategy", Severity: report.Major, Required: true, Article: "A5",
	Repair: giveMeans,
	Check: func(r *Reading, o *Out) {
		if len(r.Objectives) == 0 {
			o.Missing("objectives")
			return
		}
		served := r.served()
		acted := map[string]bool{}
		for _, a := range r.Actions {
			acted[a.Objective] = true
		}
		for _, obj := range r.Objectives {
			if len(obj.Children) > 0 || obj.Kind == "internal" {
				continue
			}
			if len(obj.Channels) > 0 || acted[obj.ID] {
				o.Pass(obj.ID)
				continue
			}
			if from, dated := board.ParseDay(obj.NotBefore); dated {
				if !r.Dated {
					o.Unknown("asOf")
					continue
				}
				if from > r.Today {
					continue
				}
			}
			switch { // never asked is not a no
			case !served:
				o.Unknown("channelObjectives")
				continue
			case r.Actions == nil:
				o.Unknown("actions", arg("have", 0), arg("need", 1))
				continue
			}
			o.Fail(obj.ID, report.Finding{
				Severity: report.Major,
				About:    report.Ref{Kind: "objective", ID: obj.ID},
				Places:   []report.Place{entity(obj.ID)},
				Args:     []report.Arg{arg("objective", obj.ID)},
			})
		}
	},
})

// served reports whether anybody was asked which objectives a channel serves; no channel at all is an answer.
func (r *Reading) served() bool {
	if r.Source.Channels != nil && len(r.Source.Channels) == 0 {
		return true
	}
	for _, c := range r.Source.Channels {
		if c.Objectives != nil {
			return true
		}
	}
	return false
}
