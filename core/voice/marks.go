package voice

import (
	"cmp"
	"slices"

	"unisson/core/order"
	"unisson/core/text"
)

// Mark is a term a channel uses beyond what the other channels of its language do.
type Mark struct {
	Term      string  // as written most often
	Count     int     // occurrences here
	Messages  int     // messages here that hold it
	Rate      float64 // occurrences a word, here
	Elsewhere float64 // and on the other channels
	G2        float64 // log-likelihood ratio, Dunning's G²: surprise
	LogRatio  float64 // binary logarithm of Rate over Elsewhere, half an occurrence added to both: size
	Places    []Place // the first five
}

// Place is where a term stands: an index into the channel's posts, and bytes of that post's text.
type Place struct{ Post, Start, End int }

const (
	leastCount    = 3 // occurrences, in
	leastMessages = 2 // messages, for a term to be a mark
	leastRatio    = 1 // twice as often as elsewhere
	discoveries   = .05
	maxMarks      = 8
	maxPlaces     = 5
)

// term is how often a channel uses one: a word by its stem, an emoji as it is.
type term struct {
	hash            uint64
	count, messages int32
}

// eachTerm gives the terms of a post: words and hashtags, then emoji; nothing of links, mentions and addresses.
func eachTerm(p *Post, f func(hash uint64, start, end int32)) {
	tags := p.Features.Marks
	for i := range p.Features.Words {
		w := &p.Features.Words[i]
		if w.Tag {
			for len(tags) > 0 && (tags[0].Kind != text.Hashtag || tags[0].End <= w.Start) {
				tags = tags[1:]
			}
			if len(tags) == 0 || tags[0].Start > w.Start {
				continue
			}
		}
		if w.Stem != "" {
			f(fingerprint(w.Stem), w.Start, w.End)
		}
	}
	for _, m := range p.Features.Marks {
		if m.Kind == text.Emoji {
			f(fingerprint(p.Text[m.Start:m.End]), m.Start, m.End)
		}
	}
}

func (p *Profile) countTerms() { p.counting.Do(p.count) }

func (p *Profile) count() {
	var all []term
	for i := range p.posts {
		if !p.reads(p.posts[i].Vector) {
			continue
		}
		from := len(all)
		eachTerm(&p.posts[i], func(hash uint64, _, _ int32) {
			p.tokens++
			all = append(all, term{hash, 1, 1})
		})
		order.Func(all[from:], func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
		for k := from + 1; k < len(all); k++ { // a message counts once a term
			if all[k].hash == all[k-1].hash {
				all[k].messages = 0
			}
		}
	}
	p.terms = slices.Clone(merged(all))
}

// merged adds up equal terms, in place, and leaves them by hash.
func merged(all []term) []term {
	order.Func(all, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	out := all[:0]
	for _, t := range all {
		if n := len(out); n > 0 && out[n-1].hash == t.hash {
			out[n-1].count += t.count
			out[n-1].messages += t.messages
		} else {
			out = append(out, t)
		}
	}
	return out
}

// Lexis is how often the channels of a board use each term, by language.
type Lexis struct {
	terms  [text.Other + 1][]term
	tokens [text.Other + 1]int
}

// NewLexis adds up the terms of profiles.
func NewLexis(profiles []*Profile) *Lexis {
	x := &Lexis{}
	for l := range x.terms {
		n := 0
		for _, p := range profiles {
			if int(p.lang) == l {
				p.countTerms()
				n += len(p.terms)
			}
		}
		all := make([]term, 0, n)
		for _, p := range profiles {
			if int(p.lang) == l {
				all = append(all, p.terms...)
				x.tokens[l] += p.tokens
			}
		}
		x.terms[l] = merged(all)
	}
	return x
}

// Marks gives the terms that make one of the lexis's profiles another animal, the most surprising first, at most eight:
// keyness by G² with a log-ratio, at least three occurrences in two messages, false discoveries held at 5 % (Benjamini and Hochberg).
func (x *Lexis) Marks(p *Profile) []Mark {
	p.countTerms()
	here, there := float64(p.tokens), float64(x.tokens[p.lang]-p.tokens)
	if here == 0 || there <= 0 {
		return nil
	}
	type tested struct {
		term
		mark Mark
	}
	var tests []tested
	whole := x.terms[p.lang]
	for _, t := range p.terms {
		for len(whole) > 0 && whole[0].hash < t.hash {
			whole = whole[1:]
		}
		if len(whole) == 0 || whole[0].hash != t.hash { // not a profile of this lexis
			return nil
		}
		if t.count < leastCount || t.messages < leastMessages {
			continue
		}
		a, b := float64(t.count), float64(whole[0].count-t.count)
		tests = append(tests, tested{t, Mark{
			Count: int(t.count), Messages: int(t.messages), Rate: a / here, Elsewhere: b / there,
			G2: surprise(a, b, here, there), LogRatio: ln(((a+.5)/(here+.5))/((b+.5)/(there+.5))) / ln2,
		}})
	}
	order.Func(tests, func(a, b tested) int { return cmp.Or(cmp.Compare(b.mark.G2, a.mark.G2), cmp.Compare(a.hash, b.hash)) })
	found := 0
	for k := range tests {
		if tail(tests[k].mark.G2) <= float64(discoveries*float64(k+1))/float64(len(tests)) {
			found = k + 1
		}
	}
	var out []Mark
	var hashes []uint64
	for _, t := range tests[:found] {
		if t.mark.LogRatio >= leastRatio && len(out) < maxMarks {
			out = append(out, t.mark)
			hashes = append(hashes, t.hash)
		}
	}
	p.place(out, hashes)
	return out
}

const ln2 = 0.693147180559945309417232121458

// surprise is G² of a occurrences in here words against b in there.
func surprise(a, b, here, there float64) float64 {
	rate := (a + b) / (here + there)
	part := func(observed, expected float64) float64 {
		if observed == 0 {
			return 0
		}
		return float64(observed * ln(observed/expected))
	}
	g := part(a, float64(here*rate)) + part(b, float64(there*rate)) + part(here-a, float64(here*(1-rate))) + part(there-b, float64(there*(1-rate)))
	return max(0, 2*g)
}

// place finds where marks stand and how they are written.
func (p *Profile) place(marks []Mark, hashes []uint64) {
	if len(marks) == 0 {
		return
	}
	forms := make([]map[string]int, len(marks))
	for i := range p.posts {
		post := &p.posts[i]
		if !p.reads(post.Vector) {
			continue
		}
		eachTerm(post, func(hash uint64, start, end int32) {
			k := slices.Index(hashes, hash)
			if k < 0 {
				return
			}
			m := &marks[k]
			if len(m.Places) < maxPlaces {
				m.Places = append(m.Places, Place{i, int(start), int(end)})
			}
			if forms[k] == nil {
				forms[k] = map[string]int{}
			}
			forms[k][lowered(post.Text[start:end])]++
		})
	}
	for k := range marks {
		best := 0
		for form, n := range forms[k] { // the same whatever the order: the most frequent form, of equals the first
			if n > best || n == best && form < marks[k].Term {
				best, marks[k].Term = n, form
			}
		}
	}
}

func lowered(s string) string {
	b, before := []byte(s), byte(0)
	for i, c := range b {
		b[i] = lowerByte(c, before)
		before = c
	}
	return string(b)
}
