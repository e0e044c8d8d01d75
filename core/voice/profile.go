package voice

import (
	"cmp"
	"slices"
	"sync"

	"unisson/core/order"
	"unisson/core/text"
)

// Post is one message of a channel: its text, read twice.
type Post struct {
	Text     string
	Features *text.Features
	Vector   *Vector
}

// Profile is what a channel's texts come to. It is immutable: whoever keeps it by channel pays for an edit with one channel's texts.
type Profile struct {
	lang     text.Lang
	posts    []Post
	messages int       // in lang, with words
	members  []*Vector // the vectors of those messages, each once, by key; at most maxCompared
	key      uint64
	counting sync.Once // terms are wanted only once somebody asks for marks
	terms    []term    // by hash
	tokens   int
}

// maxCompared bounds how many messages of a channel are compared with others'. The ones with the lowest keys are taken:
// a sample that neither the order of messages nor an edit elsewhere changes.
const maxCompared = 128

// NewProfile reads one channel's posts, in the language most of them are in: those in others are left out of every comparison.
// It keeps posts, which must not change any more.
func NewProfile(posts []Post) *Profile {
	p := &Profile{lang: commonest(posts), posts: posts}
	for i := range posts {
		if v := posts[i].Vector; p.reads(v) {
			p.messages++
			p.members = append(p.members, v)
			p.key += spread(v.key)
		}
	}
	order.Func(p.members, func(a, b *Vector) int { return cmp.Compare(spread(a.key), spread(b.key)) })
	p.members = slices.Clone(p.members[:min(len(p.members), maxCompared)])
	return p
}

func (p *Profile) reads(v *Vector) bool { return !v.empty && v.lang == p.lang }

// Messages is how many of the posts are compared: those with words, in the language of most.
func (p *Profile) Messages() int { return p.messages }

// Lang is the language most posts are in.
func (p *Profile) Lang() text.Lang { return p.lang }

// Readable says whether the language is one of those that are told from one another: of two channels in others nobody knows whether they are in one.
func (p *Profile) Readable() bool { return p.lang == text.FR || p.lang == text.EN }

func commonest(posts []Post) (best text.Lang) {
	var n [text.Other + 1]int
	for i := range posts {
		if v := posts[i].Vector; !v.empty {
			n[v.lang]++
		}
	}
	for l, k := range n {
		if k > n[best] {
			best = text.Lang(l)
		}
	}
	return best
}

