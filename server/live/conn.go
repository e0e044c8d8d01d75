package live

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one client of a room. Its reader is a goroutine; what is written to it goes straight into its socket, and a second
// goroutine lives only as long as the socket is full. gorilla reads and checks frames; ours are written whole by send and cut alone.
type conn struct {
	ws      *websocket.Conn
	net     net.Conn
	push    pusher
	room    *room
	hub     *Hub
	address netip.Addr
	grant   grant

	inbox  chan struct{} // a place for each message that waits for the room
	due    time.Time     // the reader's: when the next message is on time
	seen   atomic.Int64  // when the client was last heard, Unix nanoseconds
	probed atomic.Int64  // when it was asked for a sign of life out of turn

	slot  int          // of the wheel, under its lock
	quiet atomic.Int32 // seconds since something was sent that the client's program gets to see

	// Only the room's owner touches these.
	at      int // in room.conns
	hears   bool
	clients []uint64 // whose presence it told

	out     sync.Mutex
	queue   [][]byte  // what the socket has not taken yet
	writing bool      // a goroutine empties the queue
	partial bool      // the first of the queue has begun
	cutting bool      // nothing more is sent, nothing read counts
	empty   sync.Cond // of out: the queue is, or the connection is being cut
}

// send hands frames over, whole and in order. It never waits: a client that has too many waiting is cut.
func (c *conn) send(frames ...[]byte) {
	c.out.Lock()
	defer c.out.Unlock()
	if c.cutting {
		return
	}
	if len(c.queue)+len(frames) > c.hub.limits.Queue {
		c.cutLocked(closeSlow, "too slow")
		return
	}
	if frames[0][0] == 0x80|opBinary {
		c.quiet.Store(0)
	}
	for _, f := range frames {
		c.write(f)
	}
}

func (c *conn) write(f []byte) {
	if !c.writing && len(c.queue) == 0 {
		n, err := c.push.push(f)
		if err != nil {
			c.drop()
			return
		}
		if n == len(f) {
			return
		}
		c.partial = n > 0
		f = f[n:]
	}
	c.queue = append(c.queue, f)
	if !c.writing {
		c.writing = true
		go c.drain()
	}
}

// drain writes the queue and ends with it.
func (c *conn) drain() {
	for {
		c.out.Lock()
		if len(c.queue) == 0 {
			c.writing, c.queue = false, nil
			c.empty.Broadcast()
			c.out.Unlock()
			return
		}
		f := c.queue[0]
		c.partial = true
		c.out.Unlock()
		_, err := c.net.Write(f)
		c.out.Lock()
		c.partial = false
		if len(c.queue) > 0 {
			c.queue = c.queue[1:]
		}
		if err != nil {
			c.writing = false
			c.drop()
			c.out.Unlock()
			return
		}
		c.out.Unlock()
	}
}

// cut closes the connection, telling why. What waited is not sent; the client has a moment to answer.
func (c *conn) cut(code int, reason string) {
	c.out.Lock()
	defer c.out.Unlock()
	c.cutLocked(code, reason)
}

func (c *conn) cutLocked(code int, reason string) {
	if c.cutting {
		return
	}
	c.cutting = true
	c.empty.Broadcast()
	c.net.SetReadDeadline(time.Now().Add(closeTime))
	if c.partial {
		c.queue = c.queue[:1]
	} else {
		c.queue = nil
	}
	c.write(closeFrame(code, reason))
}

// drop gives up a connection whose socket failed; the reader notices. out is held.
func (c *conn) drop() {
	c.cutting, c.queue = true, nil
	c.empty.Broadcast()
	c.net.Close()
}

func (c *conn) isCut() bool {
	c.out.Lock()
	defer c.out.Unlock()
	return c.cutting
}

// caughtUp waits until the client has taken what it was sent: who asks for the state again and again without reading it gets it once.
func (c *conn) caughtUp() {
	c.out.Lock()
	defer c.out.Unlock()
	for len(c.queue) > 0 && !c.cutting {
		c.empty.Wait()
	}
}

// read takes messages until the connection ends. An idle connection waits in it, and the runtime halves a waiting stack only while a
// quarter of it is in use: what is not needed for waiting is in functions of its own.
func (c *conn) read() {
	defer c.gone()
	c.hearControl()
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil || !c.hear(kind, r) {
			return
		}
	}
}

