package timeline

import (
	"math"
	"unicode"
	"unicode/utf8"

	"unisson/core/order"
	"unisson/core/text"
)

// Mark is one side of the manner of a text that can be measured in a short one.
type Mark uint8

// Rates are square roots of shares of the words, which evens out their spread; lengths are square roots too.
const (
	Length    Mark = iota // words
	Sentence              // words a sentence
	WordSize              // letters a word, not a root
	StopWords             // grammatical words
	Capitals              // words with a capital
	Shouted               // words all in capitals
	Comma
	Dash
	Bracket
	Quotation
	Colon
	Semicolon
	FullStop
	Question
	Exclaim
	Number
	Emoji
	Tu
	Vous
	Slang
	Stretched
	Bait
	Marks // how many there are
)

var ofKind = [...]Mark{
	text.Emoji: Emoji, text.Numeral: Number, text.Tu: Tu, text.Vous: Vous,
	text.Slang: Slang, text.Exclamation: Exclaim, text.Elongation: Stretched, text.Bait: Bait,
}

// Trace is what the timeline compares of one text. It is immutable: keep it beside the features it was read from.
type Trace struct {
	stems words // what it speaks of: content stems
	stops words // how it links them: grammatical words
	marks [Marks]float64
}

// words are as a vector of length 1 the square roots of how often each stands: a word said ten times does not drown the others.
type words struct {
	each  []entry // by key
	scale float64
}

type entry struct {
	key   uint32 // hash of a stem: two words of one channel share one in many thousand channels; then they count as one word
	times uint32
}

func (w *words) value(e entry) float64 { return float64(math.Sqrt(float64(e.times)) * w.scale) }

// Read takes the trace of a text, up to a byte of it, from its features. Links, hashtags and handles say where a text leads; how it speaks is
// told without them.
func Read(f *text.Features, s string, until int) *Trace {
	t := new(Trace)
	keys := make([]uint32, 2*len(f.Words))
	stems, stops := keys[:0:len(f.Words)], keys[len(f.Words):len(f.Words)]
	letters, all := 0, 0
	for i := range f.Words {
		w := &f.Words[i]
		if int(w.Start) >= until {
			break
		}
		if w.Tag {
			continue
		}
		all++
		if w.Stop {
			stops = append(stops, w.Hash)
			t.marks[StopWords]++
		} else {
			stems = append(stems, w.Hash)
		}
		word := s[w.Start:w.End]
		n := utf8.RuneCountInString(word)
		letters += n
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
			t.marks[Capitals]++
			if n > 1 && !hasLower(word) {
				t.marks[Shouted]++
			}
		}
	}
	t.stems, t.stops = counted(stems), counted(stops)

	marks := f.Marks
	for i := 0; i < until; i++ {
		for len(marks) > 0 && int(marks[0].Start) <= i {
			if marks[0].Kind <= text.Mention {
				i = max(i, int(marks[0].End))
			}
			marks = marks[1:]
		}
		if i >= until {
			break
		}
		if m := punctuation[s[i]]; m != 0 {
			if m == Marks {
				m = punctuationOf(s[i:])
			}
			t.marks[m]++ // of what is none, Length, which is told below
		}
	}
	for _, m := range f.Marks {
		if int(m.Kind) < len(ofKind) && int(m.Start) < until {
			t.marks[ofKind[m.Kind]]++
		}
	}
	words := float64(all + 1) // an emoji alone is much, not infinitely much
	for m := StopWords; m < Marks; m++ {
		if t.marks[m] > 0 { // few are
			t.marks[m] = math.Sqrt(t.marks[m] / words)
		}
	}
	t.marks[Length] = math.Sqrt(words - 1)
	sentences := f.Sentences
	if until < len(s) {
		sentences = text.CountSentences(s[:until])
	}
	t.marks[Sentence] = math.Sqrt(words / float64(sentences+1))
	t.marks[WordSize] = float64(letters) / words
	return t
}

// punctuation is the mark a byte stands for; Marks where it begins a character that may, 0 for none.
var punctuation = [256]Mark{',': Comma, '-': Dash, '(': Bracket, ')': Bracket, '[': Bracket, ']': Bracket, '"': Quotation, ':': Colon, ';': Semicolon, '.': FullStop, '?': Question,
	0xC2: Marks, 0xE2: Marks}

func punctuationOf(s string) Mark {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '–', '—':
		return Dash
	case '«', '»', '“', '”':
		return Quotation
	case '…':
		return FullStop
	}
	return 0
}

func hasLower(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// counted sorts keys and counts them.
func counted(keys []uint32) words {
	if len(keys) == 0 {
		return words{}
	}
	order.Hashes(keys)
	n := 1
	for i := 1; i < len(keys); i++ {
		if keys[i] != keys[i-1] {
			n++
		}
	}
	out := make([]entry, 0, n)
	for from, to := 0, 0; from < len(keys); from = to {
		for to = from; to < len(keys) && keys[to] == keys[from]; to++ {
		}
		out = append(out, entry{keys[from], uint32(to - from)})
	}
	return words{out, 1 / math.Sqrt(float64(len(keys)))}
}
