package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"unisson/core"
	"unisson/core/board/schema"
	"unisson/core/boardjson"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is a board with something to find: a bio and posts that hold words no log may hold.
const house = `{"format":"unisson/1","id":"maison","identity":{"sentence":"Nous réparons les vélos du quartier."},
"channels":[{"id":"insta","name":"Instagram","kind":"instagram","bio":"zanzibar"}],"messages":[{"id":"m1","channel":"insta","text":"Ouvert le lundi 🚲"}]}`

const hashed, release = "/assets/main-AAAA1111.js", "embed/v1.0.0.js"

// page is a small site as the build leaves it.
func page() fstest.MapFS {
	site := fstest.MapFS{}
	list := map[string]any{}
	add := func(name, body string, packed bool) {
		site[name] = &fstest.MapFile{Data: []byte(body)}
		if packed {
			site[name+".br"] = &fstest.MapFile{Data: []byte("br of " + name)}
			site[name+".gz"] = &fstest.MapFile{Data: []byte("gz of " + name)}
		}
		sum := sha256.Sum256([]byte(body))
		list[name] = map[string]any{"size": len(body), "sha256": hex.EncodeToString(sum[:]), "immutable": strings.HasPrefix(name, "assets/") || name == release}
	}
	add("fr.html", "<!doctype html>bonjour", true)
	add("en.html", "<!doctype html>hello", true)
	add("favicon.svg", "<svg/>", false)
	add("assets/main-AAAA1111.js", "export {}", true)
	add("assets/main-BBBB2222.css", "body{}", true)
	add("assets/checker-CCCC3333.wasm", "\x00asm", true)
	add("assets/frame-DDDD4444.css", "p{}", true)
	add("embed/fr.html", "<!doctype html>le cadre", true)
	add("embed/en.html", "<!doctype html>the frame", true)
	add("embed/v1.js", "export {}", true)
	add(release, "export {}", true)
	add("embed/v1.d.ts", "export {}", false)
	raw, err := json.Marshal(map[string]any{"files": list})
	if err != nil {
		panic(err)
	}
	site["assets.json"] = &fstest.MapFile{Data: raw}
	return site
}

const testLimit = 1 << 20

func newServer(t *testing.T) (*Server, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	s, err := New(Config{Site: page(), MaxBody: testLimit, Log: slog.New(slog.NewJSONHandler(&log, nil)), Limits: Deadlines, About: map[string]any{"live": false, "operator": "Atelier"}})
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}

type scenario struct {
	name    string
	method  string // GET
	url     string
	host    string   // example.com
	headers []string // "Name: value"; a POST is application/json unless they say otherwise
	body    string
	length  int64 // declared, where it is not the body's
	status  int
	want    []string // "Name: value", or "!Name" for a header that must not be there
	has     []string // in the body
	hasNot  []string
}

func (s scenario) request() *http.Request {
	if s.method == "" {
		s.method = http.MethodGet
	}
	r := httptest.NewRequest(s.method, s.url, strings.NewReader(s.body))
	if s.host != "" {
		r.Host = s.host
	}
	if s.length != 0 {
		r.ContentLength = s.length
	}
	if s.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range s.headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	return r
}

func (s scenario) check(t *testing.T, got *httptest.ResponseRecorder) {
	t.Helper()
	if got.Code != s.status {
		t.Errorf("status %d, want %d: %s", got.Code, s.status, got.Body)
	}
	for _, h := range s.want {
		if name, absent := strings.CutPrefix(h, "!"); absent {
			if v := got.Header().Get(name); v != "" {
				t.Errorf("header %s: %s, want none", name, v)
			}
			continue
		}
		name, value, _ := strings.Cut(h, ": ")
		if all := strings.Join(got.Header().Values(name), ", "); all != value {
			t.Errorf("header %s: %q, want %q", name, all, value)
		}
	}
	for _, part := range s.has {
		if !strings.Contains(got.Body.String(), part) {
			t.Errorf("the body lacks %q: %s", part, got.Body)
		}
	}
	for _, part := range s.hasNot {
		if strings.Contains(got.Body.String(), part) {
			t.Errorf("the body holds %q", part)
		}
	}
	problems(t, got)
}

