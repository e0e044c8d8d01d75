package cbor_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/cbor"
)

// boards are the one that says everything and, where they are at hand, the example boards. Unknown fields are taken
// out: CBOR does not carry them.
func boards(t testing.TB) []*board.Board {
	t.Helper()
	files, _ := filepath.Glob("../../../shared/boards/??-*.json")
	var all []*board.Board
	for _, file := range append(files, "../boardjson/testdata/everything.json") {
		if strings.HasSuffix(file, ".expect.json") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := boardjson.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		dropExtra(reflect.ValueOf(b))
		all = append(all, b)
	}
	return all
}

func dropExtra(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			dropExtra(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			dropExtra(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Extra" {
				v.Field(i).SetZero()
			} else {
				dropExtra(v.Field(i))
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, want := range boards(t) {
		data := cbor.Append(nil, want)
		got := new(board.Board)
		if err := cbor.Read(data, got); err != nil {
			t.Fatal(want.ID, err)
		}
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s: not the same after a round trip", want.ID)
		}
	}
}

func TestChangeRoundTrip(t *testing.T) {
	for _, b := range boards(t) {
		want := &board.Change{Reset: true, Value: *b,
			Set:   board.SetID | board.SetTitle | board.SetLang | board.SetAsOf | board.SetIdentity | board.SetSamples | board.SetFacts | board.SetDismissals | board.SetSettings,
			Drop:  []board.Entry{{List: board.Pillars, ID: "p9"}, {List: board.Messages, ID: "m8"}, {List: board.Messages, ID: "m9"}},
			Asked: []board.List{board.KPIs, board.Rounds}}
		got, err := cbor.ReadChange(cbor.AppendChange(nil, want))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s: not the same after a round trip\n%+v\n%+v", b.ID, want, got)
		}
	}
}

// One message may say less than everything, and what is taken away is not what was never mentioned.
func TestChangeSaysWhatIsTakenAway(t *testing.T) {
	in := dict("set", dict("title", null, "lang", text("fr"), "samples", []byte{0x80}), "put", dict("rounds", null), "more", dict("x", text("y")))
	c, err := cbor.ReadChange(in)
	if err != nil {
		t.Fatal(err)
	}
	if c.Set != board.SetTitle|board.SetLang|board.SetSamples || c.Value.Title != "" || c.Value.Lang != "fr" || c.Value.Samples == nil || c.Value.Rounds != nil || c.Reset {
		t.Errorf("%+v", c)
	}
}

var null = []byte{0xf6}

func text(s string) []byte {
	if len(s) < 24 {
		return append([]byte{0x60 | byte(len(s))}, s...)
	}
	return append([]byte{0x79, byte(len(s) >> 8), byte(len(s))}, s...)
}

func list(items ...[]byte) []byte {
	return append([]byte{0x98, byte(len(items))}, bytes.Join(items, nil)...)
}

func dict(members ...any) []byte {
	out := []byte{0xb8, byte(len(members) / 2)}
	for i := 0; i < len(members); i += 2 {
		out = append(append(out, text(members[i].(string))...), members[i+1].([]byte)...)
	}
	return out
}

// Members may come in any order; unknown ones, of any shape the subset knows, are passed over.
func TestOrderAndUnknownMembers(t *testing.T) {
	in := dict("zzz", list(dict("a", []byte{0xfb, 0, 0, 0, 0, 0, 0, 0, 0}), []byte{0x39, 1, 0}, []byte{0x43, 1, 2, 3}, []byte{0xf7}),
		"title", text("T"), "pillars", list(dict("name", text("n"), "x", null, "id", text("p"))), "id", text("b"), "title", text("twice"))
	b := new(board.Board)
	if err := cbor.Read(in, b); err != nil {
		t.Fatal(err)
	}
	if b.ID != "b" || b.Title != "T" || len(b.Pillars) != 1 || b.Pillars[0].ID != "p" || b.Pillars[0].Name != "n" {
		t.Errorf("%+v", b)
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]float64{"00": 0, "17": 23, "1818": 24, "1903e8": 1000, "1a000f4240": 1e6, "1b0020000000000000": 1 << 53, "20": -1, "3903e7": -1000,
		"fa3fc00000": 1.5, "fb3ff199999999999a": 1.1, "1800": 0} {
		value, _ := hex.DecodeString(in)
		b := new(board.Board)
		if err := cbor.Read(dict("settings", dict("weights", dict("w", value))), b); err != nil || b.Settings.Weights[0].Value != want {
			t.Errorf("%s: %v %v, want %v", in, b.Settings.Weights, err, want)
		}
	}
}

