package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
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
			e := &event{day, a.Date, a.Title, names}
			told := r.told(e)
			if told.mentioned { // no message still to be given can undo it
				o.Pass()
				continue
			}
			if r.Dated && day+aroundAction > r.Today { // what is still to be written cannot be given
				o.Unknown("windowOpen", arg("action", a.ID), arg("date", a.Date), arg("days", aroundAction))
				continue
			}
			if !r.covered(day-aroundAction, day+aroundAction) {
				o.Unknown("sampleWindow", arg("action", a.ID), arg("date", a.Date))
				continue
			}
			f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "action", ID: a.ID}, Places: []report.Place{entity(a.ID)}, Args: []report.Arg{arg("action", a.ID), arg("date", a.Date), arg("days", aroundAction)}}
			nearest := "none" // the message quoted: the nearest by its words, or only by its date
			switch {
			case told.shared > 0:
				nearest = "words"
			case told.nearest != nil:
				nearest = "day"
			}
			if told.nearest != nil {
				f.Places = append(f.Places, quote(told.nearest, 0, 0))
			}
			f.Args = append(f.Args, arg("nearest", nearest))
			o.Fail(a.ID, f)
		}
		if o.passing+o.failing+o.unknown+o.put == 0 && !spared {
			o.Missing("offlineActions")
		}
	},
})

// event is the action posts are searched for.
type event struct {
	day   int32
	date  string // as the board has it
	title string
	names []string // folded
}

// told is what a channel says of an event.
type told struct {
	mentioned bool  // in the days around it
	nearest   *Post // what comes closest to speaking of it; nil where nothing is dated
	shared    int   // content stems of the title it holds, in the days around; 0 where it is only the nearest by date
	gap       int32 // days
}

// closer: more of the title's words come first, then the days.
func (t *told) closer(than *told) bool {
	return t.nearest != nil && (than.nearest == nil || t.shared > than.shared || t.shared == than.shared && t.gap < than.gap)
}

// told is what the online channels say of an event, put together.
func (r *Reading) told(e *event) (all told) {
	key := "tells " + e.date + " " + e.title + "\x00" + strings.Join(e.names, "\x00")
	for _, c := range r.Channels {
		if !c.Online {
			continue
		}
		t := about(c, key, func([]*Post) told { return c.tells(e) })
		all.mentioned = all.mentioned || t.mentioned
		if t.closer(&all) {
			all.nearest, all.shared, all.gap = t.nearest, t.shared, t.gap
		}
	}
	return all
}

func (c *Channel) tells(e *event) (t told) {
	posts := about(c, "by day", byDayOf)
	plain := about(c, "plain texts", func([]*Post) map[*Post]string { return map[*Post]string{} })
	t = nearestByDate(posts, e.day)
	first, _ := slices.BinarySearchFunc(posts, e.day-aroundAction, func(d dated, day int32) int { return int(d.day - day) })
	var stems [languages][]string // of the title
	for _, d := range posts[first:] {
		if d.day > e.day+aroundAction || t.mentioned {
			break
		}
		said, known := plain[d.post]
		if !known {
			said = asNamed(d.post.Text)
			plain[d.post] = said
		}
		lang := d.post.F.Lang
		if stems[lang] == nil {
			stems[lang] = c.words.contentOf(e.title, lang)
		}
		shared := sharing(d.post.F, stems[lang])
		// A post that gives the event's own day speaks of it even where it does not call it by its whole name.
		t.mentioned = mentions(said, e.names) || shared > 0 && 2*shared >= len(stems[lang]) && givesDay(said, e.date)
		if here := (told{nearest: d.post, shared: shared, gap: max(d.day-e.day, e.day-d.day)}); shared > 0 && here.closer(&t) {
			t.nearest, t.shared, t.gap = here.nearest, here.shared, here.gap
		}
	}
	return t
}

