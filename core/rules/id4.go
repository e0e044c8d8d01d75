package rules

import (
	"cmp"
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

const (
	enoughAnswers = 3
	scattered     = .15 // mean Jaccard of the answers' stems below which a team does not say the same
	enoughPairs   = 512 // answers that are compared with each other: more than a workshop gives, and a bound on what a document costs
)

var _ = register(Rule{
	ID: "ID4", Dim: "identity", Severity: report.Major, Article: "A9 A15",
	Check: func(r *Reading, o *Out) {
		if len(r.Rounds) == 0 {
			o.NotApplicable()
			return
		}
		for _, round := range r.Rounds {
			answers := r.answersTo(round)
			if len(answers) < enoughAnswers {
				o.Unknown("answers", arg("round", round.ID), arg("have", len(answers)), arg("need", enoughAnswers))
				continue
			}
			agreement := meanJaccard(answers)
			if agreement >= scattered {
				o.Pass()
				continue
			}
			f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "identity"}, Places: []report.Place{entity(round.ID)}}
			f.Args = []report.Arg{arg("round", round.ID), arg("question", round.Question), arg("asked", worded(round)), arg("answers", len(answers)), arg("agreement", agreement), arg("shared", r.sharedWords(round))}
			o.Fail(round.ID, f)
		}
	},
})

// worded says whether there are words to the question.
func worded(round *board.Round) string {
	if blank(round.Question) {
		return "no"
	}
	return "yes"
}

// answersTo are the stems of each answer to a question, blank ones left out.
func (r *Reading) answersTo(round *board.Round) (answers [][]string) {
	for _, a := range round.Answers {
		if !blank(a) {
			answers = append(answers, r.answerStems(a))
		}
	}
	return answers
}

// answerStems are the content stems of an answer, a synonym of a signature term counting as its term.
func (r *Reading) answerStems(answer string) []string {
	f := r.read(answer)
	set := map[string]bool{}
	for _, s := range r.Words.content(f) {
		set[s] = true
	}
	var terms []*board.Term
	if r.Identity != nil {
		terms = r.Identity.Terms
	}
	var said []string // in place of synonyms; put in last, so that no other synonym takes them out
	for _, t := range terms {
		for _, synonym := range t.Synonyms {
			stems := text.Stems(synonym, f.Lang)
			if len(stems) == 0 || !holds(f, stems) {
				continue
			}
			for _, s := range stems {
				delete(set, s)
			}
			said = append(said, text.ContentStems(t.Term, f.Lang)...)
		}
	}
	for _, s := range said {
		set[s] = true
	}
	out := make([]string, 0, len(set))
	for s := range set {
		out = append(out, s)
	}
	order.Strings(out)
	return out
}

// holds reports whether the stems stand in the text, contiguous and in order.
func holds(f *text.Features, stems []string) bool {
	for i := range f.Words {
		if f.Words[i].Stem == stems[0] && follows(f.Words[i+1:], stems[1:]) {
			return true
		}
	}
	return false
}

// meanJaccard is the mean over all pairs; of very many sets, over those of a sample that does not depend on their order.
func meanJaccard(sets [][]string) float64 {
	if len(sets) > enoughPairs {
		sets = sampled(sets, enoughPairs)
	}
	sum, pairs := 0.0, 0
	for i := range sets {
		for j := range i {
			sum += jaccard(sets[i], sets[j])
			pairs++
		}
	}
	return sum / float64(pairs)
}

// sampled draws n sets by the hash of what they hold and of how many alike came before.
func sampled(sets [][]string, n int) [][]string {
	type drawn struct {
		set []string
		by  uint32
		key string
	}
	alike := map[string]int{}
	all := make([]*drawn, len(sets))
	for i, set := range sets {
		content := strings.Join(set, " ")
		alike[content]++
		key := content + "\x00" + strconv.Itoa(alike[content])
		all[i] = &drawn{set, text.Hash(key), key}
	}
	order.Func(all, func(a, b *drawn) int { return cmp.Or(cmp.Compare(a.by, b.by), strings.Compare(a.key, b.key)) })
	out := make([][]string, n)
	for i := range out {
		out[i] = all[i].set
	}
	return out
}

// said counts in how many answers of a round each word stands, a synonym of a signature term counting as its term, and
// tells how the word reads.
func (r *Reading) said(round *board.Round) (holders map[string]int, forms map[string]string) {
	holders, forms = map[string]int{}, map[string]string{}
	read := func(s string) {
		f := r.read(s)
		for i := range f.Words {
			w := &f.Words[i]
			if form := strings.ToLower(s[w.Start:w.End]); w.Stem != "" && (forms[w.Stem] == "" || form < forms[w.Stem]) {
				forms[w.Stem] = form
			}
		}
	}
	for _, a := range round.Answers {
		read(a)
		for _, stem := range r.answerStems(a) {
			holders[stem]++
		}
	}
	if r.Identity != nil {
		for _, t := range r.Identity.Terms {
			read(t.Term)
		}
	}
	return holders, forms
}

// sharedWords are the words at least two answers hold, the most shared first.
func (r *Reading) sharedWords(round *board.Round) []string {
	holders, forms := r.said(round)
	return mostFrequent(holders, forms, 2, 6)
}

const roundWords = 40 // of one round, in the report

// rounds is what the answers of each round have in common, whether or not a rule accuses them.
func (r *Reading) rounds() []report.Round {
	var out []report.Round
	for _, round := range r.Rounds {
		answers := r.answersTo(round)
		said := report.Round{ID: round.ID, Answers: len(answers), Known: len(answers) >= enoughAnswers}
		if said.Known {
			said.Agreement = meanJaccard(answers)
		}
		holders, forms := r.said(round)
		byForm := make(map[string]int, len(holders))
		for stem, n := range holders {
			byForm[forms[stem]] = max(byForm[forms[stem]], n)
		}
		for _, form := range mostFrequent(holders, forms, 1, roundWords) {
			if form != "" {
				said.Words = append(said.Words, report.RoundWord{Word: form, Answers: byForm[form]})
			}
		}
		out = append(out, said)
	}
	return out
}

// mostFrequent lists the forms of the stems counted at least so often, the most frequent first.
func mostFrequent(counts map[string]int, forms map[string]string, least, most int) []string {
	var stems []string
	for s, n := range counts {
		if n >= least {
			stems = append(stems, s)
		}
	}
	order.Func(stems, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	out := []string{}
	for _, s := range stems[:min(most, len(stems))] {
		out = append(out, forms[s])
	}
	return out
}
