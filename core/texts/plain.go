package texts

import (
	"strings"

	"unisson/core/board"
	"unisson/core/report"
)

// Plain writes a report as text for a terminal or a mail: the score, the findings grouped by cause with their quotes and
// repairs, what to do next if the report says so, what is missing, what is wrong with the file.
func Plain(r *report.Report, b *board.Board, lang Lang) string {
	return tell(r, b, lang).report().plain()
}

// PlainDiff writes as text what changed between the reports of two boards.
func PlainDiff(d *report.Diff, before, after *board.Board, lang Lang) string {
	return tellDiff(d, before, after, lang).plain()
}

func (t *telling) plain() string {
	var out strings.Builder
	write := func(indent int, s string) {
		out.WriteString(strings.Repeat(" ", indent))
		out.WriteString(s)
		out.WriteByte('\n')
	}
	for _, b := range t.blocks {
		switch b.kind {
		case title, lead, line:
			write(0, b.text)
		case section:
			write(0, "")
			write(0, b.text)
		case cause:
			write(0, "")
			write(0, joined(b.text, " — ", b.aside))
		case finding:
			write(2, "["+b.mark+"] "+b.text+" ("+b.aside+")")
		case quoted:
			write(6, b.text+" — "+b.aside)
		case more, remedy:
			write(6, b.text)
		case item:
			if b.aside != "" {
				b.text += " (" + b.aside + ")"
			}
			write(2, b.text)
		}
	}
	return out.String()
}

// joined puts the two together, where there is a second.
func joined(a, by, b string) string {
	if b == "" {
		return a
	}
	return a + by + b
}
