// Package live serves boards that several people edit at once: rooms that speak y-websocket, who may do what in them, and the
// workshop's rounds. An edit is told to anybody, its author included, only once package store has made it durable.
package live

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/sync/semaphore"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// Config is what a hub is made of.
type Config struct {
	Log            store.Log
	Limits         Limits
	Operator       Operator
	Origins        []string       // scheme://host[:port] of pages that may connect, beside those of the host asked for
	TrustedProxies []netip.Prefix // who may tell a client's address by X-Forwarded-For
	Rand           io.Reader      // crypto/rand.Reader where nil
	Logger         *slog.Logger
}

// Operator is who answers for a server; people are told before a board leaves their browser.
type Operator struct {
	Name    string `json:"operator"`
	Contact string `json:"contact"`
	Country string `json:"country"`
	Legal   string `json:"legal"` // address of a page
}

// Hub holds the open rooms.
type Hub struct {
	store    store.Log
	limits   Limits
	operator Operator
	guard    guard
	rand     io.Reader
	log      *slog.Logger
	doc      yupdate.Limits
	long     *semaphore.Weighted // bytes of the long messages being read
	reading  *semaphore.Weighted // boards being read as documents
	upgrader websocket.Upgrader
	wheel    wheel
	created  quota // boards, by address
	failed   quota // wrong codes, by address
	allWrong quota // wrong codes, of everybody
	leavings leavings

	mu       sync.Mutex
	rooms    map[string]*room
	perIP    map[netip.Addr]int
	draining bool
	emptied  chan struct{} // told whenever a room goes while draining

	ready struct {
		sync.Mutex
		at  time.Time
		err error
	}

	stop  context.CancelFunc // of the keeper
	ended chan struct{}
}

// longAtOnce is how many boards of the largest size may be on their way in at a time; smaller ones, more.
const longAtOnce = 4

// New starts a hub; Drain ends it.
func New(c Config) *Hub {
	h := &Hub{
		store: c.Log, limits: c.Limits, operator: c.Operator, rand: c.Rand, log: c.Logger,
		guard:    guard{origins: c.Origins, proxies: c.TrustedProxies},
		long:     semaphore.NewWeighted(int64(longAtOnce) * int64(c.Limits.Board)),
		reading:  semaphore.NewWeighted(readAtOnce),
		created:  quota{limit: c.Limits.Boards, every: time.Hour},
		failed:   quota{limit: codeFailures, every: time.Minute},
		allWrong: quota{limit: allFailures, every: time.Minute},
		rooms:    map[string]*room{}, perIP: map[netip.Addr]int{},
		emptied: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	if h.rand == nil {
		h.rand = rand.Reader
	}
	h.doc = yupdate.DefaultLimits()
	h.doc.Bytes = c.Limits.Board
	h.upgrader = websocket.Upgrader{
		HandshakeTimeout: c.Limits.Handshake, ReadBufferSize: 256, WriteBufferSize: 512, WriteBufferPool: &sync.Pool{},
		Subprotocols: []string{protocol}, CheckOrigin: h.guard.origin, Error: refuseUpgrade,
	}
	h.wheel.slots = make([]map[*conn]struct{}, max(1, int(c.Limits.Ping/time.Second)))
	var ctx context.Context
	ctx, h.stop = context.WithCancel(context.Background())
	go h.keep(ctx)
	return h
}

var errDraining = errors.New("live: draining")

// Ready says whether edits can be kept now. Anybody may ask, and the answer costs a write: it holds for a second.
func (h *Hub) Ready(ctx context.Context) error {
	h.ready.Lock()
	defer h.ready.Unlock()
	if now := time.Now(); now.Sub(h.ready.at) >= time.Second {
		err := h.store.Ready(ctx)
		if ctx.Err() != nil {
			return err
		}
		h.ready.at, h.ready.err = now, err
	}
	return h.ready.err
}

// open gives the room of a board, loaded, and keeps it until letGo.
func (h *Hub) open(ctx context.Context, id string) (*room, error) {
	if !boardForm.MatchString(id) {
		return nil, store.ErrNotFound
	}
	h.mu.Lock()
	if h.draining {
		h.mu.Unlock()
		return nil, errDraining
	}
	r := h.rooms[id]
	if r == nil {
		r = &room{id: id, hub: h, loaded: make(chan struct{})}
		h.rooms[id] = r
		go func() {
			r.err = r.load()
			if r.err != nil {
				h.forget(r) // a refused room leaves nothing behind
			}
			close(r.loaded)
		}()
	}
	r.refs++
	h.mu.Unlock()
	select {
	case <-r.loaded:
	case <-ctx.Done():
		h.letGo(r)
		return nil, ctx.Err()
	}
	if r.err != nil {
		if !errors.Is(r.err, store.ErrNotFound) {
			h.log.Error("board refused", "error", r.err.Error())
		}
		return nil, r.err
	}
	return r, nil
}

func (h *Hub) hold(r *room) {
	h.mu.Lock()
	r.refs++
	h.mu.Unlock()
}

func (h *Hub) letGo(r *room) {
	h.mu.Lock()
	r.refs--
	last := r.refs == 0
	h.mu.Unlock()
	if !last {
		return
	}
	go func() { // a request may leave before its board is here
		<-r.loaded
		if r.err == nil {
			r.post(item{do: r.rest})
		}
	}()
}

func (h *Hub) inUse(r *room) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return r.refs > 0
}

