// Package duplicates finds messages that were posted again, on another channel or on the same one, word for word or nearly:
// cut short, put in another order, with a word of introduction, a link or a few words less.
//
// It compares sets of word shingles (A. Broder, "On the resemblance and containment of documents", 1997) through an inverted index
// whose lists are read over a bounded length, so that its time is linear in the length of the texts, whatever they repeat.
package duplicates

import (
	"slices"

	"unisson/core/order"
	"unisson/core/text"
)

// wide is the number of words of a shingle. Longer ones are broken too often where a word here and there was dropped: at one word in
// seven, 5 pairs in 6 of what is left still stood together before, but 2 triples in 3.
const wide = 2

// Print is what is compared of one text. Keep it beside the features it was read from.
type Print struct {
	tokens   []uint32 // hashes of the words and numbers in order
	shingles []uint32 // distinct, sorted
	content  uint64   // equal for equal tokens
	five     []uint32 // runs of twinWide words, once they are asked for
}

func (p *Print) runs() []uint32 {
	if p.five == nil {
		p.five = shingles(p.tokens, twinWide)
	}
	return p.five
}

// Read takes the print of a text from its features. Numbers count as words: two issues of one template differ by little else.
// Hashtags and mentions are words like any other, links are not: the same message carries another link on each channel.
func Read(f *text.Features, s string) *Print {
	p := &Print{tokens: make([]uint32, 0, len(f.Words)+f.Count(text.Numeral))}
	marks, linked := f.Marks, int32(0) // linked: where the last link ends
	upTo := func(at int32) {
		for ; len(marks) > 0 && marks[0].Start <= at; marks = marks[1:] {
			switch m := marks[0]; m.Kind {
			case text.Link:
				linked = m.End
			case text.Numeral:
				if m.Start >= linked {
					p.tokens = append(p.tokens, text.Hash(s[m.Start:m.End]))
				}
			}
		}
	}
	for i := range f.Words {
		w := &f.Words[i]
		if upTo(w.Start); w.Start >= linked {
			p.tokens = append(p.tokens, w.Hash)
		}
	}
	upTo(int32(len(s)))
	p.shingles = shingles(p.tokens, wide)
	p.content = uint64(len(p.tokens))
	for _, t := range p.tokens {
		p.content = mix(p.content, t)
	}
	return p
}

// shingles gives the distinct runs of n tokens, sorted; a shorter text is one run.
func shingles(tokens []uint32, n int) []uint32 {
	if len(tokens) == 0 {
		return nil
	}
	n = min(n, len(tokens))
	out := make([]uint32, 0, len(tokens)-n+1)
	for i := range len(tokens) - n + 1 {
		h := uint64(n)
		for _, t := range tokens[i : i+n] {
			h = mix(h, t)
		}
		out = append(out, uint32(h>>32))
	}
	order.Hashes(out)
	return slices.Compact(out)
}

// mix adds a token to the hash of a run; the order of tokens counts. Its multipliers are those of SplitMix64 (Steele, Lea, Flood, 2014).
func mix(h uint64, t uint32) uint64 {
	h = (h ^ uint64(t)) + 0x9E3779B97F4A7C15
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}

// mayStand is false where a text of which another holds so many shingles surely has more than one run in ten of its own: with a run, at most
// four shingles are missing. It spares most texts their runs.
func (p *Print) mayStand(shared int) bool {
	const four = twinWide - 1
	return 10*(len(p.shingles)-shared) <= four*max(1, len(p.tokens)-four)
}

// contained is the share of the sorted set a that the sorted set b holds, 0 for an empty a.
func contained(a, b []uint32) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(common(a, b)) / float64(len(a))
}

// common is how many numbers two sorted sets share.
func common(a, b []uint32) (shared int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if a[i] == b[j] {
			shared, i, j = shared+1, i+1, j+1
			continue
		}
		i, j = next(i, j, a[i], b[j])
	}
	return shared
}

// next steps past the lesser of two different numbers without a branch, which would be guessed wrong every other time.
func next(i, j int, a, b uint32) (int, int) {
	less := int(uint64(int64(a)-int64(b)) >> 63)
	return i + less, j + 1 - less
}
