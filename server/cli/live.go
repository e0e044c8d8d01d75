package cli

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"unisson/server/fault"
	"unisson/server/live"
	"unisson/server/store"
	"unisson/server/web"
)

// sharing is what `unisson serve` is told of shared boards.
type sharing struct {
	limits   live.Limits
	operator live.Operator
	origins  []string
	proxies  []netip.Prefix
}

func newSharing() sharing { return sharing{limits: live.Defaults} }

func (c *sharing) options() []option {
	l := &c.limits
	return []option{
		{name: "operator", values: "NAME", says: "cli.serve.operator", env: "UNISSON_OPERATOR", to: words{&c.operator.Name}},
		{name: "contact", values: "ADDRESS", says: "cli.serve.contact", env: "UNISSON_CONTACT", to: words{&c.operator.Contact}},
		{name: "country", values: "NAME", says: "cli.serve.country", env: "UNISSON_COUNTRY", to: words{&c.operator.Country}},
		{name: "legal", values: "URL", says: "cli.serve.legal", env: "UNISSON_LEGAL", to: webAddress{&c.operator.Legal}},
		{name: "origins", values: "https://HOST,…", says: "cli.serve.origins", env: "UNISSON_ORIGINS", to: origins{&c.origins}},
		{name: "trusted-proxies", values: "NETWORK,…", says: "cli.serve.trusted-proxies", env: "UNISSON_TRUSTED_PROXIES", to: networks{&c.proxies}},
		{name: "retention-days", values: "1…3650", says: "cli.serve.retention-days", env: "UNISSON_RETENTION_DAYS", to: span{&l.Retention, 24 * time.Hour, 1, 3650}},
		{name: "code-minutes", values: "1…1440", says: "cli.serve.code-minutes", env: "UNISSON_CODE_MINUTES", to: span{&l.Code, time.Minute, 1, 1440}},
		{name: "max-board", values: "1…64", says: "cli.serve.max-board", env: "UNISSON_MAX_BOARD", to: scaled{&l.Board, 1 << 20, 1, 64}},
		{name: "max-frame", values: "4…1024", says: "cli.serve.max-frame", env: "UNISSON_MAX_FRAME", to: scaled{&l.Frame, 1 << 10, 4, 1024}},
		{name: "max-rate", values: "0…100000", says: "cli.serve.max-rate", env: "UNISSON_MAX_RATE", to: count{&l.Rate, 0, 100_000}},
		{name: "max-conns-per-ip", values: "0…1000000", says: "cli.serve.max-conns-per-ip", env: "UNISSON_MAX_CONNS_PER_IP", to: count{&l.PerAddress, 0, 1_000_000}},
		{name: "max-conns-per-board", values: "1…100000", says: "cli.serve.max-conns-per-board", env: "UNISSON_MAX_CONNS_PER_BOARD", to: count{&l.PerBoard, 1, 100_000}},
		{name: "max-boards-per-ip", values: "0…1000000", says: "cli.serve.max-boards-per-ip", env: "UNISSON_MAX_BOARDS_PER_IP", to: count{&l.Boards, 0, 1_000_000}},
		{name: "max-queue", values: "16…65536", says: "cli.serve.max-queue", env: "UNISSON_MAX_QUEUE", to: count{&l.Queue, 16, 65_536}},
		{name: "handshake", values: "1…60", says: "cli.serve.handshake", env: "UNISSON_HANDSHAKE", to: span{&l.Handshake, time.Second, 1, 60}},
		{name: "ping", values: "1…300", says: "cli.serve.ping", env: "UNISSON_PING", to: span{&l.Ping, time.Second, 1, 300}},
		{name: "pong", values: "2…900", says: "cli.serve.pong", env: "UNISSON_PONG", to: span{&l.Pong, time.Second, 2, 900}},
	}
}

// alone is what a server says of itself where it keeps no boards.
func (c *sharing) alone() any {
	return struct {
		Live bool `json:"live"`
		live.Operator
	}{false, c.operator}
}

// open gives the hub of the boards in a folder, and what ends both.
func (c *sharing) open(dir string, log *slog.Logger) (hub *live.Hub, shut func(), err error) {
	boards, err := store.Open(dir, store.Options{})
	if err != nil {
		log.Error("boards", "error", err.Error())
		return nil, nil, fault.New(fault.System, "fault.store", "dir", dir, "why", why(err))
	}
	hub = live.New(live.Config{Log: boards, Limits: c.limits, Operator: c.operator, Origins: c.origins, TrustedProxies: c.proxies, Logger: log})
	return hub, func() {
		ctx, cancel := context.WithTimeout(context.Background(), web.Deadlines.Drain)
		defer cancel()
		if err := hub.Drain(ctx); err != nil { // nothing is left to drain where the server has served
			log.Error("boards", "error", err.Error())
		}
		if err := boards.Close(); err != nil {
			log.Error("boards", "error", err.Error())
		}
	}, nil
}

func why(err error) string {
	for reason, of := range map[string]error{"locked": store.ErrLocked, "newer": store.ErrNewer, "foreign": store.ErrForeign, "corrupt": store.ErrCorrupt} {
		if errors.Is(err, of) {
			return reason
		}
	}
	return "other"
}

// span is a duration in whole units between two bounds.
type span struct {
	to       *time.Duration
	unit     time.Duration
	min, max int
}

func (s span) Set(v string) error {
	n := 0
	err := count{&n, s.min, s.max}.Set(v)
	if err == nil {
		*s.to = time.Duration(n) * s.unit
	}
	return err
}
func (s span) String() string { return "" }
func (s span) Type() string   { return "span" }

// scaled is a size in whole units between two bounds.
type scaled struct {
	to             *int
	unit, min, max int
}

func (s scaled) Set(v string) error {
	n := 0
	err := count{&n, s.min, s.max}.Set(v)
	if err == nil {
		*s.to = n * s.unit
	}
	return err
}
func (s scaled) String() string { return "" }
func (s scaled) Type() string   { return "scaled" }

// webAddress is a link people can follow.
type webAddress struct{ to *string }

func (w webAddress) Set(v string) error {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errValue
	}
	*w.to = v
	return nil
}
func (w webAddress) String() string { return "" }
func (w webAddress) Type() string   { return "address" }

// origins are scheme://host[:port], separated by commas.
type origins struct{ to *[]string }

func (o origins) Set(v string) error {
	var list []string
	for s := range strings.SplitSeq(v, ",") {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.Scheme+"://"+u.Host != strings.TrimSpace(s) {
			return errValue
		}
		list = append(list, u.Scheme+"://"+u.Host)
	}
	*o.to = list
	return nil
}
func (o origins) String() string { return "" }
func (o origins) Type() string   { return "origins" }

// networks are prefixes or single addresses, separated by commas.
type networks struct{ to *[]netip.Prefix }

func (n networks) Set(v string) error {
	var list []netip.Prefix
	for s := range strings.SplitSeq(v, ",") {
		s = strings.TrimSpace(s)
		if a, err := netip.ParseAddr(s); err == nil {
			list = append(list, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return errValue
		}
		list = append(list, p.Masked())
	}
	*n.to = list
	return nil
}
func (n networks) String() string { return "" }
func (n networks) Type() string   { return "networks" }
