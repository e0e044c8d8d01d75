package texts

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/report"
)

// A telling is what a rendering says, in order, before it has a form: Plain and Markdown give it theirs, and may leave
// kinds of blocks out.
type telling struct {
	lang     Lang
	r        *report.Report
	b        *board.Board
	name     Names
	messages map[string]*board.Message
	told     map[string]bool // rules whose reason was given
	byDay    bool            // a message is called by its channel and day, where it has one, not by its id
	blocks   []block
}

type kind uint8

const (
	title kind = iota
	lead       // the score
	line
	section
	cause   // aside: what a repair is worth
	finding // mark: severity; aside: rule
	reason  // why it matters, or the idea behind it
	quoted  // aside: where it stands
	more    // passages that are not shown
	remedy
	item  // aside: rules, or what it brings
	cells // a row of a table; the first of several is its head
)

type block struct {
	kind              kind
	text, aside, mark string
	cells             []string
	severity          report.Severity // of a finding
	span              Span            // of a quotation: what its finding marks
}

func tell(r *report.Report, b *board.Board, lang Lang) *telling {
	t := &telling{lang: lang, r: r, told: map[string]bool{}}
	t.about(b)
	return t
}

// about makes b the board names and quotations are taken from.
func (t *telling) about(b *board.Board) {
	t.b, t.name, t.messages = b, NamesOf(b), make(map[string]*board.Message, len(b.Messages))
	for _, m := range b.Messages {
		t.messages[m.ID] = m
	}
}

func (t *telling) say(id string, args ...report.Arg) string { return message(t.lang, id, args, t.name) }

func (t *telling) add(k kind, text string) { t.aside(k, text, "") }

func (t *telling) aside(k kind, text, aside string) {
	t.blocks = append(t.blocks, block{kind: k, text: text, aside: aside})
}

func (t *telling) row(list ...string) { t.blocks = append(t.blocks, block{kind: cells, cells: list}) }

func value(key string, v any) report.Arg { return report.Arg{Key: key, Value: v} }

// report tells all of it.
func (t *telling) report() *telling {
	t.head()
	t.findings()
	if t.r.Known > 0 {
		return t // what was so before is no news either
	}
	t.contradictions()
	t.notes()
	t.next()
	t.missing()
	t.file()
	return t
}

func boardName(b *board.Board) string {
	if b.Title != "" {
		return b.Title
	}
	return b.ID
}

func (t *telling) score(s *report.Score) string {
	switch {
	case !s.Shown:
		return t.say("score.none." + s.Why)
	case s.One:
		return t.say("score.single", value("single", s.Single))
	}
	return t.say("score.interval", value("proven", s.Proven), value("possible", s.Possible))
}

func (t *telling) head() {
	if name := boardName(t.b); name == "" {
		t.add(title, "Unisson")
	} else {
		t.add(title, t.say("plain.title", value("board", name)))
	}
	s := &t.r.Score
	t.add(lead, t.score(s))
	about := t.say("score.coverage", value("coverage", s.Coverage))
	if s.Dismissals > 0 {
		about += " · " + t.say("score.dismissals", value("n", s.Dismissals))
	}
	t.add(line, about)
	t.add(line, t.say("score.label"))
}

func (t *telling) findings() {
	open := 0
	for i := range t.r.Causes {
		open += len(t.r.Causes[i].Findings)
	}
	switch known := t.r.Known; {
	case open == 0 && known == 0:
		t.add(section, t.say("plain.none"))
		return
	case known == 0:
		t.add(section, t.say("plain.findings", value("n", open)))
	default:
		t.add(section, t.say("plain.new", value("n", open)))
		t.add(line, t.say("plain.known", value("n", known)))
	}
	for i := range t.r.Causes {
		c := &t.r.Causes[i]
		worth := ""
		if c.Gain > 0 {
			worth = t.say("plain.gain", value("gain", c.Gain))
		}
		t.aside(cause, t.cause(c.About), worth)
		for _, i := range c.Findings {
			t.finding(&t.r.Findings[i])
		}
	}
}

