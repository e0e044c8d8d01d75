package live

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// An edit comes back to its author once it is durable: what the store gives then holds it.
func TestAnEditIsDurableBeforeItIsSeen(t *testing.T) {
	s := serve(t)
	b := s.create()
	ann, bob := s.dial(b.ID, b.Tokens[Editor]), s.dial(b.ID, b.Tokens[Viewer])
	bob.untilSync(syncStep1) // he is in: a handshake is answered before
	edit := inserted(7, 0, "bonjour 🌱")
	ann.send(said(edit, msgSync, syncUpdate))
	if got := ann.untilSync(syncUpdate); !bytes.Equal(got, edit) {
		t.Errorf("the acknowledgement is %x, the edit %x", got, edit)
	}
	stored, err := s.boards.Load(t.Context(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := stored.Tail[len(stored.Tail)-1]; !bytes.Equal(last.Data, edit) {
		t.Errorf("on the disk: %x", last.Data)
	}
	if got := bob.untilSync(syncUpdate); !bytes.Equal(got, edit) {
		t.Errorf("the others got %x", got)
	}
	// Told again, it is acknowledged again, to its author alone, and not written twice.
	ann.send(said(edit, msgSync, syncStep2))
	ann.untilSync(syncUpdate)
	again, err := s.boards.Load(t.Context(), b.ID)
	if err != nil || again.Seq() != stored.Seq() {
		t.Errorf("written twice: %d, %d, %v", stored.Seq(), again.Seq(), err)
	}
	bob.send(said([]byte{0}, msgSync, syncStep1))
	if h := bob.until(func(h heard) bool { return h.kind == msgSync }); h.sub != syncStep2 || !holds(h.body, "bonjour") {
		t.Errorf("then bob got %+v", h)
	}
}

// The role × message matrix, whole.
func TestRolesAndMessages(t *testing.T) {
	s := serve(t)
	type effect string
	const (
		answered effect = "answered" // to the sender
		kept     effect = "kept"     // durable, and told to everybody
		shown    effect = "shown"    // presence, told to everybody
		ignored  effect = "ignored"  // no trace, and the connection goes on
	)
	roles := []struct {
		name         string
		role         Role
		person, lock bool
	}{
		{"facilitator", Facilitator, false, false}, {"editor", Editor, false, false}, {"viewer", Viewer, false, false},
		{"a facilitator of their own name", Facilitator, true, false}, {"an editor of their own name", Editor, true, false}, {"a viewer of their own name", Viewer, true, false},
		{"facilitator of a locked board", Facilitator, false, true}, {"editor of a locked board", Editor, false, true},
		{"editor of their own name of a locked board", Editor, true, true}, {"viewer of a locked board", Viewer, false, true},
	}
	messages := []struct {
		name    string
		message func(id uint64) []byte
		effect  func(r Role, locked bool) effect
	}{
		{"step 1", func(uint64) []byte { return said([]byte{0}, msgSync, syncStep1) }, func(Role, bool) effect { return answered }},
		{"step 2", func(id uint64) []byte { return said(inserted(id, 0, "sésame"), msgSync, syncStep2) }, mayKeep[effect](kept, ignored)},
		{"step 2 without news", func(uint64) []byte { return said(nothing, msgSync, syncStep2) }, func(Role, bool) effect { return ignored }},
		{"update", func(id uint64) []byte { return said(inserted(id, 0, "sésame"), msgSync, syncUpdate) }, mayKeep[effect](kept, ignored)},
		{"presence", func(id uint64) []byte { return told(id, 1, `{"name":"sésame"}`) }, func(Role, bool) effect { return shown }},
		{"query of presence", func(uint64) []byte { return []byte{msgQuery} }, func(Role, bool) effect { return answered }},
		{"session", func(uint64) []byte { return []byte{msgSession} }, func(Role, bool) effect { return answered }},
		{"y-websocket's auth", func(uint64) []byte { return []byte{2, 0, 0} }, func(Role, bool) effect { return ignored }},
		{"a kind nobody knows", func(uint64) []byte { return []byte{77, 1, 2, 3} }, func(Role, bool) effect { return ignored }},
	}
	id := uint64(1000)
	for _, r := range roles {
		for _, m := range messages {
			id++
			t.Run(r.name+", "+m.name, func(t *testing.T) {
				s := &server{t, s.hub, s.http, s.boards, s.log}
				b := s.create()
				token := b.Tokens[r.role]
				if r.person {
					token = s.person(b, r.role, "Ann").Token
				}
				if r.lock {
					s.call("PUT", "/api/v1/boards/"+b.ID+"/lock", b.Tokens[Facilitator], `{"locked":true}`, 204, nil)
				}
				c, other := s.dial(b.ID, token), s.dial(b.ID, b.Tokens[Viewer])
				other.send(told(5, 1, `{"here":true}`)) // so that a query has an answer
				c.presence(5)
				c.send(m.message(id))
				switch want := m.effect(r.role, r.lock); want {
				case answered:
					c.until(func(h heard) bool {
						switch m.message(id)[0] {
						case msgQuery:
							return h.kind == msgPresence
						case msgSession:
							return h.kind == msgSession
						}
						return h.kind == msgSync && h.sub == syncStep2
					})
				case kept:
					c.untilSync(syncUpdate)
					other.untilSync(syncUpdate)
					if !holds(other.state(), "sésame") {
						t.Error("it is not in the board")
					}
				case shown:
					if p := other.presence(id); !holds(p.State, "sésame") {
						t.Errorf("shown as %s", p.State)
					}
				case ignored:
					if holds(c.state(), "sésame") {
						t.Error("it is in the board")
					}
				}
				stored, err := s.boards.Load(t.Context(), b.ID)
				if err != nil {
					t.Fatal(err)
				}
				onDisk := slices.ContainsFunc(stored.Tail, func(rec store.Record) bool { return holds(rec.Data, "sésame") })
				if onDisk != (m.effect(r.role, r.lock) == kept) {
					t.Errorf("on the disk: %v", onDisk)
				}
			})
		}
	}
}

func mayKeep[E any](yes, no E) func(Role, bool) E {
	return func(r Role, locked bool) E {
		if r == Facilitator || r == Editor && !locked {
			return yes
		}
		return no
	}
}

// Whatever is wrong with a message, its sender alone is cut, and nothing of it is kept.
func TestUnsoundMessages(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Board = 1 << 20 })
	b := s.create()
	witness := s.dial(b.ID, b.Tokens[Editor])
	lie := func(n uint64) []byte { return yupdate.AppendUint([]byte{msgSync, syncUpdate}, n) }
	nested := append([]byte{1, 1, 9, 0, 8, 1, 1, 't', 1}, bytes.Repeat([]byte{117, 1}, 5000)...)
	good := inserted(99, 0, "fine")
	bad := func(change func([]byte) []byte) []byte { return said(change(bytes.Clone(good)), msgSync, syncUpdate) }
	cases := []struct {
		name    string
		message []byte
		code    int
	}{
		{"empty", []byte{}, closeMalformed},
		{"a varint that never ends", bytes.Repeat([]byte{0xff}, 12), closeMalformed},
		{"sync without its kind", []byte{msgSync}, closeMalformed},
		{"a kind of sync nobody knows", []byte{msgSync, 3, 0}, closeMalformed},
		{"step 1 without a vector", []byte{msgSync, syncStep1}, closeMalformed},
		{"step 1 with an empty vector", said(nil, msgSync, syncStep1), closeMalformed},
		{"step 1, truncated", said([]byte{2, 1}, msgSync, syncStep1), closeMalformed},
		{"step 1, of more clients than there are bytes", said([]byte{0xff, 0xff, 0xff, 0x7f, 1}, msgSync, syncStep1), closeMalformed},
		{"step 1, and something after", append(said([]byte{0}, msgSync, syncStep1), 1), closeMalformed},
		{"update without data", []byte{msgSync, syncUpdate}, closeMalformed},
		{"update of no length", said(nil, msgSync, syncUpdate), closeMalformed},
		{"length beyond the message", lie(100), closeMalformed},
		{"length of 2^53", lie(1 << 52), closeMalformed},
		{"length short of the message", append(said(good[:4], msgSync, syncUpdate), good[4:]...), closeMalformed},
		{"truncated", bad(func(b []byte) []byte { return b[:len(b)-3] }), closeMalformed},
		{"trailing", bad(func(b []byte) []byte { return append(b, 0) }), closeMalformed},
		{"more clients than bytes", bad(func(b []byte) []byte { return append([]byte{0xff, 0xff, 3}, b[1:]...) }), closeMalformed},
		{"more structs than bytes", bad(func(b []byte) []byte { return append([]byte{1, 0xff, 0xff, 3}, b[2:]...) }), closeMalformed},
		{"a string longer than the update", bad(func(b []byte) []byte { b[8] = 0x7e; return b }), closeMalformed},
		{"invalid UTF-8", bad(func(b []byte) []byte { b[9] = 0xff; return b }), closeMalformed},
		{"an empty string", said([]byte{1, 1, 9, 0, 4, 1, 1, 't', 0, 0}, msgSync, syncUpdate), closeMalformed},
		{"an unknown content", bad(func(b []byte) []byte { b[4] = 31; return b }), closeMalformed},
		{"nested too deeply", said(nested, msgSync, syncUpdate), closeMalformed},
		{"a clock beyond all", said(inserted(98, 1<<50, "x"), msgSync, syncUpdate), closeFull},
		{"too much that waits", said(waiting(20_000), msgSync, syncStep2), closeFull},
		{"more deletions than bytes", said([]byte{0, 0xff, 0xff, 3}, msgSync, syncUpdate), closeMalformed},
		{"presence without data", []byte{msgPresence}, closeMalformed},
		{"presence, truncated", said([]byte{1, 5}, msgPresence), closeMalformed},
		{"presence, trailing", said([]byte{0, 1}, msgPresence), closeMalformed},
		{"presence that is no JSON", told(5, 1, "{"), closeMalformed},
		{"presence in invalid UTF-8", told(5, 1, "\"\xff\""), closeMalformed},
		{"presence nested too deeply", told(5, 1, strings.Repeat("[", 100)+strings.Repeat("]", 100)), closeMalformed},
		{"presence of more than there is", said([]byte{0xff, 0xff, 0xff, 0x7f}, msgPresence), closeMalformed},
		{"query, and something after", []byte{msgQuery, 1}, closeMalformed},
		{"longer than a frame may be", said(make([]byte, Defaults.Frame), msgSync, syncUpdate), closeTooLong},
		{"presence longer than a frame may be", said(make([]byte, Defaults.Frame), msgPresence), closeTooLong},
		{"a step 2 longer than a board", said(make([]byte, 2<<20), msgSync, syncStep2), closeTooLong},
		{"a step 2 as long as a board, of nonsense", said(make([]byte, 900<<10), msgSync, syncStep2), closeMalformed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &server{t, s.hub, s.http, s.boards, s.log}
			k := s.dial(b.ID, b.Tokens[Editor])
			k.send(c.message)
			if got := k.closed(); got != c.code {
				t.Errorf("closed with %d, want %d", got, c.code)
			}
		})
	}
	if whole := witness.state(); !bytes.Equal(whole, nothing) {
		t.Errorf("the board holds %x", whole)
	}
}

