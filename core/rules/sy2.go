package rules

import (
	"slices"

	"unisson/core/report"
)

var _ = register(Rule{
	ID: "SY2", Dim: "synergy", Severity: report.Minor, Required: true, Article: "A12",
	Repair: leadOn,
	Check: func(r *Reading, o *Out) {
		const enough = 3
		edges := 0
		for _, c := range r.Channels {
			edges += len(c.Serves)
		}
		if edges < enough {
			o.Missing("edges", arg("have", edges), arg("need", enough))
			return
		}
		if !slices.ContainsFunc(r.Channels, func(c *Channel) bool { return c.Channel.Objectives != nil }) { // never asked
			o.Missing("channelObjectives")
			return
		}
		arrives := r.leadSomewhere()
		for _, c := range r.Channels {
			switch {
			case !blank(c.Relationship) || !blank(c.Mandatory):
			case arrives[c]:
				o.Pass(c.ID)
			default:
				f := report.Finding{Severity: report.Minor, About: channelRef(c), Places: []report.Place{entity(c.ID)}, Args: []report.Arg{arg("channel", c.ID), arg("ends", yesNo(len(c.Serves) > 0))}}
				for _, to := range c.Serves {
					f.Places = append(f.Places, entity(to.ID))
				}
				o.Fail(c.ID, f)
			}
		}
	},
})

// leadSomewhere are the channels from which following serves reaches one that carries an objective neither done
// nor dropped, itself included: walked backwards, so that every edge is followed once.
func (r *Reading) leadSomewhere() map[*Channel]bool {
	arrives := make(map[*Channel]bool, len(r.Channels))
	var todo []*Channel
	for _, o := range r.Objectives {
		for _, c := range o.Channels {
			if !arrives[c] {
				arrives[c] = true
				todo = append(todo, c)
			}
		}
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, from := range at.Served {
			if !arrives[from] {
				arrives[from] = true
				todo = append(todo, from)
			}
		}
	}
	return arrives
}
