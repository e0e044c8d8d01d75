package text

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
)

// lexeme is all there is to know of a word form in a language, looked up once. It is immutable.
type lexeme struct {
	lower   string // lower case, accents kept, composed, apostrophes as '
	stem    string
	first   uint64 // the stem's first eight bytes, in the order of strings
	hash    uint32 // of the stem
	address addressClass
	formal  float32 // what the word adds to formality
	lure    float32 // what the word adds to the bait score of a headline
	stop    bool
	long    bool          // a letter three times running
	hits    [2]lexicalHit // slang, bait
	cue     uint8         // of headline bait
	shape   shape
	letters uint8 // of a word no longer than maxStemmed
}

// lexicalHit says whether a word is in a lexicon by itself, may begin a longer entry of it, or neither.
type lexicalHit uint8

const (
	hitWord lexicalHit = 1 << iota
	hitHead
)

// maxStemmed bounds the work on one word: nothing longer is a word of a language, and the stemmer is not linear.
const maxStemmed = 48

// shelf holds the last four words of one hash. Slots are atomic, so that any number of goroutines may read texts at once.
type shelf[T any] [4]atomic.Pointer[T]

func (s *shelf[T]) keep(x *T) {
	for i := len(s) - 1; i > 0; i-- {
		s[i].Store(s[i-1].Load())
	}
	s[0].Store(x)
}

// shelfOf wants a power of two of shelves.
func shelfOf[T any](shelves []shelf[T], hash uint32) *shelf[T] {
	return &shelves[int(hash^hash>>15)&(len(shelves)-1)]
}

// lexemes by language: a word has the same one in None and Other, where l%Other finds it.
var lexemes [Other][1 << 11]shelf[lexeme]

// lookup gives the lexeme of a word already without its elision.
func lookup(word string, l Lang) *lexeme {
	var space [2 * maxStemmed]byte
	bytes := appendLower(space[:0], word)
	if len(bytes) > maxStemmed {
		lower := string(bytes)
		folded := Fold(lower)
		return &lexeme{lower: lower, stem: folded, first: firstBytes(folded), hash: Hash(folded), long: elongated(lower), shape: shapeOf(lower)}
	}
	shelf := shelfOf(lexemes[l%Other][:], Hash(bytes))
	for i := range shelf {
		if x := shelf[i].Load(); x != nil && x.lower == string(bytes) {
			return x
		}
	}
	x := newLexeme(string(bytes), l)
	shelf.keep(x)
	return x
}

// Hash is FNV-1a, 32 bits.
func Hash[T string | []byte](s T) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func newLexeme(lower string, l Lang) *lexeme {
	x := &lexeme{lower: lower, stem: stem(lower, l)}
	x.hash, x.first = Hash(x.stem), firstBytes(x.stem)
	x.stop = isStop(lower, x.stem, l)
	x.long = elongated(lower)
	x.letters, x.shape = uint8(utf8.RuneCountInString(lower)), shapeOf(lower)
	x.hits = [2]lexicalHit{ownSlang: slangLexicon.hit(lower, l), ownBait: baitLexicon.hit(lower, l)}
	if l == FR {
		x.address = classifyAddress(lower)
	}
	x.formal, x.lure, x.cue = formalWeight(lower, l), lureWeight(lower, l), cueOf(lower, l)
	return x
}

func (x *lexeme) runes() int {
	if len(x.lower) > maxStemmed {
		return utf8.RuneCountInString(x.lower)
	}
	return int(x.letters)
}

// firstBytes spares most of the comparing of strings: where two of them differ, so do their strings, and in the same order.
func firstBytes(s string) (x uint64) {
	for i := range min(len(s), 8) {
		x |= uint64(s[i]) << (56 - 8*i)
	}
	return x
}

// stem takes a word in lower case, accents kept: the stemmers' rules need them.
func stem(lower string, l Lang) string {
	switch l {
	case FR:
		if masculine, _ := inclusive(lower); masculine != "" {
			lower = masculine
		}
		lower = french.Stem(singular(lower), true)
	case EN:
		if lower = strings.TrimSuffix(lower, "'s"); len(lower) < 4 || !strings.HasSuffix(lower, "we") { // only names end so: Crewe is no crew
			lower = english.Stem(lower, true)
		}
	}
	return Fold(lower)
}

// Nouns whose plural the French stemmer does not know for one: it leaves the x of -eux, -oux and -aux, or makes an -al of it. The lists are
// closed, which keeps heureux, doux and chevaux out of them.
const (
	inX   = " jeux enjeux lieux milieux feux cheveux neveux aveux vœux voeux adieux essieux moyeux dieux bijoux cailloux choux genoux hiboux joujoux poux tuyaux noyaux joyaux boyaux préaux fléaux étaux esquimaux "
	inAux = " travaux vitraux coraux émaux baux soupiraux vantaux ventaux "
)

