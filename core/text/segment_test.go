package text

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
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
		sameGraphemes(t, s)
	}
}

// sameGraphemes wants all graphemes counted, and those that hold a foreign character shown.
func sameGraphemes(t *testing.T, s string) {
	t.Helper()
	var want, got []string
	n := 0
	for it := graphemes.FromString(s); it.Next(); n++ {
		if class, size := classAt(it.Value(), 0); it.Value() != "\r\n" && (class == wbForeign || size < len(it.Value())) && len(it.Value()) > 1 {
			want = append(want, it.Value())
		}
	}
	count := eachGrapheme(s, func(start, end int) {
		if g := s[start:end]; len(got) < len(want) && g == want[len(got)] {
			got = append(got, g)
		}
	})
	if count != n || !slices.Equal(got, want) {
		t.Fatalf("%q has %d graphemes with %q, UAX #29 says %d with %q", s, count, got, n, want)
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

// sentencesOf gives the ends of the sentences of s, by the library and as CountSentences finds them.
func sentencesOf(s string) (want, got []int) {
	for it := sentences.FromString(s); it.Next(); {
		want = append(want, it.End())
	}
	slow := sentences.FromString("")
	for i := 0; i < len(s); {
		end, sure := latinSentence(s, i)
		if !sure {
			slow.SetText(s[i:])
			slow.Next()
			end = i + slow.End()
		}
		got = append(got, end)
		i = end
	}
	return want, got
}

func sameSentences(t *testing.T, s string) {
	t.Helper()
	if want, got := sentencesOf(s); !slices.Equal(got, want) {
		t.Fatalf("sentences of %q end at %v, UAX #29 says %v", s, got, want)
	}
}

// Every string of a few hard characters, and every character at all around a full stop.
func TestSentencesAsUAX29(t *testing.T) {
	hard := []string{"a", "É", "5", ".", "!", " ", "”", ",", "\n", "\r", "\uFE0F", "中", "✨"}
	var every func(s string, more int)
	every = func(s string, more int) {
		sameSentences(t, s)
		for _, c := range hard[:len(hard)*min(more, 1)] {
			every(s+c, more-1)
		}
	}
	every("", 4)
	for r := rune(1); r <= 0x1FFFF; r++ {
		if c := string(r); utf8.ValidString(c) {
			for _, s := range [...]string{"a." + c + "B", "a. " + c + "b", c + ".B", "a!" + c + " B", "a" + c + " B", "a. 5" + c + "b"} {
				sameSentences(t, s)
			}
		}
	}
	pieces := append(hard, "Z", "ž", "œ", "ß", "İ", "ſ", "…", "?", "\"", "(", ")", "«\u202F", "\u202F»", "’", ":", "–", "- ", "\u00A0", "\u2028", "\u0085", "\r\n", "\t", "\u0301", "\u00AD", "\u200D", "😀", "👩\u200D👧", "🙏🏽", "\U0001F676", "🅰", "❝", "․", "‼", "。", "ǅ", "ƻ", "º",
		"M. ", "U.S.", "3.5", "etc. ", "p. ex. ", "https://x.fr")
	rng := rand.New(rand.NewSource(29))
	for range 100_000 {
		var b strings.Builder
		for range 1 + rng.Intn(12) {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		sameSentences(t, b.String())
	}
}

func FuzzSegments(f *testing.F) {
	for _, s := range append(nasty, benched...) {
		f.Add(s)
	}
	for _, s := range []string{"M. Dupont, 3.5 km. « Oui. » (Non.) etc. et puis… Voilà !", "“He left.” U.S. Army e.g. this. 2. items", "a.\r\nb\u2028C. \u202F! 😀. ❤\uFE0F.B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		sameSentences(t, s)
		sameGraphemes(t, s)
	})
}
