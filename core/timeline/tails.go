package timeline

import (
	"strings"
	"unicode"
)

const (
	longest = 24 // words looked at from the end of a text
	many    = 4  // texts that end alike before their end is a formula
)

// Tails finds how the texts of a channel habitually end: a signature, a slogan, a mention the law asks for, initials, a telephone number. For
// each text it gives the byte where the longest end it shares with three others or more begins, or its length. What a house adds to all
// it says is no other voice; signs alone (!, ✨) are none of these. Words are what spaces part; one link is as good as another.
func Tails(texts []string) []int {
	ends, alike := make([]int, len(texts)), make([]*tail, len(texts))
	for i, s := range texts {
		ends[i], alike[i] = len(s), &tail{text: i, start: len(s)}
	}
	for k := 1; k <= longest && len(alike) >= many; k++ {
		times := map[uint32]int{}
		going := alike[:0]
		for _, t := range alike {
			if t.grow(texts[t.text]) {
				times[t.hash]++
				going = append(going, t)
			}
		}
		alike = going[:0]
		for _, t := range going {
			if times[t.hash] < many {
				continue
			}
			if t.speaks {
				ends[t.text] = t.start
			}
			alike = append(alike, t)
		}
	}
	return ends
}

// tail is the end of a text, from a byte of it.
type tail struct {
	text, start int
	hash        uint32 // of its words, the last first
	speaks      bool   // it holds a letter or a figure
}

// grow takes in the word before; false where that is the first: a text that is all formula is still a text.
func (t *tail) grow(s string) bool {
	const spaces = " \t\n\r"
	s = strings.TrimRight(s[:t.start], spaces)
	t.start = strings.LastIndexAny(s, spaces) + 1
	word := s[t.start:]
	if strings.Contains(word, "://") {
		word = "://"
	}
	for i := range len(word) {
		t.hash = (t.hash ^ uint32(word[i])) * 16777619 // FNV-1a
	}
	t.hash = (t.hash ^ ' ') * 16777619
	t.speaks = t.speaks || strings.ContainsFunc(s[t.start:], func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
	return t.start > 0
}
