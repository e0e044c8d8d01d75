package live

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"unisson/server/store"
)

// bubble is a hub whose clock is a false one and whose connections are in memory: a month passes at once, and what a test sees does
// not depend on how fast the machine is.
type bubble struct {
	*testing.T
	hub    *Hub
	boards *store.SQLite
	conns  chan net.Conn
	ended  chan struct{}
	once   sync.Once
}

func (b *bubble) Accept() (net.Conn, error) {
	select {
	case c := <-b.conns:
		return c, nil
	case <-b.ended:
		return nil, net.ErrClosed
	}
}

func (b *bubble) Close() error {
	b.once.Do(func() { close(b.ended) })
	return nil
}

func (b *bubble) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func inBubble(t *testing.T, limits func(*Limits), f func(b *bubble)) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		boards, err := store.Open(dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := Defaults
		l.PerAddress, l.Boards = 0, 0
		if limits != nil {
			limits(&l)
		}
		b := &bubble{T: t, boards: boards, conns: make(chan net.Conn), ended: make(chan struct{})}
		b.hub = New(Config{Log: boards, Limits: l, Logger: slog.New(slog.DiscardHandler)})
		e := echo.New()
		b.hub.Bind(e)
		h := &http.Server{Handler: e}
		served := make(chan struct{})
		go func() {
			h.Serve(b)
			close(served)
		}()
		f(b)
		if err := b.hub.Drain(t.Context()); err != nil {
			t.Error(err)
		}
		h.Close()
		<-served
		if err := boards.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (b *bubble) create() (id string, tokens map[Role]string) {
	b.Helper()
	client, server := net.Pipe()
	defer client.Close()
	b.conns <- server
	if _, err := io.WriteString(client, "POST /api/v1/boards HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"); err != nil {
		b.Fatal(err)
	}
	all, err := io.ReadAll(client)
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := strings.Cut(string(all), "\r\n\r\n")
	var m made
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		b.Fatalf("%v: %s", err, all)
	}
	return m.ID, m.Tokens
}

func (b *bubble) dial(id, token string) (*client, error) {
	d := websocket.Dialer{Subprotocols: []string{protocol, bearerPrefix + token}, NetDial: func(string, string) (net.Conn, error) {
		client, server := net.Pipe()
		b.conns <- server
		return client, nil
	}}
	ws, _, err := d.Dial("ws://a/sync/"+id, nil)
	if err != nil {
		return nil, err
	}
	return &client{b.T, ws}, nil
}

// A client that no longer answers is pinged at its turn, then missed.
func TestPingAndPong(t *testing.T) {
	inBubble(t, nil, func(b *bubble) {
		id, tokens := b.create()
		alive, err := b.dial(id, tokens[Editor])
		if err != nil {
			t.Fatal(err)
		}
		dead, err := b.dial(id, tokens[Editor])
		if err != nil {
			t.Fatal(err)
		}
		pings := make(chan time.Time, 100)
		alive.ws.SetPingHandler(func(data string) error {
			pings <- time.Now()
			return alive.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		})
		dead.ws.SetPingHandler(func(string) error { return nil })
		go func() {
			for {
				if _, _, err := alive.ws.ReadMessage(); err != nil {
					return
				}
			}
		}()
		start := time.Now()
		_, _, err = dead.ws.ReadMessage() // what the server says first
		for err == nil {
			_, _, err = dead.ws.ReadMessage()
		}
		if !websocket.IsCloseError(err, closeGone) {
			t.Errorf("the silent one: %v", err)
		}
		if took := time.Since(start); took < Defaults.Pong || took > Defaults.Pong+2*time.Second {
			t.Errorf("missed after %v", took)
		}
		time.Sleep(time.Hour)
		if n := len(pings); n != 100 {
			t.Errorf("%d pings", n)
		}
		first, second := <-pings, <-pings
		if gap := second.Sub(first); gap != Defaults.Ping {
			t.Errorf("%v between two pings", gap)
		}
		alive.ws.Close()
		dead.ws.Close()
	})
}

// Somebody who only looks on, in a room where nothing happens, hears something often enough for y-websocket not to think the connection lost.
func TestNobodyIsLeftInSilence(t *testing.T) {
	inBubble(t, nil, func(b *bubble) {
		id, tokens := b.create()
		c, err := b.dial(id, tokens[Viewer])
		if err != nil {
			t.Fatal(err)
		}
		c.state()
		c.ws.SetReadDeadline(time.Time{})
		for range 1000 {
			last := time.Now()
			_, m, err := c.ws.ReadMessage()
			if err != nil {
				t.Fatal(err)
			}
			if waited := time.Since(last); waited > 20*time.Second {
				t.Fatalf("%v of silence", waited)
			}
			if !bytes.Equal(m, []byte{msgPresence, 1, 0}) {
				t.Fatalf("told %x", m)
			}
		}
		c.ws.Close()
	})
}

