package store_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"unisson/server/store"
)

// childEnv makes the test program a process to be killed: it names the folder to write to.
const childEnv = "UNISSON_STORE_CHILD"

const killBoards = 4

// payload is what a record of a run holds: large enough at times to need several pages.
func payload(run, writer, i int) []byte {
	return bytes.Repeat(fmt.Appendf(nil, "%d.%d.%d ", run, writer, i), 1+i*i%700)
}

// child writes for ever from eight goroutines, with snapshots and deletions in between, and prints what was acknowledged:
// board, number, CRC of the data.
func child(arg string) error {
	number, dir, _ := strings.Cut(arg, ":")
	run, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	ctx := context.Background()
	for b := range killBoards {
		if err := s.Create(ctx, fmt.Sprint("b", b)); err != nil && !errors.Is(err, store.ErrExists) {
			return err
		}
	}
	var mu sync.Mutex
	failed := make(chan error, 8)
	for w := range 8 {
		go func() {
			id := fmt.Sprint("b", w%killBoards)
			for i := 0; ; i++ {
				data := payload(run, w, i)
				seq, err := s.Append(ctx, id, store.Record{Kind: store.Update, Data: data})
				if err != nil {
					failed <- err
					return
				}
				mu.Lock()
				fmt.Println(id, seq, crc32.ChecksumIEEE(data))
				mu.Unlock()
				if w == 3 && i%8 == 7 {
					// The last board is trimmed as it goes; its snapshots only say how far they reach.
					if err := s.Snapshot(ctx, id, seq, strconv.AppendUint(nil, seq, 10)); err != nil {
						failed <- err
						return
					}
				}
				if w == 7 && i%16 == 15 {
					gone := fmt.Sprintf("gone%d.%d", run, i)
					if err := errors.Join(s.Create(ctx, gone, store.Record{Kind: store.Update, Data: data}), s.Snapshot(ctx, gone, 1, data), s.Delete(ctx, gone)); err != nil {
						failed <- err
						return
					}
					mu.Lock()
					fmt.Println(gone, 0, 0)
					mu.Unlock()
				}
			}
		}()
	}
	return <-failed
}

// kill runs a child until it has acknowledged n calls, ends it with SIGKILL, and gives all it has acknowledged by then.
func kill(t *testing.T, dir string, run, n int) (lines []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+strconv.Itoa(run)+":"+dir)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for in := bufio.NewReader(out); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			break // what was cut short was not acknowledged
		}
		if lines = append(lines, line); len(lines) == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd.Wait()
	if len(lines) < n {
		t.Fatalf("the writer ended by itself: %s", &complaint)
	}
	return lines
}

func TestKill(t *testing.T) {
	const kills, each = 100, 10 // kills of one folder, before the next
	r := rand.New(rand.NewPCG(1, 9))
	for first := 0; first < kills; first += each {
		dir := t.TempDir()
		acked := map[string]map[uint64]uint32{}
		for run := first; run < first+each; run++ {
			for _, line := range kill(t, dir, run, 1+r.IntN(70)) {
				var id string
				var seq uint64
				var crc uint32
				if _, err := fmt.Sscan(line, &id, &seq, &crc); err != nil {
					t.Fatalf("%q: %v", line, err)
				}
				if acked[id] == nil {
					acked[id] = map[uint64]uint32{}
				}
				if _, twice := acked[id][seq]; twice {
					t.Fatalf("%s %d was given twice", id, seq)
				}
				acked[id][seq] = crc
			}
			verify(t, dir, acked)
		}
	}
}

func verify(t *testing.T, dir string, acked map[string]map[uint64]uint32) {
	t.Helper()
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for id, numbers := range acked {
		got, err := s.Load(t.Context(), id)
		if strings.HasPrefix(id, "gone") {
			if !errors.Is(err, store.ErrNotFound) {
				t.Fatalf("%s was deleted: %v", id, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		from := got.SnapshotSeq
		if from > 0 && string(got.Snapshot) != strconv.FormatUint(from, 10) {
			t.Fatalf("%s: snapshot up to %d holds %q", id, from, got.Snapshot)
		}
		for i, r := range got.Tail {
			if r.Seq != from+uint64(i+1) {
				t.Fatalf("%s: record %d at place %d after %d", id, r.Seq, i+1, from)
			}
		}
		for seq, crc := range numbers {
			if seq > got.Seq() || seq > from && crc32.ChecksumIEEE(got.Tail[seq-from-1].Data) != crc {
				t.Fatalf("%s: %d was acknowledged, the log ends at %d", id, seq, got.Seq())
			}
		}
	}
}
