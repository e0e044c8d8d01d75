// Package order sorts through one compiled algorithm. Package slices brings a sort of its own into the program for every
// type it is asked to sort, some 10 KB each in the wasm that visitors wait for; here a type costs two small closures.
package order

import (
	"cmp"
	"sort"
)

type by struct {
	n    int
	less func(i, j int) bool
	swap func(i, j int)
}

func (b *by) Len() int           { return b.n }
func (b *by) Less(i, j int) bool { return b.less(i, j) }
func (b *by) Swap(i, j int)      { b.swap(i, j) }

func of[T any](list []T, compare func(a, b T) int) *by {
	return &by{len(list), func(i, j int) bool { return compare(list[i], list[j]) < 0 }, func(i, j int) { list[i], list[j] = list[j], list[i] }}
}

// Func sorts a list; equal elements end in any order, the same on every machine.
func Func[T any](list []T, compare func(a, b T) int) { sort.Sort(of(list, compare)) }

// Stable sorts a list and keeps equal elements as they stood.
func Stable[T any](list []T, compare func(a, b T) int) { sort.Stable(of(list, compare)) }

// Strings sorts by bytes.
func Strings(list []string) { sort.Sort(sort.StringSlice(list)) }

// Floats sorts numbers, none of them NaN.
func Floats(list []float64) { sort.Sort(sort.Float64Slice(list)) }

// Hashes sorts numbers that are spread evenly, as the hashes of a text's words are: cast by their first bits, they are almost in order. What is
// compared instead is guessed wrong every other time.
func Hashes(list []uint32) {
	const bits, few, many = 6, 12, 255
	if len(list) > many {
		Func(list, cmp.Compare[uint32])
		return
	}
	if len(list) > few {
		var ends [1 << bits]uint8
		for _, x := range list {
			ends[x>>(32-bits)]++
		}
		for i := 1; i < len(ends); i++ {
			ends[i] += ends[i-1]
		}
		var cast [many]uint32
		for _, x := range list {
			end := &ends[x>>(32-bits)]
			*end--
			cast[*end] = x
		}
		copy(list, cast[:])
	}
	for i := 1; i < len(list); i++ {
		x, at := list[i], i
		for ; at > 0 && list[at-1] > x; at-- {
			list[at] = list[at-1]
		}
		list[at] = x
	}
}
