package duplicates

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// index holds, for every shingle, the list of the docs it stands in, by channel and id. All lists stand in one row.
type index struct {
	posts []Post
	docs  []doc
	row   row
	at    []uint32 // where each shingle of each doc stands in the row, in the order of docs
}

// row is the lists one after the other, by shingle.
type row struct {
	shingle []uint32  // whose list this is
	owner   []uint32  // the doc
	weight  []float32 // of the shingle: 1 / the root of the most docs of one channel that hold it
}

// fit gives room for n, with what is there left as it is or lost.
func (r *row) fit(n int) {
	if cap(r.shingle) < n || cap(r.shingle) > 4*n+1<<16 { // what a larger board needed does not stay
		room := n
		if r.shingle != nil {
			room += n / 8 // so that typing does not ask again at once
		}
		*r = row{make([]uint32, room), make([]uint32, room), make([]float32, room)}
	}
	r.shingle, r.owner, r.weight = r.shingle[:n], r.owner[:n], r.weight[:n]
}

// build lays out the index of all docs, in the room of one that is no longer needed; all are stale.
func (x *index) build(old *index, other *row) (stale []bool) {
	n := 0
	for i := range x.docs {
		n += len(x.docs[i].print.shingles)
	}
	from, to := &old.row, other
	from.fit(n)
	to.fit(n)
	g := 0
	for i := range x.docs {
		for _, s := range x.docs[i].print.shingles {
			from.shingle[g], from.owner[g] = s, uint32(i)
			g++
		}
	}
	x.at = old.at
	sortByShingle(from, to)
	x.row, *other = *to, *from
	x.place()
	for from, to := 0, 0; from < n; from = to {
		to = x.listEnd(from)
		w := x.worthOf(from, to)
		for p := from; p < to; p++ {
			x.row.weight[p] = w
		}
	}
	stale = make([]bool, len(x.docs))
	for i := range x.docs {
		x.weigh(i)
		stale[i] = true
	}
	return stale
}

// place finds where the shingles of each doc stand. Both the row and the shingles of a doc are sorted, so they are met in order.
func (x *index) place() {
	n := len(x.row.shingle)
	if cap(x.at) < n || cap(x.at) > 4*n+1<<16 {
		x.at = make([]uint32, n+n/8)
	}
	x.at = x.at[:n]
	next, sum := make([]uint32, len(x.docs)), 0
	for i := range x.docs {
		x.docs[i].first, next[i] = sum, uint32(sum)
		sum += len(x.docs[i].print.shingles)
	}
	for p, o := range x.row.owner {
		x.at[next[o]] = uint32(p)
		next[o]++
	}
}

func (x *index) places(doc int) []uint32 {
	d := &x.docs[doc]
	return x.at[d.first : d.first+len(d.print.shingles)]
}

// listEnd is where the list of the shingle at p ends.
func (x *index) listEnd(p int) int {
	s := x.row.shingle
	end := p
	for end < len(s) && s[end] == s[p] {
		end++
	}
	return end
}

// worthOf is the weight of a shingle whose list stands between two places.
func (x *index) worthOf(from, to int) float32 {
	most, run := 0, 0
	for p := from; p < to; p++ {
		if p > from && x.docs[x.row.owner[p]].channel != x.docs[x.row.owner[p-1]].channel {
			run = 0
		}
		run++
		most = max(most, run)
	}
	return float32(1 / math.Sqrt(float64(most)))
}

func (x *index) weigh(doc int) {
	total := 0.0
	for _, p := range x.places(doc) {
		total += float64(x.row.weight[p])
	}
	x.docs[doc].total = total
}

// sortByShingle is a radix sort from one row into another, the weights left out; entries of one shingle stay in order.
func sortByShingle(from, to *row) {
	const bits = 11
	for shift := 0; shift < 32; shift += bits {
		var count [1 << bits]int
		for _, s := range from.shingle {
			count[s>>shift&(1<<bits-1)]++
		}
		sum := 0
		for i, c := range count {
			count[i] = sum
			sum += c
		}
		for p, s := range from.shingle {
			b := s >> shift & (1<<bits - 1)
			to.shingle[count[b]], to.owner[count[b]] = s, from.owner[p]
			count[b]++
		}
		*from, *to = *to, *from
	}
	*from, *to = *to, *from
}

// ---- after an edit ----

