package live

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"unisson/server/store"
)

func (s *server) path(b made, rest string) string { return "/api/v1/boards/" + b.ID + rest }

// Every route × every role, and a stranger: what is not allowed looks like what is not there.
func TestRoutesAndRoles(t *testing.T) {
	s := serve(t)
	all, writers, one := []Role{Facilitator, Editor, Viewer}, []Role{Facilitator, Editor}, []Role{Facilitator}
	for _, c := range []struct {
		method, path, body string
		status             int
		may                []Role
	}{
		{"GET", "", "", 200, all},
		{"GET", "?format=update", "", 200, all},
		{"PUT", "/lock", `{"locked":true}`, 204, one},
		{"PUT", "/lock", `{}`, 400, one},
		{"PUT", "/lock", `{`, 400, one},
		{"POST", "/tokens/viewer", "", 200, one},
		{"POST", "/tokens/owner", "", 404, one},
		{"POST", "/people", `{"name":"Ann"}`, 201, all},
		{"POST", "/people", `{"name":"Ann","role":"viewer"}`, 201, all},
		{"POST", "/people", `{"name":"Ann","role":"facilitator"}`, 201, one},
		{"POST", "/people", `{"name":" "}`, 400, all},
		{"POST", "/people", `{"name":"` + strings.Repeat("x", 81) + `"}`, 400, all},
		{"DELETE", "/people/AAAAAAAAAAA", "", 404, one},
		{"DELETE", "/people/..", "", 404, one},
		{"POST", "/code", "", 201, one},
		{"POST", "/code", `{"role":"viewer"}`, 201, one},
		{"POST", "/code", `{"role":"facilitator"}`, 400, one},
		{"POST", "/rounds", `{"question":"Qui êtes-vous ?"}`, 201, one},
		{"POST", "/rounds", `{"question":""}`, 400, one},
		{"PUT", "/rounds/AAAAAAAAAAA/answer", `{"text":"nous"}`, 409, writers}, // a role's token is nobody's own
		{"POST", "/rounds/AAAAAAAAAAA/reveal", "", 404, one},
		{"DELETE", "", "", 204, one},
	} {
		for _, role := range append(slices.Clone(all), "stranger") {
			b := s.create()
			token, want := b.Tokens[role], c.status
			if role == "stranger" {
				token = s.create().Tokens[Facilitator]
			}
			if !slices.Contains(c.may, role) {
				want = 404
			}
			var said string
			s.call(c.method, s.path(b, c.path), token, c.body, want, &said)
			if want == 404 && said != "problem.board" {
				t.Errorf("%s %s, %s: told %q", c.method, c.path, role, said)
			}
		}
	}
}

func TestRevocation(t *testing.T) {
	s := serve(t)
	b := s.create()
	f := b.Tokens[Facilitator]
	ann, bob := s.person(b, Editor, "Ann"), s.person(b, Editor, "Bob")
	raw, own, stays := s.dial(b.ID, b.Tokens[Editor]), s.dial(b.ID, ann.Token), s.dial(b.ID, bob.Token)
	own.state()
	var fresh struct{ Token string }
	s.call("POST", s.path(b, "/tokens/editor"), f, "", 200, &fresh)
	if got := raw.closed(); got != closeRevoked {
		t.Errorf("the old link: %d", got)
	}
	s.call("DELETE", s.path(b, "/people/"+ann.Person), f, "", 204, nil)
	if got := own.closed(); got != closeRevoked {
		t.Errorf("somebody removed: %d", got)
	}
	for _, old := range []string{b.Tokens[Editor], ann.Token} {
		s.call("GET", s.path(b, ""), old, "", 404, nil)
	}
	anew := s.dial(b.ID, fresh.Token)
	anew.state()
	stays.send(said(inserted(3, 0, "still here"), msgSync, syncUpdate))
	stays.untilSync(syncUpdate)
	// It holds after the room was let go and read again.
	stays.ws.Close()
	anew.ws.Close()
	s.untilFreed()
	s.call("GET", s.path(b, ""), ann.Token, "", 404, nil)
	s.call("GET", s.path(b, ""), bob.Token, "", 200, nil)
	// Handing over: a facilitator makes another, who can do everything, without the first's link.
	var next entered
	s.call("POST", s.path(b, "/people"), f, `{"name":"Chloé","role":"facilitator"}`, 201, &next)
	s.call("POST", s.path(b, "/tokens/facilitator"), next.Token, "", 200, nil)
	s.call("PUT", s.path(b, "/lock"), f, `{"locked":true}`, 404, nil)
	s.call("PUT", s.path(b, "/lock"), next.Token, `{"locked":true}`, 204, nil)
}

// untilFreed waits until no room is open.
func (s *server) untilFreed() {
	s.Helper()
	eventually(s.T, "rooms to be freed", func() bool {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		return len(s.hub.rooms) == 0 && len(s.hub.perIP) == 0
	})
}

