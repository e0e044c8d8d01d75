package live

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"unisson/server/fault"
	"unisson/server/store"
)

const (
	protocol     = "unisson.v1"
	bearerPrefix = "unisson.bearer."
)

// What is answered to whoever may not know more: a board that is not there and one that is not theirs look alike.
var (
	errUnknown   = fault.New(fault.Route, "problem.board")
	errOrigin    = fault.New(fault.Origin, "problem.origin")
	errMany      = fault.New(fault.Many, "problem.many")
	errAsked     = fault.New(fault.Usage, "problem.request")
	errUnkept    = fault.New(fault.Busy, "problem.unkept")
	errStopping  = fault.New(fault.Busy, "problem.draining")
	errUnread    = fault.New(fault.Busy, "problem.unread")
	errTangled   = fault.New(fault.Conflict, "problem.tangled")
	errSocket    = fault.New(fault.Usage, "problem.socket")
	errCode      = fault.New(fault.Route, "problem.code")
	errPerson    = fault.New(fault.Conflict, "problem.person")
	errRound     = fault.New(fault.Conflict, "problem.round")
	errPeople    = fault.New(fault.Conflict, "problem.people")
	errLast      = fault.New(fault.Conflict, "problem.last")
	errImports   = fault.New(fault.Busy, "problem.imports")
	errCrowdHTTP = fault.New(fault.Many, "problem.crowd")
)

// faultOf is what a request is told of an error.
func faultOf(err error) error {
	var f *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.Is(err, store.ErrNotFound):
		return errUnknown
	case errors.Is(err, errDraining), errors.Is(err, store.ErrClosed):
		return errStopping
	case errors.Is(err, store.ErrFull):
		return errUnkept
	}
	return errUnread
}

// token is the secret a request carries, "" where it has none of the right form. Never from an address: those are written down.
func token(r *http.Request) string {
	secret, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	for _, p := range websocket.Subprotocols(r) {
		if t, is := strings.CutPrefix(p, bearerPrefix); is && !given {
			secret = t
		}
	}
	if !tokenForm.MatchString(secret) {
		return ""
	}
	return secret
}

// refuseUpgrade leaves the answer to the server's error handler.
func refuseUpgrade(http.ResponseWriter, *http.Request, int, error) {}

// connect answers GET /sync/<board>.
func (h *Hub) connect(c echo.Context) error {
	req := c.Request()
	if !h.guard.origin(req) {
		return errOrigin
	}
	address := h.guard.address(req)
	if !h.admit(address) {
		return errCrowdHTTP
	}
	passed := false
	defer func() {
		if !passed {
			h.dismiss(address)
		}
	}()
	ctx, cancel := context.WithTimeout(req.Context(), h.limits.Handshake)
	defer cancel()
	r, g, err := h.enter(ctx, c)
	if err != nil {
		return err
	}
	ws, err := h.upgrader.Upgrade(c.Response(), req, nil)
	if err != nil {
		h.letGo(r)
		if c.Response().Committed {
			return nil
		}
		return errSocket
	}
	passed = true
	c.Response().Status, c.Response().Committed = http.StatusSwitchingProtocols, true // for the log
	k := &conn{ws: ws, net: ws.NetConn(), room: r, hub: h, address: address, grant: g, at: -1, inbox: make(chan struct{}, inFlight)}
	k.empty.L = &k.out
	k.push = newPusher(k.net)
	now := time.Now()
	k.seen.Store(now.UnixNano())
	// A frame that claims more is not even begun; which ones may be as long as a board is known once their first bytes are here.
	limit := h.limits.Frame
	if g.role.covers(Editor) {
		limit = max(limit, h.limits.Board+16)
	}
	ws.SetReadLimit(int64(limit) + 1)
	h.wheel.add(k)
	h.leavings.arrived(now)
	r.post(item{do: func() { r.join(k) }})
	go k.read()
	return nil
}

// enter opens the board of a request for whoever its token is, and keeps it open until letGo.
func (h *Hub) enter(ctx context.Context, c echo.Context) (r *room, g grant, err error) {
	secret := token(c.Request())
	if secret == "" {
		return nil, g, errUnknown
	}
	r, err = h.open(ctx, c.Param("board"))
	if err != nil {
		return nil, g, faultOf(err)
	}
	err = r.ask(ctx, func() error {
		var ok bool
		if g, ok = r.access.grantOf(hashOf(secret)); !ok {
			return errUnknown
		}
		return nil
	})
	if err != nil {
		h.letGo(r)
		return nil, g, faultOf(err)
	}
	return r, g, nil
}

// ask has the owner do something and waits for it, which is never longer than a commit may take; nothing is done for who has gone before.
func (r *room) ask(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	r.post(item{do: func() {
		switch {
		case ctx.Err() != nil:
			done <- ctx.Err()
		case r.ended:
			done <- store.ErrNotFound
		default:
			done <- f()
		}
	}})
	return <-done
}
