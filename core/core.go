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
		out.Next, _ = rules.Next(r, out)
	}
	return out
}

// Session is a board that is edited: after any changes its report equals Check of the board they lead to, and costs
// what they changed. It is for one goroutine.
type Session struct {
	source  *rules.Source
	reading *rules.Reading
	last    *report.Report  // of reading
	tried   []*board.Change // beside what Next last said of reading
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
	s.last, s.tried = answer(s.reading, o), nil
	return s.last
}

// Next says what to do next on the board as it was last reported; nothing before any report.
func (s *Session) Next() []report.Next {
	if s.last == nil {
		return nil
	}
	next, changes := rules.Next(s.reading, s.last)
	s.tried = changes
	return next
}

// Picture is what the board as it was last reported is drawn from; nil before any report.
func (s *Session) Picture() *report.Picture {
	if s.reading == nil {
		return nil
	}
	return rules.Picture(s.reading)
}

// PictureAfter is the picture of the board with the repair that stands at this place of what Next last said; nil where none was tried there.
func (s *Session) PictureAfter(step int) *report.Picture {
	if step < 0 || step >= len(s.tried) || s.tried[step] == nil {
		return nil
	}
	return rules.Picture(rules.After(s.reading, s.tried[step]))
}

// Board is the board as it now stands, its lists by id, its messages by channel and day. It must not be written to.
func (s *Session) Board() *board.Board { return s.source.Whole() }
