package voice

import (
	"math"
	"strings"
	"unicode/utf8"

	"unisson/core/text"
)

// styles are the measures of one text that are not counts of a term: each is brought to about 0…1, in fixed point.
const (
	stLength   = iota // logarithm of the graphemes
	stSentence        // logarithm of the words a sentence
	stWord            // mean length of a word
	stStop            // grammatical words
	stCapital         // capitalised words
	stCapitals        // words all in capitals
	stComma
	stColon
	stParenthesis
	stQuote
	stDash
	stEllipsis
	stQuestion
	stExclamation
	stEmoji
	stHashtag
	stMention
	stLink
	stNumeral
	stLines
	stTu
	stVous
	stWe
	stI
	stSlang
	stBait
	stFormal
	stOpening // what the text begins with: 0 a word, up to 1 an emoji or a tag
	stClosing // what the text ends with: a full stop, a mark, a link or tag
	stTypo    // typographic apostrophes rather than straight ones
	styles
)

func fixed(x float64) int16 {
	if !(x > 0) {
		return 0
	}
	return int16(float64(min(x, 2)*one) + .5)
}

// rate of n in total, by its square root: a first one says more than a tenth.
func rate(n, total int) int16 {
	if n == 0 { // as most are
		return 0
	}
	return fixed(sqrt(float64(n) / float64(max(total, 1))))
}

// counted are the bytes that begin what measure counts: few are.
var counted = [256]bool{',': true, ';': true, ':': true, '(': true, '[': true, '"': true, '?': true, '\'': true, '.': true, '-': true, '\n': true, 0xC2: true, 0xE2: true}

func measure(f *text.Features, s string) (out [styles]int16) {
	var n [128]int
	lines, curly := 0, 0
	for i := range len(s) {
		if !counted[s[i]] {
			continue
		}
		last := byte(0)
		if i > 0 {
			last = s[i-1]
		}
		switch c := s[i]; {
		case c == 0xC2 || c == 0xE2:
			switch {
			case strings.HasPrefix(s[i:], "’"):
				curly++
			case strings.HasPrefix(s[i:], "«"), strings.HasPrefix(s[i:], "“"):
				n['"']++
			case strings.HasPrefix(s[i:], "…"):
				n[0]++
			case strings.HasPrefix(s[i:], "–"), strings.HasPrefix(s[i:], "—"):
				n['-']++
			}
		case c == '.':
			if last == '.' {
				n[1]++
			}
		case c == '\n':
			if last != '\n' {
				lines++
			}
		case c != '-' || last == ' ' || last == '\n':
			n[c]++
		}
	}
	total, letters, stop, capital, caps, we, i := 0, 0, 0, 0, 0, 0, 0
	for k := range f.Words {
		w := &f.Words[k]
		if int(w.End) > len(s) {
			break
		}
		if w.Tag {
			continue
		}
		form := s[w.Start:w.End]
		total++
		letters += utf8.RuneCountInString(form)
		if w.Stop {
			stop++
			if len(form) <= 5 {
				switch w.Stem {
				case "nous", "notr", "nos", "we", "our", "us", "ours":
					we++
				case "je", "j", "me", "m", "mon", "ma", "mes", "moi", "i", "my", "i'm", "i'v":
					i++
				}
			}
		}
		switch caseOf(form) {
		case capitalised:
			capital++
		case capitals:
			if len(form) > 1 {
				caps++
			}
		}
	}
	var marks [text.Bait + 1]int
	for _, m := range f.Marks {
		marks[m.Kind]++
	}
	graphemes := max(f.Graphemes, 1)
	out[stLength] = fixed(ln(float64(graphemes)) / 7)
	out[stSentence] = fixed(ln(1+float64(total)/float64(max(f.Sentences, 1))) / 4)
	out[stWord] = fixed(float64(letters) / float64(max(total, 1)) / 8)
	out[stStop] = fixed(float64(stop) / float64(max(total, 1)))
	out[stCapital] = rate(capital, total)
	out[stCapitals] = rate(caps, total)
	for _, p := range [...]struct {
		style int
		count int
	}{{stComma, n[','] + n[';']}, {stColon, n[':']}, {stParenthesis, n['('] + n['[']}, {stQuote, n['"']}, {stDash, n['-']}, {stEllipsis, n[0] + n[1]}, {stQuestion, n['?']},
		{stExclamation, marks[text.Exclamation]}, {stEmoji, marks[text.Emoji]}, {stHashtag, marks[text.Hashtag]}, {stMention, marks[text.Mention]}, {stLink, marks[text.Link]}, {stNumeral, marks[text.Numeral]},
		{stLines, lines}, {stTu, marks[text.Tu]}, {stVous, marks[text.Vous]}, {stWe, we}, {stI, i}, {stSlang, marks[text.Slang] + marks[text.Elongation]}, {stBait, marks[text.Bait]}} {
		out[p.style] = rate(2*p.count, total)
	}
	out[stFormal] = fixed(.5 + .5*f.Formality/(1+math.Abs(f.Formality)))
	out[stOpening], out[stClosing] = edges(f, s)
	if straight := n['\'']; curly+straight > 0 {
		out[stTypo] = fixed(float64(curly) / float64(curly+straight))
	} else {
		out[stTypo] = one / 2
	}
	return out
}

func edges(f *text.Features, s string) (opening, closing int16) {
	end := len(s)
	for end > 0 && (s[end-1] <= ' ' || s[end-1] == 0xAF || s[end-1] == 0xB8 || s[end-1] == 0xEF) { // spaces, and the selector after an emoji
		end--
	}
	for _, m := range f.Marks {
		if m.Kind <= text.Emoji {
			if m.Start <= 1 {
				opening = one
			}
			if int(m.End) >= end {
				closing = one
			}
		}
	}
	if closing == 0 && end > 0 {
		switch s[end-1] {
		case '.':
		case '!', '?':
			closing = one / 2
		default:
			closing = one / 4
		}
	}
	return opening, closing
}
