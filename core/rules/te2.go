package rules

import (
	"math"

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
			last := about(c, "newest until "+r.AsOf, func(posts []*Post) dated { return newestUntil(r.Today, posts) })
			if last.post == nil {
				continue
			}
			limit := float64(silentDays)
			if c.CadenceDays.Value > 0 { // every 0 days is no rhythm
				limit = missedRhythms * c.CadenceDays.Value
			}
			switch {
			case !complete[c.ID]:
				o.Unknown("sample", arg("channel", c.ID))
			case float64(r.Today-last.day) <= limit:
				o.Pass(c.ID)
			default:
				o.Fail(c.ID, report.Finding{
					Severity: report.Minor,
					About:    channelRef(c),
					Places:   []report.Place{entity(c.ID), quote(last.post, 0, 0)},
					Args:     []report.Arg{arg("channel", c.ID), arg("date", last.post.Date), arg("days", int(r.Today-last.day)), arg("limit", limit), arg("cadence", c.CadenceDays.Value)},
				})
			}
		}
		if o.passing+o.failing+o.unknown+o.put == 0 && (awake > 0 || len(r.Channels) == 0) {
			o.Missing("dates")
		}
	},
})

// dated is a post and its day; the zero value is none.
type dated struct {
	post *Post
	day  int32
}

func newest(posts []*Post) dated { return newestUntil(math.MaxInt32, posts) }

// newestUntil leaves out what is planned for later: it says nothing of whether anybody still writes.
func newestUntil(today int32, posts []*Post) (last dated) {
	for _, p := range posts {
		if day, ok := board.ParseDay(p.Date); ok && day <= today && (last.post == nil || day > last.day) {
			last = dated{p, day}
		}
	}
	return last
}