// follow lays the index out from the one before, where few docs differ, and says whose near docs must be looked for again; nil where so
// much differs that building anew is less work. What old held is then no longer sound.
func (x *index) follow(old *index, other *row) (stale []bool) {
	e := edit{moved: make([]int, len(old.docs))}
	if !e.compare(old.docs, x.docs, len(old.row.shingle)/8) {
		return nil
	}
	e.apply(&old.row, other)
	x.row, *other = *other, old.row
	x.at = old.at
	x.place()

	stale = make([]bool, len(x.docs))
	reweighed := make([]bool, len(x.docs))
	for _, i := range e.changed {
		reweighed[i] = true
	}
	for _, t := range e.touched {
		x.touch(t, stale, reweighed)
	}
	for i, again := range reweighed {
		if !again {
			continue
		}
		x.weigh(i)
		stale[i] = true
		for _, p := range x.places(i) { // whoever meets it along a list
			for q := int(p) - 1; q >= 0 && int(p)-q <= reach && x.row.shingle[q] == x.row.shingle[p]; q-- {
				stale[x.row.owner[q]] = true
			}
		}
	}
	for i, o := range e.moved {
		if o < 0 {
			continue
		}
		d := &x.docs[o]
		if again := old.docs[i].again; again < 0 {
			stale[o] = stale[o] || d.again >= 0
		} else if at := e.moved[again]; at < 0 || at != d.again {
			stale[o] = true
		}
		if stale[o] {
			continue
		}
		d.near = old.docs[i].near
		for k := range d.near {
			d.near[k].doc = e.moved[d.near[k].doc] // none of them is gone: this doc would be stale
		}
	}
	return stale
}

// edit is what differs between the docs of before and those of now.
type edit struct {
	moved       []int // where each doc of before stands now; -1: nowhere
	changed     []int // docs of now that are new, or of other words
	gone, fresh row   // entries to leave out of the row, by docs of before; to put into it, by docs of now
	touched     []touch
}

// touch is a place in the row where an entry came or went.
type touch struct {
	shingle uint32
	at      int
}

// compare fills in what differs; false where it is more than so many entries.
func (e *edit) compare(old, now []doc, most int) bool {
	none := &Print{}
	for i, j := 0, 0; i < len(old) || j < len(now); {
		was, is, order := none, none, 0
		switch {
		case i == len(old):
			order = 1
		case j == len(now):
			order = -1
		default:
			order = cmp.Or(strings.Compare(old[i].channel, now[j].channel), strings.Compare(old[i].id, now[j].id))
		}
		if order <= 0 {
			was, e.moved[i] = old[i].print, -1
		}
		if order >= 0 {
			is = now[j].print
		}
		if order == 0 {
			e.moved[i] = j
			now[j].total = old[i].total
		}
		if is != was {
			e.gone.without(was.shingles, is.shingles, i)
			e.fresh.without(is.shingles, was.shingles, j)
			if order >= 0 {
				e.changed = append(e.changed, j)
			}
		}
		if len(e.gone.shingle)+len(e.fresh.shingle) > most {
			return false
		}
		if order <= 0 {
			i++
		}
		if order >= 0 {
			j++
		}
	}
	return true
}

// without adds the entries of one sorted set that another does not hold.
func (r *row) without(set, other []uint32, doc int) {
	for _, s := range set {
		for len(other) > 0 && other[0] < s {
			other = other[1:]
		}
		if len(other) == 0 || other[0] != s {
			r.shingle, r.owner = append(r.shingle, s), append(r.owner, uint32(doc))
		}
	}
}

// apply writes the row of before into another, with what differs.
func (e *edit) apply(old, to *row) {
	for _, r := range []*row{&e.gone, &e.fresh} { // collected by doc
		var sorted row
		sorted.fit(len(r.shingle))
		sortByShingle(r, &sorted)
		*r = sorted
	}
	to.fit(len(old.shingle) + len(e.fresh.shingle) - len(e.gone.shingle))
	p, f, g := 0, 0, 0
	enter := func() {
		to.shingle[p], to.owner[p], to.weight[p] = e.fresh.shingle[f], e.fresh.owner[f], 0
		e.touched = append(e.touched, touch{to.shingle[p], p})
		p, f = p+1, f+1
	}
	for q, s := range old.shingle {
		for f < len(e.fresh.shingle) && e.fresh.shingle[f] < s {
			enter()
		}
		if g < len(e.gone.shingle) && e.gone.shingle[g] == s && e.gone.owner[g] == old.owner[q] {
			e.touched = append(e.touched, touch{s, p})
			g++
			continue
		}
		o := uint32(e.moved[old.owner[q]])
		for f < len(e.fresh.shingle) && e.fresh.shingle[f] == s && e.fresh.owner[f] < o {
			enter()
		}
		to.shingle[p], to.owner[p], to.weight[p] = s, o, old.weight[q]
		p++
	}
	for f < len(e.fresh.shingle) {
		enter()
	}
}

