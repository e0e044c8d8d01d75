package duplicates

import (
	"cmp"
	"slices"
	"strings"
)

// Post is one message. IDs are those of one board: no two are equal.
type Post struct {
	ID, Channel string
	Print       *Print
}

// Pair says that two messages are one, posted twice. A < B.
type Pair struct {
	A, B       string
	Similarity float64 // Listed…1; from Same on they are the same message
}

const (
	Same   = .5  // similarity from which two messages are the same message posted again
	Listed = .15 // similarity under which a pair is not told: a doubt may be ranked, chance may not

	// MaxPairs bounds what is told; the most alike stand first.
	MaxPairs = 500
	perPost  = 3 // best pairs kept of each text
)

// Found is what the posts of a board repeat.
type Found struct {
	Pairs []Pair // the most alike first, then by id
	Twins []Twin // one for each post, in the order they were given
}

// Twin tells where else a post stands almost word for word: with at least nine tenths of its runs of five words.
type Twin struct {
	Channels []string // the post's own and those that hold a twin, sorted and shared between posts; nil where there is none
	Example  string   // id of a twin on another channel
}

const (
	twinWide  = 5
	twinShare = .9
)

// Finder compares the posts of a board. It keeps what it found: where few posts differ from those of the last time, only what they touch is
// compared again, and the answer is the one a new Finder gives. It is not safe for use by several goroutines at once; the zero Finder is ready.
type Finder struct {
	last  index
	order []int          // of the posts, by channel and id
	words map[uint64]int // the last doc of each text, while they are gathered
	other row            // room for the next row
	best  []match        // room for the matches of each doc
}

// Find compares all posts. What it tells does not depend on their order. Time and memory are linear in the length of the texts; after an edit,
// time is a few steps for each message, and reading what stands near the edited one.
func (f *Finder) Find(posts []Post) *Found {
	x := index{posts: posts, docs: f.gather(posts)}
	stale := x.follow(&f.last, &f.other)
	if stale == nil {
		stale = x.build(&f.last, &f.other)
	}
	x.look(stale)
	f.last = x
	f.last.posts = nil
	matches := x.matches(&f.best)
	return &Found{Pairs: x.pairs(matches), Twins: x.twins(matches)}
}

// doc is a text of a channel; word for word repetitions on that channel are one doc.
type doc struct {
	channel string
	posts   []int // indexes of posts, by id
	id      string
	print   *Print
	again   int     // the next doc of the same words, on another channel; -1 for none
	total   float64 // weight of its shingles
	first   int     // where its shingles begin in the index
	near    []near  // docs after it that are alike enough to be told
}

// near is a doc that is like one before it.
type near struct {
	doc        int
	similarity float64
	twins      twins
}

// match is a doc and one after it that is like it.
type match struct {
	a int
	*near
}

// gather lays the posts out as docs, by channel and id.
func (f *Finder) gather(posts []Post) []doc {
	told := make([]int, 0, len(posts))
	for i := range posts {
		if p := posts[i].Print; p != nil && len(p.tokens) > 0 {
			told = append(told, i)
		}
	}
	compare := func(i, j int) int {
		a, b := &posts[i], &posts[j]
		return cmp.Or(strings.Compare(a.Channel, b.Channel), strings.Compare(a.ID, b.ID))
	}
	if !stillOrders(f.order, told, compare) {
		f.order = told
		slices.SortFunc(f.order, compare)
	}
	docs := make([]doc, 0, len(told))
	room := make([]int, 0, len(told)) // most docs are one post
	if f.words == nil {
		f.words = map[uint64]int{}
	}
	clear(f.words)
	for _, i := range f.order {
		p := &posts[i]
		d, met := f.words[p.Print.content] // the last doc of these words
		if met && docs[d].channel == p.Channel {
			docs[d].posts = append(docs[d].posts, i)
			continue
		}
		if met {
			docs[d].again = len(docs)
		}
		f.words[p.Print.content] = len(docs)
		room = append(room, i)
		docs = append(docs, doc{channel: p.Channel, posts: room[len(room)-1 : len(room) : len(room)], id: p.ID, print: p.Print, again: -1})
	}
	return docs
}

// stillOrders reports whether an order of before puts these posts in order too. told is in ascending order.
func stillOrders(order, told []int, compare func(i, j int) int) bool {
	n := len(told)
	if len(order) != n || n > 0 && (told[n-1] != n-1 || slices.Max(order) != n-1) {
		return false // only where no post is left out: as many numbers, all different, none greater
	}
	for k := 1; k < n; k++ {
		if compare(order[k-1], order[k]) >= 0 {
			return false
		}
	}
	return true
}

