// Package storetest is what every engine of package store must pass: the promises of store.Log, tried one by one.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"unisson/server/store"
)

// Engine makes one new, empty place to store in. Each call of what it returns opens that place again, after a Close. An
// engine that can serve one place from several processes may open it twice at once; the suite never does.
type Engine func(t testing.TB, clock func() time.Time) (open func() store.Log)

// Run tries an engine. The caller checks that no goroutine is left.
func Run(t *testing.T, engine Engine) {
	for _, c := range []struct {
		name string
		try  func(*testing.T, *place)
	}{
		{"create", create}, {"order", order}, {"empty data", emptyData}, {"ownership of data", ownership}, {"isolation", isolation},
		{"writers at once", writers}, {"calls are whole", whole}, {"snapshots", snapshots}, {"snapshots at the wrong place", misplaced},
		{"two snapshots purge", purge}, {"snapshots and writers at once", snapshotRace}, {"large", large}, {"delete", deletion},
		{"made again", again}, {"idle", idle}, {"kept", kept}, {"codes", codes}, {"ready", ready}, {"contexts", contexts}, {"contexts that end at random", cancelled},
		{"closed", closed}, {"against a model", model},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &place{T: t, ctx: t.Context(), now: time.Date(2031, 3, 9, 8, 0, 0, 0, time.UTC)}
			p.open = engine(t, p.clock)
			p.Log = p.open()
			defer func() { p.must(p.Close()) }()
			c.try(t, p)
		})
	}
}

// place is one store under test, with its clock.
type place struct {
	*testing.T
	store.Log
	ctx  context.Context
	open func() store.Log
	mu   sync.Mutex
	now  time.Time
}

func (p *place) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *place) advance(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

func (p *place) reopen() {
	p.Helper()
	p.must(p.Close())
	p.Log = p.open()
}

func (p *place) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *place) want(want, got error) {
	p.Helper()
	if !errors.Is(got, want) {
		p.Fatalf("error %v, want %v", got, want)
	}
}

func (p *place) load(id string) store.Stored {
	p.Helper()
	got, err := p.Load(p.ctx, id)
	p.must(err)
	return got
}

// holds checks a board's whole content: its snapshot, and its records from the one after it.
func (p *place) holds(id string, snapshot string, upTo uint64, tail ...store.Record) {
	p.Helper()
	got := p.load(id)
	if string(got.Snapshot) != snapshot || got.SnapshotSeq != upTo || got.Damaged {
		p.Fatalf("%s: snapshot %.40q up to %d (damaged %v), want %.40q up to %d", id, got.Snapshot, got.SnapshotSeq, got.Damaged, snapshot, upTo)
	}
	for i := range tail {
		tail[i].Seq = upTo + 1 + uint64(i)
	}
	if !slices.EqualFunc(got.Tail, tail, equal) {
		p.Fatalf("%s: records %v, want %v", id, got.Tail, tail)
	}
	if last := upTo + uint64(len(tail)); got.Seq() != last {
		p.Fatalf("%s: last number %d, want %d", id, got.Seq(), last)
	}
}

func equal(a, b store.Record) bool {
	return a.Seq == b.Seq && a.Kind == b.Kind && bytes.Equal(a.Data, b.Data)
}

func update(format string, args ...any) store.Record {
	return store.Record{Kind: store.Update, Data: fmt.Appendf(nil, format, args...)}
}

func event(format string, args ...any) store.Record {
	return store.Record{Kind: store.Event, Data: fmt.Appendf(nil, format, args...)}
}

