package live

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// counted is a log that keeps nothing, at once.
type counted struct {
	store.Log
	seq uint64
}

func (c *counted) Append(_ context.Context, _ string, records ...store.Record) (uint64, error) {
	c.seq += uint64(len(records))
	return c.seq, nil
}

// nowhere is a socket that takes and gives nothing.
type nowhere struct{ net.Conn }

func (nowhere) SetReadDeadline(time.Time) error { return nil }
func (nowhere) Close() error                    { return nil }

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// FuzzMessage: whatever a client sends, the board stays sound, a viewer changes nothing, and memory follows what was sent.
func FuzzMessage(f *testing.F) {
	for _, m := range [][]byte{
		{}, {msgSync}, said([]byte{0}, msgSync, syncStep1), said(inserted(1, 0, "a🙂b"), msgSync, syncStep2), said(inserted(1, 4, "c"), msgSync, syncUpdate),
		said(deleted(1, 1, 2), msgSync, syncUpdate), told(5, 1, `{"name":"Zoé"}`), told(5, 2, "null"), {msgQuery}, {msgSession}, {2, 0, 0}, {msgSession, 5}, bytes.Repeat([]byte{0xff}, 12),
		said([]byte{0xff, 0xff, 0xff, 0x7f, 1}, msgSync, syncStep1), said([]byte{0xff, 0xff, 0xff, 0x7f}, msgPresence),
	} {
		f.Add(m, m, false)
		f.Add(m, said(inserted(1, 0, "abc"), msgSync, syncUpdate), true)
	}
	limits := yupdate.Limits{Bytes: 1 << 16, Structs: 1000, Clients: 100, Depth: 10, Clock: 1 << 30, Pending: 100}
	f.Fuzz(func(t *testing.T, one, two []byte, viewer bool) {
		h := &Hub{limits: Defaults, doc: limits, store: &counted{}, log: slog.New(slog.DiscardHandler), long: semaphore.NewWeighted(1 << 20), rooms: map[string]*room{}}
		r := &room{id: "x", hub: h, state: yupdate.NewState(limits)}
		c := &conn{hub: h, room: r, net: nowhere{}, writing: true, inbox: make(chan struct{}, inFlight), grant: grant{role: Editor}}
		if viewer {
			c.grant.role = Viewer
		}
		c.empty.L = &c.out
		r.conns = []*conn{c}
		for _, m := range [][]byte{one, two, one} {
			spent := allocated(func() {
				c.inbox <- struct{}{}
				r.handle(item{conn: c, buf: &buffer{data: m}})
				r.commit()
			})
			// What is sent may be the whole board, held by now.
			if most := uint64(64*(len(m)+r.state.Size()) + 1<<17); spent > most {
				t.Errorf("%d bytes allocated for a message of %d, on a board of %d", spent, len(m), r.state.Size())
			}
			if len(c.inbox) > 0 {
				t.Fatal("a message is not given back")
			}
		}
		if err := yupdate.Validate(r.state.Bytes(), yupdate.Limits{}); err != nil {
			t.Fatal(err)
		}
		if viewer && !bytes.Equal(r.state.Bytes(), nothing) {
			t.Errorf("a viewer wrote %x", r.state.Bytes())
		}
		if n := len(c.clients); n > presenceIDs || n != len(r.presence.of) {
			t.Errorf("%d clients of one connection, %d present", n, len(r.presence.of))
		}
	})
}

// Event folding: whatever is in a log, in whatever order, nothing panics.
func FuzzEvents(f *testing.F) {
	for _, s := range []string{`{"event":"created","tokens":{"editor":"` + strings.Repeat("ab", 32) + `"}}`, `{"event":"answer","id":"x","person":"p","text":"t"}`,
		`{"event":"round","id":"x"}`, `{"event":"revealed","id":"x","answers":["t"]}`, `{"event":"person","hash":"00"}`, `{"event":"removed","id":"p"}`, `{"event":"token"}`} {
		f.Add([]byte(s), []byte(s))
	}
	f.Fuzz(func(t *testing.T, one, two []byte) {
		var a access
		for _, e := range [][]byte{one, two, one} {
			a.applyJSON(e)
		}
		a.roundFor("p")
		a.grantOf(hash{})
	})
}

func FuzzSnapshot(f *testing.F) {
	f.Add([]byte{snapshotVersion, 2, '{', '}', 0, 0})
	f.Add([]byte{snapshotVersion, 0xff, 0xff, 0xff})
	f.Add(append([]byte{snapshotVersion, 60}, `{"people":[{"id":"a"},{},{}],"round":{"answers":{"a":"b"}}}`...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if spent := allocated(func() { decodeSnapshot(b) }); spent > uint64(512*len(b)+1<<16) {
			t.Errorf("%d bytes allocated for %d", spent, len(b))
		}
	})
}
