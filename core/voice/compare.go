package voice

// pair is what two samples say to each other: for each post, its mean similarity to the other channel.
type pair struct {
	x, y     *sample
	a, b     [views][]float64
	between  [views]float64
	signs    Signs
	replicas []float64 // kinship in each replicate; nil until intervals are asked for
}

// newPair compares two samples: channels of one kind by everything, others by their stems and by what is beyond any genre in their style.
func newPair(k pairKey, scratch *scratch) *pair {
	p := &pair{x: k.a, y: k.b}
	p.a[stems], p.b[stems] = p.x.nearTo(p.y, &scratch.postings)
	if k.closely {
		p.x.spelling()
		p.y.spelling()
		p.a[chars], p.b[chars] = p.x.spelledLike(p.y), p.y.spelledLike(p.x)
	}
	for w := range views {
		for _, x := range p.a[w] {
			p.between[w] += x / float64(len(p.a[w]))
		}
	}
	x, y := p.x.side(), p.y.side()
	p.signs = signs(&x, &y, &p.between, k.sameKind)
	return p
}

// side is what the comparison needs of one channel: its own means, or a replicate's.
type side struct {
	within [views]float64
	style  [styles]moments
	n      float64
	noise  float64 // how often sampling noise is in the means: once, or twice in a replicate
}

func (s *sample) side() side { return side{s.within, s.style, float64(len(s.posts)), 1} }

// Signs are what two channels' texts show of their kinship.
type Signs struct {
	Alike    [views]float64 // by view: similarity between them over similarity within them, as a logarithm: 0 where posts might be exchanged, else below
	Style    float64        // measures of style that differ beyond noise and natural drift; each adds less than 1
	SameKind bool
}

func signs(x, y *side, between *[views]float64, sameKind bool) (s Signs) {
	for w := range views {
		s.Alike[w] = likeness(x.within[w], y.within[w], between[w], w)
	}
	s.Style, s.SameKind = divergence(x, y), sameKind
	return s
}

// likeness is similarity between two channels over similarity within them, as a logarithm, at most 0.
func likeness(x, y, between float64, w view) float64 {
	within := (max(x, 0) + max(y, 0)) / 2
	between, within = max(between, 0)+floors[w], within+floors[w]
	if between >= within {
		return 0
	}
	return ln(between / within)
}

// kinship is how far two channels speak alike, as the logarithm of the odds that they are one organisation's.
func (s *Signs) kinship() float64 {
	t := blendOf(s.SameKind)
	z := t.bias
	for w := range views {
		z += float64(t.view[w] * s.Alike[w])
	}
	return z - t.strange(s.Style)
}

// strange is what a difference of style takes off: none of it where genres alone may make as much.
func (t *blend) strange(style float64) float64 { return float64(t.style * max(0, style-t.genre)) }

func blendOf(sameKind bool) *blend {
	if sameKind {
		return &inKind
	}
	return &across
}

// divergence adds up, over the measures of style, how far two channels differ beyond noise and natural drift. Each measure adds less than 1.
func divergence(x, y *side) (sum float64) {
	noise := 1/x.n + 1/y.n
	for k := range styles {
		a, b := &x.style[k], &y.style[k]
		d := a.mean - b.mean
		gap := float64(d*d) - float64(x.noise*a.variance)/x.n - float64(y.noise*b.variance)/y.n
		if gap <= 0 {
			continue
		}
		effect := gap/((a.variance+b.variance)/2+styleFloor) - float64(styleNoise*noise) - styleDrift
		if effect > 0 {
			sum += effect / (1 + effect)
		}
	}
	return sum
}

// typical is the middle one of how a channel is akin to the others; of two, the nearer, since one stranger must not make strangers of the other two.
// It sorts its argument.
func typical(kin []float64) float64 {
	n := len(kin)
	for i := 1; i < n; i++ { // few: by insertion
		for j := i; j > 0 && kin[j] < kin[j-1]; j-- {
			kin[j], kin[j-1] = kin[j-1], kin[j]
		}
	}
	switch n {
	case 0:
		return 0
	case 2:
		return kin[1]
	}
	return (kin[(n-1)/2] + kin[n/2]) / 2
}
