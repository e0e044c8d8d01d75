package text

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"unisson/core/order"
)

// Read reads a text once. A declared language wins; then what the text itself shows; then the fallback (the channel's, the board's),
// for texts too short to tell. Time is linear in len(s). Invalid bytes are read as U+FFFD; every place lies within s, between its runes.
func Read(s string, declared, fallback Lang) *Features {
	return (*Lexicon)(nil).Read(s, declared, fallback)
}

// Read reads a text as a board with this lexicon means it.
func (x *Lexicon) Read(s string, declared, fallback Lang) *Features {
	if utf8.ValidString(s) {
		return x.read(s, declared, fallback)
	}
	valid, places := repair(s)
	f := x.read(valid, declared, fallback)
	for i := range f.Words {
		f.Words[i].Start, f.Words[i].End = places(f.Words[i].Start), places(f.Words[i].End)
	}
	for i := range f.Marks {
		f.Marks[i].Start, f.Marks[i].End = places(f.Marks[i].Start), places(f.Marks[i].End)
	}
	return f
}

// repair replaces every invalid byte by U+FFFD; places maps an offset of the repaired string back.
func repair(s string) (valid string, places func(int32) int32) {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	var grown []int32 // repaired offsets after each replacement: two bytes more than the source has
	for i, r := range s {
		b.WriteRune(r)
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			grown = append(grown, int32(b.Len()))
		}
	}
	return b.String(), func(at int32) int32 {
		n, _ := slices.BinarySearch(grown, at+1)
		return at - 2*int32(n)
	}
}

// bound is a word as cut, before anything is known of it.
type bound struct {
	start, end int
	form       *form // nil of what is long or a tag
	tag, url   bool
}

// token is a Word with what the detectors need beside it.
type token struct {
	start, end int    // bytes, after the elision
	elided     string // the elision before the word, lower case without its apostrophe ("t"), or ""
	lex        *lexeme
	tag        bool
	quoted     bool
	silent     bool     // inside a term the board silences
	said       bool     // in a line of dialogue
	own        [2]uint8 // words of the longest term of the board's own that begins here: slang, bait
}

// reader holds what one reading needs and the next can use again.
type reader struct {
	s      string
	lang   Lang
	bounds []bound
	tokens []token
	marks  []Mark
	opaque []span // links, hashtags, mentions, e-mail addresses: by start, apart
	quotes []span
	stems  []stemKey
	signs  sign          // what signs there are
	commas int           // and semicolons
	heard  [2]lexicalHit // any word's
	long   bool          // some word is
}

// sign is what a byte may be the sign of.
type sign uint8

const (
	signComma sign = 1 << iota
	signBracket
	signQuestion
	signExclamation
	signDigit
	signQuote
	signLink
	signWide // outside ASCII
)

var byteSigns = func() (t [256]sign) {
	for i, all := range [...]string{",;", "([", "?", "!", "0123456789", "\"", ":.#@"} {
		for _, c := range all {
			t[c] = 1 << i
		}
	}
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = signWide
	}
	return
}()

// findSigns spares the passes that look for a sign that is not there.
func (r *reader) findSigns() {
	var all sign
	commas := 0
	for i := range len(r.s) {
		is := byteSigns[r.s[i]]
		all |= is
		commas += int(is & signComma)
	}
	r.signs, r.commas = all, commas
}

type span struct {
	start, end int
	kind       spanKind
}

type spanKind uint8

const (
	spanLink spanKind = iota
	spanHashtag
	spanMention
	spanEmail
	spanQuote
)

var readers = sync.Pool{New: func() any { return new(reader) }}

