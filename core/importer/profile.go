package importer

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A copied profile page is a column of lines: the head of the page, then for each post a name, an age, the text, and a
// row of buttons and counters. The texts are what is left when all that is recognised, and what is recognised is told
// from an author's own words by its company: a number or a date alone between two lines of text stays with them.

// mark is what one line of the page is.
type mark uint8

const (
	words   mark = iota // somebody's
	blank               // nothing, or a dot between things
	button              // to press, or a label
	counter             // 34 commentaires
	age                 // 3 sem.
	name                // of the author, again and again
)

// line is a line of the page.
type line struct {
	text string // as it stands
	bare string // folded, without space around
	mark mark
	date string // RFC 3339, of an age that says its day in full
}

// lists are the words of profile_words.go, read when first needed.
type lists struct {
	buttons, counters, ages map[string]bool
	starts, ends            []string
}

var vocabulary = sync.OnceValue(func() lists {
	set := func(s string) map[string]bool {
		all := map[string]bool{}
		for w := range strings.SplitSeq(strings.Trim(s, "\n"), "\n") {
			all[w] = true
		}
		return all
	}
	return lists{buttons: set(buttonWords), counters: set(counterWords), ages: set(agoUnits), starts: strings.Split(strings.Trim(buttonStarts, "\n"), "\n"), ends: strings.Split(strings.Trim(moreEnds, "\n"), "\n")}
})

// A line of the page itself is short; a longer one is somebody's.
const longestMark = 120

// read marks the lines of a page, all but the names.
func read(text string) []line {
	v := vocabulary()
	var all []line
	for s := range strings.SplitSeq(text, "\n") {
		l := line{text: s}
		if len(s) <= 4*longestMark {
			l.bare = strings.TrimSpace(strings.Map(visible, fold(s)))
			l.mark = v.mark(l.bare)
			if l.mark == words || l.mark == age {
				if d, ok := parseDate(l.bare); ok && utf8.RuneCountInString(l.bare) <= 40 {
					l.mark, l.date = age, d.write(Ask)
				}
			}
		}
		all = append(all, l)
	}
	return all
}

// visible drops the characters pages put between things to steer a reading aloud or a direction.
func visible(r rune) rune {
	switch {
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069', r == '\ufeff', r == '\ufe0f':
		return -1
	case r == '\t':
		return ' '
	}
	return r
}

func (v lists) mark(s string) mark {
	trimmed := strings.Trim(s, " ·•|.,🌐👍❤️👏💡😂😮😢😡🎉🔒🌍🌎🌏")
	switch {
	case trimmed == "":
		if strings.ContainsAny(s, "👍❤👏💡😂😮😢😡🎉") {
			return words // an emoji alone may be a post
		}
		return blank
	case utf8.RuneCountInString(s) > longestMark:
		return words
	case v.buttons[trimmed] || v.buttons[strings.TrimRight(strings.TrimLeft(trimmed, "… "), "… :")]:
		return button
	case v.age(trimmed):
		return age
	case v.counter(trimmed):
		return counter
	}
	for _, start := range v.starts {
		if strings.HasPrefix(trimmed, start) {
			return button
		}
	}
	return words
}

// age reads "3 sem.", "il y a 3 jours", "2d", "hier, 14:32", "3 avril, 09:00 · public": numbers with units or months
// and few other words, one of which must tell a time.
func (v lists) age(s string) bool {
	told := false
	for f := range fieldsOf(s) {
		f = strings.TrimRight(f, ",")
		n, size := number(f)
		rest := f[size:]
		switch {
		case size > 0 && rest == "":
			if n > 2100 {
				return false
			}
		case size > 0 && size <= 3 && v.ages[strings.Trim(rest, ".")] && rest != "a":
			told = true
		case size > 0 && size <= 2 && len(rest) > 1 && (rest[0] == ':' || rest[0] == 'h'):
			told = told || rest[0] == ':'
		case size > 0 && (rest == "er" || rest == "st" || rest == "nd" || rest == "rd" || rest == "th"):
		case size > 0:
			return false
		case monthOf(strings.Trim(f, ".")) > 0:
			told = true
		case f == "hier" || f == "yesterday" || f == "now" || f == "l'instant" || f == "aujourd'hui" || f == "today" || f == "maintenant":
			told = true
		case v.ages[strings.Trim(f, ".")]:
			told = true
		case f == "am" || f == "pm" || strings.Contains(agoWords, " "+f+" "):
		default:
			return false
		}
	}
	return told && (strings.ContainsAny(s, "0123456789") || !strings.Contains(s, " ") || strings.Contains(s, "instant") || strings.Contains(s, "now"))
}

