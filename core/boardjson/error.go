package boardjson

import (
	"strconv"
	"strings"
)

// Code says what is wrong with a document. The sentence of each is in core/texts/board.json, under "board." and the code.
type Code string

const (
	Empty        Code = "empty"        // nothing in it
	Size         Code = "size"         // max: MiB. Too many bytes, or too many values for them
	UTF8         Code = "utf8"         // not UTF-8
	Syntax       Code = "syntax"       // near: what stands there
	Truncated    Code = "truncated"    // it stops before its end
	Trailing     Code = "trailing"     // near: what follows the document
	Depth        Code = "depth"        // max
	DuplicateKey Code = "duplicateKey" // key, first: line of the first
	Format       Code = "format"       // expected, found
	Type         Code = "type"         // expected, found: object, list, text, boolean, number, null
	Required     Code = "required"     // key
	Enum         Code = "enum"         // value, allowed
	Short        Code = "short"        // min: code points
	Long         Code = "long"         // max: code points
	Minimum      Code = "minimum"      // min, value
	Range        Code = "range"        // value: a number no computer holds
	Items        Code = "items"        // max: a list longer than that
	DuplicateID  Code = "duplicateID"  // id, first: line of the first
)

// Codes lists every code.
var Codes = []Code{Empty, Size, UTF8, Syntax, Truncated, Trailing, Depth, DuplicateKey, Format, Type, Required, Enum, Short, Long, Minimum, Range, Items, DuplicateID}

// Arg is one argument of a fault's sentence: a string, a float64 or a list of strings.
type Arg struct {
	Key   string
	Value any
}

// Error is one fault of a document. Line and Column count from 1, columns in code points; Path is a JSON pointer, ""
// for the whole document.
type Error struct {
	Code         Code
	Path         string
	Line, Column int
	Args         []Arg
}

func (e *Error) Error() string {
	s := make([]byte, 0, 64)
	s = append(s, "line "...)
	s = appendInt(s, e.Line)
	s = append(s, ':')
	s = appendInt(s, e.Column)
	if e.Path != "" {
		s = append(append(s, ' '), e.Path...)
	}
	s = append(append(s, ": "...), e.Code...)
	for i, a := range e.Args {
		s = append(s, " ,"[min(i, 1)])
		if i > 0 {
			s = append(s, ' ')
		}
		s = append(append(s, a.Key...), '=')
		switch v := a.Value.(type) {
		case string:
			s = strconv.AppendQuote(s, v)
		case float64:
			s = strconv.AppendFloat(s, v, 'f', -1, 64)
		case []string:
			s = append(s, strings.Join(v, "|")...)
		}
	}
	return string(s)
}

// Errors are the faults of one document in the order of its bytes, maxErrors of them at most. It is never empty.
type Errors []*Error

const maxErrors = 20

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first *Error.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, x := range e {
		all[i] = x
	}
	return all
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

func escape(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}
