package yupdate

import (
	"cmp"
	"slices"
)

// State is the merged updates of one board, kept encoded: applying a small update appends a few bytes, and memory stays near the
// encoded size (twice that at most, plus 16 bytes a deleted span and some 400 a client). It is not safe for concurrent use.
type State struct {
	limits   Limits
	byClient map[uint64]*column
	columns  []*column // by client, descending, once ordered
	ordered  bool
	sum      sum
	whole    []byte // what Bytes returned last, nil once something changed
	runs     []run  // scratch
}

// sum is what Limits bounds of a state or of a part of it.
type sum struct {
	bytes   int // encoded, at most
	structs int // and deleted spans
	pending int // structs held
}

func (a sum) plus(b sum) sum {
	return sum{a.bytes + b.bytes, a.structs + b.structs, a.pending + b.pending}
}
func (a sum) minus(b sum) sum {
	return sum{a.bytes - b.bytes, a.structs - b.structs, a.pending - b.pending}
}

// spanSize and headSize are about what a deleted span and a client take encoded, at most.
const (
	spanSize = 8
	headSize = 20
)

// NewState is an empty board.
func NewState(l Limits) *State {
	return &State{limits: l.orDefault(), byClient: make(map[uint64]*column)}
}

// LoadState is the board that these updates make, in the order they were taken: limits bind what is applied later, not what was taken.
func LoadState(l Limits, taken ...[]byte) (*State, error) {
	s := NewState(unbounded)
	for _, update := range taken {
		if _, err := s.Apply(update); err != nil {
			return nil, err
		}
	}
	s.limits = l.orDefault()
	s.Bytes() // sealed, it takes the least memory
	return s, nil
}

// Apply adds an update and says whether it told anything new. On an error nothing has changed. The update is not kept.
func (s *State) Apply(update []byte) (changed bool, err error) {
	runs := s.runs[:0]
	set, err := parse(update, s.limits, &runs)
	if err != nil {
		return false, err
	}
	if err := s.fits(runs, set); err != nil {
		return false, err
	}
	for _, u := range runs {
		changed = s.insert(u) || changed
	}
	changed = s.delete(set) || changed
	if changed {
		s.whole = nil
	}
	clear(runs) // they lie in update
	if cap(runs) <= 64 {
		s.runs = runs[:0]
	}
	return changed, nil
}

// fits says whether the state stays within its limits with what is new. What tells nothing new always fits.
func (s *State) fits(runs []run, set []byte) error {
	var added map[uint64]bool
	add := func(client uint64) {
		if added == nil {
			added = make(map[uint64]bool)
		}
		added[client] = true
	}
	var more sum
	for _, u := range runs {
		end := uint64(0)
		if c := s.byClient[u.client]; c == nil {
			add(u.client)
		} else if end = c.end(); u.end <= end || c.holds(u) {
			continue
		}
		more.bytes += len(u.raw)
		more.structs += u.count
		if u.clock > end {
			more.pending += u.count
		}
	}
	eachDeleted(set, func(client uint64, d span) {
		if c := s.byClient[client]; c == nil {
			add(client)
		} else if contains(c.deleted, d) {
			return
		}
		more.bytes += spanSize
		more.structs++
	})
	more.bytes += headSize * len(added)
	after := s.sum.plus(more)
	switch {
	case more.bytes > 0 && after.bytes > s.limits.Bytes, more.structs > 0 && after.structs > s.limits.Structs,
		len(added) > 0 && len(s.columns)+len(added) > s.limits.Clients:
		return &Error{Class: ErrTooLarge}
	case more.pending > 0 && after.pending > s.limits.Pending:
		return &Error{Class: ErrPending}
	}
	return nil
}

func (s *State) column(client uint64) *column {
	if c := s.byClient[client]; c != nil {
		return c
	}
	c := &column{client: client, sealed: run{client: client}, tail: run{client: client}}
	s.byClient[client] = c
	s.columns = append(s.columns, c)
	s.ordered = false
	s.sum.bytes += headSize
	return c
}

// inOrder is the columns as they are written: by client, descending.
func (s *State) inOrder() []*column {
	if !s.ordered {
		slices.SortFunc(s.columns, func(a, b *column) int { return cmp.Compare(b.client, a.client) })
		s.ordered = true
	}
	return s.columns
}

