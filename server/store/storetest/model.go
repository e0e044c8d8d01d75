package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"unisson/server/store"
)

// board is what a store should hold of one, as plainly as it can be said.
type board struct {
	records  []store.Record
	snapshot string
	upTo     uint64
}

// model applies random calls to the store and to a map, and compares them at every step.
func model(t *testing.T, p *place) {
	r := rand.New(rand.NewPCG(4, 1))
	boards := map[string]*board{}
	expect := func(step int, err error, when bool, want error) bool {
		t.Helper()
		if when && !errors.Is(err, want) || !when && err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		return !when
	}
	for step := range 600 {
		id := fmt.Sprint("b", r.IntN(5))
		b := boards[id]
		switch n := r.IntN(100); {
		case n < 10:
			first := records(r)
			if expect(step, p.Create(p.ctx, id, first...), b != nil, store.ErrExists) {
				boards[id] = &board{records: first}
			}
		case n < 65:
			more := records(r)
			seq, err := p.Append(p.ctx, id, more...)
			if expect(step, err, b == nil, store.ErrNotFound) {
				b.records = append(b.records, more...)
				if seq != uint64(len(b.records)) {
					t.Fatalf("step %d: number %d of %d", step, seq, len(b.records))
				}
			}
		case n < 85:
			if b == nil {
				expect(step, p.Snapshot(p.ctx, id, 0, nil), true, store.ErrNotFound)
				break
			}
			upTo := b.upTo + uint64(r.IntN(len(b.records)-int(b.upTo)+1))
			data := fmt.Sprintf("%s up to %d at step %d", id, upTo, step)
			p.must(p.Snapshot(p.ctx, id, upTo, []byte(data)))
			b.snapshot, b.upTo = data, upTo
		case n < 90:
			if expect(step, p.Delete(p.ctx, id), b == nil, store.ErrNotFound) {
				delete(boards, id)
			}
		case n < 93:
			p.reopen()
		}
		if b := boards[id]; b == nil {
			_, err := p.Load(p.ctx, id)
			p.want(store.ErrNotFound, err)
		} else {
			p.holds(id, b.snapshot, b.upTo, append([]store.Record(nil), b.records[b.upTo:]...)...)
		}
	}
}

func records(r *rand.Rand) []store.Record {
	some := make([]store.Record, r.IntN(4))
	for i := range some {
		some[i] = store.Record{Kind: store.Kind(1 + r.IntN(2)), Data: random(r.Uint64(), r.IntN(3000))}
	}
	return some
}
