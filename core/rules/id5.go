package rules

import (
	"slices"

	"unisson/core/report"
)

// What a channel must have said before its silence about the organisation's words means anything.
const (
	enoughTexts = 5
	enoughWords = 300
)

var _ = register(Rule{
	ID: "ID5", Dim: "identity", Severity: report.Major, Required: true, Article: "A9 A10",
	Check: func(r *Reading, o *Out) {
		if !r.Words.declared {
			o.Missing("terms")
			return
		}
		speaking := r.Speaking()
		if len(speaking) == 0 {
			o.Missing("channels", arg("need", 1), arg("have", 0))
		}
		for _, c := range speaking {
			switch {
			case len(c.Posts) < enoughTexts || c.WordsIn < enoughWords:
				o.Unknown("texts", tooShort(c, len(c.Posts), c.WordsIn)...)
			case c.says(Signature | Pillar):
				o.Pass(c.ID)
			case 2*c.foreign() > len(c.Posts): // its words may be yours, translated
				o.Unknown("unreadLanguage", arg("channel", c.ID))
			default:
				o.Fail(c.ID, report.Finding{
					Severity: report.Major,
					About:    channelRef(c),
					Places:   append([]report.Place{entity(c.ID)}, about(c, "longest", func(posts []*Post) []report.Place { return longest(posts, 2) })...),
					Args:     []report.Arg{arg("channel", c.ID), arg("texts", len(c.Posts)), arg("words", c.WordsIn), arg("terms", r.soughtTerms(6))},
				})
			}
		}
	},
})

func (c *Channel) says(what Says) bool {
	for _, p := range c.Posts {
		if p.Says&what != 0 {
			return true
		}
	}
	return false
}

// longest are whole posts that show best what a channel speaks of: the most words first, then by place.
func longest(posts []*Post, n int) []report.Place {
	var best []*Post
	for _, p := range posts {
		i := len(best)
		for i > 0 && len(best[i-1].F.Words) < len(p.F.Words) {
			i--
		}
		if i < n {
			best = append(best[:i], append([]*Post{p}, best[i:]...)...)
			best = best[:min(len(best), n)]
		}
	}
	var places []report.Place
	for _, p := range best {
		places = append(places, quote(p, 0, 0))
	}
	return places
}

// soughtTerms are the first terms that were looked for, signature words before the pillars'.
func (r *Reading) soughtTerms(n int) []string {
	var out []string
	add := func(term string) {
		if len(out) < n && !blank(term) && !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	if r.Identity != nil {
		for _, t := range r.Identity.Terms {
			add(t.Term)
		}
	}
	for _, p := range r.Pillars {
		for _, t := range p.Terms {
			add(t.Term)
		}
	}
	return out
}