// waiting is an update of n structs whose beginning is missing.
func waiting(n int) []byte {
	b := yupdate.AppendUint(yupdate.AppendUint(yupdate.AppendUint([]byte{1}, uint64(n)), 77), 5)
	for i := range n {
		b = yupdate.AppendUint(yupdate.AppendUint(append(b, 8|0x80), 77), uint64(4+i))
		b = append(b, 1, 126)
	}
	return append(b, 0)
}

// What the frames of RFC 6455 must not be.
func TestUnsoundFrames(t *testing.T) {
	s := serve(t)
	b := s.create()
	mask := func(first, length byte, rest ...byte) []byte {
		return append([]byte{first, 0x80 | length, 0, 0, 0, 0}, rest...)
	}
	long := func(first byte, n uint64) []byte {
		return append(binary.BigEndian.AppendUint64([]byte{first, 0x80 | 127}, n), 0, 0, 0, 0)
	}
	ask := said([]byte{0}, msgSync, syncStep1)
	cases := []struct {
		name string
		raw  []byte
		code int // 0: answered
	}{
		{"whole", mask(0x82, 4, ask...), 0},
		{"in two fragments", append(mask(0x02, 2, ask[:2]...), mask(0x80, 2, ask[2:]...)...), 0},
		{"in fragments of one byte and of none", slices.Concat(mask(0x02, 1, ask[0]), mask(0x00, 0), mask(0x00, 1, ask[1]), mask(0x00, 0), mask(0x00, 1, ask[2]), mask(0x80, 1, ask[3])), 0},
		{"a ping between fragments", slices.Concat(mask(0x02, 2, ask[:2]...), mask(0x89, 1, 'p'), mask(0x80, 2, ask[2:]...)), 0},
		{"a pong nobody asked for", slices.Concat(mask(0x8a, 1, 'p'), mask(0x82, 4, ask...)), 0},
		{"a hundred pings", append(bytes.Repeat(mask(0x89, 0), 40), mask(0x82, 4, ask...)...), 0},
		{"a length in more bytes than it needs", append([]byte{0x82, 0x80 | 126, 0, 4, 0, 0, 0, 0}, ask...), 0},
		{"not masked", append([]byte{0x82, 4}, ask...), closeProtocol},
		{"reserved bit 1", mask(0xc2, 4, ask...), closeProtocol},
		{"reserved bit 2", mask(0xa2, 4, ask...), closeProtocol},
		{"reserved bit 3", mask(0x92, 4, ask...), closeProtocol},
		{"reserved data frame", mask(0x83, 4, ask...), closeProtocol},
		{"reserved control frame", mask(0x8b, 0), closeProtocol},
		{"a continuation of nothing", mask(0x80, 4, ask...), closeProtocol},
		{"a message within a message", append(mask(0x02, 2, ask[:2]...), mask(0x82, 4, ask...)...), closeProtocol},
		{"a ping in fragments", mask(0x09, 1, 'p'), closeProtocol},
		{"a ping too long", append([]byte{0x89, 0x80 | 126, 0, 126, 0, 0, 0, 0}, make([]byte, 126)...), closeProtocol},
		{"a close of one byte, which is one without a code to gorilla", mask(0x88, 1, 3), websocket.CloseNoStatusReceived},
		{"a close with a reserved code", mask(0x88, 2, 0x03, 0xed), closeProtocol},
		{"a close with invalid UTF-8", mask(0x88, 3, 0x03, 0xe8, 0xff), closeProtocol},
		{"a close", mask(0x88, 2, 0x03, 0xe8), 1000},
		{"a close without a code", mask(0x88, 0), websocket.CloseNoStatusReceived},
		{"text", mask(0x81, 2, 'h', 'i'), closeText},
		{"empty text", mask(0x81, 0), closeText},
		{"a length with the highest bit", long(0x82, 1<<63), websocket.CloseAbnormalClosure},
		{"a length of 2^62", long(0x82, 1<<62), closeTooLong},
		{"a length of 2^40", long(0x82, 1<<40), closeTooLong},
		{"fragments that grow too long", append(append([]byte{0x02, 0x80 | 126, 0xff, 0xff, 0, 0, 0, 0}, make([]byte, 65535)...), append([]byte{0x00, 0x80 | 126, 0xff, 0xff, 0, 0, 0, 0}, make([]byte, 65535)...)...), closeTooLong},
		{"endless fragments, from the second byte on", append(mask(0x02, 1, 0), bytes.Repeat(mask(0x00, 1, 0), 70_000)...), closeTooLong},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &server{t, s.hub, s.http, s.boards, s.log}
			k := s.dial(b.ID, b.Tokens[Editor])
			k.untilSync(syncStep1)
			go k.ws.NetConn().Write(c.raw) // the server may hang up before it is all out
			if c.code == 0 {
				k.untilSync(syncStep2)
				return
			}
			if got := k.closed(); got != c.code {
				t.Errorf("closed with %d, want %d", got, c.code)
			}
		})
	}
}

