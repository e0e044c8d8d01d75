package live

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// flush makes durable what waits, and tells what has changed beside the document.
func (r *room) flush() {
	r.commit()
	r.talk()
}

// commit makes the waiting updates durable in one write, and only then part of the board and known to anybody: the frame
// everybody gets is also its senders' acknowledgement.
func (r *room) commit() {
	if len(r.pending) == 0 {
		return
	}
	fresh := r.pending[:0]
	for _, it := range r.pending {
		if news, err := r.state.News(it.update); err != nil {
			r.refuse(it.conn, err)
			r.finish(it)
		} else if !news {
			it.conn.send(message(it.update, msgSync, syncUpdate)) // durable already: acknowledged to its sender alone
			r.finish(it)
		} else {
			fresh = append(fresh, it)
		}
	}
	r.pending = nil
	if len(fresh) > 1 {
		updates := make([][]byte, len(fresh))
		for i, it := range fresh {
			updates[i] = it.update
		}
		// Each fits the board's limits by itself; together they may not, and then go one by one.
		if merged, err := yupdate.Merge(updates...); err == nil {
			if _, err := r.state.News(merged); err == nil {
				r.keep(merged, fresh)
				return
			}
		}
	}
	for i, it := range fresh {
		if r.ended {
			for _, left := range fresh[i:] {
				r.finish(left)
			}
			return
		}
		if _, err := r.state.News(it.update); i > 0 && err != nil {
			r.refuse(it.conn, err)
			r.finish(it)
			continue
		}
		r.keep(it.update, fresh[i:i+1])
	}
}

// keep commits one update that these items make.
func (r *room) keep(update []byte, items []item) {
	err := r.append(store.Record{Kind: store.Update, Data: update})
	if err == nil {
		_, err = r.state.Apply(update)
		if err != nil { // News said otherwise: what is in memory is no longer what is on the disk
			r.hub.log.Error("update kept but not applied", "error", err.Error())
			r.end(closeFault, "")
		}
	} else {
		r.unkept(items, err)
	}
	if err == nil {
		r.broadcast(message(update, msgSync, syncUpdate))
	}
	for _, it := range items {
		r.finish(it)
	}
	r.snapshotIfGrown()
}

// append writes records; it answers once they are durable.
func (r *room) append(records ...store.Record) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	seq, err := r.hub.store.Append(ctx, r.id, records...)
	if err != nil {
		return err
	}
	r.keeping.seq = seq
	r.keeping.edited = time.Now()
	for _, rec := range records {
		r.keeping.records++
		r.keeping.bytes += len(rec.Data)
	}
	return nil
}

// unkept answers those whose edits could not be written. They are cut with "come back": their edits are in their browsers, and coming
// back they offer them again, as often as it takes for the disk to have room. Everybody else stays and reads on.
func (r *room) unkept(items []item, err error) {
	r.hub.log.Error("edits could not be kept", "error", err.Error())
	switch {
	case errors.Is(err, store.ErrNotFound):
		r.end(closeDeleted, "deleted")
	case errors.Is(err, store.ErrFull), errors.Is(err, context.DeadlineExceeded):
		for _, it := range items {
			it.conn.cut(closeSlow, "cannot be kept now")
		}
	default:
		r.end(closeFault, "")
	}
}

// refuse answers an update that is unsound or finds no room.
func (r *room) refuse(c *conn, err error) {
	switch {
	case errors.Is(err, yupdate.ErrTooLarge), errors.Is(err, yupdate.ErrPending):
		c.cut(closeFull, "the board is full")
	default:
		c.cut(closeMalformed, "malformed update")
	}
}

// record makes an event durable, then part of the board.
func (r *room) record(e Event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := r.append(store.Record{Kind: store.Event, Data: data}); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			r.end(closeDeleted, "deleted")
		}
		return err
	}
	if err := r.fold(e); err != nil {
		return err
	}
	r.talking.changed = true
	return nil
}

// fold applies an event and notes where it takes something away that the disk is to forget.
func (r *room) fold(e Event) error {
	if e.Kind == evRevealed || e.Kind == evRemoved || e.Kind == evRound {
		r.keeping.forgets = true
	}
	return r.access.apply(e)
}
