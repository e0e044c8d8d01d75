// Package web is the HTTP server: the page, the API and what keeps both up.
package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"unisson/core/board/schema"
	"unisson/server/fault"
)

// Config is what a server is made of.
type Config struct {
	Site    fs.FS // the built page, see package static
	MaxBody int64 // bytes of a board the API takes, at least 1
	Log     *slog.Logger
	Limits  Limits
	Live    Live // shared boards; nil where the server keeps none

	About          any            // who answers for a server that keeps none, as JSON; a hub tells it of its own
	Rate           int            // requests of one address to the API in a minute; 0: no limit
	TrustedProxies []netip.Prefix // who may tell a client's address by X-Forwarded-For
	Origins        []string       // scheme://host[:port] of other sites whose pages may use the API
}

// Live is what keeps shared boards, see package live.
type Live interface {
	Bind(*echo.Echo)
	Ready(context.Context) error           // whether edits can be kept
	Drain(context.Context) error           // ends every connection, then all else
	Document(echo.Context) ([]byte, error) // the board a request names and may read, as JSON
}

// Limits are the deadlines of a connection.
type Limits struct {
	Header  time.Duration // to send a request's header
	Request time.Duration // to send the whole request
	Answer  time.Duration // from the header's end to the answer's
	Idle    time.Duration // between two requests
	Drain   time.Duration // for what is running when the server stops
}

// Deadlines are those of a public server. A body of 20 MiB passes in a minute at 3 Mbit/s.
var Deadlines = Limits{Header: 5 * time.Second, Request: time.Minute, Answer: 2 * time.Minute, Idle: 2 * time.Minute, Drain: 10 * time.Second}

// Server answers requests. It has no state beside what is running.
type Server struct {
	echo     *echo.Echo
	site     *site
	checker  *checker
	log      *slog.Logger
	limits   Limits
	live     Live
	about    any
	draining atomic.Bool
}

// New prepares a server; it fails when the page cannot be read.
func New(c Config) (*Server, error) {
	site, err := loadSite(c.Site)
	if err != nil {
		return nil, err
	}
	s := &Server{echo: echo.New(), site: site, about: c.About, checker: newChecker(runtime.GOMAXPROCS(0), c.MaxBody, c.Limits), log: c.Log, limits: c.Limits, live: c.Live}
	e := s.echo
	e.HTTPErrorHandler = s.fail
	e.Use(identify, s.logged(), secure, openToOthers, s.recovered(), cors(c.Origins).middleware, (&meter{limit: c.Rate, proxies: c.TrustedProxies}).middleware)

	both := []string{http.MethodGet, http.MethodHead}
	e.Match(both, "/healthz", s.healthy)
	e.Match(both, "/readyz", s.ready)
	e.Match(both, "/schema/unisson-1.json", serveSchema)
	s.bindAPI()
	site.bind(e)
	s.bindEmbed(e)
	return s, nil
}

// Handler is the server without its listener.
func (s *Server) Handler() http.Handler { return s.echo }

// Serve answers on l until ctx ends, then lets what is running finish. It closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler: s.echo, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: s.limits.Header, ReadTimeout: s.limits.Request, WriteTimeout: s.limits.Answer, IdleTimeout: s.limits.Idle,
		MaxHeaderBytes: 32 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- h.Serve(l) }()
	s.log.Info("listening", "addr", l.Addr().String())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	s.draining.Store(true)
	s.log.Info("draining")
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.limits.Drain)
	defer cancel()
	var drained sync.WaitGroup
	if s.live != nil {
		drained.Go(func() {
			if err := s.live.Drain(limit); err != nil {
				s.log.Warn("connections were cut short", "after", s.limits.Drain.String())
			}
		})
	}
	if err := h.Shutdown(limit); err != nil {
		s.log.Warn("requests were cut short", "after", s.limits.Drain.String())
		h.Close()
	}
	<-done
	drained.Wait()
	s.log.Info("stopped")
	return nil
}

func (s *Server) healthy(c echo.Context) error { return status(c, "ok") }

// ready says no while the server drains, so that a balancer sends nothing more.
func (s *Server) ready(c echo.Context) error {
	if s.draining.Load() {
		return fault.New(fault.Busy, "problem.draining")
	}
	if s.live != nil {
		if err := s.live.Ready(c.Request().Context()); err != nil {
			s.log.Error("not ready", "error", err.Error())
			return fault.New(fault.Busy, "problem.unkept")
		}
	}
	return status(c, "ready")
}

func status(c echo.Context, word string) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSONBlob(http.StatusOK, []byte(`{"status":"`+word+"\"}\n"))
}

func serveSchema(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=3600")
	return c.Blob(http.StatusOK, "application/schema+json", schema.JSON)
}

var requestID = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// identify gives a request the name it has in the answer and in the log: the one a proxy gave it, or a new one.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !requestID.MatchString(id) {
			var b [8]byte
			rand.Read(b[:])
			id = hex.EncodeToString(b[:])
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; worker-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
	"frame-ancestors 'self'; require-trusted-types-for 'script'"

func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		return next(c)
	}
}

// logged writes one line a request. The address is told as the route it met, never as it was asked for: an address,
// like a board, may hold what people wrote.
func (s *Server) logged() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		HandleError: true, LogStatus: true, LogMethod: true, LogLatency: true, LogResponseSize: true, LogRoutePath: true,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			level := slog.LevelInfo
			if v.Status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			route := v.RoutePath
			if v.Status == http.StatusNotFound {
				route = ""
			}
			s.log.LogAttrs(context.Background(), level, "request",
				slog.String("id", c.Response().Header().Get(echo.HeaderXRequestID)),
				slog.String("method", method(v.Method)), slog.String("route", route), slog.Int("status", v.Status),
				slog.Int64("bytes", v.ResponseSize), slog.Float64("ms", float64(v.Latency.Microseconds())/1000))
			return nil
		},
	})
}

// method keeps what a client invents out of the log.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// recovered turns a panic into a fault. What a panic carries may be a text, so the log tells only where it happened.
func (s *Server) recovered() echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{
		DisableStackAll: true, StackSize: 16 << 10, DisableErrorHandler: true,
		LogErrorFunc: func(c echo.Context, err error, stack []byte) error {
			attrs := []any{"id", c.Response().Header().Get(echo.HeaderXRequestID), "stack", string(stack)}
			var known runtime.Error
			if errors.As(err, &known) {
				attrs = append(attrs, "error", known.Error())
			}
			s.log.Error("panic", attrs...)
			return fault.New(fault.Internal, "problem.internal")
		},
	})
}
