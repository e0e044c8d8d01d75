package cbor

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"unisson/core/board"
)

// Read fills an object, new and empty, from data. After an error, an *Error, the object is half filled and of no use.
func Read(data []byte, into board.Fielder) error {
	r := reader{input: input{src: string(data)}}
	r.object(into)
	return r.end()
}

// ReadChange reads a change: a map of these members, each of which may be left out. Errors are *Error.
//
//	reset  true or false
//	set    map: id, title, lang, asOf, identity, samples, facts, dismissals, settings → value, null to take it away
//	put    map: list with ids → list of entities
//	drop   map: list with ids → list of ids
//	asked  list of the names of lists that exist, even empty
func ReadChange(data []byte) (*board.Change, error) {
	r := reader{input: input{src: string(data)}}
	c := new(board.Change)
	r.eachMember(func(key string) {
		if r.absent() {
			return
		}
		switch key {
		case "reset":
			c.Reset, _ = r.boolean()
		case "set":
			r.parts(&c.Value, func(name string) {
				single, ok := board.ParseSingle(name)
				if !ok {
					r.fail("a part that is replaced whole expected")
				}
				c.Set |= single
			})
		case "put":
			r.parts(&c.Value, func(name string) { r.list(name) })
		case "drop":
			r.eachMember(func(name string) {
				list := r.list(name)
				r.eachItem(func() {
					if id, ok := r.text(); ok {
						c.Drop = append(c.Drop, board.Entry{List: list, ID: id})
					}
				})
			})
		case "asked":
			r.eachItem(func() {
				if name, ok := r.text(); ok {
					c.Asked = append(c.Asked, r.list(name))
				}
			})
		default:
			r.skip(r.depth)
		}
	})
	if err := r.end(); err != nil {
		return nil, err
	}
	return c, nil
}

// list is the list of that name; any other name is a fault.
func (r *reader) list(name string) board.List {
	list, ok := board.ParseList(name)
	if !ok {
		r.fail("a list with ids expected")
	}
	return list
}

// parts fills some parts of a board. name meets the name of each part that is there, null or not, before its value is read.
func (r *reader) parts(b *board.Board, name func(string)) {
	start := r.at
	r.eachMember(func(key string) {
		name(key)
		r.skip(r.depth)
	})
	r.at = start
	r.object(b)
}

// eachMember reads a map whose keys are met in the order of the input.
func (r *reader) eachMember(each func(key string)) {
	n, ok := r.dict()
	if !ok || !r.enter() {
		return
	}
	for ; n > 0 && r.err == nil; n-- {
		key, ok := r.text()
		if !ok {
			break
		}
		r.down(key, 0)
		each(key)
		r.up()
	}
	r.depth--
}

// eachItem reads a list. An absent one has no items.
func (r *reader) eachItem(each func()) {
	if r.absent() {
		return
	}
	n, ok := r.array()
	if !ok || !r.enter() {
		return
	}
	for i := 0; i < n && r.err == nil; i++ {
		r.down("", i)
		each()
		r.up()
	}
	r.depth--
}

func (r *reader) enter() bool {
	if r.depth >= board.MaxDepth {
		r.fail("less nesting expected")
		return false
	}
	r.depth++
	return true
}

// reader is the board.Codec that fills objects. The members of the objects being read lie in one stack: those of the
// innermost from base on.
type reader struct {
	input
	members []place
	base    int
	depth   int
}

type place struct {
	key   string
	value int
}

// object reads a map into f.
func (r *reader) object(f board.Fielder) {
	n, ok := r.dict()
	if !ok || !r.enter() {
		return
	}
	base := r.base
	r.base = len(r.members)
	r.members = slices.Grow(r.members, n) // n is held to the bytes that are left
	for ; n > 0; n-- {
		key, ok := r.text()
		if !ok {
			return
		}
		at := r.at
		if r.absent() {
			continue
		}
		r.members = append(r.members, place{key, at})
		r.skip(r.depth)
		if r.err != nil {
			return
		}
	}
	end := r.at
	f.Fields(r)
	if r.err != nil {
		return
	}
	r.at = end
	r.members = r.members[:r.base]
	r.base = base
	r.depth--
}

