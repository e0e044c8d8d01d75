package rules

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

const (
	timesTheRest = 3   // how many times the other channels' median rate is another tone
	quietRate    = .01 // marks a word: the median is never taken below it
)

// loudKinds are the marks of a tone put on: they are only ever compared with the organisation's own other channels.
var loudKinds = []text.Kind{text.Slang, text.Emoji, text.Exclamation, text.Elongation}

var _ = register(Rule{
	ID: "VO2", Dim: "voice", Severity: report.Major, Required: true, Article: "A7",
	Check: func(r *Reading, o *Out) {
		speaking := r.Speaking()
		if len(speaking) < 2 {
			o.Missing(r.fewSpeak(), arg("have", len(speaking)), arg("need", 2))
			return
		}
		texts, words := 0, 0
		rate := make([]float64, len(speaking)) // marks a word on each channel
		var rates []float64                    // of those that hold words, in order
		for i, c := range speaking {
			texts += len(c.Posts)
			words += c.WordsIn
			if c.WordsIn > 0 {
				rate[i] = float64(about(c, "loud", countLoud)) / float64(c.WordsIn)
				rates = append(rates, rate[i])
			}
		}
		order.Floats(rates)
		for i, c := range speaking {
			if youngByChoice(c) {
				continue
			}
			if len(c.Posts) < enoughTexts || c.WordsIn < enoughWords {
				o.Unknown("texts", tooShort(c, len(c.Posts), c.WordsIn)...)
				continue
			}
			if texts-len(c.Posts) < enoughTexts || words-c.WordsIn < enoughWords {
				o.Unknown("textsElsewhere", tooShort(c, texts-len(c.Posts), words-c.WordsIn)...)
				continue
			}
			here, elsewhere := rate[i], medianBut(rates, rate[i])
			if here <= timesTheRest*max(elsewhere, quietRate) {
				o.Pass(c.ID)
				continue
			}
			o.Fail(c.ID, report.Finding{
				Severity: report.Major,
				About:    channelRef(c),
				Places:   append([]report.Place{entity(c.ID)}, loudest(c.Posts, 3)...),
				Args:     []report.Arg{arg("channel", c.ID), arg("here", 100*here), arg("elsewhere", 100*elsewhere)},
			})
		}
	},
})

// tooShort says what is there of what it takes to read how a channel speaks.
func tooShort(c *Channel, texts, words int) []report.Arg {
	return []report.Arg{arg("channel", c.ID), arg("have", texts), arg("need", enoughTexts), arg("words", words), arg("needWords", enoughWords), arg("lacks", lacks(texts < enoughTexts, words < enoughWords))}
}

func lacks(texts, words bool) string {
	switch {
	case texts && words:
		return "both"
	case texts:
		return "texts"
	}
	return "words"
}

// youngByChoice: everyone the channel speaks to is said to want this tone.
func youngByChoice(c *Channel) bool {
	return len(c.Segments) > 0 && !slices.ContainsFunc(c.Segments, func(s *board.Segment) bool { return !s.YoungTone.True() })
}

// isLoud: a picture that labels a date or a place is no tone, whatever channel likes to label; nor is what somebody else is quoted
// saying, nor the mark that belongs to a name.
func isLoud(p *Post, m text.Mark) bool {
	if !slices.Contains(loudKinds, m.Kind) {
		return false
	}
	if m.Kind == text.Emoji {
		return text.Expresses(p.Text[m.Start:m.End])
	}
	w := lastWord(p.F, m.Start)
	return w == nil || !w.Quoted && !(m.Kind == text.Exclamation && w.Name && inName(p.Text[w.End:m.Start], p.Text[m.End:]))
}

// inName: the sentence goes on after a name and its exclamation mark (Westward Ho! is by the sea).
func inName(before, after string) bool {
	next := strings.TrimLeft(after, " \u00A0\u202F*_")
	r, _ := utf8.DecodeRuneInString(next)
	return strings.Trim(before, " \u00A0\u202F") == "" && (unicode.IsLower(r) || strings.HasPrefix(next, ","))
}

// lastWord is the one that holds a place or comes last before it, or nil.
func lastWord(f *text.Features, at int32) *text.Word {
	i, found := slices.BinarySearchFunc(f.Words, at, func(w text.Word, at int32) int { return cmp.Compare(w.Start, at) })
	if !found {
		i--
	}
	if i < 0 {
		return nil
	}
	return &f.Words[i]
}

func countLoud(posts []*Post) (n int) {
	for _, p := range posts {
		if !p.second.listened {
			p.second.listened = true
			for _, m := range p.F.Marks {
				if isLoud(p, m) {
					p.second.loud++
				}
			}
		}
		n += p.second.loud
	}
	return n
}

const nearMark = 48 // bytes: marks that far apart are of one passage

// loudest are passages of the posts with the most marks: of each, the first of those where most marks stand close together.
func loudest(posts []*Post, n int) []report.Place {
	type passage struct {
		p          *Post
		marks      int // of the whole post
		start, end int32
	}
	var all []*passage
	for _, p := range posts {
		at := &passage{p: p}
		run, most, start, end := 0, 0, int32(0), int32(0)
		for _, m := range p.F.Marks {
			if !isLoud(p, m) {
				continue
			}
			if run == 0 || m.Start > end+nearMark {
				run, start = 0, m.Start
				if w := lastWord(p.F, start); m.Kind == text.Exclamation && w != nil && w.End+nearMark > start {
					start = w.Start // a mark alone shows nothing
				}
			}
			at.marks, run, end = at.marks+1, run+1, max(end, m.End)
			if run > most {
				most, at.start, at.end = run, start, end
			}
		}
		if at.marks > 0 {
			all = append(all, at)
		}
	}
	order.Stable(all, func(a, b *passage) int { return b.marks - a.marks })
	var places []report.Place
	for _, at := range all[:min(n, len(all))] {
		places = append(places, quote(at.p, at.start, at.end))
	}
	return places
}

// medianBut is the median of numbers in order without one of them; of no others, 0.
func medianBut(sorted []float64, one float64) float64 {
	n, out := len(sorted)-1, slices.Index(sorted, one)
	if n <= 0 {
		return 0
	}
	at := func(i int) float64 {
		if i >= out {
			i++
		}
		return sorted[i]
	}
	return (at((n-1)/2) + at(n/2)) / 2
}
