package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"unisson/core"
	"unisson/core/boardjson"
	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

const (
	waitingPerCore = 8  // checks that may wait for a core, for each core
	bodiesAtOnce   = 16 // bodies of the largest size that are held at a time; smaller ones, more
)

// checker bounds what checks may take: the cores they run on, the queue before them and the bytes of their bodies.
type checker struct {
	cores, queue, bytes *semaphore.Weighted
	streams             *semaphore.Weighted
	limit               int64 // bytes of one body, or of one line of a stream
	limits              Limits
}

func newChecker(cores int, limit int64, limits Limits) *checker {
	return &checker{
		cores:   semaphore.NewWeighted(int64(cores)),
		queue:   semaphore.NewWeighted(int64(cores * (1 + waitingPerCore))),
		bytes:   semaphore.NewWeighted(bodiesAtOnce * limit),
		streams: semaphore.NewWeighted(int64(cores * streamsPerCore)),
		limit:   limit,
		limits:  limits,
	}
}

var busy = fault.New(fault.Busy, "problem.busy", "seconds", float64(retryAfter))

// handle answers POST /api/v1/check: the report of the board in the body, as the command line writes it, or of a board a line.
// ?evidence=1 and ?next=1 add to it; ?format=text and ?format=md write it for people, in the language of ?lang or Accept-Language.
func (k *checker) handle(c echo.Context) error {
	w, err := wantedOf(c)
	if err != nil {
		return err
	}
	kind, err := readable(c)
	if err != nil {
		return err
	}
	if kind == ndjson {
		if w.format != "json" {
			return fault.New(fault.Usage, "problem.lines")
		}
		return k.stream(c, w)
	}
	body, release, err := k.body(c)
	defer release()
	if err != nil {
		return err
	}
	report, err := k.check(c.Request().Context(), body, w)
	if err != nil {
		return err
	}
	return w.answer(c, report)
}

// answer sends a report in the form that was wanted.
func (w wanted) answer(c echo.Context, report []byte) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	if w.format != "json" {
		h.Set("Content-Language", string(w.lang))
		h.Add("Vary", "Accept-Language")
	}
	return c.Blob(http.StatusOK, formats[w.format], report)
}

// wanted is what the query asks for.
type wanted struct {
	core.Options
	format string
	lang   texts.Lang
}

var formats = map[string]string{"json": echo.MIMEApplicationJSON, "text": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8"}

func wantedOf(c echo.Context) (w wanted, err error) {
	if w.Evidence, err = flag(c, "evidence"); err != nil {
		return w, err
	}
	if w.Next, err = flag(c, "next"); err != nil {
		return w, err
	}
	if w.format = c.QueryParam("format"); w.format == "" {
		w.format = "json"
	}
	if formats[w.format] == "" {
		return w, fault.New(fault.Usage, "problem.query")
	}
	w.Next = w.Next || w.format != "json"
	w.lang, err = language(c)
	return w, err
}

func (k *checker) check(ctx context.Context, body []byte, w wanted) ([]byte, error) {
	if !k.queue.TryAcquire(1) {
		return nil, busy
	}
	defer k.queue.Release(1)
	if err := k.cores.Acquire(ctx, 1); err != nil {
		return nil, fault.New(fault.Cut, "problem.cut") // who asked has gone
	}
	defer k.cores.Release(1)
	return answer(body, w)
}

// answer is the report of a document.
func answer(document []byte, w wanted) ([]byte, error) {
	b, err := boardjson.Decode(document)
	if err != nil {
		return nil, fault.OfDocument(err)
	}
	r := core.Check(b, w.Options)
	switch w.format {
	case "md":
		return []byte(texts.Markdown(r, b, w.lang)), nil
	case "text":
		return []byte(terminal.Report(r, b, w.lang, terminal.Style{Columns: terminal.Usual})), nil
	}
	return r.AppendJSON(nil), nil
}

// body reads the request's body. release must be called in any case.
func (k *checker) body(c echo.Context) (body []byte, release func(), err error) {
	r := c.Request()
	held := &budgeted{of: k.bytes}
	release = func() { k.bytes.Release(held.taken) }
	tooLong := fault.New(fault.Long, "problem.long", "limit", float64(k.limit>>20))
	if r.ContentLength > k.limit {
		return nil, release, tooLong
	}
	held.from = http.MaxBytesReader(c.Response().Writer, r.Body, k.limit)
	body, err = io.ReadAll(held)
	var over *http.MaxBytesError
	switch {
	case err == nil:
		return body, release, nil
	case errors.As(err, &over):
		err = tooLong
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = fault.New(fault.Slow, "problem.slow")
	case !errors.Is(err, error(busy)):
		err = fault.New(fault.Cut, "problem.cut")
	}
	return nil, release, err
}

// budgeted counts the bytes that really came against what all bodies may hold together: a client that only declares
// a large body, or sends it slowly, takes nothing from the others.
type budgeted struct {
	from  io.Reader
	of    *semaphore.Weighted
	taken int64
}

func (b *budgeted) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if !b.of.TryAcquire(int64(n)) {
		return 0, busy
	}
	b.taken += int64(n)
	return n, err
}

// readable refuses what is not plain JSON in UTF-8, a document or a document a line. Compressed bodies are refused too: a small one may
// unpack to anything.
func readable(c echo.Context) (kind string, err error) {
	h := c.Request().Header
	if e := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding"))); e != "" && e != "identity" {
		c.Response().Header().Set("Accept-Encoding", "identity")
		return "", fault.New(fault.Media, "problem.encoding")
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || kind != echo.MIMEApplicationJSON && kind != ndjson || charset != "" && charset != "utf-8" {
		c.Response().Header().Set("Accept-Post", echo.MIMEApplicationJSON+", "+ndjson)
		return "", fault.New(fault.Media, "problem.media")
	}
	return kind, nil
}

func flag(c echo.Context, name string) (bool, error) {
	switch c.QueryParam(name) {
	case "", "0", "false":
		return false, nil
	case "1", "true":
		return true, nil
	}
	return false, fault.New(fault.Usage, "problem.query")
}
