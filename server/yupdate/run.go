package yupdate

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// run is structs of one client whose clocks follow each other from clock up to end, as they lie in raw.
// Appended to, it owns raw; otherwise raw is part of an update.
type run struct {
	client, clock, end uint64
	raw                []byte
	count              int // structs
	last               int // where in raw the last one begins
	at                 int // where raw begins in its update
}

// replacement stands for half a surrogate pair, U+FFFD.
const replacement = string(utf8.RuneError)

// add appends what u holds at and after r.end; u begins at or before it and its bytes are sound.
// Where structs overlap, those that came first stay: both say the same, of the same clocks.
func (r *run) add(u run) {
	if u.end <= r.end || u.count == 0 {
		return
	}
	in := Reader{buf: u.raw}
	clock := u.clock
	if clock < r.end { // pass over what is known, cut the struct that is known in part
		for clock < r.end {
			p := in.piece()
			if cut := r.end - clock; cut < p.length {
				one := appendCut(nil, u.raw, p, id{u.client, clock}, cut, p.length)
				r.addOne(one, (&Reader{buf: one}).piece(), false)
			}
			clock += p.length
			u.count--
		}
		if u.count == 0 {
			return
		}
	}
	first := in.piece()
	r.addOne(u.raw, first, false)
	if u.count > 1 {
		r.last = len(r.raw) + u.last - first.next
		rest := u.raw[first.next:]
		if len(rest) > cap(r.raw)-len(r.raw) {
			// Doubled, where append would add a quarter: a board that is being filled leaves a third of the garbage.
			r.raw = slices.Grow(r.raw, max(len(rest), len(r.raw)))
		}
		r.raw = append(r.raw, rest...)
		r.count += u.count - 1
		r.end = u.end
	}
}

// addOne appends one struct of src, whose clock is r.end, into the last one where the two are one insertion in two parts.
// It may then be read as if one had been integrated right after the other, which is one of the orders every client agrees on.
// With lists, lists of values are joined too; only those of like fate (both deleted or neither) should be.
func (r *run) addOne(src []byte, p piece, lists bool) {
	if !r.join(src, p, lists) {
		r.last = len(r.raw)
		r.raw = append(r.raw, src[p.at:p.next]...)
		r.count++
	}
	r.end += p.length
}

func (r *run) join(src []byte, p piece, lists bool) bool {
	if r.count == 0 || r.raw[r.last]&kindBits != p.kind() {
		return false
	}
	left := Reader{buf: r.raw, at: r.last}
	switch p.kind() {
	case kindGC:
		left.head(true)
		return r.lengthen(left.at, p.length, nil)
	case kindString, kindDeleted:
	case kindAny, kindJSON:
		if !lists {
			return false
		}
	default:
		return false
	}
	right := Reader{buf: src, at: p.at}
	lh, rh := left.head(true), right.head(true)
	if rh.info&hasOrigin == 0 || rh.origin != (id{r.client, r.end - 1}) || lh.info&hasRight != rh.info&hasRight || lh.right != rh.right {
		return false
	}
	if p.kind() == kindDeleted {
		return r.lengthen(left.at, p.length, nil)
	}
	n := right.Uint()
	return r.lengthen(left.at, n, src[right.at:p.next])
}

// lengthen adds n to the length found at `at` in the last struct, and appends what it counts.
func (r *run) lengthen(at int, n uint64, content []byte) bool {
	in := Reader{buf: r.raw, at: at}
	n += in.Uint()
	if width := uintSize(n); width == in.at-at {
		AppendUint(r.raw[:at], n)
	} else {
		var size [8]byte
		r.raw = slices.Replace(r.raw, at, in.at, AppendUint(size[:0], n)...)
	}
	r.raw = append(r.raw, content...)
	return true
}

// gap appends a Skip up to the clock `to`.
func (r *run) gap(to uint64) {
	r.last = len(r.raw)
	r.raw = AppendUint(append(r.raw, kindSkip), to-r.end)
	r.count++
	r.end = to
}

// fill makes r the union of runs of one client, which are in the order of their clocks: gaps become Skips, but none begins r.
// When r is not empty it goes on from there.
func (r *run) fill(runs []run) {
	for _, u := range runs {
		if u.end <= r.end {
			continue
		}
		if u.clock > r.end {
			if r.count > 0 {
				r.gap(u.clock)
			} else {
				r.clock, r.end = u.clock, u.clock
			}
		}
		r.add(u)
	}
}

// appendCut appends the part from unit `from` up to unit `to` of the struct p of src, whose id is at.
func appendCut(dst, src []byte, p piece, at id, from, to uint64) []byte {
	dst = appendHead(dst, src, p, at, from, p.kind())
	in := Reader{buf: src, at: p.content}
	switch p.kind() {
	case kindGC, kindDeleted, kindSkip:
		return AppendUint(dst, to-from)
	case kindString:
		return appendUnits(dst, in.Bytes(), from, to)
	case kindAny, kindJSON:
		in.Uint()
		value := func() {
			if p.kind() == kindAny {
				in.any(0, true)
			} else {
				in.Bytes()
			}
		}
		dst = AppendUint(dst, to-from)
		for n := from; n > 0; n-- {
			value()
		}
		start := in.at
		for n := to - from; n > 0; n-- {
			value()
		}
		return append(dst, src[start:in.at]...)
	default: // of length one: whole
		return append(dst, src[p.content:p.next]...)
	}
}

// appendHead appends the head of p as it is for the part that begins at unit `from`, for content of another kind if need be.
func appendHead(dst, src []byte, p piece, at id, from uint64, kind byte) []byte {
	switch {
	case kind == kindGC || kind == kindSkip:
		return append(dst, kind)
	case from == 0:
		return append(append(dst, p.info&^kindBits|kind), src[p.at+1:p.content]...)
	}
	h := (&Reader{buf: src, at: p.at}).head(true)
	dst = append(dst, h.info&(hasRight|hasSub)|hasOrigin|kind)
	dst = AppendUint(AppendUint(dst, at.client), at.clock+from-1)
	return append(dst, src[h.rightAt:h.rightEnd]...)
}

// appendUnits appends the UTF-16 units from..to of text as a string.
func appendUnits(dst, text []byte, from, to uint64) []byte {
	_, start, startSplit := CutUTF16(text, from)
	n := to - from
	if startSplit {
		n--
	}
	end, _, endSplit := CutUTF16(text[start:], n)
	part := text[start : start+end]
	if !startSplit && !endSplit {
		return AppendBytes(dst, part)
	}
	var whole bytes.Buffer
	if startSplit {
		whole.WriteString(replacement)
	}
	whole.Write(part)
	if endSplit {
		whole.WriteString(replacement)
	}
	return AppendBytes(dst, whole.Bytes())
}