// problems holds every answer that is a fault to the form of a problem, with sentences in it and not their ids.
func problems(t *testing.T, got *httptest.ResponseRecorder) {
	t.Helper()
	if got.Code < 400 || strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") {
		return
	}
	if kind := got.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("a fault of type %q", kind)
	}
	var p problem
	if err := json.Unmarshal(got.Body.Bytes(), &p); err != nil {
		t.Errorf("%v: %s", err, got.Body)
		return
	}
	if p.Status != got.Code || p.Title == "" || strings.Contains(p.Title, "problem.") || strings.Contains(p.Detail, "problem.") || p.Detail == "" {
		t.Errorf("a problem without its sentences: %+v", p)
	}
	if p.Request != got.Header().Get("X-Request-Id") || p.Request == "" {
		t.Errorf("request %q in the problem, %q in the header", p.Request, got.Header().Get("X-Request-Id"))
	}
	for _, e := range p.Errors {
		if e.Line < 1 || e.Column < 1 || e.Detail == "" || strings.HasPrefix(e.Detail, "board.") {
			t.Errorf("a fault without its place or sentence: %+v", e)
		}
	}
}

func run(t *testing.T, scenarios []scenario) {
	for _, sc := range scenarios {
		t.Run(sc.name, func(t *testing.T) {
			s, _ := newServer(t)
			got := httptest.NewRecorder()
			s.Handler().ServeHTTP(got, sc.request())
			sc.check(t, got)
		})
	}
}

func TestPage(t *testing.T) {
	const html, revalidate, forever = "Content-Type: text/html; charset=utf-8", "Cache-Control: no-cache", "Cache-Control: public, max-age=31536000, immutable"
	sum := page()["fr.html"].Data
	digest := sha256.Sum256(sum)
	etag := `"` + hex.EncodeToString(digest[:])[:16] + `-identity"`
	run(t, []scenario{
		{name: "the reader's language", url: "/", headers: []string{"Accept-Language: de, fr-CA;q=0.8, en;q=0.3"}, status: 200,
			want: []string{html, revalidate, "Content-Language: fr", "Vary: Accept-Language, Accept-Encoding", "Cross-Origin-Opener-Policy: same-origin"}, has: []string{"bonjour"}},
		{name: "a language we do not speak", url: "/", headers: []string{"Accept-Language: ja"}, status: 200, want: []string{"Content-Language: en"}, has: []string{"hello"}},
		{name: "no language", url: "/", status: 200, has: []string{"hello"}},
		{name: "french", url: "/fr", headers: []string{"Accept-Language: en"}, status: 200, want: []string{html, "Content-Language: fr", "Vary: Accept-Encoding", "ETag: " + etag}, has: []string{"bonjour"}},
		{name: "english", url: "/en", status: 200, want: []string{html}, has: []string{"hello"}},
		{name: "its own address, and the other language's", url: "/fr", headers: []string{"X-Forwarded-Proto: https"}, status: 200, want: []string{`Link: <https://example.com/fr>; rel="canonical", <https://example.com/>; rel="alternate"; hreflang="x-default", <https://example.com/fr>; rel="alternate"; hreflang="fr", <https://example.com/en>; rel="alternate"; hreflang="en"`}},
		{name: "a scheme that is none", url: "/fr", headers: []string{"X-Forwarded-Proto: https>; rel=x"}, status: 200, want: []string{`Link: <http://example.com/fr>; rel="canonical", <http://example.com/>; rel="alternate"; hreflang="x-default", <http://example.com/fr>; rel="alternate"; hreflang="fr", <http://example.com/en>; rel="alternate"; hreflang="en"`}},
		{name: "a host that is none", url: "/fr", host: "evil>; rel=x", status: 200, want: []string{"!Link"}},
		{name: "no relations but a page's", url: hashed, status: 200, want: []string{"!Link"}},
		{name: "one address a page", url: "/fr/", status: 308, want: []string{"Location: /fr"}},
		{name: "not by the file's name", url: "/fr.html", status: 404},
		{name: "not the list", url: "/assets.json", status: 404},
		{name: "brotli first", url: hashed, headers: []string{"Accept-Encoding: gzip, deflate, br, zstd"}, status: 200,
			want: []string{"Content-Type: text/javascript; charset=utf-8", forever, "Content-Encoding: br", "Vary: Accept-Encoding", "Content-Length: 29"}, has: []string{"br of assets/main"}},
		{name: "gzip", url: hashed, headers: []string{"Accept-Encoding: gzip"}, status: 200, want: []string{"Content-Encoding: gzip"}, has: []string{"gz of"}},
		{name: "brotli refused", url: hashed, headers: []string{"Accept-Encoding: br;q=0, *"}, status: 200, want: []string{"Content-Encoding: gzip"}},
		{name: "gzip preferred", url: hashed, headers: []string{"Accept-Encoding: br;q=0.2, gzip;q=0.8"}, status: 200, want: []string{"Content-Encoding: gzip"}},
		{name: "no coding named", url: hashed, status: 200, want: []string{"!Content-Encoding", "Content-Length: 9"}, has: []string{"export {}"}},
		{name: "a weight that is none", url: hashed, headers: []string{"Accept-Encoding: br;q=much"}, status: 200, want: []string{"!Content-Encoding"}},
		{name: "never packed", url: "/favicon.svg", headers: []string{"Accept-Encoding: br"}, status: 200, want: []string{"!Content-Encoding", "!Vary", revalidate, "Content-Type: image/svg+xml"}},
		{name: "packed files have no address", url: hashed + ".br", status: 404},
		{name: "wasm", url: "/assets/checker-CCCC3333.wasm", headers: []string{"Accept-Encoding: br"}, status: 200, want: []string{"Content-Type: application/wasm", forever, "Content-Encoding: br", "X-Content-Type-Options: nosniff"}},
		{name: "head", method: "HEAD", url: hashed, headers: []string{"Accept-Encoding: br"}, status: 200, want: []string{"Content-Length: 29", "Content-Encoding: br"}, hasNot: []string{"br of"}},
		{name: "unchanged", url: "/fr", headers: []string{"If-None-Match: " + etag}, status: 304, hasNot: []string{"bonjour"}, want: []string{"ETag: " + etag, "Vary: Accept-Encoding"}},
		{name: "unchanged in another form", url: "/fr", headers: []string{"If-None-Match: " + etag, "Accept-Encoding: br"}, status: 200, want: []string{"Content-Encoding: br"}},
		{name: "a part", url: "/fr", headers: []string{"Range: bytes=0-8"}, status: 206, has: []string{"<!doctype"}, hasNot: []string{"bonjour"}},
		{name: "nothing there, in French", url: "/zanzibar", headers: []string{"Accept: text/html,*/*;q=0.8", "Accept-Language: fr"}, status: 404,
			want: []string{"Content-Type: text/html; charset=UTF-8", "Content-Language: fr", "Cache-Control: no-store", "Content-Security-Policy: " + policy},
			has:  []string{`lang="fr"`, "Rien à cette adresse", "/assets/main-BBBB2222.css", `href="/fr"`}, hasNot: []string{"zanzibar"}},
		{name: "nothing there, in English", url: "/nope", headers: []string{"Accept: text/html"}, status: 404, has: []string{"Nothing at this address"}},
		{name: "nothing there, for a program", url: "/nope", status: 404, has: []string{`"status":404`}},
		{name: "no way up", url: "/assets/../../go.mod", status: 404},
		{name: "no way up, encoded", url: "/assets/%2e%2e/%2e%2e/go.mod", status: 404},
		{name: "a page takes no post", method: "POST", url: "/fr", status: 405, want: []string{"Allow: OPTIONS, GET, HEAD"}},
	})
}

