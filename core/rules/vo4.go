package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
)

const (
	offLine    = .4 // share of messages on no pillar from which there is no editorial line
	shownOff   = 12 // messages quoted
	leastWords = 3  // messages that hold a word before it is said to recur
)

var _ = register(Rule{
	ID: "VO4", Dim: "voice", Severity: report.Major, Required: true, Article: "A2",
	TextsAlone: true,
	Check: func(r *Reading, o *Out) {
		if r.Pillars == nil {
			o.Missing("pillars")
			return
		}
		posts := 0
		for _, c := range r.Channels {
			posts += len(c.Posts)
		}
		if posts < enoughPosts {
			o.Missing("postsInAll", arg("have", posts), arg("need", enoughPosts))
			return
		}
		var off []*Post
		for _, c := range r.Channels {
			if len(r.Pillars) == 0 {
				off = append(off, c.Posts...)
			} else {
				off = append(off, about(c, "offPillars", offPillars)...)
			}
		}
		share := float64(len(off)) / float64(posts)
		if len(off) == posts && r.wordless() {
			o.Missing("pillars")
			return
		}
		if len(r.Pillars) > 0 && share <= offLine {
			o.Pass()
			return
		}
		words, state := recurring(off), "off"
		switch {
		case len(r.Pillars) == 0:
			state = "none"
		case len(words) > 0:
			state = "words"
		}
		f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "board"}}
		for _, p := range off[:min(shownOff, len(off))] {
			f.Places = append(f.Places, quote(p, 0, 0))
		}
		f.Args = []report.Arg{arg("state", state), arg("off", len(off)), arg("posts", posts), arg("share", share), arg("words", words)}
		o.Fail("", f)
	},
})

// wordless: there are pillars, and nobody was asked for the words of any.
func (r *Reading) wordless() bool {
	return len(r.Pillars) > 0 && !slices.ContainsFunc(r.Pillars, func(p *board.Pillar) bool { return p.Terms != nil })
}

func offPillars(posts []*Post) (off []*Post) {
	for _, p := range posts {
		if p.Pillar == "" && p.Says&Pillar == 0 {
			off = append(off, p)
		}
	}
	return off
}

// recurring are the words most of these messages hold.
func recurring(posts []*Post) []string {
	holders, forms := map[string]int{}, map[string]string{}
	for _, p := range posts {
		for _, s := range p.F.Content {
			holders[s]++
		}
	}
	for _, p := range posts {
		for i := range p.F.Words {
			w := &p.F.Words[i]
			if w.Stop || w.Tag || holders[w.Stem] < leastWords {
				continue
			}
			if form := strings.ToLower(p.Text[w.Start:w.End]); forms[w.Stem] == "" || form < forms[w.Stem] {
				forms[w.Stem] = form
			}
		}
	}
	for s := range holders {
		if forms[s] == "" {
			delete(holders, s)
		}
	}
	return mostFrequent(holders, forms, leastWords, 6)
}
