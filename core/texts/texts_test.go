package texts

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unisson/core/board"
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
			name: func(_, id string) string {
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
		if got := w.text(); got != v.Out {
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
		w := writing{lang: FR, name: func(_, id string) string { return strings.ToUpper(id) }, args: func(string) (any, bool) { return 2.0, true }}
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

// Ids are unique within a list only: a board that numbers each of its lists from 1 has its objectives called by their own names.
func TestNamesOfOneList(t *testing.T) {
	b := &board.Board{
		Segments:   []*board.Segment{{ID: "1", Name: "pupils"}},
		Objectives: []*board.Objective{{ID: "1", Title: "a summit"}, {ID: "2", Title: "a side road"}},
		KPIs:       []*board.KPI{{ID: "1", Name: "views"}},
		Actions:    []*board.Action{{ID: "1", Title: "an open day"}},
		Channels:   []*board.Channel{{ID: "1", Name: "Site"}},
	}
	name := NamesOf(b)
	for _, c := range [][3]string{
		{"channel", "1", "Site"}, {"channels", "1", "Site"}, {"online", "1", "Site"}, {"offline", "1", "Site"},
		{"objective", "1", "a summit"}, {"roots", "2", "a side road"}, {"kpi", "1", "views"}, {"action", "1", "an open day"}, {"segment", "1", "pupils"},
		{"channel", "2", "a side road"}, {"objective", "3", "3"}, {"anything", "1", "Site"},
	} {
		if got := name(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s is called %q, want %q", c[0], c[1], got, c[2])
		}
	}
	tell := &telling{lang: EN}
	tell.about(b)
	tell.sentence(&report.Finding{Rule: "KP2", About: report.Ref{Kind: "objective", ID: "1"}, Args: []report.Arg{value("about", "1"), value("kpis", []string{"views"})}})
	if got := tell.blocks[0].text; !strings.HasPrefix(got, "“a summit” ") {
		t.Error(got)
	}
	if got := tell.cause(report.Ref{Kind: "segment", ID: "1"}); got != "Audience “pupils”" {
		t.Error(got)
	}
}

// A quotation that is cut is cut between words, and its marked passage stays whole.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("quotations ", 14)
	for _, c := range []struct {
		text       string
		start, end int
		want       string
		marked     string
	}{
		{"short  and\nwhole", 7, 10, "short and whole", "and"},
		{long + long, 0, 0, strings.TrimSpace(long) + "…", ""},
		{long + "here" + " " + long, 154, 158, "…" + strings.Repeat("quotations ", 4) + "here" + strings.Repeat(" quotations", 9) + "…", "here"},
		{strings.Repeat("東", 300), 200, 202, "…" + strings.Repeat("東", 160), "東東"}, // no blank to cut at
	} {
		got, span := excerpt(c.text, c.start, c.end)
		if got != c.want {
			t.Errorf("%q", got)
		}
		if marked := string([]rune(got)[span.Start:span.End]); marked != c.marked {
			t.Errorf("%q marks %q, want %q", got, marked, c.marked)
		}
	}
}

// A name people gave may begin with a vowel or an article: nothing that would be elided or contracted stands before it (de Instagram, de Le
// site).
func TestFrenchElision(t *testing.T) {
	elided := regexp.MustCompile(`(?:^|[ {])(?:de|que|à|jusque|puisque|lorsque) \{\w+, name\}`)
	err := eachFile(func(name string, texts map[Lang]map[string]string) error {
		for id, s := range texts[FR] {
			if found := elided.FindString(s); found != "" {
				t.Errorf("%s: %s holds %q: %s", name, id, found, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A text is quoted once, and what is left is counted in texts.
func TestQuotesOnce(t *testing.T) {
	b := &board.Board{Channels: []*board.Channel{{ID: "c", Name: "Site"}}}
	f := &report.Finding{Rule: "VO6"}
	for _, id := range []string{"m1", "m2", "m3", "m4", "m5"} {
		b.Messages = append(b.Messages, &board.Message{ID: id, Channel: "c", Text: "text of " + id})
		f.Places = append(f.Places, report.Place{Message: id, Start: 0, End: 4}, report.Place{Message: id, Start: 8, End: 10})
	}
	tell := &telling{lang: EN}
	tell.about(b)
	tell.quotes(f)
	var got []string
	for _, block := range tell.blocks {
		got = append(got, block.text)
	}
	if want := []string{"“text of m1”", "“text of m2”", "“text of m3”", "and 2 more passages"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMessageWithoutText(t *testing.T) {
	if got := Message(FR, "no.such.text", nil); got != "no.such.text" {
		t.Error(got)
	}
	if got := Message(FR, "missing.bioWords", []report.Arg{{Key: "channel", Value: "x"}, {Key: "have", Value: 1}, {Key: "need", Value: 4}}); !strings.Contains(got, "1 mot qui compte, il en faut 4") {
		t.Error(got)
	}
	if got := Message(EN, "missing.posts", []report.Arg{{Key: "channel", Value: "x"}, {Key: "have", Value: 3}, {Key: "need", Value: 10.0}}); got != "x: 3 messages. Add some: it takes 10." {
		t.Error(got)
	}
}

// An argument without a list is looked for in all of them: in a board whose lists share ids, it names the wrong entity.
func TestArgumentsTellTheirList(t *testing.T) {
	byFinding := map[string]bool{"about": true, "other": true} // see telling.among
	named := 0
	var walk func(id string, parts []part)
	walk = func(id string, parts []part) {
		for _, p := range parts {
			if p.kind == "name" || p.kind == "title" {
				named++
				if listOf[p.arg] == "" && !byFinding[p.arg] {
					t.Errorf("%s names {%s}, of no list", id, p.arg)
				}
			}
			for _, c := range p.cases {
				walk(id, c.parts)
			}
		}
	}
	for _, messages := range load() {
		for id, parts := range messages {
			walk(id, parts)
		}
	}
	if named < 50 {
		t.Errorf("%d names", named)
	}
}