// Over the rate, messages are read as fast as the rate, and none is lost.
func TestRate(t *testing.T) {
	inBubble(t, nil, func(b *bubble) {
		id, tokens := b.create()
		c, err := b.dial(id, tokens[Editor])
		if err != nil {
			t.Fatal(err)
		}
		const n = 300
		start := time.Now()
		go func() {
			for i := range n {
				c.ws.WriteMessage(websocket.BinaryMessage, said(inserted(uint64(i+1), 0, "kept"), msgSync, syncUpdate))
			}
		}()
		clients := map[string]bool{}
		for len(clients) < n {
			c.ws.SetReadDeadline(time.Now().Add(time.Minute))
			h, err := c.next()
			if err != nil {
				t.Fatal(err)
			}
			if h.kind == msgSync && h.sub == syncUpdate {
				for i := range n {
					if own := string(inserted(uint64(i+1), 0, "kept")[2:12]); strings.Contains(string(h.body), own) {
						clients[own] = true
					}
				}
			}
		}
		rate := float64(n-Defaults.Rate) / time.Since(start).Seconds()
		if rate > float64(Defaults.Rate)*1.05 || rate < float64(Defaults.Rate)*0.9 {
			t.Errorf("%.1f messages a second", rate)
		}
		c.ws.Close()
	})
}

// Memory is given back at once after copies of large boards, and after a crowd came; not while it comes, nor for every visitor.
func TestLeavings(t *testing.T) {
	var l leavings
	at := time.Unix(1, 0)
	for range crowdCame - 1 {
		l.arrived(at)
	}
	l.dropped(returnFrom - 1)
	later := at.Add(crowdPause)
	if l.due(later) {
		t.Error("due for little")
	}
	l.arrived(at)
	if l.due(later.Add(-1)) {
		t.Error("due while a crowd comes")
	}
	if !l.due(later) || l.due(later) {
		t.Error("not due once, and only once, after a crowd came")
	}
	for range 2 * returnFrom / largeCopy {
		l.dropped(largeCopy - 1)
	}
	if l.due(later) {
		t.Error("due for small copies")
	}
	l.dropped(returnFrom)
	l.rests = later
	if l.due(later.Add(-1)) {
		t.Error("due while it rests")
	}
	if !l.due(later) || l.due(later) {
		t.Error("not due once, and only once, after large copies")
	}
}

// A board nobody opens is deleted when people were told, not a day before; one that is read lives on.
func TestExpiry(t *testing.T) {
	inBubble(t, func(l *Limits) { l.Retention = 9 * 24 * time.Hour }, func(b *bubble) {
		left, _ := b.create()
		read, tokens := b.create()
		for range 8 {
			time.Sleep(26 * time.Hour)
			c, err := b.dial(read, tokens[Viewer])
			if err != nil {
				t.Fatal(err)
			}
			c.state()
			c.ws.Close()
		}
		synctest.Wait()
		if _, err := b.boards.Load(b.Context(), left); err != nil {
			t.Errorf("eight hours early: %v", err)
		}
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		if _, err := b.boards.Load(b.Context(), left); err != store.ErrNotFound {
			t.Errorf("once its time has come: %v", err)
		}
		if _, err := b.boards.Load(b.Context(), read); err != nil {
			t.Errorf("the one that is read: %v", err)
		}
	})
}

// A board that stays open for days forgets what was deleted in it within one.
func TestForgettingWhileOpen(t *testing.T) {
	inBubble(t, nil, func(b *bubble) {
		id, tokens := b.create()
		c, err := b.dial(id, tokens[Editor])
		if err != nil {
			t.Fatal(err)
		}
		c.send(said(inserted(1, 0, "confidence"), msgSync, syncUpdate))
		c.untilSync(syncUpdate)
		c.send(said(deleted(1, 0, 10), msgSync, syncUpdate))
		c.untilSync(syncUpdate)
		ended := make(chan struct{})
		go func() { // a browser answers pings
			defer close(ended)
			c.ws.SetReadDeadline(time.Time{})
			for {
				if _, _, err := c.ws.ReadMessage(); err != nil {
					return
				}
			}
		}()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		stored, err := b.boards.Load(b.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if holds(stored.Snapshot, "confidence") || slices.ContainsFunc(stored.Tail, func(r store.Record) bool { return holds(r.Data, "confidence") }) {
			t.Error("still on the disk")
		}
		select {
		case <-ended:
			t.Error("the connection has ended")
		default:
		}
		c.ws.Close()
		<-ended
	})
}

// A board whose server died before it could settle forgets what was deleted within a day too, though nobody opens it.
func TestForgettingAfterACrash(t *testing.T) {
	inBubble(t, nil, func(b *bubble) {
		id, _ := b.create()
		synctest.Wait()
		kept := func() bool {
			stored, err := b.boards.Load(b.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			return holds(stored.Snapshot, "confidence") || slices.ContainsFunc(stored.Tail, func(r store.Record) bool { return holds(r.Data, "confidence") })
		}
		for _, update := range [][]byte{inserted(1, 0, "confidence"), deleted(1, 0, 10)} {
			if _, err := b.boards.Append(b.Context(), id, store.Record{Kind: store.Update, Data: update}); err != nil {
				t.Fatal(err)
			}
		}
		if !kept() {
			t.Fatal("it is not there to begin with")
		}
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if kept() {
			t.Error("still on the disk")
		}
		stored, err := b.boards.Load(b.Context(), id)
		if err != nil || stored.Size != 2*int64(len(stored.Snapshot)) {
			t.Errorf("%d bytes beside two snapshots of %d, %v", stored.Size, len(stored.Snapshot), err)
		}
	})
}