// find moves to the value of a member.
func (r *reader) find(key string, required bool) bool {
	if r.err != nil {
		return false
	}
	for _, m := range r.members[r.base:] {
		if m.key == key {
			r.at = m.value
			return true
		}
	}
	if required {
		r.down(key, 0)
		r.fail("a required member is missing")
		r.up()
	}
	return false
}

func (r *reader) Const(key, value string) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	start := r.at
	if s, ok := r.text(); ok && s != value {
		r.at = start
		r.fail(value + " expected")
	}
	r.up()
}

func (r *reader) String(key string, p *string, l board.Limit) {
	if r.find(key, l.Required) {
		r.down(key, 0)
		*p = r.limited(l)
		r.up()
	}
}

func (r *reader) limited(l board.Limit) string {
	start := r.at
	s, ok := r.text()
	if ok && (l.Min > 0 || l.Max > 0) {
		if n := utf8.RuneCountInString(s); n < l.Min || l.Max > 0 && n > l.Max {
			r.at = start
			r.fail("a text of " + strconv.Itoa(l.Min) + " to " + strconv.Itoa(l.Max) + " code points expected")
		}
	}
	return s
}

func (r *reader) Enum(key string, p *string, allowed []string, required bool) {
	if r.find(key, required) {
		r.down(key, 0)
		*p = r.oneOf(allowed)
		r.up()
	}
}

func (r *reader) oneOf(allowed []string) string {
	start := r.at
	s, ok := r.text()
	if !ok {
		return ""
	}
	for _, a := range allowed {
		if a == s {
			return a
		}
	}
	r.at = start
	r.fail("one of the allowed values expected")
	return ""
}

func (r *reader) Strings(key string, p *[]string, l board.Limit) {
	if !r.find(key, l.Required) {
		return
	}
	r.down(key, 0)
	if n, ok := r.array(); ok {
		*p = make([]string, n)
		for i := 0; i < n && r.err == nil; i++ {
			r.down("", i)
			(*p)[i] = r.limited(l)
			r.up()
		}
	}
	r.up()
}

func (r *reader) Bool(key string, p *board.Tri) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	switch v, ok := r.boolean(); {
	case ok && v:
		*p = board.Yes
	case ok:
		*p = board.No
	}
	r.up()
}

func (r *reader) Number(key string, p *board.Number, least float64) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	start := r.at
	v, ok := r.number()
	if ok && v < least {
		r.at = start
		r.fail("a number of " + strconv.FormatFloat(least, 'g', -1, 64) + " or more expected")
	}
	*p = board.Number{Said: ok, Value: v}
	r.up()
}

func (r *reader) Pairs(key string, p *[]board.Pair, allowed []string) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	pairs := []board.Pair{}
	r.eachMember(func(name string) {
		if r.absent() {
			return
		}
		pair := board.Pair{Key: name}
		if allowed != nil {
			pair.Value = r.oneOf(allowed)
		} else {
			pair.Value, _ = r.text()
		}
		pairs = append(pairs, pair)
	})
	*p = pairs
	r.up()
}

func (r *reader) Numbers(key string, p *[]board.NumberPair) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	pairs := []board.NumberPair{}
	r.eachMember(func(name string) {
		if r.absent() {
			return
		}
		v, _ := r.number()
		pairs = append(pairs, board.NumberPair{Key: name, Value: v})
	})
	*p = pairs
	r.up()
}

func (r *reader) Object(key string, _ bool, open func() board.Fielder) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	if r.peek()>>5 == dict {
		r.object(open())
	} else {
		r.fail("a map expected")
	}
	r.up()
}

func (r *reader) List(key string, _ int, set func(n int), at func(i int) board.Fielder) {
	if !r.find(key, false) {
		return
	}
	r.down(key, 0)
	n, ok := r.array()
	if !ok || !r.enter() {
		r.up()
		return
	}
	set(n)
	for i := 0; i < n && r.err == nil; i++ {
		r.down("", i)
		r.object(at(i))
		r.up()
	}
	r.depth--
	r.up()
}

// Extra leaves the list as it is: what the schema does not name is of no use to a check.
func (r *reader) Extra(*board.Extra) {}
