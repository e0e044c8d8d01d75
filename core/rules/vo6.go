package rules

import (
	"unisson/core/report"
	"unisson/core/text"
	"unisson/core/voice"
)

var _ = register(Rule{
	ID: "VO6", Dim: "voice", Severity: report.Major, Required: true, Article: "A11",
	Check: func(r *Reading, o *Out) {
		speaking := r.Speaking()
		if len(speaking) < 2 {
			o.Missing(r.fewSpeak(), arg("have", len(speaking)), arg("need", 2))
			return
		}
		houses := r.housesAmongStrangers()
		for i := range r.statistics.voice.Channels {
			s := &r.statistics.voice.Channels[i]
			c := r.channels[s.ID]
			switch {
			case c == nil || s.Apart: // gone since the statistics were made; spoken to otherwise by choice
			case s.Messages > 0 && !r.profile(c).Readable():
				o.Unknown("unreadLanguage", arg("channel", s.ID))
			case s.State != voice.Evaluated && s.Messages < enoughPosts:
				o.Unknown("posts", arg("channel", s.ID), arg("have", s.Messages), arg("need", enoughPosts))
			case s.State != voice.Evaluated:
				o.Unknown("postsElsewhere", arg("channel", s.ID), arg("have", s.Elsewhere), arg("need", enoughPosts))
			case !s.Accused, houses[c]:
				o.Pass(s.ID)
			default:
				o.Fail(s.ID, r.anotherAnimal(c, s))
			}
		}
	},
})

// farNearer is how many times further than any other stranger's a channel's texts speak of the identity where it is the house.
const farNearer = 1.5

// housesAmongStrangers finds, in a language where every channel that can be judged is accused, the one the others are strange to. Their texts
// cannot tell which of them is the house; who the organisation says it is can, where one channel speaks of it far more than the rest.
func (r *Reading) housesAmongStrangers() map[*Channel]bool {
	type strangers struct {
		peace bool // somebody belongs
		all   []*Channel
	}
	byLang := map[text.Lang]*strangers{}
	for i := range r.statistics.voice.Channels {
		s := &r.statistics.voice.Channels[i]
		c := r.channels[s.ID]
		if c == nil || s.Apart || s.State != voice.Evaluated {
			continue
		}
		lang := r.profile(c).Lang()
		g := byLang[lang]
		if g == nil {
			g = &strangers{}
			byLang[lang] = g
		}
		g.peace, g.all = g.peace || !s.Accused, append(g.all, c)
	}
	houses := map[*Channel]bool{}
	for _, g := range byLang {
		if g.peace {
			continue
		}
		var first *Channel
		best, second := 0., 0.
		for _, c := range g.all {
			if near := r.nearness(c); near > best {
				first, best, second = c, near, best
			} else {
				second = max(second, near)
			}
		}
		if first != nil && best >= float64(farNearer*second) {
			houses[first] = true
		}
	}
	return houses
}

// nearness is how far a channel's texts speak of the identity, 0…1.
func (r *Reading) nearness(c *Channel) float64 {
	for _, a := range r.alignment() {
		if a.Channel == c.ID {
			return a.Identity
		}
	}
	return 0
}

func (r *Reading) anotherAnimal(c *Channel, s *voice.Standing) report.Finding {
	f := report.Finding{Severity: report.Major, About: channelRef(c), Places: []report.Place{entity(c.ID)}}
	terms := []string{}
	for i, m := range r.statistics.marks[c.ID] {
		if i < 5 {
			terms = append(terms, m.Term)
			f.Places = append(f.Places, m.Places[:min(2, len(m.Places))]...)
		}
	}
	if len(terms) == 0 {
		f.Places = append(f.Places, longest(c.Posts, 3)...)
	}
	f.Args = []report.Arg{arg("channel", c.ID), arg("terms", terms), arg("marked", yesNo(len(terms) > 0)), arg("belonging", s.Belonging), arg("low", s.Interval.Low), arg("high", s.Interval.High)}
	return f
}

// manners are how the channels with texts are declared to speak: what a channel's own declaration is held against.
type manners struct {
	texts     int // channels with texts
	young     int // of them, those whose public wants a young tone
	addressed int // of them, those with a declared address
	address   map[string]int
}

func (r *Reading) readManners() {
	m := manners{address: map[string]int{}}
	for _, c := range r.Channels {
		if len(c.Posts) == 0 {
			continue
		}
		m.texts++
		if youngByChoice(c) {
			m.young++
		}
		if own := r.declaredAddress(c); own != "" {
			m.addressed++
			m.address[own]++
		}
	}
	r.manners = m
}

// speaksApart: the channel is declared to speak to its public otherwise than most of the others do to theirs. Where two
// manners are even, neither is the house's.
func (r *Reading) speaksApart(c *Channel) bool {
	itself := min(1, len(c.Posts))
	apart := func(same, all int) bool { return all-same > same-itself }
	alike := r.manners.young
	if !youngByChoice(c) {
		alike = r.manners.texts - r.manners.young
	}
	own := r.declaredAddress(c)
	return apart(alike, r.manners.texts) || own != "" && apart(r.manners.address[own], r.manners.addressed)
}
