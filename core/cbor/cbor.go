// Package cbor reads and writes boards and changes in a subset of CBOR (RFC 8949), the layout in which they cross into
// the checker: integers, floats of 32 and 64 bits, UTF-8 text, lists, maps with text keys, true, false, null and
// undefined, all of definite length. A member that is null or undefined counts as absent.
//
// What is read is held to the same types, values, limits and required fields as a JSON document, except that "format"
// may be left out. A key the schema does not name is skipped and not kept; a key written twice counts once, the first.
// Nothing is allocated on the word of a length alone: memory stays within a small multiple of the input.
package cbor

import (
	"math"
	"strconv"
	"unicode/utf8"

	"unisson/core/board"
)

// Error is the first fault of the input.
type Error struct {
	Offset int    // byte
	Path   string // JSON pointer of the value at fault
	Fault  string // what was expected, in English: it is for developers, our own page writes the input
}

func (e *Error) Error() string {
	path := e.Path
	if path == "" {
		path = "/"
	}
	return "cbor: " + path + ": " + e.Fault + " at byte " + strconv.Itoa(e.Offset)
}

// Major types, the three high bits of a head.
const (
	unsigned = iota
	negative
	byteString
	textString
	array
	dict
	tag
	simple
)

// Heads of one byte.
const (
	headFalse     = 0xf4
	headTrue      = 0xf5
	headNull      = 0xf6
	headUndefined = 0xf7
	headFloat32   = 0xfa
	headFloat64   = 0xfb
)

// input is a place in the bytes read. After a fault it stays where it is and reads nothing any more.
type input struct {
	src  string // one copy of the whole: the texts read from it share its memory
	at   int
	path []step
	err  *Error
}

type step struct {
	key   string
	index int // when key is ""
}

func (in *input) fail(fault string) {
	if in.err == nil {
		in.err = &Error{in.at, in.pointer(), fault}
	}
}

func (in *input) pointer() string {
	var p []byte
	for _, s := range in.path {
		p = append(p, '/')
		if s.key == "" {
			p = strconv.AppendInt(p, int64(s.index), 10)
			continue
		}
		for i := range len(s.key) {
			switch c := s.key[i]; c {
			case '~':
				p = append(p, "~0"...)
			case '/':
				p = append(p, "~1"...)
			default:
				p = append(p, c)
			}
		}
	}
	return string(p)
}

func (in *input) down(key string, index int) { in.path = append(in.path, step{key, index}) }
func (in *input) up()                        { in.path = in.path[:len(in.path)-1] }

// head reads the start of a value: its major type and its argument. A simple value or a float comes as its first
// byte, with the bits of a float as argument.
func (in *input) head() (major int, arg uint64, ok bool) {
	if in.err != nil {
		return 0, 0, false
	}
	if in.at >= len(in.src) {
		in.fail("a value expected, the input ends")
		return 0, 0, false
	}
	first := in.src[in.at]
	major, low := int(first>>5), int(first&31)
	size := 0
	switch {
	case low < 24:
		arg = uint64(low)
	case low < 28:
		size = 1 << (low - 24)
	case low == 31:
		in.fail("a definite length expected")
		return 0, 0, false
	default:
		in.fail("a head that is none")
		return 0, 0, false
	}
	if len(in.src)-in.at-1 < size {
		in.fail("a value expected, the input ends")
		return 0, 0, false
	}
	for i := range size {
		arg = arg<<8 | uint64(in.src[in.at+1+i])
	}
	if major == simple && first != headFalse && first != headTrue && first != headNull && first != headUndefined && first != headFloat32 && first != headFloat64 {
		in.fail("a simple value outside the subset")
		return 0, 0, false
	}
	if major == tag {
		in.fail("a tag, outside the subset")
		return 0, 0, false
	}
	in.at += 1 + size
	return major, arg, true
}

// peek is the first byte of the next value, 0 at the end.
func (in *input) peek() byte {
	if in.err != nil || in.at >= len(in.src) {
		return 0
	}
	return in.src[in.at]
}

// absent takes a null or undefined.
func (in *input) absent() bool {
	if b := in.peek(); b == headNull || b == headUndefined {
		in.at++
		return true
	}
	return false
}

// open reads the head of a list or a map. Its items cannot be more than the bytes that are left, each takes one at least.
func (in *input) open(major int, expected string, perItem int) (n int, ok bool) {
	start := in.at
	m, arg, ok := in.head()
	if !ok {
		return 0, false
	}
	if m != major {
		in.at = start
		in.fail(expected + " expected")
		return 0, false
	}
	if arg > uint64(len(in.src)-in.at)/uint64(perItem) {
		in.at = start
		in.fail("a length beyond the end of the input")
		return 0, false
	}
	return int(arg), true
}

func (in *input) array() (n int, ok bool) {
	start := in.at
	n, ok = in.open(array, "a list", 1)
	if ok && n > board.MaxEntities {
		in.at = start
		in.fail("at most " + strconv.Itoa(board.MaxEntities) + " items expected")
		return 0, false
	}
	return n, ok
}

func (in *input) dict() (n int, ok bool) { return in.open(dict, "a map", 2) }

func (in *input) text() (s string, ok bool) {
	start := in.at
	major, n, ok := in.head()
	switch {
	case !ok:
		return "", false
	case major != textString:
		in.at = start
		in.fail("a text expected")
		return "", false
	case n > uint64(len(in.src)-in.at):
		in.at = start
		in.fail("a length beyond the end of the input")
		return "", false
	}
	s = in.src[in.at : in.at+int(n)]
	if !utf8.ValidString(s) {
		in.fail("UTF-8 expected")
		return "", false
	}
	in.at += int(n)
	return s, true
}

func (in *input) boolean() (v, ok bool) {
	switch in.peek() {
	case headTrue:
		in.at++
		return true, true
	case headFalse:
		in.at++
		return false, true
	}
	in.fail("true or false expected")
	return false, false
}

func (in *input) number() (v float64, ok bool) {
	start := in.at
	first := in.peek()
	major, arg, ok := in.head()
	switch {
	case !ok:
		return 0, false
	case major == unsigned:
		return float64(arg), true
	case major == negative:
		return -1 - float64(arg), true
	case first == headFloat32:
		v = float64(math.Float32frombits(uint32(arg)))
	case first == headFloat64:
		v = math.Float64frombits(arg)
	default:
		v = math.NaN()
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		in.at = start
		in.fail("a finite number expected")
		return 0, false
	}
	return v, true
}

// skip passes over one value; depth is how many containers are open around it.
func (in *input) skip(depth int) {
	start := in.at
	major, arg, ok := in.head()
	if !ok {
		return
	}
	left := uint64(len(in.src) - in.at)
	switch major {
	case byteString, textString:
		if arg > left {
			in.at = start
			in.fail("a length beyond the end of the input")
			return
		}
		in.at += int(arg)
	case array, dict:
		if major == dict {
			left /= 2
		}
		if arg > left {
			in.at = start
			in.fail("a length beyond the end of the input")
			return
		}
		if depth >= board.MaxDepth {
			in.at = start
			in.fail("less nesting expected")
			return
		}
		if major == dict {
			arg *= 2
		}
		for ; arg > 0 && in.err == nil; arg-- {
			in.skip(depth + 1)
		}
	}
}

// end checks that nothing follows.
func (in *input) end() error {
	if in.err == nil && in.at < len(in.src) {
		in.fail("nothing more expected")
	}
	if in.err != nil { // not a typed nil
		return in.err
	}
	return nil
}
