package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	tags "golang.org/x/text/language"

	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
)

const retryAfter = 2 // seconds, of a server that is busy

// statuses is the one place where the kind of a fault becomes an HTTP status.
var statuses = map[fault.Code]int{
	fault.Usage:    http.StatusBadRequest,
	fault.Syntax:   http.StatusBadRequest,
	fault.Cut:      http.StatusBadRequest,
	fault.Document: http.StatusUnprocessableEntity,
	fault.Long:     http.StatusRequestEntityTooLarge,
	fault.Media:    http.StatusUnsupportedMediaType,
	fault.Slow:     http.StatusRequestTimeout,
	fault.Route:    http.StatusNotFound,
	fault.Method:   http.StatusMethodNotAllowed,
	fault.Busy:     http.StatusServiceUnavailable,
	fault.Many:     http.StatusTooManyRequests,
	fault.Origin:   http.StatusForbidden,
	fault.Conflict: http.StatusConflict,
	fault.Internal: http.StatusInternalServerError,
}

// problem is a fault as application/problem+json (RFC 9457). Its sentences are <text> and <text>.detail.
type problem struct {
	Type    string         `json:"type"`
	Title   string         `json:"title"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail,omitempty"`
	Request string         `json:"request"` // its id, as in X-Request-Id and in the log
	Errors  []fault.Detail `json:"errors,omitempty"`
}

// fail answers any error a handler returns.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	f := asFault(err, c)
	status, known := statuses[f.Code]
	if !known {
		status = http.StatusInternalServerError
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	switch f.Code {
	case fault.Busy:
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	case fault.Many:
		if h.Get("Retry-After") == "" {
			h.Set("Retry-After", strconv.Itoa(int(window/time.Second))) // what else is counted is counted by the minute
		}
	case fault.Long, fault.Cut, fault.Slow, fault.Media:
		h.Set("Connection", "close") // what is left of the body is not worth reading
	}
	lang, asked := language(c)
	if asked != nil {
		lang = reader(c.Request())
	}
	h.Set("Content-Language", string(lang))
	if f.Code == fault.Route && wantsPage(c.Request()) {
		s.missing(c, lang)
		return
	}
	p := problem{
		Type: f.Type(), Title: f.Say(lang), Status: status,
		Request: h.Get(echo.HeaderXRequestID), Errors: f.Details(lang),
	}
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Detail
	} else if texts.Has(lang, f.Text+".detail") {
		p.Detail = texts.Message(lang, f.Text+".detail", f.Args)
	}
	body, err := json.Marshal(p)
	if err != nil {
		c.NoContent(http.StatusInternalServerError)
		return
	}
	c.Blob(status, "application/problem+json", append(body, '\n'))
}

// asFault gives the framework's own errors our codes.
func asFault(err error, c echo.Context) *fault.Error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	var h *echo.HTTPError
	if errors.As(err, &h) {
		switch h.Code {
		case http.StatusNotFound:
			return fault.New(fault.Route, "problem.route")
		case http.StatusMethodNotAllowed:
			return &fault.Error{Code: fault.Method, Text: "problem.method",
				Args: []report.Arg{{Key: "allow", Value: c.Response().Header().Get("Allow")}}}
		}
		if h.Code < 500 {
			return fault.New(fault.Usage, "problem.request")
		}
	}
	return fault.New(fault.Internal, "problem.internal")
}

var languages = tags.NewMatcher([]tags.Tag{tags.English, tags.French})

// reader is the language of the one who asks; English when nothing asked for is ours.
func reader(r *http.Request) texts.Lang {
	tag, _ := tags.MatchStrings(languages, strings.Join(r.Header.Values("Accept-Language"), ","))
	if base, _ := tag.Base(); base.String() == "fr" {
		return texts.FR
	}
	return texts.EN
}

// wantsPage tells a person's browser from a program. The API answers programs, whatever they say.
func wantsPage(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") && !strings.HasPrefix(r.URL.Path, "/api/")
}
