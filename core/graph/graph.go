// Package graph lays a directed graph out in layers (Sugiyama's method): cycles are broken, nodes stand in columns with what they lead to
// before them, crossings are reduced by barycentre sweeps, and rows follow their neighbours. The same graph gives the same layout on every
// machine, in time that grows with nodes and edges, not with their product.
package graph

import (
	"slices"

	"unisson/core/order"
)

// Node is given its band and whether it is a top; the layout says the rest.
type Node struct {
	Band    int     // nodes of a lower band stand in earlier columns
	Top     bool    // what everything should lead to
	Column  int     // from 0
	Row     float64 // from 0; two nodes of a column are at least 1 apart
	Reaches bool    // some path leads to a top, itself included
	Alone   bool    // no edge touches it
}

// Edge leads from a node to another, by their indices.
type Edge struct {
	From, To int
	Back     bool      // it closes a cycle, or leads to a later band: it counts for no column
	Through  []float64 // rows at which it passes the columns between, the nearest to From first; nil where there are too many such edges
}

// Graph is a drawing once it is laid.
type Graph struct {
	Nodes   []Node
	Edges   []Edge
	Columns int
	Rows    float64 // height: the last row and one
}

const (
	sweeps   = 12 // of the ordering; it stops earlier where a sweep and its return change nothing
	settling = 8  // sweeps of the rows
	narrow   = .5 // rows between two edges that pass a column
)

// Lay fills in the layout.
func (g *Graph) Lay() {
	finished := g.breakCycles()
	g.assignColumns(finished)
	g.reach()
	l := g.layers()
	l.order()
	l.settle()
	l.write(g)
}

// out lists the edges that leave each node.
func (g *Graph) out() [][]int {
	out := make([][]int, len(g.Nodes))
	for e := range g.Edges {
		out[g.Edges[e].From] = append(out[g.Edges[e].From], e)
	}
	return out
}

// breakCycles marks the edges that close one, and returns the nodes in the order in which a depth-first walk leaves them: what an edge
// leads to stands before what it leaves.
func (g *Graph) breakCycles() (finished []int) {
	const (
		unseen = iota
		open
		done
	)
	out, state := g.out(), make([]int, len(g.Nodes))
	type step struct{ node, next int }
	for root := range g.Nodes {
		if state[root] != unseen {
			continue
		}
		state[root] = open
		for path := []step{{root, 0}}; len(path) > 0; {
			at := &path[len(path)-1]
			if at.next == len(out[at.node]) {
				state[at.node] = done
				finished = append(finished, at.node)
				path = path[:len(path)-1]
				continue
			}
			e := &g.Edges[out[at.node][at.next]]
			at.next++
			e.Back = g.Nodes[e.To].Band > g.Nodes[e.From].Band || state[e.To] == open
			if !e.Back && state[e.To] == unseen {
				state[e.To] = open
				path = append(path, step{e.To, 0})
			}
		}
	}
	return finished
}

// assignColumns gives each node the first column after all that it leads to and after all lower bands.
func (g *Graph) assignColumns(finished []int) {
	order.Stable(finished, func(a, b int) int { return g.Nodes[a].Band - g.Nodes[b].Band })
	out := g.out()
	start, band := 0, 0
	for i, n := range finished {
		node := &g.Nodes[n]
		if i == 0 || node.Band != band {
			start, band = g.Columns, node.Band
		}
		node.Column, node.Alone = start, len(out[n]) == 0
		for _, e := range out[n] {
			if !g.Edges[e].Back {
				node.Column = max(node.Column, g.Nodes[g.Edges[e].To].Column+1)
			}
		}
		g.Columns = max(g.Columns, node.Column+1)
	}
	for e := range g.Edges {
		g.Nodes[g.Edges[e].To].Alone = false
	}
}

