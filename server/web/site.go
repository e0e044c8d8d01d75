package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"unisson/core/texts"
)

// types are the media types of what a page is made of. A file of another kind stops the server at start.
var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ts":          "text/plain; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
	".xml":         "application/xml",
}

// codings in the order we like them, with what their files end in.
var codings = []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}, {"identity", ""}}

// file is one thing the site serves, in every form it has.
type file struct {
	mime      string
	sum       string          // of its content, the same for every form
	immutable bool            // its name changes with its content
	lang      string          // of a page
	forms     map[string]form // by coding; identity is always there
}

// form is the bytes of a file in one coding, where the program already holds them: a copy in the heap would be its largest part, and
// the collector lets a heap double.
type form struct {
	bytes io.ReaderAt
	size  int64
}

// site is the built page, in memory.
type site struct {
	files map[string]*file // by name: fr.html, assets/…
	style string           // address of the style sheet, for pages the server writes itself
}

// loadSite reads what the build lists in assets.json.
func loadSite(from fs.FS) (*site, error) {
	raw, err := fs.ReadFile(from, "assets.json")
	if err != nil {
		return nil, err
	}
	var list struct {
		Files map[string]struct {
			SHA256    string
			Immutable bool
		}
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("assets.json: %w", err)
	}
	s := &site{files: map[string]*file{}}
	for name, listed := range list.Files {
		f := &file{mime: types[path.Ext(name)], sum: listed.SHA256, immutable: listed.Immutable, forms: map[string]form{}}
		if f.mime == "" || len(f.sum) < 16 {
			return nil, fmt.Errorf("assets.json: %s has no known type or no sum", name)
		}
		for _, coding := range codings {
			held, err := open(from, name+coding.ext)
			if err == nil {
				f.forms[coding.name] = held
			} else if coding.name == "identity" {
				return nil, err
			}
		}
		s.files[name] = f
		if strings.HasPrefix(name, "assets/main-") && path.Ext(name) == ".css" {
			s.style = "/" + name
		}
	}
	for _, lang := range texts.Langs {
		page := s.files[string(lang)+".html"]
		if page == nil {
			return nil, fmt.Errorf("assets.json: %s.html is missing", lang)
		}
		page.lang = string(lang)
	}
	return s, nil
}

func open(from fs.FS, name string) (held form, err error) {
	f, err := from.Open(name)
	if err != nil {
		return held, err
	}
	info, err := f.Stat()
	if err != nil {
		return held, err
	}
	bytes, ok := f.(io.ReaderAt)
	if !ok {
		return held, fmt.Errorf("%s cannot be read at random", name)
	}
	return form{bytes, info.Size()}, nil
}

// bind gives every file an address of its own, so that what is not a file is nowhere.
func (s *site) bind(e *echo.Echo) {
	both := []string{http.MethodGet, http.MethodHead}
	for name, f := range s.files {
		switch {
		case strings.HasPrefix(name, embedFolder): // see embed.go
		case f.lang != "":
			e.Match(both, "/"+f.lang, func(c echo.Context) error { return serve(c, f) })
			e.Match(both, "/"+f.lang+"/", func(c echo.Context) error { return c.Redirect(http.StatusPermanentRedirect, "/"+f.lang) })
		default:
			e.Match(both, "/"+name, func(c echo.Context) error { return serve(c, f) })
		}
	}
	e.Match(both, "/", func(c echo.Context) error {
		c.Response().Header().Add("Vary", "Accept-Language")
		return serve(c, s.files[string(reader(c.Request()))+".html"])
	})
}

// serve sends a file in the best form the client takes. Conditions and ranges are the standard library's.
func serve(c echo.Context, f *file) error {
	h := c.Response().Header()
	coding := negotiate(c.Request().Header.Values("Accept-Encoding"), f)
	body := f.forms[coding]
	h.Set("Content-Type", f.mime)
	h.Set("Content-Length", strconv.FormatInt(body.size, 10))
	h.Set("ETag", `"`+f.sum[:16]+"-"+coding+`"`)
	if coding != "identity" {
		h.Set("Content-Encoding", coding)
	}
	if len(f.forms) > 1 {
		h.Add("Vary", "Accept-Encoding")
	}
	if f.lang != "" {
		h.Set("Content-Language", f.lang)
		if links := relations(c); links != "" {
			h.Set("Link", links)
		}
	}
	h.Set("Cache-Control", "no-cache")
	if f.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, io.NewSectionReader(body.bytes, 0, body.size))
	return nil
}

var authority = regexp.MustCompile(`^([0-9A-Za-z.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)

// relations tells search engines which address is this page's own, and where it stands in the other language (RFC 8288). They ask for
// whole addresses, which a page built beforehand cannot know. A host that is none is told nothing.
func relations(c echo.Context) string {
	host := c.Request().Host
	if !authority.MatchString(host) {
		return ""
	}
	origin := "http://" + host
	if c.IsTLS() || c.Request().Header.Get(echo.HeaderXForwardedProto) == "https" {
		origin = "https://" + host
	}
	links := []string{"<" + origin + c.Path() + `>; rel="canonical"`, "<" + origin + `/>; rel="alternate"; hreflang="x-default"`}
	for _, lang := range texts.Langs {
		links = append(links, "<"+origin+"/"+string(lang)+`>; rel="alternate"; hreflang="`+string(lang)+`"`)
	}
	return strings.Join(links, ", ")
}

// negotiate picks a coding (RFC 9110, 12.5.3): of what the client takes and the file has, the one it likes best, and of
// equals the one that comes first in codings.
func negotiate(accept []string, f *file) string {
	weights := map[string]float64{}
	for item := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		q := 1.0
		if v, given := strings.CutPrefix(strings.TrimSpace(params), "q="); given {
			parsed, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
			if err != nil {
				continue
			}
			q = parsed
		}
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			weights[name] = q
		}
	}
	weight := func(coding string) float64 {
		if q, said := weights[coding]; said {
			return q
		}
		if q, said := weights["*"]; said {
			return q
		}
		if coding == "identity" {
			return 1e-9 // taken unless refused, liked least
		}
		return 0
	}
	best, liked := "identity", 0.0
	for _, coding := range codings {
		if q := weight(coding.name); f.forms[coding.name].bytes != nil && q > liked {
			best, liked = coding.name, q
		}
	}
	return best
}

var missingPage = template.Must(template.New("missing").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>{{.Title}} – Unisson</title>{{with .Style}}<link rel="stylesheet" href="{{.}}">{{end}}</head>
<body><main><h1>{{.Title}}</h1><p>{{.Detail}}</p><p><a href="/{{.Lang}}">{{.Home}}</a></p></main></body></html>
`))

// missing is the page for a person who followed an address to nothing.
func (s *Server) missing(c echo.Context, lang texts.Lang) {
	say := func(id string) string { return texts.Message(lang, id, nil) }
	var page bytes.Buffer
	err := missingPage.Execute(&page, struct {
		Lang                       texts.Lang
		Title, Detail, Home, Style string
	}{lang, say("page.missing"), say("page.missing.detail"), say("page.missing.home"), s.site.style})
	if err != nil {
		c.NoContent(http.StatusNotFound)
		return
	}
	c.HTMLBlob(http.StatusNotFound, page.Bytes())
}
