// Package ydoc reads a board out of its Yjs update, as the page does, and writes a board's first update. It makes the document that the
// sync path does without: only who exports a board or asks for its report pays for it.
//
// How concurrent insertions find their order is Yjs's rule (YATA), by Kevin Jahns (MIT licence), https://yjs.dev.
package ydoc

import (
	"errors"
	"slices"

	"unisson/server/yupdate"
)

// Errors beside those of yupdate, which say that the update is unsound or too large.
var (
	ErrTangled = errors.New("ydoc: it takes too much work to order")  // no people at work write so: thousands of insertions at one place, each unaware of the others
	ErrTooDeep = errors.New("ydoc: its objects nest too deeply")      // maxDepth
	ErrTooMany = errors.New("ydoc: it holds too many separate parts") // maxItems
)

const (
	maxItems = 2 << 20 // some 90 bytes each
	maxSteps = 1 << 25 // over insertions at one place
	maxDepth = 100
)

const none = -1 // no item, no type

// item is an insertion, or the part of one that others insert before or after, or delete.
type item struct {
	clock, end     uint64
	author         int32
	at             int32 // the struct in the update
	body, stop     int32 // content: text, values, or which type
	origin         int32 // what it was inserted after
	rightOrigin    int32 // and before
	left, right    int32 // its neighbours
	parent         int32 // among types
	own            int32 // the type it is
	sub            int32 // its key among keys
	before, during uint32
	kind           yupdate.Kind
	later          bool // a part, inserted after the part before it
	halfBegin      bool // begins with the second half of a surrogate pair, whose first is elsewhere
	halfEnd        bool
	deleted        bool
	gone           bool // its parent is no longer known
}

// shared is a Yjs type: a list of items, items by key, or both.
type shared struct {
	name    uint64
	first   int32
	length  uint64
	entries map[int32]entry // by key
}

// entry is what was ever set under a key: the last counts.
type entry struct{ first, last int32 }

type author struct {
	client   uint64
	from, to int    // its items
	next     int    // the first that is not placed
	reach    uint64 // nothing is missing up to it
	blocked  bool   // what it needs next will not come
	entered  bool   // it is being placed
}

type doc struct {
	update  []byte
	parsed  *yupdate.Parsed
	items   []item
	authors []author
	client  map[uint64]int32
	types   []shared
	roots   map[string]int32
	keys    []string
	key     map[string]int32
	before  uint32
	during  uint32
	steps   int
}

// open makes the document of an update. What waits for something that is missing is no part of it.
func open(update []byte, l yupdate.Limits) (*doc, error) {
	parsed, err := yupdate.Parse(update, l)
	if err != nil {
		return nil, err
	}
	d := &doc{update: update, parsed: parsed, client: map[uint64]int32{}, roots: map[string]int32{}, key: map[string]int32{}}
	cuts, count := d.survey()
	if count > maxItems {
		return nil, ErrTooMany
	}
	d.items = make([]item, 0, count)
	d.read(cuts)
	if err := d.place(); err != nil {
		return nil, err
	}
	d.forget()
	return d, nil
}

// survey finds the authors, where their structs are to be cut, and how many items that may make.
func (d *doc) survey() (cuts [][]uint64, count int) {
	d.parsed.Structs(func(s yupdate.Struct) {
		i, known := d.client[s.Client]
		if !known {
			i = int32(len(d.authors))
			d.client[s.Client] = i
			d.authors = append(d.authors, author{client: s.Client})
		}
		if a := &d.authors[i]; s.Clock == a.reach {
			a.reach += s.Length
			if s.Kind != yupdate.KindGC {
				count++
			}
		}
	})
	cuts = make([][]uint64, len(d.authors))
	cut := func(client, clock uint64) {
		if i, known := d.client[client]; known && clock > 0 && clock < d.authors[i].reach {
			cuts[i] = append(cuts[i], clock)
		}
	}
	d.parsed.Structs(func(s yupdate.Struct) {
		if s.HasOrigin {
			cut(s.Origin.Client, s.Origin.Clock+1)
		}
		if s.HasRight {
			cut(s.Right.Client, s.Right.Clock)
		}
	})
	d.parsed.Deleted(func(client, from, to uint64) {
		cut(client, from)
		cut(client, to)
	})
	for i := range cuts {
		slices.Sort(cuts[i])
		cuts[i] = slices.Compact(cuts[i])
		count += len(cuts[i])
	}
	return cuts, count
}

