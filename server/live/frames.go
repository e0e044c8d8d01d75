package live

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"unisson/server/fault"
)

const framesMax = 16 // origins a board may name

type frames struct {
	Origins []string `json:"origins"`
}

func (h *Hub) listFrames(a asked) error {
	said := frames{[]string{}}
	if err := a.change(func() error {
		said.Origins = append(said.Origins, a.room.access.Frames...)
		return nil
	}); err != nil {
		return err
	}
	return a.JSON(http.StatusOK, said)
}

// setFrames names the sites whose pages may show the board in a frame.
func (h *Hub) setFrames(a asked) error {
	var body frames
	if err := read(a, &body); err != nil {
		return err
	}
	if body.Origins == nil || len(body.Origins) > framesMax {
		return errAsked
	}
	list := make([]string, 0, len(body.Origins))
	for _, s := range body.Origins {
		origin, ok := originOf(s)
		if !ok {
			return fault.New(fault.Usage, "problem.frames", "value", s)
		}
		if !slices.Contains(list, origin) {
			list = append(list, origin)
		}
	}
	if err := a.change(func() error {
		if slices.Equal(a.room.access.Frames, list) {
			return nil
		}
		return a.room.record(Event{Kind: evFramed, Frames: list})
	}); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}

// originOf takes a scheme, a host and perhaps a port, and nothing that would mean something else in a header.
func originOf(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), "/"))
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Scheme+"://"+u.Host != s || len(s) > 255 {
		return "", false
	}
	for _, c := range u.Host {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune("-._:[]", c) {
			continue
		}
		return "", false
	}
	return s, true
}

// Frames are the origins whose pages may show a board; none for one that is not there, so that nobody learns which there are.
func (h *Hub) Frames(ctx context.Context, id string) []string {
	r, err := h.open(ctx, id)
	if err != nil {
		return nil
	}
	defer h.letGo(r)
	var list []string
	if err := r.ask(ctx, func() error {
		list = slices.Clone(r.access.Frames)
		return nil
	}); err != nil {
		return nil
	}
	return list
}
