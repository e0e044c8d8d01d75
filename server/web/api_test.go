package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unisson/core/board/schema"
	"unisson/core/rules"
	"unisson/core/texts"
	boards "unisson/server/live"
	"unisson/server/store"
)

// sharing is a server that keeps shared boards.
func sharing(t *testing.T, change func(*Config)) *Server {
	t.Helper()
	disk, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	hub := boards.New(boards.Config{Log: disk, Limits: boards.Defaults, Logger: log})
	t.Cleanup(func() {
		if err := hub.Drain(context.Background()); err != nil {
			t.Error(err)
		}
		if err := disk.Close(); err != nil {
			t.Error(err)
		}
	})
	c := Config{Site: page(), MaxBody: testLimit, Log: log, Limits: Deadlines, Live: hub}
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// flat is the same board on one line.
var flat = strings.ReplaceAll(house, "\n", "")

func asks(s *Server, method, url, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	got := httptest.NewRecorder()
	s.Handler().ServeHTTP(got, r)
	return got
}

// Every address and method of the API stands in the OpenAPI document, and nothing else does.
func TestOpenAPIIsTheRoutes(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Parameters  []map[string]any
			Responses   map[string]any
		}
	}
	if err := json.Unmarshal(document(), &doc); err != nil {
		t.Fatal(err)
	}
	said, ids := map[string]bool{}, map[string]bool{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			said[strings.ToUpper(method)+" "+path] = true
			if op.OperationID == "" || ids[op.OperationID] {
				t.Errorf("%s %s: its id %q is not its own", method, path, op.OperationID)
			}
			ids[op.OperationID] = true
			for _, hole := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p map[string]any) bool { return p["$ref"] == "#/components/parameters/"+hole[1] }) {
					t.Errorf("%s %s does not describe %s", method, path, hole[1])
				}
			}
		}
	}
	bound := map[string]bool{}
	for _, r := range sharing(t, nil).echo.Routes() {
		if !strings.HasPrefix(r.Path, "/api/") || r.Method == http.MethodHead {
			continue
		}
		bound[r.Method+" "+regexp.MustCompile(`:(\w+)`).ReplaceAllString(r.Path, "{$1}")] = true
	}
	if !maps.Equal(said, bound) {
		t.Errorf("described: %v\nbound:     %v", slices.Sorted(maps.Keys(said)), slices.Sorted(maps.Keys(bound)))
	}
}

func TestDocuments(t *testing.T) {
	run(t, []scenario{
		{name: "the description", url: "/api/v1/openapi.json", status: 200, want: []string{"Content-Type: application/vnd.oai.openapi+json;version=3.1", "Cache-Control: no-cache"}, has: []string{`"openapi": "3.1.0"`, `"const":"unisson/1"`}, hasNot: []string{`"Board": {}`, `"$id"`}},
		{name: "the schema", url: "/api/v1/schema", status: 200, want: []string{"Content-Type: application/schema+json", "!Access-Control-Allow-Origin"}, has: []string{string(schema.JSON)}},
		{name: "its header alone", method: "HEAD", url: "/api/v1/schema", status: 200, hasNot: []string{"{"}},
		{name: "the rules", url: "/api/v1/rules", headers: []string{"Accept-Language: fr"}, status: 200, want: []string{"Content-Language: fr", "Content-Type: application/json"}, has: []string{`"id":"VO6"`, `"name":"Une seule voix"`}},
		{name: "the rules, asked for in English", url: "/api/v1/rules?lang=en", headers: []string{"Accept-Language: fr"}, status: 200, want: []string{"Content-Language: en"}, has: []string{`"name":"One voice"`, `"minimum":"10 messages on one channel and 10 elsewhere"`}},
		{name: "the rules in no language of ours", url: "/api/v1/rules?lang=de", status: 400},
		{name: "about a server without boards", url: "/api/v1/server", status: 200, has: []string{`{"live":false,"operator":"Atelier"}`}},
		{name: "boards it does not keep", method: "POST", url: "/api/v1/boards", body: `{}`, status: 404},
		{name: "a fault in the language asked for", url: "/api/v1/rules?lang=fr&x", method: "DELETE", status: 405, want: []string{"Content-Language: fr"}},
	})
	s, _ := newServer(t)
	first := asks(s, "GET", "/api/v1/rules?lang=fr", "")
	if again := asks(s, "GET", "/api/v1/rules?lang=fr", "", "If-None-Match: "+first.Header().Get("ETag")); again.Code != 304 || again.Body.Len() > 0 {
		t.Errorf("unchanged: %d", again.Code)
	}
	if other := asks(s, "GET", "/api/v1/rules?lang=en", "", "If-None-Match: "+first.Header().Get("ETag")); other.Code != 200 {
		t.Errorf("another language: %d", other.Code)
	}
	for _, lang := range texts.Langs {
		var said struct {
			Lang  texts.Lang
			Rules []ruleSaid
		}
		if err := json.Unmarshal(asks(s, "GET", "/api/v1/rules?lang="+string(lang), "").Body.Bytes(), &said); err != nil {
			t.Fatal(err)
		}
		if said.Lang != lang || len(said.Rules) != len(rules.All()) {
			t.Errorf("%s: %d rules in %s", lang, len(said.Rules), said.Lang)
		}
		for _, r := range said.Rules {
			for _, text := range []string{r.Name, r.Why, r.Remedy, r.Minimum, r.Dimension, r.Ideas[0].Text} {
				if text == "" || strings.Contains(text, r.ID) || strings.HasPrefix(text, "minimum.") {
					t.Errorf("%s, %s: %q", lang, r.ID, text)
				}
			}
		}
	}
}

