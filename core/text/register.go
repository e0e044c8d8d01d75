package text

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// wordWeights unpacks "word:weight" lists, weights in hundredths.
func wordWeights(packed string) map[string]float32 {
	out := map[string]float32{}
	for entry := range strings.FieldsSeq(packed) {
		word, weight, _ := strings.Cut(entry, ":")
		n, _ := strconv.Atoi(weight)
		out[word] = float32(n) / 100
	}
	return out
}

var formalWords = sync.OnceValue(func() *[Other + 1]map[string]float32 {
	return &[Other + 1]map[string]float32{FR: wordWeights(formalWordsFR), EN: wordWeights(formalWordsEN)}
})

func formalWeight(lower string, l Lang) float32 { return formalWords()[l][lower] }

// formality is a linear model over how a text is written, per word: high is formal, low is familiar. 0 where it has no words of ours.
func (r *reader) formality(f *Features) float64 {
	if r.lang != FR && r.lang != EN {
		return 0
	}
	x, words := r.formalityCues(f)
	if words == 0 {
		return 0
	}
	weights := &formalCuesEN
	if r.lang == FR {
		weights = &formalCuesFR
	}
	total := 0.0
	for i := range x {
		total += float64(x[i] * weights[i])
	}
	sum := 0.0
	for i := range r.tokens {
		if t := &r.tokens[i]; !t.tag && !t.silent {
			sum += float64(t.lex.formal)
		}
	}
	// Between the mean, which short texts make wild, and the sum, which long ones make endless.
	return round4(total + sum/math.Sqrt(float64(words)))
}

func round4(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// The cues of formality beside words; shares are of words.
const (
	cueBias        = iota
	cueLength      // mean length of a word, in letters, over 4
	cueLong        // share of words of 8 letters or more
	cueLatin       // share of words with a latinate ending
	cueContraction // share of contractions, in French of familiar elisions and a dropped ne
	cueLowerStart  // the text begins in lower case
	cueNoStop      // the text does not end on punctuation
	cueQuestion    // it asks
	cueExclaim     // it exclaims
	cueFamiliar    // slang, emoji, elongations, per √words
	cueDigits      // share of numbers
	cueCapitals    // share of words with a capital inside the text
	cueCommas      // commas and semicolons per word
	cueBrackets    // it has brackets
	cueShouting    // a word of three letters or more in capitals, share
	cueSize        // log of the number of words
	cueEllipsis    // it trails off
	cuePast        // share of words in -ed, in French of verbs in -ons and -ez
	cueAdverb      // share of words in -ly, in French -ment
	formalityCues
)

const latinateEndings = " tion sion ment ance ence ity ité ive eur ism isme ous eux able ible ure ary aire ate al el ical ique "

// shape is what the form of a word shows by itself.
type shape uint8

const (
	latinate shape = 1 << iota
	contracted
	past
	spokenTo // -ons and -ez
	adverb
	dropping // a word familiarSyntax looks at
)

func shapeOf(w string) (is shape) {
	for _, k := range [...]int{4, 3} {
		if len(w) > k+3 && strings.Contains(latinateEndings, " "+w[len(w)-k:]+" ") {
			is |= latinate
		}
	}
	if strings.IndexByte(w, '\'') > 0 && !strings.HasSuffix(w, "'s") {
		is |= contracted
	}
	if strings.HasSuffix(w, "ed") {
		is |= past
	}
	if len(w) > 5 && (strings.HasSuffix(w, "ons") || strings.HasSuffix(w, "ez")) {
		is |= spokenTo
	}
	if utf8.RuneCountInString(w) > 5 && (strings.HasSuffix(w, "ly") || strings.HasSuffix(w, "ment")) {
		is |= adverb
	}
	switch w {
	case "pas", "as", "es", "a", "ça":
		is |= dropping
	}
	return is
}

func (r *reader) formalityCues(f *Features) (x [formalityCues]float64, words int) {
	var letters, long, latin, contractions, pasts, adverbs int
	inPast := past
	if r.lang == FR {
		inPast |= spokenTo
	}
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.tag {
			continue
		}
		words++
		n, is := t.lex.runes(), t.lex.shape
		letters += n
		if n >= 8 {
			long++
		}
		if is&latinate != 0 {
			latin++
		}
		if is&contracted != 0 {
			contractions++
		}
		if is&inPast != 0 {
			pasts++
		}
		if is&adverb != 0 {
			adverbs++
		}
		if r.capital(t) {
			if words > 1 {
				x[cueCapitals]++
			}
			if n >= 3 && shouted(r.s[t.start:t.end], t.lex.lower) {
				x[cueShouting]++
			}
		} else if words == 1 {
			x[cueLowerStart] = 1
		}
	}
	x[cueLong], x[cueLatin], x[cueContraction], x[cuePast], x[cueAdverb] = float64(long), float64(latin), float64(contractions), float64(pasts), float64(adverbs)
	if words == 0 {
		return x, 0
	}
	n := float64(words)
	s := strings.TrimRight(r.s, " \n\t\"”»)'’")
	if s != "" && !strings.ContainsRune(".!?…:;", lastRune(s)) {
		x[cueNoStop] = 1
	}
	if r.lang == FR {
		x[cueContraction] += r.familiarSyntax()
	}
	x[cueCommas] = float64(r.commas)
	if r.signs&signBracket != 0 {
		x[cueBrackets] = 1
	}
	if r.signs&signQuestion != 0 {
		x[cueQuestion] = 1
	}
	if strings.Contains(r.s, "...") || strings.Contains(r.s, "…") {
		x[cueEllipsis] = 1
	}
	for _, m := range r.marks {
		switch m.Kind {
		case Exclamation:
			x[cueExclaim] = 1
		case Slang, Emoji, Elongation:
			x[cueFamiliar]++
		case Numeral:
			x[cueDigits]++
		}
	}
	for _, share := range [...]int{cueLong, cueLatin, cueContraction, cueDigits, cueCapitals, cueShouting, cuePast, cueAdverb, cueCommas} {
		x[share] /= n
	}
	x[cueFamiliar] /= math.Sqrt(n)
	x[cueBias], x[cueLength], x[cueSize] = 1, float64(letters)/n/4, math.Log(n)
	return x, words
}

