package text

import (
	"slices"
	"testing"
)

// What two texts share by a word that any text may hold is nothing; a trade is never such a word.
func TestLight(t *testing.T) {
	for _, c := range []struct {
		word  string
		lang  Lang
		light bool
	}{
		{"années", FR, true}, {"permettent", FR, true}, {"nouvelles", FR, true}, {"Lundi", FR, true},
		{"assurance", FR, false}, {"portuaire", FR, false}, {"cour", FR, false}, {"marée", FR, false}, {"anciennes", FR, false}, {"service", FR, false},
		{"making", EN, true}, {"Thursdays", EN, true}, {"hundreds", EN, true},
		{"weekly", EN, false}, {"numbers", EN, false}, {"time", EN, false}, {"service", EN, false},
		{"permettent", EN, false},
	} {
		if got := Light(stem(string(appendLower(nil, c.word)), c.lang), c.lang); got != c.light {
			t.Errorf("%s: light is %v", c.word, got)
		}
	}
}

// A longer text holds more by chance, a common stem more than a rare one.
func TestChance(t *testing.T) {
	if got := Chance("servic", FR, 1); got < .13 || got > .15 {
		t.Errorf("service in one paragraph: %v", got)
	}
	if got := Chance("servic", FR, 0); got != 0 {
		t.Errorf("in no words: %v", got)
	}
	for _, stem := range []string{"servic", "hirondel"} {
		short, long := Chance(stem, FR, 50), Chance(stem, FR, 5000)
		if short >= long || long >= 1 {
			t.Errorf("%s: %v in a short text, %v in a long one", stem, short, long)
		}
	}
	if Chance("hirondel", FR, 300) >= Chance("servic", FR, 300) {
		t.Error("a rare stem is as likely as a common one")
	}
}

// Familiar turns are marked whole; the words they are made of are not familiar by themselves.
func TestFamiliarTurns(t *testing.T) {
	for _, c := range []struct {
		text  string
		lang  Lang
		marks []string
	}{
		{"L’équipe est au taquet, on lâche rien.", FR, []string{"au taquet", "on lâche rien"}},
		{"Le taquet retient la porte, le feu couve.", FR, nil},
		{"Qui est chaud pour courir ?", FR, []string{"Qui est chaud"}},
		{"Trop chouette, ce poto.", FR, []string{"Trop chouette", "poto"}},
		{"Le pain est chaud, le four est un enfer, la chouette sort.", FR, nil},
		{"Big mood today. We can’t even, ngl.", EN, []string{"Big mood", "can’t even", "ngl"}},
		{"The mood is big enough for an even number.", EN, nil},
	} {
		var got []string
		for _, m := range Read(c.text, c.lang, c.lang).Marks {
			if m.Kind == Slang {
				got = append(got, c.text[m.Start:m.End])
			}
		}
		if !slices.Equal(got, c.marks) {
			t.Errorf("%s: %q", c.text, got)
		}
	}
}
