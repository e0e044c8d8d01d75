package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

const (
	offLine    = .4 // share of messages on no pillar from which there is no editorial line
	shownOff   = 12 // messages quoted
	leastWords = 3  // messages that hold a word before it is said to recur
	shownWords = 6
	searched   = 20 * shownOff // messages among which those that say what recurs are looked for
	fewSmall   = .2            // share of small words below which a channel speaks another language than it is read in: French and English have a third or more
	tellsWords = 20            // different words before that share tells anything
)

var _ = register(Rule{
	ID: "VO4", Dim: "voice", Severity: report.Major, Required: true, Article: "A2",
	TextsAlone: true,
	Check: func(r *Reading, o *Out) {
		if r.Pillars == nil {
			o.Missing("pillars")
			return
		}
		posts, foreign := 0, 0
		for _, c := range r.Channels {
			posts += len(c.Posts)
			foreign += c.foreign()
		}
		switch {
		case posts < enoughPosts:
			o.Missing("postsInAll", arg("have", posts), arg("need", enoughPosts))
			return
		case posts-foreign < enoughPosts:
			o.Missing("readPosts", arg("have", posts-foreign), arg("need", enoughPosts))
			return
		}
		posts -= foreign
		off, found := 0, []*Post(nil)
		for _, c := range r.Channels {
			var of []*Post
			if len(r.Pillars) == 0 {
				of = c.readPosts()
			} else {
				of = c.offPillars()
			}
			off += len(of)
			found = append(found, of[:min(searched-len(found), len(of))]...)
		}
		share := float64(off) / float64(posts)
		if off == posts && r.wordless() {
			o.Missing("pillars")
			return
		}
		if len(r.Pillars) > 0 && share <= offLine {
			o.Pass()
			return
		}
		words, stems := r.recurring()
		state := "off"
		switch {
		case len(r.Pillars) == 0:
			state = "none"
		case len(words) > 0:
			state = "words"
		}
		f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "board"}}
		for _, p := range holdingMost(found, stems, shownOff) {
			f.Places = append(f.Places, quote(p, 0, 0))
		}
		f.Args = []report.Arg{arg("state", state), arg("off", off), arg("posts", posts), arg("share", share), arg("words", words)}
		o.Fail("", f)
	},
})

// holdingMost are n of the posts, those that hold most of the stems first: what they speak of is what the others on no pillar speak of too.
func holdingMost(posts []*Post, stems []string, n int) []*Post {
	held := make([]int, len(posts))
	for i, p := range posts {
		for _, stem := range stems {
			if p.F.HasContent(stem) {
				held[i]++
			}
		}
	}
	most := make([]*Post, 0, n)
	for k := len(stems); k >= 0; k-- {
		for i, p := range posts {
			if held[i] == k && len(most) < n {
				most = append(most, p)
			}
		}
	}
	return most
}

// wordless: there are pillars, and nobody was asked for the words of any.
func (r *Reading) wordless() bool {
	return len(r.Pillars) > 0 && !slices.ContainsFunc(r.Pillars, func(p *board.Pillar) bool { return p.Terms != nil })
}

func (c *Channel) offPillars() []*Post {
	return about(c, "offPillars", func(posts []*Post) []*Post {
		return those(posts, func(p *Post) bool { return p.Pillar == "" && p.Says&Pillar == 0 && legible(p) && !c.strange() })
	})
}

// legible: its words are of a language in which the absence of one says something, and it has some: under a picture, an emoji alone
// speaks of nothing.
func legible(p *Post) bool { return p.F.Lang != text.Other && len(p.F.Words) > 0 }

// strange: posts in a language that is not told from the one they are read in (Breton, Basque, Welsh) lack its small words. Letters and names say nothing.
//
//go:noinline
func (c *Channel) strange() bool { return about(c, "strange", strange) }

func strange(posts []*Post) bool {
	small, words := 0, 0
	for _, p := range posts {
		if p.F.Lang == text.Other {
			continue
		}
		for i := range p.F.Words {
			if w := &p.F.Words[i]; !w.Tag && !w.Name && w.End-w.Start > 1 {
				words++
				if w.Stop {
					small++
				}
			}
		}
	}
	if float64(small) >= fewSmall*float64(words) {
		return false
	}
	different := map[string]bool{} // a few words said over and over are no language
	for _, p := range posts {
		if p.F.Lang == text.Other {
			continue
		}
		for _, stem := range p.F.Content {
			if different[stem] = true; len(different) == tellsWords {
				return true
			}
		}
	}
	return false
}

// readPosts are those whose subject can be read.
func (c *Channel) readPosts() []*Post {
	return about(c, "read posts", func(posts []*Post) []*Post {
		return those(posts, func(p *Post) bool { return p.Pillar != "" || p.Says&Pillar != 0 || legible(p) && !c.strange() })
	})
}

