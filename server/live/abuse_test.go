package live

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"unisson/server/yupdate"
)

var joins = flag.Int("joins", 1500, "how often somebody joins one board and leaves; ./build.sh soak asks for ten thousand")

// Handshakes as no library writes them.
func TestRawHandshakes(t *testing.T) {
	s := serve(t)
	b := s.create()
	good := []string{
		"Host: a", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
		"Sec-WebSocket-Protocol: " + protocol + ", " + bearerPrefix + b.Tokens[Editor],
	}
	with := func(lines ...string) []string { return append(append([]string(nil), good...), lines...) }
	without := func(name string) (lines []string) {
		for _, l := range good {
			if !strings.HasPrefix(l, name+":") {
				lines = append(lines, l)
			}
		}
		return lines
	}
	get := "GET /sync/" + b.ID + " HTTP/1.1"
	for _, c := range []struct {
		name, request string
		lines         []string
		status        int
	}{
		{"as it should be", get, good, 101},
		{"with compression offered", get, with("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"), 101},
		{"with cookies", get, with("Cookie: a=b"), 101},
		{"by POST", "POST /sync/" + b.ID + " HTTP/1.1", with("Content-Length: 0"), 405},
		{"in HTTP/1.0", "GET /sync/" + b.ID + " HTTP/1.0", good, 101}, // gorilla minds the headers alone
		{"without a key", get, without("Sec-WebSocket-Key"), 400},
		{"with a key of no length", get, append(without("Sec-WebSocket-Key"), "Sec-WebSocket-Key: "), 400},
		{"with a key that is too short", get, append(without("Sec-WebSocket-Key"), "Sec-WebSocket-Key: AAAA"), 400},
		{"of version 8", get, append(without("Sec-WebSocket-Version"), "Sec-WebSocket-Version: 8"), 400},
		{"without a version", get, without("Sec-WebSocket-Version"), 400},
		{"without upgrade", get, without("Upgrade"), 400},
		{"to another protocol", get, append(without("Upgrade"), "Upgrade: h2c"), 400},
		{"without connection", get, without("Connection"), 400},
		{"from two origins", get, with("Origin: http://a", "Origin: https://evil.example"), 403},
		{"from an origin that is none", get, with("Origin: ://"), 403},
		{"from an empty origin", get, with("Origin: "), 403},
		{"with two tokens, the last right", get, append(without("Sec-WebSocket-Protocol"), "Sec-WebSocket-Protocol: "+protocol+", "+bearerPrefix+strings.Repeat("A", 43)+", "+bearerPrefix+b.Tokens[Editor]), 101},
		{"with a wrong header and a right protocol", get, with("Authorization: Bearer " + strings.Repeat("A", 43)), 404},
		{"with a token without its form", get, append(without("Sec-WebSocket-Protocol"), "Sec-WebSocket-Protocol: "+protocol+", "+bearerPrefix+"é"), 404},
		{"with a token for basic authentication", get, append(without("Sec-WebSocket-Protocol"), "Authorization: Basic "+b.Tokens[Editor]), 404},
		{"with a thousand protocols", get, append(without("Sec-WebSocket-Protocol"), "Sec-WebSocket-Protocol: "+strings.Repeat(bearerPrefix+"x, ", 1000)+protocol), 404},
		{"to a board whose id is a path", "GET /sync/..%2F..%2Fetc%2Fpasswd HTTP/1.1", good, 404},
		{"to a board whose id holds a zero", "GET /sync/" + b.ID[:21] + "%00 HTTP/1.1", good, 404},
		{"to a board with something after", "GET /sync/" + b.ID + "/x HTTP/1.1", good, 404},
	} {
		c1, err := net.Dial("tcp", s.http.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c1, "%s\r\n%s\r\n\r\n", c.request, strings.Join(c.lines, "\r\n"))
		res, err := http.ReadResponse(bufio.NewReader(c1), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, res.StatusCode, c.status)
		} else if got := res.Header.Get("Sec-WebSocket-Extensions"); got != "" {
			t.Errorf("%s: the server takes %s", c.name, got)
		}
		c1.Close()
	}
	s.untilFreed()
}

