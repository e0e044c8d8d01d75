package texts

import (
	"strings"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/report"
)

// Markdown writes a report as a CommonMark document with tables: all that Plain says, and beside it why each rule
// matters, the idea behind it and how the score is computed. Words of people and of ours alike are escaped: whatever a
// board holds, its headings, links, code and HTML are shown as they were typed. A reader that makes links of bare
// addresses by itself may still do so. People hand it to each other: a message is told by its channel and day, and by its
// id only where it has no day.
func Markdown(r *report.Report, b *board.Board, lang Lang) string {
	t := tell(r, b, lang)
	t.byDay = true
	return t.report().computing().markdown()
}

// MarkdownDiff writes as Markdown what changed between the reports of two boards.
func MarkdownDiff(d *report.Diff, before, after *board.Board, lang Lang) string {
	return tellDiff(d, before, after, lang).markdown()
}

func (t *telling) markdown() string {
	var out strings.Builder
	before := title
	for i, b := range t.blocks {
		if i > 0 && !(b.kind == before && (b.kind == item || b.kind == cells)) { // rows and items stand together
			out.WriteByte('\n')
		}
		text, aside := escape(b.text), escape(b.aside)
		switch b.kind {
		case title:
			out.WriteString("# " + text)
		case lead:
			out.WriteString("**" + text + "**")
		case section:
			out.WriteString("## " + text)
		case cause:
			out.WriteString("### " + joined(text, " — ", aside))
		case finding:
			out.WriteString("**" + escape(b.mark) + "** · " + text + " (" + aside + ")")
		case quoted:
			out.WriteString("> " + text + "\n>\n> — " + aside)
		case item:
			out.WriteString("- " + text)
			if aside != "" {
				out.WriteString(" (" + aside + ")")
			}
		case reason:
			out.WriteString(joined(text, " — ", aside))
		case cells:
			row(&out, b.cells)
			if before != cells {
				out.WriteString("\n" + strings.Repeat("| --- ", len(b.cells)) + "|")
			}
		default:
			out.WriteString(text)
		}
		out.WriteByte('\n')
		before = b.kind
	}
	return out.String()
}

func row(out *strings.Builder, list []string) {
	for _, cell := range list {
		out.WriteString("| " + escape(cell) + " ")
	}
	out.WriteByte('|')
}

const (
	marks  = "\\`*_[]|~$^#" // of Markdown and what is commonly added to it, wherever they stand
	starts = "+-=:!."       // and at the beginning of a text
)

// ends says that a word ends where s begins.
func ends(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || blank(r)
}

// blank characters become the space between two words.
func blank(r rune) bool {
	return r <= ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// escape makes one line of text that a Markdown reader shows as it is, blanks and control characters apart: a run of
// them becomes one space, and there is none at either end.
func escape(s string) string {
	var out strings.Builder
	gap, digits := false, true // digits: so far there is nothing but digits
	for i, r := range s {
		if blank(r) {
			gap = true
			continue
		}
		first := out.Len() == 0
		if gap && !first {
			out.WriteByte(' ')
		}
		gap = false
		rest := s[i:]
		switch {
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '&':
			out.WriteString("&amp;")
		case strings.ContainsRune(marks, r),
			first && strings.ContainsRune(starts, r),
			digits && !first && (r == '.' || r == ')') && ends(rest[1:]), // 1. and 1) begin a list, 1.5 does not
			r == ':' && strings.HasPrefix(rest, "://"),                   // and these a link
			r == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"),
			r == '@':
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
		digits = digits && '0' <= r && r <= '9'
	}
	return out.String()
}