func (c *conn) gone() {
	c.net.Close()
	c.hub.left(c)
}

// hearControl has pings, pongs and closing noted and answered.
func (c *conn) hearControl() {
	c.ws.SetPingHandler(func(data string) error {
		c.heard(time.Now())
		c.send(frame(opPong, []byte(data)))
		return nil
	})
	c.ws.SetPongHandler(func(string) error {
		c.heard(time.Now())
		return nil
	})
	c.ws.SetCloseHandler(func(code int, _ string) error {
		if code == websocket.CloseNoStatusReceived {
			code = 0
		}
		c.cut(code, "")
		return nil
	})
}

// hear takes one message; false where the connection can give no other.
func (c *conn) hear(kind int, r io.Reader) bool {
	if c.isCut() {
		return true // NextReader passes over what is left
	}
	c.heard(time.Now())
	if kind != websocket.BinaryMessage {
		c.cut(closeText, "binary messages only")
		return true
	}
	b, err := c.take(r)
	switch {
	case err == nil:
	case errors.Is(err, errTooLong):
		c.cut(closeTooLong, "message too long")
		return true
	case errors.Is(err, errCrowded):
		c.cut(closeSlow, "try again")
		return true
	default:
		return false
	}
	if asks(b.data) {
		c.caughtUp()
	}
	c.inbox <- struct{}{}
	c.room.post(item{conn: c, buf: b})
	return true
}

// heard notes a sign of life, and waits while they come faster than the rate (the generic cell rate algorithm, with a second's burst).
func (c *conn) heard(now time.Time) {
	c.seen.Store(now.UnixNano())
	rate := c.hub.limits.Rate
	if rate <= 0 {
		return
	}
	if burst := now.Add(-time.Second); c.due.Before(burst) {
		c.due = burst
	}
	c.due = c.due.Add(time.Second / time.Duration(rate))
	if wait := c.due.Sub(now); wait > 0 {
		time.Sleep(wait)
	}
}

var (
	errTooLong = errors.New("live: message too long")
	errCrowded = errors.New("live: too many long messages at once")
)

// buffer holds one message on its way to the room, and goes back to the pool when the room is done with it.
type buffer struct {
	data []byte
	held int64 // of what long messages may take together
}

// pooled is the largest buffer that is kept: what a person's edits take. The collector empties the pool.
const pooled = 64 << 10

var buffers = sync.Pool{New: func() any { return &buffer{data: make([]byte, 0, 512)} }}

func (h *Hub) release(b *buffer) {
	if b.held > 0 {
		h.long.Release(b.held)
		return // not kept: the pool is for what is usual
	}
	if cap(b.data) <= pooled {
		b.data = b.data[:0]
		buffers.Put(b)
	}
}

// take reads one message. Only a sync step 2 of somebody who may write can be longer than a frame may be, and what long
// messages take together is bounded by what really came.
func (c *conn) take(r io.Reader) (*buffer, error) {
	b := buffers.Get().(*buffer)
	limit := c.hub.limits.Frame
	for {
		if len(b.data) == cap(b.data) {
			b.data = slices.Grow(b.data, min(cap(b.data), pooled))
		}
		n, err := r.Read(b.data[len(b.data):cap(b.data)])
		b.data = b.data[:len(b.data)+n]
		c.seen.Store(time.Now().UnixNano()) // a long message may take longer than the silence allowed
		if len(b.data) > limit && limit == c.hub.limits.Frame && c.grant.role.covers(Editor) && b.data[0] == msgSync && b.data[1] == syncStep2 {
			limit = max(limit, c.hub.limits.Board+16)
		}
		if len(b.data) > limit {
			err = errTooLong
		} else if over := int64(cap(b.data) - c.hub.limits.Frame*2); err == nil && over > b.held {
			if c.hub.long.TryAcquire(over - b.held) {
				b.held = over
			} else {
				err = errCrowded
			}
		}
		switch {
		case err == io.EOF:
			return b, nil
		case err != nil:
			c.hub.release(b)
			return nil, err
		}
	}
}
