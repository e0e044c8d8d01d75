package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

var _ = register(Rule{
	ID: "ST5", Dim: "strategy", Severity: report.Critical, Article: "A1",
	Repair: citeCommon,
	Check: func(r *Reading, o *Out) {
		for _, c := range r.Channels {
			s := c.Strategy
			switch {
			case s == nil:
			case s.CitesCommon == board.Yes || s.SetsObjectives == board.No: // a chapter of the strategy, or an operational guide
				o.Pass(c.ID)
			case s.CitesCommon == board.Unsaid || s.SetsObjectives == board.Unsaid:
				o.Unknown("strategyAnswers", arg("channel", c.ID))
			default:
				by := "house"
				if !blank(s.Agency) {
					by = "agency"
				}
				o.Fail(c.ID, report.Finding{
					Severity: report.Critical,
					About:    channelRef(c),
					Places:   []report.Place{entity(c.ID), {Entity: c.ID, Field: "strategy"}},
					Args:     []report.Arg{arg("channel", c.ID), arg("document", s.Title), arg("titled", yesNo(!blank(s.Title))), arg("by", by), arg("agency", s.Agency)},
				})
			}
		}
		if o.passing+o.failing+o.unknown+o.put == 0 {
			o.Missing("strategy")
		}
	},
})
