package text

import "math"

// Spoken is what texts speak of: how often each content stem stands in those of one language.
type Spoken struct {
	lang  Lang
	at    map[string]int32
	stems []spokenStem // in order of first occurrence
	total int          // content words
}

type spokenStem struct {
	stem         string
	times, names int
	square       float64 // of its weight in the texts
}

// NewSpoken counts the stems of the texts that are in one language.
func NewSpoken(lang Lang, texts []*Features) *Spoken {
	words := 0
	for _, f := range texts {
		words += len(f.Words)
	}
	distinct := words / 8 // of an account; a room too large costs less than one that grows
	s := &Spoken{lang: lang, at: make(map[string]int32, distinct), stems: make([]spokenStem, 0, distinct)}
	for _, f := range texts {
		s.add(f)
	}
	for i := range s.stems {
		x := &s.stems[i]
		tf := x.weight(lang) * said(x.times)
		x.square = float64(tf * tf)
	}
	return s
}

func (s *Spoken) add(f *Features) {
	if f.Lang != s.lang {
		return
	}
	for i := range f.Words {
		w := &f.Words[i]
		if w.Stop || w.Tag && !f.HasContent(w.Stem) {
			continue
		}
		k, known := s.at[w.Stem]
		if !known {
			k = int32(len(s.stems))
			s.at[w.Stem] = k
			s.stems = append(s.stems, spokenStem{stem: w.Stem})
		}
		s.stems[k].times++
		if w.Name {
			s.stems[k].names++
		}
		s.total++
	}
}

const (
	named     = .25 // what a name weighs
	namedMost = .3  // a stem is a name where more than this share of its occurrences has a capital inside a sentence
)

// weight is how rare the stem is among organisations; of a name, little.
func (x *spokenStem) weight(lang Lang) float64 {
	w := float64(Rarity(x.stem, lang))
	if float64(x.names) > namedMost*float64(x.times) {
		w *= named
	}
	return w
}

// said is the weight of so many occurrences.
func said(times int) float64 {
	if times == 0 {
		return 0
	}
	return 1 + math.Log(float64(times))
}

// Alignment says how far texts speak of what the identity says, 0…1. It is the geometric mean of two views, both weighted by how rare a
// stem is among organisations (commonStems), so that figures of different boards can be compared:
// how much of what the texts say is the identity (cosine of the stems, 1 + log count), and how much of the identity they come back to
// (saturating count, at the rate of a text's length). Names weigh little: naming oneself is not speaking of it. texts are those in the
// identity's language; without any, or without a content stem in the identity, it is 0.
func Alignment(identity *Features, texts *Spoken) float64 {
	const (
		perWords = 300. // content words in which
		settled  = 4.   // so many mentions count half
	)
	own := &Spoken{lang: identity.Lang, at: map[string]int32{}}
	own.add(identity)
	if texts.lang != identity.Lang || texts.total == 0 {
		return 0
	}
	var dot, ownNorm, ownWeight, covered, saidNorm float64
	for i := range own.stems {
		x := own.stems[i] // with what the texts say of it
		n := 0
		if k, known := texts.at[x.stem]; known {
			t := &texts.stems[k]
			n = t.times
			x.times, x.names = x.times+t.times, x.names+t.names
		}
		w := x.weight(identity.Lang)
		tf := w * said(n)
		saidNorm += float64(tf * tf)
		dot += float64(w * tf)
		ownNorm += float64(w * w)
		ownWeight += w
		covered += float64(w * float64(n) / (float64(n) + settled*float64(texts.total)/perWords))
	}
	for i := range texts.stems { // never the order of a map: the last bits of a sum depend on it
		if x := &texts.stems[i]; !own.holds(x.stem) {
			saidNorm += x.square
		}
	}
	if dot == 0 {
		return 0
	}
	return round4(math.Sqrt(dot / math.Sqrt(float64(ownNorm*saidNorm)) * covered / ownWeight))
}

func (s *Spoken) holds(stem string) bool {
	_, known := s.at[stem]
	return known
}
