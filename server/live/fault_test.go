package live

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// faulty is the real store on a disk that can fill up.
type faulty struct {
	store.Log
	full atomic.Bool
}

func (f *faulty) Append(ctx context.Context, id string, records ...store.Record) (uint64, error) {
	if f.full.Load() {
		return 0, store.ErrFull
	}
	return f.Log.Append(ctx, id, records...)
}

func (f *faulty) Ready(ctx context.Context) error {
	if f.full.Load() {
		return store.ErrFull
	}
	return f.Log.Ready(ctx)
}

// On a full disk nothing is acknowledged, who writes is told to come back, who reads reads on; with room again, all goes on.
func TestFullDisk(t *testing.T) {
	var disk *faulty
	s := serve(t, func(c *Config) {
		disk = &faulty{Log: c.Log}
		c.Log = disk
	})
	b := s.create()
	writer, reader := s.dial(b.ID, b.Tokens[Editor]), s.dial(b.ID, b.Tokens[Viewer])
	writer.send(said(inserted(1, 0, "before"), msgSync, syncUpdate))
	writer.untilSync(syncUpdate)
	disk.full.Store(true)
	lost := inserted(2, 0, "meanwhile")
	writer.send(said(lost, msgSync, syncUpdate))
	for {
		h, err := writer.next()
		if err != nil {
			if !websocket.IsCloseError(err, closeSlow) {
				t.Errorf("the writer: %v", err)
			}
			break
		}
		if h.kind == msgSync && holds(h.body, "meanwhile") {
			t.Error("an edit that was not kept is acknowledged")
		}
	}
	if got := reader.state(); !holds(got, "before") || holds(got, "meanwhile") {
		t.Errorf("the reader has %q", got)
	}
	s.call("PUT", s.path(b, "/lock"), b.Tokens[Facilitator], `{"locked":true}`, 503, nil)
	if err := s.hub.Ready(t.Context()); !errors.Is(err, store.ErrFull) {
		t.Errorf("ready: %v", err)
	}
	disk.full.Store(false)
	again := s.dial(b.ID, b.Tokens[Editor])
	again.send(said(lost, msgSync, syncStep2))
	if got := reader.untilSync(syncUpdate); !bytes.Equal(got, lost) {
		t.Errorf("then %x", got)
	}
}

// A board that cannot be read whole is refused, as often as it is asked for, and never begun anew.
func TestUnreadableBoard(t *testing.T) {
	s := serve(t)
	for name, bad := range map[string]store.Record{
		"an update that is none":          {Kind: store.Update, Data: []byte{1, 2, 3}},
		"an event that is none":           {Kind: store.Event, Data: []byte("{")},
		"an event of a later version":     {Kind: store.Event, Data: []byte(`{"event":"levitated"}`)},
		"a kind of record nobody knows":   {Kind: 77, Data: []byte("x")},
		"a token without what is kept of": {Kind: store.Event, Data: []byte(`{"event":"token","role":"editor"}`)},
	} {
		b := s.create()
		if _, err := s.boards.Append(t.Context(), b.ID, bad); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			s.call("GET", s.path(b, ""), b.Tokens[Facilitator], "", 503, nil)
			if _, res, _ := s.try(b.ID, map[string][]string{"Authorization": {"Bearer " + b.Tokens[Editor]}}); res == nil || res.StatusCode != 503 {
				t.Errorf("%s: %v", name, res)
			}
		}
		if stored, err := s.boards.Load(t.Context(), b.ID); err != nil || stored.Seq() != 2 {
			t.Errorf("%s: now %d records, %v", name, stored.Seq(), err)
		}
	}
	s.untilFreed()
}

// A client that does not read is cut, and nobody waits for it.
func TestSlowReader(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Rate, c.Limits.Queue = 0, 16 })
	b := s.create()
	slow, quick := s.dial(b.ID, b.Tokens[Viewer]), s.dial(b.ID, b.Tokens[Editor])
	slow.untilSync(syncStep1)
	if err := slow.ws.NetConn().(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("ribbon ", 8000)
	for id := uint64(1); id <= 300; id++ {
		quick.send(said(inserted(id, 0, line), msgSync, syncUpdate))
		quick.untilSync(syncUpdate)
	}
	eventually(t, "the slow one to be cut", func() bool {
		n := 0
		s.hub.wheel.each(func(*conn) { n++ })
		return n == 1
	})
	slow.ws.Close()
	back := s.dial(b.ID, b.Tokens[Viewer])
	got := back.state()
	if vector, err := yupdate.StateVector(got); err != nil || len(vector) < 600 {
		t.Errorf("back, it has %d bytes, %v", len(got), err)
	}
}