func create(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	p.holds("a", "", 0)
	p.must(p.Create(p.ctx, "b", event(`{"made":1}`), update("first")))
	p.holds("b", "", 0, event(`{"made":1}`), update("first"))
	p.want(store.ErrExists, p.Create(p.ctx, "b", update("other")))
	p.holds("b", "", 0, event(`{"made":1}`), update("first"))
	_, err := p.Load(p.ctx, "c")
	p.want(store.ErrNotFound, err)
	_, err = p.Append(p.ctx, "c", update("x"))
	p.want(store.ErrNotFound, err)
	p.want(store.ErrNotFound, p.Snapshot(p.ctx, "c", 0, nil))
	_, err = p.Load(p.ctx, "c")
	p.want(store.ErrNotFound, err)

	var wg sync.WaitGroup
	made := make(chan error, 16)
	for range cap(made) {
		wg.Go(func() { made <- p.Create(p.ctx, "one") })
	}
	wg.Wait()
	first := 0
	for range cap(made) {
		if err := <-made; err == nil {
			first++
		} else {
			p.want(store.ErrExists, err)
		}
	}
	if first != 1 {
		t.Fatalf("a board was made %d times", first)
	}
}

func order(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", update("1")))
	for i, group := range [][]store.Record{{update("2")}, {update("3"), event("4"), update("5")}, {event("6")}} {
		want := []uint64{2, 5, 6}[i]
		if seq, err := p.Append(p.ctx, "a", group...); err != nil || seq != want {
			t.Fatalf("append: %d, %v, want %d", seq, err, want)
		}
	}
	if seq, err := p.Append(p.ctx, "a"); err != nil || seq != 6 {
		t.Fatalf("append of nothing: %d, %v, want 6", seq, err)
	}
	p.holds("a", "", 0, update("1"), update("2"), update("3"), event("4"), update("5"), event("6"))
	p.reopen()
	p.holds("a", "", 0, update("1"), update("2"), update("3"), event("4"), update("5"), event("6"))
	if seq, err := p.Append(p.ctx, "a", store.Record{Seq: 99, Kind: store.Event, Data: []byte("7")}); err != nil || seq != 7 {
		t.Fatalf("append after a restart: %d, %v, want 7 whatever number the record bears", seq, err)
	}
}

func emptyData(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", store.Record{Kind: store.Update}, store.Record{Kind: store.Event, Data: []byte{}}))
	p.must(p.Snapshot(p.ctx, "a", 1, nil))
	p.reopen()
	p.holds("a", "", 1, store.Record{Kind: store.Event})
	p.must(p.Create(p.ctx, "é \x00/ %?#", update("\x00\xff")))
	p.holds("é \x00/ %?#", "", 0, update("\x00\xff"))
}

// Callers use their buffers again as soon as the answer is there.
func ownership(t *testing.T, p *place) {
	buffer := []byte("one")
	p.must(p.Create(p.ctx, "a", store.Record{Kind: store.Update, Data: buffer}))
	copy(buffer, "two")
	_, err := p.Append(p.ctx, "a", store.Record{Kind: store.Update, Data: buffer})
	p.must(err)
	copy(buffer, "xxx")
	p.holds("a", "", 0, update("one"), update("two"))
	got := p.load("a")
	copy(got.Tail[0].Data, "yyy")
	p.holds("a", "", 0, update("one"), update("two"))
}

func isolation(t *testing.T, p *place) {
	ids := []string{"a", "A", "a ", "ab", "", "b"}
	for i, id := range ids {
		p.must(p.Create(p.ctx, id, update("%d", i)))
	}
	for i, id := range ids {
		_, err := p.Append(p.ctx, id, event("more %d", i))
		p.must(err)
	}
	p.must(p.Snapshot(p.ctx, "a", 2, []byte("s")))
	p.must(p.Delete(p.ctx, "ab"))
	for i, id := range ids {
		switch id {
		case "a":
			p.holds(id, "s", 2)
		case "ab":
			_, err := p.Load(p.ctx, id)
			p.want(store.ErrNotFound, err)
		default:
			p.holds(id, "", 0, update("%d", i), event("more %d", i))
		}
	}
}

