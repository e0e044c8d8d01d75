package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"unisson/core/texts"
	"unisson/server/fault"
)

// embedFolder is what other sites load: the loader, its types, and the frame's pages.
const embedFolder = "embed/"

// framed is a Live that can say which sites may show a board.
type framed interface {
	// Frames are the origins that may, as the facilitator listed them; none for a board that is not there.
	Frames(context.Context, string) []string
}

// openToOthers lets pages of every origin load the embed and what it is made of, pages that demand it of all they load (COEP) included.
// Nothing there depends on who asks.
func openToOthers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		path := c.Request().URL.Path
		embed := strings.HasPrefix(path, "/"+embedFolder)
		if embed || strings.HasPrefix(path, "/assets/") {
			h := c.Response().Header()
			h.Set("Access-Control-Allow-Origin", "*")
			h.Set("Cross-Origin-Resource-Policy", "cross-origin")
			h.Set("Cross-Origin-Embedder-Policy", "require-corp")
			if embed {
				h.Set("Content-Security-Policy", policyFor(""))
			}
		}
		return next(c)
	}
}

// policyFor is the site's policy with other ancestors. None named, it lets everybody: * would shut out pages without an origin of their own,
// which is what a content manager's preview is.
func policyFor(ancestors string) string {
	if ancestors != "" {
		ancestors = "frame-ancestors " + ancestors + "; "
	}
	return strings.Replace(policy, "frame-ancestors 'self'; ", ancestors, 1)
}

// bindEmbed gives the embed its addresses: each file its own, the frame one a language and one that picks it.
func (s *Server) bindEmbed(e *echo.Echo) {
	both := []string{http.MethodGet, http.MethodHead}
	for name, f := range s.site.files {
		rest, ours := strings.CutPrefix(name, embedFolder)
		if !ours {
			continue
		}
		lang, page := strings.CutSuffix(rest, ".html")
		if !page {
			e.Match(both, "/"+name, func(c echo.Context) error { return serve(c, f) })
			continue
		}
		e.Match(both, "/"+embedFolder+lang, func(c echo.Context) error { return s.frame(c, f, lang) })
	}
	e.Match(both, "/"+embedFolder+"frame", func(c echo.Context) error {
		c.Response().Header().Add("Vary", "Accept-Language")
		lang := string(reader(c.Request()))
		f := s.site.files[embedFolder+lang+".html"]
		if f == nil {
			return echo.ErrNotFound
		}
		return s.frame(c, f, lang)
	})
	e.Match(both, "/oembed", s.oembed)
}

// frame is a page for other pages. A shared board shows in those its facilitator listed, and in ours.
func (s *Server) frame(c echo.Context, f *file, lang string) error {
	c.Response().Header().Set("Content-Language", lang)
	if board := c.QueryParam("board"); board != "" {
		ancestors := []string{"'self'"}
		if live, can := s.live.(framed); can {
			ancestors = append(ancestors, live.Frames(c.Request().Context(), board)...)
		}
		c.Response().Header().Set("Content-Security-Policy", policyFor(strings.Join(ancestors, " ")))
		c.Request().Header.Del("If-None-Match") // the list may have changed where the page has not
	}
	return serve(c, f)
}

// The size a frame asks for where nobody says how much room there is.
const (
	frameWidth  = 720
	frameHeight = 640
)

// oembed answers https://oembed.com for the addresses of the page and of the frame, in JSON.
func (s *Server) oembed(c echo.Context) error {
	if format := c.QueryParam("format"); format != "" && format != "json" {
		return c.NoContent(http.StatusNotImplemented) // as oEmbed asks
	}
	asked, err := url.Parse(c.QueryParam("url"))
	if err != nil || asked.Host != "" && asked.Host != c.Request().Host {
		return fault.New(fault.Route, "problem.route")
	}
	lang, ours := map[string]texts.Lang{"/": reader(c.Request()), "/fr": texts.FR, "/en": texts.EN, "/embed/fr": texts.FR, "/embed/en": texts.EN, "/embed/frame": reader(c.Request())}[asked.Path]
	if !ours {
		return fault.New(fault.Route, "problem.route")
	}
	width, height := size(c.QueryParam("maxwidth"), frameWidth), size(c.QueryParam("maxheight"), frameHeight)
	if width <= 0 || height <= 0 {
		return fault.New(fault.Usage, "problem.request")
	}
	home := url.URL{Scheme: c.Scheme(), Host: c.Request().Host}
	if asked.Host != "" && (asked.Scheme == "https" || asked.Scheme == "http") {
		home.Scheme = asked.Scheme // behind a proxy only the one who asks knows it
	}
	title := texts.Message(lang, "embed.title", nil)
	frame := home
	frame.Path = "/" + embedFolder + string(lang)
	body, err := json.Marshal(struct {
		Type     string `json:"type"`
		Version  string `json:"version"`
		Provider string `json:"provider_name"`
		Home     string `json:"provider_url"`
		Title    string `json:"title"`
		Width    int    `json:"width"`
		Height   int    `json:"height"`
		HTML     string `json:"html"`
		Cache    int    `json:"cache_age"`
	}{
		"rich", "1.0", "Unisson", home.String() + "/", title, width, height,
		fmt.Sprintf(`<iframe src="%s" width="%d" height="%d" title="%s" loading="lazy" referrerpolicy="no-referrer" style="border:0;max-width:100%%"></iframe>`, html.EscapeString(frame.String()), width, height, html.EscapeString(title)),
		86400,
	})
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=3600")
	h.Add("Vary", "Accept-Language")
	return c.JSONBlob(http.StatusOK, append(body, '\n'))
}

// size is the room a page has, no more than we want; negative where it is no number.
func size(most string, wanted int) int {
	if most == "" {
		return wanted
	}
	n, err := strconv.Atoi(most)
	if err != nil {
		return -1
	}
	return min(n, wanted)
}
