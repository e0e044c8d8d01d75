package core

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/rules"
	"unisson/core/texts"
)

var update = flag.Bool("update", false, "rewrite the golden reports")

func boards(t *testing.T) map[string]*board.Board {
	t.Helper()
	paths, err := filepath.Glob("testdata/boards/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no boards in testdata/boards: %v", err)
	}
	out := map[string]*board.Board{}
	for _, p := range paths {
		if strings.HasSuffix(p, ".expect.json") {
			continue
		}
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		b, err := boardjson.Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		out[strings.TrimSuffix(filepath.Base(p), ".json")] = b
	}
	return out
}

// The whole reports of the sample boards, as JSON and as text in both languages. Rewritten by ./build.sh golden.
func TestGolden(t *testing.T) {
	wanted := map[string]bool{}
	for name, b := range boards(t) {
		r := Check(b, Options{Evidence: true})
		for suffix, got := range map[string]string{
			".report.json":  string(r.AppendJSON(nil)),
			".picture.json": string(rules.Picture(rules.Read(rules.NewSource(b), nil, false)).AppendJSON(nil)),
			".fr.txt":       texts.Plain(r, b, texts.FR),
			".en.txt":       texts.Plain(r, b, texts.EN),
		} {
			file := name + suffix
			wanted[file] = true
			path := filepath.Join("testdata/golden", file)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%v (./build.sh golden writes it)", err)
			} else if string(want) != got {
				t.Errorf("%s differs:\n%s", file, firstDifference(string(want), got))
			}
		}
	}
	files, err := os.ReadDir("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if wanted[f.Name()] {
			continue
		}
		if *update {
			if err := os.Remove(filepath.Join("testdata/golden", f.Name())); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Errorf("golden/%s belongs to no board", f.Name())
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-120):min(len(s), i+120)] }
	return "want …" + around(a) + "…\ngot  …" + around(b) + "…"
}

// Anyone can recompute the score from the report alone: this does, from the JSON and the published formula, without the
// code of package score.
func TestScoreFromTheReportAlone(t *testing.T) {
	severity := map[string]float64{"critical": 4, "major": 2, "minor": 1}
	for name, b := range boards(t) {
		var r struct {
			Score struct {
				Proven, Possible, Single *float64
				Dimensions               []struct {
					ID      string
					Weight  float64
					Counted bool
				}
			}
			Rules []struct {
				ID, Dim, State, Severity, Counts string
				Objects, Failing, Unknown        float64
			}
		}
		if err := json.Unmarshal(Check(b, Options{}).AppendJSON(nil), &r); err != nil {
			t.Fatal(err)
		}
		overall := func(unknown float64) float64 {
			product, weights := 1.0, 0.0
			for _, d := range r.Score.Dimensions {
				inner, sum, limit := 1.0, 0.0, 1.0
				for _, x := range r.Rules {
					health, failed := 0.0, x.Failing
					switch {
					case x.Dim != d.ID || x.State == "notApplicable" || x.State == "dismissed" || x.State == "insufficient" && x.Counts != "required":
						continue
					case x.State == "insufficient":
						health, failed = unknown, 1-unknown
						x.Objects = 1
					default:
						health = (x.Objects - x.Failing - (1-unknown)*x.Unknown) / x.Objects
						failed += (1 - unknown) * x.Unknown
					}
					health = math.Max(health, .05)
					inner *= math.Pow(health, severity[x.Severity])
					sum += severity[x.Severity]
					if x.Severity == "critical" {
						limit = math.Min(limit, health)
					}
					if x.ID == "ID2" && failed > 0 || x.ID == "BR1" && failed >= x.Objects {
						limit = math.Min(limit, .5)
					}
				}
				if (sum > 0) != d.Counted {
					t.Errorf("%s: dimension %s counted: %v", name, d.ID, d.Counted)
				}
				if sum > 0 {
					product *= math.Pow(math.Min(math.Pow(inner, 1/sum), limit), d.Weight)
					weights += d.Weight
				}
			}
			return 100 * math.Pow(product, 1/weights)
		}
		if r.Score.Proven == nil {
			continue
		}
		low, high := overall(0), overall(1)
		if got := *r.Score.Proven; math.Abs(got-low) > 2.5001 {
			t.Errorf("%s: proven %v, recomputed %v", name, got, low)
		}
		if got := *r.Score.Possible; math.Abs(got-high) > 2.5001 {
			t.Errorf("%s: possible %v, recomputed %v", name, got, high)
		}
		if (r.Score.Single != nil) != (high-low <= 15+1e-9) {
			t.Errorf("%s: one number with an interval of %v", name, high-low)
		}
	}
}

// What the boards of testdata/boards must and must not show stands beside them.
func TestExpectations(t *testing.T) {
	type expectation struct {
		Fires []struct {
			Rule, Severity string
			About          []string
		}
		Silent, Insufficient, NotApplicable []string
		Spares                              []struct {
			Rule  string
			About []string
		}
		Score map[string]bool
		Why   map[string]string
	}
	for name, b := range boards(t) {
		data, err := os.ReadFile("testdata/boards/" + name + ".expect.json")
		if err != nil {
			t.Error(err)
			continue
		}
		var x expectation
		if err := json.Unmarshal(data, &x); err != nil {
			t.Fatal(err)
		}
		r := Check(b, Options{})
		about := map[string][]string{} // rule -> places of its findings
		for _, f := range r.Findings {
			if f.Dismissed {
				continue
			}
			about[f.Rule] = append(about[f.Rule], "") // it fired
			for _, p := range f.Places {
				about[f.Rule] = append(about[f.Rule], p.Entity, p.Message)
			}
		}
		state := map[string]string{}
		for _, s := range r.Rules {
			state[s.ID] = s.State.String()
		}
		for _, f := range x.Fires {
			if len(about[f.Rule]) == 0 {
				t.Errorf("%s: %s does not fire (%s)", name, f.Rule, x.Why[f.Rule])
			}
			if f.Severity != "" && !slices.ContainsFunc(r.Findings, func(x report.Finding) bool { return x.Rule == f.Rule && x.Severity.String() == f.Severity }) {
				t.Errorf("%s: no finding of %s is %s", name, f.Rule, f.Severity)
			}
			for _, a := range f.About {
				if !slices.Contains(about[f.Rule], a) {
					t.Errorf("%s: %s says nothing about %s (%s)", name, f.Rule, a, x.Why[f.Rule])
				}
			}
		}
		for want, list := range map[string][]string{"": x.Silent, "insufficient": x.Insufficient, "notApplicable": x.NotApplicable} {
			for _, id := range list {
				if len(about[id]) > 0 {
					t.Errorf("%s: %s fires about %v (%s)", name, id, about[id], x.Why[id])
				}
				if want != "" && state[id] != want {
					t.Errorf("%s: %s is %s, want %s", name, id, state[id], want)
				}
			}
		}
		for _, s := range x.Spares {
			for _, a := range s.About {
				if slices.Contains(about[s.Rule], a) {
					t.Errorf("%s: %s must spare %s (%s)", name, s.Rule, a, x.Why[s.Rule])
				}
			}
		}
	}
}
