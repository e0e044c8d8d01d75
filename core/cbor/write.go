package cbor

import (
	"math"

	"unisson/core/board"
)

// Append writes an object after dst. What the schema does not name is left out. Floats take 64 bits; the head of a map
// takes two bytes, so that its members need not be counted before they are written.
func Append(dst []byte, f board.Fielder) []byte {
	w := writer{out: dst}
	w.object(f)
	return w.out
}

// AppendChange writes a change after dst, as ReadChange reads it.
func AppendChange(dst []byte, c *board.Change) []byte {
	w := writer{out: dst}
	outer := w.open()
	if c.Reset {
		w.key("reset")
		w.out = append(w.out, headTrue)
	}
	if c.Set != 0 {
		w.key("set")
		w.some(&c.Value, func(name string) bool {
			s, ok := board.ParseSingle(name)
			return ok && c.Set.Has(s)
		})
	}
	w.key("put")
	w.some(&c.Value, func(name string) bool {
		_, ok := board.ParseList(name)
		return ok
	})
	w.drop(c.Drop)
	if len(c.Asked) > 0 {
		w.key("asked")
		w.head(array, uint64(len(c.Asked)))
		for _, l := range c.Asked {
			w.text(l.String())
		}
	}
	w.close(outer)
	return w.out
}

func (w *writer) drop(entries []board.Entry) {
	if len(entries) == 0 {
		return
	}
	var ids [board.ListCount][]string
	for _, e := range entries {
		ids[e.List] = append(ids[e.List], e.ID)
	}
	w.key("drop")
	outer := w.open()
	for list, all := range ids {
		if all != nil {
			w.Strings(board.List(list).String(), &all, board.Limit{})
		}
	}
	w.close(outer)
}

// some writes the parts of a board that wanted names. A part that is wanted and absent is written as null.
func (w *writer) some(b *board.Board, wanted func(string) bool) {
	w.wanted = wanted
	w.object(b)
}

// writer is the board.Codec that writes. The map being written has had count members so far.
type writer struct {
	out    []byte
	count  int
	wanted func(string) bool // of the outermost object alone; nil = every member, and no null
}

func (w *writer) head(major int, arg uint64) {
	first := byte(major << 5)
	switch {
	case arg < 24:
		w.out = append(w.out, first|byte(arg))
	case arg <= math.MaxUint8:
		w.out = append(w.out, first|24, byte(arg))
	case arg <= math.MaxUint16:
		w.out = append(w.out, first|25, byte(arg>>8), byte(arg))
	case arg <= math.MaxUint32:
		w.out = append(w.out, first|26, byte(arg>>24), byte(arg>>16), byte(arg>>8), byte(arg))
	default:
		w.out = append(w.out, first|27)
		w.out = bigEndian(w.out, arg)
	}
}

func bigEndian(out []byte, v uint64) []byte {
	return append(out, byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func (w *writer) text(s string) {
	w.head(textString, uint64(len(s)))
	w.out = append(w.out, s...)
}

func (w *writer) key(s string) {
	w.count++
	w.text(s)
}

// opened is what close needs: where the count goes, and the count of the map around.
type opened struct{ at, count int }

func (w *writer) open() opened {
	o := opened{len(w.out) + 1, w.count}
	w.out = append(w.out, dict<<5|24, 0)
	w.count = 0
	return o
}

func (w *writer) close(o opened) {
	w.out[o.at] = byte(w.count)
	w.count = o.count
}

func (w *writer) object(f board.Fielder) {
	o := w.open()
	f.Fields(w)
	w.close(o)
}

// member begins a member that is there or not, and says whether its value is to be written.
func (w *writer) member(key string, there bool) bool {
	if w.wanted != nil {
		if !w.wanted(key) {
			return false
		}
		if _, list := board.ParseList(key); !there && !list {
			w.key(key)
			w.out = append(w.out, headNull)
		}
	}
	if there {
		w.key(key)
	}
	return there
}

// inside writes what lies within a member: there, everything is wanted.
func (w *writer) inside(write func()) {
	wanted := w.wanted
	w.wanted = nil
	write()
	w.wanted = wanted
}

func (w *writer) Const(key, value string) {
	if w.wanted == nil {
		w.key(key)
		w.text(value)
	}
}

func (w *writer) String(key string, p *string, l board.Limit) {
	if w.member(key, *p != "" || l.Required) {
		w.text(*p)
	}
}

func (w *writer) Enum(key string, p *string, _ []string, required bool) {
	w.String(key, p, board.Limit{Required: required})
}

func (w *writer) Strings(key string, p *[]string, l board.Limit) {
	if w.member(key, *p != nil || l.Required) {
		w.head(array, uint64(len(*p)))
		for _, s := range *p {
			w.text(s)
		}
	}
}

func (w *writer) Bool(key string, p *board.Tri) {
	if w.member(key, *p != board.Unsaid) {
		if *p == board.Yes {
			w.out = append(w.out, headTrue)
		} else {
			w.out = append(w.out, headFalse)
		}
	}
}

func (w *writer) Number(key string, p *board.Number, _ float64) {
	if w.member(key, p.Said) {
		w.number(p.Value)
	}
}

func (w *writer) number(v float64) {
	w.out = bigEndian(append(w.out, headFloat64), math.Float64bits(v))
}

func (w *writer) Pairs(key string, p *[]board.Pair, _ []string) {
	if w.member(key, *p != nil) {
		w.head(dict, uint64(len(*p)))
		for _, m := range *p {
			w.text(m.Key)
			w.text(m.Value)
		}
	}
}

func (w *writer) Numbers(key string, p *[]board.NumberPair) {
	if w.member(key, *p != nil) {
		w.head(dict, uint64(len(*p)))
		for _, m := range *p {
			w.text(m.Key)
			w.number(m.Value)
		}
	}
}

func (w *writer) Object(key string, present bool, open func() board.Fielder) {
	if w.member(key, present) {
		w.inside(func() { w.object(open()) })
	}
}

func (w *writer) List(key string, n int, _ func(int), at func(int) board.Fielder) {
	if w.member(key, n >= 0) {
		w.head(array, uint64(n))
		w.inside(func() {
			for i := range n {
				w.object(at(i))
			}
		})
	}
}

func (w *writer) Extra(*board.Extra) {}