// An address may ask so often in a minute; it is told how often, and when to come back. Proxies speak for others only where they may.
func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Config{Site: page(), MaxBody: testLimit, Log: slog.New(slog.DiscardHandler), Limits: Deadlines, Rate: 3, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
		if err != nil {
			t.Fatal(err)
		}
		ask := func(method, url, from, forwarded string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, url, nil)
			r.RemoteAddr = from + ":1234"
			if forwarded != "" {
				r.Header.Set("X-Forwarded-For", forwarded)
			}
			got := httptest.NewRecorder()
			s.Handler().ServeHTTP(got, r)
			return got
		}
		for i := range 3 {
			got := ask("GET", "/api/v1/schema", "192.0.2.1", "")
			want := fmt.Sprintf(`"address";r=%d;t=%d`, 2-i, 60-10*i)
			if got.Code != 200 || got.Header().Get("RateLimit") != want || got.Header().Get("RateLimit-Policy") != `"address";q=3;w=60` {
				t.Errorf("request %d: %d, %v, want %s", i, got.Code, got.Header(), want)
			}
			time.Sleep(10 * time.Second)
		}
		over := ask("GET", "/api/v1/schema", "192.0.2.1", "")
		scenario{status: 429, want: []string{`RateLimit: "address";r=0;t=30`, "Retry-After: 30"}, has: []string{"30 seconds", "urn:unisson:problem:many"}}.check(t, over)
		for name, c := range map[string]struct {
			method, url, from, forwarded string
			status                       int
		}{
			"another address":                    {"GET", "/api/v1/schema", "192.0.2.2", "", 200},
			"an address that is said":            {"GET", "/api/v1/schema", "192.0.2.1", "192.0.2.77", 429},
			"an address a proxy says":            {"GET", "/api/v1/schema", "10.1.1.1", "192.0.2.1", 429},
			"another one a proxy says":           {"GET", "/api/v1/schema", "10.1.1.1", "192.0.2.9", 200},
			"what is no API":                     {"GET", "/healthz", "192.0.2.1", "", 200},
			"what is nowhere in the API":         {"GET", "/api/v1/nowhere", "192.0.2.1", "", 429},
			"asking whether one may is no visit": {"OPTIONS", "/api/v1/check", "192.0.2.1", "", 204},
		} {
			if got := ask(c.method, c.url, c.from, c.forwarded); got.Code != c.status {
				t.Errorf("%s: %d, want %d", name, got.Code, c.status)
			}
		}
		time.Sleep(30 * time.Second)
		if got := ask("GET", "/api/v1/schema", "192.0.2.1", ""); got.Code != 200 || got.Header().Get("RateLimit") != `"address";r=2;t=60` {
			t.Errorf("a minute later: %d %v", got.Code, got.Header())
		}
	})
	s, _ := newServer(t)
	if got := asks(s, "GET", "/api/v1/schema", ""); got.Header().Get("RateLimit") != "" {
		t.Errorf("a limit where there is none: %v", got.Header())
	}
}

