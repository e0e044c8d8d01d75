// Package store keeps boards: for each one a log of records in the order they were written, and snapshots of what they
// amount to. It knows nothing of what is inside either. SQLite is the engine of one server; package storetest is what any
// engine must pass.
package store

import (
	"context"
	"errors"
	"time"
)

// Kind says what a record holds. It is stored: numbers are never reused.
type Kind uint8

const (
	Update Kind = 1 // a Yjs update
	Event  Kind = 2 // an access or session event, as JSON
)

// Record is one entry of a board's log. Seq counts from 1 without a gap; the store gives it, and ignores the one it is given.
type Record struct {
	Seq  uint64
	Kind Kind
	Data []byte
}

// Stored is a whole board: the snapshot holds records 1 to SnapshotSeq, Tail the ones after it.
type Stored struct {
	Snapshot    []byte // nil where there is none yet
	SnapshotSeq uint64 // 0 where there is none yet
	Tail        []Record
	Size        int64 // bytes of data kept for the board: both snapshots and every record not yet trimmed
	Damaged     bool  // the newest snapshot could not be read; this is the same state from what was kept before it
}

// Seq is the number of the last record, 0 for a board without any.
func (s Stored) Seq() uint64 {
	if n := len(s.Tail); n > 0 {
		return s.Tail[n-1].Seq
	}
	return s.SnapshotSeq
}

var (
	ErrExists   = errors.New("store: it exists already")
	ErrNotFound = errors.New("store: no such board or code")
	ErrFull     = errors.New("store: nothing can be written now (disk full or failing)")
	ErrCorrupt  = errors.New("store: damaged on disk")
	ErrSeq      = errors.New("store: sequence number out of range")
	ErrLocked   = errors.New("store: the folder is in use by another process")
	ErrNewer    = errors.New("store: written by a newer version of the program")
	ErrForeign  = errors.New("store: the file belongs to another program")
	ErrClosed   = errors.New("store: closed")
)

// Log is what a room needs of a store. All methods may be called at once from any goroutine.
//
// A write that returns nil is durable: no crash and no power cut takes it back. A write that returns an error has changed
// nothing, whole calls being atomic; its context is obeyed as long as the write waits its turn, and no longer heeded once
// it is being committed, so that the answer is never in doubt. (After ErrFull alone, a power cut in the next moment may
// yet reveal the records refused.) Data is not kept after the call.
//
// Every method but Close may also answer ErrClosed, and the error of its context.
type Log interface {
	// Create makes a board with its first records. ErrExists, ErrFull.
	Create(ctx context.Context, id string, first ...Record) error
	// Append adds records and gives the number of the last one. Without records it gives the board's last number.
	// ErrNotFound, ErrFull, ErrCorrupt.
	Append(ctx context.Context, id string, records ...Record) (seq uint64, err error)
	// Load gives a board whose every byte has been checked. Where the newest snapshot is damaged, what was kept before it
	// gives the same state; where nothing sound remains, ErrCorrupt. ErrNotFound.
	Load(ctx context.Context, id string) (Stored, error)
	// Snapshot keeps data as the state after record upTo. The last two sound snapshots are kept, and the records after the
	// older of them: two calls with one upTo therefore leave nothing of what was deleted before it.
	// ErrSeq where upTo is beyond the log or before the newest snapshot; ErrNotFound, ErrFull, ErrCorrupt.
	Snapshot(ctx context.Context, id string, upTo uint64, data []byte) error
	// Delete removes a board, its snapshots and codes from the disk, not only from sight. ErrNotFound, ErrFull.
	Delete(ctx context.Context, id string) error
	// Idle lists up to limit boards whose last record was appended before a moment, the oldest first. Damaged ones are left out.
	Idle(ctx context.Context, before time.Time, limit int) ([]string, error)
	// Kept lists up to limit boards, like Idle, of which records are still there: those that two snapshots of their last record have not let go.
	Kept(ctx context.Context, before time.Time, limit int) ([]string, error)
	// PutCode makes code lead to a board until a moment. ErrExists while it leads to one already; ErrNotFound, ErrFull.
	PutCode(ctx context.Context, code, id string, expires time.Time) error
	// Code is the board a code leads to. ErrNotFound, also once expired or its board deleted; ErrCorrupt.
	Code(ctx context.Context, code string) (id string, err error)
	// Ready writes something, durably, and takes it away again. ErrFull.
	Ready(ctx context.Context) error
	// Close ends what is under way and refuses the rest.
	Close() error
}
