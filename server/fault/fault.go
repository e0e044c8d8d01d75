// Package fault is what the server and the command line answer when something cannot be done: a code for machines, the
// id of a sentence for people, and, where a document is at fault, where in it.
package fault

import (
	"errors"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/texts"
)

// Code is the kind of a fault. The server turns it into a status, the command line into an exit status.
type Code string

const (
	Usage    Code = "usage"    // options or parameters that make no sense
	Input    Code = "input"    // a file that cannot be read
	Syntax   Code = "syntax"   // no JSON
	Document Code = "document" // JSON, but no board
	Long     Code = "long"     // over the limit
	Media    Code = "media"    // not application/json, or compressed
	Cut      Code = "cut"      // the body ended early
	Slow     Code = "slow"     // the body did not come in time
	Route    Code = "route"    // no such address
	Method   Code = "method"   // the address exists, not for this method
	Busy     Code = "busy"     // later, please
	Many     Code = "many"     // too often
	Origin   Code = "origin"   // from a page that may not ask
	Conflict Code = "conflict" // not in the state things are in
	System   Code = "system"   // the machine: addresses, folders
	Internal Code = "internal" // our own doing
)

// Error is one fault. Its arguments are shown to the one who asked and to nobody else: no log prints them.
type Error struct {
	Code Code
	Text string // id of the sentence
	Args []report.Arg
	At   []*boardjson.Error // what is wrong in a document, in its order
}

// New makes a fault; args are pairs of a key and a value (string, float64 or []string).
func New(code Code, text string, args ...any) *Error {
	e := &Error{Code: code, Text: text}
	for i := 0; i+1 < len(args); i += 2 {
		e.Args = append(e.Args, report.Arg{Key: args[i].(string), Value: args[i+1]})
	}
	return e
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Text }

// Say is the sentence.
func (e *Error) Say(lang texts.Lang) string { return texts.Message(lang, e.Text, e.Args) }

// Say is a sentence that is no fault; args as in New.
func Say(lang texts.Lang, text string, args ...any) string { return New("", text, args...).Say(lang) }

// OfDocument is the fault of a board that could not be decoded.
func OfDocument(err error) *Error {
	var all boardjson.Errors
	if !errors.As(err, &all) {
		return New(Internal, "problem.internal")
	}
	e := New(Document, "problem.document")
	switch all[0].Code {
	case boardjson.Size:
		e = New(Long, "problem.long", "limit", float64(board.MaxBytes>>20))
	case boardjson.Empty, boardjson.UTF8, boardjson.Syntax, boardjson.Truncated, boardjson.Trailing, boardjson.Depth, boardjson.DuplicateKey:
		e = New(Syntax, "problem.syntax")
	}
	e.At = all
	return e
}

// Detail is one fault inside a document, with its sentence.
type Detail struct {
	Pointer string `json:"pointer"` // JSON pointer, "" for the whole document
	Line    int    `json:"line"`
	Column  int    `json:"column"` // in code points
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

// Type is the address RFC 9457 wants of a kind of problem.
func (e *Error) Type() string { return "urn:unisson:problem:" + string(e.Code) }

// Placed is the sentence with its place before it.
func (d Detail) Placed(lang texts.Lang) string {
	at := Say(lang, "cli.place", "line", float64(d.Line), "column", float64(d.Column))
	if d.Pointer != "" {
		at += " (" + d.Pointer + ")"
	}
	return Say(lang, "cli.at", "place", at, "message", d.Detail)
}

// Details lists what is wrong inside the document, in its order.
func (e *Error) Details(lang texts.Lang) []Detail {
	out := make([]Detail, len(e.At))
	for i, x := range e.At {
		args := make([]report.Arg, len(x.Args))
		for j, a := range x.Args {
			args[j] = report.Arg(a)
		}
		out[i] = Detail{x.Path, x.Line, x.Column, string(x.Code), texts.Message(lang, "board."+string(x.Code), args)}
	}
	return out
}
