package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"
)

// pipes is a listener whose connections are in memory, so that a test's clock can be a false one: deadlines of a minute
// pass at once, and nothing depends on how fast the machine is.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (p *pipes) dial() (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// live is a server that runs in a bubble of its own time.
type live struct {
	*Server
	t     *testing.T
	pipes *pipes
	log   *bytes.Buffer
	stop  context.CancelFunc
	ended chan error
}

func inBubble(t *testing.T, f func(l *live)) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s, err := New(Config{Site: page(), MaxBody: testLimit, Log: slog.New(slog.NewJSONHandler(&log, nil)), Limits: Deadlines})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		l := &live{Server: s, t: t, pipes: newPipes(), log: &log, stop: stop, ended: make(chan error, 1)}
		go func() { l.ended <- s.Serve(ctx, l.pipes) }()
		f(l)
		stop()
		if err := <-l.ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
}

func (l *live) send(text string) net.Conn {
	l.t.Helper()
	c, err := l.pipes.dial()
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		l.t.Fatal(err)
	}
	return c
}

func (l *live) answer(c net.Conn) *http.Response {
	l.t.Helper()
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		l.t.Fatal(err)
	}
	return r
}

func post(length int) string {
	return fmt.Sprintf("POST /api/v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", length)
}

func TestAHeaderThatNeverEnds(t *testing.T) {
	inBubble(t, func(l *live) {
		start := time.Now()
		c := l.send("GET /healthz HTTP/1.1\r\nHost: a\r\n")
		io.Copy(io.Discard, c)
		if took := time.Since(start); took != Deadlines.Header {
			t.Errorf("the connection lasted %v, want %v", took, Deadlines.Header)
		}
		c.Close()
	})
}

func TestABodyThatNeverEnds(t *testing.T) {
	inBubble(t, func(l *live) {
		start := time.Now()
		c := l.send(post(len(house)) + house[:40])
		r := l.answer(c)
		if took := time.Since(start); r.StatusCode != http.StatusRequestTimeout || took != Deadlines.Request {
			t.Errorf("status %d after %v, want 408 after %v", r.StatusCode, took, Deadlines.Request)
		}
		c.Close()
		l.holdsNothing()
	})
}

func TestAClientThatGoes(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(post(len(house)) + house[:40])
		c.Close()
		synctest.Wait()
		l.holdsNothing()
		if !strings.Contains(l.log.String(), `"status":400`) {
			t.Errorf("the log says:\n%s", l.log)
		}
	})
}

// holdsNothing says that no request has kept a byte or a place.
func (l *live) holdsNothing() {
	l.t.Helper()
	if all := int64(bodiesAtOnce * testLimit); !l.checker.bytes.TryAcquire(all) {
		l.t.Error("a body is still held")
	} else {
		l.checker.bytes.Release(all)
	}
}

func TestDraining(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(post(len(house)) + house[:40])
		synctest.Wait()
		l.stop()
		synctest.Wait()
		if _, err := l.pipes.dial(); !errors.Is(err, net.ErrClosed) {
			t.Error("a server that drains takes a new connection")
		}
		got := httptest.NewRecorder()
		l.Handler().ServeHTTP(got, scenario{url: "/readyz"}.request())
		scenario{status: 503, want: []string{"Retry-After: 2"}}.check(t, got)
		if _, err := io.WriteString(c, house[40:]); err != nil {
			t.Fatal(err)
		}
		r := l.answer(c)
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != 200 || string(body) != reported(t, house, false) {
			t.Errorf("the running request got %d, %v: %s", r.StatusCode, err, body)
		}
		c.Close()
	})
}

func TestDrainingEnds(t *testing.T) {
	inBubble(t, func(l *live) {
		c := l.send(post(len(house)) + house[:40])
		synctest.Wait()
		start := time.Now()
		l.stop()
		if err := <-l.ended; err != nil {
			t.Error(err)
		}
		l.ended <- nil
		if took := time.Since(start); took != Deadlines.Drain {
			t.Errorf("it took %v to stop, want %v", took, Deadlines.Drain)
		}
		c.Close()
	})
}

func TestAPanicIsAnAnswer(t *testing.T) {
	s, log := newServer(t)
	s.echo.GET("/zanzibar", func(echo.Context) error { panic("zanzibar") })
	s.echo.GET("/index", func(c echo.Context) error { return c.String(200, string([]byte{}[len(c.Path())])) })
	for _, url := range []string{"/zanzibar", "/index"} {
		got := httptest.NewRecorder()
		s.Handler().ServeHTTP(got, scenario{url: url}.request())
		scenario{status: 500, hasNot: []string{"zanzibar", "index out of range"}}.check(t, got)
	}
	if text := log.String(); !strings.Contains(text, "index out of range") || strings.Contains(text, `panic: zanzibar`) || strings.Contains(text, `"error":"zanzibar"`) {
		t.Errorf("the log says:\n%s", text)
	}
}
