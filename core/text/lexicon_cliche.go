package text

import (
	"strings"
	"sync"
)

// Words that any organisation could say of itself. They are compared by stem; an entry of several words counts where they follow each other.
var cliches = [Other + 1]string{
	FR: `leader, leadership, innovant, innovante, innovation, innover, solution, passion, passionné, passionnés, excellence, excellent, qualité, qualitatif, proximité,
expertise, expert, experts, performance, performant, dynamique, dynamisme, accompagner, accompagnement, service, client, clientèle, satisfaction, confiance, unique, avenir,
partenaire, partenariat, incontournable, synergie, valeur ajoutée, sur mesure, clé en main, savoir-faire, à l'écoute, professionnalisme, réactivité, ambition, engagé, engagement,
référence, pionnier, agile, agilité, disruptif, optimiser, optimisation, sérénité, exigence`,
	EN: `leading, leader, leadership, innovative, innovation, innovate, solution, passionate, passion, excellence, excellent, quality, customer, satisfaction, trusted, trust, partner, partnership,
unique, cutting-edge, world-class, state-of-the-art, best-in-class, one-stop shop, seamless, seamlessly, empower, empowering, dynamic, tailored, bespoke, expertise, expert,
service, committed, commitment, future, synergy, leverage, disruptive, game-changing, robust, holistic, premier, unparalleled, unrivalled, pioneering, transform, deliver, value-added,
agile, scalable, turnkey`,
}

type clicheIndex struct {
	stems   map[string]bool
	phrases map[string][][]string // stems after the first, by the first
}

var clicheIndexes = sync.OnceValue(func() *[Other + 1]clicheIndex {
	out := new([Other + 1]clicheIndex)
	for l, packed := range cliches {
		x := clicheIndex{map[string]bool{}, map[string][][]string{}}
		for entry := range strings.SplitSeq(packed, ",") {
			for _, stems := range Forms(entry, Lang(l)) {
				if len(stems) == 1 {
					x.stems[stems[0]] = true
				} else {
					x.phrases[stems[0]] = append(x.phrases[stems[0]], stems[1:])
				}
			}
		}
		out[l] = x
	}
	return out
})

// IsCliche says whether a stem alone is of the words any organisation could say of itself. Entries of several words are in Features.Cliches.
func IsCliche(stem string, l Lang) bool { return clicheIndexes()[l].stems[stem] }

// Cliches gives the distinct content stems of the text that are clichés, alone or as part of an expression, in the order of Content.
func (f *Features) Cliches() (out []string) { return (*Lexicon)(nil).Cliches(f) }

// Cliches is Features.Cliches as a board with this lexicon means it.
func (x *Lexicon) Cliches(f *Features) (out []string) {
	list := &clicheIndexes()[f.Lang]
	in, silent := map[string]bool{}, map[int]bool{}
	x.each(f, func(from, to int, use ownUse) {
		for ; use == ownSilence && from < to; from++ {
			silent[from] = true
		}
	})
	hear := func(from, to int) {
		heard := false
		for i := from; i < to; i++ {
			heard = heard || !silent[i]
		}
		for ; heard && from < to; from++ {
			in[f.Words[from].Stem] = true
		}
	}
	x.each(f, func(from, to int, use ownUse) {
		if use == ownCliche {
			hear(from, to)
		}
	})
	for i, w := range f.Words {
		if list.stems[w.Stem] {
			hear(i, i+1)
		}
		for _, rest := range list.phrases[w.Stem] {
			if stemsFollow(f.Words[i+1:], rest) {
				hear(i, i+1+len(rest))
			}
		}
	}
	for _, s := range f.Content {
		if in[s] {
			out = append(out, s)
		}
	}
	return out
}

func stemsFollow(words []Word, stems []string) bool {
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
