package rules

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"unisson/core/order"
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
		trade := r.trade()
		for _, c := range speaking {
			if len(c.Posts) < enoughPosts {
				o.Unknown("posts", arg("channel", c.ID), arg("have", len(c.Posts)), arg("need", enoughPosts))
				continue
			}
			alarm, traded := baitAlarm, trade.of(c)
			if youngByChoice(c) {
				alarm = youngAlarm
			}
			key := "bait at " + strconv.FormatFloat(alarm, 'g', -1, 64)
			for _, s := range traded {
				key += "\x00" + s.stem + string('0'+rune(s.lang))
			}
			bait := about(c, key, func(posts []*Post) []report.Place { return emptyBait(posts, alarm, traded) })
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
func emptyBait(posts []*Post, alarm float64, traded []spoken) (bait []report.Place) {
	season := 0
	for _, p := range posts {
		if p.Pillar != "" || p.Says != 0 {
			continue
		}
		cue, begs := firstCue(p, traded)
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

// firstCue is the first entry of the bait lexicon in a post that is no word of the house's trade.
func firstCue(p *Post, traded []spoken) (cue text.Mark, begs bool) {
	for _, m := range p.F.Marks {
		if m.Kind == text.Bait && !slices.Contains(traded, spoken{youngOne(p.F, m), p.F.Lang}) {
			return m, true
		}
	}
	return text.Mark{}, false
}

// youngOne is the stem of a mark that is the name of a young creature and nothing more, or "".
func youngOne(f *text.Features, m text.Mark) string {
	if w := lastWord(f, m.Start); w != nil && w.Start == m.Start && w.End == m.End && text.YoungOne(w.Stem, f.Lang) {
		return w.Stem
	}
	return ""
}

// spoken is a stem in its language.
type spoken struct {
	stem string
	lang text.Lang
}

// trade is which young creatures a house speaks of where it says what it does, and where that is.
type trade struct {
	words    []spoken
	times    map[spoken]int        // places that speak of each
	channels map[*Channel][]spoken // in a channel's bio, or in texts of a site
}

func (r *Reading) trade() *trade {
	t := &trade{times: map[spoken]int{}, channels: map[*Channel][]spoken{}}
	if id := r.Identity; id != nil {
		t.add(youngIn(r.readSentence(id.Sentence)))
		t.add(youngIn(r.readSentence(id.Promise)))
	}
	for _, c := range r.Channels {
		var said []spoken
		if c.BioText != nil {
			said = youngIn(c.BioText)
		}
		if c.Kind == "site" {
			said = append(said, about(c, "young ones", youngInMany)...)
		}
		if len(said) > 0 {
			t.channels[c] = said
			t.add(said)
		}
	}
	order.Func(t.words, func(a, b spoken) int { return cmp.Or(strings.Compare(a.stem, b.stem), cmp.Compare(a.lang, b.lang)) })
	return t
}

func (t *trade) add(words []spoken) {
	for _, w := range words {
		if t.times[w]++; t.times[w] == 1 {
			t.words = append(t.words, w)
		}
	}
}

// of is the trade as a channel is judged by it. A channel does not vouch for itself: that is how a bank would come to trade in kittens.
func (t *trade) of(judged *Channel) (out []spoken) {
	for _, w := range t.words {
		own := 0
		for _, said := range t.channels[judged] {
			if said == w {
				own++
			}
		}
		if t.times[w] > own {
			out = append(out, w)
		}
	}
	return out
}

func youngIn(f *text.Features) (out []spoken) {
	for _, stem := range f.Content {
		if text.YoungOne(stem, f.Lang) {
			out = append(out, spoken{stem, f.Lang})
		}
	}
	return out
}

// youngInMany are those that enough of the posts name.
func youngInMany(posts []*Post) (out []spoken) {
	texts := map[spoken]int{}
	for _, p := range posts {
		for _, s := range youngIn(p.F) {
			if texts[s]++; texts[s] == tradeTexts {
				out = append(out, s)
			}
		}
	}
	return out
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
