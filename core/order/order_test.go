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

func TestHashes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for n := range 400 {
		for _, mask := range []uint32{1<<32 - 1, 1<<20 - 1, 0xFC000000} { // spread, in one cast, and equal within theirs
			list := make([]uint32, n)
			for i := range list {
				list[i] = random.Uint32() & mask
			}
			want := slices.Sorted(slices.Values(list))
			if Hashes(list); !slices.Equal(list, want) {
				t.Fatalf("%d of %x: %v", n, mask, list)
			}
		}
	}
}
