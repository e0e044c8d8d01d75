package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"unisson/server/store"
	"unisson/server/yupdate"
)

// keeping is what a room knows of its place on the disk.
type keeping struct {
	seq      uint64 // of the last record
	snapshot uint64 // what the last snapshot holds
	bytes    int    // of records since
	records  int
	edited   time.Time // last change, zero while there was none
	scrubbed time.Time // when the disk last forgot what was deleted
	forgets  bool      // an event since then took something away
	kept     bool      // two snapshots of one moment are not all there is: what was deleted may be there too
	saving   bool      // a snapshot is being written
}

// A snapshot is a version, the access as JSON with its length, then the whole document as one update.
const snapshotVersion = 1

var errSnapshot = errors.New("live: a snapshot of another version")

func (r *room) encode() ([]byte, error) {
	who, err := json.Marshal(r.access)
	if err != nil {
		return nil, err
	}
	doc := r.state.Bytes()
	b := make([]byte, 0, 1+len(who)+8+len(doc))
	b = yupdate.AppendBytes(append(b, snapshotVersion), who)
	return append(b, doc...), nil
}

func decodeSnapshot(b []byte) (a access, doc []byte, err error) {
	in := yupdate.NewReader(b)
	if in.Byte() != snapshotVersion {
		return a, nil, errSnapshot
	}
	who := in.Bytes()
	doc = in.Rest()
	if err := in.Err(); err != nil {
		return a, nil, err
	}
	return a, doc, json.Unmarshal(who, &a)
}

// load reads the board. Whatever cannot be read whole is refused: a board that starts blank would be merged into the real one.
func (r *room) load() error {
	ctx, cancel := context.WithTimeout(context.Background(), loadTime)
	defer cancel()
	stored, err := r.hub.store.Load(ctx, r.id)
	if err != nil {
		return err
	}
	var updates [][]byte
	if stored.Snapshot != nil {
		who, doc, err := decodeSnapshot(stored.Snapshot)
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		r.access = who
		updates = append(updates, doc)
	}
	r.keeping = keeping{seq: stored.Seq(), snapshot: stored.SnapshotSeq}
	r.keeping.kept = stored.Size != 2*int64(len(stored.Snapshot))
	if len(stored.Tail) > 0 {
		r.keeping.edited = time.Now() // nobody knows whether what was deleted then is forgotten
	}
	for _, rec := range stored.Tail {
		r.keeping.bytes += len(rec.Data)
		r.keeping.records++
		switch rec.Kind {
		case store.Update:
			updates = append(updates, rec.Data)
			r.keeping.forgets = true // whatever it took away: its room was not settled
		case store.Event:
			var e Event
			if err := json.Unmarshal(rec.Data, &e); err != nil {
				return fmt.Errorf("record %d: %w", rec.Seq, err)
			}
			if err := r.fold(e); err != nil {
				return fmt.Errorf("record %d: %w", rec.Seq, err)
			}
		default:
			return fmt.Errorf("record %d: %w", rec.Seq, errNewer)
		}
	}
	r.state, err = yupdate.LoadState(r.hub.doc, updates...)
	return err
}

// snapshotIfGrown keeps loading quick: the log stays shorter than the board, within reason. The room goes on meanwhile.
func (r *room) snapshotIfGrown() {
	k := &r.keeping
	if r.ended || k.saving || k.records < snapshotCount && k.bytes < max(snapshotGrowth, r.state.Size()) {
		return
	}
	data, err := r.encode()
	if err != nil {
		r.hub.log.Error("snapshot", "error", err.Error())
		return
	}
	upTo := k.seq
	k.saving, k.records, k.bytes = true, 0, 0
	r.hub.hold(r)
	go func() {
		err := r.write(upTo, data)
		r.post(item{do: func() {
			r.keeping.saving = false
			if err == nil {
				r.keeping.snapshot = max(r.keeping.snapshot, upTo)
			}
			r.hub.letGo(r)
		}})
	}()
}

func (r *room) write(upTo uint64, data []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	err := r.hub.store.Snapshot(ctx, r.id, upTo, data)
	if err != nil {
		r.hub.log.Warn("snapshot not written", "error", err.Error())
	}
	r.hub.leavings.dropped(len(data))
	return err
}

// settle writes the board as it is and, where anything was deleted from it or nobody may be sure that nothing was, lets the disk forget
// what: two snapshots of one moment leave nothing of what came before.
func (r *room) settle(forget bool) {
	k := &r.keeping
	if r.ended || k.saving {
		return
	}
	before := r.state.Size()
	if err := r.state.Compact(); err != nil {
		r.hub.log.Error("compaction", "error", err.Error()) // the state is as it was
	}
	data, err := r.encode()
	if err != nil {
		r.hub.log.Error("snapshot", "error", err.Error())
		return
	}
	if r.write(k.seq, data) != nil {
		return
	}
	forget = forget || k.forgets || r.state.Size() < before
	if forget && r.write(k.seq, data) != nil {
		return
	}
	*k = keeping{seq: k.seq, snapshot: k.seq, scrubbed: time.Now(), kept: !forget}
}

// scrub settles a room that stays open, or was not settled, often enough for what is promised of deleted text.
func (r *room) scrub(now time.Time) {
	k := &r.keeping
	if (!k.edited.IsZero() || k.kept) && now.Sub(k.scrubbed) >= scrubEvery {
		r.settle(true)
	}
}

// rest settles a room nobody is in and lets it go.
func (r *room) rest() {
	if r.hub.inUse(r) {
		return
	}
	if !r.keeping.edited.IsZero() {
		r.settle(false)
	}
	r.hub.free(r)
}
