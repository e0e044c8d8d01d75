package yupdate

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"unisson/server/yupdate/yjstest"
)

// yjs is real Yjs.
type yjs struct{ *yjstest.Process }

type question = yjstest.Question

func startYjs(t testing.TB) *yjs {
	t.Helper()
	return &yjs{yjstest.Start(t, "testdata/yjs.mjs", "../../static/node_modules")}
}

func (y *yjs) ask(t testing.TB, what string, q question, answer any) {
	t.Helper()
	y.Ask(t, what, q, answer)
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
