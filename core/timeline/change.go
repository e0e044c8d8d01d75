package timeline

import (
	"cmp"
	"math"
	"slices"
)

const (
	shown    = 3  // typical messages of each side, and marks of manner, told of a change
	notable  = .8 // standard deviations from which the move of a mark is told: a large effect (J. Cohen, 1988)
	season   = 92 // days on each side that are compared with those of another year
	years    = 5  // how far a season is looked for
	seasonal = 5  // messages it must hold
)

// describe tells what there is to tell of the change at a place.
func (s *series) describe(p place, strength float64) Change {
	p.at = s.sharpen(p)
	c := Change{Before: s.units[p.at].id, Day: s.units[p.at].day, Strength: strength, Seasonal: s.isSeasonal(p.at)}
	c.Sides = [2]Side{s.side(p.from, p.at), s.side(p.at, p.to)}
	c.Sides[0].Typical, c.Sides[1].Typical = s.typical(p)
	c.Shifts = s.shifts(p)
	return c
}

func (s *series) side(from, to int) Side {
	side := Side{Messages: to - from}
	for i := from; i < to; i++ {
		side.Signature += s.units[i].signature
	}
	side.Signature /= float64(to - from)
	return side
}

// typical picks the messages of each side that lie farthest along the line from the mean of one side to that of the other.
func (s *series) typical(p place) (before, after []string) {
	line := s.empty(0)
	line.addMean(s.units[p.from:p.at], 1)
	line.addMean(s.units[p.at:p.to], -1)
	pick := func(units []unit, sign float64) (ids []string) {
		along := make([]float64, len(units))
		for i := range units {
			along[i] = float64(sign * line.along(&units[i]))
		}
		order := upTo(len(units))
		slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(along[j], along[i]), i-j) })
		for _, i := range order[:min(shown, len(order))] {
			ids = append(ids, units[i].id)
		}
		return ids
	}
	before, after = pick(s.units[p.from:p.at], 1), pick(s.units[p.at:p.to], -1)
	s.forget(p.from, p.to)
	return before, after
}

func (s *series) shifts(p place) (out []Shift) {
	var all []Shift
	for m := range Marks {
		if s.sd[m] == 0 {
			continue
		}
		shift := Shift{Mark: m}
		var roots [2]float64
		for side, bounds := range [2][2]int{{p.from, p.at}, {p.at, p.to}} {
			n := 0.0
			for i := bounds[0]; i < bounds[1]; i++ {
				for _, tr := range s.units[i].traces {
					n++
					roots[side] += tr.marks[m]
					shift.Sides[side] += m.value(tr.marks[m])
				}
			}
			roots[side] /= n
			shift.Sides[side] /= n
		}
		if shift.Spread = (roots[1] - roots[0]) / s.sd[m]; math.Abs(shift.Spread) >= notable {
			all = append(all, shift)
		}
	}
	order := upTo(len(all))
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(math.Abs(all[j].Spread), math.Abs(all[i].Spread)), i-j) })
	for _, i := range order[:min(shown, len(order))] {
		out = append(out, all[i])
	}
	return out
}

// value gives back what a root was taken of: words, letters or a rate for 100 words.
func (m Mark) value(v float64) float64 {
	switch m {
	case WordSize:
		return v
	case Length, Sentence:
		return float64(v * v)
	}
	return float64(v*v) * 100
}

// isSeasonal tells whether the turn at t is one of the calendar: the channel already spoke so in the same months of an earlier year, or the voice it
// left comes back in its own months of a later one, and the one it took does too where those months are told. A season may end in silence: what was
// before is counted from its last message.
func (s *series) isSeasonal(t int) bool {
	day, eve := s.units[t].day, s.units[max(t-1, 0)].day+1
	before, after := s.days(eve-season, eve), s.days(day, day+season)
	turn, ok := s.unlike(before, after)
	if !ok {
		return false
	}
	for k := int32(1); k <= years; k++ {
		shift := 365*k + k/4
		if x, ok := s.unlike(after, s.days(day-shift, day-shift+season)); ok && x < turn/2 {
			return true
		}
		left, okL := s.unlike(before, s.days(eve+shift-season, eve+shift))
		right, okR := s.unlike(after, s.days(day+shift, day+shift+season))
		if okL && left < turn/2 && (!okR || right < turn/2) {
			return true
		}
	}
	return false
}

type stretch struct{ from, to int }

// days gives the units from one day until before another, those nearest to the first if they are too many.
func (s *series) days(from, until int32) stretch {
	at := func(day int32) int {
		i, _ := slices.BinarySearchFunc(s.units, day, func(u unit, day int32) int { return cmp.Compare(u.day, day) })
		return i
	}
	return stretch{at(from), at(until)}
}

// unlike is the effect between two stretches; not ok where one is too short. Units that stand in both count in both.
func (s *series) unlike(a, b stretch) (x float64, ok bool) {
	a, b = a.cut(), b.cut()
	if a.to-a.from < seasonal || b.to-b.from < seasonal {
		return 0, false
	}
	one, two, cross := s.empty(0), s.empty(1), 0.0
	for i := a.from; i < a.to; i++ {
		one.take(&s.units[i], 1, two)
	}
	for i := b.from; i < b.to; i++ {
		cross += two.take(&s.units[i], 1, one)
	}
	x = effect(one, two, cross)
	s.forget(a.from, a.to)
	s.forget(b.from, b.to)
	return x, true
}

// cut bounds the work on a busy season.
func (x stretch) cut() stretch { return stretch{x.from, min(x.to, x.from+4*reach)} }
