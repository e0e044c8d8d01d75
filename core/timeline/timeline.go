// Package timeline looks in the dated messages of one channel for the days its voice changed.
//
// A message is a vector: its content words, and with less weight its grammatical words, its manner and whether it holds a word of the
// organisation's own. At each possible place the messages before and after are compared by the two-sample statistic of a linear kernel
// (A. Gretton et al., "A kernel two-sample test", JMLR 2012, the unbiased estimate), a difference of running sums. It is divided by
// how alike messages of one side are, and set against what a channel that did not change shows: an effect size, not a significance.
package timeline

import (
	"cmp"
	"slices"
	"strings"
)

// Post is one dated message of the channel. IDs are those of one board.
type Post struct {
	ID        string
	Day       int32  // days since 1970-01-01
	Action    string // messages of one action count as one, at the day of the first, and so do those of a burst; "" for none
	Signature bool   // holds a term of the identity
	Trace     *Trace
}

const (
	// Least is how many messages must stand on each side of a change.
	Least = 10
	// Clear is the strength from which a change may be held against a channel: 2 unchanged ones in 120 reach it on task T5.
	Clear = 4
	// Slight is the strength from which a change is listed at all. A third of unchanged channels show as much somewhere.
	Slight = 1.3

	few = 20 // changes told of one channel, at most
)

// Change is a place where the voice changes.
type Change struct {
	Before   string  // id of the first message of the new voice
	Day      int32   // its day
	Strength float64 // times what a channel that did not change shows
	Seasonal bool    // the same turn is seen in the same months of another year: nothing to hold against the channel
	Sides    [2]Side // before and after
	Shifts   []Shift // what changed most in the manner, most first
}

// Side is what is compared on one side of a change.
type Side struct {
	Messages  int      // messages compared, those of one action counted once
	Signature float64  // share of them that hold a term of the identity
	Typical   []string // ids of up to three messages that show the voice of this side best, best first
}

// Shift is how far one mark of the manner moved.
type Shift struct {
	Mark   Mark
	Sides  [2]float64 // its mean before and after: a rate for 100 words, or words, or letters
	Spread float64    // the move in standard deviations of the channel's messages; its sign is that of the move
}

// Result is what the timeline of one channel shows.
type Result struct {
	Messages int      // dated messages, those of one action counted once
	Enough   bool     // there is a place with Least messages on each side
	Strength float64  // of the strongest change, or of the likeliest place where none is listed; never negative
	Changes  []Change // from Slight on, in time; the strongest twenty
}

// Changes looks for the changes of one channel's voice. Posts are read by day, then by id, in whatever order they are given.
func Changes(posts []Post) Result {
	s := newSeries(posts)
	result := Result{Messages: len(s.units)}
	scores := s.scan()
	at := newPeaks(scores).best()
	if at < 0 {
		return result
	}
	result.Enough = true
	places := s.split(scores)
	if len(places) == 0 {
		result.Strength = max(0, scores[at]/typical)
	}
	strengths := drifts(places, len(s.units))
	for i, drift := range strengths {
		strengths[i] = places[i].score / drift
	}
	for _, i := range told(places, strengths) {
		c := s.describe(places[i], strengths[i])
		result.Changes = append(result.Changes, c)
		if c.Seasonal {
			c.Strength = Slight
		}
		result.Strength = max(result.Strength, c.Strength)
	}
	return result
}

// told picks the strongest places, in time.
func told(places []place, strengths []float64) (out []int) {
	for i, x := range strengths {
		if x >= Slight {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(i, j int) int { return cmp.Or(cmp.Compare(strengths[j], strengths[i]), i-j) })
	out = out[:min(few, len(out))]
	slices.SortFunc(out, func(i, j int) int { return places[i].at - places[j].at })
	return out
}

// Strongest gives the change to hold against the channel, if there is one.
func (r Result) Strongest() (c Change, ok bool) {
	for i := range r.Changes {
		if x := &r.Changes[i]; !x.Seasonal && x.Strength >= Clear && x.Strength > c.Strength {
			c, ok = *x, true
		}
	}
	return c, ok
}

// unit is what counts as one message: one, or all those of one action.
type unit struct {
	id        string
	day       int32
	signature float64 // share of its messages
	traces    []*Trace
	vector    []coordinate
	square    float64 // its length, squared
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// bursts are the days on which a channel said far more than it does on a day: a thread, a match told as it was played.
func bursts(posts []Post, byDay []int) map[int32]bool {
	const much, times = 5, 4 // messages, and times those of its usual day
	var days, counts []int
	for from := 0; from < len(byDay); {
		to := from
		for to < len(byDay) && posts[byDay[to]].Day == posts[byDay[from]].Day {
			to++
		}
		days, counts = append(days, from), append(counts, to-from)
		from = to
	}
	sorted := slices.Clone(counts)
	slices.SortFunc(sorted, cmp.Compare[int])
	out := map[int32]bool{}
	for i, n := range counts {
		if n >= max(much, times*sorted[len(sorted)/2]) {
			out[posts[byDay[days[i]]].Day] = true
		}
	}
	return out
}

func gather(posts []Post) []unit {
	order := upTo(len(posts)) // every sort is one of numbers: a sort of each type would weigh as much as the rest
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(posts[i].Day, posts[j].Day), strings.Compare(posts[i].ID, posts[j].ID))
	})
	units := make([]unit, 0, len(order))
	type one struct {
		action string
		day    int32 // of a burst
	}
	of := map[one]int{}
	burst := bursts(posts, order)
	for _, i := range order {
		p := &posts[i]
		if p.Trace == nil {
			continue
		}
		at, known := len(units), false
		whole := one{action: p.Action}
		if p.Action == "" && burst[p.Day] {
			whole.day = p.Day
		}
		if whole != (one{}) {
			if at, known = of[whole]; !known {
				at = len(units)
				of[whole] = at
			}
		}
		if !known {
			units = append(units, unit{id: p.ID, day: p.Day})
		}
		u := &units[at]
		if p.Signature {
			u.signature++
		}
		u.traces = append(u.traces, p.Trace)
	}
	for i := range units {
		units[i].signature /= float64(len(units[i].traces))
	}
	return units
}
