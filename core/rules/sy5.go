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
		var pairs []*Post
		for _, c := range r.Channels {
			pairs = append(pairs, about(c, "landings", landing)...)
		}
		if len(pairs) < enough {
			o.Missing("landings", arg("have", len(pairs)), arg("need", enough))
			return
		}
		for _, p := range pairs {
			said := r.Words.terms(p.F)
			kept := false
			for term := range r.Words.terms(text.Read(p.Landing, langOf(p.Lang), p.F.Lang)) {
				kept = kept || said[term]
			}
			if kept {
				o.Pass()
				continue
			}
			o.Fail(p.ID, report.Finding{
				Severity: report.Minor,
				About:    report.Ref{Kind: "channel", ID: p.Channel},
				Places:   []report.Place{quote(p, 0, 0), {Message: p.ID, Field: "landing"}},
				Args:     []report.Arg{arg("channel", p.Channel), arg("message", p.ID)},
			})
		}
	},
})

// landing are the posts of which it was said where their link leads.
func landing(posts []*Post) (out []*Post) {
	for _, p := range posts {
		if !blank(p.Landing) && !toolPage(p) {
			out = append(out, p)
		}
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
