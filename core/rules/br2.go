package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/order"
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
				told := about(c, "tells "+a.Date+" "+strings.Join(names, "\x00"), func([]*Post) told { return c.tells(day, names) })
				mentioned = mentioned || told.mentioned
				if told.nearest != nil && (nearest == nil || told.gap < gap) {
					nearest, gap = told.nearest, told.gap
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

// told is what a channel says of an action.
type told struct {
	mentioned bool  // by name, in the days around it
	nearest   *Post // by date, whatever it says; nil where none is dated
	gap       int32 // days
}

func (c *Channel) tells(day int32, names []string) (t told) {
	posts := about(c, "by day", byDayOf)
	plain := about(c, "plain texts", func([]*Post) map[*Post]string { return map[*Post]string{} })
	first, _ := slices.BinarySearchFunc(posts, day-aroundAction, func(d dated, day int32) int { return int(d.day - day) })
	for _, d := range posts[first:] {
		if d.day > day+aroundAction || t.mentioned {
			break
		}
		said, known := plain[d.post]
		if !known {
			said = plainly(d.post.Text)
			plain[d.post] = said
		}
		t.mentioned = mentions(said, names)
	}
	at, _ := slices.BinarySearchFunc(posts, day, func(d dated, day int32) int { return int(d.day - day) })
	if before := at - 1; before >= 0 {
		for before > 0 && posts[before-1].day == posts[before].day {
			before-- // of those of one day, the first
		}
		t.nearest, t.gap = posts[before].post, day-posts[before].day
	}
	if at < len(posts) && (t.nearest == nil || posts[at].day-day < t.gap) {
		t.nearest, t.gap = posts[at].post, posts[at].day-day
	}
	return t
}

// byDayOf are the posts with a day, the earliest first; those of one day as the channel has them.
func byDayOf(posts []*Post) (out []dated) {
	for _, p := range posts {
		if day, ok := board.ParseDay(p.Date); ok {
			out = append(out, dated{p, day})
		}
	}
	order.Stable(out, func(a, b dated) int { return int(a.day - b.day) })
	return out
}

func namesOf(a *board.Action) []string {
	var out []string
	for _, n := range append([]string{a.Title}, a.Names...) {
		if n = plainly(n); n == "" {
			continue
		}
		out = append(out, n)
		if tag := asTag(n); tag != n {
			out = append(out, tag)
		}
	}
	return out
}

// asTag is a name as a hashtag writes it: letters and digits alone.
func asTag(name string) string {
	return strings.Map(func(r rune) rune {
		if !inWord(r) {
			return -1
		}
		return r
	}, name)
}

func mentions(said string, names []string) bool {
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
