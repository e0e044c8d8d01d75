package score

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"unisson/core/report"
)

// perfect is the whole catalogue, every rule evaluated on two objects that pass.
func perfect(t *testing.T) []report.RuleState {
	data, err := os.ReadFile("../rules/testdata/catalogue/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct {
		Rules []struct{ ID, Dim, Severity, Counts string }
	}
	if err := json.Unmarshal(data, &catalogue); err != nil {
		t.Fatal(err)
	}
	severities := map[string]report.Severity{"minor": report.Minor, "major": report.Major, "critical": report.Critical}
	var out []report.RuleState
	for _, r := range catalogue.Rules {
		out = append(out, report.RuleState{ID: r.ID, Dim: r.Dim, Severity: severities[r.Severity], Required: r.Counts == "required", Objects: 2})
	}
	return out
}

func with(rules []report.RuleState, id string, change func(*report.RuleState)) []report.RuleState {
	rules = slices.Clone(rules)
	for i := range rules {
		if rules[i].ID == id {
			change(&rules[i])
		}
	}
	return rules
}

var ready = Ground{Channels: 3, Identity: true}

func single(t *testing.T, rules []report.RuleState) float64 {
	t.Helper()
	s := Of(rules, ready)
	if !s.Shown || !s.One {
		t.Fatalf("no single number: %+v", s)
	}
	return s.Single
}

func TestReferencePoints(t *testing.T) {
	all := perfect(t)
	fails := func(n int) func(*report.RuleState) { return func(r *report.RuleState) { r.Failing = n } }
	exact := func(rules []report.RuleState) float64 { p, _ := Overall(rules, nil, nil); return math.Round(100 * p) }
	for _, c := range []struct {
		name  string
		rules []report.RuleState
		want  float64
	}{
		{"nothing fails", all, 100},
		{"ST2 fails everywhere", with(all, "ST2", fails(2)), 55},
		{"ST2 fails for half", with(all, "ST2", fails(1)), 87},
		{"SY1 fails everywhere", with(all, "SY1", fails(2)), 90},
	} {
		if got := exact(c.rules); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := single(t, with(all, "ST2", fails(1))); got != 85 {
		t.Errorf("shown rounded to 5: %v, want 85", got)
	}
}

func TestCaps(t *testing.T) {
	all := perfect(t)
	dimension := func(rules []report.RuleState, id string) report.Dimension {
		s := Of(rules, ready)
		return s.Dimensions[slices.IndexFunc(s.Dimensions, func(d report.Dimension) bool { return d.ID == id })]
	}
	cliche := with(all, "ID2", func(r *report.RuleState) { r.Objects, r.Failing = 1, 1 })
	if d := dimension(cliche, "identity"); d.Proven > .5 || d.Possible > .5 {
		t.Errorf("an identity anyone could sign: %+v", d)
	}
	if d := dimension(with(all, "BR1", func(r *report.RuleState) { r.Failing = 2 }), "bridge"); d.Possible > .5 {
		t.Errorf("no bridge at all: %+v", d)
	}
	if d := dimension(with(all, "ST3", func(r *report.RuleState) { r.Objects, r.Failing = 4, 3 }), "strategy"); d.Possible > .25 {
		t.Errorf("above its worst critical rule: %+v", d)
	}
}

func TestWhenNoNumberIsShown(t *testing.T) {
	all := perfect(t)
	for _, c := range []struct {
		why   string
		rules []report.RuleState
		g     Ground
	}{
		{"identity", all, Ground{Channels: 3}},
		{"channels", all, Ground{Channels: 1, Identity: true}},
		{"coverage", func() []report.RuleState {
			rules := slices.Clone(all)
			for i := range rules {
				if i%5 > 1 {
					rules[i].State = report.Insufficient
				}
			}
			return rules
		}(), ready},
	} {
		if s := Of(c.rules, c.g); s.Shown || s.Why != c.why {
			t.Errorf("%s: %+v", c.why, s)
		}
	}
	if s := Of(nil, ready); s.Shown {
		t.Errorf("an empty board is never scored: %+v", s)
	}
}

// A rule used by nobody must not mark anybody down; a required one that cannot run widens the interval.
func TestWhenUsedAndRequired(t *testing.T) {
	all := perfect(t)
	insufficient := func(r *report.RuleState) { r.State = report.Insufficient }
	if p, q := Overall(with(all, "KP1", insufficient), nil, nil); p != 1 || q != 1 {
		t.Errorf("KP1 counts when used: %v %v", p, q)
	}
	if p, q := Overall(with(all, "SY1", insufficient), nil, nil); p >= 1 || q != 1 {
		t.Errorf("SY1 is required: %v %v", p, q)
	}
}

func TestIntervalIsTestedBeforeRounding(t *testing.T) {
	all := perfect(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		rules := shake(random, all)
		s := Of(rules, ready)
		if !s.Shown {
			continue
		}
		p, q := Overall(rules, nil, nil)
		if wide := 100*(q-p) > 15+1e-9; wide == s.One {
			t.Fatalf("width %v, one number: %v", 100*(q-p), s.One)
		}
		if math.Mod(s.Proven, 5) != 0 || math.Mod(s.Possible, 5) != 0 || math.Mod(s.Single, 5) != 0 {
			t.Fatalf("not rounded to 5: %+v", s)
		}
	}
}

// shake gives every rule a random state; an evaluated one has at least one judged object.
func shake(random *rand.Rand, all []report.RuleState) []report.RuleState {
	rules := slices.Clone(all)
	for i := range rules {
		r := &rules[i]
		r.State = []report.State{report.Evaluated, report.Evaluated, report.Evaluated, report.Insufficient, report.NotApplicable, report.Dismissed}[random.IntN(6)]
		r.Objects = 1 + random.IntN(6)
		r.Unknown = random.IntN(r.Objects)
		r.Failing = random.IntN(r.Objects - r.Unknown + 1)
	}
	return rules
}

// For a fixed set of counting rules and of objects, judging an object that was unknown never lowers proven nor raises possible.
func TestJudgingNeverWidens(t *testing.T) {
	all := perfect(t)
	random := rand.New(rand.NewPCG(3, 4))
	judged := 0
	for range 5000 {
		before := shake(random, all)
		i := random.IntN(len(before))
		after := slices.Clone(before)
		r := &after[i]
		switch {
		case r.State == report.Evaluated && r.Unknown > 0:
			r.Unknown--
			r.Failing += random.IntN(2)
		case r.State == report.Insufficient && r.Required:
			// Its objects become known one after the other; the rule was counted as unknown as a whole before.
			r.State, r.Unknown, r.Failing = report.Evaluated, r.Objects-1, random.IntN(2)
		default:
			continue
		}
		judged++
		p1, q1 := Overall(before, nil, nil)
		p2, q2 := Overall(after, nil, nil)
		if p2 < p1-1e-12 || q2 > q1+1e-12 {
			t.Fatalf("judging one object of %s: [%v, %v] became [%v, %v]", r.ID, p1, q1, p2, q2)
		}
	}
	if judged < 500 {
		t.Fatalf("only %d trials judged anything", judged)
	}
}

func TestProvenNeverPassesPossible(t *testing.T) {
	all := perfect(t)
	random := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		if p, q := Overall(shake(random, all), nil, nil); p > q+1e-12 {
			t.Fatalf("proven %v above possible %v", p, q)
		}
	}
}