// pairs turns matches of texts into pairs of messages: the first of each text, and each repetition with the one before it.
func (x *index) pairs(matches []match) []Pair {
	var out []Pair
	add := func(a, b string, similarity float64) {
		if similarity >= Listed {
			out = append(out, Pair{min(a, b), max(a, b), similarity})
		}
	}
	for i := range x.docs {
		d := &x.docs[i]
		for n, p := range d.posts[1:] {
			add(x.posts[d.posts[n]].ID, x.posts[p].ID, whole(d.print))
		}
	}
	for _, m := range matches {
		add(x.docs[m.a].id, x.docs[m.doc].id, m.similarity)
	}
	out = mostAlike(out)
	order := upTo(len(out)) // every sort is one of numbers: a sort of each type would weigh as much as the rest
	slices.SortFunc(order, func(i, j int) int {
		p, q := &out[i], &out[j]
		return cmp.Or(cmp.Compare(q.Similarity, p.Similarity), strings.Compare(p.A, q.A), strings.Compare(p.B, q.B))
	})
	best := make([]Pair, min(len(out), MaxPairs))
	for n := range best {
		best[n] = out[order[n]]
	}
	return best
}

// mostAlike leaves out pairs that are too far down to be told, so that few are left to sort.
func mostAlike(pairs []Pair) []Pair {
	const steps = 1 << 10
	step := func(p *Pair) int { return int(p.Similarity * (steps - 1)) }
	var count [steps]int
	for i := range pairs {
		count[step(&pairs[i])]++
	}
	least, told := steps, 0
	for told < MaxPairs && least > 0 {
		least--
		told += count[least]
	}
	out := pairs[:0]
	for i := range pairs {
		if step(&pairs[i]) >= least {
			out = append(out, pairs[i])
		}
	}
	return out
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// twins says of two docs whether each holds nine tenths of the other, once that was asked.
type twins byte

const (
	asked       twins = 1 << iota
	earlierHeld       // the runs of the earlier one stand in the later one
	laterHeld
)

func (x *index) held(m match) twins {
	if m.twins&asked == 0 {
		a, b := x.docs[m.a].print, x.docs[m.doc].print
		shared := common(a.shingles, b.shingles)
		m.twins = asked
		if a.mayStand(shared) && contained(a.runs(), b.runs()) >= twinShare {
			m.twins |= earlierHeld
		}
		if b.mayStand(shared) && contained(b.runs(), a.runs()) >= twinShare {
			m.twins |= laterHeld
		}
	}
	return m.twins
}

func (x *index) twins(matches []match) []Twin {
	head := make([]int, len(x.docs)) // the first doc of the same words, whatever their channel
	for i := range head {
		head[i] = -1
	}
	for i := range x.docs {
		if head[i] < 0 {
			head[i] = i
		}
		if o := x.docs[i].again; o >= 0 {
			head[o] = head[i]
		}
	}
	alike := map[int][]int{} // heads of the texts that hold nine tenths of a text, by its own
	for _, m := range matches {
		a, b := head[m.a], head[m.doc]
		if a == b {
			continue
		}
		held := x.held(m)
		if held&earlierHeld != 0 {
			alike[a] = append(alike[a], b)
		}
		if held&laterHeld != 0 {
			alike[b] = append(alike[b], a)
		}
	}

	out := make([]Twin, len(x.posts))
	var all []int
	for i := range x.docs {
		texts, some := alike[i]
		if head[i] != i || x.docs[i].again < 0 && !some {
			continue
		}
		all = x.chain(all[:0], i)
		slices.SortFunc(texts, cmp.Compare[int])
		for _, t := range slices.Compact(texts) {
			all = x.chain(all, t)
		}
		slices.SortFunc(all, cmp.Compare[int]) // by channel, then by id
		channels := make([]string, 0, len(all))
		for _, d := range all {
			if c := x.docs[d].channel; len(channels) == 0 || channels[len(channels)-1] != c {
				channels = append(channels, c)
			}
		}
		if len(channels) < 2 {
			continue
		}
		for d := i; d >= 0; d = x.docs[d].again {
			other := slices.IndexFunc(all, func(o int) bool { return x.docs[o].channel != x.docs[d].channel })
			for _, p := range x.docs[d].posts {
				out[p] = Twin{channels, x.docs[all[other]].id}
			}
		}
	}
	return out
}

// chain adds a doc and those after it of the same words.
func (x *index) chain(to []int, doc int) []int {
	for ; doc >= 0; doc = x.docs[doc].again {
		to = append(to, doc)
	}
	return to
}
