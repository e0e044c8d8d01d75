// Package terminal lays texts out for a terminal: broken at its width, in its colours, with carets under what is marked. A board may hold
// any character; none reaches the terminal that could move its cursor or change its state.
package terminal

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"

	"unisson/core/texts"
)

// Style is the terminal a text is laid out for.
type Style struct {
	Columns int // at least Narrowest
	Colour  bool
}

const (
	Narrowest = 40 // columns; a text in fewer is no text
	Usual     = 80 // columns of what tells none
)

// ink is how a stretch of text looks, as the parameters of SGR.
type ink string

const (
	plain  ink = ""
	strong ink = "1"
	faint  ink = "2"
	breaks ink = "1;31"
	warns  ink = "33"
	holds  ink = "32"
	quotes ink = "3"
)

// cell is one character as a reader sees it, a grapheme, with the columns it takes.
type cell struct {
	text   string
	width  int
	ink    ink
	marked bool
}

// cells cuts a text into its characters. Those within the span are marked.
func cells(s string, look ink, span texts.Span) []cell {
	s = harmless(s)
	var out []cell
	at := 0
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		c := cell{text: g.Value(), width: g.Width(), ink: look}
		end := at + len([]rune(c.text))
		c.marked = at < span.End && end > span.Start
		at = end
		out = append(out, c)
	}
	return out
}

// harmless replaces what a terminal obeys instead of showing: control characters, and those that turn the order of letters around.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// Width is how many columns a text takes.
func Width(s string) int { return displaywidth.String(harmless(s)) }

// Fit is a text in as many columns, cut or filled up.
func Fit(s string, columns int) string {
	s = harmless(s)
	if displaywidth.String(s) > columns {
		s = displaywidth.TruncateString(s, columns, "…")
	}
	return s + strings.Repeat(" ", columns-displaywidth.String(s))
}

// FitEnd is Fit for the name of a file: where it is too long its end is kept, which tells more.
func FitEnd(s string, columns int) string {
	all := cells(s, plain, texts.Span{})
	if widthOf(all) <= columns {
		return Fit(s, columns)
	}
	for len(all) > 0 && widthOf(all) > columns-1 {
		all = all[1:]
	}
	kept := "…"
	for _, c := range all {
		kept += c.text
	}
	return Fit(kept, columns)
}

// broken cuts cells into lines at spaces; no-break spaces hold. first and then are the columns of the first line and of those after it.
// What has no space and is longer than a line is cut where the line ends.
func broken(all []cell, first, then int) [][]cell {
	var lines [][]cell
	var line []cell
	used, room := 0, first
	next := func() {
		lines = append(lines, line)
		line, used, room = nil, 0, then
	}
	for len(all) > 0 {
		n, width := 0, 0
		for n < len(all) && !opening(all, n) {
			width += all[n].width
			n++
		}
		if used > 0 && used+width > room { // the space before has found its place at the end of a line
			line = trimmed(line)
			next()
		}
		for _, c := range all[:n] {
			if used > 0 && used+c.width > room {
				next()
			}
			line = append(line, c)
			used += c.width
		}
		if n < len(all) {
			if used > 0 {
				line = append(line, all[n])
				used++
			}
			n++
		}
		all = all[n:]
	}
	if line = trimmed(line); len(line) > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// opening says whether a line may end at a space: not where it would leave a mark of French typography alone, as people type them.
func opening(all []cell, i int) bool {
	return all[i].text == " " && (i+1 == len(all) || !strings.Contains("!?;:»…", all[i+1].text)) && (i == 0 || all[i-1].text != "«")
}

func trimmed(line []cell) []cell {
	for len(line) > 0 && line[len(line)-1].text == " " {
		line = line[:len(line)-1]
	}
	return line
}

// painted writes cells with as few changes of ink as they take.
func (s Style) painted(out *strings.Builder, line []cell) {
	now := plain
	turn := func(to ink) {
		if !s.Colour || to == now {
			return
		}
		if now != plain {
			out.WriteString("\x1b[0m")
		}
		if to != plain {
			out.WriteString("\x1b[" + string(to) + "m")
		}
		now = to
	}
	for _, c := range line {
		turn(c.ink)
		out.WriteString(c.text)
	}
	turn(plain)
}

// strong paints a short text of ours.
func (s Style) strong(text string) string {
	if !s.Colour {
		return text
	}
	return "\x1b[" + string(strong) + "m" + text + "\x1b[0m"
}

// Wrap breaks a text at the style's width; lines after the first are indented.
func (s Style) Wrap(text string, indent int) string {
	var out strings.Builder
	for i, line := range broken(cells(text, plain, texts.Span{}), s.Columns-indent, s.Columns-indent) {
		if i > 0 {
			out.WriteString("\n" + strings.Repeat(" ", indent))
		}
		s.painted(&out, line)
	}
	return out.String()
}

// Heading is a line that stands out.
func (s Style) Heading(text string) string { return s.strong(harmless(text)) }

// Table sets rows of two cells, the second wrapped beside the first; where the first leaves it too little room, below it.
func (s Style) Table(rows [][2]string) string {
	const least = 30 // columns of the second
	width := 0
	for _, r := range rows {
		width = max(width, Width(r[0]))
	}
	beside := s.Columns-width-4 >= least
	var out strings.Builder
	for _, r := range rows {
		if beside {
			out.WriteString("  " + s.strong(Fit(r[0], width)) + "  " + s.Wrap(r[1], width+4) + "\n")
		} else {
			out.WriteString("  " + s.strong(harmless(r[0])) + "\n      " + s.Wrap(r[1], 6) + "\n")
		}
	}
	return out.String()
}
