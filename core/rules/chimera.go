package rules

import (
	"math"
	"slices"

	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/voice"
)

const (
	bonded       = 2   // of the four grounds that hold two channels together
	mostCompared = 400 // channels beyond which pairs are too many to say anything a person could read
)

// chimera says how many bodies the channels really form: connected components of the bonds between them, and
// 100 × (1 − Σ effort share²). Pairs that cannot be judged yet give a range; nil where there is nothing to compare.
func (r *Reading) chimera() *report.Chimera {
	n := len(r.Channels)
	if n < 2 || n > mostCompared {
		return nil
	}
	grounds := r.grounds()
	sure, hoped := newBodies(n), newBodies(n)
	for i := range n {
		for j := range i {
			shared, unknown := count(grounds.between(i, j))
			if shared >= bonded {
				sure.join(i, j)
			}
			if shared+unknown >= bonded {
				hoped.join(i, j)
			}
		}
	}
	shares := r.effortShares()
	out := &report.Chimera{Low: hoped.index(shares), High: sure.index(shares)}
	for _, body := range sure.list() {
		names := make([]string, len(body))
		for k, i := range body {
			names[k] = r.Channels[i].ID
		}
		out.Bodies = append(out.Bodies, names)
	}
	return out
}

// effortShares are each channel's part of the whole; an effort that was not said counts as the mean of the others.
func (r *Reading) effortShares() []float64 {
	sum, said := 0.0, 0
	for _, c := range r.Channels {
		if c.Effort.Said {
			sum += c.Effort.Value
			said++
		}
	}
	usual := 1.0
	if said > 0 {
		usual = sum / float64(said)
	}
	total := float64(sum + float64(usual*float64(len(r.Channels)-said)))
	shares := make([]float64, len(r.Channels))
	for i, c := range r.Channels {
		switch {
		case total == 0:
			shares[i] = 1 / float64(len(r.Channels))
		case c.Effort.Said:
			shares[i] = c.Effort.Value / total
		default:
			shares[i] = usual / total
		}
	}
	return shares
}

// grounds is what each channel brings to a bond.
type grounds struct {
	linked   bool
	apexes   []set             // of objectives; nil: never asked which it serves
	terms    []set             // nil: too few texts to say
	standing []*voice.Standing // nil: no verdict on its voice
	served   []set             // channels it supports
}

// set is a set of small numbers, a bit each; nil is no set, not an empty one.
type set []uint64

func newSet(n int) set { return make(set, n/64+1) }

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

// meets: the two hold one of the same; of sets of one size.
func (s set) meets(t set) bool {
	for k := range min(len(s), len(t)) {
		if s[k]&t[k] != 0 {
			return true
		}
	}
	return false
}

func (r *Reading) grounds() *grounds {
	n := len(r.Channels)
	g := &grounds{linked: r.Linked(), apexes: make([]set, n), terms: make([]set, n), standing: make([]*voice.Standing, n), served: make([]set, n)}
	tops, at, objective := r.tops(), make(map[*Channel]int, n), make(map[string]int, len(r.Source.Objectives))
	for i, c := range r.Channels {
		at[c] = i
	}
	for i, o := range r.Source.Objectives {
		objective[o.ID] = i
	}
	heard := make(map[string]*voice.Standing, n)
	for k := range r.statistics.voice.Channels {
		if s := &r.statistics.voice.Channels[k]; s.State == voice.Evaluated {
			heard[s.ID] = s
		}
	}
	for i, c := range r.Channels {
		if c.Channel.Objectives != nil {
			g.apexes[i] = newSet(len(objective))
			for _, id := range c.Channel.Objectives {
				if top := tops[id]; top != "" {
					g.apexes[i].add(objective[top])
				}
			}
		}
		if r.Words.declared && len(c.Posts) >= enoughTexts {
			g.terms[i] = about(c, "terms", r.termsIn)
		}
		g.standing[i], g.served[i] = heard[c.ID], newSet(n)
		for _, to := range c.Serves {
			g.served[i].add(at[to])
		}
	}
	return g
}

func (r *Reading) termsIn(posts []*Post) set {
	all := newSet(r.Words.known + 1)
	for _, p := range posts {
		r.Words.terms(p.F, all)
	}
	return all
}

// tops says at which objective without parent the chain of each ends; a cycle and a chain to nothing have none.
func (r *Reading) tops() map[string]string {
	reaches := r.pathsToApex()
	parent := make(map[string]string, len(r.Source.Objectives))
	for _, o := range r.Source.Objectives {
		parent[o.ID] = o.Parent
	}
	tops := make(map[string]string, len(parent))
	for id := range parent {
		if !reaches[id] {
			continue
		}
		at, path := id, []string{}
		for parent[at] != "" && tops[at] == "" {
			path = append(path, at)
			at = parent[at]
		}
		top := at
		if tops[at] != "" {
			top = tops[at]
		}
		tops[id] = top
		for _, step := range path {
			tops[step] = top
		}
	}
	return tops
}

// verdict is what can be said of one ground.
type verdict byte

const (
	open verdict = '?' // it cannot be judged yet
	yes  verdict = 'y'
	no   verdict = 'n'
)

func judged(known, holds bool) verdict {
	switch {
	case !known:
		return open
	case holds:
		return yes
	}
	return no
}

// between judges the four grounds of two channels: a common apex, one serves the other, a shared term, compatible voices.
func (g *grounds) between(i, j int) [4]verdict {
	x, y := g.standing[i], g.standing[j]
	return [4]verdict{
		judged(g.apexes[i] != nil && g.apexes[j] != nil, g.apexes[i].meets(g.apexes[j])),
		judged(g.linked, g.served[i].has(j) || g.served[j].has(i)),
		judged(g.terms[i] != nil && g.terms[j] != nil, g.terms[i].meets(g.terms[j])),
		judged(x != nil && y != nil, x != nil && y != nil && !x.Accused && !y.Accused),
	}
}

// count gives how many of the grounds two channels share, and how many cannot be judged yet.
func count(four [4]verdict) (shared, unknown int) {
	for _, v := range four {
		switch v {
		case yes:
			shared++
		case open:
			unknown++
		}
	}
	return shared, unknown
}

// bodies is a disjoint-set forest.
type bodies []int

func newBodies(n int) bodies {
	b := make(bodies, n)
	for i := range b {
		b[i] = i
	}
	return b
}

func (b bodies) root(i int) int {
	for b[i] != i {
		b[i] = b[b[i]]
		i = b[i]
	}
	return i
}

// join keeps the lower index as root, so that the answer does not depend on the order of joins.
func (b bodies) join(i, j int) {
	i, j = b.root(i), b.root(j)
	b[max(i, j)] = min(i, j)
}

func (b bodies) index(shares []float64) float64 {
	sums := make([]float64, len(b))
	for i, s := range shares {
		sums[b.root(i)] += s
	}
	whole := 0.0
	for _, s := range sums {
		whole += float64(s * s)
	}
	return math.Round(100 * (1 - whole))
}

// list gives the bodies, the largest first, each by its channels' order.
func (b bodies) list() [][]int {
	at := map[int]int{}
	var out [][]int
	for i := range b {
		root := b.root(i)
		k, known := at[root]
		if !known {
			k = len(out)
			at[root] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	order.Stable(out, func(x, y []int) int { return len(y) - len(x) })
	return slices.Clip(out)
}
