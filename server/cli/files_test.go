package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Patterns no shell has touched are matched here, the same everywhere.
func TestPatterns(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.json", "b.json", "boards/c.json", "boards/deep/er/d.json", "boards/notes.txt", "[1].json"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(bare, "vide", name, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args []string
		want []string
		err  string
	}{
		{args: []string{"*.json"}, want: []string{"[1].json", "a.json", "b.json"}},
		{args: []string{"boards/**/*.json", "a.json"}, want: []string{"boards/c.json", "boards/deep/er/d.json", "a.json"}},
		{args: []string{"{b,a}.json"}, want: []string{"a.json", "b.json"}},
		{args: []string{"?.json"}, want: []string{"a.json", "b.json"}},
		{args: []string{"[1].json"}, want: []string{"[1].json"}},
		{args: []string{"*.yaml"}, err: "no file matches"},
		{args: []string{"[a.json"}, err: "badly written"},
	} {
		got := unisson("", nil, append([]string{"check", "--format", "json"}, c.args...)...)
		if c.err != "" {
			if got.status != exitBad || !strings.Contains(got.err, c.err) {
				t.Errorf("%v: status %d, %s", c.args, got.status, got.err)
			}
			continue
		}
		var boards []string
		for line := range strings.Lines(got.out) {
			var r struct{ Board string }
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			boards = append(boards, r.Board)
		}
		if got.status != exitDone || !slices.Equal(boards, c.want) {
			t.Errorf("%v: %v, want %v; %s", c.args, boards, c.want, got.err)
		}
	}
}

// With a baseline only what is new or worse is told: against a report or a board, one or many.
func TestBaseline(t *testing.T) {
	before := `{"format":"unisson/1","id":"maison","channels":[{"id":"insta","name":"Instagram","kind":"instagram"}]}`
	after := `{"format":"unisson/1","id":"maison","identity":{"sentence":"Des solutions innovantes pour tous nos clients exigeants."},"channels":[{"id":"insta","name":"Instagram","kind":"instagram"}]}`
	keys := func(document string) []string {
		var r struct {
			Findings []struct{ Key string }
			Causes   []struct{ Findings []int }
		}
		if err := json.Unmarshal([]byte(document), &r); err != nil {
			t.Fatalf("%v: %s", err, document)
		}
		var out []string
		grouped := 0
		for _, f := range r.Findings {
			out = append(out, f.Key)
		}
		for _, c := range r.Causes {
			grouped += len(c.Findings)
			for _, i := range c.Findings {
				if i >= len(out) {
					t.Errorf("a cause names finding %d of %d", i, len(out))
				}
			}
		}
		if grouped != len(out) {
			t.Errorf("%d findings, %d of them in causes", len(out), grouped)
		}
		return out
	}
	was, is := keys(unisson(before, nil, "check", "--format", "json", "-").out), keys(unisson(after, nil, "check", "--format", "json", "-").out)
	var fresh []string
	for _, k := range is {
		if !slices.Contains(was, k) {
			fresh = append(fresh, k)
		}
	}
	if len(fresh) == 0 || len(fresh) == len(is) && len(was) > 0 && slices.Contains(is, was[0]) {
		t.Fatalf("the boards show nothing: %v, then %v", was, is)
	}
	report := unisson(before, nil, "check", "--format", "json", "-").out
	other := strings.Replace(report, "maison", "autre", 1)
	milder := strings.ReplaceAll(strings.ReplaceAll(unisson(after, nil, "check", "--format", "json", "-").out, `"severity":"critical"`, `"severity":"minor"`), `"severity":"major"`, `"severity":"minor"`)
	for _, c := range []struct {
		name, base string
		want       []string
	}{
		{"a board", before, fresh},
		{"a board on many lines", strings.ReplaceAll(before, ",", ",\n"), fresh},
		{"a report", report, fresh},
		{"reports, a line each", other + report, fresh},
		{"reports and boards", other + "\n" + before + "\n", fresh},
		{"the only other board", other, fresh},
		{"two other boards", other + strings.Replace(other, "autre", "tierce", 1), is},
		{"itself", after, nil},
		{"itself, milder", milder, is},
		{"what was set aside", strings.ReplaceAll(unisson(after, nil, "check", "--format", "json", "-").out, `"places"`, `"dismissed":true,"places"`), is},
	} {
		base := written(t, "base.json", c.base)
		got := unisson(after, nil, "check", "--format", "json", "--baseline", base, "-")
		if found := keys(got.out); got.status != exitDone || !slices.Equal(found, c.want) {
			t.Errorf("%s: %v, want %v; %s", c.name, found, c.want, got.err)
		}
		fails := unisson(after, nil, "check", "--fail-on", "minor", "--format", "json", "--baseline", base, "-")
		if (fails.status == exitFindings) != (len(c.want) > 0) {
			t.Errorf("%s: status %d", c.name, fails.status)
		}
	}
	for base, want := range map[string]string{"": "line 1", "{\n \"format\": \"unisson/2\"}": "line 2, column 12", before + "\n{\"format\":4}\n": "line 2"} {
		got := unisson(after, nil, "check", "--baseline", written(t, "base.json", base), "-")
		if got.status != exitBad || !strings.Contains(got.err, want) || got.out != "" {
			t.Errorf("baseline %q: status %d, %s", base, got.status, got.err)
		}
	}
	if got := unisson(after+"\n", nil, "check", "--jsonl", "--baseline", written(t, "base.json", report)); !slices.Equal(keys(got.out), fresh) {
		t.Errorf("lines: %s", got.out)
	}
	if got := unisson(after, nil, "check", "--lang", "fr", "--baseline", written(t, "base.json", after), "-"); !strings.Contains(got.out, "0 constat nouveau") || strings.Contains(got.out, "Ce qui manque") {
		t.Errorf("nothing new: %s", got.out)
	}
}
