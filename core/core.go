// Package core checks whether an organisation's channels speak with one voice. It is pure: no I/O, no clock, no network.
// Equal boards give equal reports, byte for byte, on every machine.
package core

import (
	"unisson/core/board"
	"unisson/core/cbor"
	"unisson/core/report"
	"unisson/core/rules"
)

// Options of a check.
type Options struct {
	Evidence bool // also say what was read in each message
	Next     bool // also say what to do next: about as long as a dozen edits
	Draft    bool // of a Session: the answer of the moment, with the statistics of the report before
}

// Check reads a whole board. The board is left as it is and may be used afterwards.
func Check(b *board.Board, o Options) *report.Report {
	return answer(rules.Read(rules.NewSource(b), nil, false), o)
}

func answer(r *rules.Reading, o Options) *report.Report {
	out := rules.Check(r, o.Evidence)
	if o.Next {
		out.Next = rules.Next(r, out)
	}
	return out
}

// Session is a board that is edited: after any changes its report equals Check of the board they lead to, and costs
// what they changed. It is for one goroutine.
type Session struct {
	source  *rules.Source
	reading *rules.Reading
	last    *report.Report // of reading
}

// NewSession starts from an empty board.
func NewSession() *Session { return &Session{source: rules.NewSource(&board.Board{})} }

// Apply decodes one change (package cbor, ReadChange) and does it. A change that cannot be read leaves the session as it is.
func (s *Session) Apply(change []byte) error {
	c, err := cbor.ReadChange(change)
	if err != nil {
		return err
	}
	s.Edit(c)
	return nil
}

// Edit does one change.
func (s *Session) Edit(c *board.Change) { s.source.Apply(c) }

// Report checks the board as it now stands.
func (s *Session) Report(o Options) *report.Report {
	s.reading = rules.Read(s.source, s.reading, o.Draft)
	s.last = answer(s.reading, o)
	return s.last
}

// Next says what to do next on the board as it was last reported; nothing before any report.
func (s *Session) Next() []report.Next {
	if s.last == nil {
		return nil
	}
	return rules.Next(s.reading, s.last)
}

// Board is the board as it now stands, its lists by id, its messages by channel and day. It must not be written to.
func (s *Session) Board() *board.Board { return s.source.Whole() }