// free forgets a room that nobody has taken up again.
func (h *Hub) free(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.refs == 0 {
		h.remove(r)
	}
}

// forget takes a room out of sight, whoever is in it.
func (h *Hub) forget(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(r)
}

func (h *Hub) remove(r *room) {
	if h.rooms[r.id] == r {
		delete(h.rooms, r.id)
	}
	if h.draining {
		select {
		case h.emptied <- struct{}{}:
		default:
		}
	}
}

// admit counts a connection of an address; false where it has too many.
func (h *Hub) admit(a netip.Addr) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.limits.PerAddress > 0 && h.perIP[a] >= h.limits.PerAddress {
		return false
	}
	h.perIP[a]++
	return true
}

func (h *Hub) dismiss(a netip.Addr) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.perIP[a]--; h.perIP[a] <= 0 {
		delete(h.perIP, a)
	}
}

// left cleans up after a connection.
func (h *Hub) left(c *conn) {
	h.wheel.remove(c)
	h.dismiss(c.address)
	c.out.Lock()
	c.drop()
	c.out.Unlock()
	c.room.post(item{do: func() { c.room.leave(c) }})
	h.letGo(c.room)
}

// Drain takes nobody new, keeps what has come, tells every client to come back (1012), settles every room and stops. What is left
// when ctx ends is cut; every acknowledged edit is durable in any case. The store stays open.
func (h *Hub) Drain(ctx context.Context) error {
	h.mu.Lock()
	h.draining = true
	rooms := make([]*room, 0, len(h.rooms))
	for _, r := range h.rooms {
		rooms = append(rooms, r)
	}
	h.mu.Unlock()
	for _, r := range rooms {
		h.hold(r)
		go func() {
			<-r.loaded
			if r.err == nil {
				r.post(item{do: func() {
					for _, c := range r.conns {
						c.cut(closeRestart, "restart")
					}
				}})
			}
			h.letGo(r)
		}()
	}
	err := h.emptyRooms(ctx)
	h.stop()
	<-h.ended
	return err
}

func (h *Hub) emptyRooms(ctx context.Context) error {
	for {
		h.mu.Lock()
		left := len(h.rooms)
		h.mu.Unlock()
		if left == 0 {
			return nil
		}
		select {
		case <-h.emptied:
		case <-ctx.Done():
			h.wheel.each(func(c *conn) { c.net.Close() })
			return ctx.Err()
		}
	}
}
