package rules

import (
	"math"
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/facts"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "BR3", Dim: "bridge", Severity: report.Major, Article: "A9",
	Check: func(r *Reading, o *Out) {
		type stated struct {
			*board.Fact
			index    int
			online   bool
			from, to int32
		}
		type about struct{ key, subject string }
		said := map[about][]stated{}
		var groups []about
		for i, f := range r.Facts {
			c := r.channels[f.Channel]
			from, fromOK := dayOr(f.From, math.MinInt32)
			to, toOK := dayOr(f.To, math.MaxInt32)
			if c == nil || !fromOK || !toOK || blank(f.Key) || blank(f.Value) {
				continue
			}
			a := about{folded(f.Key), folded(f.Subject)}
			if said[a] == nil {
				groups = append(groups, a)
			}
			said[a] = append(said[a], stated{f, i, c.Online, from, to})
		}
		order.Func(groups, func(a, b about) int { return strings.Compare(a.key+"\x00"+a.subject, b.key+"\x00"+b.subject) })
		for _, a := range groups {
			compared, differ := false, [2]stated{}
			found := false
			for _, x := range said[a] {
				for _, y := range said[a] {
					if found || !x.online || y.online || x.from > y.to || y.from > x.to {
						continue
					}
					compared = true
					if !r.sameValue(x.Fact, y.Fact) {
						differ, found = [2]stated{x, y}, true
					}
				}
			}
			switch {
			case !compared:
			case !found:
				o.Pass()
			default:
				f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "board"}}
				for _, s := range differ {
					f.Places = append(f.Places, report.Place{Entity: s.Channel, Field: "facts/" + strconv.Itoa(s.index)})
				}
				f.Args = []report.Arg{arg("key", differ[0].Key), arg("subject", differ[0].Subject), arg("about", yesNo(a.subject != "")),
					arg("here", differ[0].Value), arg("channel", differ[0].Channel), arg("there", differ[1].Value), arg("other", differ[1].Channel)}
				key := a.key
				if a.subject != "" {
					key += ":" + a.subject
				}
				o.Fail(key, f)
			}
		}
		if o.passing+o.failing+o.put == 0 {
			o.Missing("facts")
		}
	},
})

// dayOr reads a date; open stands for none, and what is no date is not guessed.
func dayOr(date string, open int32) (day int32, ok bool) {
	if date == "" {
		return open, true
	}
	return board.ParseDay(date)
}

func folded(s string) string { return strings.Join(strings.Fields(text.Fold(s)), " ") }

// sameValue: written alike, or the same thing written in another way.
func (r *Reading) sameValue(x, y *board.Fact) bool {
	return written(x.Value) == written(y.Value) ||
		facts.Same(facts.Value{Written: x.Value, Lang: r.channels[x.Channel].lang}, facts.Value{Written: y.Value, Lang: r.channels[y.Channel].lang})
}

// written is a value without what typography alone changes, or a browser: « 9 h – 18 h » is « 9h-18h », www.unisson.example is unisson.example.
func written(value string) string {
	s := strings.Join(strings.Fields(text.Fold(value)), "")
	return strings.TrimRight(strings.NewReplacer("–", "-", "—", "-", "−", "-", "\u2011", "-", "https://", "", "http://", "", "www.", "").Replace(s), "./")
}
