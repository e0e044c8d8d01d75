package texts

import (
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/report"
)

// Before and after a repair, in both languages: what is gone is named as it was, what is new as it is.
func TestDiff(t *testing.T) {
	before := &board.Board{ID: "b", Channels: []*board.Channel{{ID: "c", Name: "Ancien *nom*"}, {ID: "d", Name: "Lettre", Bio: "La bio"}}}
	after := &board.Board{ID: "b", Channels: []*board.Channel{{ID: "c", Name: "Nouveau"}, {ID: "d", Name: "Lettre", Bio: "Une autre bio"}}}
	finding := func(rule, channel string, severity report.Severity, places ...report.Place) report.Finding {
		return report.Finding{Key: rule + ":" + channel, Rule: rule, Severity: severity, Places: places,
			Args: []report.Arg{{Key: "channel", Value: channel}, {Key: "sentence", Value: "no"}, {Key: "others", Value: 1}, {Key: "why", Value: "nobody"}}}
	}
	d := report.Compare(
		&report.Report{Score: report.Score{Why: "coverage"}, Rules: []report.RuleState{{ID: "SY1", Objects: 2, Failing: 1}, {ID: "ID6", State: report.Insufficient}},
			Findings: []report.Finding{finding("SY1", "c", report.Major), finding("PU3", "d", report.Major)}},
		&report.Report{Score: report.Score{Shown: true, One: true, Single: 70}, Rules: []report.RuleState{{ID: "SY1", Objects: 2}, {ID: "ID6", Objects: 2, Failing: 1}},
			Findings: []report.Finding{finding("PU3", "d", report.Minor), finding("ID6", "d", report.Major, report.Place{Entity: "d", Field: "bio"})}})
	french := PlainDiff(d, before, after, FR)
	for _, want := range []string{
		"Avant. Pas encore de note", "Après. Cohérence : 70 sur 100", "1 constat n’est plus là", "Ancien *nom*", "1 nouveau constat", "« Une autre bio » — Lettre", "À faire",
		"1 constat a changé de gravité", "Important → Mineur", "À compléter → 1 sur 2 en ordre", "1 sur 2 en ordre → 2 sur 2 en ordre",
	} {
		if !strings.Contains(spaced(french), want) {
			t.Errorf("%q is not told:\n%s", want, french)
		}
	}
	if strings.Contains(french, "Nouveau") || strings.Contains(french, "demeure") {
		t.Errorf("told as it is now, or what does not remain:\n%s", french)
	}
	english := MarkdownDiff(d, before, after, EN)
	for _, want := range []string{"# Unisson: b, before and after", "**After. Coherence: 70 out of 100**", `Ancien \*nom\*`, "## 1 new finding", "> “Une autre bio”\n>\n> — Lettre", "(Major → Minor)"} {
		if !strings.Contains(english, want) {
			t.Errorf("%q is not told:\n%s", want, english)
		}
	}
	same := &report.Report{Score: report.Score{Why: "identity"}, Findings: []report.Finding{finding("SY1", "c", report.Major)}}
	if got := PlainDiff(report.Compare(same, same), after, after, EN); !strings.Contains(got, "Nothing changed.") || !strings.Contains(got, "1 finding remains") {
		t.Errorf("of a report and itself:\n%s", got)
	}
}

// spaced has plain spaces for narrow ones, which tests need not spell.
func spaced(s string) string { return strings.ReplaceAll(s, narrow, " ") }
