package rules

import (
	"slices"

	"unisson/core/report"
)

const (
	wideCopies = 3  // channels a text stands on
	mostCopied = .5 // share of texts from which channels have no gesture of their own
)

var _ = register(Rule{
	ID: "SY6", Dim: "synergy", Severity: report.Minor, Article: "A12",
	Check: func(r *Reading, o *Out) {
		legal := map[string]bool{}
		for _, a := range r.Actions {
			legal[a.ID] = a.Trigger == "legal"
		}
		rich, texts, copied := 0, 0, 0
		var shown *Post
		for _, c := range r.Channels {
			mine := len(c.Posts)
			for _, p := range about(c, "in actions", inActions) {
				if legal[p.Action] {
					mine--
				}
			}
			for _, p := range c.Posts {
				if twin := p.second.twin; twin != nil && len(twin.Channels) >= wideCopies && !legal[p.Action] {
					copied++
					if shown == nil {
						shown = p
					}
				}
			}
			texts += mine
			if mine >= enoughTexts {
				rich++
			}
		}
		if rich < wideCopies {
			o.Missing("twinTexts", arg("have", rich), arg("need", enoughTexts))
			return
		}
		share := float64(copied) / float64(texts)
		if share <= mostCopied {
			o.Pass()
			return
		}
		f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "board"}, Places: []report.Place{quote(shown, 0, 0)}}
		for _, p := range r.twinsOf(shown) {
			f.Places = append(f.Places, quote(p, 0, 0))
		}
		f.Args = []report.Arg{arg("share", share), arg("copied", copied), arg("texts", texts)}
		o.Fail("", f)
	},
})

func inActions(posts []*Post) []*Post {
	return those(posts, func(p *Post) bool { return p.Action != "" })
}

// twinsOf are the posts that repeat this one on other channels, one a channel. The index names one twin of each post:
// two that name each other or the same third belong together.
func (r *Reading) twinsOf(p *Post) (out []*Post) {
	example := p.second.twin.Example
	for _, c := range r.Channels {
		i := slices.IndexFunc(c.Posts, func(q *Post) bool {
			twin := q.second.twin
			return q.ID == example || twin != nil && (twin.Example == p.ID || twin.Example == example)
		})
		if i >= 0 && c.ID != p.Channel {
			out = append(out, c.Posts[i])
		}
	}
	return out
}