// capital says whether a word begins with one.
func (r *reader) capital(t *token) bool {
	if c := r.s[t.start]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	c, _ := utf8.DecodeRuneInString(r.s[t.start:])
	return unicode.IsUpper(c)
}

// shouted says whether a word is all in capitals. The last letter shows it of most that are not.
func shouted(word, lower string) bool {
	c := word[len(word)-1]
	return (c < 'a' || c > 'z') && strings.ToUpper(lower) == word
}

func lastRune(s string) rune {
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}

// familiarSyntax counts what spoken French drops: « j'ai pas » for « je n'ai pas », « t'as », « y a ».
func (r *reader) familiarSyntax() (n float64) {
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.lex.shape&dropping == 0 {
			continue
		}
		switch w := t.lex.lower; {
		case w == "pas" && i > 0 && r.spaced(i) && t.elided == "":
			dropped := true
			for j := i - 1; j >= max(0, i-4); j-- {
				if r.is(j, "ne") || r.tokens[j].elided == "n" || r.tokens[j].elided == "N" {
					dropped = false
				}
			}
			before := r.tokens[i-1].lex
			if dropped && (before.address&acAux != 0 || before.stop) && !r.is(i-1, "pourquoi") && !r.is(i-1, "ou") && !r.is(i-1, "et") && !r.is(i-1, "mais") {
				n++
			}
		case (w == "as" || w == "es") && (t.elided == "t" || t.elided == "T"):
			n++
		case w == "a" && r.is(i-1, "y") && !r.is(i-2, "il") && !r.is(i-2, "qui"):
			n++
		case w == "ça":
			n += .5
		}
	}
	return n
}