func (t *telling) cause(about report.Ref) string {
	return t.say("plain.cause."+about.Kind, value(about.Kind, about.ID))
}

// among are the names where what a sentence is about is of one list: the arguments that may name one of several do there.
func (t *telling) among(list string) Names {
	return func(argument, id string) string {
		switch argument {
		case "about", "other":
			argument = list
		}
		return t.name(argument, id)
	}
}

func (t *telling) sentence(f *report.Finding) {
	t.blocks = append(t.blocks, block{kind: finding, text: message(t.lang, f.Rule+".sentence", f.Args, t.among(f.About.Kind)), aside: f.Rule, mark: t.say("severity." + f.Severity.String()), severity: f.Severity})
}

func (t *telling) finding(f *report.Finding) {
	t.sentence(f)
	t.quotes(f)
	if !t.told[f.Rule] {
		t.told[f.Rule] = true
		t.add(reason, t.say(f.Rule+".why"))
		for _, idea := range strings.Fields(t.say(f.Rule + ".ideas")) {
			t.aside(reason, t.say(idea), idea)
		}
	}
	t.add(remedy, t.say("plain.remedy", value("remedy", t.say(f.Rule+".remedy"))))
}

// contradictions tells what two channels state otherwise, each line with where it is read.
func (t *telling) contradictions() {
	if len(t.r.Contradictions) == 0 {
		return
	}
	t.add(section, t.say("contradictions.title"))
	t.add(line, t.say("contradictions.how"))
	for i := range t.r.Contradictions {
		c := &t.r.Contradictions[i]
		named := "no"
		if c.About != "" {
			named = "yes"
		}
		here, there := &c.Said[0], &c.Said[1]
		t.aside(item, t.say("contradictions.said", value("here", t.name("channel", here.Channel)), value("this", here.Value), value("there", t.name("channel", there.Channel)), value("that", there.Value)),
			t.say("contradictions.about", value("kind", c.Kind), value("named", named), value("about", c.About)))
	}
}

const quotesShown = 3 // of one finding

func (t *telling) quotes(f *report.Finding) {
	shown, left := 0, 0
	read := map[string]bool{} // a text is quoted once, whatever the finding marks in it
	for i := range f.Places {
		text, span := t.textAt(&f.Places[i])
		source := strings.Join([]string{f.Places[i].Message, f.Places[i].Entity, f.Places[i].Field}, "\x00")
		if text == "" || read[source] {
			continue
		}
		read[source] = true
		if shown == quotesShown {
			left++
			continue
		}
		shown++
		place := &f.Places[i]
		at := place.Message
		if m := t.messages[at]; m != nil {
			said := []string{t.name("channel", m.Channel)}
			if m.Date == "" || !t.byDay {
				said = append(said, m.ID)
			}
			if m.Date != "" {
				said = append(said, t.lang.date(m.Date))
			}
			at = strings.Join(said, ", ")
		} else if place.Entity == "identity" && place.Field == "sentence" {
			at = t.say("place.identity")
		} else {
			at = t.name("channel", place.Entity)
		}
		open, whole := utf8.RuneCountInString(t.lang.quote("")), t.lang.quote(text)
		t.blocks = append(t.blocks, block{kind: quoted, text: whole, aside: at, span: Span{open/2 + span.Start, open/2 + span.End}})
	}
	if left > 0 {
		t.add(more, t.say("plain.more", value("n", left)))
	}
}

// textAt is the sentence a place stands in, cut to one line, and where the place is in it; "" for a place that is no text.
func (t *telling) textAt(place *report.Place) (string, Span) {
	whole := ""
	if m := t.messages[place.Message]; m != nil {
		if whole = m.Text; place.Field == "landing" {
			whole = m.Landing
		}
	} else if place.Field != "" {
		whole = t.field(place.Entity, place.Field)
	}
	return excerpt(whole, place.Start, place.End)
}

func (t *telling) field(entity, field string) string {
	if entity == "identity" && t.b.Identity != nil && field == "sentence" {
		return t.b.Identity.Sentence
	}
	for _, c := range t.b.Channels {
		if c.ID == entity {
			switch field {
			case "bio":
				return c.Bio
			case "reason":
				return c.Reason
			}
		}
	}
	return ""
}

