package rules

import (
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/text"
)

// Says tells which of the organisation's own words a text holds.
type Says uint8

const (
	Signature Says = 1 << iota // a term of identity.terms, or a synonym
	Pillar                     // a term of a pillar, or a synonym
	Value                      // a content stem of identity.values
	Sector                     // a content stem of identity.sectorTerms
)

// languages are those a vocabulary is compiled for: an organisation's words are looked for in the language of each text.
const languages = int(text.Other) + 1

// vocabulary is what the organisation calls its own, compiled for each language. It is immutable.
type vocabulary struct {
	source   string // everything it was compiled from; equal sources mean equal vocabularies
	phrases  [languages]map[string][]phrase
	stems    [languages]map[string]Says
	signed   []entry                    // their terms folded
	heads    [languages][256]bool       // of the first stems of phrases and of the stems
	own      [languages]map[string]bool // content stems of the organisation's own name
	declared bool                       // at least one term of the identity or of a pillar
	known    int                        // terms are numbered from 1 up to this
}

// signed: a term that says nothing without its signs, and is looked for as it is written: A&E, C++, 24/7.
func signed(term string) bool {
	return len(text.ContentForms(term, text.FR)) == 0 && strings.IndexFunc(term, func(c rune) bool { return c != ' ' && !inWord(c) }) >= 0
}

// phrase is a term by its stems; the map it sits in is keyed by the first.
type phrase struct {
	rest []string
	says Says
	term int // the same for a term and its synonyms
}

// chance: a grammatical word that has the stem of a one-word term says nothing of it (devant, devis; the modal will), unless an article
// makes a noun of it (a will, your will; le car).
func (p *phrase) chance(f *text.Features, i int) bool {
	return f.Words[i].Stop && len(p.rest) == 0 && (i == 0 || !strings.Contains(beforeNouns[f.Lang], " "+f.Words[i-1].Stem+" "))
}

var beforeNouns = [languages]string{text.FR: " le un du ce cet au en ", text.EN: " a the my your his our their whose "}

type entry struct {
	term string
	says Says
	id   int // of the term it belongs to
}

// compile returns old when nothing it depends on has changed.
func compile(b *board.Board, old *vocabulary) *vocabulary {
	var terms, stems []entry
	n := 0
	add := func(list []*board.Term, says Says) {
		for _, t := range list {
			n++
			for _, form := range append([]string{t.Term}, t.Synonyms...) {
				terms = append(terms, entry{form, says, n})
			}
		}
	}
	name := ""
	if id := b.Identity; id != nil {
		name = id.Name
		add(id.Terms, Signature)
		for _, v := range id.Values {
			stems = append(stems, entry{v, Value, 0})
		}
		for _, v := range id.SectorTerms {
			stems = append(stems, entry{v, Sector, 0})
		}
	}
	for _, p := range b.Pillars {
		add(p.Terms, Pillar)
	}

	var key strings.Builder
	key.WriteString(name)
	for _, list := range [][]entry{terms, stems} {
		key.WriteByte(0)
		for _, e := range list {
			key.WriteByte(byte(e.says))
			key.WriteString(strconv.Itoa(e.id))
			key.WriteString(e.term)
			key.WriteByte(0)
		}
	}
	if old != nil && old.source == key.String() {
		return old
	}

	v := &vocabulary{source: key.String(), known: n}
	for _, e := range terms {
		if signed(e.term) {
			v.signed = append(v.signed, entry{folded(e.term), e.says, e.id})
			v.declared = true
		}
	}
	for l := range languages {
		lang := text.Lang(l)
		v.phrases[l], v.stems[l], v.own[l] = map[string][]phrase{}, map[string]Says{}, map[string]bool{}
		for _, e := range terms {
			for _, s := range text.Forms(e.term, lang) {
				v.phrases[l][s[0]] = append(v.phrases[l][s[0]], phrase{s[1:], e.says, e.id})
				v.declared = true
			}
		}
		for _, e := range stems {
			for _, s := range text.ContentStems(e.term, lang) {
				v.stems[l][s] |= e.says
			}
		}
		for _, s := range text.Stems(name, lang) {
			v.own[l][s] = true
		}
		for s := range v.phrases[l] {
			v.heads[l][head(s)] = true
		}
		for s := range v.stems[l] {
			v.heads[l][head(s)] = true
		}
	}
	return v
}

// head is a cheap hash of a stem. Most words of a text fall where no stem of the vocabulary does.
func head(stem string) uint8 {
	if stem == "" {
		return 0
	}
	return stem[0]*31 ^ stem[len(stem)-1]*7 ^ stem[len(stem)/2]*3 ^ uint8(len(stem))
}

// says tells what a text holds: the stems of a term contiguous and in order, or one stem of a value or of the trade.
func (v *vocabulary) says(f *text.Features, s string) Says {
	var found Says
	for _, e := range v.signed {
		if found&e.says == 0 && len(foldedIn(e.term, s)) > 0 {
			found |= e.says
		}
	}
	phrases, stems := v.phrases[f.Lang], v.stems[f.Lang]
	for i := range f.Words {
		w := &f.Words[i]
		if !v.heads[f.Lang][head(w.Stem)] {
			continue
		}
		found |= stems[w.Stem]
		for _, p := range phrases[w.Stem] {
			if found&p.says == 0 && !p.chance(f, i) && follows(f.Words[i+1:], p.rest) {
				found |= p.says
			}
		}
	}
	return found
}

// terms adds the terms of the identity and of the pillars that stand in a text, whatever their form.
func (v *vocabulary) terms(f *text.Features, found set) {
	for i := range f.Words {
		if !v.heads[f.Lang][head(f.Words[i].Stem)] {
			continue
		}
		for _, p := range v.phrases[f.Lang][f.Words[i].Stem] {
			if !found.has(p.term) && !p.chance(f, i) && follows(f.Words[i+1:], p.rest) {
				found.add(p.term)
			}
		}
	}
}

func follows(words []text.Word, stems []string) bool {
	if len(words) < len(stems) {
		return false
	}
	for i, s := range stems {
		if words[i].Stem != s {
			return false
		}
	}
	return true
}

// content keeps the content stems of a text that are not the organisation's own name.
func (v *vocabulary) content(f *text.Features) []string {
	out := make([]string, 0, len(f.Content))
	for _, s := range f.Content {
		if !v.own[f.Lang][s] {
			out = append(out, s)
		}
	}
	return out
}
