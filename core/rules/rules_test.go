package rules_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/rules"
	"unisson/core/texts"
)

// caseFile is testdata/<RULE>.json: where the rule speaks and where it stays silent.
type caseFile struct {
	Cases []ruleCase
}

type ruleCase struct {
	Name     string
	Board    json.RawMessage
	State    string
	Objects  *int              // of the rule, where it matters
	Fires    []string          // keys of the findings, sorted; none = silent
	Severity map[string]string // of a finding, where it is not the rule's
	Quotes   []string          // texts that must be among the quoted spans
	Places   []string          // ids that must be among the places
	Missing  []string          // rules[].missing[].what that must be said
	Notes    []string          // rules[].notes[].what; none = none
	Says     []string          // passages of the sentences, in either language, entities called by their ids
}

func TestCases(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.ID, func(t *testing.T) {
			cases := readCases(t, r.ID)
			speaks, silent, closed, langs := 0, 0, 0, map[string]bool{}
			for _, c := range cases {
				b, err := boardjson.Decode(c.Board)
				if err != nil {
					t.Errorf("%s: the board of the case: %v", c.Name, err)
					continue
				}
				langs[b.Lang] = true
				switch {
				case len(c.Fires) > 0:
					speaks++
				case c.State == "evaluated":
					silent++
				default:
					closed++
				}
				check(t, r.ID, c, b)
			}
			if speaks < 2 || silent < 2 || closed < 1 || !langs["fr"] || !langs["en"] {
				t.Errorf("cases: %d speak, %d are silent, %d are not judged, languages %v; at least 2, 2, 1 and both languages are needed", speaks, silent, closed, langs)
			}
		})
	}
}

