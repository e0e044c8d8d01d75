package boardjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/boardjson"
)

const sharedDir = "../../../shared"

func shared(t testing.TB, name string) ([]byte, bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedDir, name))
	return data, err == nil
}

func equalJSON(a, b any) bool { return reflect.DeepEqual(a, b) }

// said leaves out what a board does not tell from absence: an empty text.
func said(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if v[k] = said(x); x == "" {
				delete(v, k)
			}
		}
	case []any:
		for i, x := range v {
			v[i] = said(x)
		}
	}
	return v
}

// everything says every field of the format once, and unknown ones at every depth.
func everything(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/everything.json")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func roundTrip(t *testing.T, data []byte) {
	t.Helper()
	first, err := boardjson.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	written := boardjson.Encode(first)
	second, err := boardjson.Decode(written)
	if err != nil {
		t.Fatalf("%v\n%s", err, written)
	}
	if !reflect.DeepEqual(first, second) {
		t.Fatalf("a round trip changed the board\n%s", written)
	}
	if again := boardjson.Encode(second); !bytes.Equal(written, again) {
		t.Fatalf("written twice, differently\n%s\n%s", written, again)
	}
}

func TestRoundTripKeepsEverything(t *testing.T) {
	data := everything(t)
	roundTrip(t, data)
	b, err := boardjson.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if got := boardjson.Encode(b); !bytes.Equal(got, data) {
		t.Errorf("testdata/everything.json is written as Encode writes, yet comes back as\n%s", got)
	}
}

