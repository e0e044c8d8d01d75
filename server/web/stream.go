package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/labstack/echo/v4"

	"unisson/server/fault"
	"unisson/server/lines"
)

const (
	ndjson         = "application/x-ndjson"
	streamsPerCore = 4
)

// stream checks a board a line and answers each as soon as it is done, in the order of the lines, while more come in. It may last as
// long as lines do: each answer gives the next line as long as a whole request has.
func (k *checker) stream(c echo.Context, w wanted) error {
	if !k.streams.TryAcquire(1) {
		return fault.New(fault.Busy, "problem.streams")
	}
	defer k.streams.Release(1)
	connection := http.NewResponseController(c.Response().Writer)
	connection.EnableFullDuplex() // HTTP/1.1 otherwise reads no more once the answer has begun; HTTP/2 always could
	out := &streamed{c: c, connection: connection, limits: k.limits}
	out.buffer = bufio.NewWriterSize(writer(out.write), 64<<10)
	out.goOn()
	input := &remembering{from: c.Request().Body}
	_, err := lines.Checks{
		Workers: runtime.GOMAXPROCS(0), Limit: int(k.limit), Weight: int(k.limit), Lang: w.lang,
		Check: func(ctx context.Context, document []byte) ([]byte, error) {
			if err := k.cores.Acquire(ctx, 1); err != nil {
				return nil, err
			}
			defer k.cores.Release(1)
			return answer(document, w)
		},
	}.Run(c.Request().Context(), input, out)
	switch {
	case err == nil:
		return out.end()
	case errors.Is(input.err, os.ErrDeadlineExceeded):
		err = fault.New(fault.Slow, "problem.slow")
	default:
		err = fault.New(fault.Cut, "problem.cut")
	}
	if c.Response().Committed { // too late for a status: a connection cut short says that the answers are not whole
		panic(http.ErrAbortHandler)
	}
	return err
}

// streamed is the answer. Nothing is sent before the first line is: until then a fault has its own status.
type streamed struct {
	c          echo.Context
	connection *http.ResponseController
	limits     Limits
	buffer     *bufio.Writer
}

func (s *streamed) goOn() {
	now := time.Now()
	s.connection.SetReadDeadline(now.Add(s.limits.Request))
	s.connection.SetWriteDeadline(now.Add(s.limits.Answer))
}

func (s *streamed) begin() {
	if s.c.Response().Committed {
		return
	}
	h := s.c.Response().Header()
	h.Set("Content-Type", ndjson)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy that gathers would undo it
	s.c.Response().WriteHeader(http.StatusOK)
}

func (s *streamed) write(p []byte) (int, error) {
	s.begin()
	s.goOn()
	return s.c.Response().Write(p)
}

func (s *streamed) Write(p []byte) (int, error) { return s.buffer.Write(p) }

func (s *streamed) Flush() error {
	if s.buffer.Buffered() == 0 {
		return nil
	}
	if err := s.buffer.Flush(); err != nil {
		return err
	}
	return s.connection.Flush()
}

func (s *streamed) end() error {
	s.begin()
	return s.buffer.Flush()
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// remembering keeps the fault of a reader, which tells slow from cut.
type remembering struct {
	from io.Reader
	err  error
}

func (r *remembering) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err != nil {
		r.err = err
	}
	return n, err
}