// Who asks for everything again and again without reading it gets it as fast as it reads.
func TestGreedyReader(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Rate = 0 })
	b := s.create()
	c := s.dial(b.ID, b.Tokens[Editor])
	c.send(said(inserted(1, 0, strings.Repeat("ribbon ", 500_000)), msgSync, syncStep2))
	c.untilSync(syncUpdate)
	const times = 20
	for range times {
		c.send(said([]byte{0}, msgSync, syncStep1))
	}
	for range times {
		if got := c.untilSync(syncStep2); len(got) < 3_500_000 {
			t.Fatalf("an answer of %d bytes", len(got))
		}
	}
}

// A restart: everybody is told to come back, every acknowledged edit is there, and it takes no ten seconds.
func TestDrain(t *testing.T) {
	s := serve(t)
	const boards, each = 4, 50
	var all []*client
	var made []made
	for range boards {
		b := s.create()
		made = append(made, b)
		for range each {
			all = append(all, s.dial(b.ID, b.Tokens[Editor]))
		}
	}
	for i, c := range all {
		c.send(said(inserted(uint64(i+1), 0, "kept"), msgSync, syncUpdate))
	}
	for i, c := range all {
		own := inserted(uint64(i+1), 0, "kept")[2:]
		c.until(func(h heard) bool { return h.kind == msgSync && h.sub == syncUpdate && bytes.Contains(h.body, own[:8]) })
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	ended := make(chan error)
	go func() { ended <- s.hub.Drain(ctx) }()
	for _, c := range all {
		if got := c.closed(); got != closeRestart {
			t.Fatalf("closed with %d", got)
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	s.call("GET", s.path(made[0], ""), made[0].Tokens[Viewer], "", 503, nil)
	s.call("POST", "/api/v1/boards", "", "", 503, nil)
	for _, b := range made {
		stored, err := s.boards.Load(t.Context(), b.ID)
		if err != nil || len(stored.Tail) > 0 {
			t.Fatalf("%d records after the snapshot, %v", len(stored.Tail), err)
		}
		_, doc, err := decodeSnapshot(stored.Snapshot)
		if err != nil || bytes.Count(doc, []byte("kept")) != each {
			t.Errorf("%d edits kept, %v", bytes.Count(doc, []byte("kept")), err)
		}
	}
}

// Text that was deleted is gone from the disk when the board is let go.
func TestDeletedTextIsForgotten(t *testing.T) {
	s := serve(t)
	b := s.create()
	c := s.dial(b.ID, b.Tokens[Editor])
	c.send(said(inserted(1, 0, "confidence"), msgSync, syncUpdate))
	c.untilSync(syncUpdate)
	c.send(said(deleted(1, 0, 10), msgSync, syncUpdate))
	c.untilSync(syncUpdate)
	c.ws.Close()
	s.untilFreed()
	stored, err := s.boards.Load(t.Context(), b.ID)
	if err != nil || len(stored.Tail) > 0 || holds(stored.Snapshot, "confidence") {
		t.Errorf("on the disk: %q, %d records, %v", stored.Snapshot, len(stored.Tail), err)
	}
	c = s.dial(b.ID, b.Tokens[Editor])
	if got := c.state(); holds(got, "confidence") {
		t.Errorf("served: %q", got)
	}
}

// A long log becomes a snapshot while people go on, and the board reads the same.
func TestSnapshotWhileOpen(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Rate = 0 })
	b := s.create()
	c := s.dial(b.ID, b.Tokens[Editor])
	line := strings.Repeat("ribbon ", 4000)
	for id := uint64(1); id <= 30; id++ {
		c.send(said(inserted(id, 0, line), msgSync, syncUpdate))
		c.untilSync(syncUpdate)
	}
	eventually(t, "a snapshot", func() bool {
		stored, err := s.boards.Load(t.Context(), b.ID)
		return err == nil && stored.SnapshotSeq > 1
	})
	want := c.state()
	c.ws.Close()
	s.untilFreed()
	if got := s.dial(b.ID, b.Tokens[Viewer]).state(); !bytes.Equal(got, want) {
		t.Errorf("%d bytes were %d", len(got), len(want))
	}
}
