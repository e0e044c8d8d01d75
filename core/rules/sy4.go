package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

const stuffed = .6 // share of posts above which the words aimed at are written for a search engine

var _ = register(Rule{
	ID: "SY4", Dim: "synergy", Severity: report.Major, Article: "A13",
	Check: func(r *Reading, o *Out) {
		for _, c := range r.Channels {
			terms := r.searchTerms(c)
			if !c.Social() || len(terms) == 0 {
				continue
			}
			if len(c.Posts) < enoughPosts {
				o.Unknown("posts", arg("channel", c.ID), arg("have", len(c.Posts)), arg("need", enoughPosts))
				continue
			}
			var sought, forms []string
			for _, t := range terms {
				sought = append(sought, t.Term)
				forms = append(append(forms, t.Term), t.Synonyms...)
			}
			s := about(c, "carries "+strings.Join(forms, "\x00"), func(posts []*Post) support { return supportOf(posts, forms) })
			share := float64(s.carrying) / float64(len(c.Posts))
			if share >= rareSupport {
				o.Pass(c.ID)
				if share > stuffed {
					o.Note("stuffing", []report.Place{entity(c.ID)}, arg("channel", c.ID), arg("terms", sought[:min(6, len(sought))]), arg("carrying", s.carrying), arg("posts", len(c.Posts)), arg("share", share))
				}
				continue
			}
			f := report.Finding{Severity: report.Major, About: channelRef(c), Places: []report.Place{entity(c.ID)},
				Args: []report.Arg{arg("channel", c.ID), arg("terms", sought[:min(6, len(sought))]), arg("carrying", s.carrying), arg("posts", len(c.Posts)), arg("share", share)}}
			if s.nearest != nil {
				f.Places = append(f.Places, quote(s.nearest, 0, 0)) // the best near miss
			} else {
				f.Places = append(f.Places, longest(c.Posts, 1)...)
			}
			o.Fail(c.ID, f)
		}
		if o.passing+o.failing+o.unknown+o.put == 0 {
			o.Missing("queries")
		}
	},
})

// support is how far a channel's posts carry what customers search for.
type support struct {
	carrying int
	nearest  *Post // of the others, the one that holds most words of one query; nil where none holds any
}

func supportOf(posts []*Post, forms []string) (s support) {
	var queries [languages][][]string
	var written []string
	for _, form := range forms {
		if signed(form) {
			written = append(written, folded(form))
			continue
		}
		for l := range languages {
			queries[l] = append(queries[l], text.ContentForms(form, text.Lang(l))...)
		}
	}
	near := 0
	for _, p := range posts {
		most := 0
		found := slices.ContainsFunc(written, func(form string) bool { return len(foldedIn(form, p.Text)) > 0 })
		for _, q := range queries[p.F.Lang] {
			if found = found || carries(p.F, q); found {
				break
			}
			shared := 0
			for _, s := range q {
				if p.F.HasContent(s) {
					shared++
				}
			}
			most = max(most, shared)
		}
		if found {
			s.carrying++
		} else if most > near {
			s.nearest, near = p, most
		}
	}
	return s
}

// carries finds the words of a query in order, with nothing but small words between them: who searches leaves those out, who writes does not.
func carries(f *text.Features, query []string) bool {
	for i := range f.Words {
		if f.Words[i].Stem != query[0] {
			continue
		}
		left := query[1:]
		for j := i + 1; j < len(f.Words) && len(left) > 0; j++ {
			if f.Words[j].Stem == left[0] {
				left = left[1:]
			} else if !f.Words[j].Stop {
				break
			}
		}
		if len(left) == 0 {
			return true
		}
	}
	return false
}

func (r *Reading) searchTerms(c *Channel) []*board.Term {
	var out []*board.Term
	for _, e := range c.Channel.Serves {
		if e.How != "search" || r.channels[e.Channel] == nil {
			continue
		}
		for _, t := range e.Terms {
			if !blank(t.Term) {
				out = append(out, t)
			}
		}
	}
	return out
}
