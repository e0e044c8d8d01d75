package live

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// guard knows who asks.
type guard struct {
	origins []string
	proxies []netip.Prefix
}

// origin says whether a page may ask: one of the same host, or of one that is listed. Programs have no origin.
func (g guard) origin(r *http.Request) bool {
	said := r.Header.Values("Origin")
	if len(said) == 0 {
		return true
	}
	u, err := url.Parse(said[0])
	if err != nil || len(said) > 1 || u.Host == "" {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || slices.ContainsFunc(g.origins, func(o string) bool { return strings.EqualFold(o, said[0]) })
}

// address is whom a request counts for: the connection's other end or, where that is a trusted proxy, whom the proxies speak for.
// Of IPv6 the network counts, since one subscriber has all the addresses of one.
func (g guard) address(r *http.Request) netip.Addr {
	at := parseAddress(r.RemoteAddr)
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0 && g.trusts(at); i-- {
		before := parseAddress(strings.TrimSpace(told[i]))
		if !before.IsValid() {
			break
		}
		at = before
	}
	if at.Is6() {
		if net, err := at.Prefix(64); err == nil {
			return net.Addr()
		}
	}
	return at
}

// Address is whom a request counts for, where these proxies may say so.
func Address(r *http.Request, proxies []netip.Prefix) netip.Addr {
	return guard{proxies: proxies}.address(r)
}

func (g guard) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(g.proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// parseAddress reads an address with or without a port; what is none is invalid, and counts as one.
func parseAddress(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

// quota counts what each address did since the beginning of a span of time. 0 is no limit.
type quota struct {
	limit int
	every time.Duration

	mu    sync.Mutex
	since time.Time
	spent map[netip.Addr]int
}

func (q *quota) left(a netip.Addr, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.limit <= 0 || now.Sub(q.since) >= q.every || q.spent[a] < q.limit
}

func (q *quota) spend(a netip.Addr, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now.Sub(q.since) >= q.every {
		q.since, q.spent = now, map[netip.Addr]int{}
	}
	q.spent[a]++
}

// wait is how many seconds are left of the span.
func (q *quota) wait(now time.Time) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return max(1, int((q.every-now.Sub(q.since)+time.Second-1)/time.Second))
}

// everybody is the address of all, for a quota they share.
var everybody netip.Addr