// Handshakes that must not pass, and what they are told.
func TestHandshakes(t *testing.T) {
	s := serve(t, func(c *Config) { c.Origins = []string{"https://atelier.example"} })
	b, other := s.create(), s.create()
	offer := func(t string) string { return protocol + ", " + bearerPrefix + t }
	good := b.Tokens[Editor]
	for _, c := range []struct {
		name, board string
		header      http.Header
		status      int
	}{
		{"the token beside the protocol", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}}, 101},
		{"the token as a header", b.ID, http.Header{"Authorization": {"Bearer " + good}}, 101},
		{"no token", b.ID, http.Header{"Sec-Websocket-Protocol": {protocol}}, 404},
		{"another board's token", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(other.Tokens[Editor])}}, 404},
		{"a token of no board", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(strings.Repeat("A", 43))}}, 404},
		{"a token cut short", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good[:42])}}, 404},
		{"no such board", strings.Repeat("A", 22), http.Header{"Sec-Websocket-Protocol": {offer(good)}}, 404},
		{"an id that is none", "..%2f..", http.Header{"Sec-Websocket-Protocol": {offer(good)}}, 404},
		{"a token in the address", b.ID + "?token=" + good, http.Header{}, 404},
		{"a foreign page", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}, "Origin": {"https://evil.example"}}, 403},
		{"a page of no origin", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}, "Origin": {"null"}}, 403},
		{"a page whose name begins alike", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}, "Origin": {"https://atelier.example.evil"}}, 403},
		{"our own page", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}, "Origin": {s.http.URL}}, 101},
		{"a listed page", b.ID, http.Header{"Sec-Websocket-Protocol": {offer(good)}, "Origin": {"https://atelier.example"}}, 101},
	} {
		_, res, err := s.try(c.board, c.header)
		if res == nil {
			t.Errorf("%s: %v", c.name, err)
		} else if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, res.StatusCode, c.status)
		}
	}
	var page string
	s.call("GET", "/sync/"+b.ID, good, "", 400, &page)
	if page != "problem.socket" {
		t.Errorf("a plain request is told %q", page)
	}
	eventually(t, "refused connections to be forgotten", func() bool {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		n := 0
		for _, k := range s.hub.perIP {
			n += k
		}
		return n == 4
	})
}