// singular mends what the French stemmer leaves alone: the plural of a word in -o, -a or -u (vélos, médias, menus) and the nouns above, and
// -ière without its accent, since no French word ends in -iere. Words of four letters in -as and -us keep their s, which tells bras from bra.
func singular(lower string) string {
	if root, found := strings.CutSuffix(lower, "x"); found {
		switch {
		case lower == "yeux":
			return "œil"
		case strings.Contains(inX, " "+lower+" "):
			return root
		case strings.Contains(inAux, " "+lower+" "):
			return strings.TrimSuffix(root, "u") + "il"
		}
		return lower
	}
	bare, plural := strings.CutSuffix(lower, "s")
	switch {
	case plural && len(bare) == 3 && bare[2] == 'o': // ados, pros
		return bare
	case strings.HasSuffix(bare, "iere"):
		return bare[:len(bare)-len("ere")] + "ère"
	case plural && len(bare) > 3 && strings.IndexByte("aou", bare[len(bare)-1]) >= 0 && !strings.HasSuffix(bare, "ou") && !strings.Contains(" abu confu diffu exclu inclu infu intru reclu refu ", " "+bare+" "):
		return bare
	}
	return lower
}

// genderEnds are what follows the signs of a word that names both genders, the signs and the plural taken off.
const (
	genderSigns = "·.‧․"
	genderEnds  = " e ne le te se ve fe ce che rice trice ice euse teuse ère ere ière iere esse sse ive enne ienne elle ale aux "
)

// inclusive gives the masculine of a word that names both genders (adhérent·es, agent.e.s, créateur·rice·s), and whether it names several; "" for any
// other word.
func inclusive(lower string) (masculine string, plural bool) {
	at := strings.IndexAny(lower, genderSigns)
	if at < 2 || at < 3 && lower[at] == '.' {
		return "", false
	}
	end := strings.Map(func(c rune) rune {
		if strings.ContainsRune(genderSigns, c) {
			return -1
		}
		return c
	}, lower[at:])
	singular, plural := strings.CutSuffix(end, "s")
	if !strings.Contains(genderEnds, " "+singular+" ") {
		return "", false
	}
	if masculine = lower[:at]; masculine == "tou" {
		masculine = "tous"
	}
	return masculine, plural
}

// elision gives the length of an elided word before an apostrophe (l', qu', aujourd' is none), apostrophe included, or 0.
func elision(word string) int {
	at, width := apostrophe(word)
	if at <= 0 || at+width >= len(word) {
		return 0
	}
	var space [8]byte
	if at > len(space) {
		return 0
	}
	switch string(appendLower(space[:0], word[:at])) {
	case "l", "d", "j", "m", "t", "s", "c", "n", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu":
		return at + width
	}
	return 0
}

func apostrophe(word string) (at, width int) {
	for i := range len(word) {
		if word[i] == '\'' {
			return i, 1
		}
		if word[i] == 0xE2 && strings.HasPrefix(word[i:], "’") {
			return i, len("’")
		}
	}
	return -1, 0
}

// appendLower appends lower case with accents composed onto their letters, invisible characters left out and every apostrophe as '.
func appendLower(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, lowerASCII(byte(r)))
		case r == '’' || r == '‘' || r == 'ʼ':
			b = append(b, '\'')
		case r == '\u00AD' || r == '\u200B' || r == '\u200C' || r == '\u200D' || r == '\u2060' || r == '\uFEFF':
		case '\u0300' <= r && r <= '\u036F':
			b = composeLast(b, r)
		default:
			b = utf8.AppendRune(b, lower(plain(r)))
		}
	}
	return b
}

// composed holds, for each combining accent, the letters it stands on and what they become.
const composed = "\u0300aàeèiìoòuù\u0301aáeéiíoóuúyý\u0302aâeêiîoôuû\u0303aãnñoõ\u0308aäeëiïoöuüyÿ\u0327cç"

func composeLast(b []byte, accent rune) []byte {
	if len(b) == 0 || b[len(b)-1] >= utf8.RuneSelf {
		return b
	}
	at := strings.IndexRune(composed, accent)
	if at < 0 {
		return b
	}
	var base rune
	for _, r := range composed[at+utf8.RuneLen(accent):] {
		switch {
		case unicode.Is(unicode.Mn, r):
			return b
		case r < utf8.RuneSelf:
			base = r
		case base == rune(b[len(b)-1]):
			return utf8.AppendRune(b[:len(b)-1], r)
		}
	}
	return b
}
