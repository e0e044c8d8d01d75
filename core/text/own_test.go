package text

import (
	"reflect"
	"slices"
	"testing"
)

// heard are the passages marked as one of the kinds, in order.
func heard(s string, f *Features, kinds ...Kind) (out []string) {
	for _, m := range f.Marks {
		if slices.Contains(kinds, m.Kind) {
			out = append(out, s[m.Start:m.End])
		}
	}
	return out
}

func TestLexiconAdds(t *testing.T) {
	x := NewLexicon([]string{"tchô", "se la donner", "wicked"}, []string{"photo du jour", "Loutre"}, []string{"circuit court"}, nil, nil)
	for s, want := range map[string][]string{
		"Tchô les amis, on va se la donner":      {"Tchô", "se la donner"},
		"TCHO, c’est ainsi":                      {"TCHO"}, // accents left out
		"That was a wicked evening, and cool":    {"wicked"},
		"Wesh, ils se la donnent":                {"Wesh", "se la donnent"}, // its inflections, and the shipped list beside it
		"La maison se donne du mal":              nil,
		"Voir https://tcho.example et @tcho ici": nil, // a link or a handle is no speech
		"#tchô":                                  {"tchô"},
	} {
		if got := heard(s, x.Read(s, None, FR), Slang); !slices.Equal(got, want) {
			t.Errorf("%q: slang %q, want %q", s, got, want)
		}
	}
	s := "La photo du jour : deux loutres dans la Loire."
	f := x.Read(s, FR, FR)
	if got := heard(s, f, Bait); !slices.Equal(got, []string{"photo du jour", "loutres"}) {
		t.Errorf("bait %q", got)
	}
	if plain := Read(s, FR, FR); f.BaitScore < begged || plain.BaitScore >= f.BaitScore {
		t.Errorf("an expression of the board's own begs like one of ours: %v, without %v", f.BaitScore, plain.BaitScore)
	}
	f = Read("Nos paniers en circuit court, notre innovation.", FR, FR)
	if got := x.Cliches(f); !slices.Equal(got, []string{"circuit", "court", "innov"}) {
		t.Errorf("clichés %q", got)
	}
}

func TestLexiconSilences(t *testing.T) {
	x := NewLexicon(nil, nil, nil, []string{"cool", "bébé", "Tu Vois", "grrr", "innovation", "sur mesure", "like si"}, nil)
	all := []Kind{Slang, Bait, Tu, Vous, Elongation}
	for s, want := range map[string][]string{
		"C’est cool, wesh":                       {"wesh"},
		"C’est trop cool":                        {"trop cool"}, // a longer entry is another entry
		"Nos bébés et nos chatons":               {"chatons"},
		"L’émission Tu vois revient, tu le sais": {"tu", "sais"},
		"Grrr, dit l’ours. Grrrrr.":              {"Grrrrr"},
		"Like si tu aimes":                       {"tu"},
		"Le cool jazz, les cools":                nil,
	} {
		if got := heard(s, x.Read(s, FR, FR), all...); !slices.Equal(got, want) {
			t.Errorf("%q: heard %q, want %q", s, got, want)
		}
	}
	f := Read("Une innovation en bois, sur mesure, une qualité.", FR, FR)
	if got := x.Cliches(f); !slices.Equal(got, []string{"qualit"}) {
		t.Errorf("clichés %q", got)
	}
	if a, b := x.Read("Trop mignon, ce bébé adorable", FR, FR), Read("Trop mignon, ce bébé adorable", FR, FR); a.BaitScore > b.BaitScore {
		t.Error("what is silenced weighs more")
	}
	loud := NewLexicon([]string{"cool"}, nil, nil, []string{"cool"}, nil)
	if got := heard("cool", loud.Read("cool", FR, FR), Slang); got != nil {
		t.Errorf("what is both added and silenced is silent: %q", got)
	}
}

// A grammatical word is meant only when it is written, not when an ordinary word shares its stem.
func TestLexiconOfGrammaticalWords(t *testing.T) {
	x := NewLexicon([]string{"will"}, nil, nil, nil, nil)
	if got := heard("We will see", x.Read("We will see", EN, EN), Slang); !slices.Equal(got, []string{"will"}) {
		t.Errorf("%q", got)
	}
	y := NewLexicon([]string{"willing"}, nil, nil, nil, nil)
	if got := heard("We will see", y.Read("We will see", EN, EN), Slang); got != nil {
		t.Errorf("%q", got)
	}
}

func TestLexiconIsKeptAndCompared(t *testing.T) {
	if NewLexicon(nil, []string{"", " ", "!?"}, nil, []string{}, nil) != nil {
		t.Error("nothing to add or silence is no lexicon")
	}
	a := NewLexicon([]string{"a b"}, nil, nil, nil, nil)
	if NewLexicon([]string{"a b"}, nil, nil, nil, a) != a {
		t.Error("equal lists, another lexicon")
	}
	if a.Changed(a) != nil || (*Lexicon)(nil).Changed(nil) != nil {
		t.Error("a lexicon differs from itself")
	}
	b := NewLexicon([]string{"a b", "vélo"}, nil, nil, nil, a)
	changed := b.Changed(a)
	for s, want := range map[string]bool{"A b c": false, "Des vélos": true, "": false} {
		if got := changed.In(Read(s, FR, FR)); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
	if c := a.Changed(nil); !c.In(Read("a b", FR, FR)) || c.In(Read("vélo", FR, FR)) {
		t.Error("against no lexicon, all of it has changed")
	}
	// The same term under another use is a change.
	if c := NewLexicon(nil, []string{"a b"}, nil, nil, nil).Changed(a); !c.In(Read("a b", FR, FR)) {
		t.Error("slang has become bait")
	}
}

// Where no changed term stands, both lexicons read the same.
func FuzzLexicon(f *testing.F) {
	f.Add("C’est cool, tu viens voir le bébé ?", "cool", "bébé", "tu")
	f.Add("We will tag a friend\xff", "will", "tag a friend", "\xff")
	f.Fuzz(func(t *testing.T, s, slang, bait, silence string) {
		x := NewLexicon([]string{slang}, []string{bait}, nil, []string{silence}, nil)
		got, plain := x.Read(s, None, FR), Read(s, None, FR)
		for _, m := range got.Marks {
			if m.Start < 0 || m.Start >= m.End || int(m.End) > len(s) {
				t.Fatalf("mark %+v of %d bytes", m, len(s))
			}
		}
		if changed := x.Changed(nil); (changed == nil || !changed.In(plain)) && !reflect.DeepEqual(got, plain) {
			t.Fatalf("no term stands in %q, and it is read otherwise:\n%+v\n%+v", s, got, plain)
		}
	})
}
