// Package voice tells whether an organisation's channels speak with one voice.
//
// Every text becomes a vector once (Reader.Vector), every channel a profile (NewProfile), and an Analyst compares the profiles:
// how far each channel belongs with the rest, how sure that is, and which words make it another animal (Marks).
// Channels are compared within one language only. Results depend on neither the order of channels nor that of posts.
package voice

import (
	"cmp"
	"slices"

	"unisson/core/order"
	"unisson/core/text"
)

// State says how much there was to compare.
type State uint8

const (
	Insufficient State = iota // fewer than 5 messages here or elsewhere, no other channel in its language, or a language that is not read
	Indicative                // 5 to 9 messages here or elsewhere: shown, never a verdict
	Evaluated                 // at least 10 messages here and 10 elsewhere
)

const (
	enough  = 10
	hinting = 5
)

// Channel is one channel to compare.
type Channel struct {
	ID      string
	Kind    string // only channels of one kind are compared by style: a newsletter is no post
	Apart   bool   // it is declared to speak otherwise (a segment's address, a young tone): compared, never accused, no measure for the others
	Profile *Profile
}

// Range is a 95 % bootstrap interval over messages.
type Range struct{ Low, High float64 }

// Standing is where one channel stands. Belonging is 0…1; without a State above Insufficient it is 0 and means nothing.
type Standing struct {
	ID        string
	Belonging float64
	Interval  Range
	Messages  int // compared: with words, in the channel's language
	Elsewhere int // the same, on the channels it is compared with
	State     State
	Accused   bool // its texts do not belong with the rest: the whole interval is below the limit, or below all of theirs
	Apart     bool
}

// Result is what the channels of a board say together.
type Result struct {
	Channels  []Standing // as given
	Weakest   int        // the channel with the least belonging among those best known; -1 where none can be compared
	Coherence float64    // its belonging
	Interval  Range
	State     State
}

const (
	maxReferences = 16   // others a channel is compared with: those of its kind first, then those with most messages
	budget        = 1024 // messages compared, all channels together, as far as 10 of each allow
	replicates    = 200
)

// Analyst compares channels, and remembers what it compared: after an edit, one profile is new, and only what concerns it is computed again.
// It is not safe for use by several goroutines at once; the zero Analyst is ready.
type Analyst struct {
	samples map[uint64]*sample // by fingerprint
	pairs   map[pairKey]*pair
	spreads map[*sample]*scatter
}

type pairKey struct {
	a, b     *sample
	sameKind bool
	closely  bool // compared in every view, whatever their kinds
}

// candidate is a channel under comparison.
type candidate struct {
	*Channel
	at       int // in the list given
	sample   *sample
	contests []int // with each of its references
	state    State
	n        int // messages elsewhere
}

// contest is a comparison of two candidates, x before y.
type contest struct {
	x, y int
	pair *pair
}

// Analyse compares channels. Where settled is false, intervals are points and nothing is accused: the answer of the moment, while somebody writes.
func (a *Analyst) Analyse(channels []Channel, settled bool) Result {
	cs := candidates(channels)
	contests := a.compare(cs, false)

	r := Result{Channels: make([]Standing, len(channels)), Weakest: -1}
	var few []float64
	for i := range cs {
		c := &cs[i]
		s := &r.Channels[c.at]
		*s = Standing{ID: c.ID, Messages: c.Profile.messages, Elsewhere: c.n, State: c.state, Apart: c.Apart}
		if c.state > Insufficient {
			few = few[:0]
			for _, k := range c.contests {
				few = append(few, contests[k].pair.signs.kinship())
			}
			s.Belonging = rounded(logistic(typical(few)))
			s.Interval = Range{s.Belonging, s.Belonging}
		}
	}
	if settled {
		a.settle(cs, contests, &r)
	}
	r.weigh()
	return r
}

// Compared is one comparison of two channels, by their places in the list given.
type Compared struct {
	X, Y int
	Signs
}

// Compare gives the signs that Analyse weighs, unweighed.
func (a *Analyst) Compare(channels []Channel) []Compared {
	cs := candidates(channels)
	contests := a.compare(cs, true)
	out := make([]Compared, len(contests))
	for k := range contests {
		c := &contests[k]
		out[k] = Compared{cs[c.x].at, cs[c.y].at, c.pair.signs}
	}
	return out
}

func candidates(channels []Channel) []candidate {
	cs := make([]candidate, len(channels))
	for i := range channels {
		cs[i] = candidate{Channel: &channels[i], at: i}
	}
	order.Stable(cs, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Profile.key, y.Profile.key))
	})
	return cs
}

