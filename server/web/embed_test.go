package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"unisson/server/fault"
)

const toAll = "Access-Control-Allow-Origin: *"

func etagOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return `"` + hex.EncodeToString(sum[:])[:16] + `-identity"`
}

// What other sites load is open to all of them, also to those that demand it of everything (COEP); the rest of the site is not.
func TestEmbedFiles(t *testing.T) {
	headers := []string{toAll, "Cross-Origin-Resource-Policy: cross-origin", "Cross-Origin-Embedder-Policy: require-corp", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "!Set-Cookie"}
	framed := "Content-Security-Policy: " + strings.Replace(policy, "frame-ancestors 'self'; ", "", 1)
	with := func(more ...string) []string { return append(more, headers...) }
	run(t, []scenario{
		{name: "the frame, in French", url: "/embed/fr", status: 200, want: with("Content-Type: text/html; charset=utf-8", "Content-Language: fr", "Cache-Control: no-cache", framed), has: []string{"le cadre"}},
		{name: "the frame, in English", url: "/embed/en", status: 200, want: with("Content-Language: en", framed), has: []string{"the frame"}},
		{name: "the frame, in the reader’s language", url: "/embed/frame", headers: []string{"Accept-Language: fr"}, status: 200, want: with("Content-Language: fr", "Vary: Accept-Language, Accept-Encoding"), has: []string{"le cadre"}},
		{name: "not by the file’s name", url: "/embed/fr.html", status: 404},
		{name: "evergreen", url: "/embed/v1.js", status: 200, want: with("Content-Type: text/javascript; charset=utf-8", "Cache-Control: no-cache")},
		{name: "evergreen, unchanged", url: "/embed/v1.js", headers: []string{"If-None-Match: " + etagOf("export {}")}, status: 304, want: []string{toAll}},
		{name: "a release, for good", url: "/" + release, status: 200, want: with("Content-Type: text/javascript; charset=utf-8", "Cache-Control: public, max-age=31536000, immutable")},
		{name: "a release there is not", url: "/embed/v1.9.9.js", status: 404},
		{name: "types", url: "/embed/v1.d.ts", status: 200, want: with("Content-Type: text/plain; charset=utf-8")},
		{name: "what the frame loads", url: hashed, status: 200, want: with("Cache-Control: public, max-age=31536000, immutable", "Content-Security-Policy: "+policy)},
		{name: "the page is nobody else’s to frame", url: "/fr", status: 200, want: []string{"Content-Security-Policy: " + policy, "!Access-Control-Allow-Origin", "!Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy: same-origin"}},
		{name: "nor is the API", method: "POST", url: "/api/v1/check", body: house, status: 200, want: []string{"!Access-Control-Allow-Origin"}},
		{name: "a board, where nobody shares any", url: "/embed/fr?board=abc", status: 200, want: []string{"Content-Security-Policy: " + policy}},
		{name: "a page of ours keeps its own style", url: "/nope", headers: []string{"Accept: text/html"}, status: 404, has: []string{"/assets/main-BBBB2222.css"}},
	})
}

// sites is a Live that knows who may show the board “known”.
type sites struct{}

func (sites) Bind(*echo.Echo)             {}
func (sites) Ready(context.Context) error { return nil }
func (sites) Drain(context.Context) error { return nil }
func (sites) Document(echo.Context) ([]byte, error) {
	return nil, fault.New(fault.Route, "problem.route")
}
func (sites) Frames(_ context.Context, id string) []string {
	if id == "known" {
		return []string{"https://agence.example", "http://localhost:4000"}
	}
	return nil
}

// A shared board shows on the sites its facilitator listed; one that is not there looks like one nobody listed anything for.
func TestFrameOfABoard(t *testing.T) {
	s, err := New(Config{Site: page(), MaxBody: testLimit, Log: slog.New(slog.DiscardHandler), Limits: Deadlines, Live: sites{}})
	if err != nil {
		t.Fatal(err)
	}
	for id, ancestors := range map[string]string{"known": "'self' https://agence.example http://localhost:4000", "unknown": "'self'", "%27self%27%20*": "'self'"} {
		req := httptest.NewRequest("GET", "/embed/en?board="+id, nil)
		req.Header.Set("If-None-Match", etagOf("<!doctype html>the frame"))
		got := httptest.NewRecorder()
		s.Handler().ServeHTTP(got, req)
		want := strings.Replace(policy, "frame-ancestors 'self'", "frame-ancestors "+ancestors, 1)
		if got.Code != 200 || got.Header().Get("Content-Security-Policy") != want {
			t.Errorf("%s: %d, %s", id, got.Code, got.Header().Get("Content-Security-Policy"))
		}
	}
}

func TestOEmbed(t *testing.T) {
	at := func(u, more string) string { return "/oembed?url=" + u + more }
	run(t, []scenario{
		{name: "the page", url: at("https%3A%2F%2Fexample.com%2Ffr", ""), status: 200, want: []string{"Content-Type: application/json", toAll, "Cross-Origin-Resource-Policy: cross-origin", "Vary: Accept-Language"},
			has: []string{`"type":"rich"`, `"version":"1.0"`, `"width":720`, `"height":640`, `src=\"https://example.com/embed/fr\"`, "autodiagnostic"}},
		{name: "a path alone", url: at("%2Fen", "&format=json"), status: 200, has: []string{`src=\"http://example.com/embed/en\"`}},
		{name: "the frame itself", url: at("http%3A%2F%2Fexample.com%2Fembed%2Fen", ""), status: 200, has: []string{"/embed/en"}},
		{name: "less room", url: at("%2Ffr", "&maxwidth=300&maxheight=5000"), status: 200, has: []string{`"width":300`, `"height":640`}},
		{name: "no room", url: at("%2Ffr", "&maxwidth=0"), status: 400},
		{name: "a room that is none", url: at("%2Ffr", "&maxwidth=wide"), status: 400},
		{name: "another host", url: at("https%3A%2F%2Fevil.example%2Ffr", ""), status: 404, hasNot: []string{"evil"}},
		{name: "another page", url: at("%2Fapi%2Fv1%2Fcheck", ""), status: 404},
		{name: "no address", url: "/oembed", status: 404},
		{name: "an address that is none", url: at("%3A%2F%2F", ""), status: 404},
	})
	s, _ := newServer(t)
	got := httptest.NewRecorder()
	s.Handler().ServeHTTP(got, httptest.NewRequest("GET", at("%2Ffr", "&format=xml"), nil))
	if got.Code != 501 {
		t.Errorf("XML: %d", got.Code)
	}
}
