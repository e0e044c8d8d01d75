// Package boardjson reads and writes the board document as JSON. A bad document is answered with the path, the line
// and the kind of each fault; what the schema does not name survives a round trip.
//
// Syntax is read by jsontext, the tokenizer of Go's next encoding/json: it weighs a fifth of encoding/json in a wasm
// module and says where it stands.
package boardjson

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"unisson/core/board"
)

// Decode reads a document. The error, where there is one, is an Errors. Limits are those of package board. A reference
// to nothing and a date that is none are no errors: see (*board.Board).Faults.
func Decode(data []byte) (*board.Board, error) {
	doc, fault := scan(data)
	if fault != nil {
		return nil, Errors{fault}
	}
	r := &reader{document: doc, ids: map[string]map[string]int32{}}
	b := new(board.Board)
	if r.tape[0].kind != '{' {
		r.typeFault(0, "object")
	} else {
		r.into(0, b)
	}
	if len(r.faults) > 0 {
		slices.SortStableFunc(r.faults, func(a, b *Error) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		})
		return nil, r.faults
	}
	return b, nil
}

// reader is the board.Codec that fills an object from the members of one entry.
type reader struct {
	*document
	open   []int32 // entries from the root to the object being read
	faults Errors
	ids    map[string]map[string]int32 // by list name: id -> its entry. Needs share one list across segments
	list   string                      // the list whose entity is being read, "" when none
}

func (r *reader) into(at int32, f board.Fielder) {
	r.open = append(r.open, at)
	f.Fields(r)
	r.open = r.open[:len(r.open)-1]
}

func (r *reader) full() bool { return len(r.faults) >= maxErrors }

// fault reports a fault of an entry.
func (r *reader) fault(code Code, at int32, args ...Arg) {
	if !r.full() {
		r.faults = append(r.faults, r.document.fault(code, r.pathOf(at), int(r.tape[at].start), args...))
	}
}

func (r *reader) pathOf(at int32) string {
	if at == 0 {
		return ""
	}
	chain := r.open
	for last := chain[len(chain)-1]; last != at; { // at may lie deeper than the object being read: an item of a list of texts
		child := last + 1
		for r.tape[child].next <= at {
			child = r.tape[child].next
		}
		chain, last = append(chain[:len(chain):len(chain)], child), child
	}
	return r.path(chain)
}

func (r *reader) typeFault(at int32, expected string) {
	r.fault(Type, at, Arg{"expected", expected}, Arg{"found", kindName(r.tape[at].kind)})
}

func kindName(k jsontext.Kind) string {
	switch k {
	case '{':
		return "object"
	case '[':
		return "list"
	case '"':
		return "text"
	case '0':
		return "number"
	case 'n':
		return "null"
	}
	return "boolean"
}

// find returns the member of that name, or 0: the root is nobody's member.
func (r *reader) find(key string) int32 {
	if r.full() {
		return 0
	}
	at := r.open[len(r.open)-1]
	for i := at + 1; i < r.tape[at].next; i = r.tape[i].next {
		if r.nameIs(i, key) {
			r.tape[i].known = true
			return i
		}
	}
	return 0
}

// need is find for a member that has to be there.
func (r *reader) need(key string, required bool) int32 {
	i := r.find(key)
	if i == 0 && required && !r.full() {
		at := r.open[len(r.open)-1]
		r.fault(Required, at, Arg{"key", key})
		last := r.faults[len(r.faults)-1]
		last.Path += "/" + key
	}
	return i
}

func (r *reader) Const(key, value string) {
	i := r.need(key, true)
	if i == 0 {
		return
	}
	var found string
	if r.string(i, &found, board.Limit{}) && found != value {
		r.fault(Format, i, Arg{"expected", value}, Arg{"found", found})
	}
}

func (r *reader) String(key string, p *string, l board.Limit) {
	i := r.need(key, l.Required)
	if i == 0 || !r.string(i, p, l) {
		return
	}
	if key == "id" && r.list != "" {
		r.unique(i, *p)
	}
}

// string reads one text within its limits.
func (r *reader) string(i int32, p *string, l board.Limit) bool {
	if r.tape[i].kind != '"' {
		r.typeFault(i, "text")
		return false
	}
	*p = r.text(r.tape[i].start)
	if l.Min > 0 || l.Max > 0 {
		switch n := utf8.RuneCountInString(*p); {
		case n < l.Min:
			r.fault(Short, i, Arg{"min", float64(l.Min)})
			return false
		case l.Max > 0 && n > l.Max:
			r.fault(Long, i, Arg{"max", float64(l.Max)})
			return false
		}
	}
	return true
}

func (r *reader) unique(i int32, id string) {
	ids := r.ids[r.list]
	if first, twice := ids[id]; twice {
		line, _ := r.position(int(r.tape[first].start))
		r.fault(DuplicateID, i, Arg{"id", id}, Arg{"first", float64(line)})
		return
	}
	if ids == nil {
		ids = map[string]int32{}
		r.ids[r.list] = ids
	}
	ids[id] = i
}

