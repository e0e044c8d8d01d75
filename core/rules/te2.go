package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

const (
	silentDays    = 90 // where no cadence is declared
	missedRhythms = 3
)

var _ = register(Rule{
	ID: "TE2", Dim: "time", Severity: report.Minor, Article: "A8",
	Repair: putToSleep,
	Check: func(r *Reading, o *Out) {
		if !r.Dated {
			o.Missing("asOf")
			return
		}
		complete := map[string]bool{}
		for _, s := range r.Samples {
			complete[s.Channel] = complete[s.Channel] || s.Complete.True()
		}
		awake := 0
		for _, c := range r.Channels {
			if c.Status == "sleeping" {
				continue
			}
			awake++
			newest, last, dated := (*Post)(nil), int32(0), false
			for _, p := range c.Posts {
				if day, ok := board.ParseDay(p.Date); ok && (!dated || day > last) {
					newest, last, dated = p, day, true
				}
			}
			if !dated {
				continue
			}
			limit := float64(silentDays)
			if c.CadenceDays.Value > 0 { // every 0 days is no rhythm
				limit = missedRhythms * c.CadenceDays.Value
			}
			switch {
			case !complete[c.ID]:
				o.Unknown("sample", arg("channel", c.ID))
			case float64(r.Today-last) <= limit:
				o.Pass()
			default:
				o.Fail(c.ID, report.Finding{
					Severity: report.Minor,
					About:    channelRef(c),
					Places:   []report.Place{entity(c.ID), quote(newest, 0, 0)},
					Args:     []report.Arg{arg("channel", c.ID), arg("date", newest.Date), arg("days", int(r.Today-last)), arg("limit", limit)},
				})
			}
		}
		if o.passing+o.failing+o.unknown+o.put == 0 && (awake > 0 || len(r.Channels) == 0) {
			o.Missing("dates")
		}
	},
})
