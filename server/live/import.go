package live

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/server/fault"
)

// first reads what a new board begins with: a name alone, or a whole board, whose title is then its name.
func (h *Hub) first(c echo.Context) (name string, document []byte, err error) {
	req := c.Request()
	body := &held{from: http.MaxBytesReader(c.Response().Writer, req.Body, int64(h.limits.Board)), hub: h}
	defer body.free()
	data, err := io.ReadAll(body)
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return "", nil, fault.New(fault.Long, "problem.long", "limit", float64(h.limits.Board>>20))
	case errors.Is(err, error(errImports)):
		return "", nil, errImports
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "", nil, fault.New(fault.Slow, "problem.slow")
	case err != nil:
		return "", nil, fault.New(fault.Cut, "problem.cut")
	case len(data) == 0:
		return "", nil, nil
	}
	if kind, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || kind != echo.MIMEApplicationJSON {
		return "", nil, fault.New(fault.Media, "problem.media")
	}
	var asked struct {
		Format *json.RawMessage `json:"format"`
		Name   string           `json:"name"`
	}
	if json.Unmarshal(data, &asked) == nil && asked.Format == nil {
		if asked.Name != "" {
			asked.Name, err = text(asked.Name, nameMax, false)
		}
		return asked.Name, nil, err
	}
	if err := h.reading.Acquire(req.Context(), 1); err != nil {
		return "", nil, fault.New(fault.Cut, "problem.cut")
	}
	defer h.reading.Release(1)
	b, err := boardjson.Decode(data)
	if err != nil {
		return "", nil, fault.OfDocument(err)
	}
	return titled(b), data, nil
}

// titled is the title of a board as its name, cut where names are.
func titled(b *board.Board) string {
	name, err := text(b.Title, len(b.Title)+1, false)
	if err != nil {
		return ""
	}
	if letters := []rune(name); len(letters) > nameMax {
		name = string(letters[:nameMax-1]) + "…"
	}
	return name
}

// held counts the bytes of a body beyond a usual request's against what long messages may take together.
type held struct {
	from  io.Reader
	hub   *Hub
	seen  int64
	taken int64
}

func (b *held) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	b.seen += int64(n)
	if over := b.seen - bodyMax - b.taken; over > 0 {
		if !b.hub.long.TryAcquire(over) {
			return 0, errImports
		}
		b.taken += over
	}
	return n, err
}

func (b *held) free() { b.hub.long.Release(b.taken) }

// export gives the board as a file, as the page would save it.
func (h *Hub) export(a asked) error {
	document, err := a.board()
	if err != nil {
		return err
	}
	a.Response().Header().Set("Content-Disposition", `attachment; filename="board.json"`)
	return a.Blob(http.StatusOK, echo.MIMEApplicationJSON, document)
}

// Document is the board of a request, /boards/:board, for whoever may read it.
func (h *Hub) Document(c echo.Context) (document []byte, err error) {
	err = h.with(Viewer, func(a asked) (err error) {
		document, err = a.board()
		return err
	})(c)
	return document, err
}
