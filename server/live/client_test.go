package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"unisson/server/yupdate"
)

// client is a real WebSocket connection that speaks the protocol by hand.
type client struct {
	*testing.T
	ws *websocket.Conn
}

func (s *server) dial(board, token string) *client {
	s.Helper()
	c, res, err := s.try(board, http.Header{"Sec-Websocket-Protocol": {protocol + ", " + bearerPrefix + token}})
	if err != nil {
		status := 0
		if res != nil {
			status = res.StatusCode
		}
		s.Fatalf("%v (%d)", err, status)
	}
	if got := c.ws.Subprotocol(); got != protocol {
		s.Fatalf("subprotocol %q", got)
	}
	return c
}

func (s *server) try(board string, h http.Header) (*client, *http.Response, error) {
	ws, res, err := websocket.DefaultDialer.Dial(strings.Replace(s.http.URL, "http", "ws", 1)+"/sync/"+board, h)
	if err != nil {
		return nil, res, err
	}
	s.Cleanup(func() { ws.Close() })
	return &client{s.T, ws}, res, nil
}

func (c *client) send(m []byte) {
	c.Helper()
	if err := c.ws.WriteMessage(websocket.BinaryMessage, m); err != nil {
		c.Fatal(err)
	}
}

// said builds a message: its kinds, then data with its length.
func said(data []byte, kind ...byte) []byte { return yupdate.AppendBytes(bytes.Clone(kind), data) }

// heard is one message of the server.
type heard struct {
	kind, sub uint64
	body      []byte
}

func (c *client) next() (heard, error) {
	c.ws.SetReadDeadline(time.Now().Add(20 * time.Second)) // only a failing test waits so long
	_, m, err := c.ws.ReadMessage()
	if err != nil {
		return heard{}, err
	}
	in := yupdate.NewReader(m)
	h := heard{kind: in.Uint()}
	if h.kind == msgSync {
		h.sub = in.Uint()
	}
	h.body = in.Bytes()
	if err := in.End(); err != nil {
		c.Fatalf("the server sent %x: %v", m, err)
	}
	return h, nil
}

// until reads on to the first message that fits.
func (c *client) until(fits func(heard) bool) heard {
	c.Helper()
	for {
		h, err := c.next()
		if err != nil {
			c.Fatal(err)
		}
		if fits(h) {
			return h
		}
	}
}

func (c *client) untilSync(sub uint64) []byte {
	c.Helper()
	return c.until(func(h heard) bool { return h.kind == msgSync && h.sub == sub }).body
}

// closed reads on to the end and gives its code, 0 for a connection that just ended.
func (c *client) closed() int {
	c.Helper()
	for {
		if _, err := c.next(); err != nil {
			var e *websocket.CloseError
			if errors.As(err, &e) {
				return e.Code
			}
			return 0
		}
	}
}

// state asks for all the server has, and what came since.
func (c *client) state() []byte {
	c.Helper()
	c.send(said([]byte{0}, msgSync, syncStep1))
	return c.untilSync(syncStep2)
}

func (c *client) session() (s session) {
	c.Helper()
	if err := json.Unmarshal(c.until(func(h heard) bool { return h.kind == msgSession }).body, &s); err != nil {
		c.Fatal(err)
	}
	return s
}

// inserted is an update that types text into the board's root text "t", as a client at its own clock.
func inserted(client, clock uint64, text string) []byte {
	b := yupdate.AppendUint(yupdate.AppendUint([]byte{1, 1}, client), clock)
	if clock == 0 {
		b = yupdate.AppendBytes(append(b, 4, 1), "t")
	} else {
		b = yupdate.AppendUint(yupdate.AppendUint(append(b, 4|0x80), client), clock-1)
	}
	return append(yupdate.AppendBytes(b, text), 0)
}

// deleted is an update that deletes a range of a client's.
func deleted(client, clock, length uint64) []byte {
	b := yupdate.AppendUint([]byte{0, 1}, client)
	return yupdate.AppendUint(yupdate.AppendUint(append(b, 1), clock), length)
}

func holds(state []byte, text string) bool { return bytes.Contains(state, []byte(text)) }

func told(client, clock uint64, state string) []byte {
	return said(yupdate.EncodeAwareness([]yupdate.Presence{{Client: client, Clock: clock, State: []byte(state)}}), msgPresence)
}

// presence reads on to what is told of a client.
func (c *client) presence(of uint64) yupdate.Presence {
	c.Helper()
	return c.presences(of)[of]
}

// presences reads on until something is told of each of these clients, be it in one message: what moves within a moment is told together.
func (c *client) presences(of ...uint64) map[uint64]yupdate.Presence {
	c.Helper()
	told := map[uint64]yupdate.Presence{}
	c.until(func(h heard) bool {
		if h.kind != msgPresence {
			return false
		}
		all, err := yupdate.DecodeAwareness(h.body, yupdate.Limits{})
		if err != nil {
			c.Fatal(err)
		}
		for _, one := range all {
			if _, known := told[one.Client]; !known {
				told[one.Client] = one
			}
		}
		return !slices.ContainsFunc(of, func(id uint64) bool { _, known := told[id]; return !known })
	})
	return told
}

func (s *server) person(board made, role Role, name string) (p entered) {
	s.Helper()
	s.call("POST", "/api/v1/boards/"+board.ID+"/people", board.Tokens[role], `{"name":"`+name+`"}`, 201, &p)
	return p
}

// eventually waits for what follows from something that has been seen to happen, and has no message of its own.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}
