package text

import (
	"math"
	"strings"
	"sync"
)

var lureWords = sync.OnceValue(func() *[Other + 1]map[string]float32 {
	return &[Other + 1]map[string]float32{FR: wordWeights(lureWordsFR), EN: wordWeights(lureWordsEN)}
})

func lureWeight(lower string, l Lang) float32 { return lureWords()[l][lower] }

// The cues of headline bait beside words: the same families in both languages.
const (
	baitBias     = iota
	baitList     // begins with a number of things: 17 reasons…
	baitLateList // a number of things further on: these 9 ways
	baitOther    // another figure: dates, scores, percentages
	baitOpening  // begins as a question or with what is held back: which, how, here's, voici
	baitForward  // points at what it does not tell: this, these, ce que
	baitReader   // speaks to the reader
	baitExtreme  // superlatives: best, most, -est, le plus
	baitIntense  // intensifiers: totally, literally, vraiment
	baitAsks     // ends on a question mark
	baitExclaims // has an exclamation mark
	baitSpoken   // contractions
	baitFamiliar // slang
	baitLexical  // entries of the engagement-bait lexicon
	baitShort    // five words or fewer
	baitSize     // number of words over 10
	baitVerb     // an early verb in -s without its subject pronoun: the agency's headline
	baitColon    // a colon cuts it
	baitStop     // ends on a full stop, as headlines do not
	baitCues
)

// headline is the part that is judged: the first sentence, within its first 24 words.
func (r *reader) headline() (n int) {
	for n < len(r.tokens) && n < 24 {
		if n >= 3 && strings.ContainsAny(r.gap(n), ".!?\n") && !strings.HasPrefix(r.gap(n), ".") || n >= 5 && strings.HasPrefix(r.gap(n), ". ") {
			break
		}
		n++
	}
	return n
}

// baitScore judges how a text lures, 0…1, by its first sentence; .5 is an alarm.
func (r *reader) baitScore(f *Features) float64 {
	if r.lang != FR && r.lang != EN || len(r.tokens) == 0 {
		return 0
	}
	x, words := r.baitCues()
	weights := &baitCuesEN
	if r.lang == FR {
		weights = &baitCuesFR
	}
	total, apart := 0.0, 0.0
	for i := range x {
		total += float64(x[i] * weights[i])
		if i == baitFamiliar || i == baitLexical {
			apart += float64(x[i] * weights[i])
		}
	}
	f.Lure = r.lure(total - apart + words)
	score := logistic(total + words)
	for _, m := range r.marks {
		if m.Kind == Bait && strings.ContainsAny(r.s[m.Start:m.End], " -") {
			score = max(score, begged) // « like si », "quote of the day": bait wherever it stands
		}
	}
	return round4(score)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// lure judges whether a whole text lures, where the bait score judges its headline: what was learnt on headlines says
// little of a text that goes on to tell what its first sentence holds back. Slang proves nothing, and the entries of the
// lexicon are left to who asks for them, since a house may trade in them.
func (r *reader) lure(headline float64) float64 {
	if headline < 0 {
		return round4(logistic(headline)) // no alarm, whatever follows: most texts end here
	}
	last := len(r.tokens) - 1
	for last > 0 && r.tokens[last].tag {
		last--
	}
	whole := r.closes(last + 1)
	if r.tells(last, whole) {
		return 0
	}
	if whole {
		headline -= sentenceHolds
	}
	return round4(logistic(headline))
}

const (
	sentenceHolds = 2.2 // of the logit: a sentence that is closed by its stop is held for bait at .9 where a headline is at .5
	told          = 4   // words of content and numbers; "Link in bio", "Swipe to see more" are fewer
)

// closes reports whether the words before the i-th end on a full stop: three of them hold something back.
func (r *reader) closes(i int) bool {
	after := r.s[r.tokens[i-1].end:]
	if i < len(r.tokens) {
		after = r.gap(i)
	}
	return strings.IndexByte(after, '.') >= 0 && !strings.Contains(after, "..")
}

// tells reports whether the text goes on behind its headline: after a first sentence or a line, after the colon of a
// whole sentence, or in brackets at its end, where a word is enough.
func (r *reader) tells(last int, whole bool) bool {
	from := 0
	closed, content := r.lastBracket(last)
	for i := 1; i <= last && from == 0; i++ {
		if r.tokens[i-1].tag && r.tokens[i].tag {
			continue // the signs inside a link end no sentence
		}
		gap := r.gap(i)
		if open := strings.LastIndex(gap, " ("); open >= 0 && !strings.Contains(gap[open:], ")") && closed <= i && i <= content { // an aside that ends the text
			return true
		}
		stopped := strings.Contains(gap, ". ") && r.tokens[i-1].lex.runes() > 2 // not an initial, vs. or St.
		if strings.ContainsAny(gap, "!?\n") || stopped || whole && strings.Contains(gap, ": ") {
			from = i
		}
	}
	if from == 0 {
		return false
	}
	n := 0
	for i := from; i <= last; i++ {
		if t := &r.tokens[i]; !t.tag && !t.lex.stop {
			n++
		}
	}
	for _, m := range r.marks {
		if m.Kind == Numeral && int(m.Start) >= r.tokens[from-1].end {
			n++
		}
	}
	return n >= told
}

// lastBracket gives the last word before which a bracket closes, and the last that is more than grammar.
func (r *reader) lastBracket(last int) (closed, content int) {
	content = -1
	for i := last; i > 0 && (closed == 0 || content < 0); i-- {
		if t := &r.tokens[i]; content < 0 && !t.tag && !t.lex.stop {
			content = i
		}
		if closed == 0 && strings.IndexByte(r.gap(i), ')') >= 0 {
			closed = i
		}
	}
	return closed, content
}

// begged is the least score of a text with an engagement-bait expression of several words.
const begged = .8

func (r *reader) baitCues() (x [baitCues]float64, words float64) {
	n := r.headline()
	end := len(r.s)
	if n < len(r.tokens) {
		end = r.bounds[n].start
	}
	for i := range r.tokens[:n] {
		t := &r.tokens[i]
		if t.tag {
			continue
		}
		if !t.silent {
			words += float64(t.lex.lure)
		}
		w := t.lex.lower
		cue := t.lex.cue
		if cue == baitOpening && i > 0 && !r.startsClause(i) {
			cue = 0
		}
		if cue > 0 {
			x[cue] = 1
		}
		switch r.lang {
		case EN:
			if len(w) > 5 && strings.HasSuffix(w, "est") && cue == 0 && w != "forest" && w != "protest" && w != "interest" && w != "request" && w != "arrest" && w != "northwest" && w != "southwest" && w != "contest" && w != "midwest" && w != "invest" && w != "suggest" && w != "harvest" {
				x[baitExtreme] = 1
			}
			if len(w) > 6 && strings.HasSuffix(w, "ly") && cue == 0 {
				x[baitIntense] = max(x[baitIntense], .5)
			}
			if strings.IndexByte(w, '\'') > 0 && !strings.HasSuffix(w, "'s") {
				x[baitSpoken] = 1
			}
			if i > 0 && i < 5 && len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") && !t.lex.stop {
				x[baitVerb] = 1
			}
		case FR:
			if t.lex.address&(acTu|acObjectTu|acPossTu|acVous|acPossVous|acEz) != 0 {
				x[baitReader] = 1
			}
		}
	}
	figures := 0
	for _, m := range r.marks {
		if int(m.Start) >= end {
			continue
		}
		switch m.Kind {
		case Numeral:
			figures++
			switch at := r.wordAfter(int(m.End)); {
			case m.End-m.Start > 3 || at < 0 || r.s[m.End] != ' ' || figures > 1: // 06:00 ferry
				x[baitOther] = 1
			case r.wordsBefore(int(m.Start)) == 0 && m.End-m.Start == 1 && r.s[m.Start] < '5':
				x[baitList] = .5 // two or three of a thing are news as often
			case r.wordsBefore(int(m.Start)) == 0:
				x[baitList] = 1
			default:
				x[baitLateList] = 1
			}
		case Exclamation:
			x[baitExclaims] = 1
		case Slang, Elongation:
			x[baitFamiliar] = 1
		case Bait:
			x[baitLexical]++
		}
	}
	head := r.s[:end]
	if strings.IndexByte(head, '?') >= 0 {
		x[baitAsks] = 1
	}
	if strings.HasSuffix(strings.TrimRight(head, " \n"), ".") {
		x[baitStop] = 1
	}
	if strings.Contains(head, ": ") {
		x[baitColon] = 1
	}
	x[baitBias], x[baitSize] = 1, float64(len(r.tokens))/10
	x[baitSize] = min(x[baitSize], 4)
	if n <= 5 {
		x[baitShort] = 1
	}
	return x, words
}