// Pages of other sites use the API where they are listed, and nowhere else; never with credentials.
func TestCORS(t *testing.T) {
	const friend, stranger = "https://atelier.example", "https://elsewhere.example"
	open := sharing(t, func(c *Config) { c.Origins = []string{friend} })
	shut := sharing(t, nil)
	for name, c := range map[string]struct {
		s                   *Server
		method, url, origin string
		allowed             bool
	}{
		"off by default":           {shut, "GET", "/api/v1/rules", friend, false},
		"off by default, asked":    {shut, "OPTIONS", "/api/v1/check", friend, false},
		"listed":                   {open, "GET", "/api/v1/rules", friend, true},
		"listed, asked":            {open, "OPTIONS", "/api/v1/check", friend, true},
		"listed, asked of a board": {open, "OPTIONS", "/api/v1/boards/AAAAAAAAAAAAAAAAAAAAAA/tokens/editor", friend, true},
		"a stranger":               {open, "GET", "/api/v1/rules", stranger, false},
		"a stranger, asked":        {open, "OPTIONS", "/api/v1/check", stranger, false},
		"one that begins alike":    {open, "GET", "/api/v1/rules", friend + ".evil.example", false},
		"another scheme":           {open, "GET", "/api/v1/rules", "http://atelier.example", false},
		"null":                     {open, "GET", "/api/v1/rules", "null", false},
		"a program":                {open, "GET", "/api/v1/rules", "", false},
		"a fault":                  {open, "GET", "/api/v1/nowhere", friend, true},
		"not the API":              {open, "GET", "/healthz", friend, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.url, nil)
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			preflight := c.method == "OPTIONS"
			if preflight {
				r.Header.Set("Access-Control-Request-Method", "POST")
				r.Header.Set("Access-Control-Request-Headers", "content-type")
			}
			got := httptest.NewRecorder()
			c.s.Handler().ServeHTTP(got, r)
			h := got.Header()
			if (h.Get("Access-Control-Allow-Origin") == c.origin && c.origin != "") != c.allowed || !c.allowed && h.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("allowed: %q", h.Get("Access-Control-Allow-Origin"))
			}
			if h.Get("Access-Control-Allow-Credentials") != "" {
				t.Error("credentials are allowed")
			}
			if vary := slices.Contains(h.Values("Vary"), "Origin"); vary != (c.s == open && c.url != "/healthz") {
				t.Errorf("Vary: %v", h.Values("Vary"))
			}
			if (h.Get("Access-Control-Allow-Methods") != "") != (preflight && c.allowed) {
				t.Errorf("methods: %q", h.Get("Access-Control-Allow-Methods"))
			}
			if preflight && c.allowed && (!strings.Contains(h.Get("Access-Control-Allow-Methods"), "POST") || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Content-Type") || got.Code != 204) {
				t.Errorf("%d, %v", got.Code, h)
			}
		})
	}
}

// Each line has its answer before the next one is sent, in order, over HTTP/1.1; what is no board is told in its place.
func TestStream(t *testing.T) {
	s, log := newServer(t)
	web := httptest.NewServer(s.Handler())
	defer web.Close()
	in, send := io.Pipe()
	req, err := http.NewRequest("POST", web.URL+"/api/v1/check?next=1", in)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson; charset=utf-8")
	req.Header.Set("Accept-Language", "fr")
	lines := []struct{ line, want string }{
		{flat, `{"board":"maison","format":"unisson-report/1"`},
		{`{"id":"cut","format":`, `{"board":"cut","error":"ligne 1, colonne 22`},
		{`{"id":"kind","format":"unisson/1","title":4}`, `"type":"urn:unisson:problem:document","errors":[{"pointer":"/title","line":1,"column":43,"code":"type"`},
		{`{"title":"` + strings.Repeat("x", testLimit) + `"}`, `"type":"urn:unisson:problem:long"`},
		{flat, `"next":[{`},
	}
	answers := make(chan *http.Response)
	go func() {
		r, err := web.Client().Do(req)
		if err != nil {
			t.Error(err)
		}
		answers <- r
	}()
	var read *bufio.Reader
	for i, l := range lines {
		if _, err := io.WriteString(send, l.line+"\n"); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			r := <-answers
			if r == nil {
				return
			}
			defer r.Body.Close()
			if r.StatusCode != 200 || r.Header.Get("Content-Type") != ndjson || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%d %v", r.StatusCode, r.Header)
			}
			read = bufio.NewReader(r.Body)
		}
		answer, err := read.ReadString('\n')
		if err != nil || !strings.Contains(answer, l.want) {
			t.Fatalf("line %d: %v, %.300s, want %s", i+1, err, answer, l.want)
		}
	}
	send.Close()
	if rest, err := io.ReadAll(read); err != nil || len(rest) > 0 {
		t.Errorf("after the end: %v, %q", err, rest)
	}
	if strings.Contains(log.String(), "maison") {
		t.Error("the log holds a board's id")
	}
}

