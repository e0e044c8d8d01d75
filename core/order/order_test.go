package order

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSorts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for n := range 200 {
		list := make([][2]int, n)
		for i := range list {
			list[i] = [2]int{random.IntN(20), i}
		}
		first := func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) }
		want := slices.Clone(list)
		slices.SortStableFunc(want, first)
		stable, any := slices.Clone(list), slices.Clone(list)
		Stable(stable, first)
		Func(any, first)
		if !slices.Equal(stable, want) || !slices.IsSortedFunc(any, first) {
			t.Fatalf("%v", list)
		}
	}
}