func readCases(t *testing.T, rule string) []ruleCase {
	data, err := os.ReadFile(filepath.Join("testdata", rule+".json"))
	if err != nil {
		t.Fatalf("a rule has its cases: %v", err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	var f caseFile
	if err := d.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f.Cases
}

func check(t *testing.T, rule string, c ruleCase, b *board.Board) {
	got := core.Check(b, core.Options{})
	var fires, quotes, places, sentences []string
	for _, f := range got.Findings {
		if f.Rule != rule {
			continue
		}
		fires = append(fires, f.Key)
		for _, lang := range texts.Langs {
			said := texts.Message(lang, rule+".sentence", f.Args)
			if strings.Contains(said, "{") {
				t.Errorf("%s: %s says %q", c.Name, f.Key, said)
			}
			sentences = append(sentences, said)
		}
		if want, said := c.Severity[f.Key]; said && want != f.Severity.String() {
			t.Errorf("%s: %s is %s, want %s", c.Name, f.Key, f.Severity, want)
		}
		if len(f.Places) == 0 {
			t.Errorf("%s: %s has no place", c.Name, f.Key)
		}
		for _, p := range f.Places {
			places = append(places, p.Entity, p.Message)
			quotes = append(quotes, spanOf(t, b, p))
		}
	}
	slices.Sort(fires)
	if !slices.Equal(fires, c.Fires) {
		t.Errorf("%s: fires %v, want %v", c.Name, fires, c.Fires)
	}
	for _, q := range c.Quotes {
		if !slices.Contains(quotes, q) {
			t.Errorf("%s: %q is not quoted; quoted are %q", c.Name, q, quotes)
		}
	}
	for _, p := range c.Places {
		if !slices.Contains(places, p) {
			t.Errorf("%s: %s is no place; places are %q", c.Name, p, places)
		}
	}
	for _, s := range c.Says {
		if !slices.ContainsFunc(sentences, func(sentence string) bool { return strings.Contains(sentence, s) }) {
			t.Errorf("%s: %q is not said; said is %q", c.Name, s, sentences)
		}
	}
	i := slices.IndexFunc(got.Rules, func(s report.RuleState) bool { return s.ID == rule })
	s := got.Rules[i]
	if s.State.String() != c.State {
		t.Errorf("%s: state %s, want %s (%+v)", c.Name, s.State, c.State, s)
	}
	if c.Objects != nil && *c.Objects != s.Objects {
		t.Errorf("%s: %d objects, want %d", c.Name, s.Objects, *c.Objects)
	}
	for _, want := range c.Missing {
		if !slices.ContainsFunc(s.Missing, func(m report.Missing) bool { return m.What == want }) {
			t.Errorf("%s: %q is not said to be missing: %+v", c.Name, want, s.Missing)
		}
	}
	for _, of := range got.Rules { // of every rule: each case is also a case of what the others miss
		for _, m := range of.Missing {
			for _, lang := range texts.Langs {
				if said := texts.Message(lang, "missing."+m.What, m.Args); !texts.Has(lang, "missing."+m.What) || strings.Contains(said, "{") {
					t.Errorf("%s: %s misses %q, and says %q", c.Name, of.ID, m.What, said)
				}
			}
		}
	}
	var notes []string
	for _, n := range s.Notes {
		notes = append(notes, n.What)
		if len(n.Places) == 0 || !texts.Has(texts.FR, rule+".note."+n.What) {
			t.Errorf("%s: note %q has no place, or no text", c.Name, n.What)
		}
	}
	if !slices.Equal(notes, c.Notes) {
		t.Errorf("%s: notes %v, want %v", c.Name, notes, c.Notes)
	}
	if s.State == report.Insufficient && len(s.Missing) == 0 {
		t.Errorf("%s: insufficient, and nothing says what is missing", c.Name)
	}
}

// spanOf is the quoted text of a place; "" for an entity.
func spanOf(t *testing.T, b *board.Board, p report.Place) string {
	whole := ""
	switch {
	case p.Message != "":
		i := slices.IndexFunc(b.Messages, func(m *board.Message) bool { return m.ID == p.Message })
		if i < 0 {
			t.Errorf("there is no message %s", p.Message)
			return ""
		}
		whole = b.Messages[i].Text
	case p.Entity == "identity" && p.Field == "sentence" && b.Identity != nil:
		whole = b.Identity.Sentence
	case p.Field == "bio" || p.Field == "reason":
		i := slices.IndexFunc(b.Channels, func(c *board.Channel) bool { return c.ID == p.Entity })
		if whole = b.Channels[i].Bio; p.Field == "reason" {
			whole = b.Channels[i].Reason
		}
	}
	runes := []rune(whole)
	if p.End == 0 {
		return whole
	}
	if p.Start < 0 || p.Start >= p.End || p.End > len(runes) {
		t.Errorf("place %+v is outside its text of %d code points", p, len(runes))
		return ""
	}
	return string(runes[p.Start:p.End])
}

// The catalogue of the product is the source of what a rule is.
func TestCatalogue(t *testing.T) {
	data, err := os.ReadFile("testdata/catalogue/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct {
		Rules []struct {
			ID, Dim, Severity, Counts string
			Article                   []string
		}
	}
	if err := json.Unmarshal(data, &catalogue); err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.All() {
		i := slices.IndexFunc(catalogue.Rules, func(c struct {
			ID, Dim, Severity, Counts string
			Article                   []string
		}) bool {
			return c.ID == r.ID
		})
		if i < 0 {
			t.Errorf("%s is not in the catalogue", r.ID)
			continue
		}
		c := catalogue.Rules[i]
		if c.Dim != r.Dim || c.Severity != r.Severity.String() || (c.Counts == "required") != r.Required || strings.Join(c.Article, " ") != r.Article {
			t.Errorf("%s: %+v differs from the catalogue's %+v", r.ID, *r, c)
		}
	}
}

func TestNoOrphanCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		id := strings.TrimSuffix(filepath.Base(f), ".json")
		if !slices.ContainsFunc(rules.All(), func(r *rules.Rule) bool { return r.ID == id }) {
			t.Errorf("%s: there is no such rule", f)
		}
	}
}