// touch weighs anew the shingle whose list has changed, and marks the docs that saw the change along it.
func (x *index) touch(t touch, stale, reweighed []bool) {
	s := x.row.shingle
	from := t.at // or where it would stand
	for from > 0 && s[from-1] == t.shingle {
		from--
	}
	if from == len(s) || s[from] != t.shingle {
		return // the list is empty
	}
	to := x.listEnd(from)
	w := x.worthOf(from, to)
	for p := from; p < to; p++ {
		if x.row.weight[p] != w {
			x.row.weight[p] = w
			reweighed[x.row.owner[p]] = true
		}
	}
	for p := max(from, t.at-many); p < min(to, t.at+1); p++ { // how far a list reaches is asked this far on
		stale[x.row.owner[p]] = true
	}
}

// ---- comparing ----

// How far along a list the docs it joins to one are looked for. Two copies of a message share words that few others hold, and are met
// there; where everything they share is common, they still stand near each other in many lists. So the work is bounded, whatever all
// channels repeat.
const (
	reach = 8  // in a list of few
	many  = 16 // docs
	brief = 2  // in a list of many
)

// look finds the docs near each stale one, of those after it.
func (x *index) look(stale []bool) {
	shared := make([]float64, len(x.docs)) // with the present doc, over the lists as far as they are read
	var met []int
	row := &x.row
	for i, again := range stale {
		if !again {
			continue
		}
		d := &x.docs[i]
		d.near = nil
		for _, p := range x.places(i) {
			far := p + reach
			if p+many < uint32(len(row.shingle)) && row.shingle[p+many] == row.shingle[p] {
				far = p + brief
			}
			for q := p + 1; q < uint32(len(row.shingle)) && q <= far && row.shingle[q] == row.shingle[p]; q++ {
				o := int(row.owner[q])
				if shared[o] == 0 {
					met = append(met, o)
				}
				shared[o] += float64(row.weight[p])
			}
		}
		if o := d.again; o >= 0 && shared[o] == 0 { // every list of a text can be crowded
			met = append(met, o)
		}
		for _, o := range met {
			if s := shared[o]; o == d.again || s >= float64(promising*min(d.total, x.docs[o].total)) {
				if same := x.similarity(i, o); same >= Listed {
					d.near = append(d.near, near{doc: o, similarity: same})
				}
			}
			shared[o] = 0
		}
		met = met[:0]
	}
}

// promising is the share of the lesser text that must be met along the lists before two texts are compared whole.
const promising = .15

// matches gives the docs alike enough to be told, the best few of each doc.
func (x *index) matches(room *[]match) []match {
	n := len(x.docs) * perPost
	if cap(*room) < n || cap(*room) > 4*n+1<<16 {
		*room = make([]match, n+n/8)
	}
	all := (*room)[:n]
	clear((*room)[:cap(*room)])
	best := func(i int) []match {
		of := all[i*perPost : (i+1)*perPost]
		for n, m := range of {
			if m.near == nil {
				return of[:n]
			}
		}
		return of
	}
	for i := range x.docs {
		for k := range x.docs[i].near {
			m := match{i, &x.docs[i].near[k]}
			keep(best(i), m)
			keep(best(m.doc), m)
		}
	}
	var out []match
	for i := range x.docs {
		for _, m := range best(i) {
			if i == m.a || !slices.Contains(best(m.a), m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// keep puts a match among the best of a doc, where there is room for perPost.
func keep(best []match, m match) {
	if n := len(best); n < perPost {
		best[:n+1][n] = m
		return
	}
	least, at := m, -1
	for i, b := range best {
		if b.similarity < least.similarity || b.similarity == least.similarity && (b.a > least.a || b.a == least.a && b.doc > least.doc) {
			least, at = b, i
		}
	}
	if at >= 0 {
		best[at] = m
	}
}

// similarity compares two docs whole.
func (x *index) similarity(i, j int) float64 {
	a, b := &x.docs[i], &x.docs[j]
	if a.print.content == b.print.content {
		return whole(a.print)
	}
	shared := 0.0
	s, t := a.print.shingles, b.print.shingles
	for p, q := 0, 0; p < len(s) && q < len(t); {
		if s[p] == t[q] {
			shared += float64(x.row.weight[x.at[a.first+p]])
			p, q = p+1, q+1
			continue
		}
		p, q = next(p, q, s[p], t[q])
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
