package yupdate

import (
	"bytes"
	"slices"
)

// column is one client's structs from clock 0 on, without gap: those in the buffer Bytes last returned, which nobody writes to, then
// those that came since.
type column struct {
	client       uint64
	sealed, tail run   // sealed.last is of use only while tail is empty
	held         []run // what came before something that is missing; by clock, its own memory
	waiting      sum   // of held
	deleted      []span
	marks        []mark
}

func (c *column) end() uint64 { return max(c.sealed.end, c.tail.end) }

// sum leaves out the deleted spans: their number is looked at by those who change it.
func (c *column) sum() sum {
	return sum{bytes: headSize + len(c.sealed.raw) + len(c.tail.raw), structs: c.sealed.count + c.tail.count}.plus(c.waiting)
}

// waits is the sum of a held run.
func (r run) waits() sum { return sum{len(r.raw), r.count, r.count} }

// movable is the size up to which a struct is copied out of the sealed buffer so that the next can be joined to it.
const movable = 4096

// append adds u, which begins at or before the end and goes beyond it.
func (c *column) append(u run) {
	if c.tail.count == 0 {
		c.tail.clock, c.tail.end = c.sealed.end, c.sealed.end
		if at := c.sealed.last; c.sealed.count > 0 && len(c.sealed.raw)-at <= movable {
			length := (&Reader{buf: c.sealed.raw, at: at}).piece().length
			c.tail.raw = append(c.tail.raw, c.sealed.raw[at:]...)
			c.tail.clock -= length
			c.tail.count, c.tail.last = 1, 0
			c.sealed.raw = c.sealed.raw[:at:at]
			c.sealed.count--
			c.sealed.end -= length
		}
	}
	c.tail.add(u)
}

// before is the index in held of the last run that begins at or before clock, -1 without.
func (c *column) before(clock uint64) int {
	i, _ := slices.BinarySearchFunc(c.held, clock, func(h run, clock uint64) int {
		if h.clock <= clock {
			return -1
		}
		return 1
	})
	return i - 1
}

func (c *column) holds(u run) bool {
	i := c.before(u.clock)
	return i >= 0 && u.end <= c.held[i].end
}

// hold keeps u until what comes before it arrives, and says whether it is new.
func (c *column) hold(u run) bool {
	if c.holds(u) {
		return false
	}
	i := c.before(u.clock)
	if i >= 0 && u.clock <= c.held[i].end {
		c.waiting = c.waiting.minus(c.held[i].waits())
		c.held[i].add(u)
	} else {
		i++
		u.raw = bytes.Clone(u.raw)
		c.held = slices.Insert(c.held, i, u)
	}
	c.waiting = c.waiting.plus(c.held[i].waits())
	return true
}

// seal lets the column lie in raw, a copy of its structs.
func (c *column) seal(raw []byte) {
	if c.tail.count > 0 {
		c.sealed.last = len(c.sealed.raw) + c.tail.last
		c.sealed.end = c.tail.end
		c.sealed.count += c.tail.count
	}
	c.sealed.raw = raw
	c.tail = run{client: c.client}
}

// start is the clock a column begins at, given what is held of it: 0 unless nothing is here but what is held.
func (c *column) start(rest run) uint64 {
	if c.end() == 0 {
		return rest.clock
	}
	return 0
}

// rest is what is held beyond the clock `from`, with the gap before it if something goes before.
func (c *column) rest(from uint64, after bool) run {
	r := run{client: c.client, clock: from, end: from}
	if after {
		r.gap(c.held[0].clock)
	}
	r.fill(c.held)
	return r
}

// since is the column's structs at and after the clock `from`, in parts that follow each other; what is held comes last.
func (c *column) since(from uint64) []run {
	var parts []run
	for _, u := range []run{c.mark(from), c.tail} {
		parts = u.since(from, parts)
	}
	if len(c.held) > 0 {
		if rest := c.rest(max(from, c.end()), from < c.end()); rest.count > 0 {
			parts = append(parts, rest)
		}
	}
	return parts
}

// since appends what r holds at and after the clock `from`: the second half of a struct if need be, then the rest as it is.
func (r run) since(from uint64, parts []run) []run {
	if r.end <= from || r.count == 0 {
		return parts
	}
	in := Reader{buf: r.raw}
	for r.clock < from {
		p := in.piece()
		if cut := from - r.clock; cut < p.length {
			half := appendCut(nil, r.raw, p, id{r.client, r.clock}, cut, p.length)
			parts = append(parts, run{client: r.client, clock: from, end: from + p.length - cut, raw: half, count: 1})
		}
		r.clock += p.length
		r.count--
	}
	if r.raw = r.raw[in.at:]; r.count > 0 {
		parts = append(parts, r)
	}
	return parts
}

// mark is where a struct begins: its index in the column, its first byte, its clock. Structs before the last one never change.
type mark struct {
	index, at int
	clock     uint64
}

// markEvery is about how many bytes lie between marks.
const markEvery = 32 << 10

// mark is what is sealed from the last mark before the clock `from` on; marks are set as they are first needed.
func (c *column) mark(from uint64) run {
	r := c.sealed
	if from == 0 || from >= r.end || len(r.raw) < 2*markEvery {
		return r
	}
	var last mark
	if n := len(c.marks); n > 0 {
		last = c.marks[n-1]
	}
	if last.clock <= from && len(r.raw)-last.at >= 2*markEvery {
		in := Reader{buf: r.raw, at: last.at}
		for now := last; now.clock <= from; now.index++ {
			if now.at = in.at; now.at-last.at >= markEvery {
				c.marks = append(c.marks, now)
				last = now
			}
			now.clock += in.piece().length
		}
	}
	i, _ := slices.BinarySearchFunc(c.marks, from, func(m mark, from uint64) int {
		if m.clock <= from {
			return -1
		}
		return 1
	})
	if i > 0 {
		m := c.marks[i-1]
		r.raw, r.count, r.clock = r.raw[m.at:], r.count-m.index, m.clock
	}
	return r
}
