package web

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// What a page of a listed site may send to the API and read of its answers. No cookie is ever set or read here, so that credentials
// need no leave.
const (
	corsSends = "Accept-Language, Authorization, Content-Type, X-Request-Id"
	corsReads = "Content-Disposition, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
	corsKept  = "600" // seconds a browser may remember
)

// cors lets the pages of other sites use the API, those of the list alone: scheme://host[:port].
type cors []string

func (list cors) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		req, h := c.Request(), c.Response().Header()
		if !isAPI(req) || len(list) == 0 {
			return next(c)
		}
		h.Add("Vary", "Origin")
		origin := req.Header.Get("Origin")
		if !slices.ContainsFunc(list, func(o string) bool { return strings.EqualFold(o, origin) }) {
			return next(c)
		}
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Expose-Headers", corsReads)
		if req.Method == echo.OPTIONS && req.Header.Get(echo.HeaderAccessControlRequestMethod) != "" {
			c.Response().Before(func() { // the router says then which methods the address has
				h.Set("Access-Control-Allow-Methods", h.Get(echo.HeaderAllow))
				h.Set("Access-Control-Allow-Headers", corsSends)
				h.Set("Access-Control-Max-Age", corsKept)
			})
		}
		return next(c)
	}
}