// Span is a stretch of a text in code points; an empty one is none.
type Span struct{ Start, End int }

// excerpt keeps some code points around a span, or the beginning of a text, in whole words and with its blanks joined, and says where the
// span is in it.
func excerpt(s string, start, end int) (string, Span) {
	const around, most, word = 50, 160, 20 // word: the longest that is left out rather than cut
	var runes []rune
	var marked Span
	blank := false
	for i, c := range []rune(s) {
		if unicode.IsSpace(c) {
			blank = len(runes) > 0
			continue
		}
		if blank {
			runes, blank = append(runes, ' '), false
		}
		if start <= i && i < end {
			if marked.End == 0 {
				marked.Start = len(runes)
			}
			marked.End = len(runes) + 1
		}
		runes = append(runes, c)
	}
	if len(runes) <= most {
		return string(runes), marked
	}
	from := max(0, min(marked.Start-around, len(runes)-most))
	to := from + most
	for i := from; from > 0 && i < min(from+word, marked.Start); i++ {
		if runes[i-1] == ' ' && !unicode.IsPunct(runes[i]) {
			from = i
			break
		}
	}
	least := to - word
	if marked.End <= to {
		least = max(least, marked.End)
	}
	for i := to; to < len(runes) && i > least; i-- {
		if runes[i] == ' ' {
			to = i
			break
		}
	}
	cut := string(runes[from:to])
	marked = Span{max(0, marked.Start-from), max(0, min(marked.End, to)-from)}
	if from > 0 {
		cut = "…" + cut
		marked = Span{marked.Start + 1, marked.End + 1}
	}
	if to < len(runes) {
		cut += "…"
	}
	return cut, marked
}

// next says what to do next and what it brings; points on a score nobody is shown say nothing.
func (t *telling) next() {
	if len(t.r.Next) == 0 {
		return
	}
	t.add(section, t.say("next.title"))
	for i := range t.r.Next {
		n := &t.r.Next[i]
		what := t.say("missing."+n.Missing.What, n.Missing.Args...)
		if n.Finding != "" {
			rule, _, _ := strings.Cut(n.Finding, ":")
			what = t.say("next.repair", value("cause", t.mended(n)), value("remedy", t.say(rule+".remedy")))
		}
		var brings []string
		switch {
		case !t.r.Score.Shown:
		case n.Dim != "":
			brings = append(brings, t.say("next.together", value("gain", n.Whole), value("breaks", n.Breaks), value("side", t.say("dim."+n.Dim))))
		case n.Gain > 0:
			brings = append(brings, t.say("next.gain", value("gain", n.Gain)))
		}
		if n.Closes > 0 {
			brings = append(brings, t.say("next.closes", value("closes", n.Closes)))
		}
		t.aside(item, what, strings.Join(brings, ", "))
	}
}

// objects are the arguments that name what a repair is made to, where its cause does not.
var objects = [...]string{"action", "objective", "kpi", "need", "subject", "question"}

// mended names what a step mends: its cause and, within it, the action, the objective…
func (t *telling) mended(n *report.Next) string {
	cause := t.cause(n.About)
	at := slices.IndexFunc(t.r.Findings, func(f report.Finding) bool { return f.Key == n.Finding })
	if at < 0 {
		return cause
	}
	for _, key := range objects {
		for _, a := range t.r.Findings[at].Args {
			if a.Key == key && a.Value != n.About.ID && a.Value != "" {
				return t.say("next.about."+key, value("cause", cause), a)
			}
		}
	}
	return cause
}

// notes tells what is worth saying and accuses nobody.
func (t *telling) notes() {
	first := true
	for i := range t.r.Rules {
		s := &t.r.Rules[i]
		for _, n := range s.Notes {
			if first {
				t.add(section, t.say("plain.notes"))
				first = false
			}
			t.aside(item, t.say(s.ID+".note."+n.What, n.Args...), s.ID)
		}
	}
}

