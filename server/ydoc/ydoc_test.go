package ydoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"unisson/core/boardjson"
	"unisson/server/yupdate"
	"unisson/server/yupdate/yjstest"
)

var histories = flag.Int("histories", 150, "random histories each property is held to; ./build.sh soak asks for thousands")

type question = yjstest.Question

func startPage(t testing.TB) *yjstest.Process {
	t.Helper()
	return yjstest.Start(t, "testdata/page.mjs", "../../static/node_modules")
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("unexpected: %v", err))
	}
	return v
}

func differ(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if bytes.Equal(got, want) {
		return
	}
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s: line %d: %s\nwant %s", what, i+1, g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d lines, want %d", what, len(g), len(w))
}

func TestTheShapesAreThePages(t *testing.T) {
	var page struct {
		Board, Identity [][2]string
		Lists           []struct {
			Name  string
			Shape [][2]string
		}
		FieldOrder []string
	}
	startPage(t).Ask(t, "shapes", nil, &page)
	same := func(name string, ours shape, theirs [][2]string) {
		t.Helper()
		of := func(i int) [2]string { return [2]string{ours[i].path, string(ours[i].kind)} }
		if len(ours) != len(theirs) {
			t.Errorf("%s: %d fields, the page has %d", name, len(ours), len(theirs))
			return
		}
		for i := range ours {
			if of(i) != theirs[i] {
				t.Errorf("%s: %v, the page has %v", name, of(i), theirs[i])
			}
		}
	}
	same("board", boardShape, page.Board)
	same("identity", identityShape, page.Identity)
	if len(lists) != len(page.Lists) {
		t.Fatalf("%d lists, the page has %d", len(lists), len(page.Lists))
	}
	for i, list := range page.Lists {
		if lists[i].name != list.Name {
			t.Errorf("list %d: %s, the page has %s", i, lists[i].name, list.Name)
		}
		same(list.Name, lists[i].shape, list.Shape)
	}
	if !reflect.DeepEqual(fieldOrder, placesOf(page.FieldOrder...)) {
		t.Errorf("order of fields: %v, the page has %v", fieldOrder, page.FieldOrder)
	}
}