// Many writers on few boards: every number is given once, and what a number was given for is there.
func writers(t *testing.T, p *place) {
	const goroutines, each = 24, 20
	ids := []string{"a", "b", "c"}
	for _, id := range ids {
		p.must(p.Create(p.ctx, id))
	}
	var mu sync.Mutex
	given := map[string]map[uint64]string{"a": {}, "b": {}, "c": {}}
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			before := map[string]uint64{}
			for i := range each {
				id := ids[(g+i)%len(ids)]
				text := fmt.Sprintf("%d.%d", g, i)
				seq, err := p.Append(p.ctx, id, update("%s", text))
				if err != nil || seq <= before[id] {
					t.Errorf("append: %d after %d, %v", seq, before[id], err)
					return
				}
				before[id] = seq
				mu.Lock()
				if other, taken := given[id][seq]; taken {
					t.Errorf("%s %d given to %s and %s", id, seq, other, text)
				}
				given[id][seq] = text
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	p.reopen()
	for _, id := range ids {
		var want []store.Record
		for seq := range uint64(len(given[id])) {
			want = append(want, update("%s", given[id][seq+1]))
		}
		p.holds(id, "", 0, want...)
	}
}

// The records of one call lie side by side, and none is seen without the others.
func whole(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	const goroutines, each, group = 4, 12, 5
	check := func() (n int) {
		got, err := p.Load(p.ctx, "a")
		if err != nil || len(got.Tail)%group != 0 {
			t.Errorf("%d records, %v: part of a call was seen", len(got.Tail), err)
			return 0
		}
		for i, r := range got.Tail {
			if !bytes.Equal(r.Data, got.Tail[i/group*group].Data) {
				t.Errorf("record %d belongs to another call", r.Seq)
			}
		}
		return len(got.Tail)
	}
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range each {
				r := update("%d.%d", g, i)
				if _, err := p.Append(p.ctx, "a", slices.Repeat([]store.Record{r}, group)...); err != nil {
					t.Error(err)
				}
				check()
			}
		})
	}
	wg.Wait()
	if n := check(); n != goroutines*each*group {
		t.Fatalf("%d records", n)
	}
}

func (p *place) grow(id string, to int) []store.Record {
	p.Helper()
	all := make([]store.Record, to)
	for i := range all {
		all[i] = update("r%d", i+1)
	}
	got := p.load(id)
	_, err := p.Append(p.ctx, id, all[got.Seq():]...)
	p.must(err)
	return all
}

func snapshots(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	p.must(p.Create(p.ctx, "b", update("b")))
	all := p.grow("a", 10)
	p.must(p.Snapshot(p.ctx, "a", 4, []byte("up to 4")))
	p.holds("a", "up to 4", 4, all[4:]...)
	p.must(p.Snapshot(p.ctx, "a", 9, []byte("up to 9")))
	p.holds("a", "up to 9", 9, all[9:]...)
	if got := p.load("a"); got.Size < int64(len("up to 4")+len("up to 9")+2) {
		t.Fatalf("size %d", got.Size)
	}
	all = p.grow("a", 15)
	p.must(p.Snapshot(p.ctx, "a", 15, []byte("up to 15")))
	p.holds("a", "up to 15", 15)
	p.reopen()
	p.holds("a", "up to 15", 15)
	all = p.grow("a", 17)
	p.holds("a", "up to 15", 15, all[15:]...)
	p.holds("b", "", 0, update("b"))
}

func misplaced(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	all := p.grow("a", 5)
	p.want(store.ErrSeq, p.Snapshot(p.ctx, "a", 6, []byte("beyond")))
	p.holds("a", "", 0, all...)
	p.must(p.Snapshot(p.ctx, "a", 3, []byte("3")))
	p.want(store.ErrSeq, p.Snapshot(p.ctx, "a", 2, []byte("back")))
	p.holds("a", "3", 3, all[3:]...)
}

// A room that compacts twice leaves nothing older than that: neither snapshot nor record.
func purge(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	p.grow("a", 5)
	p.must(p.Snapshot(p.ctx, "a", 3, bytes.Repeat([]byte("secret"), 100)))
	p.must(p.Snapshot(p.ctx, "a", 5, []byte("clean")))
	p.must(p.Snapshot(p.ctx, "a", 5, []byte("clean")))
	p.holds("a", "clean", 5)
	if got := p.load("a"); got.Size != 10 {
		t.Fatalf("size %d, want the two snapshots alone", got.Size)
	}
}

