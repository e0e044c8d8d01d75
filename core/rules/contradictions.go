package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/facts"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

// saidNow is how many days before now (see now) a statement is still held to be one of today: prices and hours change. A page of a
// site stays where it is read, so that it has a year; a text without a date is a page, or was put in as what is said today.
const (
	saidNow = 92
	stands  = 366
)

var factKinds = [...]string{facts.Price: "price", facts.Phone: "phone", facts.Hours: "hours", facts.Date: "date", facts.Tagline: "tagline", facts.Offer: "offer"}

// statement is what a channel says. What was read of a text is kept from one reading to the next; who says it is not.
type statement struct {
	facts.Stated
	of      uint32 // hash of its kind and subject
	typed   bool
	day     string // of the message that says it, YYYY-MM-DD; "" where none does
	written string // its value as it stands, on one line
	lang    text.Lang
	place   report.Place
}

func newStatement(s facts.Stated, written string, lang text.Lang, place report.Place) *statement {
	return &statement{Stated: s, of: text.Hash(s.Subject) + uint32(s.Kind), written: strings.ReplaceAll(written, "\n", ", "), lang: lang, place: place}
}

// saying is a statement of a channel as it now is.
type saying struct {
	*statement
	channel *Channel
}

type statedOf struct {
	kind    facts.Kind
	subject string
}

