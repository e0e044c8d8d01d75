package report

import (
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	before := &Report{Board: "b", Score: Score{Why: "coverage"},
		Rules:    []RuleState{{ID: "SY1", Objects: 3, Failing: 2}, {ID: "ST1", State: Insufficient}, {ID: "OLD"}, {ID: "TE1", Objects: 1}},
		Findings: []Finding{{Key: "SY1:b"}, {Key: "SY1:a", Severity: Major}, {Key: "KP1:x", Dismissed: true}, {Key: "KP1:y"}, {Key: "KP1:z", Dismissed: true}}}
	after := &Report{Board: "b", Score: Score{Shown: true, Proven: 40, Possible: 60},
		Rules:    []RuleState{{ID: "ST1", Objects: 2}, {ID: "SY1", Objects: 3, Failing: 1}, {ID: "TE1", Objects: 1}},
		Findings: []Finding{{Key: "SY1:a", Severity: Minor}, {Key: "ST1:n"}, {Key: "KP1:x"}, {Key: "KP1:y", Dismissed: true}, {Key: "KP1:z", Dismissed: true}, {Key: "A", Dismissed: true}}}
	d := Compare(before, after)
	keys := func(list []Finding) string {
		var out []string
		for _, f := range list {
			out = append(out, f.Key)
		}
		return strings.Join(out, " ")
	}
	for what, x := range map[string][2]string{"new": {keys(d.New), "ST1:n"}, "gone": {keys(d.Gone), "SY1:b"}, "set aside": {keys(d.SetAside), "KP1:y"}, "reopened": {keys(d.Reopened), "KP1:x"}} {
		if x[0] != x[1] {
			t.Errorf("%s: %q, want %q", what, x[0], x[1])
		}
	}
	if len(d.Kept) != 1 || d.Kept[0].Key != "SY1:a" || d.Kept[0].Was != Major || d.Kept[0].Severity != Minor {
		t.Errorf("kept: %+v", d.Kept)
	}
	want := `{"board":"b","format":"unisson-diff/1","before":{"proven":null,"possible":null,"single":null,"why":"coverage","coverage":0,"evaluated":0,"insufficient":0,"dismissals":0,"dimensions":[]},` +
		`"after":{"proven":40,"possible":60,"single":null,"coverage":0,"evaluated":0,"insufficient":0,"dismissals":0,"dimensions":[]},` +
		`"new":[{"key":"ST1:n","rule":"","severity":"minor","places":[],"args":{}}],"gone":[{"key":"SY1:b","rule":"","severity":"minor","places":[],"args":{}}],` +
		`"setAside":[{"key":"KP1:y","rule":"","severity":"minor","places":[],"args":{},"dismissed":true}],"reopened":[{"key":"KP1:x","rule":"","severity":"minor","places":[],"args":{}}],` +
		`"kept":[{"key":"SY1:a","rule":"","before":"major","after":"minor"}],` +
		`"rules":[{"id":"OLD","before":{"state":"evaluated","objects":0,"failing":0,"unknown":0,"dismissed":0},"after":null},` +
		`{"id":"ST1","before":{"state":"insufficient","objects":0,"failing":0,"unknown":0,"dismissed":0},"after":{"state":"evaluated","objects":2,"failing":0,"unknown":0,"dismissed":0}},` +
		`{"id":"SY1","before":{"state":"evaluated","objects":3,"failing":2,"unknown":0,"dismissed":0},"after":{"state":"evaluated","objects":3,"failing":1,"unknown":0,"dismissed":0}}]}` + "\n"
	if got := string(d.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	slices.Reverse(before.Findings)
	slices.Reverse(after.Rules)
	if got := string(Compare(before, after).AppendJSON(nil)); got != want {
		t.Errorf("in another order: %s", got)
	}
	same := Compare(after, after)
	if len(same.New)+len(same.Gone)+len(same.SetAside)+len(same.Reopened)+len(same.Rules) != 0 || len(same.Kept) != 3 {
		t.Errorf("a report differs from itself: %+v", same)
	}
}

// What to do next stands after the causes, and only when it was asked for.
func TestNextJSON(t *testing.T) {
	r := Report{Next: []Next{
		{About: Ref{Kind: "channel", ID: "x"}, Finding: "SY1:x", Rules: []string{"SY1", "BR1"}, Tried: true, Gain: 3.5, Closes: -1},
		{Missing: Missing{What: "posts", Args: []Arg{{Key: "channel", Value: "x"}, {Key: "need", Value: 10.0}}}, Rules: []string{"VO3"}, Closes: 2},
	}}
	want := `"causes":[],"next":[{"kind":"repair","cause":{"kind":"channel","entity":"x"},"rules":["SY1","BR1"],"finding":"SY1:x","tried":true,"gain":3.5,"closes":-1},` +
		`{"kind":"add","missing":{"what":"posts","args":{"channel":"x","need":10}},"rules":["VO3"],"gain":0,"closes":2}],"findings":[]`
	if got := string(r.AppendJSON(nil)); !strings.Contains(got, want) {
		t.Errorf("got  %s\nwant %s in it", got, want)
	}
	r.Next = nil
	if got := string(r.AppendJSON(nil)); strings.Contains(got, `"next"`) {
		t.Errorf("not asked for: %s", got)
	}
}