// foreign is how many are not.
func (c *Channel) foreign() int { return len(c.Posts) - len(c.readPosts()) }

// recurring are the words most of the messages on no pillar hold, and their stems.
func (r *Reading) recurring() (words, stems []string) {
	t := &r.instruments.off
	t.follow(r.Channels, func(c *Channel) []*Post {
		if len(r.Pillars) == 0 {
			return c.Posts
		}
		return c.offPillars()
	})
	words = []string{}
	for among := 4 * shownWords; ; among *= 4 { // a word that stands in hashtags alone has no form to show
		most := t.most(among)
		words, stems = words[:0], stems[:0]
		for _, s := range most {
			if text.Light(s, r.Lang) {
				continue
			}
			if form := t.form(s); form != "" {
				words, stems = append(words, form), append(stems, s)
			}
			if len(words) == shownWords {
				return words, stems
			}
		}
		if len(most) < among {
			return words, stems
		}
	}
}

// tally counts the messages that hold each stem. It is kept from one reading to the next: an edit costs its own message.
type tally struct {
	parts map[string]*tallied // by channel
	at    map[string]int      // of a stem, in stems
	stems []holders
}

type holders struct {
	stem string
	n    int
}

// tallied is what was counted of one channel.
type tallied struct {
	posts []*Post
	forms map[string]string // of stems that were asked for
}

// follow brings the tally to what the channels say now.
func (t *tally) follow(channels []*Channel, part func(*Channel) []*Post) {
	if t.parts == nil {
		t.parts, t.at = map[string]*tallied{}, map[string]int{}
	}
	stays := make(map[string]bool, len(channels))
	for _, c := range channels {
		stays[c.ID] = true
		t.turn(c.ID, part(c))
	}
	for id := range t.parts {
		if !stays[id] {
			t.turn(id, nil)
			delete(t.parts, id)
		}
	}
}

// turn counts the posts of a channel in the place of those that were counted of it: what stands before and after all that differs is left.
func (t *tally) turn(id string, posts []*Post) {
	part := t.parts[id]
	if part == nil {
		part = &tallied{forms: map[string]string{}}
		t.parts[id] = part
	}
	gone, fresh := part.posts, posts
	for len(gone) > 0 && len(fresh) > 0 && gone[0].F == fresh[0].F {
		gone, fresh = gone[1:], fresh[1:]
	}
	for len(gone) > 0 && len(fresh) > 0 && gone[len(gone)-1].F == fresh[len(fresh)-1].F {
		gone, fresh = gone[:len(gone)-1], fresh[:len(fresh)-1]
	}
	part.posts = posts
	for stem := range part.forms {
		holds := func(p *Post) bool { return p.F.HasContent(stem) }
		if slices.ContainsFunc(gone, holds) || slices.ContainsFunc(fresh, holds) {
			delete(part.forms, stem)
		}
	}
	t.add(gone, -1)
	t.add(fresh, 1)
}

func (t *tally) add(posts []*Post, sign int) {
	for _, p := range posts {
		for _, stem := range p.F.Content {
			at, known := t.at[stem]
			if !known {
				at = len(t.stems)
				t.at[stem] = at
				t.stems = append(t.stems, holders{stem: stem})
			}
			t.stems[at].n += sign
		}
	}
}

// most gives the stems most messages hold, at most k, those in at least leastWords.
func (t *tally) most(k int) []string {
	var best []holders // the most first
	for _, h := range t.stems {
		if h.n < leastWords || len(best) == k && !before(h, best[k-1]) {
			continue
		}
		if len(best) == k {
			best = best[:k-1]
		}
		best = append(best, h)
		for i := len(best) - 1; i > 0 && before(best[i], best[i-1]); i-- {
			best[i], best[i-1] = best[i-1], best[i]
		}
	}
	stems := make([]string, len(best))
	for i, h := range best {
		stems[i] = h.stem
	}
	return stems
}

func before(a, b holders) bool { return a.n > b.n || a.n == b.n && a.stem < b.stem }

// form is how a stem is written, of its forms in lower case the first of the alphabet; "" where it stands in tags only.
func (t *tally) form(stem string) (first string) {
	for _, p := range t.parts {
		if form := p.form(stem); form != "" && (first == "" || form < first) {
			first = form
		}
	}
	return first
}

func (t *tallied) form(stem string) (first string) {
	if form, known := t.forms[stem]; known {
		return form
	}
	for _, p := range t.posts {
		if !p.F.HasContent(stem) {
			continue
		}
		for i := range p.F.Words {
			w := &p.F.Words[i]
			if w.Stem != stem || w.Stop || w.Tag {
				continue
			}
			if form := strings.ToLower(p.Text[w.Start:w.End]); first == "" || form < first {
				first = form
			}
		}
	}
	t.forms[stem] = first
	return first
}
