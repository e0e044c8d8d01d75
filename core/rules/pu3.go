package rules

import (
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "PU3", Dim: "audience", Severity: report.Major, Required: true, Article: "A3",
	Repair: nameSegment,
	Check: func(r *Reading, o *Out) {
		if r.Segments == nil {
			o.Missing("segments")
			return
		}
		if len(r.Channels) == 0 {
			o.Missing("channels", arg("have", 0), arg("need", 1))
			return
		}
		for _, c := range r.Channels {
			crowd := onlyTheCrowd(c.Reason)
			switch {
			case c.Kind == "site" || c.Kind == "search": // they may serve everyone
			case len(c.Segments) > 0 && !crowd:
				o.Pass(c.ID)
			default:
				f := report.Finding{Severity: report.Major, About: channelRef(c), Places: []report.Place{entity(c.ID)}, Args: []report.Arg{arg("channel", c.ID)}}
				if crowd {
					f.Places = append(f.Places, report.Place{Entity: c.ID, Field: "reason"})
					f.Args = append(f.Args, arg("why", "crowd"), arg("reason", c.Reason))
				} else {
					f.Args = append(f.Args, arg("why", "nobody"))
				}
				o.Fail(c.ID, f)
			}
		}
	},
})

// crowdPhrases are ways of saying that a channel was opened because the others were there, folded.
const crowdPhrases = `tout le monde y est|tout le monde est dessus|tout le monde est sur|tout le monde l'utilise|tout le monde est la|tout le monde y va|tous nos concurrents y sont|nos concurrents y sont|les concurrents y sont|tous les autres y sont|les autres y sont|il faut y etre|il faut bien y etre|on doit y etre|incontournable|` +
	`everyone is there|everybody is there|everyone is on|everybody is on|everyone's there|everyone else is there|everyone uses it|everybody uses it|our competitors are there|competitors are there|all our competitors are on it|we have to be there|you have to be there|we need to be there|you need to be there|one has to be there`

// onlyTheCrowd reports whether a stated reason says nothing but that everyone is there: beside the phrase, at most two
// more content words remain.
func onlyTheCrowd(reason string) bool {
	folded := text.Fold(reason)
	for _, p := range strings.Split(crowdPhrases, "|") {
		before, after, found := strings.Cut(folded, p)
		if found && len(text.ContentStems(before+" "+after, text.FR)) <= 2 {
			return true
		}
	}
	return false
}