// Whatever somebody says of others, what the others said of themselves stays.
func TestSpoofedPresence(t *testing.T) {
	s := serve(t)
	b := s.create()
	ann := s.dial(b.ID, b.Tokens[Editor])
	ann.send(told(1, 5, `{"name":"Ann"}`))
	witness := s.dial(b.ID, b.Tokens[Viewer])
	witness.presence(1)
	many := make([]yupdate.Presence, 2000)
	for i := range many {
		many[i] = yupdate.Presence{Client: uint64(1000 + i), Clock: 1, State: []byte(`{}`)}
	}
	for name, message := range map[string][]byte{
		"newer":                      told(1, 6, `{"name":"Mallory"}`),
		"much newer":                 told(1, 1<<52, `{"name":"Mallory"}`),
		"gone":                       told(1, 6, "null"),
		"gone, of the same age":      told(1, 5, "null"),
		"older":                      told(1, 1, `{"name":"Mallory"}`),
		"of the same age":            told(1, 5, `{"name":"Mallory"}`),
		"beside their own":           said(yupdate.EncodeAwareness([]yupdate.Presence{{Client: 7, Clock: 1, State: []byte(`{}`)}, {Client: 1, Clock: 9, State: []byte(`{"name":"Mallory"}`)}}), msgPresence),
		"twice in one":               said(yupdate.EncodeAwareness([]yupdate.Presence{{Client: 1, Clock: 9, State: []byte("null")}, {Client: 1, Clock: 10, State: []byte(`{"name":"Mallory"}`)}}), msgPresence),
		"too large":                  told(1, 9, fmt.Sprintf("%q", strings.Repeat("x", presenceBytes))),
		"thousands nobody will be":   said(yupdate.EncodeAwareness(many), msgPresence),
		"a state that is a number":   told(1, 9, "3"),
		"a state with a null inside": told(1, 9, `{"name":null}`),
	} {
		for _, role := range []Role{Facilitator, Editor, Viewer} {
			mallory := s.dial(b.ID, b.Tokens[role])
			mallory.send(message)
			mallory.send([]byte{msgQuery})
			seen := 0
			mallory.until(func(h heard) bool {
				if h.kind != msgPresence {
					return false
				}
				all, err := yupdate.DecodeAwareness(h.body, yupdate.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range all {
					if p.Client == 1 && (p.Gone() || p.Clock != 5 || !holds(p.State, "Ann")) {
						t.Errorf("%s, by a %s: of Ann is told %+v", name, role, p)
					}
					if p.Client >= 1000 {
						seen++
					}
				}
				return holds(h.body, "Ann")
			})
			if seen > 2*presenceIDs {
				t.Errorf("%s, by a %s: %d invented clients", name, role, seen)
			}
			mallory.ws.Close()
		}
	}
}

// Recorded and sent again, by whomever, nothing changes.
func TestReplay(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Rate = 0 })
	b := s.create()
	ann := s.dial(b.ID, b.Tokens[Editor])
	var recorded [][]byte
	for clock := uint64(0); clock < 40; clock += 4 {
		recorded = append(recorded, said(inserted(1, clock, "abcd"), msgSync, syncUpdate))
	}
	recorded = append(recorded, said(deleted(1, 3, 9), msgSync, syncUpdate))
	for _, m := range recorded {
		ann.send(m)
		ann.untilSync(syncUpdate)
	}
	whole := ann.state()
	before, err := s.boards.Load(t.Context(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []Role{Facilitator, Editor, Viewer} {
		c := s.dial(b.ID, b.Tokens[role])
		for range 3 {
			for i := range recorded { // the last first
				c.send(recorded[len(recorded)-1-i])
			}
		}
		if got := c.state(); !bytes.Equal(got, whole) {
			t.Errorf("replayed by a %s, the board is %x, was %x", role, got, whole)
		}
	}
	after, err := s.boards.Load(t.Context(), b.ID)
	if err != nil || after.Seq() != before.Seq() {
		t.Errorf("%d records, were %d, %v", after.Seq(), before.Seq(), err)
	}
}

// A viewer's step 2 is no longer than anybody's message; the length of a board is for those who may write.
func TestLongStep2(t *testing.T) {
	s := serve(t)
	long := said(inserted(1, 0, strings.Repeat("ruban ", 50_000)), msgSync, syncStep2)
	// Who is refused may be hung up on while still sending, and then hears no code.
	refused := func(b made, role Role, m []byte) {
		t.Helper()
		c := s.dial(b.ID, b.Tokens[role])
		c.ws.WriteMessage(websocket.BinaryMessage, m)
		if got := c.closed(); got != closeTooLong && got != 0 {
			t.Errorf("a %s's: closed with %d", role, got)
		}
	}
	for _, role := range []Role{Facilitator, Editor} {
		b := s.create()
		refused(b, role, append([]byte{msgSync, syncUpdate}, long[2:]...))
		refused(b, Viewer, long)
		c := s.dial(b.ID, b.Tokens[role])
		if got := c.state(); !bytes.Equal(got, nothing) {
			t.Errorf("what was refused is there: %d bytes", len(got))
		}
		c.send(long)
		c.untilSync(syncUpdate)
	}
}

// People join, ask for everything and leave, by the thousand: what they took comes back.
func TestManyJoins(t *testing.T) {
	s := serve(t)
	b := s.create()
	stays := s.dial(b.ID, b.Tokens[Editor])
	stays.send(said(inserted(1, 0, "bonjour"), msgSync, syncUpdate))
	stays.untilSync(syncUpdate)
	go io.Copy(io.Discard, stays.ws.NetConn()) // who is here and who left
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	join := func(n int) {
		for i := range n {
			ws, _, err := websocket.DefaultDialer.Dial(strings.Replace(s.http.URL, "http", "ws", 1)+"/sync/"+b.ID, http.Header{"Authorization": {"Bearer " + b.Tokens[roles[i%3]]}})
			if err != nil {
				t.Fatal(err)
			}
			c := &client{t, ws}
			c.send(told(uint64(100+i), 1, `{"name":"x"}`))
			if got := c.state(); !holds(got, "bonjour") {
				t.Fatalf("the %dth is served %x", i, got)
			}
			c.ws.Close()
		}
		eventually(t, "those who left to be forgotten", func() bool {
			n := 0
			s.hub.wheel.each(func(*conn) { n++ })
			return n == 1
		})
	}
	join(300)
	before := heap()
	join(*joins)
	if after := heap(); after > before+1<<20 {
		t.Errorf("%d bytes more after %d joins", after-before, *joins)
	}
}