func TestService(t *testing.T) {
	run(t, []scenario{
		{name: "health", url: "/healthz", status: 200, want: []string{"Cache-Control: no-store"}, has: []string{`"ok"`}},
		{name: "health, head", method: "HEAD", url: "/healthz", status: 200},
		{name: "readiness", url: "/readyz", status: 200, has: []string{`"ready"`}},
		{name: "who answers for it", url: "/api/v1/server", status: 200, want: []string{"Cache-Control: no-cache"}, has: []string{`"live":false`, `"operator":"Atelier"`}},
		{name: "schema", url: "/schema/unisson-1.json", status: 200, want: []string{"Content-Type: application/schema+json", "Access-Control-Allow-Origin: *"}, has: []string{string(schema.JSON)}},
		{name: "a request's own id", url: "/nope", headers: []string{"X-Request-Id: proxy-7_a"}, status: 404, want: []string{"X-Request-Id: proxy-7_a"}, has: []string{`"request":"proxy-7_a"`}},
		{name: "an id that is none", url: "/nope", headers: []string{"X-Request-Id: <b>hé</b>"}, status: 404, hasNot: []string{"<b>", "hé"}},
		{name: "every answer is guarded", url: "/healthz", status: 200, want: []string{"Content-Security-Policy: " + policy, "X-Content-Type-Options: nosniff",
			"Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
			"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()"}},
	})
}

