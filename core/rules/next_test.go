package rules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/score"
)

// Everything that was tried for any board, listed or not, brings what a check from nothing of the repaired board gives,
// to the last bit that is compared; and trying leaves the reading as it was.
func TestTriedIsTrue(t *testing.T) {
	tried := 0
	for path, b := range goldenBoards(t) {
		r := Read(NewSource(b), nil, false)
		now := Check(r, false)
		line := string(now.AppendJSON(nil))
		all := bets(r, now)
		if again := string(Check(r, false).AppendJSON(nil)); again != line {
			t.Errorf("%s: trying repairs changed the reading", path)
		}
		count := 0
		for _, x := range all {
			if !x.Tried {
				continue
			}
			count++
			source := NewSource(b)
			source.Apply(x.change)
			then := Check(Read(source, nil, false), false)
			n := next{ground: r.ground()}
			n.low, n.high = score.Overall(now.Rules, n.ground.Weights, nil)
			want := bet{}
			n.weigh(&want, then.Rules)
			if x.gain != want.gain || x.closes != want.closes {
				t.Errorf("%s: %s was tried as %v and %v, a check gives %v and %v", path, x.Finding, x.gain, x.closes, want.gain, want.closes)
			}
		}
		if count > nextTried {
			t.Errorf("%s: %d repairs were tried", path, count)
		}
		tried += count
	}
	if tried < 20 {
		t.Errorf("only %d repairs were tried on all the boards", tried)
	}
}

// What the breaks of a dimension bring together is what a check from nothing gives once each repair was made in turn; and where several hold a
// board down, they are among what to do next.
func TestTogetherIsTrue(t *testing.T) {
	seen := 0
	for path, b := range goldenBoards(t) {
		r := Read(NewSource(b), nil, false)
		now := Check(r, false)
		n := next{ground: r.ground()}
		n.low, n.high = score.Overall(now.Rules, n.ground.Weights, nil)
		for _, x := range bets(r, now) {
			if x.Dim == "" || x.Breaks > nextTried {
				continue
			}
			seen++
			source := NewSource(b)
			var left []*report.Finding
			for i := range now.Findings {
				f := &now.Findings[i]
				rule := All()[slices.IndexFunc(All(), func(r *Rule) bool { return r.ID == f.Rule })]
				if f.Dismissed || f.Severity != report.Critical || rule.Dim != x.Dim {
					continue
				}
				var change *board.Change
				if rule.Repair != nil {
					change = rule.Repair(Read(source, nil, false), f)
				}
				if change == nil {
					left = append(left, f)
					continue
				}
				source.Apply(change)
			}
			then := Check(Read(source, nil, false), false)
			for _, f := range left {
				if slices.ContainsFunc(then.Findings, func(s report.Finding) bool { return s.Key == f.Key }) {
					then.Rules[slices.IndexFunc(then.Rules, func(s report.RuleState) bool { return s.ID == f.Rule })].Failing--
				}
			}
			want := bet{}
			if n.weigh(&want, then.Rules); x.Whole != want.gain {
				t.Errorf("%s: the breaks of %s bring %v together, a check gives %v", path, x.Dim, x.Whole, want.gain)
			}
			if x.Whole <= x.gain {
				t.Errorf("%s: %s brings %v alone and %v with the others", path, x.Finding, x.gain, x.Whole)
			}
			if list, _ := Next(r, now); !slices.ContainsFunc(list, func(s report.Next) bool { return s.Finding != "" }) {
				t.Errorf("%s: no repair among what to do next", path)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d breaks hold one another down on all the boards", seen)
	}
}

func goldenBoards(t *testing.T) map[string]*board.Board {
	paths, err := filepath.Glob("../testdata/boards/*.json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*board.Board{}
	for _, path := range paths {
		if strings.HasSuffix(path, ".expect.json") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if out[path], err = boardjson.Decode(data); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	return out
}

func state(id string, required bool, objects, failing, unknown int, missing ...report.Missing) report.RuleState {
	s := report.RuleState{ID: id, Dim: "audience", Severity: report.Major, Required: required, Objects: objects, Failing: failing, Unknown: unknown, Missing: missing}
	if objects-unknown == 0 {
		s.State = report.Insufficient
	}
	return s
}

// What a missing piece brings, on the states alone.
func TestAdditions(t *testing.T) {
	posts := func(channel string, need float64) report.Missing {
		return report.Missing{What: "posts", Args: []report.Arg{arg("channel", channel), arg("have", 2), {Key: "need", Value: need}}}
	}
	texts := func(channel string) report.Missing {
		return report.Missing{What: "texts", Args: []report.Arg{arg("channel", channel), arg("have", 2), arg("need", 5), arg("words", 9), arg("needWords", 300)}}
	}
	r := Read(NewSource(&board.Board{}), nil, false)
	now := &report.Report{Score: report.Score{Shown: true}, Rules: []report.RuleState{
		state("A", true, 2, 0, 2, posts("x", 10), posts("y", 10)),
		state("B", true, 2, 0, 1, texts("x")),
		state("C", true, 0, 0, 0, report.Missing{What: "segments"}),
		state("D", false, 0, 0, 0, report.Missing{What: "segments"}),
	}}
	n := next{r: r, now: now}
	n.low, n.high = score.Overall(now.Rules, nil, nil)
	got := map[string]*bet{}
	for _, b := range n.additions(n.pieces()) {
		got[b.key] = b
	}
	if len(got) != 3 {
		t.Fatalf("%d pieces, want 3: %v", len(got), got)
	}
	x := got["add posts channel=x"]
	if strings.Join(x.Rules, " ") != "A B" || x.Missing.What != "texts" {
		t.Errorf("texts for x: %+v", x.Next)
	}
	for _, a := range x.Missing.Args {
		if a.Key == "need" && a.Value != 10.0 {
			t.Errorf("the greater need is not the one told: %v", a.Value)
		}
	}
	given := []report.RuleState{state("A", true, 2, 0, 1), state("B", true, 2, 0, 0), now.Rules[2], now.Rules[3]}
	want := bet{}
	n.weigh(&want, given)
	if x.gain != want.gain || x.closes != want.closes || x.gain <= 0 {
		t.Errorf("texts for x bring %v and %v, want %v and %v", x.gain, x.closes, want.gain, want.closes)
	}
	given = []report.RuleState{now.Rules[0], now.Rules[1], state("C", true, 1, 0, 0), state("D", false, 1, 0, 0)}
	n.weigh(&want, given)
	if s := got["add segments"]; s.gain != want.gain || s.closes != want.closes || strings.Join(s.Rules, " ") != "C D" {
		t.Errorf("segments bring %v and %v for %v, want %v and %v", s.gain, s.closes, s.Rules, want.gain, want.closes)
	}
	if now.Rules[0].Unknown != 2 || now.Rules[2].State != report.Insufficient {
		t.Error("reckoning wrote to the report")
	}
}
