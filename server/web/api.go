package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"unisson/core/board/schema"
	"unisson/core/rules"
	"unisson/core/texts"
	"unisson/server/fault"
)

// openapi describes every address under /api/v1; a test holds it to the routes. The board's own schema is put in from where it lives.
//
//go:embed openapi.json
var openapi []byte

// bindAPI gives the API its addresses, those of shared boards apart.
func (s *Server) bindAPI() {
	const v1 = "/api/v1"
	e, both := s.echo, []string{http.MethodGet, http.MethodHead}
	e.POST(v1+"/check", s.checker.handle)
	e.Match(both, v1+"/rules", catalogue())
	e.Match(both, v1+"/schema", constant("application/schema+json", schema.JSON))
	e.Match(both, v1+"/openapi.json", constant("application/vnd.oai.openapi+json;version=3.1", document()))
	if s.live == nil {
		e.GET(v1+"/server", func(c echo.Context) error {
			c.Response().Header().Set("Cache-Control", "no-cache")
			return c.JSON(http.StatusOK, s.about)
		})
		return
	}
	s.live.Bind(e)
	e.GET(v1+"/boards/:board/report", s.report)
}

// report checks a shared board as it stands on the disk.
func (s *Server) report(c echo.Context) error {
	w, err := wantedOf(c)
	if err != nil {
		return err
	}
	board, err := s.live.Document(c)
	if err != nil {
		return err
	}
	report, err := s.checker.check(c.Request().Context(), board, w)
	if err != nil {
		return err
	}
	return w.answer(c, report)
}

// document is the OpenAPI document with the board's schema in its place, as a part of it and no resource of its own.
func document() []byte {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(schema.JSON, &members); err != nil {
		panic("web: the board's schema: " + err.Error()) // a fault of the build, which a test finds first
	}
	delete(members, "$schema")
	delete(members, "$id")
	own, err := json.Marshal(members)
	if err != nil {
		panic("web: the board's schema: " + err.Error())
	}
	return bytes.Replace(openapi, []byte(`"Board": {}`), append([]byte(`"Board": `), own...), 1)
}

// ruleSaid is one rule of the catalogue as the API tells it.
type ruleSaid struct {
	ID        string     `json:"id"`
	Dimension string     `json:"dimension"`
	Severity  string     `json:"severity"`
	Counts    string     `json:"counts"` // as in a report
	Name      string     `json:"name"`
	Why       string     `json:"why"`
	Remedy    string     `json:"remedy"`
	Minimum   string     `json:"minimum"`
	Ideas     []ideaSaid `json:"ideas"`
}

type ideaSaid struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// catalogue answers with every rule in the reader's language.
func catalogue() echo.HandlerFunc {
	all := map[texts.Lang]echo.HandlerFunc{}
	for _, lang := range texts.Langs {
		say := func(id string) string { return texts.Message(lang, id, nil) }
		said := struct {
			Lang  texts.Lang `json:"lang"`
			Rules []ruleSaid `json:"rules"`
		}{Lang: lang}
		for _, r := range rules.All() {
			rule := ruleSaid{
				ID: r.ID, Dimension: r.Dim, Severity: r.Severity.String(), Counts: "when used",
				Name: say(r.ID + ".name"), Why: say(r.ID + ".why"), Remedy: say(r.ID + ".remedy"), Minimum: say("minimum." + r.ID),
			}
			if r.Required {
				rule.Counts = "required"
			}
			for _, id := range strings.Fields(r.Article) {
				rule.Ideas = append(rule.Ideas, ideaSaid{id, say(id)})
			}
			said.Rules = append(said.Rules, rule)
		}
		body, err := json.Marshal(said)
		if err != nil {
			panic("web: the catalogue: " + err.Error())
		}
		all[lang] = constant(echo.MIMEApplicationJSON, append(body, '\n'))
	}
	return func(c echo.Context) error {
		lang, err := language(c)
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Content-Language", string(lang))
		h.Add("Vary", "Accept-Language")
		return all[lang](c)
	}
}

// constant answers with bytes that change with the program alone. Conditions and ranges are the standard library's.
func constant(kind string, body []byte) echo.HandlerFunc {
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Type", kind)
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", etag)
		http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(body))
		return nil
	}
}

// language is what ?lang asks for, else Accept-Language.
func language(c echo.Context) (texts.Lang, error) {
	switch lang := texts.Lang(c.QueryParam("lang")); lang {
	case texts.FR, texts.EN:
		return lang, nil
	case "":
		return reader(c.Request()), nil
	}
	return "", fault.New(fault.Usage, "problem.query")
}
