// Package order sorts through one compiled algorithm. Package slices brings a sort of its own into the program for every
// type it is asked to sort, some 10 KB each in the wasm that visitors wait for; here a type costs two small closures.
package order

import "sort"

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