// Presence belongs to the connection that tells it.
func TestPresence(t *testing.T) {
	s := serve(t)
	b := s.create()
	ann, bob := s.dial(b.ID, b.Tokens[Editor]), s.dial(b.ID, b.Tokens[Editor])
	ann.send(told(1, 1, `{"name":"Ann"}`))
	bob.presence(1)
	// Bob tells Ann's presence, newer than hers; then his own, which comes in the same order.
	bob.send(told(1, 9, `{"name":"not Ann"}`))
	bob.send(told(2, 1, `{"name":"Bob"}`))
	if p := ann.presences(1, 2)[1]; p.Clock != 1 {
		t.Errorf("of Ann: %+v", p)
	}
	late := s.dial(b.ID, b.Tokens[Viewer])
	if p := late.presence(1); !holds(p.State, `"Ann"`) {
		t.Errorf("a late joiner is told %s", p.State)
	}
	// No more than so many for one connection, and none too large.
	for id := uint64(10); id < 10+presenceIDs; id++ {
		bob.send(told(id, 1, `{"n":1}`))
	}
	ann.presence(10 + presenceIDs - 2)
	bob.send(told(2, 2, fmt.Sprintf("%q", strings.Repeat("x", presenceBytes))))
	bob.ws.Close()
	if p := ann.presence(2); p.Clock != 1 || !p.Gone() {
		t.Errorf("after Bob left: %+v", p)
	}
	// What the stock client repeats of somebody who left does not bring them back.
	late.send(told(2, 1, `{"name":"Bob"}`))
	late.send([]byte{msgQuery})
	all, err := yupdate.DecodeAwareness(late.until(func(h heard) bool { return h.kind == msgPresence && holds(h.body, "Ann") }).body, yupdate.Limits{})
	if err != nil || slices.ContainsFunc(all, func(p yupdate.Presence) bool { return p.Client == 2 && !p.Gone() }) {
		t.Errorf("Bob is back: %+v, %v", all, err)
	}
}

// Who comes back on a new connection before the old one is missed takes their presence along.
func TestPresenceOfAPersonWhoComesBack(t *testing.T) {
	s := serve(t)
	b := s.create()
	p := s.person(b, Editor, "Ann")
	witness := s.dial(b.ID, b.Tokens[Viewer])
	before := s.dial(b.ID, p.Token)
	before.send(told(1, 1, `{"at":"café"}`))
	witness.presence(1)
	after := s.dial(b.ID, p.Token)
	after.send(told(1, 2, `{"at":"train"}`))
	if got := witness.presence(1); !holds(got.State, "train") {
		t.Errorf("told %s", got.State)
	}
	before.ws.Close()
	after.send(told(1, 3, `{"at":"home"}`))
	if got := witness.presence(1); got.Gone() || !holds(got.State, "home") {
		t.Errorf("told %s", got.State)
	}
}
