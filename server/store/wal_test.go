package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// afterCrash gives the files of a store as a killed process leaves them, with n records, each a commit of its own, in the log.
func afterCrash(t testing.TB, n int) (files map[string][]byte, records [][]byte) {
	t.Helper()
	dir := t.TempDir()
	s, err := open(dir, Options{After: never}, tuning{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Create(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		data := bytes.Repeat(fmt.Appendf(nil, "record %d ", i), 1+i*97%900)
		if _, err := s.Append(t.Context(), "a", Record{Kind: Update, Data: data}); err != nil {
			t.Fatal(err)
		}
		records = append(records, data)
	}
	return readFiles(t, dir), records
}

// A bit flips in the write-ahead log between a crash and the start: the store is refused, or nothing is missing but, at
// most, the last commit.
func TestFlippedBitInLog(t *testing.T) {
	files, records := afterCrash(t, 40)
	const name = fileName + "-wal"
	log := files[name]
	r := rand.New(rand.NewPCG(2, 2))
	var places []int
	for i := range walHeaderSize {
		places = append(places, i)
	}
	for range 150 {
		frame := r.IntN((len(log) - walHeaderSize) / (walFrameHeader + 4096))
		start := walHeaderSize + frame*(walFrameHeader+4096)
		places = append(places, start+r.IntN(walFrameHeader), start+walFrameHeader+r.IntN(4096))
	}
	refused := 0
	for _, place := range places {
		bit := byte(1) << r.IntN(8)
		dir := t.TempDir()
		log[place] ^= bit
		writeFiles(t, dir, files)
		log[place] ^= bit
		s, err := open(dir, Options{After: never}, tuning{})
		if errors.Is(err, ErrCorrupt) {
			refused++
			continue
		}
		if err != nil {
			t.Fatalf("byte %d: %v", place, err)
		}
		got, err := s.Load(t.Context(), "a")
		if err != nil || len(got.Tail) < len(records)-1 {
			t.Errorf("byte %d, bit %#x: %d of %d records, %v", place, bit, len(got.Tail), len(records), err)
		}
		for i, r := range got.Tail {
			if !bytes.Equal(r.Data, records[i]) {
				t.Errorf("byte %d: record %d is another", place, r.Seq)
			}
		}
		s.Close()
	}
	t.Logf("%d of %d flips refused", refused, len(places))
	if refused < len(places)*8/10 {
		t.Error("too few were refused for this to mean anything")
	}
}

// However early a log ends, that is no damage.
func TestLogCutShort(t *testing.T) {
	files, _ := afterCrash(t, 6)
	log := files[fileName+"-wal"]
	for n := 0; n < len(log); n += 1 + n/walHeaderSize%13*16 {
		if at, err := damagedAt(bytes.NewReader(log[:n])); at >= 0 || err != nil {
			t.Fatalf("cut to %d bytes: damaged at %d, %v", n, at, err)
		}
	}
	for n := walHeaderSize + 1; n < len(log); n += 2039 { // garbage or nothing where the last sectors were to be
		torn := append(bytes.Clone(log[:n]), make([]byte, len(log)-n)...)
		if at, err := damagedAt(bytes.NewReader(torn)); at >= 0 || err != nil {
			t.Fatalf("zeros after %d bytes: damaged at %d, %v", n, at, err)
		}
	}
}

func FuzzLog(f *testing.F) {
	files, _ := afterCrash(f, 3)
	log := files[fileName+"-wal"]
	f.Add([]byte{})
	f.Add(log[:walHeaderSize])
	f.Add(log[:walHeaderSize+2*(walFrameHeader+4096)])
	f.Add(bytes.Repeat([]byte{0xff}, 100))
	f.Fuzz(func(t *testing.T, log []byte) {
		at, err := damagedAt(bytes.NewReader(log))
		if err != nil || at >= int64(len(log)) {
			t.Errorf("%d of %d bytes, %v", at, len(log), err)
		}
	})
}
