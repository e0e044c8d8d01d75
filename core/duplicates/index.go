package duplicates

import (
	"math"
	"slices"
)

// index holds, for every shingle, the list of the docs it stands in, by channel and id. All lists stand in one row.
type index struct {
	posts   []Post
	docs    []doc
	shingle []uint32  // whose list this is
	owner   []uint32  // the doc
	weight  []float32 // of the shingle: 1 / the root of the most docs of one channel that hold it
	at      []uint32  // where each shingle of each doc stands in the row, in the order of docs
}

// rows are the room an index is laid out in.
type rows struct {
	keys, other                []uint64
	owners, shingle, owner, at []uint32
	weight                     []float32
}

func (r *rows) fit(n int) {
	if cap(r.keys) < n || cap(r.keys) > 4*n+1<<16 { // what a larger board needed does not stay
		room := n + n/8 // so that typing does not ask again at once
		*r = rows{make([]uint64, room), make([]uint64, room), make([]uint32, room), make([]uint32, room), make([]uint32, room), make([]uint32, room), make([]float32, room)}
	}
}

func (x *index) build(r *rows) {
	n := 0
	for i := range x.docs {
		x.docs[i].first = n
		n += len(x.docs[i].print.shingles)
	}
	r.fit(n)
	keys, owner := r.keys[:n], r.owners[:n]
	for i := range x.docs {
		for j, s := range x.docs[i].print.shingles {
			g := x.docs[i].first + j
			keys[g], owner[g] = uint64(s)<<32|uint64(g), uint32(i)
		}
	}
	keys = sortByShingle(keys, r.other[:n])
	x.shingle, x.owner, x.weight, x.at = r.shingle[:n], r.owner[:n], r.weight[:n], r.at[:n]
	for p, k := range keys {
		g := uint32(k)
		x.shingle[p], x.owner[p], x.at[g] = uint32(k>>32), owner[g], uint32(p)
	}

	for from, to := 0, 0; from < n; from = to {
		most, run := 0, 0
		for to = from; to < n && x.shingle[to] == x.shingle[from]; to++ {
			if to > from && x.docs[x.owner[to]].channel != x.docs[x.owner[to-1]].channel {
				run = 0
			}
			run++
			most = max(most, run)
		}
		w := float32(1 / math.Sqrt(float64(most)))
		for p := from; p < to; p++ {
			x.weight[p] = w
		}
	}
	for i := range x.docs {
		d := &x.docs[i]
		for _, p := range x.at[d.first : d.first+len(d.print.shingles)] {
			d.total += float64(x.weight[p])
		}
	}
}

// sortByShingle is a radix sort on the upper half of the keys; it leaves the lower half, already in order, as it is.
// other is room for as many.
func sortByShingle(keys, other []uint64) []uint64 {
	const bits = 11
	for shift := 32; shift < 64; shift += bits {
		var count [1 << bits]int
		for _, k := range keys {
			count[k>>shift&(1<<bits-1)]++
		}
		sum := 0
		for i, c := range count {
			count[i] = sum
			sum += c
		}
		for _, k := range keys {
			b := k >> shift & (1<<bits - 1)
			other[count[b]] = k
			count[b]++
		}
		keys, other = other, keys
	}
	return keys
}

// How far along a list the docs it joins to one are looked for. Two copies of a message share words that few others hold, and are met
// there; where everything they share is common, they still stand near each other in many lists. So the work is bounded, whatever all
// channels repeat.
const (
	reach = 8  // in a list of few
	many  = 16 // docs
	brief = 2  // in a list of many
)

// matches gives the docs alike enough to be told, the best few of each doc.
func (x *index) matches() []match {
	shared := make([]float64, len(x.docs)) // with the present doc, over the lists as far as they are read
	var met []int
	again := x.again()
	best := make([][]match, len(x.docs))
	for i := range x.docs {
		d := &x.docs[i]
		for _, p := range x.at[d.first : d.first+len(d.print.shingles)] {
			far := p + reach
			if p+many < uint32(len(x.shingle)) && x.shingle[p+many] == x.shingle[p] {
				far = p + brief
			}
			for q := p + 1; q < uint32(len(x.shingle)) && q <= far && x.shingle[q] == x.shingle[p]; q++ {
				o := int(x.owner[q])
				if shared[o] == 0 {
					met = append(met, o)
				}
				shared[o] += float64(x.weight[p])
			}
		}
		if o := again[i]; o >= 0 && shared[o] == 0 { // every list of a text can be crowded
			met = append(met, o)
		}
		for _, o := range met {
			if s := shared[o]; o == again[i] || s >= float64(promising*min(d.total, x.docs[o].total)) {
				if m := (match{i, o, x.similarity(i, o)}); m.similarity >= Listed {
					best[i] = keep(best[i], m)
					best[o] = keep(best[o], m)
				}
			}
			shared[o] = 0
		}
		met = met[:0]
	}
	var out []match
	for i := range best {
		for _, m := range best[i] {
			if i == m.a || !slices.Contains(best[m.a], m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// again gives for each doc the next one of the same words, on another channel; -1 for none.
func (x *index) again() []int {
	next := make([]int, len(x.docs))
	last := make(map[uint64]int, len(x.docs))
	for i := len(x.docs) - 1; i >= 0; i-- {
		next[i] = -1
		if o, ok := last[x.docs[i].print.content]; ok {
			next[i] = o
		}
		last[x.docs[i].print.content] = i
	}
	return next
}

// promising is the share of the lesser text that must be met along the lists before two texts are compared whole.
const promising = .15

func keep(best []match, m match) []match {
	best = append(best, m)
	if len(best) <= perPost {
		return best
	}
	least := 0
	for i, b := range best {
		if b.similarity < best[least].similarity || b.similarity == best[least].similarity && (b.a > best[least].a || b.a == best[least].a && b.b > best[least].b) {
			least = i
		}
	}
	return slices.Delete(best, least, least+1)
}

// similarity compares two docs whole.
func (x *index) similarity(i, j int) float64 {
	a, b := &x.docs[i], &x.docs[j]
	shared := 0.0
	s, t := a.print.shingles, b.print.shingles
	for p, q := 0, 0; p < len(s) && q < len(t); {
		switch {
		case s[p] < t[q]:
			p++
		case s[p] > t[q]:
			q++
		default:
			shared += float64(x.weight[x.at[a.first+p]])
			p, q = p+1, q+1
		}
	}
	if a.print.content == b.print.content {
		return whole(a.print)
	}
	return worth(shared, a.total, b.total)
}

// whole is the similarity of two texts of the same words: 1, but for what is too short to be a message of its own.
func whole(p *Print) float64 {
	if len(p.tokens) < 4 {
		return 0
	}
	return 1
}

// slack keeps short texts that share a phrase from being taken for one message: the weight of two runs of words.
const slack = 1.5

// worth turns the weight two texts share into a similarity: the share of the lesser one's, so that a text cut short is found in the
// whole, squared, so that .5 stands where one word in six was changed.
func worth(shared, a, b float64) float64 {
	c := shared / (min(a, b) + slack)
	return float64(c * c)
}