// read makes the items: each begins and ends where anything else refers to it, so that none is cut later.
func (d *doc) read(cuts [][]uint64) {
	for i := range d.authors {
		d.authors[i].from = none
	}
	d.parsed.Structs(func(s yupdate.Struct) {
		i := d.client[s.Client]
		a := &d.authors[i]
		if a.from == none {
			a.from, a.to = len(d.items), len(d.items)
		}
		if s.Kind == yupdate.KindGC || s.Clock+s.Length > a.reach {
			return
		}
		of := cuts[i]
		for len(of) > 0 && of[0] <= s.Clock {
			of = of[1:]
		}
		whole := item{
			clock: s.Clock, end: s.Clock + s.Length, author: i, at: int32(s.At), body: int32(s.Content), stop: int32(s.End), kind: s.Kind,
			origin: none, rightOrigin: none, left: none, right: none, parent: none, own: none, sub: none, deleted: s.Kind == yupdate.KindDeleted,
		}
		in := yupdate.NewReader(d.update[s.Content:s.End])
		switch s.Kind {
		case yupdate.KindString, yupdate.KindAny, yupdate.KindJSON:
			in.Uint()
			whole.body = int32(s.End - len(in.Rest()))
		}
		for ; len(of) > 0 && of[0] < whole.end; of = of[1:] {
			part := whole
			d.cut(&part, &whole, of[0])
			d.items = append(d.items, part)
		}
		cuts[i] = of
		d.items = append(d.items, whole)
		a.to = len(d.items)
	})
	for i := range d.authors {
		a := &d.authors[i]
		a.next = a.from
	}
}

// cut ends left, and begins right, at the clock.
func (d *doc) cut(left, right *item, clock uint64) {
	n := clock - left.clock
	switch left.kind {
	case yupdate.KindString:
		if left.halfBegin {
			n--
		}
		end, begin, half := yupdate.CutUTF16(d.update[left.body:left.stop], n)
		left.stop, right.body = left.body+int32(end), left.body+int32(begin)
		left.halfEnd, right.halfBegin = half, half
	case yupdate.KindAny, yupdate.KindJSON:
		in := yupdate.NewReader(d.update[left.body:left.stop])
		for ; n > 0; n-- {
			if left.kind == yupdate.KindAny {
				in.Skip()
			} else {
				in.Bytes()
			}
		}
		right.body = left.stop - int32(len(in.Rest()))
		left.stop = right.body
	}
	left.end, right.clock, right.later = clock, clock, true
}

// find is the item that holds a clock, none where it was collected.
func (d *doc) find(of yupdate.ID) int32 {
	i, known := d.client[of.Client]
	if !known {
		return none
	}
	a := &d.authors[i]
	at, found := slices.BinarySearchFunc(d.items[a.from:a.to], of.Clock, func(it item, clock uint64) int {
		switch {
		case it.end <= clock:
			return -1
		case it.clock > clock:
			return 1
		}
		return 0
	})
	if !found || d.items[a.from+at].gone {
		return none
	}
	return int32(a.from + at)
}

// placed is the clock up to which an author's items are.
func (d *doc) placed(a *author) uint64 {
	if a.next < a.to {
		return d.items[a.next].clock
	}
	return a.reach
}

// want is an author whose items are to be placed up to a clock.
type want struct {
	author int32
	past   uint64
}

// place puts every item between its neighbours, what it refers to first.
func (d *doc) place() error {
	var stack []want
	for i := range d.authors {
		stack = append(stack, want{int32(i), d.authors[i].reach})
		d.authors[i].entered = true
		for len(stack) > 0 {
			top := stack[len(stack)-1]
			a := &d.authors[top.author]
			if a.blocked || a.next >= a.to || d.placed(a) >= top.past {
				a.entered = false
				stack = stack[:len(stack)-1]
				continue
			}
			it := &d.items[a.next]
			s := d.parsed.At(int(it.at), yupdate.ID{Client: a.client, Clock: it.clock})
			if missing, is := d.missing(s, it.later); is {
				if j, known := d.client[missing.Client]; known {
					if b := &d.authors[j]; !b.blocked && !b.entered && missing.Clock < b.reach {
						b.entered = true
						stack = append(stack, want{j, missing.Clock + 1})
						continue
					}
				}
				a.blocked = true
				continue
			}
			if err := d.insert(int32(a.next), s); err != nil {
				return err
			}
			a.next++
		}
	}
	return nil
}

// missing is something of another author that a struct names and that is not placed yet.
func (d *doc) missing(s yupdate.Struct, later bool) (yupdate.ID, bool) {
	ids := [...]struct {
		yupdate.ID
		named bool
	}{{s.Origin, s.HasOrigin && !later}, {s.Right, s.HasRight}, {s.Parent, !s.HasOrigin && !s.HasRight && !s.IsRoot}}
	for _, id := range ids {
		if !id.named || id.Client == s.Client {
			continue
		}
		i, known := d.client[id.Client]
		if !known || id.Clock >= d.placed(&d.authors[i]) {
			return id.ID, true
		}
	}
	return yupdate.ID{}, false
}

