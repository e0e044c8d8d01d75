package texts

import (
	"sort"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
)

const quotesShown = 3 // of one finding

// Plain writes a report as text for a terminal or a mail: the score, the findings grouped by cause with their quotes and
// repairs, what is missing, what is wrong with the file.
func Plain(r *report.Report, b *board.Board, lang Lang) string {
	p := plain{r: r, b: b, lang: lang, name: Names(b), messages: map[string]*board.Message{}}
	for _, m := range b.Messages {
		p.messages[m.ID] = m
	}
	p.head()
	for i := range r.Causes {
		p.cause(&r.Causes[i])
	}
	p.missing()
	p.file()
	return p.out.String()
}

type plain struct {
	r        *report.Report
	b        *board.Board
	lang     Lang
	name     func(string) string
	messages map[string]*board.Message
	out      strings.Builder
}

func (p *plain) say(id string, args ...report.Arg) string {
	return message(p.lang, id, args, p.name)
}

func (p *plain) line(indent int, s string) {
	p.out.WriteString(strings.Repeat(" ", indent))
	p.out.WriteString(s)
	p.out.WriteByte('\n')
}

func (p *plain) head() {
	title := p.b.Title
	if title == "" {
		title = p.b.ID
	}
	p.line(0, p.say("plain.title", report.Arg{Key: "board", Value: title}))
	s := &p.r.Score
	switch {
	case !s.Shown:
		p.line(0, p.say("score.none."+s.Why))
	case s.One:
		p.line(0, p.say("score.single", report.Arg{Key: "single", Value: s.Single}))
	default:
		p.line(0, p.say("score.interval", report.Arg{Key: "proven", Value: s.Proven}, report.Arg{Key: "possible", Value: s.Possible}))
	}
	about := p.say("score.coverage", report.Arg{Key: "coverage", Value: s.Coverage})
	if s.Dismissals > 0 {
		about += " · " + p.say("score.dismissals", report.Arg{Key: "n", Value: s.Dismissals})
	}
	p.line(0, about)
	p.line(0, p.say("score.label"))

	open := 0
	for i := range p.r.Causes {
		open += len(p.r.Causes[i].Findings)
	}
	p.line(0, "")
	if open == 0 {
		p.line(0, p.say("plain.none"))
		return
	}
	p.line(0, p.say("plain.findings", report.Arg{Key: "n", Value: open}))
}

func (p *plain) cause(c *report.Cause) {
	title := p.say("plain.cause."+c.About.Kind, report.Arg{Key: "entity", Value: c.About.ID})
	if c.Gain > 0 {
		title += " — " + p.say("plain.gain", report.Arg{Key: "gain", Value: c.Gain})
	}
	p.line(0, "")
	p.line(0, title)
	for _, i := range c.Findings {
		f := &p.r.Findings[i]
		p.line(2, "["+p.say("severity."+f.Severity.String())+"] "+message(p.lang, f.Rule+".sentence", f.Args, p.name)+" ("+f.Rule+")")
		p.quotes(f)
		p.line(6, p.say("plain.remedy", report.Arg{Key: "remedy", Value: p.say(f.Rule + ".remedy")}))
	}
}

func (p *plain) quotes(f *report.Finding) {
	shown, more := 0, 0
	for i := range f.Places {
		text := p.textAt(&f.Places[i])
		if text == "" {
			continue
		}
		if shown == quotesShown {
			more++
			continue
		}
		shown++
		at := f.Places[i].Message
		if m := p.messages[at]; m != nil {
			at = p.name(m.Channel) + ", " + at
			if m.Date != "" {
				at += ", " + p.lang.date(m.Date)
			}
		} else if at = p.name(f.Places[i].Entity); at == "identity" {
			at = p.say("place.identity")
		}
		p.line(6, p.lang.quote(text)+" — "+at)
	}
	if more > 0 {
		p.line(6, p.say("plain.more", report.Arg{Key: "n", Value: more}))
	}
}

// textAt is the sentence a place stands in, cut to one line; "" for a place that is no text.
func (p *plain) textAt(place *report.Place) string {
	whole := ""
	if m := p.messages[place.Message]; m != nil {
		whole = m.Text
	} else if place.Field != "" {
		whole = p.field(place.Entity, place.Field)
	}
	return excerpt(whole, place.Start, place.End)
}

func (p *plain) field(entity, field string) string {
	if entity == "identity" && p.b.Identity != nil && field == "sentence" {
		return p.b.Identity.Sentence
	}
	for _, c := range p.b.Channels {
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

// excerpt keeps some code points around a span, or the beginning of a text.
func excerpt(s string, start, end int) string {
	const around, most = 50, 160
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	// Offsets count the text as written; with its blanks joined they can only be smaller.
	from := 0
	if end > 0 {
		from = min(max(0, start-around), len(runes)-most)
	}
	cut := string(runes[from : from+most])
	if from > 0 {
		cut = "…" + cut
	}
	if from+most < len(runes) {
		cut += "…"
	}
	return cut
}

// missing lists each thing once, with the rules it would let run.
func (p *plain) missing() {
	rules := map[string][]string{}
	for i := range p.r.Rules {
		s := &p.r.Rules[i]
		for _, m := range s.Missing {
			line := message(p.lang, "missing."+m.What, m.Args, p.name)
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
		return a < b
	})
	p.line(0, "")
	p.line(0, p.say("plain.next"))
	for _, l := range lines {
		p.line(2, l+" ("+strings.Join(rules[l], ", ")+")")
	}
}

func (p *plain) file() {
	if len(p.r.File) == 0 {
		return
	}
	p.line(0, "")
	p.line(0, p.say("plain.file"))
	for _, f := range p.r.File {
		p.line(2, p.say("file."+f.Fault, report.Arg{Key: "path", Value: f.Path}, report.Arg{Key: "value", Value: f.Value}))
	}
}
