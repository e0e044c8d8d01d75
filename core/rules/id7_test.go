package rules_test

import (
	"slices"
	"strings"
	"testing"

	"unisson/core"
	"unisson/core/boardjson"
	"unisson/core/report"
)

// What a house begins to add to all it says, and where its messages lead, is no other voice.
func TestHabitsAreNoChangeOfVoice(t *testing.T) {
	for board, ends := range map[string][]string{
		"fr: une seule voix, vingt-quatre messages":               {" #JourDeVélo", " Association loi 1901, SIRET 812 345 678 00019.", " https://leguidon.example/p/N", " ^Inès", " ☎ 04 76 00 00 00"},
		"en: one voice, posts and letters in turn":                {" #MendIt", " Registered charity no. 1155512.", " https://shed.example/p/N", " ^JB", " 📞 01234 555 0100", " Proud to be a Living Wage employer."},
		"fr: deux voix mêlées du début à la fin : rien ne change": {" #ÀVélo", " À bientôt à l’atelier !"},
	} {
		cases := readCases(t, "ID7")
		at := slices.IndexFunc(cases, func(c ruleCase) bool { return c.Name == board })
		if at < 0 {
			t.Fatalf("no case %q", board)
		}
		for _, end := range ends {
			b, err := boardjson.Decode(cases[at].Board)
			if err != nil {
				t.Fatal(err)
			}
			var days []string
			for _, m := range b.Messages {
				days = append(days, m.Date)
			}
			slices.Sort(days)
			for _, m := range b.Messages {
				if m.Date >= days[len(days)/2] {
					m.Text += strings.ReplaceAll(end, "N", m.ID)
				}
			}
			got := core.Check(b, core.Options{})
			for _, f := range got.Findings {
				if f.Rule == "ID7" {
					t.Errorf("%s, with %q: %s", board, end, f.Key)
				}
			}
			if state := got.Rules[slices.IndexFunc(got.Rules, func(r report.RuleState) bool { return r.ID == "ID7" })]; state.State != report.Evaluated {
				t.Errorf("%s, with %q: it was not judged", board, end)
			}
		}
	}
}
