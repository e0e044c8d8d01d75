// Package order sorts through one compiled algorithm. Package slices brings a sort of its own into the program for every
// type it is asked to sort, some 10 KB each in the wasm that visitors wait for; here a type costs a small closure.
package order

import (
	"cmp"
	"sort"
	"strings"
)

// Func sorts a list; equal elements end in any order, the same on every machine.
func Func[T any](list []T, compare func(a, b T) int) {
	sort.Slice(list, func(i, j int) bool { return compare(list[i], list[j]) < 0 })
}

// Stable sorts a list and keeps equal elements as they stood.
func Stable[T any](list []T, compare func(a, b T) int) {
	sort.SliceStable(list, func(i, j int) bool { return compare(list[i], list[j]) < 0 })
}

// Strings sorts by bytes.
func Strings(list []string) { Func(list, strings.Compare) }

// Floats sorts numbers, none of them NaN.
func Floats(list []float64) { Func(list, cmp.Compare[float64]) }

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
