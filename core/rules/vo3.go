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
	youngAlarm  = .9 // where everyone spoken to wants a young tone, which teases as headlines do
	tradeTexts  = 2  // of a channel that make a word one of the house's trade: a single one may be an anecdote
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
			bait := r.emptyBait(c)
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
func (r *Reading) emptyBait(c *Channel) (bait []report.Place) {
	alarm, season := baitAlarm, 0
	traded := map[spoken]bool{}
	if youngByChoice(c) {
		alarm = youngAlarm
	}
	for _, p := range about(c, "bait", mayBait) {
		cue, begs := r.firstCue(c, p, traded)
		switch {
		case !begs && p.F.Lure < alarm:
		case season < greetings && greets(p):
			season++
		default:
			bait = append(bait, quote(p, cue.Start, cue.End))
		}
	}
	return bait
}

// mayBait are the posts that say nothing of the organisation and bait if its trade and its audience do not explain them.
func mayBait(posts []*Post) (out []*Post) {
	for _, p := range posts {
		if p.Pillar == "" && p.Says == 0 && (p.F.Lure >= baitAlarm || p.F.Has(text.Bait)) {
			out = append(out, p)
		}
	}
	return out
}

// firstCue is the first entry of the bait lexicon in a post that is no word of the house's trade; traded keeps what was asked.
func (r *Reading) firstCue(c *Channel, p *Post, traded map[spoken]bool) (cue text.Mark, begs bool) {
	for _, m := range p.F.Marks {
		if m.Kind != text.Bait {
			continue
		}
		word := spoken{youngOne(p.F, m), p.F.Lang}
		ours, asked := traded[word]
		if !asked {
			ours = r.trades(c, word)
			traded[word] = ours
		}
		if !ours {
			return m, true
		}
	}
	return text.Mark{}, false
}

// youngOne is the stem of a mark that is the name of a young creature and nothing more, or "".
func youngOne(f *text.Features, m text.Mark) string {
	for _, w := range f.Words {
		if w.Start == m.Start && w.End == m.End && text.YoungOne(w.Stem, f.Lang) {
			return w.Stem
		}
	}
	return ""
}

// trades reports whether the house speaks of such young creatures where it says what it does: in its identity, in another
// channel's bio, in texts of its site. A channel does not vouch for itself: that is how a bank would come to trade in kittens.
func (r *Reading) trades(judged *Channel, word spoken) bool {
	if word.stem == "" {
		return false
	}
	holds := func(f *text.Features) bool { return f != nil && f.Lang == word.lang && f.HasContent(word.stem) }
	if id := r.Identity; id != nil && (holds(r.readSentence(id.Sentence)) || holds(r.readSentence(id.Promise))) {
		return true
	}
	for _, c := range r.Channels {
		if c != judged && (holds(c.BioText) || c.Kind == "site" && about(c, "young ones", youngOnes)[word] >= tradeTexts) {
			return true
		}
	}
	return false
}

// spoken is a stem in its language.
type spoken struct {
	stem string
	lang text.Lang
}

// youngOnes counts the posts that name a young creature, by its stem.
func youngOnes(posts []*Post) map[spoken]int {
	texts := map[spoken]int{}
	for _, p := range posts {
		for _, stem := range p.F.Content {
			if text.YoungOne(stem, p.F.Lang) {
				texts[spoken{stem, p.F.Lang}]++
			}
		}
	}
	return texts
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