// Changing every weight by ±50 % moves random boards by 2 points at the median, 7 at the 95th percentile.
func TestWeightsMoveLittle(t *testing.T) {
	all := perfect(t)
	random := rand.New(rand.NewPCG(7, 8))
	var moves []float64
	for range 4000 {
		rules := shake(random, all)
		for i := range rules {
			rules[i].State, rules[i].Unknown = report.Evaluated, 0
		}
		weights := map[string]float64{}
		for _, d := range Dimensions {
			weights[d.ID] = d.Weight * (.5 + random.Float64())
		}
		p, _ := Overall(rules, nil, nil)
		q, _ := Overall(rules, weights, nil)
		moves = append(moves, 100*math.Abs(p-q))
	}
	slices.Sort(moves)
	median, high := moves[len(moves)/2], moves[len(moves)*95/100]
	if median > 2.5 || high > 8 {
		t.Errorf("the weights matter more than said: median %.1f, 95th percentile %.1f points", median, high)
	}
	t.Logf("weights ±50 %%: median %.2f, 95th percentile %.2f points", median, high)
}

// Dismissed objects leave both sides: a dismissal is no repair.
func TestDismissed(t *testing.T) {
	all := perfect(t)
	gone, _ := Overall(with(all, "SY1", func(r *report.RuleState) { r.State = report.Dismissed }), nil, nil)
	if gone != 1 {
		t.Errorf("%v", gone)
	}
	if s := Of(with(all, "SY1", func(r *report.RuleState) { r.Dismissed = 2 }), ready); s.Dismissals != 2 {
		t.Errorf("dismissals are counted in sight: %+v", s)
	}
}
