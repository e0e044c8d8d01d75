package rules

import (
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
			words int // those of them that have no stem of the own name
		}
		var bios []bio
		inLang := map[text.Lang]int{}
		for _, c := range r.Channels {
			if f := c.BioText; f != nil {
				bios = append(bios, bio{c, f.Lang, r.unnamed(c.Bio, f), len(r.Words.content(f))})
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
				for _, s := range r.unnamed(sentence, text.Read(sentence, b.lang, r.Lang)) {
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

// unnamed are the content stems of a text but for those it holds as the organisation's name alone. A word of the same stem that does not
// bear the name's capital is a word like another (Brewing, what we brew).
func (r *Reading) unnamed(s string, f *text.Features) (out []string) {
	for _, stem := range f.Content {
		if !r.Words.own[f.Lang][stem] || r.uncapped(s, f, stem) {
			out = append(out, stem)
		}
	}
	return out
}

func (r *Reading) uncapped(s string, f *text.Features, stem string) bool {
	for i := range f.Words {
		if written := s[f.Words[i].Start:f.Words[i].End]; f.Words[i].Stem == stem && written == strings.ToLower(written) && !strings.Contains(r.Name, written) {
			return true
		}
	}
	return false
}