// contradictions holds against each other what texts of different channels state, the facts that were typed among them. Two typed facts
// of a channel online and one offline are BR3's. A pair is worth a look, not a verdict: it is not scored.
func (r *Reading) contradictions() (out []report.Contradiction) {
	now, found := r.now()
	texts, n := make([][]*statement, len(r.Channels)), len(r.Facts)
	for i, c := range r.Channels {
		since := now - saidNow
		if c.Kind == "site" {
			since = now - stands
		}
		texts[i] = about(c, "stated "+strconv.Itoa(int(since))+" to "+strconv.Itoa(int(now)), func(posts []*Post) []*statement { return stated(posts, since, now) })
		n += len(texts[i])
	}
	all := make([]saying, 0, n)
	put := func(c *Channel, s *statement) { all = append(all, saying{s, c}) }
	r.typed(now, found, put)
	for i, c := range r.Channels {
		for _, s := range c.statedInBio() {
			put(c, s)
		}
		for _, s := range texts[i] {
			put(c, s)
		}
	}
	said := bySubject(all)
	order.Func(said, func(a, b []saying) int {
		return cmp.Or(cmp.Compare(a[0].Kind, b[0].Kind), strings.Compare(a[0].Subject, b[0].Subject))
	})
	for _, list := range said {
		if pair := contrary(list); pair != nil {
			c := report.Contradiction{Kind: factKinds[list[0].Kind], Said: [2]report.Statement{}}
			for i, s := range pair {
				c.Said[i] = report.Statement{Channel: s.channel.ID, Value: s.written, Place: s.place}
				if c.About == "" && s.Subject != "" {
					c.About = s.Label
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// now is the day of the newest message, or the board's where messages are planned beyond it: what is to come silences nothing said today.
func (r *Reading) now() (now int32, found bool) {
	for _, c := range r.Channels {
		if last := about(c, "newest", newest); last.post != nil && (!found || last.day > now) {
			now, found = last.day, true
		}
	}
	if r.Dated && now > r.Today {
		now = r.Today
	}
	return now, found
}

// bySubject lists what is said of each subject of which more than one value is told.
func bySubject(all []saying) (said [][]saying) {
	told := make([]uint8, 4<<bits.Len(uint(len(all)))) // by hash: most subjects are spoken of once, and need no place of their own
	mask := uint32(len(told) - 1)
	for _, s := range all {
		told[s.of&mask] = min(told[s.of&mask]+1, 2)
	}
	at := map[statedOf]int{}
	for _, s := range all {
		if told[s.of&mask] < 2 {
			continue
		}
		of := statedOf{s.Kind, s.Subject}
		k, known := at[of]
		if !known {
			k, at[of] = len(said), len(said)
			said = append(said, nil)
		}
		said[k] = append(said[k], s)
	}
	return slices.DeleteFunc(said, func(list []saying) bool { return values(list) < 2 })
}

// contrary gives the first two statements, of two channels, that cannot both be so. A channel that contradicts itself has changed its
// mind or speaks of several things, and is left out; three values of as many channels are three shops.
func contrary(list []saying) []saying {
	list = slices.DeleteFunc(slices.Clone(list), func(s saying) bool {
		return slices.ContainsFunc(list, func(t saying) bool { return t.channel == s.channel && t.Contradicts(&s.Stated) })
	})
	if values(list) != 2 {
		return nil
	}
	for i, s := range list {
		for _, t := range list[:i] {
			elsewhere := s.channel != t.channel && !apart(s.channel, t.channel)
			ofBR3 := s.typed && t.typed && s.channel.Online != t.channel.Online
			if elsewhere && !ofBR3 && !translated(s, t) && !t.OverOn(s.day) && !s.OverOn(t.day) && t.Contradicts(&s.Stated) {
				return []saying{t, s}
			}
		}
	}
	return nil
}

// translated: a tagline or the name of an offer is another in another language, be it on one channel.
func translated(a, b saying) bool {
	return (a.Kind == facts.Tagline || a.Kind == facts.Offer) && a.lang != b.lang
}

// values counts those of a list, to three.
func values(list []saying) int {
	var met [3]string
	n := 0
	for _, s := range list {
		if !slices.Contains(met[:n], s.Value) {
			met[n] = s.Value
			if n++; n == len(met) {
				break
			}
		}
	}
	return n
}

// apart says that two channels speak to people who have nothing in common, so that each may have its own prices and hours.
func apart(a, b *Channel) bool {
	return len(a.Segments) > 0 && len(b.Segments) > 0 && !slices.ContainsFunc(a.Segments, func(s *board.Segment) bool { return slices.Contains(b.Segments, s) })
}

// ours keeps what is said of the organisation, or of one thing that is named.
func ours(s *facts.Stated, bio bool) bool {
	switch s.Kind {
	case facts.Price:
		return !s.General
	case facts.Phone, facts.Hours:
		return s.Subject != "" || s.Self || bio
	}
	return true
}

// stated is what posts since a day say now, those planned for later apart: what several of them say, as the first does. An event comes
// again every year, so that its date is taken from recent posts alone.
func stated(posts []*Post, since, now int32) (out []*statement) {
	type said struct {
		statedOf
		value string
	}
	met := map[said]int{} // place in out
	for _, p := range posts {
		day, dated := board.ParseDay(p.Date)
		if dated && (day > now || day < since) || !dated && p.Date != "" {
			continue
		}
		if !p.second.read {
			p.second.read = true
			for _, s := range facts.Read(p.F, p.Text) {
				if ours(&s, false) {
					s.In(p.Date)
					said := newStatement(s, p.Text[s.Start:s.End], p.F.Lang, quote(p, s.Start, s.End))
					said.day = p.Date
					p.second.stated = append(p.second.stated, said)
				}
			}
		}
		for _, s := range p.second.stated {
			if s.Kind == facts.Date && (!dated || day < now-saidNow) {
				continue
			}
			key := said{statedOf{s.Kind, s.Subject}, s.Value}
			if at, known := met[key]; !known {
				met[key] = len(out)
				out = append(out, s)
			} else if s.Kind == facts.Date && s.day < out[at].day { // whether an event was over is asked of who says it first
				out[at] = s
			}
		}
	}
	return out
}

func (c *Channel) statedInBio() (out []*statement) {
	if c.BioText == nil || c.bioStated != nil {
		return c.bioStated
	}
	out = []*statement{}
	for _, s := range facts.Read(c.BioText, c.Bio) {
		if ours(&s, true) {
			out = append(out, newStatement(s, c.Bio[s.Start:s.End], c.BioText.Lang, field(c.ID, "bio", c.Bio, s.Start, s.End)))
		}
	}
	c.bioStated = out
	return out
}

// typed hands on the facts typed into the board that hold today and can be compared.
func (r *Reading) typed(now int32, dated bool, put func(*Channel, *statement)) {
	for i, f := range r.Facts {
		c := r.channels[f.Channel]
		from, fromOK := dayOr(f.From, now)
		to, toOK := dayOr(f.To, now)
		if c == nil || !fromOK || !toOK || dated && (from > now || to < now) {
			continue
		}
		if s, ok := facts.Typed(f.Key+" "+f.Subject, f.Value, c.lang); ok {
			if blank(f.Subject) {
				s.Label = f.Key
			} else {
				s.Label = f.Subject
			}
			typed := newStatement(s, f.Value, c.lang, report.Place{Entity: c.ID, Field: "facts/" + strconv.Itoa(i)})
			typed.typed = true
			put(c, typed)
		}
	}
}

// alignment compares, for each channel with texts, what the organisation says it is, how the channel presents it and what it publishes.
func (r *Reading) alignment() []report.Alignment {
	if r.aligned != nil || r.Identity == nil || blank(r.Identity.Sentence) {
		return r.aligned
	}
	identity := r.read(r.Identity.Sentence)
	var out []report.Alignment
	for _, c := range r.Channels {
		if len(c.Posts) == 0 {
			continue
		}
		withPosts := func(what, sentence string, f *text.Features) float64 {
			return about(c, what+" "+langNames[f.Lang]+" "+sentence, func([]*Post) float64 { return text.Alignment(f, c.spoken(f.Lang)) })
		}
		a := report.Alignment{Channel: c.ID, Identity: withPosts("alignment", r.Identity.Sentence, identity)}
		if bio := c.BioText; bio != nil {
			a.HasBio = true
			a.Promised = withPosts("promised", c.Bio, bio)
			a.Bio = about(c, "presented "+langNames[identity.Lang]+" "+r.Identity.Sentence+"\x00"+langNames[bio.Lang]+" "+c.Bio, func([]*Post) float64 {
				return text.Alignment(identity, text.NewSpoken(identity.Lang, []*text.Features{bio}))
			})
		}
		out = append(out, a)
	}
	r.aligned = out
	return out
}

// spoken is what the posts of a channel in one language speak of.
func (c *Channel) spoken(lang text.Lang) *text.Spoken {
	return about(c, "spoken "+langNames[lang], func(posts []*Post) *text.Spoken {
		texts := make([]*text.Features, len(posts))
		for i, p := range posts {
			texts[i] = p.F
		}
		return text.NewSpoken(lang, texts)
	})
}