func TestStreamRefusals(t *testing.T) {
	const url, lines = "/api/v1/check", "Content-Type: application/x-ndjson"
	run(t, []scenario{
		{name: "nothing", method: "POST", url: url, headers: []string{lines}, status: 200, want: []string{"Content-Type: " + ndjson}},
		{name: "blank lines", method: "POST", url: url, headers: []string{lines}, body: "\n\r\n  \n", status: 200},
		{name: "for people", method: "POST", url: url + "?format=md", headers: []string{lines}, body: house, status: 400, has: []string{"a JSON report a line"}},
		{name: "compressed", method: "POST", url: url, headers: []string{lines, "Content-Encoding: gzip"}, body: house, status: 415},
		{name: "the same bytes as alone", method: "POST", url: url + "?evidence=1", headers: []string{lines}, body: flat + "\n" + flat, status: 200, has: []string{reported(t, house, true) + reported(t, house, true)}},
	})
	s, _ := newServer(t)
	n := int64(0)
	for s.checker.streams.TryAcquire(1) {
		n++
	}
	scenario{status: 503, want: []string{"Retry-After: 2"}}.check(t, asks(s, "POST", url, flat, lines))
	s.checker.streams.Release(n)
	if got := asks(s, "POST", url, flat, lines); got.Code != 200 || !s.checker.streams.TryAcquire(n) {
		t.Errorf("afterwards: %d", got.Code)
	}
}

func streaming(body string) string {
	return "POST /api/v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n" + body
}

func chunk(s string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(s), s) }

// A stream lasts as long as lines come: each answer gives the next line a minute. One that stops is cut, not ended as if it were whole.
func TestAStreamThatLasts(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(streaming(chunk(flat + "\n")))
		r := l.answer(c)
		read := bufio.NewReader(r.Body)
		for i := range 5 {
			if i > 0 {
				if _, err := io.WriteString(c, chunk(flat+"\n")); err != nil {
					t.Fatal(err)
				}
			}
			if line, err := read.ReadString('\n'); err != nil || line != reported(t, house, false) {
				t.Fatalf("line %d: %v %s", i, err, line)
			}
			time.Sleep(Deadlines.Request - time.Second)
		}
		start := time.Now()
		rest, err := io.ReadAll(read)
		if err == nil || len(rest) > 0 || time.Since(start) > Deadlines.Request {
			t.Errorf("after %v: %v, %q", time.Since(start), err, rest)
		}
		c.Close()
	})
}

func TestAStreamThatNeverBegins(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(streaming(chunk(flat[:20])))
		if r := l.answer(c); r.StatusCode != http.StatusRequestTimeout {
			t.Errorf("status %d", r.StatusCode)
		}
		c.Close()
	})
}

func TestAStreamWhoseClientGoes(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(streaming(chunk(flat + "\n" + flat[:20])))
		r := l.answer(c)
		if _, err := bufio.NewReader(r.Body).ReadString('\n'); err != nil {
			t.Error(err)
		}
		c.Close()
		synctest.Wait()
		if !l.checker.streams.TryAcquire(int64(runtime.GOMAXPROCS(0) * streamsPerCore)) {
			t.Error("a stream is still open")
		}
	})
}

