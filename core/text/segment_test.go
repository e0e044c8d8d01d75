package text

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
)

// The fast path must cut exactly as the library does, which passes the official WordBreakTest.
func TestWordsAsUAX29(t *testing.T) {
	pieces := []string{"a", "b", "Z", "é", "œ", "ß", "ł", "0", "9", "_", ".", ",", ";", ":", "'", "’", "‘", "·", "-", "–", " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u200D", "\u0301", "\uFE0F",
		"\u00AD", "«", "»", "“", "\"", "!", "…", "😀", "👩‍👧", "🇫🇷", "中", "ア", "א", "ع", "ª", "×", "‧", "․", "‰", "€", "\u2028", "\u0600", "/", "@", "#", "mot", "l'", "10", "3.5"}
	rng := rand.New(rand.NewSource(29))
	for range 15_000 {
		var b strings.Builder
		for range 1 + rng.Intn(12) {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		s := b.String()
		var want, got []string
		for it := words.FromString(s); it.Next(); {
			if hasLetter(it.Value()) {
				want = append(want, it.Value())
			}
		}
		eachWord(s, func(start, end int) {
			if hasLetter(s[start:end]) {
				got = append(got, s[start:end])
			}
		})
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("%q cut as %q, UAX #29 says %q", s, got, want)
		}
		n := 0
		for it := graphemes.FromString(s); it.Next(); {
			n++
		}
		if got := eachGrapheme(s, func(int, int) {}); got != n {
			t.Fatalf("%q has %d graphemes, UAX #29 says %d", s, got, n)
		}
	}
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, letter) }

func TestNarrowSpaceParts(t *testing.T) {
	var got []string
	s := "«\u202FVraiment\u202F: 10\u202F000 œufs\u202F!\u202F» 中文\u202F字"
	eachWord(s, func(start, end int) { got = append(got, s[start:end]) })
	if want := "Vraiment|10|000|œufs|中|文|字"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}
