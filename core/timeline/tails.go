package timeline

import "strings"

const (
	longest = 24 // words looked at from the end of a text
	many    = 4  // texts that end alike before their end is a formula
)

// Tails finds how the texts of a channel habitually end: a signature, a slogan, a mention the law asks for, initials, a telephone number. For
// each text it gives the byte where the longest end it shares with three others or more begins, or its length. What a house adds to all
// it says is no other voice. Words are what spaces part; one link is as good as another.
func Tails(texts []string) []int {
	ends, hashes, alike := make([]int, len(texts)), make([]uint32, len(texts)), make([]int, len(texts))
	for i, s := range texts {
		ends[i], alike[i] = len(s), i
	}
	for k := 1; k <= longest && len(alike) >= many; k++ {
		starts, times := map[int]int{}, map[uint32]int{}
		for _, i := range alike {
			last, start := lastWord(texts[i][:ends[i]])
			if start == 0 { // a text that is all formula is still a text
				continue
			}
			starts[i] = start
			for j := range len(last) {
				hashes[i] = (hashes[i] ^ uint32(last[j])) * 16777619 // FNV-1a
			}
			hashes[i] = (hashes[i] ^ ' ') * 16777619
			times[hashes[i]]++
		}
		going := alike[:0]
		for _, i := range alike {
			if start, more := starts[i]; more && times[hashes[i]] >= many {
				ends[i] = start
				going = append(going, i)
			}
		}
		alike = going
	}
	return ends
}

func lastWord(s string) (word string, start int) {
	const spaces = " \t\n\r"
	s = strings.TrimRight(s, spaces)
	start = strings.LastIndexAny(s, spaces) + 1
	if word = s[start:]; strings.Contains(word, "://") {
		word = "://"
	}
	return word, start
}