// counter reads "1,2 k vues", "34 commentaires · 3 republications", "Ana et 12 autres personnes", a number alone.
func (v lists) counter(s string) bool {
	fields := make([]string, 0, 12)
	for f := range fieldsOf(s) {
		if len(fields) == cap(fields) {
			return false
		}
		fields = append(fields, f)
	}
	numbers, nouns := 0, 0
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		switch {
		case amount(f):
			numbers++
		case i > 0 && magnitude(f):
		case i+1 < len(fields) && v.counters[f+" "+fields[i+1]]:
			nouns++
			i++
		case v.counters[f]:
			nouns++
		case strings.Contains(counterJoints, " "+f+" "):
		default:
			return numbers == 0 && others(s, v)
		}
	}
	return numbers > 0
}

// others reads "Ana Martin et 12 autres personnes".
func others(s string, v lists) bool {
	for _, joint := range []string{" et ", " and "} {
		if _, rest, ok := strings.Cut(s, joint); ok {
			count, noun, _ := strings.Cut(rest, " ")
			if amount(count) && v.counters[strings.TrimSpace(noun)] {
				return true
			}
		}
	}
	return false
}

// amount reads 12, 1 234 (as two fields), 1,2k, 3.4K, 12M.
func amount(f string) bool {
	digits := 0
	for i, r := range f {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case (r == ',' || r == '.') && i > 0:
		case i > 0 && magnitude(f[i:]):
			return digits > 0
		default:
			return false
		}
	}
	return digits > 0 && digits <= 12
}

func magnitude(f string) bool {
	return f == "k" || f == "m" || f == "mio" || f == "md" || f == "b" || f == "mille" || f == "million" || f == "millions"
}

// fieldsOf walks the words of a folded line; the dots between things are words of their own.
func fieldsOf(s string) func(func(string) bool) {
	return strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '·' || r == '•' || r == '|' || r == '🌐' })
}

// sign marks the lines that come back before the ages of posts: the author's, a handle, a headline.
func sign(all []line) {
	const most = 5 // lines from a name to its age
	count := map[string]int{}
	ages := 0
	each := func(visit func(i int)) {
		for i, l := range all {
			if l.mark != age {
				continue
			}
			for k := i - 1; k >= 0 && k >= i-most && (all[k].mark == words || all[k].mark == blank || all[k].mark == counter || all[k].mark == name); k-- {
				if all[k].mark == words && all[k].bare != "" {
					visit(k)
				}
			}
		}
	}
	for _, l := range all {
		if l.mark == age {
			ages++
		}
	}
	each(func(i int) { count[all[i].bare]++ })
	least := max(2, ages/4) // once is a commenter, or the last line of a post
	each(func(i int) {
		if count[all[i].bare] >= least {
			all[i].mark = name
		}
	})
	for i, l := range all { // the same name with its handle on one line, or twice in a row for screen readers
		if l.mark == words && l.bare != "" && twice(count, l.bare, least) {
			all[i].mark = name
		}
	}
}

// twice recognises a name written twice without a space between.
func twice(count map[string]int, s string, least int) bool {
	half := len(s) / 2
	return len(s)%2 == 0 && s[:half] == s[half:] && count[s[:half]] >= least
}

// company gives back to the texts what only looks like the page's: counters between two lines of words, or a single age
// or button, unless a name and an age follow, with which the page begins the next post.
func company(all []line) {
	for i := 0; i < len(all); {
		if all[i].mark == words {
			i++
			continue
		}
		end, marks, counters := i, 0, 0
		page := false // a name, a day in full, a folded text: no author's
		for ; end < len(all) && all[end].mark != words; end++ {
			l := all[end]
			page = page || l.mark == name || l.mark == age && l.date != "" || l.mark == button && strings.Contains(l.bare, "plus")
			if l.mark != blank {
				marks++
			}
			if l.mark == counter {
				counters++
			}
		}
		alone := marks == 1 && end == i+1 && !signature(all, i)
		if i > 0 && end < len(all) && !page && marks > 0 && (counters == marks || alone) && !announces(all, end) {
			for k := i; k < end; k++ {
				if all[k].mark != blank {
					all[k].mark = words
				}
			}
		}
		i = end
	}
}

// signature reports whether the line before i is the only one of its kind, as the name above an age or the last line
// above a button.
func signature(all []line, i int) bool { return i < 2 || all[i-2].mark != words }

// announces reports whether the words at i are a name or two with an age below.
func announces(all []line, i int) bool {
	const most = 3
	for k := i; k < len(all) && k <= i+most; k++ {
		switch all[k].mark {
		case age:
			return true
		case button, counter:
			return false
		}
	}
	return false
}

