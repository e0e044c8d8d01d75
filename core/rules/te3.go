package rules

import (
	"strconv"

	"unisson/core/board"
	"unisson/core/report"
)

const farMonths = 6

var _ = register(Rule{
	ID: "TE3", Dim: "time", Severity: report.Minor, Article: "A8 A14",
	Check: func(r *Reading, o *Out) {
		switch {
		case len(r.Objectives) < 2:
			o.Missing("moreObjectives", arg("have", len(r.Objectives)), arg("need", 2))
			return
		case !r.Dated:
			o.Missing("asOf")
			return
		}
		far := calendar(r.AsOf) + farMonths*daysAMonth
		f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "board"}}
		farthest := ""
		for _, obj := range r.Objectives {
			_, dated := board.ParseDay(obj.Horizon)
			if dated && calendar(obj.Horizon) >= far {
				o.Pass()
				return
			}
			if dated && obj.Horizon > farthest {
				farthest = obj.Horizon
			}
			f.Places = append(f.Places, report.Place{Entity: obj.ID, Field: "horizon"})
		}
		f.Args = []report.Arg{arg("dated", yesNo(farthest != "")), arg("horizon", farthest), arg("count", len(r.Objectives))}
		o.Fail("", f)
	},
})

const daysAMonth = 32

// calendar counts a date in months of 32 days: dates keep their order, and six months later is the same day of the month.
func calendar(date string) int {
	year, _ := strconv.Atoi(date[:4]) // ParseDay has read it before
	month, _ := strconv.Atoi(date[5:7])
	day, _ := strconv.Atoi(date[8:10])
	return (12*year+month)*daysAMonth + day
}