// plainly is a line as a reader sorts it: « Écrivez » after « Donnez ».
var plainly = strings.NewReplacer("É", "E", "À", "A", "Ê", "E", "Ç", "C", "Î", "I", "Ô", "O").Replace

// missing lists each thing once, with the rules it would let run.
func (t *telling) missing() {
	rules := map[string][]string{}
	most := t.mostMissing()
	for i := range t.r.Rules {
		s := &t.r.Rules[i]
		for _, m := range s.Missing {
			m = most[lack(m)]
			line := t.say("missing."+m.What, m.Args...)
			if list := rules[line]; len(list) == 0 || list[len(list)-1] != s.ID {
				rules[line] = append(list, s.ID)
			}
		}
	}
	if len(rules) == 0 {
		return
	}
	lines := make([]string, 0, len(rules))
	for l := range rules {
		lines = append(lines, l)
	}
	sort.Slice(lines, func(i, j int) bool {
		a, b := lines[i], lines[j]
		if len(rules[a]) != len(rules[b]) {
			return len(rules[a]) > len(rules[b])
		}
		return plainly(a) < plainly(b)
	})
	t.add(section, t.say("plain.next"))
	for _, l := range lines {
		t.aside(item, l, strings.Join(rules[l], ", "))
	}
}

// mostMissing is what is missing in the words of the rule that needs most of it: who has six actions has one.
func (t *telling) mostMissing() map[string]report.Missing {
	most := map[string]report.Missing{}
	for i := range t.r.Rules {
		for _, m := range t.r.Rules[i].Missing {
			if known, said := most[lack(m)]; !said || need(m) > need(known) {
				most[lack(m)] = m
			}
		}
	}
	return most
}

// lack is what is missing, and of what, whatever the amount.
func lack(m report.Missing) string {
	key := m.What
	for _, a := range m.Args {
		if id, of := a.Value.(string); of {
			key += "\x00" + id
		}
	}
	return key
}

func need(m report.Missing) float64 {
	for _, a := range m.Args {
		if n, is := a.Value.(float64); is && a.Key == "need" {
			return n
		}
	}
	return 0
}

func (t *telling) file() {
	if len(t.r.File) == 0 {
		return
	}
	t.add(section, t.say("plain.file"))
	for _, f := range t.r.File {
		t.add(item, t.say("file."+f.Fault, value("path", f.Path), value("value", f.Value)))
	}
}

// computing says how the score comes out of the rules, with every number it takes to do it again.
func (t *telling) computing() *telling {
	t.add(section, t.say("how.title"))
	for _, id := range []string{"how.rule", "how.dimension", "how.whole", "how.interval"} {
		t.add(line, t.say(id))
	}
	t.row(t.say("how.head.dimension"), t.say("how.head.weight"), t.say("how.head.proven"), t.say("how.head.possible"))
	for _, d := range t.r.Score.Dimensions {
		proven, possible := t.say("state.notApplicable"), ""
		if d.Counted {
			proven, possible = t.lang.number(100*d.Proven, 1), t.lang.number(100*d.Possible, 1)
		}
		t.row(t.say("dim."+d.ID), t.lang.number(d.Weight, 1), proven, possible)
	}
	t.add(line, t.say("how.rules"))
	t.row(t.say("how.head.rule"), t.say("how.head.dimension"), t.say("how.head.severity"), t.say("how.head.state"), t.say("how.head.objects"), t.say("how.head.failing"), t.say("how.head.unknown"), t.say("how.head.dismissed"))
	for i := range t.r.Rules {
		s := &t.r.Rules[i]
		counts := []string{"", "", "", ""}
		for i, n := range []int{s.Objects, s.Failing, s.Unknown, s.Dismissed} {
			if s.State == report.Evaluated || n > 0 {
				counts[i] = t.lang.number(float64(n), 0)
			}
		}
		state := t.say("state." + s.State.String())
		if s.State == report.Insufficient && s.Required {
			state = t.say("how.required")
		}
		t.row(append([]string{s.ID + " " + t.say(s.ID+".name"), t.say("dim." + s.Dim), t.say("severity." + s.Severity.String()), state}, counts...)...)
	}
	return t
}
