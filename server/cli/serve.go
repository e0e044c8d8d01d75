package cli

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/web"
	"unisson/static"
)

type serve struct {
	addr, data, lang string
	maxBody          int // MiB
	maxRequests      int // of one address, a minute
	sharing
}

func newServe() *serve {
	return &serve{addr: ":8080", maxBody: 20, maxRequests: 1200, sharing: newSharing()}
}

func (*serve) name() string            { return "serve" }
func (*serve) usage(texts.Lang) string { return "[--addr HOST:PORT] [--data DIR] […]" }
func (*serve) about() []string         { return []string{"cli.serve.about"} }

func (c *serve) options() []option {
	return append([]option{
		{name: "addr", values: "HOST:PORT", says: "cli.serve.addr", env: "UNISSON_ADDR", to: words{&c.addr}},
		{name: "data", values: "DIR", says: "cli.serve.data", env: "UNISSON_DATA", to: words{&c.data}},
		{name: "max-body", values: "1…64", says: "cli.serve.max-body", env: "UNISSON_MAX_BODY", to: count{&c.maxBody, 1, 64}},
		{name: "max-requests-per-ip", values: "0…1000000", says: "cli.serve.max-requests-per-ip", env: "UNISSON_MAX_REQUESTS_PER_IP", to: count{&c.maxRequests, 0, 1_000_000}},
		languageOption(&c.lang),
	}, c.sharing.options()...)
}

func (c *serve) run(ctx context.Context, s session, args []string) (int, error) {
	if len(args) > 0 {
		return exitBad, fault.New(fault.Usage, "fault.argument", "name", args[0])
	}
	if c.data != "" && !writable(c.data) {
		return exitBad, fault.New(fault.System, "fault.data", "dir", c.data)
	}
	log := slog.New(slog.NewJSONHandler(s.Err, nil))
	page, err := static.Files()
	if err != nil {
		return exitBad, fault.New(fault.System, "fault.page")
	}
	config := web.Config{Site: page, MaxBody: int64(c.maxBody) << 20, Log: log, Limits: web.Deadlines,
		Rate: c.maxRequests, TrustedProxies: c.proxies, Origins: c.origins, About: c.sharing.alone()}
	if c.data != "" {
		hub, shut, err := c.sharing.open(c.data, log)
		if err != nil {
			return exitBad, err
		}
		defer shut()
		config.Live = hub
	}
	server, err := web.New(config)
	if err != nil {
		log.Error("page", "error", err.Error())
		return exitBad, fault.New(fault.System, "fault.page")
	}
	listener, err := net.Listen("tcp", c.addr)
	if err != nil {
		return exitBad, fault.New(fault.System, "fault.listen", "addr", c.addr)
	}
	if s.Env("GOGC") == "" {
		debug.SetGCPercent(25) // rooms hold much, nearly all of it bytes nobody has to look through: collecting more often costs little and keeps memory near what is held
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := server.Serve(ctx, listener); err != nil {
		log.Error("serve", "error", err.Error())
		return exitBad, fault.New(fault.System, "fault.serve")
	}
	return exitDone, nil
}

// writable makes the folder where it is missing and tries it.
func writable(dir string) bool {
	if os.MkdirAll(dir, 0o700) != nil {
		return false
	}
	f, err := os.CreateTemp(dir, ".try-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}
