package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"unisson/server/fault"
	boards "unisson/server/live"
)

const window = time.Minute // that requests are counted in

// meter counts the API's requests by address, in one window for everybody: what it holds is given back at the window's end.
type meter struct {
	limit   int // 0: none
	proxies []netip.Prefix

	mu    sync.Mutex
	since time.Time
	spent map[netip.Addr]int
}

// spend takes one request from what an address has left, and says what is left then and for how many seconds; -1 where there was nothing.
func (m *meter) spend(a netip.Addr, now time.Time) (left, seconds int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.since) >= window {
		m.since, m.spent = now, map[netip.Addr]int{}
	}
	seconds = int((window - now.Sub(m.since) + time.Second - 1) / time.Second)
	if m.spent[a] >= m.limit {
		return -1, seconds
	}
	m.spent[a]++
	return m.limit - m.spent[a], seconds
}

// middleware answers 429 to who asks too often, and tells everybody how much is left (RateLimit headers, IETF httpapi draft 10).
func (m *meter) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if m.limit == 0 || !isAPI(c.Request()) || c.Request().Method == http.MethodOptions {
			return next(c)
		}
		left, seconds := m.spend(boards.Address(c.Request(), m.proxies), time.Now())
		h := c.Response().Header()
		h.Set("RateLimit-Policy", fmt.Sprintf(`"address";q=%d;w=%d`, m.limit, int(window/time.Second)))
		h.Set("RateLimit", fmt.Sprintf(`"address";r=%d;t=%d`, max(0, left), seconds))
		if left < 0 {
			h.Set("Retry-After", strconv.Itoa(seconds))
			return fault.New(fault.Many, "problem.rate", "limit", float64(m.limit), "seconds", float64(seconds))
		}
		return next(c)
	}
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }
