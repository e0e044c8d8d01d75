package boardjson

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"unisson/core/board"
)

// maxValues bounds the values of one document, so that 64 MiB of "[[],[],[" cost no more to hold than a real board.
// A full board of 200,000 messages with every field said has about two million.
const maxValues = 4 << 20

// entry is one value of a document. The entries lie in the order of the document: the first member or item of a
// container follows it, and next leads past everything a value contains.
type entry struct {
	name       int32 // where its name starts (the opening quote); -1 in a list and at the root
	start, end int32 // the value, in bytes
	next       int32 // entry after this one's last descendant
	kind       jsontext.Kind
	known      bool // met by a field of the schema
	escaped    bool // its name is not written plainly
}

// document is JSON whose syntax is known to be right.
type document struct {
	data []byte
	tape []entry
}

// scan reads the syntax of data. Its error is final: what follows a fault of syntax cannot be trusted.
func scan(data []byte) (*document, *Error) {
	d := &document{data: data}
	if len(data) > board.MaxBytes {
		return d, &Error{Code: Size, Args: []Arg{{"max", float64(board.MaxBytes >> 20)}}, Line: 1, Column: 1}
	}
	if !utf8.Valid(data) {
		return d, d.fault(UTF8, "", firstInvalid(data))
	}
	from := 0
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		from = 3
	}
	if len(bytes.TrimLeft(data[from:], " \t\r\n")) == 0 {
		return d, d.fault(Empty, "", from)
	}
	// Only an escaped lone surrogate can still be invalid; it stands for U+FFFD, as in every browser.
	in := jsontext.NewDecoder(bytes.NewBuffer(data[from:]), jsontext.AllowInvalidUTF8(true))
	var open []int32
	for named := false; ; {
		kind := in.PeekKind()
		if n := len(open); n > 0 && kind == '"' && !named && d.tape[open[n-1]].kind == '{' {
			raw, err := in.ReadValue()
			if err != nil {
				return d, d.syntax(err, from, open)
			}
			if len(d.tape) == maxValues {
				return d, d.fault(Size, "", from+int(in.InputOffset()), Arg{"max", float64(board.MaxBytes >> 20)})
			}
			d.tape = append(d.tape, entry{name: int32(from + int(in.InputOffset()) - len(raw)), escaped: bytes.IndexByte(raw, '\\') >= 0})
			named = true
			continue
		}
		if kind == ']' || kind == '}' {
			if _, err := in.ReadToken(); err != nil {
				return d, d.syntax(err, from, open)
			}
			top := &d.tape[open[len(open)-1]]
			top.end, top.next = int32(from+int(in.InputOffset())), int32(len(d.tape))
			open = open[:len(open)-1]
		} else {
			if !named && len(d.tape) == maxValues {
				return d, d.fault(Size, "", from+int(in.InputOffset()), Arg{"max", float64(board.MaxBytes >> 20)})
			}
			var size int
			if kind == '{' || kind == '[' {
				if _, err := in.ReadToken(); err != nil {
					return d, d.syntax(err, from, open)
				}
				size = 1
			} else {
				raw, err := in.ReadValue()
				if err != nil {
					return d, d.syntax(err, from, open)
				}
				size = len(raw)
			}
			if !named {
				d.tape = append(d.tape, entry{name: -1})
			}
			named = false
			at := len(d.tape) - 1
			v := &d.tape[at]
			v.kind, v.end, v.next = kind, int32(from+int(in.InputOffset())), int32(at+1)
			v.start = v.end - int32(size)
			if size == 1 && (kind == '{' || kind == '[') {
				open = append(open, int32(at))
				if len(open) > board.MaxDepth {
					return d, d.fault(Depth, d.path(open[:board.MaxDepth]), int(v.start), Arg{"max", float64(board.MaxDepth)})
				}
			}
		}
		if len(open) == 0 {
			break
		}
	}
	if rest := data[from+int(in.InputOffset()):]; len(bytes.TrimLeft(rest, " \t\r\n")) > 0 {
		at := len(data) - len(bytes.TrimLeft(rest, " \t\r\n"))
		return d, d.fault(Trailing, "", at, Arg{"near", near(data, at)})
	}
	return d, nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// syntax turns the tokenizer's complaint into a fault of ours.
func (d *document) syntax(err error, from int, open []int32) *Error {
	at := len(d.data)
	var s *jsontext.SyntacticError
	if errors.As(err, &s) {
		at = min(from+int(s.ByteOffset), len(d.data))
	}
	switch path := d.path(open); {
	case errors.Is(err, jsontext.ErrDuplicateName):
		name := s.JSONPointer.LastToken()
		first := at
		for i := open[len(open)-1] + 1; int(i) < len(d.tape); i = d.tape[i].next {
			if d.nameIs(i, name) {
				first = int(d.tape[i].name)
				break
			}
		}
		line, _ := d.position(first)
		return d.fault(DuplicateKey, path+"/"+escape(name), at, Arg{"key", name}, Arg{"first", float64(line)})
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return d.fault(Truncated, path, len(d.data))
	default:
		return d.fault(Syntax, path, at, Arg{"near", near(d.data, at)})
	}
}

// near quotes what stands at a fault, a dozen characters of its line at most.
func near(data []byte, at int) string {
	rest := data[at:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	end := 0
	for n := 0; n < 12 && end < len(rest); n++ {
		_, size := utf8.DecodeRune(rest[end:])
		end += size
	}
	return string(bytes.TrimSpace(rest[:end]))
}

// position is the line and the column of a byte, both from 1; a column is a code point.
func (d *document) position(at int) (line, column int) {
	before := d.data[:at]
	line = 1 + bytes.Count(before, []byte{'\n'})
	return line, 1 + utf8.RuneCount(bytes.TrimPrefix(before[bytes.LastIndexByte(before, '\n')+1:], []byte("\ufeff")))
}

func (d *document) fault(code Code, path string, at int, args ...Arg) *Error {
	line, column := d.position(at)
	return &Error{Code: code, Path: path, Line: line, Column: column, Args: args}
}

// path is the JSON pointer of the innermost of the open containers. Between two of them only whole values lie, so
// counting the items before one is a walk from sibling to sibling.
func (d *document) path(open []int32) string {
	var p []byte
	for i := 1; i < len(open); i++ {
		parent, child := open[i-1], open[i]
		p = append(p, '/')
		if d.tape[child].name >= 0 {
			p = append(p, escape(d.name(child))...)
			continue
		}
		n := 0
		for at := parent + 1; at < child; at = d.tape[at].next {
			n++
		}
		p = appendInt(p, n)
	}
	return string(p)
}

// name reads the name of a member.
func (d *document) name(i int32) string { return d.text(d.tape[i].name) }

// text reads the string whose opening quote is at a byte.
func (d *document) text(at int32) string {
	raw := d.data[at:]
	for n := 1; ; n++ {
		switch raw[n] {
		case '"':
			return string(raw[1:n])
		case '\\':
			return d.unescape(raw)
		}
	}
}

func (d *document) unescape(raw []byte) string {
	end := 1
	for ; raw[end] != '"'; end++ {
		if raw[end] == '\\' {
			end++
		}
	}
	s, _ := jsontext.AppendUnquote(nil, raw[:end+1]) // a lone surrogate is reported and replaced: scan lets it pass
	return string(s)
}

// nameIs compares without allocating where the name is written plainly.
func (d *document) nameIs(i int32, key string) bool {
	if d.tape[i].escaped {
		return d.name(i) == key
	}
	raw := d.data[d.tape[i].name+1:]
	return len(raw) > len(key) && raw[len(key)] == '"' && string(raw[:len(key)]) == key
}