// Snapshots are taken while others write; whatever is loaded meanwhile is the whole history. The snapshot's own data is
// its number, in decimal.
func snapshotRace(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 25 {
				seq, err := p.Append(p.ctx, "a", update("x"))
				if err != nil {
					t.Error(err)
					return
				}
				if seq%3 == 0 {
					if err := p.Snapshot(p.ctx, "a", seq, fmt.Append(nil, seq)); err != nil && !errors.Is(err, store.ErrSeq) {
						t.Error(err)
					}
				}
				got, err := p.Load(p.ctx, "a")
				if err != nil || got.Seq() < seq || got.SnapshotSeq > 0 && string(got.Snapshot) != fmt.Sprint(got.SnapshotSeq) {
					t.Errorf("after %d: %d (snapshot %q), %v", seq, got.Seq(), got.Snapshot, err)
				}
			}
		})
	}
	wg.Wait()
	if got := p.load("a"); got.Seq() != 100 || got.SnapshotSeq != 99 {
		t.Fatalf("last %d, snapshot %d", got.Seq(), got.SnapshotSeq)
	}
}

func random(seed uint64, n int) []byte {
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	b := make([]byte, n)
	r.Read(b)
	return b
}

// A board's limit is 20 MiB, and it may come in one record when a local board goes live.
func large(t *testing.T, p *place) {
	data := random(1, 20<<20)
	p.must(p.Create(p.ctx, "a", store.Record{Kind: store.Update, Data: data}))
	p.must(p.Snapshot(p.ctx, "a", 1, data))
	_, err := p.Append(p.ctx, "a", update("after"))
	p.must(err)
	got := p.load("a")
	if !bytes.Equal(got.Snapshot, data) || got.Seq() != 2 {
		t.Fatal("a large board did not come back")
	}
}