func TestSampleBoards(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(sharedDir, "boards", "??-*.json"))
	if len(files) == 0 {
		t.Skip("the example boards are not beside this clone")
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".expect.json") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			roundTrip(t, data)
			b, err := boardjson.Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			var before, after any
			if err := errors.Join(json.Unmarshal(data, &before), json.Unmarshal(boardjson.Encode(b), &after)); err != nil {
				t.Fatal(err)
			}
			if !equalJSON(said(before), after) {
				t.Error("not the same JSON after a round trip")
			}
			if faults := b.Faults(); len(faults) > 0 {
				t.Errorf("faults in a sound board: %+v", faults)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	deep := strings.Repeat(`{"x":`, 33) + "1" + strings.Repeat("}", 33)
	for _, c := range []struct{ name, doc, want string }{
		{"empty", "", "line 1:1: empty"},
		{"only a mark", "\ufeff \n", "line 1:1: empty"},
		{"not UTF-8", "{\n \"format\": \"unisson/1\", \"title\": \"caf\xe9\"}", "line 2:38: utf8"},
		{"syntax", "{\n \"format\": \"unisson/1\",\n \"id\": 'a'\n}", `line 3:8: syntax near="'a'"`},
		{"comma before the end", `{"format": "unisson/1",}`, `line 1:23: syntax near=",}"`},
		{"literal", `{"format": tru}`, `line 1:15: syntax near="}"`},
		{"truncated", "{\"format\": \"unisson/1\",\n\"channels\": [{\"id\": \"a", "line 2:23 /channels/0: truncated"},
		{"trailing", "{\"format\": \"unisson/1\"}\n{}", `line 2:1: trailing near="{}"`},
		{"deep", deep, "line 1:161 " + strings.Repeat("/x", 31) + ": depth max=32"},
		{"key twice", "{\"format\": \"unisson/1\",\n\"id\": \"a\",\n\"\\u0069d\": \"b\"}", `line 3:1 /id: duplicateKey key="id", first=2`},
		{"not an object", "[]", `line 1:1: type expected="object", found="list"`},
		{"no format", "{}", `line 1:1 /format: required key="format"`},
		{"another format", `{"format": "unisson/2"}`, `line 1:12 /format: format expected="unisson/1", found="unisson/2"`},
		{"number for text", `{"format": "unisson/1", "title": 3}`, `line 1:34 /title: type expected="text", found="number"`},
		{"null", `{"format": "unisson/1", "identity": null}`, `line 1:37 /identity: type expected="object", found="null"`},
		{"object for list", `{"format": "unisson/1", "channels": {}}`, `line 1:37 /channels: type expected="list", found="object"`},
		{"text for entity", `{"format": "unisson/1", "pillars": ["a"]}`, `line 1:37 /pillars/0: type expected="object", found="text"`},
		{"number in texts", `{"format": "unisson/1", "identity": {"values": ["a", "é", 3]}}`, `line 1:59 /identity/values/2: type expected="text", found="number"`},
		{"text for boolean", `{"format": "unisson/1", "identity": {"solo": "yes"}}`, `line 1:46 /identity/solo: type expected="boolean", found="text"`},
		{"enum", `{"format": "unisson/1", "lang": "de"}`, `line 1:33 /lang: enum value="de", allowed=fr|en`},
		{"missing", "{\"format\": \"unisson/1\",\n \"rounds\": [{\"id\": \"r1\"}]}", `line 2:13 /rounds/0/answers: required key="answers"`},
		{"id too short", `{"format": "unisson/1", "pillars": [{"id": "", "name": "x"}]}`, "line 1:44 /pillars/0/id: short min=1"},
		{"id too long", `{"format": "unisson/1", "pillars": [{"id": "` + strings.Repeat("é", 65) + `", "name": "x"}]}`, "line 1:44 /pillars/0/id: long max=64"},
		{"reference too long", `{"format": "unisson/1", "channels": [{"id": "a", "name": "x", "kind": "site", "segments": ["` + strings.Repeat("a", 65) + `"]}]}`, "line 1:92 /channels/0/segments/0: long max=64"},
		{"below zero", `{"format": "unisson/1", "channels": [{"id": "a", "name": "x", "kind": "site", "effort": -0.5}]}`, "line 1:89 /channels/0/effort: minimum min=0, value=-0.5"},
		{"too big a number", `{"format": "unisson/1", "settings": {"weights": {"ID": 1e999}}}`, `line 1:56 /settings/weights/ID: range value="1e999"`},
		{"rule neither on nor off", `{"format": "unisson/1", "settings": {"rules": {"a/b": "maybe"}}}`, `line 1:55 /settings/rules/a~1b: enum value="maybe", allowed=on|off`},
		{"id twice", "{\"format\": \"unisson/1\", \"pillars\": [{\"id\": \"a\", \"name\": \"x\"},\n{\"id\": \"a\", \"name\": \"y\"}]}", `line 2:8 /pillars/1/id: duplicateID id="a", first=1`},
		{"need twice, in two segments", "{\"format\": \"unisson/1\", \"segments\": [{\"id\": \"a\", \"name\": \"x\", \"needs\": [{\"id\": \"n\", \"text\": \"\"}]},\n{\"id\": \"n\", \"name\": \"y\", \"needs\": [{\"id\": \"n\", \"text\": \"\"}]}]}",
			`line 2:43 /segments/1/needs/0/id: duplicateID id="n", first=1`},
		{"several, in order", "{\"rounds\": 3,\n\"lang\": \"de\",\n\"format\": 1}", `line 1:12 /rounds: type expected="list", found="number"
line 2:9 /lang: enum value="de", allowed=fr|en
line 3:11 /format: type expected="text", found="number"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := boardjson.Decode([]byte(c.doc))
			if err == nil {
				t.Fatal("no error")
			}
			if err.Error() != c.want {
				t.Errorf("got  %s\nwant %s", err, c.want)
			}
			var one *boardjson.Error
			if !errors.As(err, &one) {
				t.Error("not an *Error")
			}
		})
	}
}

func TestFaultsAreCapped(t *testing.T) {
	doc := `{"format": "unisson/1", "pillars": [` + strings.Repeat("{},", 500) + `{}]}`
	_, err := boardjson.Decode([]byte(doc))
	var all boardjson.Errors
	if !errors.As(err, &all) || len(all) != 20 {
		t.Errorf("%d errors, want 20", len(all))
	}
}

func TestLimits(t *testing.T) {
	code := func(doc []byte) boardjson.Code {
		_, err := boardjson.Decode(doc)
		var one *boardjson.Error
		if !errors.As(err, &one) {
			return ""
		}
		return one.Code
	}
	if got := code(bytes.Repeat([]byte(" "), board.MaxBytes+1)); got != boardjson.Size {
		t.Errorf("65 MiB: %q", got)
	}
	if got := code([]byte(`{"x":[` + strings.Repeat("0,", 5<<20) + `0]}`)); got != boardjson.Size {
		t.Errorf("five million values: %q", got)
	}
	if got := code([]byte(strings.Repeat("[", 1<<20))); got != boardjson.Depth {
		t.Errorf("a million brackets: %q", got)
	}
	if got := code([]byte(`{"format":"unisson/1","pillars":[` + strings.Repeat("0,", board.MaxEntities) + `0]}`)); got != boardjson.Items {
		t.Errorf("a list too long: %q", got)
	}
}

// An entity's id may equal one of another list, and a half of an emoji is no reason to refuse a board.
func TestAccepted(t *testing.T) {
	for _, doc := range []string{
		"\ufeff{\"format\": \"unisson/1\"}\n",
		`{"format": "unisson/1", "pillars": [{"id": "a", "name": ""}], "segments": [{"id": "a", "name": "", "needs": [{"id": "a", "text": ""}]}]}`,
		`{"f\u006frmat": "unisson/1", "title": "\ud83d", "x": ["\udc00"]}`,
		`{"format": "unisson/1", "asOf": "yesterday", "kpis": [{"id": "k", "name": "n", "objective": "nowhere"}]}`,
		`{"format": "unisson/1", "channels": [], "settings": {"rules": {}}, "identity": {"values": []}}`,
	} {
		roundTrip(t, []byte(doc))
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(everything(f))
	for _, s := range []string{"", "{}", `{"format":"unisson/1"}`, `{"format":"unisson/1","x":{"y":[1e5,"\ud800"]},"channels":[{"id":"a","name":"b","kind":"site","serves":[]}]}`, "[[[[", `{"a":1,"a":2}`, "\ufeff{", `{"format":"unisson/1"} x`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := boardjson.Decode(data)
		if err != nil {
			var all boardjson.Errors
			if !errors.As(err, &all) || len(all) == 0 {
				t.Fatalf("not Errors: %v", err)
			}
			for _, e := range all {
				if e.Line < 1 || e.Column < 1 || e.Code == "" || e.Error() == "" {
					t.Fatalf("no place: %+v", e)
				}
			}
			return
		}
		roundTrip(t, data)
		b.Faults()
	})
}

func BenchmarkDecode(b *testing.B) {
	var doc bytes.Buffer
	doc.WriteString(`{"format":"unisson/1","messages":[`)
	for i := range 10_000 {
		if i > 0 {
			doc.WriteByte(',')
		}
		id := string(rune('a'+i%26)) + strings.Repeat("x", i%3) + string(rune('0'+i/26%10)) + string(rune('0'+i/260%10)) + string(rune('0'+i/2600))
		doc.WriteString(`{"id":"` + id + `","channel":"insta","date":"2026-03-04","text":"` + strings.Repeat("Une phrase d’une publication. ", 7) + `","links":["https://example.org/a"]}`)
	}
	doc.WriteString("]}")
	b.SetBytes(int64(doc.Len()))
	for b.Loop() {
		if _, err := boardjson.Decode(doc.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
