// Package importer turns what people have at hand — a board file, a CSV export, a feed, a pasted text, a whole profile
// page copied as it stands — into messages, and says what it left out and why. Nothing enters a board here: a Preview is
// what was understood, for a person to look at first.
package importer

import (
	"strings"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/boardjson"
)

// Limits of one import.
const (
	MaxBytes = board.MaxBytes
	MaxRows  = 100_000 // posts read; the rest is counted and said
	MaxText  = 1 << 20 // bytes of one post; a longer one is left out and said
)

// Kind is how a file is read.
type Kind string

const (
	Board      Kind = "board"
	CSV        Kind = "csv"
	Feed       Kind = "feed"       // RSS 0.9 to 2.0, Atom
	Lines      Kind = "lines"      // a post a line
	Paragraphs Kind = "paragraphs" // posts between blank lines
	Profile    Kind = "profile"    // a profile page, copied whole
)

// Order is how dates written in numbers are read.
type Order string

const (
	DMY Order = "dmy"
	MDY Order = "mdy"
	ISO Order = "iso" // nothing to choose: no date, or none that reads both ways
	Ask Order = "ask" // both readings fit: the dates that depend on it are left out until somebody says
)

// Options say what is known of a file. All may be left out.
type Options struct {
	Name    string // of the file: its extension is a hint
	As      Kind   // "" = find out
	Columns *Mapping
	Dates   Order // DMY or MDY; "" = find out
}

// Mapping says which column of a table holds what, from 0; -1 = none.
type Mapping struct{ Text, Date, Channel, Link int }

// Preview is what was understood.
type Preview struct {
	Kind     Kind
	Messages []Message
	Channels []string // distinct names found in the file, in order
	Columns  *Columns // of a CSV
	Dates    Order
	Skipped  []Skip
	Board    *board.Board // of a board file
	Error    *Fault       // nothing could be read
}

// Message is one post. Its text is as in the file, but for the space around it and line ends, which are \n.
type Message struct {
	Text    string
	Date    string // RFC 3339, or ""; without a time where the file gives no time zone
	Links   []string
	Channel string // as named in the file
	Lang    string // "fr", "en" or ""
}

// Columns shows how a table was understood.
type Columns struct {
	Names []string // from the header, else A, B, C…
	Mapping
	Sample [][]string // the first rows, long cells cut
}

// Skip is one kind of thing that was left out. Its sentence is in core/texts/importer.json.
type Skip struct {
	What  string
	Count int
	Args  []Arg  // count among them
	First string // the first that was, cut short; "" where there is nothing to show
}

// Fault says why nothing could be read. Its sentence is in core/texts/importer.json.
type Fault struct {
	What string
	Args []Arg
}

// Arg is one argument of a sentence: a string, a float64 or a list of strings.
type Arg = boardjson.Arg

// Read understands a file as well as it can. It always answers; where nothing can be read, with an Error.
func Read(data []byte, o Options) Preview {
	if len(data) > MaxBytes {
		return refuse(o.As, "import.error.size", Arg{Key: "max", Value: float64(MaxBytes >> 20)})
	}
	if what := binary(data); what != "" {
		return refuse(o.As, "import.error.binary", Arg{Key: "kind", Value: what})
	}
	t := decode(data)
	if strings.TrimSpace(t.text) == "" {
		return refuse(o.As, "import.error.empty")
	}
	kind := o.As
	if kind == "" {
		kind = recognise(t.text, o.Name)
	}
	p := &preview{Preview: Preview{Kind: kind, Dates: ISO}, seen: map[identity]bool{}}
	p.skip("import.skip.bytes", t.damaged, "")
	switch kind {
	case Board:
		return readBoard(t.text)
	case CSV:
		p.readCSV(t.text, o)
	case Feed:
		p.readFeed(t.text)
	case Paragraphs:
		p.readParagraphs(t.text)
	case Profile:
		p.readProfile(t.text, o)
	case page:
		return refuse("", "import.error.page")
	default:
		p.Kind = Lines
		p.readLines(t.text)
	}
	return p.done()
}

func refuse(kind Kind, what string, args ...Arg) Preview {
	if kind == "" {
		kind = Lines
	}
	return Preview{Kind: kind, Dates: ISO, Error: &Fault{what, args}}
}

// readBoard reads a board file. JSON of other tools is told from a board with a fault.
func readBoard(text string) Preview {
	b, err := boardjson.Decode([]byte(text))
	if err == nil {
		return Preview{Kind: Board, Dates: ISO, Board: b}
	}
	all := err.(boardjson.Errors)
	first := all[0]
	for _, e := range all {
		if e.Path == "/format" || e.Path == "" && e.Code == boardjson.Type {
			return refuse(Board, "import.error.notBoard")
		}
	}
	args := []Arg{{Key: "fault", Value: "board." + string(first.Code)}, {Key: "path", Value: first.Path}, {Key: "line", Value: float64(first.Line)}, {Key: "column", Value: float64(first.Column)},
		{Key: "faults", Value: float64(len(all))}}
	return refuse(Board, "import.error.board", append(args, first.Args...)...)
}

// preview is a Preview in the making.
type preview struct {
	Preview
	seen map[identity]bool
	held int // bytes of the texts kept: a row may be several posts
}

// identity is what makes two posts one: the same words, in the same place, on the same day.
type identity struct{ text, date, channel string }

// add takes a post, or says why not.
func (p *preview) add(m Message) {
	m.Text = strings.TrimSpace(m.Text)
	key := identity{m.Text, m.Date, m.Channel}
	switch {
	case m.Text == "":
		p.skip("import.skip.empty", 1, "")
	case len(p.Messages) >= MaxRows:
		p.skip("import.skip.rows", 1, m.Text, Arg{Key: "max", Value: float64(MaxRows)})
	case p.held+len(m.Text) > MaxBytes:
		p.skip("import.skip.volume", 1, m.Text, Arg{Key: "max", Value: float64(MaxBytes >> 20)})
	case len(m.Text) > MaxText:
		p.skip("import.skip.long", 1, m.Text)
	case p.seen[key]:
		p.skip("import.skip.duplicate", 1, m.Text)
	default:
		p.seen[key] = true
		p.held += len(m.Text)
		p.Messages = append(p.Messages, m)
	}
}

// skip counts something that was left out. Arguments are those of its first time.
func (p *preview) skip(what string, n int, first string, args ...Arg) {
	if n == 0 {
		return
	}
	for i := range p.Skipped {
		if p.Skipped[i].What == what {
			p.Skipped[i].Count += n
			return
		}
	}
	p.Skipped = append(p.Skipped, Skip{What: what, Count: n, First: clip(strings.TrimSpace(first), 80), Args: args})
}

func (p *preview) done() Preview {
	for i := range p.Skipped {
		s := &p.Skipped[i]
		s.Args = append([]Arg{{Key: "count", Value: float64(s.Count)}}, s.Args...)
	}
	named := map[string]bool{}
	for _, m := range p.Messages {
		if m.Channel != "" && !named[m.Channel] {
			named[m.Channel] = true
			p.Channels = append(p.Channels, m.Channel)
		}
	}
	if len(p.Messages) == 0 && p.Error == nil {
		p.Error = &Fault{What: "import.error.nothing"}
	}
	return p.Preview
}

// clip shortens a text to show it: n code points at most, and an ellipsis.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	at := 0
	for range n {
		if at >= len(s) {
			return s
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if at >= len(s) {
		return s
	}
	return s[:at] + "…"
}
