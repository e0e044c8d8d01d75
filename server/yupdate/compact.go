package yupdate

import "slices"

// Compact is the update without the content of what is deleted, clocks unchanged: it merges with what any client holds, and a document
// made of it equals one made of the original. As in a Yjs document that collects garbage, a deleted struct keeps its place and loses
// its content, and what lies inside a deleted type loses its place too. What lies inside a deleted type is counted as deleted even
// if its author did not know yet. Neighbours that were one insertion become one struct.
func Compact(update []byte) ([]byte, error) {
	whole, err := Merge(update)
	if err != nil {
		return nil, err
	}
	var runs []run
	set, err := parse(whole, unbounded, &runs)
	if err != nil {
		return nil, err
	}
	g := graph{src: whole, clients: make(map[uint64]*author)}
	g.read(runs, set)
	var w writer
	for of := range chunk(runs, func(u run) uint64 { return u.client }) {
		a := g.clients[of[0].client]
		out := run{client: of[0].client, clock: of[0].clock, end: of[0].clock}
		for _, u := range of {
			if u.clock > out.end {
				out.gap(u.clock)
			}
			first, _ := a.find(u.clock)
			for i := first; i < len(a.nodes) && a.nodes[i].clock < u.end; i++ {
				g.compact(a, i, &out)
			}
		}
		w.block(out)
		a.deleted = union(a.deleted, a.lost)
	}
	for _, a := range g.order {
		w.deleted(a.client, a.deleted)
	}
	return w.update(), nil
}

// graph is the structs of an update, by the ids they name each other with.
type graph struct {
	src     []byte
	clients map[uint64]*author
	order   []*author // by client, descending
}

type author struct {
	client  uint64
	nodes   []node // by clock
	deleted []span
	lost    []span // deleted all the same: collected, or inside a deleted type
}

// node is one struct: where it begins in the source, and whether it lies inside a deleted type.
type node struct {
	clock, end uint64
	at         int
	inside     fate
}

type fate uint8

const (
	unknown fate = iota
	asking       // being found out: met again, it is a circle, which no client writes
	alive
	lost
)

func (g *graph) author(client uint64) *author {
	a := g.clients[client]
	if a == nil {
		a = &author{client: client}
		g.clients[client] = a
		g.order = append(g.order, a)
	}
	return a
}

func (g *graph) read(runs []run, set []byte) {
	for _, u := range runs {
		a := g.author(u.client)
		a.nodes = slices.Grow(a.nodes, u.count)
		in := Reader{buf: u.raw}
		for clock := u.clock; in.at < len(u.raw); {
			p := in.piece()
			a.nodes = append(a.nodes, node{clock: clock, end: clock + p.length, at: u.at + p.at})
			clock += p.length
		}
	}
	eachDeleted(set, func(client uint64, s span) {
		a := g.author(client)
		a.deleted = append(a.deleted, s) // merged: in order
	})
	slices.SortFunc(g.order, func(a, b *author) int {
		if a.client > b.client {
			return -1
		}
		return 1
	})
}

// find is the index of the node that holds the clock.
func (a *author) find(clock uint64) (int, bool) {
	return slices.BinarySearchFunc(a.nodes, clock, func(n node, clock uint64) int {
		switch {
		case n.end <= clock:
			return -1
		case n.clock > clock:
			return 1
		}
		return 0
	})
}

func (g *graph) find(of id) *node {
	if a := g.clients[of.client]; a != nil {
		if i, found := a.find(of.clock); found {
			return &a.nodes[i]
		}
	}
	return nil
}

// inside says whether a struct lies inside a type that is deleted or itself inside one: then every document that integrates it
// collects it. A struct that has an origin has its origin's parent.
func (g *graph) inside(n *node) bool {
	var chain []*node
	found := alive
	for {
		if n.inside != unknown {
			found = max(n.inside, alive)
			break
		}
		n.inside = asking
		chain = append(chain, n)
		h := (&Reader{buf: g.src, at: n.at}).head(true)
		if h.kind() == kindGC {
			found = lost
			break
		}
		next := h.parent
		switch {
		case h.info&hasOrigin != 0:
			next = h.origin
		case h.info&hasRight != 0:
			next = h.right
		case h.root:
			n = nil
		default:
			if a := g.clients[next.client]; a != nil && contains(a.deleted, span{next.clock, next.clock + 1}) {
				found = lost
			} else if p := g.find(next); p != nil && g.src[p.at]&kindBits == kindDeleted {
				found = lost
			}
		}
		if n == nil || found == lost {
			break
		}
		if n = g.find(next); n == nil { // not here yet: nothing is certain
			break
		}
	}
	for _, c := range chain {
		c.inside = found
	}
	return found == lost
}

// compact appends the node i to out, without what is deleted of it.
func (g *graph) compact(a *author, i int, out *run) {
	n := &a.nodes[i]
	p := (&Reader{buf: g.src, at: n.at}).piece()
	if g.inside(n) {
		a.lost = extend(a.lost, span{n.clock, n.end})
		out.addMade(AppendUint([]byte{kindGC}, p.length))
		return
	}
	if p.kind() == kindDeleted {
		a.lost = extend(a.lost, span{n.clock, n.end})
		out.addOne(g.src, p, true)
		return
	}
	from := n.clock
	first, _ := slices.BinarySearchFunc(a.deleted, from, func(s span, clock uint64) int {
		if s.to <= clock {
			return -1
		}
		return 1
	})
	for _, d := range a.deleted[first:] {
		if d.from >= n.end {
			break
		}
		if d.from > from {
			out.addMade(appendCut(nil, g.src, p, id{a.client, n.clock}, from-n.clock, d.from-n.clock))
		}
		from = max(from, d.from)
		to := min(d.to, n.end)
		out.addMade(AppendUint(appendHead(nil, g.src, p, id{a.client, n.clock}, from-n.clock, kindDeleted), to-from))
		from = to
	}
	switch {
	case from == n.clock:
		out.addOne(g.src, p, true)
	case from < n.end:
		out.addMade(appendCut(nil, g.src, p, id{a.client, n.clock}, from-n.clock, n.end-n.clock))
	}
}

// addMade appends a struct made for the purpose.
func (r *run) addMade(b []byte) { r.addOne(b, (&Reader{buf: b}).piece(), true) }
