package graph

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func edges(pairs ...[2]int) (list []Edge) {
	for _, p := range pairs {
		list = append(list, Edge{From: p[0], To: p[1]})
	}
	return list
}

// holds checks all that a layout promises.
func holds(t *testing.T, g *Graph) {
	t.Helper()
	rows := map[int][]float64{}
	for i, n := range g.Nodes {
		if n.Column < 0 || n.Column >= g.Columns || n.Row < 0 || n.Row > g.Rows-1+1e-9 {
			t.Fatalf("node %d stands outside: %+v of %d columns, %v rows", i, n, g.Columns, g.Rows)
		}
		for j, m := range g.Nodes {
			if len(g.Nodes) > 300 {
				break
			}
			if n.Band < m.Band && n.Column >= m.Column {
				t.Fatalf("node %d of band %d is not before node %d of band %d", i, n.Band, j, m.Band)
			}
		}
		for _, other := range rows[n.Column] {
			if d := other - n.Row; d > -1+1e-9 && d < 1-1e-9 {
				t.Fatalf("two nodes of column %d are %v apart", n.Column, d)
			}
		}
		rows[n.Column] = append(rows[n.Column], n.Row)
		if n.Top && !n.Reaches || n.Reaches && n.Alone && !n.Top {
			t.Fatalf("node %d: %+v", i, n)
		}
	}
	for _, e := range g.Edges {
		from, to := &g.Nodes[e.From], &g.Nodes[e.To]
		if !e.Back && to.Column >= from.Column {
			t.Fatalf("an edge leads from column %d to %d", from.Column, to.Column)
		}
		if e.Through != nil && len(e.Through) != from.Column-to.Column-1 {
			t.Fatalf("an edge over %d columns passes %d", from.Column-to.Column-1, len(e.Through))
		}
		if from.Alone || to.Alone || to.Reaches && !from.Reaches {
			t.Fatalf("edge %v joins %+v to %+v", e, from, to)
		}
	}
}

func random(r *rand.Rand, nodes, links int) *Graph {
	g := &Graph{}
	for range nodes {
		g.Nodes = append(g.Nodes, Node{Band: r.IntN(3), Top: r.IntN(10) == 0})
	}
	for range links {
		if nodes > 0 {
			g.Edges = append(g.Edges, Edge{From: r.IntN(nodes), To: r.IntN(nodes)})
		}
	}
	return g
}

func TestRandomGraphsKeepTheirPromises(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		nodes, links := r.IntN(30), r.IntN(60)
		g := random(r, nodes, links)
		again := &Graph{Nodes: slices.Clone(g.Nodes), Edges: slices.Clone(g.Edges)}
		g.Lay()
		holds(t, g)
		if again.Lay(); !reflect.DeepEqual(g.Nodes, again.Nodes) || !reflect.DeepEqual(g.Edges, again.Edges) {
			t.Fatalf("seed %d: another layout the second time", seed)
		}
	}
}

// Thousands of nodes, and a chain as deep: neither a stack nor a square of them.
func TestLargeGraphs(t *testing.T) {
	wide := random(rand.New(rand.NewPCG(7, 7)), 5000, 9000)
	for i := range wide.Edges {
		e := &wide.Edges[i]
		e.From, e.To = max(e.From, e.To), min(e.From, e.To)
	}
	deep := &Graph{Nodes: make([]Node, 5000)}
	for i := range deep.Nodes[1:] {
		deep.Edges = append(deep.Edges, Edge{From: i + 1, To: i}, Edge{From: i + 1, To: 0})
	}
	deep.Lay()
	holds(t, deep)
	if deep.Columns != 5000 {
		t.Fatalf("a chain of 5000 has %d columns", deep.Columns)
	}
	wide.Lay()
	holds(t, wide)
}

func TestACycleIsBrokenOnce(t *testing.T) {
	g := &Graph{Nodes: make([]Node, 3), Edges: edges([2]int{0, 1}, [2]int{1, 2}, [2]int{2, 0}, [2]int{1, 1})}
	g.Lay()
	holds(t, g)
	if g.Edges[0].Back || g.Edges[1].Back || !g.Edges[2].Back || !g.Edges[3].Back {
		t.Fatalf("%+v", g.Edges)
	}
}

func TestCrossingsGo(t *testing.T) {
	// Two trees, interleaved: laid out they need not cross.
	g := &Graph{Nodes: make([]Node, 6), Edges: edges([2]int{2, 1}, [2]int{3, 0}, [2]int{4, 1}, [2]int{5, 0})}
	g.breakCycles()
	g.assignColumns([]int{0, 1, 2, 3, 4, 5})
	l := g.layers()
	if l.crossings() == 0 {
		t.Fatal("they cross as they come")
	}
	if l.order(); l.crossings() != 0 {
		t.Fatalf("%d crossings are left", l.crossings())
	}
}

func TestWhatLeadsNowhere(t *testing.T) {
	g := &Graph{Nodes: []Node{{Top: true}, {Band: 1}, {Band: 1}, {Band: 1}, {Band: 2}}, Edges: edges([2]int{1, 0}, [2]int{4, 3})}
	g.Lay()
	for i, want := range []struct{ reaches, alone bool }{{true, false}, {true, false}, {false, true}, {false, false}, {false, false}} {
		if n := g.Nodes[i]; n.Reaches != want.reaches || n.Alone != want.alone {
			t.Errorf("node %d: %+v", i, n)
		}
	}
	if g.Nodes[2].Row <= g.Nodes[1].Row {
		t.Error("what is alone stands under the rest")
	}
}

func FuzzLay(f *testing.F) {
	f.Add([]byte{3, 0, 1, 1, 2, 2, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		g := &Graph{}
		if len(data) == 0 {
			return
		}
		n := int(data[0])%40 + 1
		for i := range n {
			g.Nodes = append(g.Nodes, Node{Band: i % 3, Top: i%7 == 0})
		}
		for i := 1; i+1 < min(len(data), 400); i += 2 {
			g.Edges = append(g.Edges, Edge{From: int(data[i]) % n, To: int(data[i+1]) % n})
		}
		g.Lay()
		holds(t, g)
	})
}

func BenchmarkLay(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		g := random(rand.New(rand.NewPCG(7, 7)), 5000, 9000)
		for i := range g.Edges {
			e := &g.Edges[i]
			e.From, e.To = max(e.From, e.To), min(e.From, e.To)
		}
		b.StartTimer()
		g.Lay()
	}
}
