// Command measure counts how often the findings of each rule about texts are right, on boards made from labelled cases.
//
//	go run ./core/rules/measure -cases ../shared/eval/cases
//	go run ./core/rules/measure -show VO2 -sample 20     # prints findings to be judged by reading, always the same ones
//	go run ./core/rules/measure -show VO2 -missed        # prints what should have been found
//
// Every board is one of which it is known, from how it was made, about what a rule should speak and about what it should not (trials.go says how,
// rule by rule). About half of them give it a reason to. Precision is the share of its findings that are right; recall, of what it should have
// found, the share it did. A board it cannot judge counts in neither.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"slices"
	"strings"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

func main() {
	log.SetFlags(0)
	folder := flag.String("cases", "../shared/eval/cases", "folder of the labelled cases")
	show := flag.String("show", "", "a rule: print its findings rather than the table")
	sample := flag.Int("sample", 20, "how many findings -show prints; right and wrong as they come")
	missed := flag.Bool("missed", false, "with -show: print what it should have spoken of and did not")
	half := flag.String("half", "", "a or b: only every other board, by whose texts it is made of; what was tuned on one half is verified on the other")
	flag.Parse()
	c, err := read(*folder)
	if err != nil {
		log.Fatalf("measure: %v", err)
	}
	var figures []*figure
	for _, t := range c.trials() {
		if (*show == "" || *show == t.rule) && (*half == "" || *half == halfOf(t.board.ID)) {
			figures = count(figures, &t)
		}
	}
	if *show != "" {
		for _, f := range figures {
			f.print(*sample, *missed)
		}
		return
	}
	slices.SortStableFunc(figures, func(a, b *figure) int { return cmp.Compare(a.rule, b.rule) })
	fmt.Println("rule  made from                 findings  right  precision  due  found  recall")
	for _, f := range figures {
		if f.unlabelled {
			fmt.Printf("%-4s  %-24s  %8d  to be read\n", f.rule, f.from, len(f.findings))
			continue
		}
		fmt.Printf("%-4s  %-24s  %8d  %5d  %9s  %3d  %5d  %6s\n", f.rule, f.from, len(f.findings), f.right, share(f.right, len(f.findings)), f.due, f.met, share(f.met, f.due))
	}
}

// trial is a board of which it is known what one rule should say.
type trial struct {
	rule, from string
	board      *board.Board
	due        []string                   // the objects it should speak of: the part of a finding's key after the rule
	right      func(*report.Finding) bool // where being about one of these is not what makes a finding right
	unlabelled bool                       // its findings are to be judged by reading
}

// figure is what is counted of one rule, over the boards of one making.
type figure struct {
	rule, from      string
	findings        []shown
	right, due, met int
	missed          []missing
	unlabelled      bool
}

// missing is an object the rule should have spoken of.
type missing struct {
	board  *board.Board
	object string
}

type shown struct {
	board   *board.Board
	finding *report.Finding
	right   bool
}

func count(figures []*figure, t *trial) []*figure {
	at := slices.IndexFunc(figures, func(f *figure) bool { return f.rule == t.rule && f.from == t.from })
	if at < 0 {
		at = len(figures)
		figures = append(figures, &figure{rule: t.rule, from: t.from, unlabelled: t.unlabelled})
	}
	f := figures[at]
	r := core.Check(t.board, core.Options{})
	state := slices.IndexFunc(r.Rules, func(s report.RuleState) bool { return s.ID == t.rule })
	if r.Rules[state].State == report.Insufficient {
		return figures
	}
	due := slices.DeleteFunc(slices.Clone(t.due), func(object string) bool { return unjudged(&r.Rules[state], object) })
	f.due += len(due)
	met := map[string]bool{}
	for i := range r.Findings {
		x := &r.Findings[i]
		if x.Rule != t.rule {
			continue
		}
		object := strings.TrimPrefix(strings.TrimPrefix(x.Key, x.Rule), ":")
		right := slices.Contains(t.due, object)
		if t.right != nil {
			right = t.right(x)
		}
		if right {
			f.right++
			met[object] = true
		}
		f.findings = append(f.findings, shown{t.board, x, right})
	}
	f.met += len(met)
	for _, object := range due {
		if !met[object] {
			f.missed = append(f.missed, missing{t.board, object})
		}
	}
	return figures
}

// unjudged: the rule says of this object what it would need to judge it.
func unjudged(s *report.RuleState, object string) bool {
	return object != "" && slices.ContainsFunc(s.Missing, func(m report.Missing) bool {
		return slices.ContainsFunc(m.Args, func(a report.Arg) bool { return a.Value == object })
	})
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

// halfOf is the half a board belongs to. Boards made of one house, whose name begins their id, are of one half.
func halfOf(id string) string {
	name, _, _ := strings.Cut(id, " ")
	return []string{"a", "b"}[text.Hash(name)>>16%2]
}

// print shows a sample of the findings, or of what was missed, with what they quote.
func (f *figure) print(n int, missed bool) {
	dice := rand.New(rand.NewPCG(3, 4))
	if missed {
		fmt.Printf("== %s, %s: %d missed of %d\n", f.rule, f.from, len(f.missed), f.due)
		order := dice.Perm(len(f.missed))
		for _, i := range order[:min(n, len(order))] {
			f.missed[i].print()
		}
		return
	}
	fmt.Printf("== %s, %s: %d findings, %d right\n", f.rule, f.from, len(f.findings), f.right)
	order := dice.Perm(len(f.findings))
	for _, i := range order[:min(n, len(order))] {
		s := &f.findings[i]
		fmt.Printf("\n%s on %s, right: %v\n", s.finding.Key, s.board.ID, s.right)
		for _, a := range s.finding.Args {
			fmt.Printf("  %s = %v\n", a.Key, a.Value)
		}
		for _, p := range s.finding.Places {
			if q := quoted(s.board, p); q != "" {
				fmt.Printf("  « %s »\n", q)
			}
		}
	}
}

// print shows the object as the board has it: its bio and its texts, beside what the organisation says it is.
func (m *missing) print() {
	fmt.Printf("\n%q on %s\n", m.object, m.board.ID)
	if m.board.Identity.Sentence != "" {
		fmt.Printf("  identity « %s »\n", m.board.Identity.Sentence)
	}
	for _, t := range m.board.Identity.Terms {
		fmt.Printf("  term « %s »\n", t.Term)
	}
	for _, c := range m.board.Channels {
		if c.Bio != "" {
			fmt.Printf("  bio of %s « %s »\n", c.ID, c.Bio)
		}
	}
	for _, x := range m.board.Messages {
		if x.Channel == m.object || x.ID == m.object {
			fmt.Printf("  « %s »\n", x.Text)
		}
		if x.ID == m.object && x.Landing != "" {
			fmt.Printf("  landing « %s »\n", x.Landing)
		}
	}
}

func quoted(b *board.Board, p report.Place) string {
	s := ""
	for _, m := range b.Messages {
		if p.Message != "" && m.ID == p.Message {
			s = m.Text
		}
	}
	for _, c := range b.Channels {
		if c.ID == p.Entity && p.Field == "bio" {
			s = c.Bio
		}
	}
	if b.Identity != nil && p.Entity == "identity" && p.Field == "sentence" {
		s = b.Identity.Sentence
	}
	if r := []rune(s); p.End > 0 && p.End <= len(r) {
		return string(r[p.Start:p.End])
	}
	return s
}
