package live

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"reflect"
	"runtime"
	"slices"
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

// FuzzEvents: whatever is in a log, in whatever order, an event is folded whole or changes nothing; a board read from a snapshot of any
// moment goes on as one that stayed open; tokens let in whom a slow look through the whole log finds; and nobody gets to see what another
// answered before it is revealed.
func FuzzEvents(f *testing.F) {
	hash := func(letters string) string { return strings.Repeat(letters, 32) }
	created := `{"event":"created","at":1,"day":"2026-01-02","name":"n","tokens":{"facilitator":"` + hash("aa") + `","editor":"` + hash("ab") + `","viewer":"` + hash("ac") + `"}}`
	person := `{"event":"person","id":"p","role":"editor","name":"Zoé","hash":"` + hash("b0") + `"}`
	for _, log := range []string{
		created + "\n" + person + "\n" + `{"event":"round","id":"r","question":"q"}` + "\n" + `{"event":"answer","id":"r","person":"p","text":"t"}` + "\n" + `{"event":"revealed","id":"r","answers":["t"]}`,
		created + "\n" + person + "\n" + `{"event":"round","id":"r"}` + "\n" + `{"event":"answer","id":"r","person":"p","text":"t"}` + "\n" + `{"event":"removed","id":"p"}`,
		created + "\n" + `{"event":"token","role":"viewer","hash":"` + hash("b0") + `"}` + "\n" + person + "\n" + `{"event":"token","role":"editor","hash":"` + hash("b0") + `"}`,
		created + "\n" + `{"event":"code","code":"ABCDEF","role":"viewer","expires":5}` + "\n" + `{"event":"locked","locked":true}` + "\n" + `{"event":"opened","day":"2026-01-03"}` + "\n" + `{"event":"framed","frames":["https://a.example"]}`,
		person + "\n" + person + "\n" + created, `{"event":"person","hash":"00"}`, `{"event":"token"}`, `{"event":"answer","id":"x","person":"p","text":"t"}`, `{"event":"later"}`,
	} {
		f.Add([]byte(log), []byte("a1b2c3"))
	}
	f.Fuzz(func(t *testing.T, log, more []byte) {
		var stayed, reread access
		var events, folded []Event
		for line := range bytes.Lines(log) {
			var e Event
			if json.Unmarshal(line, &e) == nil {
				events = append(events, e)
			}
		}
		for ; len(more) > 1 && len(events) < 100; more = more[2:] {
			events = append(events, picked(more[0], more[1]))
		}
		for _, e := range events {
			line := fmt.Sprintf("%+v", e)
			before := stored(t, stayed)
			err, again := stayed.apply(e), reread.apply(e)
			if (err == nil) != (again == nil) {
				t.Fatalf("%s: %v on an open board, %v on one read again", line, err, again)
			}
			if err != nil {
				if after := stored(t, stayed); !bytes.Equal(before, after) {
					t.Fatalf("%s is refused and changes\n%s to\n%s", line, before, after)
				}
				continue
			}
			folded = append(folded, e)
			if s, r := plain(stayed), plain(reread); !reflect.DeepEqual(s, r) {
				t.Fatalf("after %s a board that stayed open is\n%+v, one read again\n%+v", line, s, r)
			}
			snapshot := stored(t, stayed)
			reread = access{}
			if err := json.Unmarshal(snapshot, &reread); err != nil {
				t.Fatal(err)
			}
			if s, r := plain(stayed), plain(reread); !reflect.DeepEqual(s, r) {
				t.Fatalf("after %s a board is\n%+v, and read from %s\n%+v", line, s, snapshot, r)
			}
			for _, e := range folded {
				if e.Hash != nil {
					g, in := stayed.grantOf(*e.Hash)
					if role, person, may := grantBySearch(folded, *e.Hash); in != may || in && (g.role != role || g.person != person) {
						t.Fatalf("after %s, %s lets in as %q %q (%v); the log says %q %q (%v)", line, e.Hash, g.role, g.person, in, role, person, may)
					}
				}
			}
			if r := stayed.Round; r != nil && !r.Revealed {
				for _, asking := range append(slices.Collect(maps.Keys(r.Answers)), "", "somebody") {
					said := stayed.roundFor(asking)
					if said.Answers != nil || asking == "" && said.Yours != "" || asking != "" && said.Yours != r.Answers[asking] {
						t.Fatalf("after %s, %q is told %+v of %v", line, asking, said, r.Answers)
					}
				}
			}
		}
	})
}

// picked is one of the events that a few people, tokens and rounds make, by two bytes: mutated texts hardly ever name one thing twice.
func picked(what, whom byte) Event {
	one, other := whom&3, whom>>2&3
	known := [4]hash{{1}, {2}, {3}, {4}}
	e := Event{Role: roles[min(int(one), 2)], Hash: &known[other], ID: string('p' + rune(one)), Person: string('p' + rune(other)), Text: string('a' + rune(whom>>4)), Locked: one > 1, Day: "2026-01-02"}
	switch e.Kind = [...]string{evCreated, evOpened, evToken, evPerson, evRemoved, evLocked, evCode, evRound, evAnswer, evRevealed, evFramed, "later"}[what%12]; e.Kind {
	case evCreated:
		e.Tokens = &tokens{known[0], known[1], known[2]}
	case evRevealed:
		e.Answers = []string{e.Text}
	case evCode:
		e.Code, e.Expires = "ABCDEF", int64(whom)
	}
	return e
}

// plain is the same with nothing where there is none of something.
func plain(a access) access {
	if len(a.People) == 0 {
		a.People = nil
	}
	if len(a.Frames) == 0 {
		a.Frames = nil
	}
	if a.Round != nil {
		r := *a.Round
		if len(r.Answers) == 0 {
			r.Answers = nil
		}
		if len(r.Texts) == 0 {
			r.Texts = nil
		}
		a.Round = &r
	}
	return a
}

func stored(t *testing.T, a access) []byte {
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// grantBySearch finds whose token it is in the whole log: the last event about a role or a person counts, a person's before a role's.
func grantBySearch(log []Event, h hash) (role Role, person string, may bool) {
	begun := 0
	for i, e := range log {
		if e.Kind == evCreated {
			begun = i
		}
	}
	held := map[Role]hash{}
	type one struct {
		id   string
		role Role
		hash hash
	}
	var people []one
	for _, e := range log[begun:] {
		switch e.Kind {
		case evCreated:
			held = map[Role]hash{Facilitator: e.Tokens.Facilitator, Editor: e.Tokens.Editor, Viewer: e.Tokens.Viewer}
		case evToken:
			held[e.Role] = *e.Hash
		case evPerson:
			people = append(people, one{e.ID, e.Role, *e.Hash})
		case evRemoved:
			left := people[:0]
			for _, p := range people {
				if p.id != e.ID {
					left = append(left, p)
				}
			}
			people = left
		}
	}
	for _, r := range roles {
		if held[r] == h {
			role, person, may = r, "", true
		}
	}
	for _, p := range people {
		if p.hash == h {
			role, person, may = p.role, p.id, true
		}
	}
	return role, person, may
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
