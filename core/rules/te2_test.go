package rules_test

import (
	"slices"
	"testing"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/report"
)

// A day that passes is no edit of a channel, yet it makes of a planned text one that has come out.
func TestPlannedTextComesOut(t *testing.T) {
	for lang, text := range map[string]string{"fr": "Une pendule réparée.", "en": "A clock mended."} {
		s := core.NewSession()
		s.Edit(&board.Change{Reset: true, Set: board.SetLang | board.SetAsOf | board.SetSamples, Value: board.Board{
			Lang: lang, AsOf: "2026-11-22",
			Channels: []*board.Channel{{ID: "site", Name: "Site", Kind: "site"}},
			Messages: []*board.Message{{ID: "m1", Channel: "site", Date: "2026-01-05", Text: text}, {ID: "m2", Channel: "site", Date: "2026-12-24", Text: text}},
			Samples:  []*board.Sample{{Channel: "site", Complete: board.Yes}},
		}})
		silent := func() bool {
			return slices.ContainsFunc(s.Report(core.Options{}).Findings, func(f report.Finding) bool { return f.Rule == "TE2" })
		}
		if !silent() {
			t.Errorf("%s: the planned text counts before its day", lang)
		}
		s.Edit(&board.Change{Set: board.SetAsOf, Value: board.Board{AsOf: "2026-12-25"}})
		if silent() {
			t.Errorf("%s: the planned text does not count once its day has come", lang)
		}
	}
}
