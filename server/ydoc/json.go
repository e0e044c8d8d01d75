package ydoc

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

const maxNumber = math.MaxFloat64

// encode writes a board as the page does: one space a level, members in fieldOrder, then by name.
func encode(board object) []byte {
	var out bytes.Buffer
	w := jsontext.NewEncoder(&out, jsontext.WithIndent(" "), jsontext.AllowDuplicateNames(true))
	write(w, board, inFileOrder)
	return out.Bytes()
}

// keyOf is equal for equal values.
func keyOf(v any) string {
	var out bytes.Buffer
	write(jsontext.NewEncoder(&out, jsontext.AllowDuplicateNames(true)), v, func(o object) []string { return sorted(o, compareUnits) })
	return out.String()
}

// write cannot fail: the buffer takes everything, and nesting is bounded.
func write(w *jsontext.Encoder, v any, order func(object) []string) {
	switch v := v.(type) {
	case nil:
		_ = w.WriteToken(jsontext.Null)
	case bool:
		_ = w.WriteToken(jsontext.Bool(v))
	case float64:
		_ = w.WriteValue(appendNumber(nil, v))
	case string:
		_ = w.WriteToken(jsontext.String(v))
	case []any:
		_ = w.WriteToken(jsontext.BeginArray)
		for _, one := range v {
			write(w, one, order)
		}
		_ = w.WriteToken(jsontext.EndArray)
	case object:
		_ = w.WriteToken(jsontext.BeginObject)
		for _, k := range order(v) {
			_ = w.WriteToken(jsontext.String(k))
			write(w, v[k], order)
		}
		_ = w.WriteToken(jsontext.EndObject)
	}
}

// appendNumber writes a number as JavaScript does; minus zero is zero.
func appendNumber(b []byte, v float64) []byte {
	return append(b, jsontext.Float(v+0).String()...)
}

func sorted(o object, compare func(a, b string) int) []string {
	keys := make([]string, 0, len(o))
	for k := range o {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}

// inFileOrder: an object of JavaScript has names that are small integers first, whatever order they were put in.
func inFileOrder(o object) []string {
	return sorted(o, func(a, b string) int {
		return cmp.Or(cmp.Compare(index(a), index(b)), cmp.Compare(placeOf(a), placeOf(b)), compareUnits(a, b))
	})
}

const maxIndex = 1<<32 - 2

func index(name string) uint64 {
	if n, err := strconv.ParseUint(name, 10, 64); err == nil && n <= maxIndex && strconv.FormatUint(n, 10) == name {
		return n
	}
	return maxIndex + 1
}

func placeOf(name string) int {
	if at, known := fieldOrder[name]; known {
		return at
	}
	return len(fieldOrder)
}
