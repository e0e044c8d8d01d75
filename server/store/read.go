package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// snapshotRow is where a snapshot lies and how far it reaches; zero where there is none.
type snapshotRow struct{ row, seq, bytes int64 }

// view is one reading of the file as it is at a moment.
type view struct {
	ctx context.Context
	tx  *sql.Tx
}

func (s *SQLite) view(ctx context.Context, read func(view) error) error {
	s.life.RLock()
	defer s.life.RUnlock()
	if s.closed {
		return ErrClosed
	}
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return unread(ctx, err)
	}
	defer tx.Rollback()
	return unread(ctx, read(view{ctx, tx}))
}

// unread says why nothing could be read.
func unread(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return classify(err)
}

func (v view) head(id string) (head, error) {
	h := head{id: id}
	var check int64
	err := v.tx.QueryRowContext(v.ctx, "SELECT key, seq, touched, sum FROM boards WHERE id = ?", id).Scan(&h.key, &h.seq, &h.touched, &check)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return h, ErrNotFound
	case err != nil:
		return h, err
	case check != h.sum():
		return h, ErrCorrupt
	}
	return h, nil
}

// snapshots lists a board's, the newest first.
func (v view) snapshots(h head) (all []snapshotRow, err error) {
	rows, err := v.tx.QueryContext(v.ctx, "SELECT row, seq, length(data) FROM snapshots WHERE board = ? ORDER BY row DESC", h.key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r snapshotRow
		if err := rows.Scan(&r.row, &r.seq, &r.bytes); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// snapshot reads one: ErrCorrupt.
func (v view) snapshot(h head, r snapshotRow) ([]byte, error) {
	var data []byte
	var check int64
	if err := v.tx.QueryRowContext(v.ctx, "SELECT sum, data FROM snapshots WHERE row = ?", r.row).Scan(&check, &data); err != nil {
		return nil, err
	}
	if check != sumSnapshot(h.id, r.seq, data) {
		return nil, ErrCorrupt
	}
	return data, nil
}

// tail reads the records after one, all of them or none: ErrCorrupt.
func (v view) tail(h head, after int64) ([]Record, error) {
	if after > h.seq || after < 0 {
		return nil, ErrCorrupt
	}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT at, kind, sum, data FROM log WHERE at BETWEEN ? AND ? ORDER BY at", at(h.key, after+1), at(h.key, maxSeq))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Record
	seq := after
	for rows.Next() {
		var place, kind, check int64
		r := Record{}
		if err := rows.Scan(&place, &kind, &check, &r.Data); err != nil {
			return nil, err
		}
		seq++
		r.Seq, r.Kind = uint64(seq), Kind(kind)
		if place != at(h.key, seq) || int64(r.Kind) != kind || check != sumRecord(h.id, r) {
			return nil, ErrCorrupt
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if seq != h.seq {
		return nil, ErrCorrupt
	}
	return all, nil
}

func damaged(err error) bool { return errors.Is(classify(err), ErrCorrupt) }

func (s *SQLite) Load(ctx context.Context, id string) (got Stored, err error) {
	err = s.view(ctx, func(v view) error {
		h, err := v.head(id)
		if err != nil {
			return err
		}
		rows, err := v.snapshots(h)
		if err != nil && !damaged(err) {
			return err
		}
		got.Damaged = err != nil
		// Last comes the log alone: until the second snapshot it is whole.
		for _, r := range append(rows, snapshotRow{}) {
			got.Snapshot, got.Tail, err = v.state(h, r)
			if err == nil {
				got.SnapshotSeq = uint64(r.seq)
				got.Size, err = v.size(h, rows)
				return err
			}
			if !damaged(err) {
				return err
			}
			got.Damaged = true
		}
		return ErrCorrupt
	})
	if err != nil {
		return Stored{}, err
	}
	return got, nil
}

// state is the board from one snapshot on: ErrCorrupt.
func (v view) state(h head, r snapshotRow) (snapshot []byte, tail []Record, err error) {
	if r.row > 0 {
		if snapshot, err = v.snapshot(h, r); err != nil {
			return nil, nil, err
		}
	}
	tail, err = v.tail(h, r.seq)
	return snapshot, tail, err
}

// size sums what is kept of a board, as far as it can be read.
func (v view) size(h head, rows []snapshotRow) (n int64, err error) {
	err = v.tx.QueryRowContext(v.ctx, "SELECT coalesce(sum(length(data)), 0) FROM log WHERE at BETWEEN ? AND ?", at(h.key, 0), at(h.key, h.seq)).Scan(&n)
	if err != nil && !damaged(err) {
		return 0, err
	}
	for _, r := range rows {
		n += r.bytes
	}
	return n, nil
}

// soundSnapshot is the newest one whose sum is right, zero where there is none, and the newest row of all.
func (s *SQLite) soundSnapshot(ctx context.Context, id string) (newest int64, sound snapshotRow, err error) {
	err = s.view(ctx, func(v view) error {
		h, err := v.head(id)
		if err != nil {
			return err
		}
		rows, err := v.snapshots(h)
		if err != nil {
			return err
		}
		for i, r := range rows {
			if i == 0 {
				newest = r.row
			}
			switch _, err := v.snapshot(h, r); {
			case err == nil:
				sound = r
				return nil
			case !damaged(err):
				return err
			}
		}
		return nil
	})
	return newest, sound, err
}

func (s *SQLite) Idle(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return s.boards(ctx, "touched < ?", before, limit)
}

func (s *SQLite) Kept(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return s.boards(ctx, "touched < ? AND EXISTS (SELECT 1 FROM log WHERE at BETWEEN key << 32 AND key << 32 | 4294967295)", before, limit)
}

// boards lists the sound ones last touched before a moment, the oldest first.
func (s *SQLite) boards(ctx context.Context, where string, before time.Time, limit int) (ids []string, err error) {
	err = s.view(ctx, func(v view) error {
		rows, err := v.tx.QueryContext(ctx, "SELECT id, seq, touched, sum FROM boards WHERE "+where+" ORDER BY touched", before.UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for len(ids) < limit && rows.Next() {
			var h head
			var check int64
			if err := rows.Scan(&h.id, &h.seq, &h.touched, &check); err != nil {
				return err
			}
			if check == h.sum() {
				ids = append(ids, h.id)
			}
		}
		return rows.Err()
	})
	return ids, err
}

func (s *SQLite) Code(ctx context.Context, code string) (id string, err error) {
	err = s.view(ctx, func(v view) error {
		var until, check int64
		err := v.tx.QueryRowContext(ctx, "SELECT boards.id, expires, codes.sum FROM codes JOIN boards ON key = board WHERE code = ?", code).Scan(&id, &until, &check)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		case check != sumCode(code, id, until):
			return ErrCorrupt
		case until <= s.clock().UnixMilli():
			return ErrNotFound
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return id, nil
}
