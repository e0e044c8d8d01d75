package terminal

import (
	"strings"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/texts"
)

// Report lays a report out.
func Report(r *report.Report, b *board.Board, lang texts.Lang, s Style) string {
	return s.lay(texts.Blocks(r, b, lang))
}

// Diff lays out what changed between the reports of two boards.
func Diff(d *report.Diff, before, after *board.Board, lang texts.Lang, s Style) string {
	return s.lay(texts.BlocksDiff(d, before, after, lang))
}

var ofSeverity = [...]ink{report.Minor: faint, report.Major: warns, report.Critical: breaks}

// lay writes the blocks, each with its place on the line.
func (s Style) lay(blocks []texts.Block) string {
	var out strings.Builder
	for _, b := range blocks {
		switch b.Kind {
		case texts.Title, texts.Lead:
			s.put(&out, 0, 0, cells(b.Text, strong, texts.Span{}))
		case texts.Line:
			s.put(&out, 0, 0, cells(b.Text, faint, texts.Span{}))
		case texts.Section:
			out.WriteByte('\n')
			s.put(&out, 0, 0, cells(b.Text, strong, texts.Span{}))
		case texts.Cause:
			out.WriteByte('\n')
			s.put(&out, 0, 2, beside(cells(b.Text, strong, texts.Span{}), " — ", b.Aside, ""))
		case texts.Finding:
			mark := cells("["+b.Mark+"] ", ofSeverity[b.Severity], texts.Span{})
			s.put(&out, 2, 4, beside(append(mark, cells(b.Text, plain, texts.Span{})...), " (", b.Aside, ")"))
		case texts.Quoted:
			s.quote(&out, b)
		case texts.More:
			s.put(&out, 6, 6, cells(b.Text, faint, texts.Span{}))
		case texts.Remedy:
			s.put(&out, 6, 8, cells(b.Text, holds, texts.Span{}))
		case texts.Item:
			s.put(&out, 2, 4, beside(cells(b.Text, plain, texts.Span{}), " (", b.Aside, ")"))
		}
	}
	return out.String()
}

// beside adds what is said in passing, where there is something.
func beside(all []cell, before, aside, after string) []cell {
	if aside == "" {
		return all
	}
	return append(all, cells(before+aside+after, faint, texts.Span{})...)
}

// put writes a text with its first line and the others indented.
func (s Style) put(out *strings.Builder, first, then int, all []cell) {
	for i, line := range broken(all, s.Columns-first, s.Columns-then) {
		indent := then
		if i == 0 {
			indent = first
		}
		out.WriteString(strings.Repeat(" ", indent))
		s.painted(out, line)
		out.WriteByte('\n')
	}
}

// quote writes people's own words with carets under those the finding marks, and where they stand.
func (s Style) quote(out *strings.Builder, b texts.Block) {
	const indent, deeper = 6, 8
	all := cells(b.Text, quotes, b.Span)
	for _, line := range broken(all, s.Columns-indent, s.Columns-indent) {
		out.WriteString(strings.Repeat(" ", indent))
		s.painted(out, line)
		out.WriteByte('\n')
		if under := carets(line); len(under) > 0 {
			out.WriteString(strings.Repeat(" ", indent))
			s.painted(out, under)
			out.WriteByte('\n')
		}
	}
	s.put(out, deeper, deeper+2, cells("— "+b.Aside, faint, texts.Span{}))
}

// carets are the line under one: a caret a column of what is marked.
func carets(line []cell) []cell {
	var under []cell
	for _, c := range line {
		mark := " "
		if c.marked {
			mark = "^"
		}
		for range c.width {
			under = append(under, cell{mark, 1, breaks, false})
		}
	}
	return trimmed(under)
}
