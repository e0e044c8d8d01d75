package rules

import (
	"unisson/core/board"
	"unisson/core/duplicates"
	"unisson/core/report"
	"unisson/core/timeline"
	"unisson/core/voice"
)

// second is what is read of a post beyond its features, once, the first time it is asked for.
type second struct {
	vector   *voice.Vector
	trace    *timeline.Trace
	until    int // byte it was read up to
	print    *duplicates.Print
	twin     *duplicates.Twin // nil: it stands nowhere else
	stated   []*statement     // once it was read for them
	read     bool
	greets   bool // it wishes something of the season
	heard    bool // that was asked
	loud     int  // marks of a tone put on
	listened bool // they were counted
}

// statistics are what is computed from all texts together. While somebody writes they may be those of a moment ago.
type statistics struct {
	voice   voice.Result
	marks   map[string][]report.Mark   // of the channels that are accused
	changes map[string]timeline.Result // of each channel with texts
	found   *duplicates.Found
}

// instruments are kept from one reading to the next for what they remember.
type instruments struct {
	analyst voice.Analyst
	finder  duplicates.Finder
	off     tally // of the messages on no pillar
}

// measure fills the statistics. In a draft, those of the reading before stand in where there are any.
func (r *Reading) measure(before *Reading, draft bool) {
	if before == nil {
		r.instruments = &instruments{}
	} else {
		r.instruments = before.instruments
		if draft && before.statistics != nil {
			r.statistics, r.Draft = before.statistics, true
			return
		}
	}
	s := &statistics{marks: map[string][]report.Mark{}, changes: map[string]timeline.Result{}}
	r.statistics = s
	speaking := r.Speaking()
	channels := make([]voice.Channel, len(speaking))
	n := 0
	for _, c := range speaking {
		n += len(c.Posts)
	}
	posts := make([]duplicates.Post, 0, n)
	for i, c := range speaking {
		channels[i] = voice.Channel{ID: c.ID, Kind: c.Kind, Apart: r.speaksApart(c), Profile: r.profile(c)}
		for _, p := range c.Posts {
			if p.second.print == nil {
				p.second.print = duplicates.Read(p.F, p.Text)
			}
			posts = append(posts, duplicates.Post{ID: p.ID, Channel: c.ID, Print: p.second.print})
		}
	}
	for _, c := range r.Channels {
		if len(c.Posts) > 0 {
			s.changes[c.ID] = changes(c)
		}
	}
	s.voice = r.instruments.analyst.Analyse(channels, true)
	r.markAccused(channels, speaking)
	s.found = r.instruments.finder.Find(posts)
	i := 0
	for _, c := range speaking {
		for _, p := range c.Posts {
			p.second.twin = nil
			if twin := &s.found.Twins[i]; twin.Channels != nil {
				p.second.twin = twin
			}
			i++
		}
	}
}

func (r *Reading) profile(c *Channel) *voice.Profile {
	return about(c, "profile", func(posts []*Post) *voice.Profile {
		read := make([]voice.Post, len(posts))
		for i, p := range posts {
			if p.second.vector == nil {
				p.second.vector = voice.Read(p.F, p.Text)
			}
			read[i] = voice.Post{Text: p.Text, Features: p.F, Vector: p.second.vector}
		}
		return voice.NewProfile(read)
	})
}

// markAccused finds the words that make an accused channel another animal.
func (r *Reading) markAccused(channels []voice.Channel, speaking []*Channel) {
	var lexis *voice.Lexis
	for i := range r.statistics.voice.Channels {
		if !r.statistics.voice.Channels[i].Accused {
			continue
		}
		if lexis == nil {
			profiles := make([]*voice.Profile, len(channels))
			for k := range channels {
				profiles[k] = channels[k].Profile
			}
			lexis = voice.NewLexis(profiles)
		}
		c := speaking[i]
		for _, m := range lexis.Marks(channels[i].Profile) {
			mark := report.Mark{Term: m.Term, Rate: m.Rate, Elsewhere: m.Elsewhere, G2: m.G2, LogRatio: m.LogRatio}
			for _, at := range m.Places {
				mark.Places = append(mark.Places, quote(c.Posts[at.Post], int32(at.Start), int32(at.End)))
			}
			r.statistics.marks[c.ID] = append(r.statistics.marks[c.ID], mark)
		}
	}
}

// changes is the timeline of one channel.
func changes(c *Channel) timeline.Result {
	return about(c, "timeline", func(posts []*Post) timeline.Result {
		dated, ends := make([]timeline.Post, 0, len(posts)), tails(posts)
		for i, p := range posts {
			day, ok := board.ParseDay(p.Date)
			if !ok {
				continue
			}
			if p.second.trace == nil || p.second.until != ends[i] {
				p.second.trace, p.second.until = timeline.Read(p.F, p.Text, ends[i]), ends[i]
			}
			dated = append(dated, timeline.Post{ID: p.ID, Day: day, Action: p.Action, Signature: p.Says&Signature != 0, Trace: p.second.trace})
		}
		return timeline.Changes(dated)
	})
}

func tails(posts []*Post) []int {
	texts := make([]string, len(posts))
	for i, p := range posts {
		texts[i] = p.Text
	}
	return timeline.Tails(texts)
}

const aroundDecision = 31 // days either side of a change in which a decision explains it

// decisionFor is the decision that explains a change of a channel on a day; "" when there is none.
func (r *Reading) decisionFor(channel string, day int32) string {
	best, gap := "", int32(aroundDecision+1)
	for _, d := range r.Decisions {
		at, dated := board.ParseDay(d.Date)
		concerned := len(d.Channels) == 0
		for _, id := range d.Channels {
			concerned = concerned || id == channel
		}
		if away := max(at-day, day-at); dated && concerned && away < gap {
			best, gap = d.ID, away
		}
	}
	return best
}

// ---- what the report says of them ----

var voiceStates = [...]string{voice.Insufficient: "insufficient", voice.Indicative: "indicative", voice.Evaluated: "evaluated"}

func (r *Reading) reportVoice() *report.Voice {
	v := &r.statistics.voice
	out := &report.Voice{Known: v.State > voice.Insufficient, Coherence: v.Coherence, Low: v.Interval.Low, High: v.Interval.High}
	for i := range v.Channels {
		s := &v.Channels[i]
		out.Channels = append(out.Channels, report.Standing{ID: s.ID, Belonging: s.Belonging, Low: s.Interval.Low, High: s.Interval.High, Messages: s.Messages, State: voiceStates[s.State], Marks: r.statistics.marks[s.ID]})
	}
	return out
}

func (r *Reading) reportTimeline() []report.Timeline {
	out := []report.Timeline{}
	for _, c := range r.Channels {
		if len(c.Posts) == 0 {
			continue
		}
		t := r.statistics.changes[c.ID]
		line := report.Timeline{Channel: c.ID, Strength: t.Strength}
		for i := range t.Changes {
			x := &t.Changes[i]
			line.Changes = append(line.Changes, report.Change{Before: x.Before, Strength: x.Strength, Seasonal: x.Seasonal, ExplainedBy: r.decisionFor(c.ID, x.Day)})
		}
		out = append(out, line)
	}
	return out
}

func (r *Reading) reportDuplicates() []report.Pair {
	out := make([]report.Pair, len(r.statistics.found.Pairs))
	for i, p := range r.statistics.found.Pairs {
		out[i] = report.Pair{A: p.A, B: p.B, Similarity: p.Similarity}
	}
	return out
}