func TestCheck(t *testing.T) {
	const url = "/api/v1/check"
	many := `{"format":"unisson/1","channels":[{"id":"a","name":"A","kind":"site"},{"id":"a","name":"B","kind":"x"}]}`
	run(t, []scenario{
		{name: "a report", method: "POST", url: url, body: house, status: 200, want: []string{"Content-Type: application/json", "Cache-Control: no-store"}, has: []string{reported(t, house, false)}},
		{name: "with evidence", method: "POST", url: url + "?evidence=1", body: house, status: 200, has: []string{reported(t, house, true), `"messages":[`}},
		{name: "without evidence", method: "POST", url: url + "?evidence=0", body: house, status: 200, hasNot: []string{`"messages":[`}},
		{name: "another parameter", method: "POST", url: url + "?x=zanzibar", body: house, status: 200},
		{name: "with what to do next", method: "POST", url: url + "?next=1", body: house, status: 200, has: []string{`"next":[{`}},
		{name: "as Markdown", method: "POST", url: url + "?format=md", body: house, status: 200, has: []string{"# ", "## What to do next"}},
		{name: "as text", method: "POST", url: url + "?format=text", body: house, status: 200, has: []string{"What to do next"}},
		{name: "a format there is not", method: "POST", url: url + "?format=pdf", body: house, status: 400},
		{name: "evidence that is neither", method: "POST", url: url + "?evidence=maybe", body: house, status: 400},
		{name: "a charset", method: "POST", url: url, headers: []string{"Content-Type: application/json; charset=UTF-8"}, body: house, status: 200},
		{name: "another charset", method: "POST", url: url, headers: []string{"Content-Type: application/json; charset=latin1"}, body: house, status: 415},
		{name: "no type", method: "POST", url: url, headers: []string{"Content-Type: "}, body: house, status: 415, want: []string{"Accept-Post: application/json, application/x-ndjson"}},
		{name: "a form", method: "POST", url: url, headers: []string{"Content-Type: application/x-www-form-urlencoded"}, body: "board=1", status: 415},
		{name: "compressed", method: "POST", url: url, headers: []string{"Content-Encoding: gzip"}, body: zipped(t, strings.Repeat(" ", 1<<20)), status: 415, want: []string{"Accept-Encoding: identity"}},
		{name: "get", url: url, status: 405, want: []string{"Allow: OPTIONS, POST"}, has: []string{"POST"}},
		{name: "get, by a browser", url: url, headers: []string{"Accept: text/html"}, status: 405},
		{name: "delete", method: "DELETE", url: url, status: 405},
		{name: "options", method: "OPTIONS", url: url, status: 204, want: []string{"Allow: OPTIONS, POST", "!Access-Control-Allow-Origin"}},
		{name: "unknown, under the API", url: "/api/v2/check", headers: []string{"Accept: text/html", "Accept-Language: fr"}, status: 404, want: []string{"Content-Language: fr"}, has: []string{"Page introuvable"}},
		{name: "too long, declared", method: "POST", url: url, body: "{", length: 1 << 30, status: 413, want: []string{"Connection: close"}, has: []string{"1 MiB"}},
		{name: "too long, undeclared", method: "POST", url: url, body: strings.Repeat(" ", testLimit+1), length: -1, status: 413},
		{name: "just long enough", method: "POST", url: url, body: house + strings.Repeat(" ", testLimit-len(house)), status: 200},
		{name: "empty", method: "POST", url: url, status: 400, has: []string{`"code":"empty"`}},
		{name: "truncated", method: "POST", url: url, body: house[:60], status: 400, has: []string{`"code":"truncated"`, `"line":1`}},
		{name: "no JSON", method: "POST", url: url, body: "<xml>", status: 400, has: []string{`"code":"syntax"`}},
		{name: "no UTF-8", method: "POST", url: url, body: `{"format":"unisson/1","title":"` + "\xff\xfe" + `"}`, status: 400, has: []string{`"code":"utf8"`}},
		{name: "deep", method: "POST", url: url, body: `{"format":"unisson/1","x":` + strings.Repeat("[", 100_000), status: 400, has: []string{`"code":"depth"`}},
		{name: "no board", method: "POST", url: url, body: `[]`, status: 422, has: []string{`"code":"type"`}},
		{name: "another format", method: "POST", url: url, body: `{"format":"unisson/9"}`, status: 422, has: []string{`"code":"format"`, `"pointer":"/format"`}},
		{name: "wrong types, each told", method: "POST", url: url, body: "{\"format\":\"unisson/1\",\n\"title\":4,\n\"channels\":{}}", status: 422,
			has: []string{`"pointer":"/title","line":2,"column":9,"code":"type"`, `"pointer":"/channels","line":3`}},
		{name: "one id twice", method: "POST", url: url, body: many, status: 422, has: []string{`"code":"duplicateID"`}},
		{name: "the fault in French", method: "POST", url: url, headers: []string{"Accept-Language: fr-FR"}, body: `{`, status: 400, has: []string{"JSON illisible"}, want: []string{"Content-Language: fr"}},
	})
}

