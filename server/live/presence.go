package live

import (
	"bytes"
	"slices"
	"time"

	"unisson/server/yupdate"
)

// presences is who is here and what they tell of themselves. It is never stored.
type presences struct {
	of    map[uint64]*presence
	left  map[uint64]uint64           // clocks of those who left: what the stock client repeats of them later counts no more
	moved map[uint64]yupdate.Presence // to be told
}

type presence struct {
	conn  *conn // the only one that may speak for it
	clock uint64
	state []byte
}

const leftMax = 1024 // clients remembered after they left

var presenceLimits = yupdate.Limits{Bytes: 1 << 20, Clients: 4096, Depth: 16}

// hearPresence takes what a connection tells of its own clients; false where the message is unsound. The stock client also repeats
// everybody else's presence: that, like any other client's id, is passed over.
func (r *room) hearPresence(c *conn, body []byte) bool {
	told, err := yupdate.DecodeAwareness(body, presenceLimits)
	if err != nil {
		return false
	}
	p := &r.presence
	for _, t := range told {
		known := p.of[t.Client]
		if known != nil && known.conn != c {
			switch {
			case t.Clock <= known.clock:
				continue
			case c.grant.person != "" && c.grant.person == known.conn.grant.person: // somebody came back before their old connection was missed
				r.disown(known.conn, t.Client)
				known.conn = c
				c.clients = append(c.clients, t.Client)
			default:
				known.conn.probe() // perhaps the same browser, come back; then the old connection is dead and frees the id
				continue
			}
		}
		if len(t.State) > presenceBytes {
			continue
		}
		if known == nil {
			if clock, was := p.left[t.Client]; t.Gone() || was && t.Clock <= clock || len(c.clients) >= presenceIDs {
				continue
			}
			if p.of == nil {
				p.of = map[uint64]*presence{}
			}
			known = &presence{conn: c}
			p.of[t.Client] = known
			c.clients = append(c.clients, t.Client)
		} else if t.Clock < known.clock || t.Clock == known.clock && !t.Gone() {
			continue
		}
		if t.Gone() {
			r.disown(c, t.Client)
			r.forgetPresence(t.Client, t.Clock)
			continue
		}
		known.clock, known.state = t.Clock, bytes.Clone(t.State)
		r.tell(yupdate.Presence{Client: t.Client, Clock: t.Clock, State: known.state})
	}
	return true
}

func (r *room) disown(c *conn, client uint64) {
	c.clients = slices.DeleteFunc(c.clients, func(id uint64) bool { return id == client })
}

func (r *room) forgetPresence(client, clock uint64) {
	p := &r.presence
	delete(p.of, client)
	if p.left == nil || len(p.left) >= leftMax {
		p.left = map[uint64]uint64{}
	}
	p.left[client] = clock
	r.tell(yupdate.Presence{Client: client, Clock: clock, State: []byte("null")})
}

// dropPresence removes what a connection told, when it ends.
func (r *room) dropPresence(c *conn) {
	for _, client := range c.clients {
		r.forgetPresence(client, r.presence.of[client].clock)
	}
	c.clients = nil
}

func (r *room) tell(t yupdate.Presence) {
	if r.presence.moved == nil {
		r.presence.moved = map[uint64]yupdate.Presence{}
	}
	r.presence.moved[t.Client] = t
}

// sendPresence tells one connection who is here.
func (r *room) sendPresence(c *conn) {
	all := make([]yupdate.Presence, 0, len(r.presence.of))
	for client, p := range r.presence.of {
		all = append(all, yupdate.Presence{Client: client, Clock: p.clock, State: p.state})
	}
	for _, f := range presenceFrames(all) {
		c.send(f)
	}
}

// presenceFrames puts presences in frames of bounded size, lest the stock client repeat them in one that is too long.
func presenceFrames(all []yupdate.Presence) (frames [][]byte) {
	for len(all) > 0 {
		n, size := 0, 0
		for n < len(all) && (n == 0 || size+len(all[n].State) <= presenceChunk) {
			size += len(all[n].State) + 16
			n++
		}
		frames = append(frames, message(yupdate.EncodeAwareness(all[:n]), msgPresence))
		all = all[n:]
	}
	return frames
}

// talking is what a room says beside the document, at most so often.
type talking struct {
	next    time.Time
	changed bool // the session
	timed   bool
}

// talk tells everybody, the movers included, who moved: the stock client takes silence for a lost connection.
func (r *room) talk() {
	t := &r.talking
	if r.ended || len(r.presence.moved) == 0 && !t.changed || t.timed {
		return
	}
	now := time.Now()
	if wait := t.next.Sub(now); wait > 0 {
		t.timed = true
		time.AfterFunc(wait, func() {
			r.post(item{do: func() { t.timed = false }}) // and then the owner talks
		})
		return
	}
	t.next = now.Add(presencePause)
	if len(r.presence.moved) > 0 {
		all := make([]yupdate.Presence, 0, len(r.presence.moved))
		for _, p := range r.presence.moved {
			all = append(all, p)
		}
		r.presence.moved = nil
		for _, f := range presenceFrames(all) {
			r.broadcast(f)
		}
	}
	if t.changed {
		t.changed = false
		for _, c := range r.conns {
			if c.hears {
				r.sendSession(c)
			}
		}
	}
}

// probe asks a client for a sign of life out of turn; the wheel cuts it where none comes.
func (c *conn) probe() {
	now := time.Now().UnixNano()
	if last := c.probed.Load(); now-last < int64(c.hub.limits.Handshake) {
		return
	}
	c.probed.Store(now)
	c.send(pingFrame)
}

var pingFrame = frame(opPing, nil)

// wordFrame is the presence of nobody, which changes nothing: y-websocket takes half a minute without a message for a lost connection, and
// a ping never reaches a page's program.
var wordFrame = message(yupdate.EncodeAwareness(nil), msgPresence)
