package live

import (
	"slices"
	"sync"
	"time"

	"unisson/server/yupdate"
)

// room is one board that somebody has open. It has one owner at a time: a goroutine that lives while there is something in its inbox,
// so that a quiet room costs no stack. Nobody else touches what is below the line.
type room struct {
	id  string
	hub *Hub

	loaded chan struct{} // closed once the board is here, or is known not to come
	err    error         // then: why not
	refs   int           // connections and requests; hub.mu

	mu    sync.Mutex
	inbox []item
	awake bool

	// ----- the owner's
	state    *yupdate.State
	access   access
	conns    []*conn
	pending  []item // updates that are not durable yet
	keeping  keeping
	presence presences
	talking  talking
	told     time.Time // of the last frame to everybody
	ended    bool      // deleted, or unsound: nothing more is done
}

// item is one thing for the owner: a message of a client, or something to do.
type item struct {
	conn   *conn
	buf    *buffer
	update []byte // within buf, once it is read
	do     func()
}

// post hands an item to the owner.
func (r *room) post(it item) {
	r.mu.Lock()
	r.inbox = append(r.inbox, it)
	awake := r.awake
	r.awake = true
	r.mu.Unlock()
	if !awake {
		go r.own()
	}
}

// own handles what has come, then makes it durable in one write and tells everybody in one frame; what comes meanwhile is the next
// round's. So an edit to a quiet room goes out at once, and a busy room writes as often as the disk can.
func (r *room) own() {
	for {
		r.pace()
		r.mu.Lock()
		batch := r.inbox
		r.inbox = nil
		if len(batch) == 0 {
			r.awake = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		for _, it := range batch {
			r.handle(it)
		}
		r.flush()
	}
}

// A frame to everybody costs a write each. Where many are there, edits that follow within a moment nobody notices leave in one frame; an
// edit to a room that was quiet goes out at once.
const (
	perFrame = 80 * time.Microsecond // of each connection
	paceMost = 10 * time.Millisecond
)

func (r *room) pace() {
	if wait := min(paceMost, time.Duration(len(r.conns))*perFrame) - time.Since(r.told); wait > time.Millisecond {
		time.Sleep(wait)
	}
}

func (r *room) handle(it item) {
	if it.do != nil {
		r.commit() // what came before it
		it.do()
		return
	}
	if r.ended || it.conn.at < 0 || !r.receive(&it) {
		r.finish(it)
	}
}

// finish gives back what a message held.
func (r *room) finish(it item) {
	r.hub.release(it.buf)
	<-it.conn.inbox
}

// receive reads a message, and says whether it waits to be durable.
func (r *room) receive(it *item) (waits bool) {
	c := it.conn
	in := yupdate.NewReader(it.buf.data)
	switch in.Uint() {
	case msgSync:
		kind, body := in.Uint(), in.Bytes()
		if in.End() != nil || kind > syncUpdate {
			c.cut(closeMalformed, "malformed message")
			return false
		}
		if kind == syncStep1 {
			r.answer(c, body)
			return false
		}
		if !r.mayWrite(c) || slices.Equal(body, nothing) {
			return false
		}
		it.update = body
		r.pending = append(r.pending, *it)
		return true
	case msgPresence:
		body := in.Bytes()
		if in.End() != nil || !r.hearPresence(c, body) {
			c.cut(closeMalformed, "malformed message")
		}
	case msgQuery:
		if in.End() != nil {
			c.cut(closeMalformed, "malformed message")
			return false
		}
		r.sendPresence(c)
	case msgSession:
		c.hears = true
		r.sendSession(c)
	default:
		// Another kind of message is nothing we could refuse: y-websocket lets programs add their own.
		if in.Err() != nil {
			c.cut(closeMalformed, "malformed message")
		}
	}
	return false
}

// nothing is an update that tells nothing: what a client without news answers to a step 1.
var nothing = []byte{0, 0}

func (r *room) mayWrite(c *conn) bool {
	return c.grant.role == Facilitator || c.grant.role == Editor && !r.access.Locked
}

// answer sends what the owner of a state vector lacks. The whole state is one piece of memory for all who ask; so is what
// lacks much, since putting together hundreds of large differences would let a crowd fill the memory.
func (r *room) answer(c *conn, vector []byte) {
	encoded := r.state.Encoded()
	lacks, err := r.state.Diff(vector)
	if err != nil {
		c.cut(closeMalformed, "malformed state vector")
		return
	}
	if len(lacks) > diffBytes {
		lacks = r.state.Bytes()
	}
	if !encoded && r.state.Encoded() {
		r.hub.leavings.dropped(len(lacks)) // the state as it was encoded before
	}
	c.send(messageHead(len(lacks), msgSync, syncStep2), lacks)
}

// join takes a connection in. Its token may have been revoked since it was read.
func (r *room) join(c *conn) {
	g, ok := r.access.grantOf(c.grant.hash)
	switch {
	case r.ended:
		c.cut(closeRestart, "")
		return
	case !ok || g != c.grant:
		c.cut(closeRevoked, "revoked")
		return
	case r.hub.limits.PerBoard > 0 && len(r.conns) >= r.hub.limits.PerBoard:
		c.cut(closeSlow, "too many people")
		return
	}
	c.at = len(r.conns)
	r.conns = append(r.conns, c)
	c.send(message(r.state.StateVector(), msgSync, syncStep1))
	r.sendPresence(c)
	r.talking.changed = true
	if day := time.Now().UTC().Format(time.DateOnly); day > r.access.Day {
		// Read today, it is not idle. A board on a full disk can still be read, hence no fault.
		if err := r.record(Event{Kind: evOpened, Day: day}); err != nil {
			r.hub.log.Warn("opening not noted", "error", err.Error())
		}
	}
}

func (r *room) leave(c *conn) {
	if c.at < 0 {
		return
	}
	last := r.conns[len(r.conns)-1]
	r.conns[c.at], last.at = last, c.at
	r.conns[len(r.conns)-1] = nil
	r.conns = r.conns[:len(r.conns)-1]
	c.at = -1
	r.dropPresence(c)
	r.talking.changed = true
}

// cutWhere closes the connections a change leaves without a right to be here.
func (r *room) cutWhere(gone func(grant) bool) {
	for _, c := range slices.Clone(r.conns) {
		if gone(c.grant) {
			r.leave(c)
			c.cut(closeRevoked, "revoked")
		}
	}
}

// end closes the room for good; the board, where it still exists, is read again from the disk by who comes next.
func (r *room) end(code int, reason string) {
	if r.ended {
		return
	}
	r.ended = true
	r.hub.forget(r)
	for _, it := range r.pending {
		r.finish(it)
	}
	r.pending = nil
	for _, c := range r.conns {
		c.at = -1
		c.cut(code, reason)
	}
	r.conns = nil
}

func (r *room) broadcast(frame []byte) {
	r.told = time.Now()
	for _, c := range r.conns {
		c.send(frame)
	}
}
