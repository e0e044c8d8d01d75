package rules_test

import (
	"testing"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/report"
)

// A workshop reads the figure after every round, agreed or not, and it moves as the team says which words are one.
func TestRoundsAreMeasured(t *testing.T) {
	b := &board.Board{Lang: "fr", Identity: &board.Identity{}, Rounds: []*board.Round{
		{ID: "few", Question: "Qui êtes-vous ?", Answers: []string{"Des menuisiers", "  ", "Une menuiserie"}},
		{ID: "r1", Question: "Qui êtes-vous ?", Answers: []string{"Artisans du bois", "Une menuiserie de quartier", "Le bois et le quartier", "Nos menuisiers"}},
	}}
	apart := core.Check(b, core.Options{}).Rounds
	if len(apart) != 2 || apart[0].Known || apart[0].Answers != 2 || !apart[1].Known || apart[1].Answers != 4 {
		t.Fatalf("two answers are too few to compare, four are not: %+v", apart)
	}
	if got := apart[1].Words[0]; got != (report.RoundWord{Word: "bois", Answers: 2}) {
		t.Errorf("the most shared word comes first, as it was written: %+v", apart[1].Words)
	}
	b.Identity.Terms = []*board.Term{{Term: "menuisiers", Synonyms: []string{"artisans", "menuiserie"}}}
	grouped := core.Check(b, core.Options{}).Rounds[1]
	if grouped.Agreement <= apart[1].Agreement {
		t.Errorf("agreement %v after grouping, %v before", grouped.Agreement, apart[1].Agreement)
	}
	if got := grouped.Words[0]; got != (report.RoundWord{Word: "menuisiers", Answers: 3}) {
		t.Errorf("grouped words count as their term: %+v", grouped.Words)
	}
}
