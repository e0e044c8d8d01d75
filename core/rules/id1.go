package rules

import "unisson/core/report"

// A sentence of fewer content stems than this says too little; a motto passes when a promise and a value stand beside it.
const fewStems = 4

var _ = register(Rule{
	ID: "ID1", Dim: "identity", Severity: report.Critical, Required: true, Article: "A15",
	Check: func(r *Reading, o *Out) {
		id := r.Identity
		sentence := ""
		if id != nil {
			sentence = id.Sentence
		}
		f := r.read(sentence)
		stems := r.Words.content(f)
		motto := id != nil && !blank(id.Sentence) && !blank(id.Promise) && hasText(id.Values)
		if len(stems) >= fewStems || motto {
			o.Pass()
			return
		}
		state := "short"
		switch {
		case blank(sentence):
			state = "empty"
		case len(stems) == 0:
			state = "none"
		}
		finding := report.Finding{
			Severity: report.Critical,
			About:    report.Ref{Kind: "identity"},
			Args:     []report.Arg{arg("state", state), arg("stems", len(stems)), arg("need", fewStems)},
		}
		counted := map[string]bool{}
		for _, s := range stems {
			counted[s] = true
		}
		for i := range f.Words {
			if w := &f.Words[i]; counted[w.Stem] && !w.Stop {
				finding.Places = append(finding.Places, field("identity", "sentence", sentence, w.Start, w.End))
			}
		}
		if len(finding.Places) == 0 {
			finding.Places = []report.Place{{Entity: "identity", Field: "sentence"}}
		}
		o.Fail("", finding)
	},
})

func hasText(list []string) bool {
	for _, s := range list {
		if !blank(s) {
			return true
		}
	}
	return false
}