func (s *State) insert(u run) bool {
	c := s.column(u.client)
	if u.end <= c.end() {
		return false
	}
	before := c.sum()
	fresh := true
	if u.clock > c.end() {
		fresh = c.hold(u)
	} else {
		c.append(u)
		reached := 0
		for ; reached < len(c.held) && c.held[reached].clock <= c.end(); reached++ {
			c.waiting = c.waiting.minus(c.held[reached].waits())
			if c.held[reached].end > c.end() {
				c.append(c.held[reached])
			}
		}
		c.held = slices.Delete(c.held, 0, reached)
	}
	s.sum = s.sum.plus(c.sum()).minus(before)
	return fresh
}

// few deleted spans are put in one by one, more are united at once.
const few = 4

func (s *State) delete(set []byte) (changed bool) {
	if set[0] == 0 {
		return false
	}
	var first [few]deletion
	all := first[:0]
	eachDeleted(set, func(client uint64, d span) { all = append(all, deletion{client, d}) })
	if len(all) > few {
		sortDeletions(all)
	}
	for of := range chunk(all, func(d deletion) uint64 { return d.client }) {
		c := s.column(of[0].client)
		before := len(c.deleted)
		if len(all) <= few {
			for _, d := range of {
				var fresh bool
				c.deleted, fresh = insert(c.deleted, d.span)
				changed = changed || fresh
			}
		} else if slices.ContainsFunc(of, func(d deletion) bool { return !contains(c.deleted, d.span) }) {
			c.deleted = union(c.deleted, spans(of))
			changed = true
		}
		s.sum = s.sum.plus(sum{bytes: spanSize * (len(c.deleted) - before), structs: len(c.deleted) - before})
	}
	return changed
}

// Size is about how many bytes the encoded state takes, without encoding it; never less than its structs take.
func (s *State) Size() int { return s.sum.bytes }

// Pending is how many structs wait for something missing.
func (s *State) Pending() int { return s.sum.pending }

// StateVector is the encoded state vector: what of each client is here without gap.
func (s *State) StateVector() []byte {
	var v vector
	for _, c := range s.inOrder() {
		v.add(c.client, c.end())
	}
	return v.encode()
}

// Bytes is the whole state as one update, what is held included. It is cached until something changes; it must not be written to,
// and stays as it is whatever is applied later.
func (s *State) Bytes() []byte {
	if s.whole != nil {
		return s.whole
	}
	rest := make(map[*column]run)
	var blocks, deletions uint64
	size := 0
	for _, c := range s.inOrder() {
		if len(c.held) > 0 {
			rest[c] = c.rest(c.end(), c.end() > 0)
		}
		if count, clock := c.sealed.count+c.tail.count+rest[c].count, c.start(rest[c]); count > 0 {
			blocks++
			size += uintSize(uint64(count)) + uintSize(c.client) + uintSize(clock) + len(c.sealed.raw) + len(c.tail.raw) + len(rest[c].raw)
		}
		if len(c.deleted) > 0 {
			deletions++
			size += uintSize(c.client) + uintSize(uint64(len(c.deleted)))
			for _, d := range c.deleted {
				size += uintSize(d.from) + uintSize(d.to-d.from)
			}
		}
	}
	b := AppendUint(make([]byte, 0, size+uintSize(blocks)+uintSize(deletions)), blocks)
	for _, c := range s.inOrder() {
		count := c.sealed.count + c.tail.count + rest[c].count
		if count == 0 {
			continue
		}
		b = AppendUint(AppendUint(AppendUint(b, uint64(count)), c.client), c.start(rest[c]))
		start := len(b)
		b = append(append(b, c.sealed.raw...), c.tail.raw...)
		c.seal(b[start:len(b):len(b)])
		b = append(b, rest[c].raw...)
	}
	b = AppendUint(b, deletions)
	for _, c := range s.inOrder() {
		if len(c.deleted) > 0 {
			b = appendSpans(b, c.client, c.deleted)
		}
	}
	s.whole = b
	return b
}

// Encoded says whether Bytes is at hand: nothing has changed since it was last asked for.
func (s *State) Encoded() bool { return s.whole != nil }

// Diff is what the owner of a state vector lacks: structs at and after its clocks, and all deletions. For an empty vector it is Bytes.
func (s *State) Diff(stateVector []byte) ([]byte, error) {
	known, err := readVector(stateVector)
	if err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return s.Bytes(), nil
	}
	var w writer
	for _, c := range s.inOrder() {
		w.block(c.since(known[c.client])...)
		w.deleted(c.client, c.deleted)
	}
	return w.update(), nil
}

// Compact drops the content of what is deleted, as the function Compact does.
func (s *State) Compact() error {
	b, err := Compact(s.Bytes())
	if err != nil {
		return err
	}
	fresh, err := LoadState(s.limits, b)
	if err != nil {
		return err
	}
	*s = *fresh
	return nil
}
