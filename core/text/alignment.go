package text

import "math"

// Alignment says how far texts speak of what the identity says, 0…1. It is the geometric mean of two views, both weighted by how rare a
// stem is among organisations (commonStems), so that figures of different boards can be compared:
// how much of what the texts say is the identity (cosine of the stems, 1 + log count), and how much of the identity they come back to
// (saturating count, at the rate of a text's length). Names weigh little: naming oneself is not speaking of it. Only texts in the
// identity's language are read; without any, or without a content stem in the identity, it is 0.
func Alignment(identity *Features, texts []*Features) float64 {
	said := countStems(append([]*Features{identity}, texts...), identity)
	const (
		perWords = 300. // content words in which
		settled  = 4.   // so many mentions count half
	)
	var dot, ownNorm, ownWeight, covered, saidNorm float64
	for i := range said.stems { // never the order of a map: the last bits of a sum depend on it
		x := &said.stems[i]
		w := float64(Rarity(x.stem, identity.Lang))
		if float64(x.names) > namedMost*float64(x.all) {
			w *= named
		}
		tf := 0.
		if x.texts > 0 {
			tf = w * (1 + math.Log(float64(x.texts)))
			saidNorm += float64(tf * tf)
		}
		if x.own {
			dot += float64(w * tf)
			ownNorm += float64(w * w)
			ownWeight += w
			n := float64(x.texts)
			covered += float64(w * n / (n + settled*float64(said.total)/perWords))
		}
	}
	if dot == 0 || said.total == 0 {
		return 0
	}
	return round4(math.Sqrt(dot / math.Sqrt(float64(ownNorm*saidNorm)) * covered / ownWeight))
}

const (
	named     = .25 // what a name weighs
	namedMost = .3  // a stem is a name where more than this share of its occurrences has a capital inside a sentence
)

type stemCount struct {
	stem              string
	own               bool
	texts, names, all int
}

type stemCounts struct {
	stems []stemCount // in order of first occurrence
	total int         // content words of the texts, the identity's apart
}

func countStems(texts []*Features, identity *Features) (c stemCounts) {
	at := map[string]int32{}
	for _, f := range texts {
		if f.Lang != identity.Lang {
			continue
		}
		for i := range f.Words {
			w := &f.Words[i]
			if w.Stop || w.Tag && !f.HasContent(w.Stem) {
				continue
			}
			k, known := at[w.Stem]
			if !known {
				k = int32(len(c.stems))
				at[w.Stem] = k
				c.stems = append(c.stems, stemCount{stem: w.Stem})
			}
			x := &c.stems[k]
			x.all++
			if w.Name {
				x.names++
			}
			if f == identity {
				x.own = true
			} else {
				x.texts++
				c.total++
			}
		}
	}
	return c
}