// run is a piece of text between pieces of page.
type run struct {
	from, to      int    // lines
	dated, signed bool   // an age, a name stands in the page before it
	date          string // of that age
	replied       bool   // « Répondre » follows: a comment
}

func runs(all []line) []run {
	var out []run
	var before run
	for i := 0; i < len(all); {
		switch all[i].mark {
		case words:
			r := before
			r.from = i
			for i < len(all) && (all[i].mark == words || all[i].mark == blank) {
				i++
			}
			r.to = i
			for k := i; k < len(all) && all[k].mark != words; k++ {
				if all[k].mark == name {
					break
				}
				r.replied = r.replied || all[k].mark == button && (all[k].bare == "repondre" || all[k].bare == "reply")
			}
			out = append(out, r)
			before = run{}
			continue
		case age:
			before.dated = true
			if all[i].date != "" {
				before.date = all[i].date
			}
		case name:
			before.signed = true
		}
		i++
	}
	return out
}

// looksLikeProfile asks for what a page shows and people do not write: several rows of buttons or counters, with ages.
func looksLikeProfile(text string) bool {
	all := read(text[:min(len(text), 256<<10)])
	marks := map[mark]int{}
	rows := 0
	for i, l := range all {
		marks[l.mark]++
		if (l.mark == button || l.mark == counter) && i > 0 && (all[i-1].mark == button || all[i-1].mark == counter) {
			rows++
		}
	}
	filled := len(all) - marks[blank]
	return marks[button] >= 2 && (rows >= 2 || marks[age] >= 2 && marks[button]+marks[counter] >= 3) && (marks[button]+marks[counter]+marks[age])*6 >= filled
}

// readProfile splits a copied page into posts.
func (p *preview) readProfile(text string, o Options) {
	const size, lines = 16 << 20, 400_000 // nobody scrolls that far
	all := read(p.atMost(text, size, '\n', lines))
	sign(all)
	company(all)
	pieces := runs(all)
	dated, signed := false, false
	for _, r := range pieces {
		dated, signed = dated || r.dated, signed || r.signed
	}
	first := true
	var numeric []date
	for _, l := range all {
		if l.mark == age && l.date == "" {
			if d, ok := parseDate(l.bare); ok {
				numeric = append(numeric, d)
			}
		}
	}
	p.Dates = order(numeric)
	if o.Dates != "" && p.Dates != ISO {
		p.Dates = o.Dates
	}
	for i, r := range pieces {
		body := all[r.from:r.to]
		shown := strings.TrimSpace(body[0].text)
		switch {
		case first && dated && !r.dated && !r.signed:
			p.skip("import.skip.head", filled(body), shown) // name, headline, introduction of the page
			continue
		case filled(body) == 1 && utf8.RuneCountInString(shown) <= 60 && i+1 < len(pieces) && pieces[i+1].dated && !pieces[i+1].signed && pieces[i+1].replied:
			p.skip("import.skip.comment", 1, shown) // who commented
			continue
		case r.replied && !(r.signed && signed):
			p.skip("import.skip.comment", filled(body), shown)
			continue
		}
		first = false
		m := Message{Text: p.unfold(body), Date: r.date}
		if m.Date == "" && r.dated {
			m.Date = p.dateBefore(all, r.from)
		}
		p.add(m)
	}
	for _, l := range all {
		switch l.mark {
		case button:
			p.skip("import.skip.button", 1, l.text)
		case counter:
			p.skip("import.skip.counter", 1, l.text)
		case age:
			if l.date == "" {
				p.skip("import.skip.age", 1, l.text)
			}
		case name:
			p.skip("import.skip.name", 1, l.text)
		}
	}
}

// dateBefore is the date of the age before a text, once the order of its numbers is known.
func (p *preview) dateBefore(all []line, at int) string {
	for i := at - 1; i >= 0 && all[i].mark != words; i-- {
		if all[i].mark == age {
			if d, ok := parseDate(all[i].bare); ok {
				return d.write(p.Dates)
			}
		}
	}
	return ""
}

func filled(lines []line) (n int) {
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			n++
		}
	}
	return n
}

// unfold joins the lines of a text. What a page leaves where it folded a long one goes.
func (p *preview) unfold(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	s := strings.TrimSpace(strings.Join(texts, "\n"))
	for _, end := range vocabulary().ends {
		if len(s) > len(end) && strings.EqualFold(s[len(s)-len(end):], end) {
			p.skip("import.skip.button", 1, s[len(s)-len(end):])
			return s[:len(s)-len(end)]
		}
	}
	return s
}