func deletion(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", update("1")))
	p.must(p.Snapshot(p.ctx, "a", 1, []byte("s")))
	p.must(p.PutCode(p.ctx, "CODE", "a", p.clock().Add(time.Hour)))
	p.must(p.Delete(p.ctx, "a"))
	for range 2 {
		_, err := p.Load(p.ctx, "a")
		p.want(store.ErrNotFound, err)
		_, err = p.Append(p.ctx, "a", update("2"))
		p.want(store.ErrNotFound, err)
		p.want(store.ErrNotFound, p.Snapshot(p.ctx, "a", 1, nil))
		p.want(store.ErrNotFound, p.Delete(p.ctx, "a"))
		p.want(store.ErrNotFound, p.PutCode(p.ctx, "CODE", "a", p.clock().Add(time.Hour)))
		_, err = p.Code(p.ctx, "CODE")
		p.want(store.ErrNotFound, err)
		p.reopen()
	}
	// Several at once, others being written meanwhile.
	var wg sync.WaitGroup
	p.must(p.Create(p.ctx, "kept"))
	for i := range 20 {
		id := fmt.Sprint("d", i)
		p.must(p.Create(p.ctx, id, update("1")))
		wg.Go(func() {
			if err := p.Delete(p.ctx, id); err != nil {
				t.Error(err)
			}
			if _, err := p.Load(p.ctx, id); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("deleted, then loaded: %v", err)
			}
		})
		wg.Go(func() {
			if _, err := p.Append(p.ctx, "kept", update("k")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	p.holds("kept", "", 0, slices.Repeat([]store.Record{update("k")}, 20)...)
}

// A board made under the id of a deleted one starts anew: records, snapshots and codes of the first stay gone.
func again(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", update("old"), update("old")))
	p.must(p.Snapshot(p.ctx, "a", 1, []byte("old")))
	p.must(p.PutCode(p.ctx, "CODE", "a", p.clock().Add(time.Hour)))
	p.must(p.Delete(p.ctx, "a"))
	p.must(p.Create(p.ctx, "a", update("new")))
	p.holds("a", "", 0, update("new"))
	_, err := p.Code(p.ctx, "CODE")
	p.want(store.ErrNotFound, err)
}

func kept(t *testing.T, p *place) {
	list := func(want ...string) {
		t.Helper()
		got, err := p.Kept(p.ctx, p.clock().Add(time.Minute), 10)
		p.must(err)
		if !slices.Equal(got, want) {
			t.Fatalf("kept %v, want %v", got, want)
		}
	}
	for _, id := range []string{"a", "b", "empty"} {
		p.must(p.Create(p.ctx, id))
		if id != "empty" {
			_, err := p.Append(p.ctx, id, update("1"), update("2"))
			p.must(err)
		}
		p.advance(time.Minute)
	}
	list("a", "b")
	p.must(p.Snapshot(p.ctx, "a", 2, []byte("12")))
	list("a", "b")
	p.must(p.Snapshot(p.ctx, "a", 2, []byte("12")))
	list("b")
	_, err := p.Append(p.ctx, "a", update("3"))
	p.must(err)
	list("b", "a")
	p.reopen()
	list("b", "a")
	got, err := p.Kept(p.ctx, p.clock().Add(time.Minute), 1)
	p.must(err)
	if !slices.Equal(got, []string{"b"}) {
		t.Fatalf("one of those kept: %v", got)
	}
	p.must(p.Delete(p.ctx, "b"))
	got, err = p.Kept(p.ctx, p.clock(), 10)
	p.must(err)
	if len(got) > 0 {
		t.Fatalf("kept, of a moment before the last record: %v", got)
	}
}

func idle(t *testing.T, p *place) {
	list := func(before time.Time, limit int, want ...string) {
		t.Helper()
		got, err := p.Idle(p.ctx, before, limit)
		p.must(err)
		if !slices.Equal(got, want) {
			t.Fatalf("idle %v, want %v", got, want)
		}
	}
	start := p.clock()
	list(start.Add(time.Hour), 10)
	for _, id := range []string{"a", "b", "c", "d"} {
		p.must(p.Create(p.ctx, id))
		p.advance(time.Minute)
	}
	list(start.Add(time.Hour), 10, "a", "b", "c", "d")
	list(start, 10)
	list(start.Add(time.Minute), 10, "a")
	list(start.Add(time.Hour), 2, "a", "b")
	_, err := p.Append(p.ctx, "a", update("1"))
	p.must(err)
	list(start.Add(time.Hour), 10, "b", "c", "d", "a")
	p.must(p.Snapshot(p.ctx, "a", 1, nil))
	_, err = p.Load(p.ctx, "b")
	p.must(err)
	p.must(p.Delete(p.ctx, "c"))
	p.reopen()
	list(start.Add(time.Hour), 10, "b", "d", "a")
}

func codes(t *testing.T, p *place) {
	leads := func(code, want string) {
		t.Helper()
		if id, err := p.Code(p.ctx, code); err != nil || id != want {
			t.Fatalf("code %s: %q, %v, want %q", code, id, err, want)
		}
	}
	gone := func(code string) {
		t.Helper()
		id, err := p.Code(p.ctx, code)
		p.want(store.ErrNotFound, err)
		if id != "" {
			t.Fatalf("code %s leads to %q", code, id)
		}
	}
	p.must(p.Create(p.ctx, "a"))
	p.must(p.Create(p.ctx, "b"))
	gone("ABC234")
	p.must(p.PutCode(p.ctx, "ABC234", "a", p.clock().Add(10*time.Minute)))
	p.must(p.PutCode(p.ctx, "XYZ567", "b", p.clock().Add(20*time.Minute)))
	leads("ABC234", "a")
	leads("XYZ567", "b")
	gone("abc234")
	p.want(store.ErrExists, p.PutCode(p.ctx, "ABC234", "b", p.clock().Add(time.Hour)))
	p.want(store.ErrNotFound, p.PutCode(p.ctx, "NEW234", "nobody", p.clock().Add(time.Hour)))
	p.reopen()
	p.advance(10*time.Minute - time.Millisecond)
	leads("ABC234", "a")
	p.advance(time.Millisecond)
	gone("ABC234")
	leads("XYZ567", "b")
	p.must(p.PutCode(p.ctx, "ABC234", "b", p.clock().Add(time.Minute)))
	leads("ABC234", "b")
	p.must(p.Delete(p.ctx, "b"))
	gone("ABC234")
	gone("XYZ567")
}

func ready(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", update("1")))
	for range 3 {
		p.must(p.Ready(p.ctx))
	}
	p.holds("a", "", 0, update("1"))
}

func contexts(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a", update("1")))
	ended, cancel := context.WithCancel(p.ctx)
	cancel()
	p.want(context.Canceled, p.Create(ended, "b"))
	_, err := p.Append(ended, "a", update("2"))
	p.want(context.Canceled, err)
	_, err = p.Load(ended, "a")
	p.want(context.Canceled, err)
	p.want(context.Canceled, p.Snapshot(ended, "a", 1, nil))
	p.want(context.Canceled, p.Delete(ended, "a"))
	_, err = p.Idle(ended, p.clock(), 1)
	p.want(context.Canceled, err)
	_, err = p.Kept(ended, p.clock(), 1)
	p.want(context.Canceled, err)
	p.want(context.Canceled, p.PutCode(ended, "CODE", "a", p.clock().Add(time.Hour)))
	_, err = p.Code(ended, "CODE")
	p.want(context.Canceled, err)
	p.want(context.Canceled, p.Ready(ended))
	p.holds("a", "", 0, update("1"))
	_, err = p.Load(p.ctx, "b")
	p.want(store.ErrNotFound, err)
}

// A context ends while its call waits or is being written: the answer says which, and a call is never half there.
func cancelled(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	var mu sync.Mutex
	acked := map[string]bool{}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 40 {
				ctx, cancel := context.WithCancel(p.ctx)
				text := fmt.Sprintf("%d.%d", g, i)
				go cancel()
				_, err := p.Append(ctx, "a", update("%s", text), update("%s", text))
				cancel()
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				mu.Lock()
				acked[text] = err == nil
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	count := map[string]int{}
	for _, r := range p.load("a").Tail {
		count[string(r.Data)]++
	}
	for text, ok := range acked {
		if want := map[bool]int{true: 2}[ok]; count[text] != want {
			t.Errorf("%s, acknowledged: %v, is there %d times", text, ok, count[text])
		}
	}
}

func closed(t *testing.T, p *place) {
	p.must(p.Create(p.ctx, "a"))
	// What was asked before the end is either written or refused, and the answer is true.
	answers := make(chan bool, 64)
	for range cap(answers) {
		go func() {
			_, err := p.Append(p.ctx, "a", update("x"))
			if err != nil && !errors.Is(err, store.ErrClosed) {
				t.Error(err)
			}
			answers <- err == nil
		}()
	}
	first := <-answers
	p.must(p.Close())
	written := map[bool]int{first: 1}
	for range cap(answers) - 1 {
		written[<-answers]++
	}
	p.want(store.ErrClosed, p.Create(p.ctx, "b"))
	_, err := p.Append(p.ctx, "a", update("x"))
	p.want(store.ErrClosed, err)
	_, err = p.Load(p.ctx, "a")
	p.want(store.ErrClosed, err)
	p.want(store.ErrClosed, p.Snapshot(p.ctx, "a", 0, nil))
	p.want(store.ErrClosed, p.Delete(p.ctx, "a"))
	_, err = p.Idle(p.ctx, p.clock(), 1)
	p.want(store.ErrClosed, err)
	_, err = p.Kept(p.ctx, p.clock(), 1)
	p.want(store.ErrClosed, err)
	p.want(store.ErrClosed, p.PutCode(p.ctx, "CODE", "a", p.clock()))
	_, err = p.Code(p.ctx, "CODE")
	p.want(store.ErrClosed, err)
	p.want(store.ErrClosed, p.Ready(p.ctx))
	p.must(p.Close())
	p.Log = p.open()
	if n := len(p.load("a").Tail); n != written[true] {
		t.Fatalf("%d records, %d acknowledged", n, written[true])
	}
}
