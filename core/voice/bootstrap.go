package voice

import "slices"

// replicate holds the numbers of every candidate and contest, as they are or as one resampling of the messages gives them.
type replicate struct {
	sides []side
	kin   []float64 // of each contest
	few   []float64
}

func newReplicate(cs []candidate, contests []contest) *replicate {
	r := &replicate{sides: make([]side, len(cs)), kin: make([]float64, len(contests))}
	for i := range cs {
		if s := cs[i].sample; s != nil {
			r.sides[i] = s.side()
		}
	}
	for k := range contests {
		r.kin[k] = contests[k].pair.signs.kinship()
	}
	return r
}

// standing is how akin a channel is to its references, in log-odds.
func (r *replicate) standing(c *candidate) float64 {
	r.few = r.few[:0]
	for _, k := range c.contests {
		r.few = append(r.few, r.kin[k])
	}
	return typical(r.few)
}

// settle draws the messages of every channel anew, with replacement, again and again, and reads the intervals off what comes out.
// Similarities are means over pairs of messages; a draw moves them by its first-order terms, so that a message drawn twice is not taken for a pair of twins.
func settle(now *replicate, cs []candidate, contests []contest, r *Result) {
	drawn := &replicate{sides: slices.Clone(now.sides), kin: make([]float64, len(now.kin))}
	times, dice := make([][]float64, len(cs)), make([]uint64, len(cs))
	got := make([][]float64, len(cs))
	for i := range cs {
		if s := cs[i].sample; s != nil {
			times[i] = make([]float64, len(s.posts))
			for _, v := range s.posts { // a seed of the channel's own: what the others are does not change its draws
				dice[i] += spread(v.key)
			}
		}
		if cs[i].state > Insufficient {
			got[i] = make([]float64, 0, replicates)
		}
	}
	for range replicates {
		for i := range cs {
			if s := cs[i].sample; s != nil {
				draw(times[i], &dice[i])
				drawn.sides[i].resample(s, times[i])
			}
		}
		for k := range contests {
			c := &contests[k]
			between := c.pair.between
			for w := range views {
				between[w] = weighted(c.pair.a[w], times[c.x]) + weighted(c.pair.b[w], times[c.y]) - between[w]
			}
			s := signs(&drawn.sides[c.x], &drawn.sides[c.y], &between, c.pair.signs.SameKind)
			drawn.kin[k] = s.kinship()
		}
		for i := range cs {
			if got[i] != nil {
				got[i] = append(got[i], drawn.standing(&cs[i]))
			}
		}
	}
	for i := range cs {
		if got[i] == nil {
			continue
		}
		c, s := &cs[i], &r.Channels[cs[i].at]
		slices.Sort(got[i])
		s.Interval = Range{
			min(s.Belonging, rounded(logistic(got[i][replicates*25/1000]))),
			max(s.Belonging, rounded(logistic(got[i][replicates-1-replicates*25/1000]))),
		}
		s.Accused = c.state == Evaluated && !c.Apart && s.Interval.High < limit && hasPeer(cs, contests, i)
	}
}

// hasPeer says that a channel is measured by one that is not declared apart.
func hasPeer(cs []candidate, contests []contest, i int) bool {
	for _, k := range cs[i].contests {
		if c := &contests[k]; !cs[c.x+c.y-i].Apart {
			return true
		}
	}
	return false
}

// draw says how often each message is drawn, of as many draws as there are messages.
func draw(times []float64, dice *uint64) {
	clear(times)
	for range times {
		*dice += 0x9E3779B97F4A7C15
		times[(spread(*dice)>>32)*uint64(len(times))>>32]++
	}
}

func weighted(xs, times []float64) (sum float64) {
	for i, x := range xs {
		sum += float64(x * times[i])
	}
	return sum / float64(len(xs))
}

func (d *side) resample(s *sample, times []float64) {
	for w := range views {
		d.within[w] = float64(2*weighted(s.own[w], times)) - s.within[w]
	}
	var sum [styles]int64
	for i, v := range s.posts {
		if t := int64(times[i]); t > 0 {
			for k, x := range v.style {
				sum[k] += t * int64(x)
			}
		}
	}
	for k := range styles {
		d.style[k].mean = float64(sum[k]) / d.n / one // the variance stays the sample's: a draw's own is a noisier word on it
	}
	d.noise = 2
}