func TestFaults(t *testing.T) {
	entity := func(more ...any) []byte {
		return dict("channels", list(dict(append([]any{"id", text("a"), "name", text(""), "kind", text("site")}, more...)...)))
	}
	deep := bytes.Repeat([]byte{0x81}, 100)
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"empty", nil, "cbor: /: a value expected, the input ends at byte 0"},
		{"not a map", []byte{0x80}, "cbor: /: a map expected at byte 0"},
		{"cut in a head", []byte{0xb9, 0}, "cbor: /: a value expected, the input ends at byte 0"},
		{"cut in a text", []byte{0xa1, 0x65, 't', 'i'}, "cbor: /: a length beyond the end of the input at byte 1"},
		{"a gigabyte of text", append([]byte{0xa1}, append(text("title"), 0x7a, 0x40, 0, 0, 0)...), "cbor: /: a length beyond the end of the input at byte 7"},
		{"a huge list", append([]byte{0xa1}, append(text("pillars"), 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)...), "cbor: /: a length beyond the end of the input at byte 9"},
		{"a huge map", []byte{0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "cbor: /: a length beyond the end of the input at byte 0"},
		{"indefinite", []byte{0xbf, 0xff}, "cbor: /: a definite length expected at byte 0"},
		{"tag", append([]byte{0xa1}, append(text("asOf"), 0xc0, 0x60)...), "cbor: /: a tag, outside the subset at byte 6"},
		{"half float", append([]byte{0xa1}, append(text("asOf"), 0xf9, 0, 0)...), "cbor: /: a simple value outside the subset at byte 6"},
		{"number key", []byte{0xa1, 1, 1}, "cbor: /: a text expected at byte 1"},
		{"more after the end", append(dict(), 0), "cbor: /: nothing more expected at byte 2"},
		{"not UTF-8", dict("title", []byte{0x61, 0xff}), "cbor: /title: UTF-8 expected at byte 9"},
		{"another format", dict("format", text("unisson/2")), "cbor: /format: unisson/1 expected at byte 9"},
		{"number for text", dict("identity", dict("values", list(text("a"), []byte{1}))), "cbor: /identity/values/1: a text expected at byte 24"},
		{"text for boolean", dict("identity", dict("solo", text("yes"))), "cbor: /identity/solo: true or false expected at byte 18"},
		{"list for object", dict("identity", list()), "cbor: /identity: a map expected at byte 11"},
		{"map for list", dict("channels", dict()), "cbor: /channels: a list expected at byte 11"},
		{"enum", dict("lang", text("de")), "cbor: /lang: one of the allowed values expected at byte 7"},
		{"missing", dict("pillars", list(dict("id", text("a")))), "cbor: /pillars/0/name: a required member is missing at byte 19"},
		{"null where required", dict("pillars", list(dict("id", null, "name", text("a")))), "cbor: /pillars/0/id: a required member is missing at byte 25"},
		{"empty id", dict("pillars", list(dict("id", text(""), "name", text("a")))), "cbor: /pillars/0/id: a text of 1 to 64 code points expected at byte 17"},
		{"long reference", entity("segments", list(text(strings.Repeat("é", 65)))), "cbor: /channels/0/segments/0: a text of 0 to 64 code points expected at byte 47"},
		{"below zero", entity("effort", []byte{0x20}), "cbor: /channels/0/effort: a number of 0 or more expected at byte 43"},
		{"not a number", entity("effort", []byte{0xfa, 0x7f, 0xc0, 0, 0}), "cbor: /channels/0/effort: a finite number expected at byte 43"},
		{"rule", dict("settings", dict("rules", dict("a/~", text("maybe")))), "cbor: /settings/rules/a~1~0: one of the allowed values expected at byte 25"},
		{"deep, unknown", append([]byte{0xa1, 0x61, 'x'}, append(deep, 0x80)...), "cbor: /: less nesting expected at byte 34"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := cbor.Read(c.in, new(board.Board))
			var fault *cbor.Error
			if !errors.As(err, &fault) || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestChangeFaults(t *testing.T) {
	for _, c := range []struct {
		in   []byte
		want string
	}{
		{dict("reset", text("yes")), "cbor: /reset: true or false expected at byte 8"},
		{dict("set", dict("channels", list())), "cbor: /set/channels: a part that is replaced whole expected at byte 17"},
		{dict("set", dict("title", []byte{1})), "cbor: /set/title: a text expected at byte 14"},
		{dict("put", dict("facts", list())), "cbor: /put/facts: a list with ids expected at byte 14"},
		{dict("put", dict("rounds", list([]byte{1}))), "cbor: /put/rounds/0: a map expected at byte 17"},
		{dict("drop", dict("needs", list())), "cbor: /drop/needs: a list with ids expected at byte 15"},
		{dict("drop", dict("rounds", list([]byte{1}))), "cbor: /drop/rounds/0: a text expected at byte 18"},
		{dict("asked", list(text("x"))), "cbor: /asked/0: a list with ids expected at byte 12"},
	} {
		if _, err := cbor.ReadChange(c.in); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

// allocated is what f asks the allocator for, in bytes.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// growth bounds what reading may allocate for each byte of input, dead slices of growing stacks included; the rest is
// for an error and a few small tables.
const growth, rest = 96, 64 << 10

func TestMemoryFollowsTheInput(t *testing.T) {
	big := func(member string, item []byte) []byte {
		n := 100_000
		return append(append(append([]byte{0xa1}, text(member)...), 0x9a, byte(n>>24), byte(n>>16), byte(n>>8), byte(n)), bytes.Repeat(item, n)...)
	}
	for name, in := range map[string][]byte{
		"empty entities":    big("channels", []byte{0xa0}),
		"smallest entities": big("samples", dict("channel", text(""))),
		"smallest texts":    dict("identity", big("values", []byte{0x60})),
		"nulls":             big("x", []byte{0xf6}),
		"no members":        append([]byte{0xba, 0, 1, 0x86, 0xa0}, bytes.Repeat([]byte{0x60, 0xf6}, 100_000)...),
		"nameless members":  append([]byte{0xba, 0, 1, 0x86, 0xa0}, bytes.Repeat([]byte{0x60, 0x80}, 100_000)...),
		"pairs":             dict("settings", dict("weights", append([]byte{0xba, 0, 1, 0x86, 0xa0}, bytes.Repeat([]byte{0x60, 0}, 100_000)...))),
	} {
		if got, most := allocated(func() { _ = cbor.Read(in, new(board.Board)) }), uint64(growth*len(in)+rest); got > most {
			t.Errorf("%s: %d bytes of input take %d bytes", name, len(in), got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range boards(f) {
		f.Add(cbor.Append(nil, b))
	}
	f.Add([]byte{0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add(dict("settings", dict("rules", dict("a", text("on"))), "channels", list(dict())))
	f.Fuzz(func(t *testing.T, in []byte) {
		first := new(board.Board)
		var err error
		if got := allocated(func() { err = cbor.Read(in, first) }); got > uint64(growth*len(in)+rest) {
			t.Fatalf("%d bytes of input take %d bytes", len(in), got)
		}
		if err != nil {
			return
		}
		second := new(board.Board)
		if err := cbor.Read(cbor.Append(nil, first), second); err != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("not the same after a round trip (%v)", err)
		}
	})
}

func FuzzReadChange(f *testing.F) {
	for _, b := range boards(f) {
		f.Add(cbor.AppendChange(nil, &board.Change{Reset: true, Set: board.SetTitle | board.SetFacts, Value: *b, Asked: []board.List{board.KPIs}, Drop: []board.Entry{{List: board.Actions, ID: "a"}}}))
	}
	f.Add(dict("set", dict("title", null), "put", dict("rounds", list()), "drop", dict("kpis", list(text("k"))), "asked", list(text("kpis"))))
	f.Fuzz(func(t *testing.T, in []byte) {
		var c *board.Change
		var err error
		if got := allocated(func() { c, err = cbor.ReadChange(in) }); got > uint64(growth*len(in)+rest) {
			t.Fatalf("%d bytes of input take %d bytes", len(in), got)
		}
		if err != nil {
			return
		}
		again, err := cbor.ReadChange(cbor.AppendChange(nil, c))
		if err != nil {
			t.Fatal(err)
		}
		if again.Set != c.Set || again.Reset != c.Reset || !reflect.DeepEqual(again.Value, c.Value) || len(again.Drop) != len(c.Drop) {
			t.Fatal("not the same after a round trip")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	big := &board.Board{}
	for i := range 10_000 {
		big.Messages = append(big.Messages, &board.Message{ID: string(rune('a'+i%26)) + strings.Repeat("x", i%9), Channel: "insta", Date: "2026-03-04",
			Text: strings.Repeat("Une phrase d’une publication. ", 7), Links: []string{"https://example.org/a"}})
	}
	data := cbor.Append(nil, big)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := cbor.Read(data, new(board.Board)); err != nil {
			b.Fatal(err)
		}
	}
}