func (r *reader) Enum(key string, p *string, allowed []string, required bool) {
	if i := r.need(key, required); i != 0 {
		r.enum(i, p, allowed)
	}
}

func (r *reader) enum(i int32, p *string, allowed []string) {
	var found string
	if !r.string(i, &found, board.Limit{}) {
		return
	}
	for _, a := range allowed { // the constant, not the copy: a board of 100,000 messages holds "fr" once
		if a == found {
			*p = a
			return
		}
	}
	r.fault(Enum, i, Arg{"value", found}, Arg{"allowed", allowed})
}

// items counts the entries of a list and checks that it is one.
func (r *reader) items(i int32) (n int, ok bool) {
	if r.tape[i].kind != '[' {
		r.typeFault(i, "list")
		return 0, false
	}
	for at := i + 1; at < r.tape[i].next; at = r.tape[at].next {
		n++
	}
	if n > board.MaxEntities {
		r.fault(Items, i, Arg{"max", float64(board.MaxEntities)})
		return 0, false
	}
	return n, true
}

func (r *reader) Strings(key string, p *[]string, l board.Limit) {
	i := r.need(key, l.Required)
	if i == 0 {
		return
	}
	n, ok := r.items(i)
	if !ok {
		return
	}
	*p = make([]string, n)
	at := i + 1
	for k := range *p {
		r.string(at, &(*p)[k], l)
		at = r.tape[at].next
	}
}

func (r *reader) Bool(key string, p *board.Tri) {
	switch i := r.find(key); {
	case i == 0:
	case r.tape[i].kind == 't':
		*p = board.Yes
	case r.tape[i].kind == 'f':
		*p = board.No
	default:
		r.typeFault(i, "boolean")
	}
}

func (r *reader) Number(key string, p *board.Number, least float64) {
	i := r.find(key)
	if i == 0 {
		return
	}
	v, ok := r.number(i)
	if ok && v < least {
		r.fault(Minimum, i, Arg{"min", least}, Arg{"value", v})
		return
	}
	*p = board.Number{Said: ok, Value: v}
}

func (r *reader) number(i int32) (float64, bool) {
	v := r.tape[i]
	if v.kind != '0' {
		r.typeFault(i, "number")
		return 0, false
	}
	x, err := strconv.ParseFloat(string(r.data[v.start:v.end]), 64)
	if err != nil {
		r.fault(Range, i, Arg{"value", near(r.data[:v.end], int(v.start))})
		return 0, false
	}
	return x, true
}

// members walks an open object.
func (r *reader) members(key string, each func(name string, at int32)) (there bool) {
	i := r.find(key)
	if i == 0 {
		return false
	}
	if r.tape[i].kind != '{' {
		r.typeFault(i, "object")
		return false
	}
	for at := i + 1; at < r.tape[i].next && !r.full(); at = r.tape[at].next {
		each(r.name(at), at)
	}
	return true
}

func (r *reader) Pairs(key string, p *[]board.Pair, allowed []string) {
	pairs := []board.Pair{}
	if r.members(key, func(name string, at int32) {
		pair := board.Pair{Key: name}
		if allowed != nil {
			r.enum(at, &pair.Value, allowed)
		} else {
			r.string(at, &pair.Value, board.Limit{})
		}
		pairs = append(pairs, pair)
	}) {
		*p = pairs
	}
}

func (r *reader) Numbers(key string, p *[]board.NumberPair) {
	pairs := []board.NumberPair{}
	if r.members(key, func(name string, at int32) {
		v, _ := r.number(at)
		pairs = append(pairs, board.NumberPair{Key: name, Value: v})
	}) {
		*p = pairs
	}
}

func (r *reader) Object(key string, _ bool, open func() board.Fielder) {
	i := r.find(key)
	if i == 0 {
		return
	}
	if r.tape[i].kind != '{' {
		r.typeFault(i, "object")
		return
	}
	outer := r.list
	r.list = ""
	r.into(i, open())
	r.list = outer
}

func (r *reader) List(key string, _ int, set func(n int), at func(i int) board.Fielder) {
	i := r.find(key)
	if i == 0 {
		return
	}
	n, ok := r.items(i)
	if !ok {
		return
	}
	set(n)
	outer := r.list
	r.list = key
	r.open = append(r.open, i)
	item := i + 1
	for k := 0; k < n && !r.full(); k++ {
		if r.tape[item].kind == '{' {
			r.into(item, at(k))
		} else {
			r.typeFault(item, "object")
		}
		item = r.tape[item].next
	}
	r.open = r.open[:len(r.open)-1]
	r.list = outer
}

func (r *reader) Extra(p *board.Extra) {
	at := r.open[len(r.open)-1]
	for i := at + 1; i < r.tape[at].next; i = r.tape[i].next {
		if v := r.tape[i]; !v.known {
			raw := jsontext.Value(bytes.Clone(r.data[v.start:v.end]))
			if raw.Format(jsontext.AllowInvalidUTF8(true)) == nil {
				*p = append(*p, board.Member{Key: r.name(i), Raw: raw})
			}
		}
	}
}