func reported(t *testing.T, document string, evidence bool) string {
	t.Helper()
	b, err := boardjson.Decode([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return string(core.Check(b, core.Options{Evidence: evidence}).AppendJSON(nil))
}

func zipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A server that has as many checks as it bears says so at once, and is itself again afterwards.
func TestBusy(t *testing.T) {
	for _, full := range []string{"queue", "bytes"} {
		t.Run(full, func(t *testing.T) {
			s, _ := newServer(t)
			sem := s.checker.queue
			if full == "bytes" {
				sem = s.checker.bytes
			}
			n := int64(0)
			for sem.TryAcquire(1) {
				n++
			}
			sc := scenario{method: "POST", url: "/api/v1/check", body: house, status: 503, want: []string{"Retry-After: 2"}, has: []string{"2 seconds"}}
			got := httptest.NewRecorder()
			s.Handler().ServeHTTP(got, sc.request())
			sc.check(t, got)
			sem.Release(n)
			sc.status, sc.want, sc.has = 200, nil, nil
			got = httptest.NewRecorder()
			s.Handler().ServeHTTP(got, sc.request())
			sc.check(t, got)
			if !sem.TryAcquire(n) {
				t.Error("a request kept what it took")
			}
		})
	}
}

// The log says which route was met and how it went. It never holds a word of a board, of an address or of a header.
func TestLogHoldsNoText(t *testing.T) {
	s, log := newServer(t)
	for _, sc := range []scenario{
		{method: "POST", url: "/api/v1/check?evidence=1&q=zanzibar", body: house},
		{method: "POST", url: "/api/v1/check?evidence=zanzibar", body: house},
		{method: "POST", url: "/api/v1/check", body: `{"format":"zanzibar"}`},
		{method: "POST", url: "/api/v1/check", body: `{"zanzibar`},
		{method: "ZANZIBAR", url: "/api/v1/check"},
		{url: "/zanzibar?zanzibar#zanzibar", headers: []string{"User-Agent: zanzibar", "Referer: http://zanzibar/", "X-Request-Id: zanzibar é"}},
	} {
		s.Handler().ServeHTTP(httptest.NewRecorder(), sc.request())
	}
	if strings.Contains(strings.ToLower(log.String()), "zanzibar") {
		t.Errorf("the log holds a text:\n%s", log)
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines, want 6:\n%s", len(lines), log)
	}
	var first struct {
		Msg, ID, Method, Route string
		Status                 int
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	if first.Msg != "request" || first.ID == "" || first.Method != "POST" || first.Route != "/api/v1/check" || first.Status != 200 {
		t.Errorf("%+v", first)
	}
}

// The site refuses to start on a page that is not whole.
func TestBrokenSite(t *testing.T) {
	for name, spoil := range map[string]func(fstest.MapFS){
		"no list":        func(f fstest.MapFS) { delete(f, "assets.json") },
		"a list of else": func(f fstest.MapFS) { f["assets.json"] = &fstest.MapFile{Data: []byte("[")} },
		"a missing file": func(f fstest.MapFS) { delete(f, "assets/main-AAAA1111.js") },
		"no page":        func(f fstest.MapFS) { f["assets.json"] = &fstest.MapFile{Data: []byte(`{"files":{}}`)} },
		"an odd type": func(f fstest.MapFS) {
			f["assets.json"] = &fstest.MapFile{Data: []byte(`{"files":{"a.exe":{"sha256":"0123456789abcdef"}}}`)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			site := page()
			spoil(site)
			if _, err := New(Config{Site: site, MaxBody: 1, Log: slog.New(slog.DiscardHandler), Limits: Deadlines}); err == nil {
				t.Error("it started")
			}
		})
	}
}
