package yupdate

import (
	"cmp"
	"slices"
)

// Merge is one update that tells what all of them tell, as Y.mergeUpdates does: clients in descending order, what is missing between
// structs left as Skips, overlaps cut, deletions united. Insertions typed one after the other become one struct.
// Merging a result again changes nothing. It fails where an update is unsound (any class but ErrTooLarge and ErrPending).
func Merge(updates ...[]byte) ([]byte, error) { return merge(nil, updates) }

// Diff is what the owner of a state vector lacks of an update, as Y.diffUpdate gives it: structs at and after its clocks, all deletions.
func Diff(update, stateVector []byte) ([]byte, error) {
	known, err := readVector(stateVector)
	if err != nil {
		return nil, err
	}
	return merge(known, [][]byte{update})
}

func merge(known map[uint64]uint64, updates [][]byte) ([]byte, error) {
	var runs []run
	var deleted []deletion
	size := 0
	for _, update := range updates {
		set, err := parse(update, unbounded, &runs)
		if err != nil {
			return nil, err
		}
		eachDeleted(set, func(client uint64, s span) { deleted = append(deleted, deletion{client, s}) })
		size += len(update)
	}
	sortRuns(runs)
	sortDeletions(deleted)
	var w writer
	w.body = make([]byte, 0, size)
	for of := range chunk(runs, func(u run) uint64 { return u.client }) {
		clock := known[of[0].client]
		whole := run{client: of[0].client, clock: clock, end: clock}
		if len(of) == 1 && of[0].clock >= clock {
			whole = of[0]
		} else {
			whole.fill(of)
		}
		w.block(whole)
	}
	for of := range chunk(deleted, func(d deletion) uint64 { return d.client }) {
		w.deleted(of[0].client, spans(of))
	}
	return w.update(), nil
}

// sortRuns sorts by client, descending, then by clock; among equals the first given stays first.
func sortRuns(runs []run) {
	slices.SortStableFunc(runs, func(a, b run) int {
		return cmp.Or(cmp.Compare(b.client, a.client), cmp.Compare(a.clock, b.clock))
	})
}

func sortDeletions(all []deletion) {
	slices.SortFunc(all, func(a, b deletion) int {
		return cmp.Or(cmp.Compare(b.client, a.client), cmp.Compare(a.from, b.from))
	})
}

// spans is what sorted deletions of one client come to.
func spans(of []deletion) []span {
	all := make([]span, 0, len(of))
	for _, d := range of {
		all = extend(all, d.span)
	}
	return all
}

// chunk cuts s where key changes.
func chunk[T any](s []T, key func(T) uint64) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(s) > 0 {
			n := 1
			for n < len(s) && key(s[n]) == key(s[0]) {
				n++
			}
			if !yield(s[:n]) {
				return
			}
			s = s[n:]
		}
	}
}

// writer puts an update together.
type writer struct {
	body, spans       []byte
	blocks, deletions uint64
}

func (w *writer) block(parts ...run) {
	count := 0
	for _, u := range parts {
		count += u.count
	}
	if count == 0 {
		return
	}
	w.blocks++
	w.body = AppendUint(AppendUint(AppendUint(w.body, uint64(count)), parts[0].client), parts[0].clock)
	for _, u := range parts {
		w.body = append(w.body, u.raw...)
	}
}

func (w *writer) deleted(client uint64, spans []span) {
	if len(spans) > 0 {
		w.deletions++
		w.spans = appendSpans(w.spans, client, spans)
	}
}

func (w *writer) update() []byte {
	b := make([]byte, 0, uintSize(w.blocks)+len(w.body)+uintSize(w.deletions)+len(w.spans))
	b = append(AppendUint(b, w.blocks), w.body...)
	return append(AppendUint(b, w.deletions), w.spans...)
}

// StateVector is the encoded state vector of an update: for each client the clock up to which nothing is missing,
// as Y.encodeStateVectorFromUpdate gives it.
func StateVector(update []byte) ([]byte, error) {
	var runs []run
	if _, err := parse(update, unbounded, &runs); err != nil {
		return nil, err
	}
	sortRuns(runs)
	var v vector
	for of := range chunk(runs, func(u run) uint64 { return u.client }) {
		var end uint64
		for _, u := range of {
			if u.clock <= end {
				end = max(end, u.end)
			}
		}
		v.add(of[0].client, end)
	}
	return v.encode(), nil
}

// vector is a state vector being put together.
type vector struct {
	body  []byte
	count uint64
}

func (v *vector) add(client, clock uint64) {
	if clock > 0 {
		v.count++
		v.body = AppendUint(AppendUint(v.body, client), clock)
	}
}

func (v *vector) encode() []byte { return append(AppendUint(nil, v.count), v.body...) }

// readVector decodes a state vector; of a client named twice the last counts.
func readVector(b []byte) (map[uint64]uint64, error) {
	r := Reader{buf: b}
	n := r.Uint()
	known := make(map[uint64]uint64, min(n, uint64(len(b)/2)))
	for ; n > 0 && r.err == nil; n-- {
		client := r.Uint()
		known[client] = r.Uint()
	}
	return known, r.End()
}
