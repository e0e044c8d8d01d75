package texts

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A message is a sentence with places for arguments, a subset of ICU MessageFormat: {x}, {x, number}, {x, percent},
// {x, date}, {x, list}, {x, name}, {x, title}, {n, plural, one {…} other {…}} with # for the number, {x, select, a {…} other {…}}.
// Apostrophes are letters, not quotes. static/src/engine/format.ts reads the same; testdata/format.json holds both.
type part struct {
	text  string // when arg is ""
	arg   string
	kind  string
	cases []choice
}

type choice struct {
	name  string
	parts []part
}

const narrow = "\u202f" // narrow no-break space

// parse reads a message; the error says what was expected and at which byte.
func parse(message string) ([]part, error) {
	p := parser{s: message}
	parts := p.parts(false)
	return parts, p.err
}

type parser struct {
	s   string
	at  int
	err error
}

func (p *parser) fail(expected string) {
	if p.err == nil {
		p.err = errors.New("expected " + expected + " at byte " + strconv.Itoa(p.at) + " of “" + p.s + "”")
	}
	p.at = len(p.s)
}

func (p *parser) parts(nested bool) []part {
	var out []part
	for p.at < len(p.s) && p.s[p.at] != '}' {
		switch {
		case p.s[p.at] == '{':
			out = append(out, p.argument())
		case nested && p.s[p.at] == '#':
			p.at++
			out = append(out, part{arg: "#", kind: "number"})
		default:
			stop := "{}"
			if nested {
				stop = "{}#"
			}
			n := strings.IndexAny(p.s[p.at:], stop)
			if n < 0 {
				n = len(p.s) - p.at
			}
			out = append(out, part{text: p.s[p.at : p.at+n]})
			p.at += n
		}
	}
	if nested != (p.at < len(p.s)) {
		p.fail("a closing brace in its place")
	}
	return out
}

func (p *parser) argument() part {
	p.at++
	a := part{arg: p.word()}
	if p.skip('}') {
		return a
	}
	if !p.skip(',') {
		p.fail("a comma")
		return a
	}
	a.kind = p.word()
	switch a.kind {
	case "number", "percent", "date", "list", "name", "title":
		if !p.skip('}') {
			p.fail("}")
		}
		return a
	case "plural", "select":
	default:
		p.fail("a kind we know")
		return a
	}
	if !p.skip(',') {
		p.fail("a comma")
	}
	for p.err == nil && !p.skip('}') {
		c := choice{name: p.word()}
		if !p.skip('{') {
			p.fail("{")
			break
		}
		c.parts = p.parts(true)
		if !p.skip('}') {
			p.fail("}")
		}
		a.cases = append(a.cases, c)
	}
	if p.err == nil && !slices.ContainsFunc(a.cases, func(c choice) bool { return c.name == "other" }) {
		p.fail("a case “other”")
	}
	return a
}

func (p *parser) spaces() {
	for p.at < len(p.s) && (p.s[p.at] == ' ' || p.s[p.at] == '\n') {
		p.at++
	}
}

func (p *parser) skip(c byte) bool {
	p.spaces()
	if p.at < len(p.s) && p.s[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) word() string {
	p.spaces()
	from := p.at
	for p.at < len(p.s) {
		c := p.s[p.at]
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			break
		}
		p.at++
	}
	if p.at == from {
		p.fail("a name")
	}
	return p.s[from:p.at]
}

// writing is one message being written.
type writing struct {
	lang Lang
	args func(key string) (any, bool)
	name Names
	n    any // what # stands for
	b    strings.Builder
}

// text is what was written, with quotation marks within quotation marks set as the language sets them: « … “…” … », “… ‘…’ …”.
func (w *writing) text() string {
	s := w.b.String()
	open, shut, inner, outer := "“", "”", "‘", "’"
	if w.lang == FR {
		open, shut, inner, outer = "«", "»", "“", "”"
	}
	if n := strings.Count(s, open); n < 2 || n != strings.Count(s, shut) {
		return s
	}
	var b strings.Builder
	const blank = " \u00A0" + narrow
	for depth := 0; ; {
		i := strings.IndexAny(s, open+shut)
		if i < 0 {
			return b.String() + s
		}
		before, opens := s[:i], strings.HasPrefix(s[i:], open)
		if opens {
			depth++
			s = s[i+len(open):]
		} else {
			s = s[i+len(shut):]
		}
		switch {
		case depth < 2 && opens:
			b.WriteString(before + open)
		case depth < 2:
			b.WriteString(before + shut)
		case opens:
			b.WriteString(before + inner)
			s = strings.TrimLeft(s, blank)
		default:
			b.WriteString(strings.TrimRight(before, blank) + outer)
		}
		if !opens {
			depth = max(depth-1, 0)
		}
	}
}