func nearestByDate(posts []dated, day int32) (t told) {
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

// contentOf are the content stems of a name less those of the organisation's own, which any of its posts may hold.
func (v *vocabulary) contentOf(name string, l text.Lang) []string {
	return slices.DeleteFunc(text.ContentStems(name, l), func(stem string) bool { return v.own[l][stem] })
}

func sharing(f *text.Features, stems []string) (n int) {
	for _, s := range stems {
		if f.HasContent(s) {
			n++
		}
	}
	return n
}

// months are their names and what they are shortened to, folded.
const months = `janvier janv january jan|fevrier fevr february feb|mars march mar|avril avr april apr|mai may|juin june jun|juillet juil july jul|aout august aug|septembre september sept sep|octobre october oct|novembre november nov|decembre december dec`

// givesDay reports whether a folded text writes the day of a date with its month: 17 mai, 1er mai 2026, 17th of May, May 17.
// The same day of another year is another day.
func givesDay(said, date string) bool {
	year, day := date[:4], dayIn(date[8:10])
	names := strings.Fields(strings.Split(months, "|")[dayIn(date[5:7])-1])
	words := strings.FieldsFunc(said, func(r rune) bool { return !inWord(r) })
	at := func(i int) string {
		if i >= 0 && i < len(words) {
			return words[i]
		}
		return ""
	}
	for i := range words {
		if !slices.Contains(names, words[i]) {
			continue
		}
		before, after := at(i-1), i+1
		if before == "of" {
			before = at(i - 2)
		}
		if dayIn(before) == 0 { // the day comes after its month
			before, after = at(i+1), i+2
		}
		if dayIn(before) == day && (!isYear(at(after)) || at(after) == year) {
			return true
		}
	}
	return false
}

// dayIn is the number of a day or a month as it is written, 17, 05, 1er, 2nd; 0 for anything else.
func dayIn(word string) int {
	for _, ending := range []string{"er", "st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	if n, err := strconv.Atoi(word); err == nil && len(word) <= 2 && n > 0 {
		return n
	}
	return 0
}

func isYear(word string) bool {
	return len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
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

func namesOf(a *board.Action) (out []string) {
	for _, whole := range append([]string{a.Title}, a.Names...) {
		whole = plainly(whole)
		for _, name := range [...]string{whole, shortly(whole)} {
			for _, n := range [...]string{loosely(name), asTag(name)} {
				if n != "" && !slices.Contains(out, n) {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// shortly is a name as one speaks of it when the day is near: without its year, and without its article where two words remain.
func shortly(name string) string {
	words := slices.DeleteFunc(strings.Fields(name), isYear)
	if len(words) > 2 && listed(words[0], " the le la les ") {
		words = words[1:]
	}
	return strings.Join(words, " ")
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

// asNamed is a text as names are looked for in it: as it is written, then with its tags and handles cut into words where a capital or a
// figure begins one (#FeteDuPort2026).
func asNamed(s string) string {
	said := loosely(s)
	if !strings.ContainsAny(s, "#@") {
		return said
	}
	var cut strings.Builder
	last := ' '
	for _, r := range s {
		if unicode.IsLower(last) && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			cut.WriteByte(' ')
		}
		cut.WriteRune(r)
		last = r
	}
	return said + "\n" + loosely(cut.String())
}

// loosely is a name or a text in which « & », and, et are one, and a hyphen is a space.
func loosely(s string) string {
	words := strings.FieldsFunc(plainly(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) })
	for i, w := range words {
		if w == "and" || w == "et" {
			words[i] = "&"
		}
	}
	return strings.Join(words, " ")
}

func plainly(s string) string { return folded(strings.ReplaceAll(s, "#", "")) }

// standsAlone: no letter or digit touches the range, a plural's s apart. « Bal » is not in « balade ».
func standsAlone(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(strings.TrimPrefix(s[end:], "s"))
	return !inWord(before) && !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// covered reports whether a complete sample of one online channel holds the whole of these days.
func (r *Reading) covered(from, to int32) bool {
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
