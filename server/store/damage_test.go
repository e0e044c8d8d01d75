package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var (
	lastWeek = time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC)
	today    = time.Date(2031, 3, 8, 0, 0, 0, 0, time.UTC)
)

func content(what string, n, size int) []byte {
	return bytes.Repeat(fmt.Appendf(nil, "%s %d ", what, n), size)
}

// sample stores two boards and gives what board a holds: records 1 to 30, snapshots after 10 and 20.
func sample(t *testing.T, dir string) []Record {
	t.Helper()
	s, err := open(dir, Options{After: never, Clock: func() time.Time { return today }}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	var all []Record
	for i := range 30 {
		all = append(all, Record{Seq: uint64(i + 1), Kind: Kind(1 + i%2), Data: content("record", i, 1+i*3)})
	}
	if err := errors.Join(s.Create(t.Context(), "a", all...), s.Create(t.Context(), "b", all[:3]...),
		s.Snapshot(t.Context(), "a", 10, content("snapshot", 10, 600)), s.Snapshot(t.Context(), "a", 20, content("snapshot", 20, 900)),
		s.PutCode(t.Context(), "CODE-A", "a", today.Add(time.Hour)), s.PutCode(t.Context(), "CODE-B", "b", today.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	return all
}

// sound says whether what was loaded is board a, whichever of its snapshots it starts from.
func sound(got Stored, all []Record) bool {
	from := int(got.SnapshotSeq)
	switch from {
	case 10:
		if !bytes.Equal(got.Snapshot, content("snapshot", 10, 600)) {
			return false
		}
	case 20:
		if !bytes.Equal(got.Snapshot, content("snapshot", 20, 900)) {
			return false
		}
	default:
		return false
	}
	return slices.EqualFunc(got.Tail, all[from:], func(a, b Record) bool {
		return a.Seq == b.Seq && a.Kind == b.Kind && bytes.Equal(a.Data, b.Data)
	})
}

// raw changes the file behind the store's back, while it is closed.
func raw(t *testing.T, dir, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, fileName), "", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	done, err := db.Exec(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%s: %d rows, %v", query, n, err)
	}
}

func read[T any](t *testing.T, dir, query string) (v T) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, fileName), "", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func flip(data []byte, r *rand.Rand) []byte {
	data = bytes.Clone(data)
	data[r.IntN(len(data))] ^= 1 << r.IntN(8)
	return data
}

// One bit of each record, snapshot, number, sum and date.
func TestFlippedBitInRows(t *testing.T) {
	base := t.TempDir()
	all := sample(t, base)
	files := readFiles(t, base)
	r := rand.New(rand.NewPCG(5, 5))
	type flipped struct {
		name, table, where string
		column             string
		want               func(Stored, error) bool
	}
	refused := func(_ Stored, err error) bool { return errors.Is(err, ErrCorrupt) }
	fellBack := func(got Stored, err error) bool {
		return err == nil && got.SnapshotSeq == 10 && sound(got, all) && got.Damaged
	}
	// Nobody knows of a snapshot that says it is another board's; the one before it tells the same.
	strayed := func(got Stored, err error) bool { return err == nil && got.SnapshotSeq == 10 && sound(got, all) }
	var tries []flipped
	for seq := 21; seq <= 30; seq++ {
		for _, column := range []string{"data", "sum", "kind", "at"} {
			tries = append(tries, flipped{fmt.Sprint("record ", seq, " ", column), "log", fmt.Sprintf("at = %d", at(1, int64(seq))), column, refused})
		}
	}
	tries = append(tries, flipped{"newest snapshot board", "snapshots", "seq = 20", "board", strayed})
	for _, column := range []string{"data", "sum", "seq"} {
		tries = append(tries, flipped{"newest snapshot " + column, "snapshots", "seq = 20", column, fellBack})
	}
	for _, column := range []string{"seq", "touched", "sum"} {
		tries = append(tries, flipped{"board " + column, "boards", "id = 'a'", column, refused})
	}
	for _, try := range tries {
		t.Run(try.name, func(t *testing.T) {
			dir := t.TempDir()
			writeFiles(t, dir, files)
			if try.column == "data" {
				data := read[[]byte](t, dir, "SELECT data FROM "+try.table+" WHERE "+try.where)
				raw(t, dir, "UPDATE "+try.table+" SET data = ? WHERE "+try.where, flip(data, r))
			} else {
				n := read[int64](t, dir, "SELECT "+try.column+" FROM "+try.table+" WHERE "+try.where)
				bits := []int{0, 1, 7, 31}
				if try.column == "at" {
					bits = []int{5, 6, 33} // elsewhere another record is in the way
				}
				raw(t, dir, "UPDATE "+try.table+" SET "+try.column+" = ? WHERE "+try.where, n^1<<bits[r.IntN(len(bits))])
			}
			s := openTest(t, dir, tuning{})
			got, err := s.Load(t.Context(), "a")
			if !try.want(got, err) {
				t.Fatalf("snapshot %d, %d records, damaged %v, %v", got.SnapshotSeq, len(got.Tail), got.Damaged, err)
			}
			if got, err := s.Load(t.Context(), "b"); err != nil || !slices.EqualFunc(got.Tail, all[:3], func(a, b Record) bool { return bytes.Equal(a.Data, b.Data) }) {
				t.Fatalf("the other board: %v", err)
			}
		})
	}
}

// A damaged snapshot is not one of the two that are kept: the sound one stays until there are two again.
func TestSnapshotBesideDamagedOne(t *testing.T) {
	dir := t.TempDir()
	all := sample(t, dir)
	spoil := func(seq int) {
		raw(t, dir, fmt.Sprintf("UPDATE snapshots SET data = zeroblob(9) WHERE seq = %d", seq))
	}
	spoil(20)
	s := openTest(t, dir, tuning{})
	if err := s.Snapshot(t.Context(), "a", 30, []byte("thirty")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Load(t.Context(), "a"); err != nil || got.SnapshotSeq != 30 || got.Damaged {
		t.Fatalf("snapshot %d, damaged %v, %v", got.SnapshotSeq, got.Damaged, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(30)
	s = openTest(t, dir, tuning{})
	if got, err := s.Load(t.Context(), "a"); err != nil || got.SnapshotSeq != 10 || !sound(got, all) {
		t.Fatalf("snapshot %d, %v", got.SnapshotSeq, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(10)
	s = openTest(t, dir, tuning{})
	if _, err := s.Load(t.Context(), "a"); !errors.Is(err, ErrCorrupt) {
		t.Fatalf("nothing sound remains: %v", err)
	}
	if err := s.Delete(t.Context(), "a"); err != nil {
		t.Fatalf("a damaged board cannot be deleted: %v", err)
	}
}

// The first snapshot may be damaged too: the log is still whole then.
func TestOnlySnapshotDamaged(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, tuning{})
	if err := errors.Join(s.Create(t.Context(), "a", Record{Kind: Update, Data: []byte("1")}, Record{Kind: Update, Data: []byte("2")}), s.Snapshot(t.Context(), "a", 1, []byte("s")), s.Close()); err != nil {
		t.Fatal(err)
	}
	raw(t, dir, "UPDATE snapshots SET data = 't'")
	s = openTest(t, dir, tuning{})
	if got, err := s.Load(t.Context(), "a"); err != nil || !got.Damaged {
		t.Fatalf("%v %v", got, err)
	}
	holds(t, s, "a", [][]byte{[]byte("1"), []byte("2")})
}

// One bit anywhere in the file: pages, pointers and headers included. A board is given as it was, or not at all; a code
// leads to its board, or nowhere; no board looks idle that is not.
func TestFlippedBitAnywhere(t *testing.T) {
	base := t.TempDir()
	all := sample(t, base)
	data := readFiles(t, base)[fileName]
	r := rand.New(rand.NewPCG(9, 9))
	var places []int
	for _, rec := range all[20:] { // one in the stored data of each record, however it is split over pages
		if i := bytes.Index(data, rec.Data[:min(len(rec.Data), 20)]); i >= 0 {
			places = append(places, i+r.IntN(10))
		} else {
			t.Fatalf("record %d is not in the file", rec.Seq)
		}
	}
	for range 250 {
		places = append(places, r.IntN(len(data)))
	}
	// Where the structure is: the first bytes of each page.
	for page := 0; page < len(data); page += 4096 {
		for range 6 {
			places = append(places, page+r.IntN(24))
		}
	}
	dir := t.TempDir()
	served, refused := 0, 0
	for _, place := range places {
		bit := byte(1) << r.IntN(8)
		data[place] ^= bit
		writeFiles(t, dir, map[string][]byte{fileName: data})
		data[place] ^= bit
		s, err := open(dir, Options{After: never, Clock: func() time.Time { return today }}, tuning{})
		if err != nil {
			refused++
			continue
		}
		got, err := s.Load(t.Context(), "a")
		switch {
		case err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrNotFound):
			t.Errorf("byte %d: %v", place, err)
		case err != nil:
			refused++
		case !sound(got, all):
			t.Fatalf("byte %d, bit %#x: served silently: snapshot %d, %d records", place, bit, got.SnapshotSeq, len(got.Tail))
		default:
			served++
		}
		if id, err := s.Code(t.Context(), "CODE-A"); err == nil && id != "a" {
			t.Errorf("byte %d: the code of a leads to %q", place, id)
		}
		if ids, _ := s.Idle(t.Context(), lastWeek, 10); len(ids) > 0 {
			t.Errorf("byte %d: %v look idle", place, ids)
		}
		if err := s.Close(); err != nil && !errors.Is(classify(err), ErrCorrupt) {
			t.Errorf("byte %d: %v", place, err)
		}
	}
	t.Logf("%d flips: %d boards refused, %d whole", len(places), refused, served)
	if refused < 20 || served < 100 {
		t.Errorf("%d refused, %d whole: these flips try nothing", refused, served)
	}
}
