package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

// Reading is a board as rules see it: references resolved, texts read, what is closed or done left out. It is made anew
// for every report; what costs — reading texts — is taken over from the reading before.
type Reading struct {
	*Source
	Lang       text.Lang // of the board
	Today      int32     // days since 1970-01-01
	Dated      bool      // Today is known
	Name       string    // the organisation's
	Channels   []*Channel
	Objectives []*Objective
	Words      *vocabulary
	Lexicon    *text.Lexicon // the board's own; nil for none

	channels map[string]*Channel
	off      map[string]bool // rules the board switched off
	manners  manners

	Draft       bool // the statistics are those of a moment ago
	statistics  *statistics
	instruments *instruments
	aligned     []report.Alignment // once it was asked for
}

// Channel is a channel that is not closed.
type Channel struct {
	*board.Channel
	Online   bool
	Posts    []*Post
	WordsIn  int // words of all its posts
	Segments []*board.Segment
	Serves   []*Channel // those of its edges that lead to another channel that is not closed
	Served   []*Channel
	BioText  *text.Features // nil without a bio

	bioStated []*statement // in it; nil until it is asked for
	lang      text.Lang
	posts     []*board.Message // what Posts was read from
	words     *vocabulary
	lexicon   *text.Lexicon
	known     map[string]any // see about
}

// about computes something from the posts of a channel, once for as long as they and the organisation's words stay the
// same: an edit costs its own channel. compute may look at nothing else.
func about[T any](c *Channel, what string, compute func(posts []*Post) T) T {
	if v, ok := c.known[what]; ok {
		return v.(T)
	}
	v := compute(c.Posts)
	c.known[what] = v
	return v
}

// those are the posts that fit.
func those(posts []*Post, fits func(*Post) bool) (out []*Post) {
	for _, p := range posts {
		if fits(p) {
			out = append(out, p)
		}
	}
	return out
}

// Objective is an objective that is neither done nor dropped.
type Objective struct {
	*board.Objective
	Children []*Objective
	Channels []*Channel // that list it
}

// Post is one message with what was read in it. It is immutable.
type Post struct {
	*board.Message
	F    *text.Features
	Says Says

	second *second
}

// Read lays the board out for rules. before may be nil; what it read and still holds is taken over. A draft is the answer
// of the moment: it keeps the statistics of the reading before, which cost more than a keystroke may.
func Read(s *Source, before *Reading, draft bool) *Reading {
	s.merge()
	r := &Reading{Source: s, Lang: langOf(s.Lang), channels: make(map[string]*Channel, len(s.Channels)), off: map[string]bool{}}
	r.Today, r.Dated = board.ParseDay(s.AsOf)
	if s.Identity != nil {
		r.Name = s.Identity.Name
	}
	if s.Settings != nil {
		for _, p := range s.Settings.Rules {
			r.off[p.Key] = p.Value == "off"
		}
	}
	var old *vocabulary
	var lexicon *text.Lexicon
	if before != nil {
		old, lexicon = before.Words, before.Lexicon
	}
	r.Words = compile(&s.Board, old)
	r.Lexicon = lexiconOf(s.Settings, lexicon)
	r.readChannels(before)
	r.readObjectives()
	r.readManners()
	r.measure(before, draft)
	return r
}

func (r *Reading) readChannels(before *Reading) {
	segments := make(map[string]*board.Segment, len(r.Source.Segments))
	for _, s := range r.Source.Segments {
		segments[s.ID] = s
	}
	var relearnt *text.Lexicon // the terms that mean another thing than before
	if before != nil {
		relearnt = r.Lexicon.Changed(before.Lexicon)
	}
	for _, b := range r.Source.Channels {
		if b.Status == "closed" {
			continue
		}
		c := &Channel{Channel: b, Online: isOnline(b), lang: langOf(b.Lang), posts: r.posts[b.ID], words: r.Words, lexicon: r.Lexicon}
		if c.lang == text.None {
			c.lang = r.Lang
		}
		for _, id := range b.Segments {
			if s := segments[id]; s != nil {
				c.Segments = append(c.Segments, s)
			}
		}
		var old *Channel
		if before != nil {
			old = before.channels[b.ID]
		}
		c.read(old, relearnt)
		if !blank(b.Bio) {
			if old != nil && old.Bio == b.Bio && old.Channel.Lang == b.Lang && before.Lang == r.Lang && !relearnt.In(old.BioText) {
				c.BioText, c.bioStated = old.BioText, old.bioStated
			} else {
				c.BioText = r.Lexicon.Read(b.Bio, langOf(b.Lang), r.Lang)
			}
		}
		r.Channels = append(r.Channels, c)
		r.channels[b.ID] = c
	}
	for _, c := range r.Channels {
		for _, e := range c.Channel.Serves {
			if to := r.channels[e.Channel]; to != nil && to != c {
				c.Serves = append(c.Serves, to)
				to.Served = append(to.Served, c)
			}
		}
	}
}