// spread mixes all bits of a key into each (the finaliser of SplitMix64).
func spread(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// sample is the part of a profile that is compared, with what comparing it to itself says. What only channels of its kind are
// compared by is computed once one is.
type sample struct {
	posts  []*Vector
	own    [views][]float64 // of each post: its mean similarity to the others of the sample
	within [views]float64   // the mean of own: how alike two posts of the channel are
	sums   []int32          // over posts, of chars, whose similarity is linear; nil until it is asked for
	style  [styles]moments
	drawn  *draws // nil until intervals are asked for
}

// moments are a mean and an unbiased variance, over posts.
type moments struct{ mean, variance float64 }

func newSample(posts []*Vector, scratch *scratch) *sample {
	s := &sample{posts: posts}
	for _, v := range posts {
		v.measure(&scratch.counter)
	}
	s.see(stems, s.nearness(&scratch.postings))
	s.style = styleOf(s.posts)
	return s
}

// spelling adds what channels of one kind alone are compared by.
func (s *sample) spelling() {
	if s.sums != nil {
		return
	}
	s.sums = make([]int32, 1<<viewBits[chars])
	for _, v := range s.posts {
		for i, at := range v.seen[chars].at {
			s.sums[at] += int32(v.seen[chars].val[i])
		}
	}
	s.see(chars, s.spelledLike(s))
}

func (s *sample) see(w view, own []float64) {
	s.own[w] = own
	for _, x := range own {
		s.within[w] += x / float64(len(own))
	}
}

func styleOf(posts []*Vector) (out [styles]moments) {
	n := float64(len(posts))
	for k := range out {
		var sum, squares int64
		for _, v := range posts {
			x := int64(v.style[k])
			sum += x
			squares += x * x
		}
		mean := float64(sum) / n / one
		out[k] = moments{mean, max(0, float64(squares)/one/one-float64(n*float64(mean*mean))) / max(n-1, 1)}
	}
	return out
}

// scratch is what comparing needs and can use again. It is empty between uses.
type scratch struct {
	postings postings
	counter  counter
}

// It is larger than what many a board holds, so boards share it.
var scratches = sync.Pool{New: func() any { return new(scratch) }}

// postings are the stems of some texts, each with the texts that hold it: two texts share few stems, and looking through all of one for each other
// takes many times as long.
type postings struct {
	first [1 << 16]int32 // of a stem: the posting of the last text laid that holds it, counted from 1; 0 for none
	all   []posting
	dots  []int64 // of each text laid
}

type posting struct {
	next      int32  // counted from 1
	text, val uint16 // of the texts laid, which a budget keeps to a thousand or so
}

// lay adds a text.
func (p *postings) lay(x sparse) {
	for k, at := range x.at {
		p.all = append(p.all, posting{p.first[at], uint16(len(p.dots)), x.val[k]})
		p.first[at] = int32(len(p.all))
	}
	p.dots = append(p.dots, 0)
}

// near gives the similarities of a text to those laid, in fixed point. They are bounded.
func (p *postings) near(y sparse) []int64 {
	clear(p.dots)
	for k, at := range y.at {
		val := int64(y.val[k])
		for n := p.first[at]; n > 0; {
			with := &p.all[n-1]
			p.dots[with.text] += int64(with.val) * val
			n = with.next
		}
	}
	for i, dot := range p.dots {
		p.dots[i] = min(dot, burst)
	}
	return p.dots
}

func (p *postings) clear(posts []*Vector) {
	for _, v := range posts {
		for _, at := range v.seen[stems].at {
			p.first[at] = 0
		}
	}
	p.all, p.dots = p.all[:0], p.dots[:0]
}

// burst bounds how alike two posts may be: beyond it they were made on one template or tell one story, which says nothing more of whose they are.
const burst = 15 * one * one / 100

// nearness gives, for each post, the mean similarity of its stems to those of the others.
func (s *sample) nearness(postings *postings) []float64 {
	sums := make([]int64, len(s.posts))
	for i, v := range s.posts {
		for j, dot := range postings.near(v.seen[stems]) {
			sums[i] += dot
			sums[j] += dot
		}
		postings.lay(v.seen[stems])
	}
	postings.clear(s.posts)
	return means(sums, len(s.posts)-1)
}

// nearTo gives, for each post of two samples, the mean similarity of its stems to those of the other sample's posts.
func (s *sample) nearTo(o *sample, postings *postings) (mine, theirs []float64) {
	a, b := make([]int64, len(s.posts)), make([]int64, len(o.posts))
	for _, v := range s.posts {
		postings.lay(v.seen[stems])
	}
	for j, w := range o.posts {
		for i, dot := range postings.near(w.seen[stems]) {
			a[i] += dot
			b[j] += dot
		}
	}
	postings.clear(s.posts)
	return means(a, len(o.posts)), means(b, len(s.posts))
}

// spelledLike gives, for each post of s, the mean similarity of its characters to those of the posts of o, itself left out.
func (s *sample) spelledLike(o *sample) []float64 {
	sums, others := make([]int64, len(s.posts)), len(o.posts)
	if s == o {
		others--
	}
	for i, a := range s.posts {
		x := a.seen[chars]
		for k, at := range x.at {
			v := int64(x.val[k])
			sums[i] += v * int64(o.sums[at])
			if s == o {
				sums[i] -= v * v
			}
		}
	}
	return means(sums, others)
}

func means(sums []int64, n int) []float64 {
	out := make([]float64, len(sums))
	if n == 0 {
		return out
	}
	for i, sum := range sums {
		out[i] = float64(sum) / (one * one) / float64(n)
	}
	return out
}
