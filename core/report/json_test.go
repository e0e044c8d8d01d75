package report

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzText: whatever the text, the report is JSON on one line, valid UTF-8, and gives the text back.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "é « œ » 🐶", "\"\\\b\f\n\r\t\x00\x1f\x7f", "\u2028\u2029", "\xff\xfe broken \xc3", "</script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Report{Board: s, Findings: []Finding{{Key: s, Args: []Arg{{Key: "a", Value: s}, {Key: "b", Value: []string{s, s}}, {Key: "c", Value: 0.12345}}, Places: []Place{{Message: "m", End: 3}}}}}
		line := string(r.AppendJSON(nil))
		if !utf8.ValidString(line) || strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") {
			t.Fatalf("not one line of UTF-8: %q", line)
		}
		var back struct {
			Board    string
			Findings []struct {
				Key  string
				Args struct {
					A string
					B []string
					C float64
				}
			}
		}
		if err := json.Unmarshal([]byte(line), &back); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		want := strings.ToValidUTF8(s, "\ufffd")
		if !utf8.ValidString(s) {
			want = string([]rune(s)) // one U+FFFD a broken byte
		}
		if back.Board != want || back.Findings[0].Args.B[1] != want || back.Findings[0].Args.C != 0.1235 {
			t.Fatalf("%q became %q", want, back.Board)
		}
	})
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -0.00001: "0", math.Copysign(0, -1): "0", 1: "1", 0.5: "0.5", 0.00005: "0.0001", 1234567.89: "1234567.89", math.NaN(): "0", math.Inf(1): "0", 1e20: "100000000000000000000"} {
		w := &writer{}
		w.number(v)
		if string(w.b) != want {
			t.Errorf("%v: %s, want %s", v, w.b, want)
		}
	}
}

// The shape people and programs rely on: this order of keys, nothing left out but what is optional.
func TestShape(t *testing.T) {
	r := Report{
		Board: "b",
		Score: Score{Shown: true, Proven: 40, Possible: 80, Coverage: .5, Evaluated: 1, Insufficient: 1, Dimensions: []Dimension{{ID: "identity", Weight: 20, Counted: true, Proven: .4, Possible: .8}}},
		Rules: []RuleState{{ID: "ID1", Dim: "identity", Severity: Critical, Required: true, Objects: 1, Failing: 1},
			{ID: "ID5", Dim: "identity", State: Insufficient, Severity: Major, Missing: []Missing{{What: "terms"}}}},
		Causes: []Cause{{About: Ref{Kind: "identity"}, Findings: []int{0}, Gain: 12.3}},
		Voice: &Voice{Known: true, Coherence: .7, Low: .6, High: .8, Channels: []Standing{{ID: "c", Belonging: .7, Low: .6, High: .8, Messages: 12, State: "evaluated",
			Marks: []Mark{{Term: "wesh", Rate: .02, Elsewhere: .001, G2: 14.25, LogRatio: 4.3, Places: []Place{{Message: "m", Start: 0, End: 4}}}}}}},
		Timeline:   []Timeline{{Channel: "c", Changes: []Change{{Before: "m", Strength: 5}, {Before: "n", Strength: 2, Seasonal: true, ExplainedBy: "d"}}, Strength: 5}},
		Duplicates: []Pair{{A: "m", B: "n", Similarity: .9}},
		Findings:   []Finding{{Key: "ID1", Rule: "ID1", Severity: Critical, Places: []Place{{Entity: "identity", Field: "sentence"}, {Message: "m", Start: 1, End: 2}}, Args: []Arg{{Key: "stems", Value: 2.0}}}},
	}
	want := `{"board":"b","format":"unisson-report/1","score":{"proven":40,"possible":80,"single":null,"coverage":0.5,"evaluated":1,"insufficient":1,"dismissals":0,"dimensions":[{"id":"identity","weight":20,"counted":true,"proven":0.4,"possible":0.8}]},` +
		`"rules":[{"id":"ID1","dim":"identity","state":"evaluated","severity":"critical","counts":"required","objects":1,"failing":1,"unknown":0,"dismissed":0},{"id":"ID5","dim":"identity","state":"insufficient","severity":"major","counts":"when used","objects":0,"failing":0,"unknown":0,"dismissed":0,"missing":[{"what":"terms","args":{}}]}],` +
		`"causes":[{"kind":"identity","findings":[0],"gain":12.3}],"findings":[{"key":"ID1","rule":"ID1","severity":"critical","places":[{"entity":"identity","field":"sentence"},{"message":"m","start":1,"end":2}],"args":{"stems":2}}],"file":[],"alignment":[],` +
		`"voice":{"coherence":0.7,"interval":[0.6,0.8],"channels":[{"id":"c","belonging":0.7,"interval":[0.6,0.8],"messages":12,"state":"evaluated","marks":[{"term":"wesh","rate":0.02,"elsewhere":0.001,"g2":14.25,"logRatio":4.3,"places":[{"message":"m","start":0,"end":4}]}]}]},` +
		`"timeline":[{"channel":"c","changes":[{"before":"m","strength":5,"explainedBy":null},{"before":"n","strength":2,"seasonal":true,"explainedBy":"d"}],"strength":5}],"duplicates":[{"a":"m","b":"n","similarity":0.9}]}` + "\n"
	if got := string(r.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