func TestDeletion(t *testing.T) {
	s := serve(t)
	b := s.create()
	c := s.dial(b.ID, b.Tokens[Viewer])
	c.state()
	s.call("DELETE", s.path(b, ""), b.Tokens[Facilitator], "", 204, nil)
	if got := c.closed(); got != closeDeleted {
		t.Errorf("closed with %d", got)
	}
	s.call("GET", s.path(b, ""), b.Tokens[Facilitator], "", 404, nil)
	if _, err := s.boards.Load(t.Context(), b.ID); err != store.ErrNotFound {
		t.Errorf("on the disk: %v", err)
	}
	s.untilFreed()
}

// Only hashes of tokens are on the disk, and nothing a role may not know in what it is told.
func TestSecrets(t *testing.T) {
	s := serve(t)
	b := s.create()
	p := s.person(b, Editor, "Ann")
	stored, err := s.boards.Load(t.Context(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range stored.Tail {
		for _, secret := range append([]string{p.Token}, b.Tokens[Facilitator], b.Tokens[Editor], b.Tokens[Viewer]) {
			if holds(rec.Data, secret) {
				t.Errorf("a token is on the disk: %s", rec.Data)
			}
		}
	}
	var code codeSaid
	s.call("POST", s.path(b, "/code"), b.Tokens[Facilitator], "", 201, &code)
	for role, knows := range map[Role]bool{Facilitator: true, Editor: false, Viewer: false} {
		var said string
		s.call("GET", s.path(b, ""), b.Tokens[role], "", 200, &said)
		if strings.Contains(said, "Ann") != knows || strings.Contains(said, code.Code) != knows {
			t.Errorf("%s is told %s", role, said)
		}
	}
	if log := s.log.String(); strings.Contains(log, b.Tokens[Editor]) || strings.Contains(log, "Ann") {
		t.Errorf("the log says %s", log)
	}
}

func TestSession(t *testing.T) {
	s := serve(t)
	b := s.create()
	f := b.Tokens[Facilitator]
	ann := s.person(b, Editor, "Ann")
	lead, own, stock := s.dial(b.ID, f), s.dial(b.ID, ann.Token), s.dial(b.ID, b.Tokens[Editor])
	lead.send([]byte{msgSession})
	own.send([]byte{msgSession})
	if got := own.session(); got.Role != Editor || got.You == nil || got.You.Name != "Ann" || got.People != nil || got.Locked || got.Expires == "" {
		t.Errorf("Ann is told %+v", got)
	}
	got := lead.session()
	for len(got.People) == 1 && !got.People[0].Here { // Ann may come in after the facilitator has asked
		got = lead.session()
	}
	if got.Role != Facilitator || got.You != nil || len(got.People) != 1 {
		t.Errorf("the facilitator is told %+v", got)
	}
	s.call("PUT", s.path(b, "/lock"), f, `{"locked":true}`, 204, nil)
	for own.session().Locked == false {
	}
	// A client that never asked is never told: the stock one would complain.
	stock.send([]byte{msgQuery})
	stock.send(said([]byte{0}, msgSync, syncStep1))
	stock.until(func(h heard) bool {
		if h.kind == msgSession {
			t.Error("a stock client is told the session")
		}
		return h.kind == msgSync && h.sub == syncStep2
	})
}

// A blind round, to the end: nobody is told an answer before all are, and then nothing says whose they were.
func TestBlindRound(t *testing.T) {
	s := serve(t)
	b := s.create()
	f := b.Tokens[Facilitator]
	lead := s.dial(b.ID, f)
	lead.send([]byte{msgSession})
	var round roundSaid
	s.call("POST", s.path(b, "/rounds"), f, `{"question":"Qui êtes-vous ?"}`, 201, &round)
	answers := []string{"des artisans", "une école", "un club", "des voisins", "un atelier", "une ferme"}
	var people []entered
	for i, a := range answers {
		p := s.person(b, Editor, "P"+string(rune('A'+i)))
		people = append(people, p)
		s.call("PUT", s.path(b, "/rounds/"+round.ID+"/answer"), p.Token, `{"text":"first thought"}`, 204, nil)
		s.call("PUT", s.path(b, "/rounds/"+round.ID+"/answer"), p.Token, `{"text":"`+a+`"}`, 204, nil)
	}
	watching := s.person(b, Viewer, "V")
	s.call("PUT", s.path(b, "/rounds/"+round.ID+"/answer"), watching.Token, `{"text":"x"}`, 404, nil)
	s.call("PUT", s.path(b, "/rounds/AAAAAAAAAAA/answer"), people[0].Token, `{"text":"x"}`, 404, nil)
	for _, token := range []string{f, b.Tokens[Editor], b.Tokens[Viewer], people[0].Token} {
		var said string
		s.call("GET", s.path(b, ""), token, "", 200, &said)
		for i, a := range answers {
			if own := token == people[0].Token && i == 0; strings.Contains(said, a) != own {
				t.Errorf("before the end, somebody is told %s", said)
			}
		}
	}
	for {
		h := lead.until(func(h heard) bool { return h.kind == msgSession })
		if holds(h.body, "artisans") {
			t.Fatalf("the facilitator is told %s", h.body)
		}
		if holds(h.body, `"answered":6`) {
			break
		}
	}
	var revealed roundSaid
	s.call("POST", s.path(b, "/rounds/"+round.ID+"/reveal"), f, "", 200, &revealed)
	if got := slices.Sorted(slices.Values(revealed.Answers)); !slices.Equal(got, slices.Sorted(slices.Values(answers))) {
		t.Errorf("revealed: %q", got)
	}
	s.call("PUT", s.path(b, "/rounds/"+round.ID+"/answer"), people[0].Token, `{"text":"x"}`, 409, nil)
	for got := lead.session(); got.Round == nil || len(got.Round.Answers) != len(answers); got = lead.session() {
	}
	stored, err := s.boards.Load(t.Context(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range stored.Tail {
		if holds(rec.Data, "artisans") && holds(rec.Data, people[0].Person) {
			t.Errorf("on the disk: %s", rec.Data)
		}
	}
	who, _, err := decodeSnapshot(stored.Snapshot)
	if err != nil || who.Round == nil || len(who.Round.Answers) > 0 || len(who.Round.Texts) != len(answers) {
		t.Errorf("in the snapshot: %+v, %v", who.Round, err)
	}
	raw, _ := json.Marshal(who)
	if holds(raw, "first thought") {
		t.Errorf("in the snapshot: %s", raw)
	}
}

func TestCodes(t *testing.T) {
	s := serve(t)
	b := s.create()
	var old, code codeSaid
	s.call("POST", s.path(b, "/code"), b.Tokens[Facilitator], "", 201, &old)
	s.call("POST", s.path(b, "/code"), b.Tokens[Facilitator], `{"role":"viewer"}`, 201, &code)
	var in entered
	s.call("POST", "/api/v1/join", "", `{"code":"`+strings.ToLower(code.Code[:3]+" "+code.Code[3:])+`","name":"Ann"}`, 201, &in)
	if in.Board != b.ID || in.Role != Viewer {
		t.Errorf("joined as %+v", in)
	}
	s.call("GET", s.path(b, ""), in.Token, "", 200, nil)
	s.call("POST", "/api/v1/join", "", `{"code":"`+old.Code+`","name":"Ann"}`, 404, nil)
	if _, err := time.Parse(time.RFC3339, code.Expires); err != nil {
		t.Error(err)
	}
	// Guessing ends soon, for whoever guesses: a right code is refused then too. Each wrong one is counted, whatever is wrong with it.
	for i := range codeFailures - 1 {
		body := []string{`{"code":"AAAAAA","name":"x"}`, `{"code":"","name":"x"}`, `{"code":"../../","name":"x"}`}[i%3]
		s.call("POST", "/api/v1/join", "", body, 404, nil)
	}
	s.call("POST", "/api/v1/join", "", `{"code":"`+code.Code+`","name":"Bob"}`, 429, nil)
}

// An address is the proxy's word only where the proxy is trusted.
func TestAddresses(t *testing.T) {
	g := guard{proxies: networksOf("10.0.0.0/8", "::1/128")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:99", "", "192.0.2.1"},
		{"192.0.2.1:99", "198.51.100.7", "192.0.2.1"},
		{"10.0.0.1:99", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:99", "6.6.6.6, 198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:99", "198.51.100.7, 10.2.2.2", "198.51.100.7"},
		{"10.0.0.1:99", "nonsense", "10.0.0.1"},
		{"10.0.0.1:99", "198.51.100.7:1234", "198.51.100.7"},
		{"[2001:db8:1:2:3:4:5:6]:99", "", "2001:db8:1:2::"},
		{"[::ffff:192.0.2.1]:99", "", "192.0.2.1"},
		{"[::1]:99", "[2001:db8::7]:80", "2001:db8::"},
		{"@", "", "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := g.address(r).String(); got != c.want {
			t.Errorf("%s, for %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestAbout(t *testing.T) {
	s := serve(t)
	var said struct {
		Live              bool
		Operator, Country string
		RetentionDays     int
		Limits            limitsSaid
	}
	s.call("GET", "/api/v1/server", "", "", 200, &said)
	if !said.Live || said.Operator != "Atelier" || said.Country != "FR" || said.RetentionDays != 90 || said.Limits.Board != 20<<20 {
		t.Errorf("%+v", said)
	}
}

func TestBoardsOfAnAddress(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Boards = 2 })
	s.create()
	s.create()
	s.call("POST", "/api/v1/boards", "", "", 429, nil)
}

func networksOf(list ...string) (out []netip.Prefix) {
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}
