package rules

import (
	"slices"
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

const (
	enoughPosts = 10
	baitShare   = .15 // of a channel's messages
	greetings   = 3   // seasonal ones that do not count
	baitAlarm   = .5
	shownBait   = 24 // messages quoted
)

var _ = register(Rule{
	ID: "VO3", Dim: "voice", Severity: report.Major, Required: true, Article: "A6",
	Check: func(r *Reading, o *Out) {
		speaking := r.Speaking()
		if len(speaking) == 0 {
			o.Missing("channels", arg("need", 1), arg("have", 0))
		}
		for _, c := range speaking {
			if len(c.Posts) < enoughPosts {
				o.Unknown("posts", arg("channel", c.ID), arg("have", len(c.Posts)), arg("need", enoughPosts))
				continue
			}
			bait := about(c, "bait", emptyBait)
			share := float64(len(bait)) / float64(len(c.Posts))
			if share <= baitShare {
				o.Pass(c.ID)
				continue
			}
			o.Fail(c.ID, report.Finding{
				Severity: report.Major,
				About:    channelRef(c),
				Places:   append([]report.Place{entity(c.ID)}, bait[:min(shownBait, len(bait))]...),
				Args:     []report.Arg{arg("channel", c.ID), arg("bait", len(bait)), arg("posts", len(c.Posts)), arg("share", share)},
			})
		}
	},
})

// emptyBait are the cues of the posts that bait and say nothing of the organisation, one a post, the first seasonal
// greetings apart.
func emptyBait(posts []*Post) (bait []report.Place) {
	season := 0
	for _, p := range posts {
		switch {
		case p.Pillar != "" || p.Says != 0 || !baits(p):
		case season < greetings && greets(p):
			season++
		default:
			bait = append(bait, firstBait(p))
		}
	}
	return bait
}

func baits(p *Post) bool { return p.F.BaitScore >= baitAlarm || p.F.Count(text.Bait) > 0 }

func firstBait(p *Post) report.Place {
	for _, m := range p.F.Marks {
		if m.Kind == text.Bait {
			return quote(p, m.Start, m.End)
		}
	}
	return quote(p, 0, 0)
}

// seasonWishes are the beginnings of seasonal greetings, folded.
var seasonWishes = strings.Split(`joyeux noel|joyeuses fetes|bonnes fetes|bonne annee|meilleurs voeux|belle annee|joyeuses paques|bonne rentree|bonnes vacances|bel ete|bonne fete|`+
	`merry christmas|happy holidays|happy new year|season's greetings|happy easter|happy halloween|happy thanksgiving|happy mother's day|happy father's day|happy valentine`, "|")

func greets(p *Post) bool {
	if !p.second.heard {
		folded := text.Fold(p.Text)
		p.second.heard, p.second.greets = true, slices.ContainsFunc(seasonWishes, func(wish string) bool { return strings.Contains(folded, wish) })
	}
	return p.second.greets
}
