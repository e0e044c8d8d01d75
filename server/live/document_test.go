package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"unisson/server/fault"
	"unisson/server/yupdate"
)

func compact(t *testing.T, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return b.String()
}

func TestBoardAsADocument(t *testing.T) {
	s := serve(t)
	ctx := context.Background()
	document := `{"format":"unisson/1","title":"Été 🙂","identity":{"sentence":"Nous réparons des vélos"},"messages":[{"id":"b","channel":"x","text":"un"},{"id":"a","channel":"x","text":"deux"}],"x-tool":{"n":1.5}}`
	id, tokens, err := s.hub.Create(ctx, "Atelier", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"format":"unisson/1","title":"Été 🙂","identity":{"sentence":"Nous réparons des vélos"},"messages":[{"id":"b","channel":"x","text":"un"},{"id":"a","channel":"x","text":"deux"}],"x-tool":{"n":1.5}}`
	read := func() string {
		t.Helper()
		got, err := s.hub.Board(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return compact(t, got)
	}
	if got := read(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	// An edit that came back to its sender is part of it.
	c := s.dial(id, tokens[Editor])
	head := yupdate.AppendHead([]byte{1, 1, 9, 0}, yupdate.KindAny, yupdate.Place{Root: "board", Keyed: true, Key: "lang"})
	edit := append(yupdate.AppendValue(append(head, 1), "fr", nil), 0)
	c.send(said(edit, msgSync, syncUpdate))
	c.untilSync(syncUpdate)
	if got := read(); got != strings.Replace(want, `"identity"`, `"lang":"fr","identity"`, 1) {
		t.Errorf("%s", got)
	}
	if _, err := s.hub.Board(ctx, "AAAAAAAAAAAAAAAAAAAAAA"); !errors.Is(err, errUnknown) {
		t.Errorf("an unknown board: %v", err)
	}
	// Nothing is left of it in memory once nobody needs it.
	c.ws.Close()
	eventually(t, "the room to be freed", func() bool {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		return len(s.hub.rooms) == 0
	})
}

func TestCreateRefuses(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits.Board = 1 << 10 })
	for document, want := range map[string]fault.Code{
		"[]": fault.Document,
		`{"format":"unisson/1","title":"` + strings.Repeat("x", 2000) + `"}`: fault.Long,
	} {
		_, _, err := s.hub.Create(context.Background(), "", []byte(document))
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != want {
			t.Errorf("%.20s: %v, want %s", document, err, want)
		}
	}
}
