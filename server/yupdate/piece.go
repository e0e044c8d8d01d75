package yupdate

import (
	"encoding/json"
	"unicode/utf8"
)

// Kinds of struct: the low five bits of a struct's first byte.
const (
	kindGC      = 0
	kindDeleted = 1
	kindJSON    = 2
	kindBinary  = 3
	kindString  = 4
	kindEmbed   = 5
	kindFormat  = 6
	kindType    = 7
	kindAny     = 8
	kindDoc     = 9
	kindSkip    = 10
)

// The high bits of a struct's first byte.
const (
	kindBits  = 0x1f
	hasSub    = 0x20 // a key of a map; written only where the parent is
	hasRight  = 0x40 // right origin
	hasOrigin = 0x80 // (left) origin
)

// id names one unit a client inserted.
type id struct{ client, clock uint64 }

// head is what a struct says before its content. Without origin nor right origin it names its parent: a root by name, or a type by id.
type head struct {
	info          byte
	origin, right id
	parent        id
	root          bool // the parent is a root
	rightAt       int  // where the right origin begins, and ends
	rightEnd      int
}

func (h head) kind() byte { return h.info & kindBits }

// piece is one struct as it lies in its buffer.
type piece struct {
	at, content, next int // first byte, first byte of the content, first byte after
	length            uint64
	info              byte
}

func (p piece) kind() byte { return p.info & kindBits }

func (r *Reader) id() id {
	client := r.Uint()
	return id{client, r.Uint()}
}

// head reads up to a struct's content. Known bytes are trusted to be UTF-8.
func (r *Reader) head(known bool) head {
	h := head{info: r.Byte()}
	switch kind := h.kind(); {
	case kind > kindSkip, (kind == kindGC || kind == kindSkip) && h.info != kind:
		r.at--
		r.fail(ErrMalformed)
		return h
	case kind == kindGC || kind == kindSkip:
		return h
	}
	if h.info&hasOrigin != 0 {
		h.origin = r.id()
	}
	if h.info&hasRight != 0 {
		h.rightAt = r.at
		h.right = r.id()
		h.rightEnd = r.at
	}
	if h.info&(hasOrigin|hasRight) != 0 {
		return h
	}
	switch r.Uint() {
	case 1:
		h.root = true
		r.text(known)
	case 0:
		h.parent = r.id()
	default:
		r.fail(ErrMalformed)
	}
	if h.info&hasSub != 0 {
		r.text(known)
	}
	return h
}

func (r *Reader) text(known bool) []byte {
	if known {
		return r.Bytes()
	}
	return r.Text()
}

// after says whether b is a unit its client inserts after a or at once with it: nothing that begins at a can name b, and a client that
// read so would look for it among what it has.
func (b id) after(a id) bool { return b.client == a.client && b.clock >= a.clock }

// check reads a struct whose id is `self`, down to `depth` values inside each other.
func (r *Reader) check(self id, depth int) piece {
	start := r.at
	h := r.head(false)
	if h.info&hasOrigin != 0 && h.origin.after(self) || h.info&hasRight != 0 && h.right.after(self) ||
		h.info&(hasOrigin|hasRight) == 0 && !h.root && h.kind() != kindGC && h.kind() != kindSkip && h.parent.after(self) {
		r.at = start
		r.fail(ErrMalformed)
		return piece{}
	}
	return r.content(piece{at: start, info: h.info, length: 1}, depth, false)
}

// piece measures a struct of bytes already known to be sound.
func (r *Reader) piece() piece {
	start := r.at
	return r.content(piece{at: start, info: r.head(true).info, length: 1}, 0, true)
}

func (r *Reader) content(p piece, depth int, known bool) piece {
	p.content = r.at
	switch p.kind() {
	case kindGC, kindDeleted:
		p.length = r.Uint()
	case kindSkip:
		p.length = r.Uint()
		p.next = r.at
		return p // an empty one does no harm
	case kindJSON:
		p.length = r.Uint()
		for n := p.length; n > 0 && r.err == nil; n-- {
			r.json(depth, known, true)
		}
	case kindBinary:
		r.Bytes()
	case kindString:
		p.length = utf16Len(r.text(known))
	case kindEmbed:
		r.json(depth, known, false)
	case kindFormat:
		r.text(known)
		r.json(depth, known, false)
	case kindType:
		switch r.Uint() {
		case 0, 1, 2, 4, 6: // array, map, text, XML fragment, XML text
		case 3, 5: // XML element, XML hook: named
			r.text(known)
		default:
			r.fail(ErrMalformed)
		}
	case kindAny:
		p.length = r.Uint()
		for n := p.length; n > 0 && r.err == nil; n-- {
			r.any(depth, known)
		}
	case kindDoc:
		r.text(known)
		if r.at < len(r.buf) && r.buf[r.at] != anyObject { // a client reads options here, and would trip over anything else
			r.fail(ErrMalformed)
		}
		r.any(depth, known)
	}
	if p.length == 0 {
		r.fail(ErrMalformed)
	}
	p.next = r.at
	return p
}

// Kinds of value in lib0's "any" encoding.
const (
	anyUndefined = 127
	anyNull      = 126
	anyInteger   = 125
	anyFloat32   = 124
	anyFloat64   = 123
	anyBigInt    = 122
	anyFalse     = 121
	anyTrue      = 120
	anyString    = 119
	anyObject    = 118
	anyArray     = 117
	anyBytes     = 116
)

// any passes over one value.
func (r *Reader) any(depth int, known bool) {
	at := r.at
	switch r.Byte() {
	case anyUndefined, anyNull, anyFalse, anyTrue:
	case anyInteger:
		r.varInt()
	case anyFloat32:
		r.take(4)
	case anyFloat64, anyBigInt:
		r.take(8)
	case anyString:
		r.text(known)
	case anyBytes:
		r.Bytes()
	case anyObject:
		if !known && depth == 0 {
			r.fail(ErrTooDeep)
			return
		}
		for n := r.Uint(); n > 0 && r.err == nil; n-- {
			r.text(known)
			r.any(max(depth-1, 0), known)
		}
	case anyArray:
		if !known && depth == 0 {
			r.fail(ErrTooDeep)
			return
		}
		for n := r.Uint(); n > 0 && r.err == nil; n-- {
			r.any(max(depth-1, 0), known)
		}
	default:
		if r.err == nil {
			r.at = at
			r.fail(ErrMalformed)
		}
	}
}

// json passes over a string that holds JSON; in lists of values JavaScript's undefined is written so.
func (r *Reader) json(depth int, known, undefined bool) {
	at := r.at
	b := r.Bytes()
	if known || r.err != nil || undefined && string(b) == "undefined" {
		return
	}
	if class := soundJSON(b, depth); class != nil {
		r.at = at
		r.fail(class)
	}
}

// soundJSON is nil for one JSON value in valid UTF-8 that nests at most depth deep.
func soundJSON(b []byte, depth int) error {
	deepest, now, quoted := 0, 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '[' || c == '{'):
			now++
			deepest = max(deepest, now)
		case !quoted && (c == ']' || c == '}'):
			now--
		}
	}
	if deepest > depth {
		return ErrTooDeep
	}
	if !utf8.Valid(b) || !json.Valid(b) {
		return ErrMalformed
	}
	return nil
}
