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
	"unisson/server/fault"
)

const (
	waitingPerCore = 8  // checks that may wait for a core, for each core
	bodiesAtOnce   = 16 // bodies of the largest size that are held at a time; smaller ones, more
)

// checker bounds what checks may take: the cores they run on, the queue before them and the bytes of their bodies.
type checker struct {
	cores, queue, bytes *semaphore.Weighted
	limit               int64 // bytes of one body
}

func newChecker(cores int, limit int64) *checker {
	return &checker{
		cores: semaphore.NewWeighted(int64(cores)),
		queue: semaphore.NewWeighted(int64(cores * (1 + waitingPerCore))),
		bytes: semaphore.NewWeighted(bodiesAtOnce * limit),
		limit: limit,
	}
}

var busy = fault.New(fault.Busy, "problem.busy", "seconds", float64(retryAfter))

// handle answers POST /api/v1/check: the report of the board in the body, as the command line writes it.
func (k *checker) handle(c echo.Context) error {
	evidence, err := flag(c, "evidence")
	if err != nil {
		return err
	}
	if err := readable(c); err != nil {
		return err
	}
	body, release, err := k.body(c)
	defer release()
	if err != nil {
		return err
	}
	report, err := k.check(c.Request().Context(), body, core.Options{Evidence: evidence})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, report)
}

func (k *checker) check(ctx context.Context, body []byte, o core.Options) ([]byte, error) {
	if !k.queue.TryAcquire(1) {
		return nil, busy
	}
	defer k.queue.Release(1)
	if err := k.cores.Acquire(ctx, 1); err != nil {
		return nil, fault.New(fault.Cut, "problem.cut") // who asked has gone
	}
	defer k.cores.Release(1)
	b, err := boardjson.Decode(body)
	if err != nil {
		return nil, fault.OfDocument(err)
	}
	return core.Check(b, o).AppendJSON(nil), nil
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

// readable refuses what is not plain JSON in UTF-8. Compressed bodies are refused too: a small one may unpack to anything.
func readable(c echo.Context) error {
	h := c.Request().Header
	if e := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding"))); e != "" && e != "identity" {
		c.Response().Header().Set("Accept-Encoding", "identity")
		return fault.New(fault.Media, "problem.encoding")
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || kind != echo.MIMEApplicationJSON || charset != "" && charset != "utf-8" {
		c.Response().Header().Set("Accept-Post", echo.MIMEApplicationJSON)
		return fault.New(fault.Media, "problem.media")
	}
	return nil
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
