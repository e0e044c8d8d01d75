package live

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"time"

	"unisson/server/fault"
	"unisson/server/store"
	"unisson/server/ydoc"
	"unisson/server/yupdate"
)

// readAtOnce is how many boards are read as documents at a time: one takes memory and time that the sync path never asks for.
const readAtOnce = 2

// Board is a board as the page writes it to a file (JSON, unisson/1), with every edit that is durable. It asks nobody's leave.
func (h *Hub) Board(ctx context.Context, id string) ([]byte, error) {
	r, err := h.open(ctx, id)
	if err != nil {
		return nil, faultOf(err)
	}
	defer h.letGo(r)
	var whole []byte
	if err := r.ask(ctx, func() error {
		whole = r.state.Bytes()
		return nil
	}); err != nil {
		return nil, faultOf(err)
	}
	return h.document(ctx, whole)
}

// board is Board for a request, whose right is looked at again.
func (a asked) board() ([]byte, error) {
	var whole []byte
	if err := a.change(func() error {
		whole = a.room.state.Bytes()
		return nil
	}); err != nil {
		return nil, err
	}
	return a.room.hub.document(a.Request().Context(), whole)
}

func (h *Hub) document(ctx context.Context, update []byte) ([]byte, error) {
	if err := h.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer h.reading.Release(1)
	board, err := ydoc.Board(update, h.doc)
	if err != nil {
		h.log.Error("board not read", "error", err.Error())
		return nil, errTangled
	}
	return board, nil
}

// Create makes a board and gives the tokens of its roles, which nobody can get again. The document, where there is one, is what
// boardjson.Decode accepts; the board is new, whatever the document's own id.
func (h *Hub) Create(ctx context.Context, name string, document []byte) (id string, secrets map[Role]string, err error) {
	h.mu.Lock()
	draining := h.draining
	h.mu.Unlock()
	if draining {
		return "", nil, errStopping
	}
	var content []store.Record
	if document != nil {
		update, err := h.firstUpdate(document)
		if err != nil {
			return "", nil, err
		}
		content = []store.Record{{Kind: store.Update, Data: update}}
	}
	now, kept := time.Now(), tokens{}
	id, secrets = random(h.rand, 16), map[Role]string{}
	for _, role := range roles {
		secrets[role] = random(h.rand, tokenBytes)
		*kept.of(role) = hashOf(secrets[role])
	}
	first, err := json.Marshal(Event{Kind: evCreated, At: now.UnixMilli(), Day: now.UTC().Format(time.DateOnly), Name: name, Tokens: &kept})
	if err != nil {
		return "", nil, err
	}
	records := append([]store.Record{{Kind: store.Event, Data: first}}, content...)
	if err := h.store.Create(ctx, id, records...); err != nil {
		return "", nil, faultOf(err)
	}
	return id, secrets, nil
}

func (h *Hub) firstUpdate(document []byte) ([]byte, error) {
	var client [4]byte
	if _, err := io.ReadFull(h.rand, client[:]); err != nil {
		return nil, err
	}
	update, err := ydoc.First(document, binary.BigEndian.Uint32(client[:]))
	if err != nil {
		return nil, fault.New(fault.Document, "problem.document")
	}
	switch err := yupdate.Validate(update, h.doc); {
	case errors.Is(err, yupdate.ErrTooDeep):
		return nil, fault.New(fault.Document, "problem.document")
	case err != nil:
		return nil, fault.New(fault.Long, "problem.long", "limit", float64(h.limits.Board>>20))
	}
	return update, nil
}
