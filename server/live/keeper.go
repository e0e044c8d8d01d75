package live

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"unisson/server/store"
)

// wheel has a slot for each second between two pings: one goroutine pings one slot a second, and no connection has a timer.
type wheel struct {
	mu    sync.Mutex
	slots []map[*conn]struct{}
	next  int // slot of the next connection
	hand  int
}

func (w *wheel) add(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.slot = w.next
	w.next = (w.next + 1) % len(w.slots)
	if w.slots[c.slot] == nil {
		w.slots[c.slot] = map[*conn]struct{}{}
	}
	w.slots[c.slot][c] = struct{}{}
}

func (w *wheel) remove(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.slots[c.slot], c)
}

func (w *wheel) each(f func(*conn)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, slot := range w.slots {
		for c := range slot {
			f(c)
		}
	}
}

// turn pings the slot whose turn it is, cuts whoever has been silent for too long, in whatever slot they are, and says a word to whoever has
// not been told anything for long.
func (w *wheel) turn(now time.Time, l Limits) {
	w.mu.Lock()
	w.hand = (w.hand + 1) % len(w.slots)
	var ping, dead, quiet []*conn
	for i, slot := range w.slots {
		for c := range slot {
			silent := now.UnixNano() - c.seen.Load()
			probed := c.probed.Load()
			switch {
			case silent >= int64(l.Pong), probed > c.seen.Load() && now.UnixNano()-probed >= int64(l.Handshake):
				dead = append(dead, c)
			case i == w.hand:
				ping = append(ping, c)
			}
			if c.quiet.Add(1) >= quietMost {
				quiet = append(quiet, c)
			}
		}
	}
	w.mu.Unlock()
	for _, c := range dead {
		c.cut(closeGone, "no answer")
	}
	for _, c := range ping {
		c.send(pingFrame)
	}
	for _, c := range quiet {
		c.send(wordFrame)
	}
}

// leavings is memory that is free and that the runtime would keep for minutes: copies of large boards on their way to the disk or to
// people, and what the handshakes of a crowd took.
type leavings struct {
	bytes atomic.Int64
	came  atomic.Int64 // connections
	last  atomic.Int64 // when the last of them did, Unix nanoseconds
	rests time.Time    // the keeper's: not before then
}

func (l *leavings) dropped(bytes int) {
	if bytes >= largeCopy {
		l.bytes.Add(int64(bytes))
	}
}

func (l *leavings) arrived(now time.Time) {
	l.came.Add(1)
	l.last.Store(now.UnixNano())
}

// due says whether to give back now, and then counts anew. A crowd is let in first.
func (l *leavings) due(now time.Time) bool {
	crowd := l.came.Load() >= crowdCame && now.UnixNano()-l.last.Load() >= int64(crowdPause)
	if now.Before(l.rests) || l.bytes.Load() < returnFrom && !crowd {
		return false
	}
	l.bytes.Store(0)
	l.came.Store(0)
	return true
}

// giveBack takes a collection of everything that is held, hence a fiftieth of the time at most.
func (l *leavings) giveBack() {
	begun := time.Now()
	debug.FreeOSMemory()
	l.rests = time.Now().Add(50 * time.Since(begun))
}

// keep does what comes with time: pings every second, expiry and scrubbing every hour, first a while after the start.
func (h *Hub) keep(ctx context.Context) {
	defer close(h.ended)
	second := time.NewTicker(time.Second)
	defer second.Stop()
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	var sweeping sync.WaitGroup
	defer sweeping.Wait()
	busy := make(chan struct{}, 1)
	sweep := func() {
		select {
		case busy <- struct{}{}:
			sweeping.Go(func() {
				h.sweep(ctx)
				<-busy
			})
		default: // the last one is still at it
		}
	}
	soon := time.NewTimer(sweepSoon)
	defer soon.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-second.C:
			h.wheel.turn(now, h.limits)
			if h.leavings.due(now) {
				h.leavings.giveBack()
			}
		case <-soon.C:
			sweep()
		case <-hour.C:
			sweep()
		}
	}
}

const (
	expireAtOnce = 100
	forgetAtOnce = 10_000
)

// sweep deletes boards nobody has opened or edited for so long as people were told, and lets all others forget what was deleted.
func (h *Hub) sweep(ctx context.Context) {
	now := time.Now()
	h.mu.Lock()
	open := make([]*room, 0, len(h.rooms))
	for _, r := range h.rooms {
		open = append(open, r)
	}
	h.mu.Unlock()
	for _, r := range open {
		select {
		case <-r.loaded:
			if r.err == nil {
				r.post(item{do: func() { r.scrub(now) }})
			}
		default:
		}
	}
	h.forgetDeleted(ctx, now)
	for ctx.Err() == nil {
		idle, err := h.store.Idle(ctx, now.Add(-h.limits.Retention), expireAtOnce)
		if err != nil {
			if ctx.Err() == nil {
				h.log.Error("expiry", "error", err.Error())
			}
			return
		}
		gone := 0
		for _, id := range idle {
			if h.expire(ctx, id) {
				gone++
			}
		}
		if gone > 0 {
			h.log.Info("boards expired", "count", gone)
		}
		if len(idle) < expireAtOnce || gone == 0 {
			return
		}
	}
}

// forgetDeleted settles the boards nobody is in whose last settling was cut short, by a crash or a full disk.
func (h *Hub) forgetDeleted(ctx context.Context, now time.Time) {
	kept, err := h.store.Kept(ctx, now.Add(-scrubEvery), forgetAtOnce)
	if err != nil {
		if ctx.Err() == nil {
			h.log.Error("boards to settle", "error", err.Error())
		}
		return
	}
	for _, id := range kept {
		if r, err := h.open(ctx, id); err == nil {
			r.ask(ctx, func() error {
				r.scrub(now)
				return nil
			})
			h.letGo(r)
		}
	}
}

// expire deletes a board unless somebody has it open. Who comes meanwhile finds nothing.
func (h *Hub) expire(ctx context.Context, id string) bool {
	gone := &room{id: id, hub: h, loaded: make(chan struct{}), err: store.ErrNotFound}
	close(gone.loaded)
	h.mu.Lock()
	if _, open := h.rooms[id]; open {
		h.mu.Unlock()
		return false
	}
	h.rooms[id] = gone
	h.mu.Unlock()
	defer h.forget(gone)
	err := h.store.Delete(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) && ctx.Err() == nil {
		h.log.Error("expiry", "error", err.Error())
	}
	return err == nil
}
