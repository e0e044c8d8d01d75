package texts

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"unisson/core/report"
	"unisson/core/rules"
)

// The same vectors hold the page's formatter.
func TestFormat(t *testing.T) {
	data, err := os.ReadFile("testdata/format.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct {
			Lang    Lang
			Message string
			Args    map[string]any
			Names   map[string]string
			Out     string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Vectors {
		parts, err := parse(v.Message)
		if err != nil {
			t.Errorf("%q: %v", v.Message, err)
			continue
		}
		w := writing{lang: v.Lang,
			name: func(id string) string {
				if n, ok := v.Names[id]; ok {
					return n
				}
				return id
			},
			args: func(key string) (any, bool) {
				x, ok := v.Args[key]
				if list, isList := x.([]any); isList {
					items := []string{}
					for _, i := range list {
						items = append(items, i.(string))
					}
					x = items
				}
				return x, ok
			}}
		w.write(parts)
		if got := w.b.String(); got != v.Out {
			t.Errorf("%s %q: %q, want %q", v.Lang, v.Message, got, v.Out)
		}
	}
}

func TestParseFaults(t *testing.T) {
	for _, bad := range []string{"{", "}", "{}", "{a", "{a,", "{a, b}", "{n, plural}", "{n, plural, one {x}}", "{n, plural, other {x}", "{n, select, other x}", "a } b", "{a b}"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a {x} b", "{n, plural, one {# a} other {# b}}", "{k, select, a {b} other {{n, number}}}", "{{{", "{n, plural, one {"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parts, err := parse(s)
		if err != nil {
			return
		}
		w := writing{lang: FR, name: strings.ToUpper, args: func(string) (any, bool) { return 2.0, true }}
		w.write(parts)
	})
}

// Every text stands in both languages and asks for the same arguments in each.
func TestBothLanguages(t *testing.T) {
	all := load()
	for id, fr := range all[FR] {
		en, ok := all[EN][id]
		if !ok {
			t.Errorf("%s: no English text", id)
			continue
		}
		if a, b := arguments(fr), arguments(en); !slices.Equal(a, b) {
			t.Errorf("%s asks for %v in French, %v in English", id, a, b)
		}
	}
	for id := range all[EN] {
		if _, ok := all[FR][id]; !ok {
			t.Errorf("%s: no French text", id)
		}
	}
}

func arguments(parts []part) []string {
	seen := map[string]bool{}
	var walk func([]part)
	walk = func(parts []part) {
		for _, p := range parts {
			if p.arg != "" && p.arg != "#" {
				seen[p.arg] = true
			}
			for _, c := range p.cases {
				walk(c.parts)
			}
		}
	}
	walk(parts)
	out := []string{}
	for k := range seen {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Every rule has its texts, and no rule's text is left without a rule.
func TestRulesAndTexts(t *testing.T) {
	known := map[string]bool{}
	for _, r := range rules.All() {
		known[r.ID] = true
		for _, what := range []string{"name", "sentence", "why", "remedy", "ideas"} {
			if !Has(FR, r.ID+"."+what) {
				t.Errorf("%s.%s is missing", r.ID, what)
			}
		}
		if got := Message(FR, r.ID+".ideas", nil); got != r.Article {
			t.Errorf("%s.ideas is %q, the rule says %q", r.ID, got, r.Article)
		}
		for _, idea := range strings.Fields(r.Article) {
			if !Has(EN, idea) {
				t.Errorf("%s: idea %s has no text", r.ID, idea)
			}
		}
	}
	entries, err := files.ReadDir("rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if id := strings.TrimSuffix(e.Name(), ".json"); !known[id] {
			t.Errorf("rules/%s: there is no such rule", e.Name())
		}
	}
}

// French typography: narrow no-break spaces inside quotation marks and before double punctuation, curly apostrophes.
func TestFrenchTypography(t *testing.T) {
	err := eachFile(func(name string, texts map[Lang]map[string]string) error {
		for id, s := range texts[FR] {
			for _, bad := range []string{"'", "« ", " »", " ;", " :", " !", " ?", " %", "…."} {
				if strings.Contains(s, bad) {
					t.Errorf("%s: %s holds %q: %s", name, id, bad, s)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMessageWithoutText(t *testing.T) {
	if got := Message(FR, "no.such.text", nil); got != "no.such.text" {
		t.Error(got)
	}
	if got := Message(EN, "missing.posts", []report.Arg{{Key: "channel", Value: "x"}, {Key: "have", Value: 3}, {Key: "need", Value: 10.0}}); got != "x: 3 messages. Add some: it takes 10." {
		t.Error(got)
	}
}
