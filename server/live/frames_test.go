package live

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFrames(t *testing.T) {
	s := serve(t)
	b := s.create()
	path, f := s.path(b, "/frames"), b.Tokens[Facilitator]
	var said frames
	s.call("GET", path, f, "", 200, &said)
	if said.Origins == nil || len(said.Origins) > 0 {
		t.Errorf("a new board: %q", said.Origins)
	}

	s.call("PUT", path, f, `{"origins":["https://Agence.example/"," http://localhost:4000","https://agence.example","http://[::1]:8080"]}`, 204, nil)
	want := []string{"https://agence.example", "http://localhost:4000", "http://[::1]:8080"}
	if got := s.hub.Frames(t.Context(), b.ID); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	s.call("PUT", path, f, `{"origins":["https://agence.example"]}`, 204, nil)
	want = want[:1]

	// What is no origin never reaches a header.
	for _, bad := range []string{"*", "https://*.example", "https://a.example;script-src", "https://a.example/page", "https://a.example b.example", "javascript:alert(1)", "https://u@a.example", "//a.example", "", "https://" + strings.Repeat("a", 300), "https://é.example"} {
		var text string
		s.call("PUT", path, f, `{"origins":["`+bad+`"]}`, 400, &text)
		if text != "problem.frames" {
			t.Errorf("%q: %s", bad, text)
		}
	}
	for _, bad := range []string{`{}`, `{"origins":null}`, `[]`, `{"origins":[` + strings.Repeat(`"https://a.example",`, framesMax) + `"https://b.example"]}`} {
		s.call("PUT", path, f, bad, 400, nil)
	}
	s.call("PUT", path, b.Tokens[Editor], `{"origins":[]}`, 404, nil)
	s.call("GET", path, b.Tokens[Viewer], "", 404, nil)
	if got := s.hub.Frames(t.Context(), b.ID); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}

	// It is kept with the board, and goes with it.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.hub.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if got := s.hub.Frames(ctx, b.ID); got != nil {
		t.Errorf("draining: %q", got)
	}
	again := New(Config{Log: s.boards, Limits: Defaults, Logger: s.hub.log})
	if got := again.Frames(ctx, b.ID); !slices.Equal(got, want) {
		t.Errorf("opened again: %q, want %q", got, want)
	}
	if got := again.Frames(ctx, "nobody"); got != nil {
		t.Errorf("no board: %q", got)
	}
	if err := again.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}
