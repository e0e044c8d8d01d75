package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/report"
)

const aroundAction = 14 // days before and after in which an offline action is announced or told

var _ = register(Rule{
	ID: "BR2", Dim: "bridge", Severity: report.Minor, Article: "A12",
	Check: func(r *Reading, o *Out) {
		if r.Identity != nil && !blank(r.Identity.PurePlayer) {
			o.NotApplicable()
			return
		}
		spared := false
		for _, a := range r.Actions {
			day, dated := board.ParseDay(a.Date)
			names := namesOf(a)
			if !a.Offline.True() || !dated || len(names) == 0 {
				continue
			}
			if a.Confidential.True() {
				spared = true
				continue
			}
			if !r.covered(day-aroundAction, day+aroundAction) {
				o.Unknown("sampleWindow", arg("action", a.ID), arg("date", a.Date))
				continue
			}
			nearest, gap, mentioned := (*Post)(nil), int32(0), false
			for _, c := range r.Channels {
				if !c.Online {
					continue
				}
				for _, p := range c.Posts {
					at, ok := board.ParseDay(p.Date)
					if !ok {
						continue
					}
					apart := max(at-day, day-at)
					if apart <= aroundAction && mentions(p.Text, names) {
						mentioned = true
					}
					if nearest == nil || apart < gap {
						nearest, gap = p, apart
					}
				}
			}
			if mentioned {
				o.Pass()
				continue
			}
			f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "action", ID: a.ID}, Places: []report.Place{entity(a.ID)}, Args: []report.Arg{arg("action", a.ID), arg("date", a.Date), arg("days", aroundAction)}}
			if nearest != nil {
				f.Places = append(f.Places, quote(nearest, 0, 0))
			}
			o.Fail(a.ID, f)
		}
		if o.passing+o.failing+o.unknown+o.put == 0 && !spared {
			o.Missing("offlineActions")
		}
	},
})

func namesOf(a *board.Action) []string {
	var out []string
	for _, n := range append([]string{a.Title}, a.Names...) {
		if n = plainly(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func mentions(s string, names []string) bool {
	said := plainly(s)
	for _, n := range names {
		for at := 0; ; {
			i := strings.Index(said[at:], n)
			if i < 0 {
				break
			}
			if start := at + i; standsAlone(said, start, start+len(n)) {
				return true
			}
			at += i + 1
		}
	}
	return false
}

func plainly(s string) string { return folded(strings.ReplaceAll(s, "#", "")) }

// standsAlone: no letter or digit touches the range, a plural's s apart. « Bal » is not in « balade ».
func standsAlone(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(strings.TrimPrefix(s[end:], "s"))
	return !inWord(before) && !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// covered reports whether a complete sample of one online channel holds the whole of these days. No sample holds days
// that are still to come.
func (r *Reading) covered(from, to int32) bool {
	if r.Dated && to > r.Today {
		return false
	}
	for _, s := range r.Samples {
		c := r.channels[s.Channel]
		if c == nil || !c.Online || !s.Complete.True() {
			continue
		}
		start, starts := board.ParseDay(s.From)
		end, ends := board.ParseDay(s.To)
		if (starts && start <= from || s.From == "") && (ends && end >= to || s.To == "") {
			return true
		}
	}
	return false
}