// A shared board is exported and reported on as it was imported; each link does what it may.
func TestSharedBoard(t *testing.T) {
	s := sharing(t, func(c *Config) { c.MaxBody = 1 << 20 })
	made := asks(s, "POST", "/api/v1/boards", house)
	var created struct {
		ID     string
		Tokens map[string]string
	}
	if err := json.Unmarshal(made.Body.Bytes(), &created); err != nil || made.Code != 201 || made.Header().Get("Location") != "/api/v1/boards/"+created.ID {
		t.Fatalf("%d %v %s", made.Code, err, made.Body)
	}
	at := "/api/v1/boards/" + created.ID
	as := func(role string) string { return "Authorization: Bearer " + created.Tokens[role] }
	exported := asks(s, "GET", at+"/export", "", as("viewer"))
	if exported.Code != 200 || exported.Header().Get("Content-Disposition") == "" || exported.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("export: %d %v", exported.Code, exported.Header())
	}
	if got := asks(s, "POST", "/api/v1/check", exported.Body.String()); got.Body.String() != reported(t, house, false) {
		t.Errorf("the exported board has another report: %s", got.Body)
	}
	for query, want := range map[string]string{
		"":                     asks(s, "POST", "/api/v1/check", house).Body.String(),
		"?evidence=1":          reported(t, house, true),
		"?format=md":           asks(s, "POST", "/api/v1/check?format=md", house).Body.String(),
		"?format=text&lang=fr": asks(s, "POST", "/api/v1/check?format=text&lang=fr", house).Body.String(),
	} {
		if got := asks(s, "GET", at+"/report"+query, "", as("viewer")); got.Code != 200 || got.Body.String() != want {
			t.Errorf("report%s: %d %s", query, got.Code, got.Body)
		}
	}
	for name, c := range map[string]struct {
		method, url, body, token string
		status                   int
	}{
		"report without a link":      {"GET", at + "/report", "", "", 404},
		"report by another board":    {"GET", "/api/v1/boards/AAAAAAAAAAAAAAAAAAAAAA/report", "", as("viewer"), 404},
		"a report that is none":      {"GET", at + "/report?format=pdf", "", as("viewer"), 400},
		"export without a link":      {"GET", at + "/export", "", "", 404},
		"an editor revokes":          {"DELETE", at + "/tokens/viewer", "", as("editor"), 404},
		"the facilitator’s link":     {"DELETE", at + "/tokens/facilitator", "", as("facilitator"), 409},
		"a role there is not":        {"DELETE", at + "/tokens/owner", "", as("facilitator"), 404},
		"a board with a fault":       {"POST", "/api/v1/boards", "{\"format\":\"unisson/1\",\n\"title\":4}", "", 422},
		"a board of another version": {"POST", "/api/v1/boards", `{"format":"unisson/2"}`, "", 422},
		"a board that is none":       {"POST", "/api/v1/boards", `{"format`, "", 400},
		"a board into a board":       {"POST", at + "/export", house, as("facilitator"), 405},
	} {
		headers := []string{}
		if c.token != "" {
			headers = append(headers, c.token)
		}
		if got := asks(s, c.method, c.url, c.body, headers...); got.Code != c.status {
			t.Errorf("%s: %d, want %d: %s", name, got.Code, c.status, got.Body)
		}
	}
	faulty := asks(s, "POST", "/api/v1/boards", "{\"format\":\"unisson/1\",\n\"title\":4}")
	if !strings.Contains(faulty.Body.String(), `"pointer":"/title","line":2,"column":9`) {
		t.Errorf("the fault has no place: %s", faulty.Body)
	}
	if got := asks(s, "DELETE", at+"/tokens/viewer", "", as("facilitator")); got.Code != 204 {
		t.Errorf("revoke: %d", got.Code)
	}
	if got := asks(s, "GET", at+"/report", "", as("viewer")); got.Code != 404 {
		t.Errorf("a revoked link: %d", got.Code)
	}
	if got := asks(s, "POST", at+"/tokens/viewer", "", as("facilitator")); got.Code != 200 {
		t.Errorf("another link: %d", got.Code)
	} else {
		var fresh struct{ Token string }
		if err := json.Unmarshal(got.Body.Bytes(), &fresh); err != nil {
			t.Fatal(err)
		}
		if got := asks(s, "GET", at, "", "Authorization: Bearer "+fresh.Token); got.Code != 200 || !bytes.Contains(got.Body.Bytes(), []byte(`"role":"viewer"`)) {
			t.Errorf("the new link: %d %s", got.Code, got.Body)
		}
	}
	if got := asks(s, "DELETE", at, "", as("facilitator")); got.Code != 204 {
		t.Errorf("delete: %d", got.Code)
	}
	if got := asks(s, "GET", at+"/export", "", as("facilitator")); got.Code != 404 {
		t.Errorf("a deleted board: %d", got.Code)
	}
}