func (r *reader) startsClause(i int) bool { return strings.ContainsAny(r.gap(i), ":,;.!?—–") }

func (r *reader) wordAfter(at int) int {
	for i := range r.tokens {
		if r.tokens[i].start >= at {
			return i
		}
	}
	return -1
}

func (r *reader) wordsBefore(at int) (n int) {
	for i := range r.tokens {
		if r.tokens[i].end > at {
			break
		}
		n++
	}
	return n
}

// baitCueWords are the closed classes behind the cues.
var baitCueWords = [...]struct {
	lang  Lang
	cue   uint8
	words string
}{
	{EN, baitOpening, "what which who how why when where can do does did are is would should could will have here's here what's who's we this these"},
	{EN, baitForward, "this these that here's what happened happens next"},
	{EN, baitReader, "you your you're you'll you've you'd yourself yours"},
	{EN, baitExtreme, "best most ever every everyone everything all never always only greatest cutest funniest worst"},
	{EN, baitIntense, "totally literally actually really completely absolutely definitely seriously incredibly insanely perfectly hilariously so too very probably"},
	{FR, baitOpening, "que quel quelle quels quelles qui comment pourquoi quand où combien voici voilà peut peux faut-il êtes est connaissez savez saviez avez ces cette ce qu'est-ce découvrez"},
	{FR, baitForward, "ce cet cette ces voici voilà ça suite"},
	{FR, baitExtreme, "meilleur meilleure meilleurs meilleures pire pires jamais tous toutes toujours chaque seul seule incroyable incroyables"},
	{FR, baitIntense, "vraiment absolument totalement complètement littéralement tellement carrément trop très franchement sérieusement clairement"},
}

var baitCueIndex = sync.OnceValue(func() *[Other + 1]map[string]uint8 {
	out := new([Other + 1]map[string]uint8)
	for _, c := range baitCueWords {
		if out[c.lang] == nil {
			out[c.lang] = map[string]uint8{}
		}
		for w := range strings.FieldsSeq(c.words) {
			if out[c.lang][w] == 0 {
				out[c.lang][w] = c.cue
			}
		}
	}
	return out
})

func cueOf(lower string, l Lang) uint8 { return baitCueIndex()[l][lower] }