func (x *Lexicon) read(s string, declared, fallback Lang) *Features {
	r := readers.Get().(*reader)
	defer func() {
		if cap(r.tokens) > 1<<14 { // one huge text must not be remembered
			*r = reader{}
		}
		clear(r.bounds)
		clear(r.tokens)
		clear(r.stems)
		r.s = ""
		readers.Put(r)
	}()
	r.s, r.bounds, r.tokens, r.marks, r.opaque, r.quotes, r.stems = s, r.bounds[:0], r.tokens[:0], r.marks[:0], r.opaque[:0], r.quotes[:0], r.stems[:0]

	r.findSigns()
	r.findLinks()
	r.findQuotes()
	r.cut()
	r.lang = declared
	if r.lang == None {
		r.lang = detect(s, r.bounds)
	}
	if r.lang == None {
		r.lang = fallback
	}
	if len(r.bounds) == 0 {
		r.lang = declared
	}
	r.lang = min(r.lang, Other)
	r.look()
	if x != nil {
		x.listen(r)
	}

	f := &Features{Lang: r.lang, Sentences: CountSentences(s)}
	f.Graphemes = eachGrapheme(s, func(start, end int) {
		if isEmoji(s[start:end]) {
			r.mark(Emoji, start, end)
		}
	})
	for _, o := range r.opaque {
		switch o.kind {
		case spanLink:
			r.mark(Link, o.start, o.end)
		case spanHashtag:
			r.mark(Hashtag, o.start, o.end)
		case spanMention:
			r.mark(Mention, o.start, o.end)
		}
	}
	r.findNumerals()
	r.findExclamations()
	r.findElongations()
	r.findLexical(&slangLexicon, Slang, ownSlang)
	r.findLexical(&baitLexicon, Bait, ownBait)
	if r.lang == FR {
		f.Address = r.findAddress()
	}
	sortMarks(r.marks)
	f.Marks = slices.Clone(r.marks)
	f.Words = make([]Word, len(r.tokens))
	for i := range r.tokens {
		t := &r.tokens[i]
		f.Words[i] = Word{int32(t.start), int32(t.end), t.lex.stem, t.lex.stop, t.tag, t.quoted, r.isName(i), t.lex.hash}
	}
	f.Content = r.content()
	f.Formality = r.formality(f)
	f.BaitScore = r.baitScore(f)
	return f
}

// sortMarks puts marks in order of their start, then of their kind. They are few, and most of them in order: found kind by kind.
func sortMarks(marks []Mark) {
	compare := func(a, b Mark) int {
		if a.Start != b.Start {
			return int(a.Start - b.Start)
		}
		return int(a.Kind) - int(b.Kind)
	}
	if len(marks) > 64 {
		order.Stable(marks, compare)
		return
	}
	for i := 1; i < len(marks); i++ {
		for j := i; j > 0 && compare(marks[j], marks[j-1]) < 0; j-- {
			marks[j], marks[j-1] = marks[j-1], marks[j]
		}
	}
}

// cut finds the words and what stands around them.
func (r *reader) cut() {
	opaque := r.opaque
	eachWord(r.s, func(start, end int) {
		for len(opaque) > 0 && opaque[0].end <= start {
			opaque = opaque[1:]
		}
		for _, c := range r.s[start:end] {
			if letter(c) {
				b := bound{start: start, end: end}
				if len(opaque) > 0 && opaque[0].start < end {
					b.tag = true
					b.url = opaque[0].kind == spanLink || opaque[0].kind == spanEmail
				} else if end-start <= maxForm {
					b.form = formOf(r.s[start:end])
				}
				r.bounds = append(r.bounds, b)
				return
			}
		}
	})
}

// look turns cut words into tokens of the text's language.
func (r *reader) look() {
	quotes := r.quotes
	r.heard, r.long = [2]lexicalHit{}, false
	for i := range r.bounds {
		b := &r.bounds[i]
		for len(quotes) > 0 && quotes[0].end <= b.start {
			quotes = quotes[1:]
		}
		t := token{start: b.start, end: b.end, tag: b.tag, quoted: len(quotes) > 0 && quotes[0].start <= b.start}
		if r.lang == FR && !b.tag {
			if n := b.elision(r.s); n > 0 {
				at, _ := apostrophe(r.s[b.start:b.end])
				t.elided = elidedForm(r.s[b.start : b.start+at])
				t.start += n
			}
		}
		if b.form != nil {
			t.lex = b.form.lexeme(r.s[t.start:t.end], r.lang)
		} else {
			t.lex = lookup(r.s[t.start:t.end], r.lang)
		}
		r.heard[ownSlang] |= t.lex.hits[ownSlang]
		r.heard[ownBait] |= t.lex.hits[ownBait]
		r.long = r.long || t.lex.long
		r.tokens = append(r.tokens, t)
	}
}

func (b *bound) elision(s string) int {
	if b.form != nil {
		return int(b.form.elided)
	}
	return elision(s[b.start:b.end])
}

// isName: a capital after nothing but spaces. Languages that capitalise otherwise are not read for names.
func (r *reader) isName(i int) bool {
	t := &r.tokens[i]
	if r.lang != FR && r.lang != EN || t.tag {
		return false
	}
	c, n := rune(r.s[t.start]), 1
	if c >= utf8.RuneSelf {
		c, n = utf8.DecodeRuneInString(r.s[t.start:t.end])
	}
	return lower(c) != c && n < t.end-t.start && (t.elided != "" || r.spaced(i))
}

