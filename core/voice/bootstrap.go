package voice

import (
	"slices"

	"unisson/core/order"
)

// draws are the messages of a sample drawn anew, with replacement, as often as there are replicates. They depend on the sample alone:
// what the other channels are does not change them, and an edit costs its own channel's.
type draws struct {
	times  []uint8 // of each replicate, of each post: how often it was drawn
	within [views][]float64
	style  [][styles]float64 // means
}

func (s *sample) draw() *draws {
	if s.drawn != nil {
		return s.drawn
	}
	d := &draws{times: make([]uint8, replicates*len(s.posts))}
	var dice uint64
	for _, v := range s.posts {
		dice += spread(v.key)
	}
	for r := range replicates {
		times := d.of(r, len(s.posts))
		for range times {
			dice += 0x9E3779B97F4A7C15
			times[(spread(dice)>>32)*uint64(len(times))>>32]++
		}
	}
	s.drawn = d
	return d
}

func (d *draws) of(replicate, n int) []uint8 { return d.times[replicate*n : (replicate+1)*n] }

// alike gives how alike two posts of the channel are in each replicate. Similarities are means over pairs of messages; a draw moves
// them by its first-order terms, so that a message drawn twice is not taken for a pair of twins.
func (s *sample) alike(w view) []float64 {
	d := s.draw()
	if d.within[w] == nil {
		d.within[w] = make([]float64, replicates)
		for r := range replicates {
			d.within[w][r] = float64(2*weighted(s.own[w], d.of(r, len(s.posts)))) - s.within[w]
		}
	}
	return d.within[w]
}

func (s *sample) styleMeans() [][styles]float64 {
	d := s.draw()
	if d.style == nil {
		d.style = make([][styles]float64, replicates)
		for r := range replicates {
			var sum [styles]int64
			for i, t := range d.of(r, len(s.posts)) {
				if t > 0 {
					for k, x := range s.posts[i].style {
						sum[k] += int64(t) * int64(x)
					}
				}
			}
			for k := range styles {
				d.style[r][k] = float64(sum[k]) / float64(len(s.posts)) / one
			}
		}
	}
	return d.style
}

// resample gives the kinship in each replicate. The variances of style stay the samples': a draw's own is a noisier word on them.
func (p *pair) resample() []float64 {
	if p.replicas != nil {
		return p.replicas
	}
	p.replicas = make([]float64, replicates)
	t, x, y := blendOf(p.signs.SameKind), p.x.side(), p.y.side()
	x.noise, y.noise = 2, 2
	dx, dy := p.x.draw(), p.y.draw()
	for r := range p.replicas {
		p.replicas[r] = t.bias
	}
	for w := range views {
		if t.view[w] == 0 {
			continue
		}
		ox, oy := p.x.alike(w), p.y.alike(w)
		for r := range p.replicas {
			between := weighted(p.a[w], dx.of(r, len(p.a[w]))) + weighted(p.b[w], dy.of(r, len(p.b[w]))) - p.between[w]
			p.replicas[r] += float64(t.view[w] * likeness(ox[r], oy[r], between, w))
		}
	}
	if t.strange(p.signs.Style) > 0 { // without, replicates hold no more than noise
		mx, my := p.x.styleMeans(), p.y.styleMeans()
		for r := range p.replicas {
			for k := range styles {
				x.style[k].mean, y.style[k].mean = mx[r][k], my[r][k]
			}
			p.replicas[r] -= t.strange(divergence(&x, &y))
		}
	}
	return p.replicas
}

// scatter is the middle 95 % of what comes out of the replicates for a channel measured by some others.
type scatter struct {
	pairs     []*pair
	low, high float64
}

// settle reads the intervals off what comes out of the replicates; of a channel whose comparisons are those of before, they are known.
func (a *Analyst) settle(cs []candidate, contests []contest, r *Result) {
	spreads := make(map[*sample]*scatter, len(cs))
	for i := range cs {
		c, s := &cs[i], &r.Channels[cs[i].at]
		if c.state == Insufficient {
			continue
		}
		pairs := make([]*pair, len(c.contests))
		for n, k := range c.contests {
			pairs[n] = contests[k].pair
		}
		among := a.spreads[c.sample]
		if among == nil || !slices.Equal(among.pairs, pairs) {
			among = scatterOf(pairs)
		}
		spreads[c.sample] = among
		s.Interval = Range{min(s.Belonging, among.low), max(s.Belonging, among.high)}
	}
	a.spreads = spreads
	for i := range cs {
		c, s := &cs[i], &r.Channels[cs[i].at]
		below := limit
		switch {
		case len(c.contests) == 1:
			below = alone
		case s.Belonging < limit:
			below = max(limit, min(doubt, sure(cs, contests, i, r)))
		}
		s.Accused = c.state == Evaluated && !c.Apart && s.Interval.High < below && !withHalf(c, contests) && hasPeer(cs, contests, i)
	}
}

func scatterOf(pairs []*pair) *scatter {
	drawn, few := make([][]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		drawn[i] = p.resample()
	}
	got := make([]float64, replicates)
	for n := range got {
		for i := range drawn {
			few[i] = drawn[i][n]
		}
		got[n] = typical(few)
	}
	order.Floats(got)
	const tail = replicates * 25 / 1000
	return &scatter{pairs, rounded(logistic(got[tail])), rounded(logistic(got[replicates-1-tail]))}
}

// sure is what all the channels that a channel is measured by surely reach, where there are two at least: below that, it stands apart from a house
// that is sure of itself, even where its own interval is wide.
func sure(cs []candidate, contests []contest, i int, r *Result) float64 {
	least, n := 1.0, 0
	for _, k := range cs[i].contests {
		if peer := &cs[contests[k].x+contests[k].y-i]; peer.state == Evaluated && !peer.Apart {
			least, n = min(least, r.Channels[peer.at].Interval.Low), n+1
		}
	}
	if n < 2 {
		return 0
	}
	return least
}

// withHalf says that a channel is akin to half of those it is measured by: where two voices share a house, three channels and two, the three are
// strange to as many as they are akin to, and are not who came in.
func withHalf(c *candidate, contests []contest) bool {
	akin := 0
	for _, k := range c.contests {
		if logistic(contests[k].pair.signs.kinship()) >= limit {
			akin++
		}
	}
	return 2*akin >= len(c.contests)
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

func weighted(xs []float64, times []uint8) (sum float64) {
	for i, x := range xs {
		sum += float64(x * float64(times[i]))
	}
	return sum / float64(len(xs))
}
