package rules

import (
	"slices"
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

const shownBios = 24 // that a bio was held against: each of very many must not list all the others

var _ = register(Rule{
	ID: "ID6", Dim: "identity", Severity: report.Major, Required: true, Article: "A9 A11",
	Check: func(r *Reading, o *Out) {
		type bio struct {
			c     *Channel
			lang  text.Lang
			stems []string
			words int // those of them that are not of the own name
		}
		var bios []bio
		inLang := map[text.Lang]int{}
		for _, c := range r.Channels {
			if f := c.BioText; f != nil {
				stems := r.Words.content(f)
				bios = append(bios, bio{c, f.Lang, append(stems, r.likeName(c.Bio, f)...), len(stems)})
				inLang[f.Lang]++
			}
		}
		if len(bios) < 2 {
			o.Missing("bios", arg("have", len(bios)), arg("need", 2))
			return
		}
		// How many bios hold a stem; a stem of this bio alone counts 1.
		holders := map[text.Lang]map[string]int{}
		for _, b := range bios {
			if holders[b.lang] == nil {
				holders[b.lang] = map[string]int{}
			}
			for _, s := range b.stems {
				holders[b.lang][s]++
			}
		}
		identity := map[text.Lang]map[string]bool{}
		sentence := ""
		if r.Identity != nil {
			sentence = r.Identity.Sentence
		}
		for _, b := range bios {
			if identity[b.lang] == nil {
				identity[b.lang] = map[string]bool{}
				f := text.Read(sentence, b.lang, r.Lang)
				for _, s := range append(r.Words.content(f), r.likeName(sentence, f)...) {
					identity[b.lang][s] = true
				}
			}
		}
		for _, b := range bios {
			if b.lang != r.Lang && inLang[b.lang] < 2 {
				continue // alone in its language: there is nothing to hold it against
			}
			if b.words < fewStems {
				o.Unknown("bioWords", arg("channel", b.c.ID), arg("have", b.words), arg("need", fewStems))
				continue
			}
			shared := false
			for _, s := range b.stems {
				shared = shared || identity[b.lang][s] || holders[b.lang][s] > 1
			}
			if shared {
				o.Pass(b.c.ID)
				continue
			}
			finding := report.Finding{
				Severity: report.Major,
				About:    channelRef(b.c),
				Places:   []report.Place{{Entity: b.c.ID, Field: "bio"}},
				Args:     []report.Arg{arg("channel", b.c.ID)},
			}
			if !blank(sentence) {
				finding.Places = append(finding.Places, report.Place{Entity: "identity", Field: "sentence"})
			}
			// The bios it was held against are arguments: they are accused of nothing.
			others := []string{}
			for _, other := range bios {
				if len(others) == shownBios {
					break
				}
				if other.c != b.c && other.lang == b.lang {
					others = append(others, other.c.ID)
				}
			}
			finding.Args = append(finding.Args, arg("sentence", yesNo(!blank(sentence))), arg("others", inLang[b.lang]-1), arg("bios", others))
			o.Fail(b.c.ID, finding)
		}
		if o.passing+o.failing+o.unknown+o.put == 0 {
			o.Missing("bios", arg("have", len(bios)), arg("need", 2)) // each is alone in its language
		}
	},
})

// likeName are the stems of the own name that a text holds by another word (Brewing, what we brew) or by one that the house declares as its
// own, written without the capital that a name bears.
func (r *Reading) likeName(s string, f *text.Features) (out []string) {
	name := " " + strings.Join(strings.FieldsFunc(folded(r.Name), func(c rune) bool { return !inWord(c) }), " ") + " "
	for i := range f.Words {
		w := &f.Words[i]
		if w.Stop || !r.Words.own[f.Lang][w.Stem] || slices.Contains(out, w.Stem) {
			continue
		}
		written := s[w.Start:w.End]
		if written == strings.ToLower(written) && (r.Words.isTerm(w.Stem, f.Lang) || !strings.Contains(name, " "+text.Fold(written)+" ")) {
			out = append(out, w.Stem)
		}
	}
	return out
}

// isTerm: a stem is the whole of a term of the identity or of a pillar.
func (v *vocabulary) isTerm(stem string, l text.Lang) bool {
	return slices.ContainsFunc(v.phrases[l][stem], func(p phrase) bool { return len(p.rest) == 0 })
}