// read takes over what the reading before holds of the same messages, and reads the rest: those too that hold a term of
// the lexicon that means another thing than before.
func (c *Channel) read(old *Channel, relearnt *text.Lexicon) {
	c.known = map[string]any{}
	var read map[*board.Message]*Post
	if old != nil && old.lang == c.lang {
		unheard := func(p *Post) bool { return relearnt != nil && relearnt.In(p.F) }
		if old.words == c.words && sameSlice(old.posts, c.posts) && (relearnt == nil || !slices.ContainsFunc(old.Posts, unheard)) {
			c.Posts, c.WordsIn, c.known = old.Posts, old.WordsIn, old.known
			return
		}
		read = make(map[*board.Message]*Post, len(old.Posts))
		for _, p := range old.Posts {
			if !unheard(p) {
				read[p.Message] = p
			}
		}
	}
	c.Posts = make([]*Post, 0, len(c.posts))
	for _, m := range c.posts {
		p := read[m]
		switch {
		case p == nil:
			f := c.lexicon.Read(m.Text, langOf(m.Lang), c.lang)
			p = &Post{Message: m, F: f, Says: c.words.says(f, m.Text), second: &second{}}
		case old.words != c.words:
			p = &Post{Message: m, F: p.F, Says: c.words.says(p.F, m.Text), second: p.second}
		}
		c.Posts = append(c.Posts, p)
		c.WordsIn += len(p.F.Words)
	}
}

// lexiconOf gives old when nothing it holds has changed.
func lexiconOf(s *board.Settings, old *text.Lexicon) *text.Lexicon {
	if s == nil || s.Lexicon == nil {
		return nil
	}
	var add board.LexiconTerms
	if s.Lexicon.Add != nil {
		add = *s.Lexicon.Add
	}
	return text.NewLexicon(add.Slang, add.Bait, add.Cliche, s.Lexicon.Silence, old)
}

func sameSlice(a, b []*board.Message) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func (r *Reading) readObjectives() {
	live := make(map[string]*Objective, len(r.Source.Objectives))
	for _, b := range r.Source.Objectives {
		if b.Status != "done" && b.Status != "dropped" {
			o := &Objective{Objective: b}
			live[b.ID] = o
			r.Objectives = append(r.Objectives, o)
		}
	}
	for _, o := range r.Objectives {
		if p := live[o.Parent]; p != nil {
			p.Children = append(p.Children, o)
		}
	}
	for _, c := range r.Channels {
		seen := map[*Objective]bool{}
		for _, id := range c.Channel.Objectives {
			if o := live[id]; o != nil && !seen[o] {
				seen[o] = true
				o.Channels = append(o.Channels, c)
			}
		}
	}
}

// Roots are the objectives without a parent.
func (r *Reading) Roots() []*Objective {
	var roots []*Objective
	for _, o := range r.Objectives {
		if o.Parent == "" {
			roots = append(roots, o)
		}
	}
	return roots
}

// Apexes are the roots the rest hangs from: those with children, or the only root.
func (r *Reading) Apexes() []*Objective {
	roots := r.Roots()
	if len(roots) == 1 {
		return roots
	}
	var apexes []*Objective
	for _, o := range roots {
		if len(o.Children) > 0 {
			apexes = append(apexes, o)
		}
	}
	return apexes
}

// Speaking are the channels whose texts can be judged at all: a shop or a phone line of which no text was given is no
// object of a rule about texts.
func (r *Reading) Speaking() []*Channel {
	var out []*Channel
	for _, c := range r.Channels {
		if c.Online || len(c.Posts) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// fewSpeak is what is missing where fewer than two channels have texts: channels, or texts of those there are.
func (r *Reading) fewSpeak() string {
	if len(r.Channels) < 2 {
		return "channels"
	}
	return "speaking"
}

// Linked reports whether anybody was asked which channel serves which.
func (r *Reading) Linked() bool {
	for _, c := range r.Source.Channels {
		if c.Serves != nil {
			return true
		}
	}
	return false
}

var offlineKinds = map[string]bool{"event": true, "print": true, "outdoor": true, "store": true, "phone": true, "packaging": true, "staff": true}

func isOnline(c *board.Channel) bool {
	if c.Online != board.Unsaid {
		return c.Online == board.Yes
	}
	return !offlineKinds[c.Kind]
}

var socialKinds = map[string]bool{"linkedin": true, "x": true, "facebook": true, "instagram": true, "tiktok": true, "youtube": true, "mastodon": true, "bluesky": true}

// Social reports whether the channel is one of the social networks.
func (c *Channel) Social() bool { return socialKinds[c.Kind] }

func langOf(s string) text.Lang {
	switch s {
	case "fr":
		return text.FR
	case "en":
		return text.EN
	}
	return text.None
}

// ---- what rules say ----

func arg(key string, value any) report.Arg {
	if n, ok := value.(int); ok {
		value = float64(n)
	}
	return report.Arg{Key: key, Value: value}
}

func channelRef(c *Channel) report.Ref { return report.Ref{Kind: "channel", ID: c.ID} }

func entity(id string) report.Place { return report.Place{Entity: id} }

// field is a place in a field of an entity; a zero span is the whole of it.
func field(id, name, value string, start, end int32) report.Place {
	return report.Place{Entity: id, Field: name, Start: text.CodePoints(value, int(start)), End: text.CodePoints(value, int(end))}
}

// quote is a place in a message; a zero span is the whole of it.
func quote(p *Post, start, end int32) report.Place {
	return report.Place{Message: p.ID, Start: text.CodePoints(p.Text, int(start)), End: text.CodePoints(p.Text, int(end))}
}

func ids[T any](list []*T, id func(*T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = id(x)
	}
	return out
}

// listed tells whether a word is one of a list that has a space on both sides of each.
func listed(word, list string) bool { return strings.Contains(list, " "+word+" ") }

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// read reads a text of the board's own, such as the identity's sentence.
func (r *Reading) read(s string) *text.Features { return r.Lexicon.Read(s, r.Lang, r.Lang) }

// readSentence reads the identity's sentence in the language it is written in, which need not be the board's.
func (r *Reading) readSentence(s string) *text.Features { return r.Lexicon.Read(s, text.None, r.Lang) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
