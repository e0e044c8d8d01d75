package rules

import (
	"slices"

	"unisson/core/report"
	"unisson/core/text"
)

const signedByAnyone = .6 // share of clichés from which a competitor could sign the sentence

var _ = register(Rule{
	ID: "ID2", Dim: "identity", Severity: report.Major, Required: true, Article: "A15",
	Check: func(r *Reading, o *Out) {
		sentence := ""
		if r.Identity != nil {
			sentence = r.Identity.Sentence
		}
		f := r.readSentence(sentence)
		stems := r.Words.content(f)
		if len(stems) < fewStems {
			o.Missing("sentence", arg("have", len(stems)), arg("need", fewStems))
			return
		}
		if f.Lang != text.FR && f.Lang != text.EN { // there is no list of clichés to hold it against
			o.Missing("sentenceLang")
			return
		}
		cliches := map[string]bool{}
		for _, s := range r.Lexicon.Cliches(f) {
			if slices.Contains(stems, s) && r.Words.stems[f.Lang][s]&Sector == 0 {
				cliches[s] = true
			}
		}
		share := float64(len(cliches)) / float64(len(stems))
		if share < signedByAnyone {
			o.Pass()
			return
		}
		finding := report.Finding{Severity: report.Major, About: report.Ref{Kind: "identity"}}
		var spans [][2]int32
		for i := range f.Words {
			w := &f.Words[i]
			if !cliches[w.Stem] || w.Stop {
				continue
			}
			if n := len(spans); n > 0 && sentence[spans[n-1][1]:w.Start] == "-" { // cutting-edge reads as one word
				spans[n-1][1] = w.End
			} else {
				spans = append(spans, [2]int32{w.Start, w.End})
			}
		}
		var words []string
		for _, s := range spans {
			finding.Places = append(finding.Places, field("identity", "sentence", sentence, s[0], s[1]))
			if word := sentence[s[0]:s[1]]; !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		finding.Args = []report.Arg{arg("words", words), arg("cliches", len(cliches)), arg("stems", len(stems)), arg("share", share), arg("all", yesNo(len(cliches) == len(stems)))}
		o.Fail("", finding)
	},
})
