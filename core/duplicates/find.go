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

// Finder compares the posts of a board; what it needs for that it uses again the next time. It is not safe for use by several
// goroutines at once; the zero Finder is ready.
type Finder struct{ rows rows }

// Find compares all posts. What it tells does not depend on their order. Time and memory are linear in the length of the texts.
func (f *Finder) Find(posts []Post) *Found {
	x := newIndex(posts, &f.rows)
	matches := x.matches()
	return &Found{Pairs: x.pairs(matches), Twins: x.twins(matches)}
}

// doc is a text of a channel; word for word repetitions on that channel are one doc.
type doc struct {
	channel string
	posts   []int // indexes of posts, by id
	print   *Print
	total   float64 // weight of its shingles
	first   int     // where its shingles begin in the index
}

type match struct {
	a, b       int // docs, a < b
	similarity float64
}

func newIndex(posts []Post, rows *rows) *index {
	order := make([]int, 0, len(posts))
	for i := range posts {
		if p := posts[i].Print; p != nil && len(p.tokens) > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &posts[i], &posts[j]
		return cmp.Or(strings.Compare(a.Channel, b.Channel), strings.Compare(a.ID, b.ID))
	})
	x := &index{posts: posts}
	seen := map[uint64]int{} // texts of the present channel
	for n, i := range order {
		p := &posts[i]
		if n > 0 && posts[order[n-1]].Channel != p.Channel {
			clear(seen)
		}
		if d, ok := seen[p.Print.content]; ok {
			x.docs[d].posts = append(x.docs[d].posts, i)
			continue
		}
		seen[p.Print.content] = len(x.docs)
		x.docs = append(x.docs, doc{channel: p.Channel, posts: []int{i}, print: p.Print})
	}
	x.build(rows)
	return x
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
		add(x.posts[x.docs[m.a].posts[0]].ID, x.posts[x.docs[m.b].posts[0]].ID, m.similarity)
	}
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

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func (x *index) twins(matches []match) []Twin {
	content := func(doc int) uint64 { return x.docs[doc].print.content }
	same := upTo(len(x.docs)) // the docs of each text together, whatever their channel
	slices.SortFunc(same, func(i, j int) int { return cmp.Or(cmp.Compare(content(i), content(j)), i-j) })
	docsOf := map[uint64][]int{}
	for from, to := 0, 0; from < len(same); from = to {
		for to = from; to < len(same) && content(same[to]) == content(same[from]); to++ {
		}
		docsOf[content(same[from])] = same[from:to:to]
	}
	type leaning struct{ from, to uint64 }
	known := map[leaning]bool{}
	alike := map[uint64][]int{} // docs that hold nine tenths of a text, but for those of the text itself
	for _, m := range matches {
		for _, ends := range [2][2]*doc{{&x.docs[m.a], &x.docs[m.b]}, {&x.docs[m.b], &x.docs[m.a]}} {
			from, to := ends[0], ends[1]
			l := leaning{from.print.content, to.print.content}
			if l.from != l.to && !known[l] {
				known[l] = true
				if contained(from.print.runs(), to.print.runs()) >= twinShare {
					alike[l.from] = append(alike[l.from], docsOf[l.to]...)
				}
			}
		}
	}

	out := make([]Twin, len(x.posts))
	for from, to := 0, 0; from < len(same); from = to {
		docs := docsOf[content(same[from])]
		to = from + len(docs)
		all := slices.Concat(docs, alike[content(same[from])])
		slices.SortFunc(all, cmp.Compare[int]) // by channel, then by id
		all = slices.Compact(all)
		channels := make([]string, len(all))
		for i, d := range all {
			channels[i] = x.docs[d].channel
		}
		if channels = slices.Compact(channels); len(channels) < 2 {
			continue
		}
		for _, d := range docs {
			other := slices.IndexFunc(all, func(o int) bool { return x.docs[o].channel != x.docs[d].channel })
			for _, p := range x.docs[d].posts {
				out[p] = Twin{channels, x.posts[x.docs[all[other]].posts[0]].ID}
			}
		}
	}
	return out
}