func (w *writing) write(parts []part) {
	for _, p := range parts {
		if p.arg == "" {
			w.b.WriteString(p.text)
			continue
		}
		x, given := w.args(p.arg)
		if p.arg == "#" {
			x, given = w.n, w.n != nil
		}
		if !given {
			// A fault of ours that must be seen, without taking the sentence down.
			if p.arg == "#" {
				w.b.WriteString("#")
			} else {
				w.b.WriteString("{" + p.arg + "}")
			}
			continue
		}
		switch p.kind {
		case "percent":
			w.b.WriteString(w.lang.number(math.Floor(100*asNumber(x)+.5), 0))
			if w.lang == FR {
				w.b.WriteString(narrow)
			}
			w.b.WriteString("%")
		case "date":
			w.b.WriteString(w.lang.date(asString(x)))
		case "list":
			w.b.WriteString(w.lang.join(asList(x), w.lang.quote))
		case "name":
			w.b.WriteString(w.lang.join(asList(x), func(id string) string { return w.name(p.arg, id) }))
		case "title": // names that are phrases, which run together without quotation marks
			w.b.WriteString(w.lang.join(asList(x), func(id string) string { return w.lang.quote(w.name(p.arg, id)) }))
		case "plural":
			name := "other"
			if n := asNumber(x); w.lang == FR && math.Abs(n) < 2 || n == 1 {
				name = "one"
			}
			outer := w.n
			w.n = x
			w.write(pick(p.cases, name))
			w.n = outer
		case "select":
			w.write(pick(p.cases, asString(x)))
		default:
			if n, ok := x.(float64); ok {
				w.b.WriteString(w.lang.number(n, 1))
			} else {
				w.b.WriteString(w.lang.join(asList(x), func(s string) string { return s }))
			}
		}
	}
}

func pick(cases []choice, name string) []part {
	var other []part
	for _, c := range cases {
		if c.name == name {
			return c.parts
		}
		if c.name == "other" {
			other = c.parts
		}
	}
	return other
}

func asNumber(x any) float64 { n, _ := x.(float64); return n }

func asString(x any) string {
	switch v := x.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

func asList(x any) []string {
	if v, ok := x.([]string); ok {
		return v
	}
	return []string{asString(x)}
}

// number groups thousands and keeps at most so many decimals.
func (l Lang) number(n float64, decimals int) string {
	scale := math.Pow10(decimals)
	s := strconv.FormatFloat(math.Floor(n*scale+.5)/scale, 'f', -1, 64)
	whole, fraction, _ := strings.Cut(s, ".")
	group, point := ",", "."
	if l == FR {
		group, point = narrow, ","
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if fraction != "" {
		return sign + whole + point + fraction
	}
	return sign + whole
}

var monthNames = map[Lang][]string{
	FR: strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	EN: strings.Fields("January February March April May June July August September October November December"),
}

// date writes an RFC 3339 date or date-time; what is none stays as it is.
func (l Lang) date(s string) string {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return s
	}
	month, errM := strconv.Atoi(s[5:7])
	day, errD := strconv.Atoi(s[8:10])
	if errM != nil || errD != nil || month < 1 || month > 12 {
		return s
	}
	d := strconv.Itoa(day)
	if l == FR && day == 1 {
		d = "1er"
	}
	return d + " " + monthNames[l][month-1] + " " + s[:4]
}

func (l Lang) quote(s string) string {
	if l == FR {
		return "«" + narrow + s + narrow + "»"
	}
	return "“" + s + "”"
}

func (l Lang) join(items []string, each func(string) string) string {
	and := " and "
	if l == FR {
		and = " et "
	}
	var b strings.Builder
	for i, s := range items {
		switch {
		case i > 0 && i == len(items)-1:
			b.WriteString(and)
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(each(s))
	}
	return b.String()
}