func (d *doc) root(name []byte) int32 {
	t, known := d.roots[string(name)]
	if !known {
		t = d.newType(0)
		d.roots[string(name)] = t
	}
	return t
}

func (d *doc) newType(name uint64) int32 {
	d.types = append(d.types, shared{name: name, first: none})
	return int32(len(d.types) - 1)
}

func (d *doc) keyOf(name []byte) int32 {
	k, known := d.key[string(name)]
	if !known {
		k = int32(len(d.keys))
		d.keys = append(d.keys, string(name))
		d.key[string(name)] = k
	}
	return k
}

// insert places an item whose dependencies are placed. What refers to something collected is collected too.
func (d *doc) insert(i int32, s yupdate.Struct) error {
	it := &d.items[i]
	if it.later {
		s.HasOrigin, s.Origin = true, yupdate.ID{Client: s.Client, Clock: it.clock - 1}
	}
	if s.HasOrigin {
		it.origin = d.find(s.Origin)
		it.gone = it.origin == none
	}
	if s.HasRight {
		it.rightOrigin = d.find(s.Right)
		it.gone = it.gone || it.rightOrigin == none
	}
	if it.gone {
		return nil
	}
	switch {
	case it.origin != none:
		it.parent, it.sub = d.items[it.origin].parent, d.items[it.origin].sub
	case it.rightOrigin != none:
		it.parent, it.sub = d.items[it.rightOrigin].parent, d.items[it.rightOrigin].sub
	case s.IsRoot:
		it.parent = d.root(s.Root)
	default:
		if p := d.find(s.Parent); p != none {
			it.parent = d.items[p].own
		}
	}
	if it.parent == none { // collected, or no type
		it.gone = true
		return nil
	}
	if s.HasSub {
		it.sub = d.keyOf(s.Sub)
	}
	left, err := d.order(i)
	if err != nil {
		return err
	}
	d.link(i, left)
	if it.kind == yupdate.KindType {
		it.own = d.newType(yupdate.NewReader(d.update[it.body:it.stop]).Uint())
	}
	return nil
}

// head is the first item of where this one belongs.
func (d *doc) head(it *item) int32 {
	t := &d.types[it.parent]
	if it.sub == none {
		return t.first
	}
	if e, known := t.entries[it.sub]; known {
		return e.first
	}
	return none
}

// order finds what an item is placed after: its origin, or among those that were inserted there by people who did not know of it.
func (d *doc) order(i int32) (left int32, err error) {
	it := &d.items[i]
	left = it.origin
	o := d.head(it)
	if left != none {
		o = d.items[left].right
	}
	d.before++
	d.during++
	for ; o != none && o != it.rightOrigin; o = d.items[o].right {
		if d.steps++; d.steps > maxSteps {
			return none, ErrTangled
		}
		other := &d.items[o]
		other.before, other.during = d.before, d.during
		switch {
		case other.origin == it.origin:
			if d.authors[other.author].client < d.authors[it.author].client {
				left = o
				d.during++
			} else if other.rightOrigin == it.rightOrigin {
				return left, nil
			}
		case other.origin != none && d.items[other.origin].before == d.before:
			if d.items[other.origin].during != d.during {
				left = o
				d.during++
			}
		default:
			return left, nil
		}
	}
	return left, nil
}

// link puts an item after left, or first. The last under a key counts; the others are deleted.
func (d *doc) link(i, left int32) {
	it := &d.items[i]
	t := &d.types[it.parent]
	it.left = left
	if left != none {
		it.right = d.items[left].right
		d.items[left].right = i
	} else {
		it.right = d.head(it)
	}
	if it.right != none {
		d.items[it.right].left = i
	}
	if it.sub == none {
		if left == none {
			t.first = i
		}
		return
	}
	if t.entries == nil {
		t.entries = map[int32]entry{}
	}
	e, known := t.entries[it.sub]
	if !known || left == none {
		e.first = i
	}
	if it.right == none {
		e.last = i
		if left != none {
			d.items[left].deleted = true
		}
	} else {
		it.deleted = true
	}
	t.entries[it.sub] = e
}

// forget marks what is deleted, and counts what is left.
func (d *doc) forget() {
	d.parsed.Deleted(func(client, from, to uint64) {
		i, known := d.client[client]
		if !known {
			return
		}
		a := &d.authors[i]
		at, _ := slices.BinarySearchFunc(d.items[a.from:a.to], from, func(it item, clock uint64) int {
			if it.end <= clock {
				return -1
			}
			return 1
		})
		for j := a.from + at; j < a.to && d.items[j].clock < to; j++ {
			d.items[j].deleted = true
		}
	})
	for i := range d.items {
		if it := &d.items[i]; it.parent != none && it.sub == none && !it.deleted && it.kind != yupdate.KindFormat {
			d.types[it.parent].length += it.end - it.clock
		}
	}
}
