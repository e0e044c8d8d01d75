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

// sample is the part of a profile that is compared, with what comparing it to itself says.
type sample struct {
	posts  []*Vector
	sums   [views][]int32   // over posts; none for stems, whose similarity is not linear
	own    [views][]float64 // of each post: its mean similarity to the others of the sample
	within [views]float64   // the mean of own: how alike two posts of the channel are
	style  [styles]moments
}

// moments are a mean and an unbiased variance, over posts.
type moments struct{ mean, variance float64 }

func newSample(posts []*Vector, scratch *scratch) *sample {
	s := &sample{posts: posts}
	for w := chars; w < views; w++ {
		s.sums[w] = make([]int32, 1<<viewBits[w])
		for _, v := range posts {
			for i, at := range v.seen[w].at {
				s.sums[w][at] += int32(v.seen[w].val[i])
			}
		}
	}
	for w := range views {
		s.own[w] = s.similarities(w, s, scratch)
		for _, x := range s.own[w] {
			s.within[w] += x / float64(len(posts))
		}
	}
	s.style = styleOf(posts)
	return s
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

// scratch is a text's stems, laid out for looking up; it is empty between uses.
type scratch [1 << 16]int32

// burst bounds how alike two posts may be: beyond it they were made on one template or tell one story, which says nothing more of whose they are.
const burst = 15 * one * one / 100

// similarities gives, for each post of s, its mean similarity to the posts of o, itself left out.
func (s *sample) similarities(w view, o *sample, dense *scratch) []float64 {
	out := make([]float64, len(s.posts))
	for i, a := range s.posts {
		others := len(o.posts)
		if s == o {
			others--
		}
		if others == 0 {
			continue
		}
		var sum int64
		if w == stems {
			sum = o.nearness(a, i, s == o, dense)
		} else {
			x := a.seen[w]
			sums := o.sums[w]
			for k, at := range x.at {
				v := int64(x.val[k])
				sum += v * int64(sums[at])
				if s == o {
					sum -= v * v
				}
			}
		}
		out[i] = float64(sum) / (one * one) / float64(others)
	}
	return out
}

// nearness sums the bounded similarity of a post's stems to those of o's posts, but for the one at self.
func (o *sample) nearness(a *Vector, self int, same bool, dense *scratch) (sum int64) {
	x := a.seen[stems]
	for k, at := range x.at {
		dense[at] = int32(x.val[k])
	}
	for j, b := range o.posts {
		if same && j == self {
			continue
		}
		var dot int64
		y := b.seen[stems]
		for k, at := range y.at {
			dot += int64(dense[at]) * int64(y.val[k])
		}
		sum += min(dot, int64(burst))
	}
	for _, at := range x.at {
		dense[at] = 0
	}
	return sum
}