// elidedForm spares the allocation of a lower-case copy.
func elidedForm(s string) string {
	switch s {
	case "T":
		return "t"
	case "L":
		return "l"
	}
	return s
}

// stemKey is a stem by what it is sorted by.
type stemKey struct {
	first uint64
	stem  string
}

// content gives the distinct stems that are no stop words, sorted; those of links and addresses are left out.
func (r *reader) content() []string {
	for i := range r.tokens {
		if x := r.tokens[i].lex; !x.stop && !r.bounds[i].url && x.stem != "" {
			r.stems = append(r.stems, stemKey{x.first, x.stem})
		}
	}
	if len(r.stems) <= fewStems {
		sortFew(r.stems)
	}
	out := make([]string, len(r.stems))
	for i := range r.stems {
		out[i] = r.stems[i].stem
	}
	if len(r.stems) > fewStems {
		order.Strings(out)
	}
	return slices.Compact(out)
}

const fewStems = 64

func sortFew(stems []stemKey) {
	for i := 1; i < len(stems); i++ {
		x, j := stems[i], i
		for ; j > 0 && (x.first < stems[j-1].first || x.first == stems[j-1].first && x.stem < stems[j-1].stem); j-- {
			stems[j] = stems[j-1]
		}
		stems[j] = x
	}
}

func (r *reader) mark(k Kind, start, end int) {
	r.marks = append(r.marks, Mark{k, int32(start), int32(end)})
}

// Count is how many marks of a kind there are.
func (f *Features) Count(k Kind) (n int) {
	for _, m := range f.Marks {
		if m.Kind == k {
			n++
		}
	}
	return n
}

// Has says whether there is a mark of a kind.
func (f *Features) Has(k Kind) bool {
	return slices.ContainsFunc(f.Marks, func(m Mark) bool { return m.Kind == k })
}

// HasContent says whether a content stem is in the text.
func (f *Features) HasContent(stem string) bool {
	_, found := slices.BinarySearch(f.Content, stem)
	return found
}

// Stems gives the stems of a term's words in order, stop words kept, as Read would find them in a text of that language.
func Stems(s string, l Lang) (out []string) {
	eachTermWord(s, l, func(x *lexeme) { out = append(out, x.stem) })
	return out
}

// Forms gives the stems a term is found by in a text of that language: its own; those it has without accents, which change the stem; and
// those of what the stemmer leaves alone: the other gender, some forms of verbs, irregular plurals, other spellings (see variants).
func Forms(term string, l Lang) [][]string { return formsBy(term, l, Stems) }

// ContentForms gives of each of those forms the stems that are no stop words; a letter that a hyphen joins to a word (e-bike) is of the word.
//
//go:noinline
func ContentForms(term string, l Lang) [][]string {
	return formsBy(term, l, func(s string, l Lang) (out []string) {
		eachTermWord(s, l, func(x *lexeme) {
			if (!x.stop || len(x.lower) == 1 && strings.Contains(" "+Fold(s), " "+x.lower+"-")) && x.stem != "" {
				out = append(out, x.stem)
			}
		})
		return out
	})
}

func formsBy(term string, l Lang, stemsOf func(string, Lang) []string) (out [][]string) {
	add := func(s string) {
		if stems := stemsOf(s, l); len(stems) > 0 && !slices.ContainsFunc(out, func(x []string) bool { return slices.Equal(x, stems) }) {
			out = append(out, stems)
		}
	}
	add(term)
	add(Fold(term))
	lower := string(appendLower(nil, term))
	for n := range 2 * len(variants[l]) {
		words := strings.Fields(lower)
		for i, w := range words {
			words[i] = varied(w, variants[l][n/2], n%2)
		}
		add(strings.Join(words, " "))
	}
	add(strings.ReplaceAll(lower, "-", "")) // co-op, coop; Wi-Fi, wifi
	return out
}

// ContentStems gives the distinct stems of a text's words, sorted, less stop words.
func ContentStems(s string, l Lang) (out []string) {
	eachTermWord(s, l, func(x *lexeme) {
		if !x.stop && x.stem != "" {
			out = append(out, x.stem)
		}
	})
	order.Strings(out)
	return slices.Compact(out)
}

func eachTermWord(s string, l Lang, f func(*lexeme)) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	l = min(l, Other)
	eachWord(s, func(start, end int) {
		if !strings.ContainsFunc(s[start:end], letter) {
			return
		}
		if l == FR {
			start += elision(s[start:end])
		}
		f(lookup(s[start:end], l))
	})
}
