package yupdate

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// yjs is real Yjs in a Node process that lives as long as the test.
type yjs struct {
	in  io.Writer
	out *bufio.Reader
}

func startYjs(t testing.TB) *yjs {
	t.Helper()
	if _, err := os.Stat("../../static/node_modules/yjs"); err != nil {
		t.Skip("static/node_modules/yjs is not installed: npm ci in static/")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	cmd := exec.Command(node, "testdata/yjs.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return &yjs{in, bufio.NewReaderSize(out, 1<<20)}
}

type question map[string]any

func (y *yjs) ask(t testing.TB, what string, q question, answer any) {
	t.Helper()
	full := question{"ask": what}
	for k, v := range q {
		full[k] = v
	}
	line, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := y.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	reply, err := y.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Answer json.RawMessage
		Error  string
	}
	if err := json.Unmarshal(reply, &r); err != nil {
		t.Fatal(err)
	}
	if r.Error != "" {
		t.Fatalf("%s: %s", what, r.Error)
	}
	if err := json.Unmarshal(r.Answer, answer); err != nil {
		t.Fatal(err)
	}
}

// document is what Yjs tells of a document.
type document struct {
	JSON          string
	Vector, State []byte
	Pending       bool
}

type history struct {
	Updates [][]byte
	document
}

var histories = flag.Int("histories", 200, "how many random histories each property is held to")

// eachHistory calls f with the seeds and what clients did.
func eachHistory(t *testing.T, y *yjs, f func(t *testing.T, seed uint64, rnd *rand.Rand, h history)) {
	t.Helper()
	count := *histories
	if testing.Short() {
		count /= 4
	}
	for seed := range uint64(count) {
		var h history
		y.ask(t, "history", question{"seed": seed, "edits": 10 + seed%60, "gc": seed%3 != 0}, &h)
		f(t, seed, rand.New(rand.NewPCG(seed, 1)), h)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func shuffled(rnd *rand.Rand, updates [][]byte) [][]byte {
	all := append([][]byte(nil), updates...)
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("unexpected: %v", err))
	}
	return v
}

// same asserts that each list of updates makes the document h ended with.
func (h history) same(t *testing.T, y *yjs, lists map[string][][]byte) {
	t.Helper()
	var names []string
	var all [][][]byte
	for name, list := range lists {
		names = append(names, name)
		all = append(all, list)
	}
	var got []document
	y.ask(t, "loads", question{"lists": all}, &got)
	for i, d := range got {
		if d.JSON != h.JSON || d.Pending {
			t.Errorf("%s: pending %v\n got %s\nwant %s", names[i], d.Pending, d.JSON, h.JSON)
		}
	}
}

// united is what Yjs makes of updates with gaps. (Applied one by one, two such updates that fill each other's gaps may stay pending: Yjs
// looks at what waits only when the clock it waits for is passed by the update at hand.)
func (y *yjs) united(t *testing.T, updates ...[]byte) [][]byte {
	t.Helper()
	var got struct{ Update []byte }
	y.ask(t, "merge", question{"updates": updates}, &got)
	return [][]byte{got.Update}
}