// Whatever people do at once, the board read here is the board every one of them sees.
func TestBoardIsThePages(t *testing.T) {
	page := startPage(t)
	for seed := range uint64(*histories) {
		var h struct {
			Updates      [][]byte
			State, Board []byte
		}
		page.Ask(t, "history", question{"seed": seed, "edits": 5 + seed%60}, &h)
		rnd := rand.New(rand.NewPCG(seed, 1))
		rnd.Shuffle(len(h.Updates), func(i, j int) { h.Updates[i], h.Updates[j] = h.Updates[j], h.Updates[i] })
		whole := must(yupdate.Merge(h.Updates...))
		for name, update := range map[string][]byte{"merged": whole, "a page's state": h.State, "compacted": must(yupdate.Compact(whole))} {
			got, err := Board(update, yupdate.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			differ(t, name, got, h.Board)
		}
		// With some missing, the page shows what does not depend on it, and so do we.
		part := must(yupdate.Merge(h.Updates[:rnd.IntN(len(h.Updates)+1)]...))
		var theirs []byte
		page.Ask(t, "read", question{"updates": [][]byte{part}}, &theirs)
		differ(t, "in part", must(Board(part, yupdate.Limits{})), theirs)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestFirstIsWhatThePageLoads(t *testing.T) {
	page := startPage(t)
	check := func(name string, q question) {
		t.Helper()
		var theirs struct{ File, Board, Update []byte }
		page.Ask(t, "load", q, &theirs)
		update := must(First(theirs.File, 7))
		if err := yupdate.Validate(update, yupdate.Limits{}); err != nil {
			t.Fatal(err)
		}
		var seen []byte
		page.Ask(t, "read", question{"updates": [][]byte{update}}, &seen)
		differ(t, name+", read by the page", seen, theirs.Board)
		differ(t, name+", read here", must(Board(update, yupdate.Limits{})), theirs.Board)
		differ(t, name+", the page's read here", must(Board(theirs.Update, yupdate.Limits{})), theirs.Board)
		// Who opens it in a page goes on as with any other board.
		var later struct{ Update, Board []byte }
		page.Ask(t, "goOn", question{"seed": len(theirs.File), "update": update, "edits": 12}, &later)
		differ(t, name+", gone on with", must(Board(later.Update, yupdate.Limits{})), later.Board)
		if t.Failed() {
			t.FailNow()
		}
	}
	for seed := range *histories {
		check(fmt.Sprint("seed ", seed), question{"seed": seed})
	}
	files := must(filepath.Glob("../../../shared/boards/??-*.json"))
	for _, file := range append(files, must(filepath.Glob("../../core/testdata/boards/*.json"))...) {
		data := must(os.ReadFile(file))
		if _, err := boardjson.Decode(data); err == nil {
			check(filepath.Base(file), question{"file": data})
		}
	}
}

func TestRanksAreThePages(t *testing.T) {
	const count = 300_000
	var theirs []string
	startPage(t).Ask(t, "ranks", question{"count": count}, &theirs)
	for i, want := range theirs {
		if got := rank(i); got != want {
			t.Fatalf("rank %d: %s, want %s", i, got, want)
		}
	}
}

func TestFirstRefuses(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 120) + "1" + strings.Repeat("}", 120)
	for name, c := range map[string]struct {
		document string
		want     error
	}{
		"nothing":        {"", ErrBoard},
		"null":           {"null", ErrBoard},
		"a list":         {"[]", ErrBoard},
		"text":           {`{"identity": {"sentence": 3}}`, ErrBoard},
		"list":           {`{"samples": {}}`, ErrBoard},
		"entities":       {`{"messages": {}}`, ErrBoard},
		"an entity":      {`{"messages": [3]}`, ErrBoard},
		"without an id":  {`{"messages": [{"text": "x"}]}`, ErrBoard},
		"too deep":       {`{"format": "unisson/1", "x": ` + deep + `}`, ErrTooDeep},
		"empty is sound": {`{"format": "unisson/1"}`, nil},
	} {
		if _, err := First([]byte(c.document), 1); !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// update is an update of one client from the parts of its structs.
func update(structs ...[]byte) []byte {
	u := append(yupdate.AppendUint([]byte{1}, uint64(len(structs))), 1, 0)
	return append(append(u, bytes.Join(structs, nil)...), 0)
}

func value(at yupdate.Place, v any) []byte {
	return yupdate.AppendValue(append(yupdate.AppendHead(nil, yupdate.KindAny, at), 1), v, byName)
}

func TestWhatNoPageWrites(t *testing.T) {
	set := func(key string) yupdate.Place { return yupdate.Place{Root: "board", Keyed: true, Key: key} }
	raw := func(key string, any ...byte) []byte {
		return append(append(yupdate.AppendHead(nil, yupdate.KindAny, set(key)), 1), any...)
	}
	for name, c := range map[string]struct {
		update []byte
		want   string
	}{
		"bytes and integers without end": {update(raw("a", 116, 1, 0), raw("b", 122, 0, 0, 0, 0, 0, 0, 0, 1), raw("c", 127), value(set("title"), "t")), `{"format":"unisson/1","title":"t"}`},
		"no number":                      {update(raw("x", 123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0)), `{"format":"unisson/1","x":null}`},
		"undefined in a list":            {update(raw("x", 117, 2, 127, 126)), `{"format":"unisson/1","x":[null,null]}`},
		"undefined in an object":         {update(raw("x", 118, 2, 1, 'a', 127, 1, 'b', 120)), `{"format":"unisson/1","x":{"b":true}}`},
		"a value and its members":        {update(value(set("x"), 3.0), value(set("x/y"), 4.0)), `{"format":"unisson/1","x":{"y":4}}`},
		"a list under a list's name":     {update(value(set("messages"), "m")), `{"format":"unisson/1","messages":"m"}`},
		"an entity that is none":         {update(value(yupdate.Place{Root: "messages", Keyed: true, Key: "a"}, "m")), `{"format":"unisson/1"}`},
		"a value where a text is":        {update(value(yupdate.Place{Root: "identity/sentence"}, "m")), `{"format":"unisson/1","identity":{"sentence":""}}`},
		"a parent that is no type":       {update(value(set("x"), 1.0), value(yupdate.Place{Inside: true, Parent: yupdate.ID{Client: 1}}, 2.0)), `{"format":"unisson/1","x":1}`},
	} {
		var compact bytes.Buffer
		if err := json.Compact(&compact, must(Board(c.update, yupdate.Limits{}))); err != nil {
			t.Fatal(err)
		}
		if compact.String() != c.want {
			t.Errorf("%s: %s, want %s", name, compact.String(), c.want)
		}
	}
	if _, err := Board(update(value(set(strings.Repeat("/", 200)), 1.0)), yupdate.Limits{}); !errors.Is(err, ErrTooDeep) {
		t.Errorf("a path of 200 steps: %v", err)
	}
}

// What would keep the server busy is refused before it has.
func TestTangledIsRefused(t *testing.T) {
	// Thousands of clients put a value at the beginning of one list, none of them aware of the others.
	const clients = 20_000
	u := yupdate.AppendUint(nil, clients)
	for i := range clients {
		u = append(yupdate.AppendUint(append(u, 1), uint64(i+1)), 0)
		u = append(u, value(yupdate.Place{Root: "samples"}, "x")...)
	}
	if _, err := Board(append(u, 0), yupdate.Limits{}); !errors.Is(err, ErrTangled) {
		t.Errorf("%v", err)
	}
}

func FuzzBoard(f *testing.F) {
	for _, document := range []string{
		`{"format": "unisson/1"}`, `{"title": "é🙂", "x": [1, {"a": null}], "a/b": {"c": -0.5}}`,
		`{"identity": {"sentence": "a", "values": ["x", "x"]}, "messages": [{"id": "m", "text": "t🙂"}, {"id": "m", "landing": "l"}], "samples": []}`,
	} {
		f.Add(must(First([]byte(document), 5)))
	}
	// Two clients at one place, a deletion inside a surrogate pair, a type and what is inside, a gap.
	f.Add([]byte{2, 1, 9, 0, 4, 1, 7, 's', 'a', 'm', 'p', 'l', 'e', 's', 'x', 2, 'a', 'b', 1, 5, 0, 132, 9, 0, 1, 'c', 1, 9, 1, 0, 1})
	f.Add(append(append([]byte{1, 1, 5, 0, 4, 1, 17}, "identity/sentence\x06a\xf0\x9f\x99\x82b"...), 1, 5, 1, 2, 1))
	f.Add([]byte{1, 3, 5, 0, 0, 2, 10, 4, 0, 1, 0})
	f.Fuzz(func(t *testing.T, update []byte) {
		limits := yupdate.Limits{Bytes: 1 << 16, Structs: 1000, Clients: 100, Depth: 10, Clock: 1 << 30}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		board, err := Board(update, limits)
		runtime.ReadMemStats(&after)
		if spent, most := after.TotalAlloc-before.TotalAlloc, uint64(1024*len(update)+1<<18); spent > most {
			t.Errorf("%d bytes allocated for %d", spent, len(update))
		}
		if err != nil {
			return
		}
		if !json.Valid(board) {
			t.Fatalf("no JSON: %s", board)
		}
		// Merged and compacted, it is the same board; written anew, too.
		for _, same := range [][]byte{must(yupdate.Merge(update)), must(yupdate.Compact(update))} {
			if again, err := Board(same, yupdate.Limits{}); err != nil || !bytes.Equal(again, board) {
				t.Fatalf("%v\n%s\n%s", err, again, board)
			}
		}
		first, err := First(board, 1)
		if err != nil {
			return // nobody's page wrote it: a text where a list is
		}
		if again, err := Board(first, yupdate.Limits{}); err != nil || !bytes.Equal(again, board) {
			t.Fatalf("%v\n%s\n%s", err, again, board)
		}
	})
}