// weigh finds the weakest channel: among those evaluated, or failing any, among the indicative ones.
func (r *Result) weigh() {
	for i := range r.Channels {
		s := &r.Channels[i]
		if s.State == Insufficient || s.Apart {
			continue
		}
		if r.Weakest < 0 || s.State > r.State || s.State == r.State && (s.Belonging < r.Coherence || s.Belonging == r.Coherence && s.ID < r.Channels[r.Weakest].ID) {
			r.Weakest, r.Coherence, r.Interval, r.State = i, s.Belonging, s.Interval, s.State
		}
	}
}

// compare finds each channel's references and compares it with them: closely for every sign there is, otherwise for those that are weighed.
func (a *Analyst) compare(cs []candidate, closely bool) (contests []contest) {
	size := max(enough, budget/max(countComparable(cs), 1))
	samples, pairs := map[uint64]*sample{}, map[pairKey]*pair{}
	scratch := scratches.Get().(*scratch)
	defer scratches.Put(scratch)
	for i := range cs {
		c := &cs[i]
		n := min(size, len(c.Profile.members))
		if n < hinting || !c.Profile.Readable() {
			continue
		}
		members := c.Profile.members[:n]
		key := fingerprintOf(members)
		if c.sample = a.samples[key]; c.sample == nil || !slices.Equal(c.sample.posts, members) { // an edit beyond the sample leaves it
			c.sample = newSample(members, scratch)
		}
		samples[key] = c.sample
	}
	shelves, met := shelve(cs), map[[2]int]int{}
	for i := range cs {
		c := &cs[i]
		if c.sample == nil {
			continue
		}
		for _, j := range references(cs, shelves, i) {
			x, y := min(i, j), max(i, j)
			k, known := met[[2]int{x, y}]
			if !known {
				sameKind := cs[x].Kind == cs[y].Kind
				key := pairKey{cs[x].sample, cs[y].sample, sameKind, closely || sameKind}
				p := a.pairs[key]
				if p == nil {
					p = newPair(key, scratch)
				}
				k, pairs[key] = len(contests), p
				met[[2]int{x, y}] = k
				contests = append(contests, contest{x, y, p})
			}
			c.contests = append(c.contests, k)
			c.n += cs[j].Profile.messages
		}
		switch {
		case len(c.contests) == 0:
		case c.Profile.messages >= enough && c.n >= enough:
			c.state = Evaluated
		default:
			c.state = Indicative
		}
	}
	a.samples, a.pairs = samples, pairs
	return contests
}

// fingerprintOf tells lists of posts apart, in their order.
func fingerprintOf(posts []*Vector) (h uint64) {
	for _, v := range posts {
		h = spread(h ^ v.key)
	}
	return h
}

func countComparable(cs []candidate) (n int) {
	for i := range cs {
		if cs[i].Profile.messages >= hinting {
			n++
		}
	}
	return n
}

// shelf is where candidates stand that may measure one another: in one language, declared apart or not, of one kind or of any.
type shelf struct {
	lang  text.Lang
	apart bool
	any   bool
	kind  string
}

// shelve orders the comparable channels of each shelf by their messages, the most first.
func shelve(cs []candidate) map[shelf][]int {
	ranked := make([]int, 0, len(cs))
	for i := range cs {
		if cs[i].sample != nil {
			ranked = append(ranked, i)
		}
	}
	order.Stable(ranked, func(i, j int) int { return cmp.Compare(cs[j].Profile.messages, cs[i].Profile.messages) })
	out := map[shelf][]int{}
	for _, i := range ranked {
		c := &cs[i]
		kind, all := shelf{c.Profile.lang, c.Apart, false, c.Kind}, shelf{c.Profile.lang, c.Apart, true, ""}
		out[kind], out[all] = append(out[kind], i), append(out[all], i)
	}
	return out
}

// references picks whom a channel is measured by: channels in its language that are not declared apart; those where there are no others.
// Those of its kind come first, then those with most messages.
func references(cs []candidate, shelves map[shelf][]int, i int) (out []int) {
	c := &cs[i]
	for _, apart := range [...]bool{false, true} {
		for _, j := range shelves[shelf{c.Profile.lang, apart, false, c.Kind}] {
			if j != i {
				out = append(out, j)
			}
			if len(out) == maxReferences {
				return out
			}
		}
		for _, j := range shelves[shelf{c.Profile.lang, apart, true, ""}] {
			if cs[j].Kind != c.Kind {
				out = append(out, j)
			}
			if len(out) == maxReferences {
				return out
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// rounded to four decimals: what is shown does not depend on how a machine rounds its last bit.
func rounded(x float64) float64 { return float64(int64(float64(x*1e4)+.5)) / 1e4 }
