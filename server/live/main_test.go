package live

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"go.uber.org/goleak"

	"unisson/server/fault"
	"unisson/server/store"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// server is a hub behind real sockets, with its store in a folder of its own.
type server struct {
	*testing.T
	hub    *Hub
	http   *httptest.Server
	boards *store.SQLite
	log    *lockedBuffer
}

func serve(t *testing.T, with ...func(*Config)) *server {
	t.Helper()
	boards, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{T: t, boards: boards, log: &lockedBuffer{}}
	c := Config{Log: boards, Limits: Defaults, Logger: slog.New(slog.NewJSONHandler(s.log, nil)), Operator: Operator{Name: "Atelier", Country: "FR"}}
	c.Limits.PerAddress, c.Limits.Boards = 0, 0
	for _, f := range with {
		f(&c)
	}
	s.hub = New(c)
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		status, f := http.StatusInternalServerError, (*fault.Error)(nil)
		if is, ok := err.(*fault.Error); ok {
			f = is
			status = map[fault.Code]int{fault.Route: 404, fault.Usage: 400, fault.Many: 429, fault.Origin: 403, fault.Conflict: 409, fault.Busy: 503, fault.Media: 415, fault.Long: 413}[f.Code]
			c.String(status, f.Text)
			return
		}
		if is, ok := err.(*echo.HTTPError); ok {
			status = is.Code
		}
		c.NoContent(status)
	}
	s.hub.Bind(e)
	s.http = httptest.NewServer(e)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.hub.Drain(ctx); err != nil {
			t.Errorf("draining: %v", err)
		}
		s.http.Close()
		if err := boards.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

type made struct {
	ID     string
	Tokens map[Role]string
}

func (s *server) create() (b made) {
	s.Helper()
	s.call("POST", "/api/v1/boards", "", "", 201, &b)
	return b
}

// call asks the API, and decodes the answer into to unless that is nil; a string gets it as it is.
func (s *server) call(method, path, token, body string, status int, to any) {
	s.Helper()
	req, err := http.NewRequest(method, s.http.URL+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := s.http.Client().Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	if res.StatusCode != status {
		s.Fatalf("%s %s: %d %s, want %d", method, path, res.StatusCode, got, status)
	}
	switch to := to.(type) {
	case nil:
	case *string:
		*to = string(got)
	default:
		if err := json.Unmarshal(got, to); err != nil {
			s.Fatalf("%s %s: %v: %s", method, path, err, got)
		}
	}
}

// lockedBuffer is a log that may be read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
