package house_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unisson/core"
	"unisson/core/boardjson"
	"unisson/core/report"
)

// We are an organisation with channels too: the page, the report, the command line and the README. What we write there is a board, in
// each language, and it speaks with one voice.
func TestWeSpeakWithOneVoice(t *testing.T) {
	// What is written for those who write programs is one channel, wherever it stands.
	programs := []string{"core/texts/cli.json", "core/texts/api.json", "static/src/texts/api.json"}
	page := slices.DeleteFunc(files(t, "static/src/texts/*.json"), func(p string) bool { return slices.Contains(programs, p) })
	for _, c := range []struct{ lang, identity string }{
		{"fr", `{"name":"Unisson","sentence":"Nous lisons ce qu’une organisation dit sur chacun de ses canaux et lui montrons, dans ses propres mots, ce qui se contredit.",
			"terms":[{"term":"canal","synonyms":["canaux"]},{"term":"mots","synonyms":["texte","phrase"]},{"term":"constat","synonyms":["contrôle"]},{"term":"preuve","synonyms":["prouver"]}],
			"voice":{"address":"vous","formality":"neutral"}}`},
		{"en", `{"name":"Unisson","sentence":"We read what an organisation says on each of its channels and show it, in its own words, what contradicts the rest.",
			"terms":[{"term":"channel"},{"term":"words","synonyms":["text","sentence"]},{"term":"finding","synonyms":["check"]},{"term":"proof","synonyms":["prove","quote"]}],
			"voice":{"formality":"neutral"}}`},
	} {
		channels := map[string][]string{
			"page":   said(t, c.lang, page...),
			"report": said(t, c.lang, files(t, "core/texts/rules/*.json")...),
			"cli":    said(t, c.lang, programs...),
		}
		serves := map[string]string{"page": "report", "report": "page", "cli": "page"}
		bios := map[string]map[string]string{
			"fr": {"page": "La page lit vos canaux et montre, mot à mot, ce qui se contredit.", "report": "Le rapport : chaque constat, ses mots pour preuve, et la réparation.", "cli": "La commande qui vérifie les canaux d’une organisation et écrit le rapport."},
			"en": {"page": "The page reads your channels and shows, word for word, what contradicts the rest.", "report": "The report: each finding, the words that prove it, and the repair.", "cli": "The command that checks an organisation’s channels and writes the report."},
		}[c.lang]
		if c.lang == "en" {
			channels["readme"], serves["readme"], bios["readme"] = paragraphs(t, "README.md"), "page", "What Unisson is, what it reads, how to run it, and the words it proves findings with."
		}
		r := check(t, c.lang, c.identity, channels, serves, bios)
		for _, f := range r.Findings {
			t.Errorf("%s: %s", c.lang, f.Key)
		}
		evaluated := map[string]bool{}
		for _, s := range r.Rules {
			evaluated[s.ID] = s.State == report.Evaluated
		}
		for _, id := range []string{"ID1", "ID2", "ID5", "ID6", "ST1", "ST3", "SY1", "SY2", "VO2", "VO3", "VO6"} {
			if !evaluated[id] {
				t.Errorf("%s: %s did not run", c.lang, id)
			}
		}
		if len(r.Contradictions) > 0 || !r.Score.Shown {
			t.Errorf("%s: contradictions %v, score %+v", c.lang, r.Contradictions, r.Score)
		}
		if t.Failed() {
			t.Logf("%s", r.AppendJSON(nil))
		}
	}
}

func check(t *testing.T, lang, identity string, channels map[string][]string, serves, bios map[string]string) *report.Report {
	t.Helper()
	var list, messages []string
	text := func(s string) string {
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for _, id := range slices.Sorted(maps.Keys(channels)) {
		said := channels[id]
		list = append(list, fmt.Sprintf(`{"id":%q,"name":%q,"kind":"site","bio":%s,"objectives":["o"],"segments":["s"],"serves":[{"channel":%q,"how":"service"}]}`, id, id, text(bios[id]), serves[id]))
		for i, s := range said {
			messages = append(messages, fmt.Sprintf(`{"id":"%s-%03d","channel":%q,"text":%s}`, id, i, id, text(s)))
		}
	}
	document := fmt.Sprintf(`{"format":"unisson/1","id":"unisson","lang":%q,"identity":%s,"segments":[{"id":"s","name":"Those who answer for what an organisation says","needs":[{"id":"n","text":"To know what contradicts the rest, with the words that prove it"}]}],
		"kpis":[{"id":"k","name":"Findings repaired","class":"outcome","objective":"o"}],"decisions":[],
		"objectives":[{"id":"o","title":"Every organisation knows whether its channels speak with one voice","horizon":"2030-12-31","proof":"Boards checked"}],
		"channels":[%s],"actions":[{"id":"a","title":"1.0","channels":["page"],"objective":"o","trigger":"planned","segments":["s"],"needs":["n"]}],"messages":[%s]}`,
		lang, identity, strings.Join(list, ","), strings.Join(messages, ","))
	b, err := boardjson.Decode([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return core.Check(b, core.Options{})
}

var hole = regexp.MustCompile(`\{[^{}]*\}`)

func files(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: no texts, %v", pattern, err)
	}
	return paths
}

// said gives the sentences of our texts that stand by themselves: what has cases or is a label is no text anybody reads.
func said(t *testing.T, lang string, paths ...string) (out []string) {
	t.Helper()
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var both map[string]map[string]string
		if err := json.Unmarshal(raw, &both); err != nil {
			t.Fatal(err)
		}
		list := both[lang]
		ids := make([]string, 0, len(list))
		for id := range list {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			s := list[id]
			if strings.HasPrefix(id, "ui.specimen.") || strings.Contains(s, "select,") || strings.Contains(s, "plural,") { // the specimen quotes somebody else
				continue
			}
			s = hole.ReplaceAllString(s, "…")
			if len(strings.Fields(s)) >= 8 && strings.ContainsAny(s[len(s)-1:], ".?:") {
				out = append(out, s)
			}
		}
	}
	return out
}

// paragraphs gives the prose of a Markdown file.
func paragraphs(t *testing.T, path string) (out []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("`[^`]*`|[*#]|!?\\[[^\\]]*\\]\\([^)]*\\)")
	for p := range strings.SplitSeq(string(raw), "\n\n") {
		if strings.HasPrefix(p, "    ") {
			continue
		}
		if p = strings.Join(strings.Fields(code.ReplaceAllString(p, " ")), " "); len(strings.Fields(p)) >= 8 {
			out = append(out, p)
		}
	}
	return out
}
