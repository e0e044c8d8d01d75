package text

import "slices"

// Lexicon is what one board adds to the lists of words, and what it silences in them. It is immutable; nil does neither.
//
// A term stands in a text where its stems do, contiguous and in order, whatever the text's language. Where a silenced term stands
// nothing is heard: no slang, bait, stretched word or form of address, no weight of a word, no cliché. A longer entry that holds it is
// still heard: who silences « cool » has not silenced « trop cool ».
type Lexicon struct {
	entries []ownEntry
	index   [Other + 1]map[string][]ownTerm // by first stem
}

// ownUse is what a term of a board's own does.
type ownUse uint8

const (
	ownSlang ownUse = iota
	ownBait
	ownCliche
	ownSilence
	ownUses
)

type ownEntry struct {
	use  ownUse
	term string
}

type ownTerm struct {
	rest []string // stems after the first
	form string   // of a term of one word, folded: a grammatical word is meant only when it is written
	use  ownUse
}

// NewLexicon gives old where the lists hold the same, and nil where they hold nothing.
func NewLexicon(slang, bait, cliche, silence []string, old *Lexicon) *Lexicon {
	var entries []ownEntry
	for use, list := range [ownUses][]string{slang, bait, cliche, silence} {
		for _, term := range list {
			if Stems(term, None) != nil {
				entries = append(entries, ownEntry{ownUse(use), term})
			}
		}
	}
	switch {
	case len(entries) == 0:
		return nil
	case old != nil && slices.Equal(old.entries, entries):
		return old
	}
	return compileLexicon(entries)
}

func compileLexicon(entries []ownEntry) *Lexicon {
	x := &Lexicon{entries: entries}
	for l := range x.index {
		x.index[l] = map[string][]ownTerm{}
		for _, e := range entries {
			for _, stems := range Forms(e.term, Lang(l)) {
				x.index[l][stems[0]] = append(x.index[l][stems[0]], ownTerm{stems[1:], Fold(e.term), e.use})
			}
		}
	}
	return x
}

// Changed is what one of the two lexicons holds and the other does not; nil for nothing. A text in which none of it stands is read the
// same with either.
func (x *Lexicon) Changed(other *Lexicon) *Lexicon {
	if x == other {
		return nil
	}
	var mine, theirs, changed []ownEntry
	if x != nil {
		mine = x.entries
	}
	if other != nil {
		theirs = other.entries
	}
	for _, lists := range [2][2][]ownEntry{{mine, theirs}, {theirs, mine}} {
		for _, e := range lists[0] {
			if !slices.Contains(lists[1], e) {
				changed = append(changed, e)
			}
		}
	}
	if changed == nil {
		return nil
	}
	return compileLexicon(changed)
}

// In says whether a term of the lexicon may stand in a text.
func (x *Lexicon) In(f *Features) (found bool) {
	x.each(f, func(int, int, ownUse) { found = true })
	return found
}

// each finds the terms in a text that was read. Of a grammatical word it cannot tell the form, and takes it for the one meant.
func (x *Lexicon) each(f *Features, at func(from, to int, use ownUse)) {
	if x == nil {
		return
	}
	for i := range f.Words {
		for _, t := range x.index[f.Lang][f.Words[i].Stem] {
			if stemsFollow(f.Words[i+1:], t.rest) {
				at(i, i+1+len(t.rest), t.use)
			}
		}
	}
}

// listen finds the terms among the tokens of a reading.
func (x *Lexicon) listen(r *reader) {
	for i := range r.tokens {
		t := &r.tokens[i]
		for _, own := range x.index[r.lang][t.lex.stem] {
			n := 1 + len(own.rest)
			if n > len(r.tokens)-i || n == 1 && t.lex.stop && Fold(t.lex.lower) != own.form {
				continue
			}
			whole := true
			for k, s := range own.rest {
				whole = whole && r.tokens[i+1+k].lex.stem == s
			}
			switch {
			case !whole:
			case own.use == ownSilence:
				for k := range n {
					r.tokens[i+k].silent = true
				}
			case own.use < ownCliche:
				t.own[own.use] = max(t.own[own.use], uint8(min(n, 255)))
				r.heard[own.use] |= hitWord
			}
		}
	}
}

// silent says that nothing is heard in n tokens from the one at i on.
func (r *reader) silent(i, n int) bool {
	for k := range n {
		if !r.tokens[i+k].silent {
			return false
		}
	}
	return true
}
