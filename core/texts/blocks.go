package texts

import (
	"unisson/core/board"
	"unisson/core/report"
)

// Kind is what a block says.
type Kind = kind

const (
	Title   = title
	Lead    = lead
	Line    = line
	Section = section
	Cause   = cause
	Finding = finding
	Reason  = reason
	Quoted  = quoted
	More    = more
	Remedy  = remedy
	Item    = item
)

// Block is one thing a report says, for a rendering that is none of the core's: a terminal has a width and colours.
type Block struct {
	Kind              Kind
	Text, Aside, Mark string
	Severity          report.Severity // of a finding
	Span              Span            // of a quotation: what its finding marks
}

// Blocks are what Plain says of a report, in order.
func Blocks(r *report.Report, b *board.Board, lang Lang) []Block {
	return tell(r, b, lang).report().export()
}

// BlocksDiff are what PlainDiff says of what changed.
func BlocksDiff(d *report.Diff, before, after *board.Board, lang Lang) []Block {
	return tellDiff(d, before, after, lang).export()
}

func (t *telling) export() []Block {
	out := make([]Block, len(t.blocks))
	for i, b := range t.blocks {
		out[i] = Block{b.kind, b.text, b.aside, b.mark, b.severity, b.span}
	}
	return out
}
