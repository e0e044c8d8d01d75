package yupdate

import "slices"

// span is deleted clocks from `from` up to, without, `to`.
type span struct{ from, to uint64 }

// deletion is a span of one client.
type deletion struct {
	client uint64
	span
}

// Validate says whether an update is one that Yjs clients can read, whole and within the limits; it allocates next to nothing.
func Validate(update []byte, l Limits) error {
	_, err := parse(update, l.orDefault(), nil)
	return err
}

// parse checks an update, gathers its runs when `runs` is not nil (they lie in it), and returns its deleted spans as they lie in it.
func parse(update []byte, l Limits, runs *[]run) (deleted []byte, err error) {
	if len(update) > l.Bytes {
		return nil, &Error{Class: ErrTooLarge}
	}
	r := &Reader{buf: update}
	budget := l.Structs
	seen := clients{limit: l.Clients}
	for n := r.Uint(); n > 0 && r.err == nil; n-- {
		count := r.Uint()
		u := run{client: r.Uint(), clock: r.Uint()}
		if !seen.add(u.client) {
			r.fail(seen.class)
		}
		u.end = u.clock
		start := r.at
		for ; count > 0 && r.err == nil; count-- {
			if budget--; budget < 0 {
				r.fail(ErrTooLarge)
			}
			p := r.check(id{u.client, u.end}, l.Depth)
			end := u.end + p.length
			if end > l.Clock {
				r.fail(ErrTooLarge)
			}
			if p.kind() == kindSkip {
				u.close(update, start, p.at, runs)
				u.clock, u.end, u.count, start = end, end, 0, r.at
				continue
			}
			u.last = p.at - start
			u.count++
			u.end = end
		}
		if r.err == nil {
			u.close(update, start, r.at, runs)
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	start := r.at
	for n := r.Uint(); n > 0 && r.err == nil; n-- {
		r.Uint()
		for count := r.Uint(); count > 0 && r.err == nil; count-- {
			if budget--; budget < 0 {
				r.fail(ErrTooLarge)
			}
			from, at := r.Uint(), r.at
			switch length := r.Uint(); {
			case from+length > l.Clock:
				r.fail(ErrTooLarge)
			case length == 0 && r.err == nil: // a client would fail on it
				r.at = at
				r.fail(ErrMalformed)
			}
		}
	}
	return update[start:], r.End()
}

func (u run) close(update []byte, at, end int, runs *[]run) {
	if u.count > 0 && runs != nil {
		u.raw, u.at = update[at:end], at
		*runs = append(*runs, u)
	}
}

// clients tells the clients of an update from each other: a client reads only the last of two blocks of one client.
// Yjs writes them in descending order, which needs no memory.
type clients struct {
	limit   int
	count   int
	last    uint64
	earlier []uint64        // before last, while in order
	known   map[uint64]bool // all, from the first that is out of order on
	class   error
}

func (c *clients) add(client uint64) bool {
	c.count++
	switch {
	case c.count > c.limit:
		c.class = ErrTooLarge
		return false
	case c.known == nil && (c.count == 1 || client < c.last):
	case c.known == nil:
		c.known = make(map[uint64]bool)
		for _, one := range append(c.earlier, c.last) {
			c.known[one] = true
		}
		fallthrough
	default:
		if c.known[client] {
			c.class = ErrMalformed
			return false
		}
		c.known[client] = true
	}
	if c.known == nil && c.count > 1 {
		c.earlier = append(c.earlier, c.last)
	}
	c.last = client
	return true
}

// eachDeleted calls f for each span of a sound set of deletions.
func eachDeleted(set []byte, f func(client uint64, s span)) {
	r := Reader{buf: set}
	for n := r.Uint(); n > 0; n-- {
		client := r.Uint()
		for count := r.Uint(); count > 0; count-- {
			from := r.Uint()
			f(client, span{from, from + r.Uint()})
		}
	}
}

// union is the spans of both, each in order and apart from the next by at least one clock.
func union(a, b []span) []span {
	all := make([]span, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].from <= b[0].from {
			all, a = extend(all, a[0]), a[1:]
		} else {
			all, b = extend(all, b[0]), b[1:]
		}
	}
	return all
}

// extend appends a span that begins at or after the beginning of the last.
func extend(all []span, s span) []span {
	if n := len(all); n > 0 && s.from <= all[n-1].to {
		all[n-1].to = max(all[n-1].to, s.to)
		return all
	}
	return append(all, s)
}

// insert adds one span to spans in order, and says whether it told anything new.
func insert(spans []span, s span) ([]span, bool) {
	// Those that overlap or touch s: first..after.
	first, _ := slices.BinarySearchFunc(spans, s.from, func(t span, from uint64) int {
		if t.to < from {
			return -1
		}
		return 1
	})
	after := first
	for after < len(spans) && spans[after].from <= s.to {
		after++
	}
	if after == first+1 && spans[first].from <= s.from && s.to <= spans[first].to {
		return spans, false
	}
	if after > first {
		s.from = min(s.from, spans[first].from)
		s.to = max(s.to, spans[after-1].to)
	}
	return slices.Replace(spans, first, after, s), true
}

// contains says whether one of the spans holds the whole of s.
func contains(spans []span, s span) bool {
	i, found := slices.BinarySearchFunc(spans, s.from, func(t span, from uint64) int {
		switch {
		case t.to <= from:
			return -1
		case t.from > from:
			return 1
		}
		return 0
	})
	return found && s.to <= spans[i].to
}

// appendSpans appends the deletions of one client.
func appendSpans(b []byte, client uint64, spans []span) []byte {
	b = AppendUint(AppendUint(b, client), uint64(len(spans)))
	for _, s := range spans {
		b = AppendUint(AppendUint(b, s.from), s.to-s.from)
	}
	return b
}
