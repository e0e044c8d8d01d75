package rules

import (
	"strconv"
	"testing"
)

// The reference points of the model.
func TestChimeraIndex(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		joins  [][2]int
		want   float64
	}{
		{[]float64{.5, .3, .2}, [][2]int{{0, 1}, {1, 2}}, 0},
		{[]float64{.8, .2}, nil, 32},
		{[]float64{1. / 3, 1. / 3, 1. / 3}, nil, 67},
	} {
		b := newBodies(len(c.shares))
		for _, j := range c.joins {
			b.join(j[0], j[1])
		}
		if got := b.index(c.shares); got != c.want {
			t.Errorf("%v: %v, want %v", c.shares, got, c.want)
		}
	}
}

func TestBodiesDoNotDependOnJoins(t *testing.T) {
	joins := [][2]int{{0, 3}, {3, 5}, {1, 2}, {5, 4}}
	forward, backward := newBodies(6), newBodies(6)
	for i := range joins {
		forward.join(joins[i][0], joins[i][1])
		j := joins[len(joins)-1-i]
		backward.join(j[1], j[0])
	}
	a, b := forward.list(), backward.list()
	if len(a) != 2 || len(a) != len(b) || len(a[0]) != 4 {
		t.Fatalf("%v %v", a, b)
	}
	for i := range a {
		for k := range a[i] {
			if a[i][k] != b[i][k] {
				t.Errorf("body %s: %v %v", strconv.Itoa(i), a, b)
			}
		}
	}
}