// reach walks back from the tops, over every edge.
func (g *Graph) reach() {
	in := make([][]int, len(g.Nodes))
	for _, e := range g.Edges {
		in[e.To] = append(in[e.To], e.From)
	}
	var todo []int
	for i := range g.Nodes {
		if g.Nodes[i].Top {
			g.Nodes[i].Reaches = true
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, from := range in[at] {
			if !g.Nodes[from].Reaches {
				g.Nodes[from].Reaches = true
				todo = append(todo, from)
			}
		}
	}
}

// point is a node, or the place at which an edge passes a column.
type point struct {
	bend        bool
	prev, next  []int // neighbours in the columns before and after
	at          int   // position in its column
	row, wanted float64
}

type layers struct {
	points  []point // those of the nodes first, in their order
	columns [][]int
	bends   [][]int // of each edge, the points it passes
}

// layers makes neighbours of all that an edge joins. An edge over many columns passes each; where such places would outnumber nodes and edges
// several times, those of the later edges are left out.
func (g *Graph) layers() *layers {
	l := &layers{points: make([]point, len(g.Nodes)), columns: make([][]int, g.Columns), bends: make([][]int, len(g.Edges))}
	// What is alone stands last, under the rest.
	for _, alone := range []bool{false, true} {
		for i := range g.Nodes {
			if g.Nodes[i].Alone == alone {
				l.put(i, g.Nodes[i].Column)
			}
		}
	}
	room := 64 + 4*(len(g.Nodes)+len(g.Edges))
	for i := range g.Edges {
		e := &g.Edges[i]
		between := g.Nodes[e.From].Column - g.Nodes[e.To].Column - 1
		if e.Back || between > room {
			continue
		}
		room -= between
		last := e.From
		for c := g.Nodes[e.From].Column - 1; c > g.Nodes[e.To].Column; c-- {
			bend := len(l.points)
			l.points = append(l.points, point{bend: true})
			l.put(bend, c)
			l.join(bend, last)
			l.bends[i] = append(l.bends[i], bend)
			last = bend
		}
		l.join(e.To, last)
	}
	return l
}

func (l *layers) put(p, column int) {
	l.points[p].at = len(l.columns[column])
	l.columns[column] = append(l.columns[column], p)
}

func (l *layers) join(before, after int) {
	l.points[before].next = append(l.points[before].next, after)
	l.points[after].prev = append(l.points[after].prev, before)
}

// order reduces crossings: each column is sorted by the barycentre of its neighbours, forwards then backwards. The best order met stands.
func (l *layers) order() {
	best, fewest := l.copyOrder(), l.crossings()
	for s, idle := 0, 0; s < sweeps && fewest > 0 && idle < 4; s++ {
		for i := range l.columns {
			if s%2 == 0 {
				l.sort(l.columns[i], func(p *point) []int { return p.prev })
			} else {
				l.sort(l.columns[len(l.columns)-1-i], func(p *point) []int { return p.next })
			}
		}
		idle++
		if n := l.crossings(); n < fewest {
			best, fewest, idle = l.copyOrder(), n, 0
		}
	}
	l.columns = best
	for _, column := range l.columns {
		for at, p := range column {
			l.points[p].at = at
		}
	}
}

func (l *layers) copyOrder() [][]int {
	out := make([][]int, len(l.columns))
	for i, column := range l.columns {
		out[i] = slices.Clone(column)
	}
	return out
}

// sort puts points where their neighbours are; a point without any keeps its place.
func (l *layers) sort(column []int, neighbours func(*point) []int) {
	for at, p := range column {
		x := &l.points[p]
		x.wanted = float64(at)
		if list := neighbours(x); len(list) > 0 {
			sum := 0
			for _, n := range list {
				sum += l.points[n].at
			}
			x.wanted = float64(sum) / float64(len(list))
		}
	}
	order.Stable(column, func(a, b int) int {
		switch x, y := l.points[a].wanted, l.points[b].wanted; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	for at, p := range column {
		l.points[p].at = at
	}
}

// crossings counts pairs of edges that cross, by a tree of partial sums (Barth, Jünger, Mutzel).
func (l *layers) crossings() (n int) {
	for c := 1; c < len(l.columns); c++ {
		tree := make([]int, len(l.columns[c-1])+1)
		seen := 0
		for _, p := range l.columns[c] {
			for _, q := range l.points[p].prev {
				upTo := 0
				for i := l.points[q].at + 1; i > 0; i &= i - 1 {
					upTo += tree[i]
				}
				n += seen - upTo
			}
			for _, q := range l.points[p].prev {
				for i := l.points[q].at + 1; i < len(tree); i += i & -i {
					tree[i]++
				}
				seen++
			}
		}
	}
	return n
}

// settle gives rows: each point goes to the middle of its neighbours, as far as the order of its column and the room between allow.
func (l *layers) settle() {
	for _, column := range l.columns {
		l.space(column, func(p *point) float64 { return float64(p.at) })
	}
	for s := range settling {
		for i := range l.columns {
			c := i
			if s%2 == 1 {
				c = len(l.columns) - 1 - i
			}
			l.space(l.columns[c], l.middle)
		}
	}
}

func (l *layers) middle(p *point) float64 {
	if len(p.prev)+len(p.next) == 0 {
		return p.row
	}
	sum := 0.0
	for _, list := range [2][]int{p.prev, p.next} {
		for _, n := range list {
			sum += l.points[n].row
		}
	}
	return sum / float64(len(p.prev)+len(p.next))
}

// space finds the rows nearest to those wanted, in the sense of least squares, that keep order and distances: isotonic regression by pooling
// adjacent violators.
func (l *layers) space(column []int, wanted func(*point) float64) {
	type pool struct {
		sum  float64
		n    int
		last int // index in column
	}
	var pools []pool
	offsets := make([]float64, len(column))
	for i, p := range column {
		if i > 0 {
			offsets[i] = offsets[i-1] + 1
			if l.points[p].bend && l.points[column[i-1]].bend {
				offsets[i] = offsets[i-1] + narrow
			}
		}
		pools = append(pools, pool{wanted(&l.points[p]) - offsets[i], 1, i})
		for k := len(pools) - 1; k > 0 && pools[k-1].sum/float64(pools[k-1].n) >= pools[k].sum/float64(pools[k].n); k-- {
			pools[k-1].sum += pools[k].sum
			pools[k-1].n += pools[k].n
			pools[k-1].last = pools[k].last
			pools = pools[:k]
		}
	}
	i := 0
	for _, p := range pools {
		for ; i <= p.last; i++ {
			l.points[column[i]].row = p.sum/float64(p.n) + offsets[i]
		}
	}
}

func (l *layers) write(g *Graph) {
	if len(l.points) == 0 {
		return
	}
	low, high := l.points[0].row, l.points[0].row
	for i := range l.points {
		low, high = min(low, l.points[i].row), max(high, l.points[i].row)
	}
	g.Rows = high - low + 1
	for i := range g.Nodes {
		g.Nodes[i].Row = l.points[i].row - low
	}
	for i, bends := range l.bends {
		for _, p := range bends {
			g.Edges[i].Through = append(g.Edges[i].Through, l.points[p].row-low)
		}
	}
}
