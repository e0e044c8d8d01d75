package rules

import (
	"slices"
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "SY5", Dim: "synergy", Severity: report.Minor, Article: "A9 A13",
	Check: func(r *Reading, o *Out) {
		const enough = 5
		if !r.Words.declared {
			o.Missing("terms")
			return
		}
		var pairs []promise
		for _, c := range r.Channels {
			pairs = append(pairs, about(c, "landings", r.Words.promises)...)
		}
		if len(pairs) < enough {
			o.Missing("landings", arg("have", len(pairs)), arg("need", enough))
			return
		}
		for _, p := range pairs {
			if p.kept {
				o.Pass()
				continue
			}
			o.Fail(p.ID, report.Finding{
				Severity: report.Minor,
				About:    report.Ref{Kind: "channel", ID: p.Channel},
				Places:   []report.Place{quote(p.Post, 0, 0), {Message: p.ID, Field: "landing"}},
				Args:     []report.Arg{arg("channel", p.Channel), arg("message", p.ID)},
			})
		}
	},
})

// takenUp reports whether a page keeps a post's promise in other words than those the organisation calls its own: of what the post says, weighted by how
// much sharing it tells, it holds more than a page of its length would by chance, by a share that four in five pages about something else do not reach
// (go run ./core/rules/measure). One word alone is nothing: the town may be in both.
func (v *vocabulary) takenUp(post, page *text.Features) bool {
	const enough = .1
	if post.Lang != page.Lang {
		return false
	}
	shared := 0
	var all, held, chance float64
	for _, s := range v.content(post) {
		if text.Light(s, post.Lang) {
			continue
		}
		weight := float64(text.Rarity(s, post.Lang))
		all += weight
		chance += float64(weight * float64(text.Chance(s, post.Lang, len(page.Words))))
		if page.HasContent(s) {
			shared++
			held += weight
		}
	}
	return shared > 1 && held-chance >= float64(enough*(all-chance))
}

// promise is a post of which it was said where its link leads.
type promise struct {
	*Post
	kept bool
}

func (v *vocabulary) promises(posts []*Post) (out []promise) {
	for _, p := range posts {
		if blank(p.Landing) || toolPage(p) {
			continue
		}
		page := text.Read(p.Landing, langOf(p.Lang), p.F.Lang)
		said, there := newSet(v.known+1), newSet(v.known+1)
		v.terms(p.F, said)
		v.terms(page, there)
		out = append(out, promise{p, said.meets(there) || v.takenUp(p.F, page)})
	}
	return out
}

// toolPages are last steps of a path, in lower case, that make no promise of their own: home, contact, tools.
const toolPages = `||fr|en|index|home|accueil|contact|contactez-nous|nous-contacter|contact-us|login|connexion|sign-in|signin|compte|mon-compte|account|my-account|panier|cart|checkout|mentions-legales|legal|privacy|acces|plan-acces|recherche|search|newsletter|inscription|unsubscribe|`

// toolPage: a message leads to the home page, to a contact page or to a tool, and to nothing else.
func toolPage(p *Post) bool {
	links := slices.Clone(p.Links)
	for _, m := range p.F.Marks {
		if m.Kind == text.Link {
			links = append(links, p.Text[m.Start:m.End])
		}
	}
	return len(links) > 0 && !slices.ContainsFunc(links, func(l string) bool { return !strings.Contains(toolPages, "|"+lastStep(l)+"|") })
}

// lastStep of a URL's path, lower case, less its extension; "" for a home page or what is no page (mailto, tel).
func lastStep(url string) string {
	s := strings.ToLower(strings.TrimSpace(url))
	if _, after, found := strings.Cut(s, "://"); found {
		s = after
	}
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	_, path, _ := strings.Cut(strings.TrimRight(s, "/"), "/")
	last, _, _ := strings.Cut(path[strings.LastIndexByte(path, '/')+1:], ".")
	return last
}
