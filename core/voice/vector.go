package voice

import (
	"slices"
	"unicode/utf8"

	"unisson/core/text"
)

// view is one way of looking at a text that counts terms; style, beside them, measures.
type view uint8

const (
	stems view = iota // content stems, each by its rarity: what is spoken of
	chars             // runs of four characters: spelling, endings, favourite words, emoji
	views
)

// viewBits gives the size of each view's hashed space, as a power of two.
var viewBits = [views]uint{16, 13}

// one is the fixed point all vectors are kept in: sums of integers do not depend on their order.
const one = 1 << 12

// sparse is a vector of length one in a hashed space, without zeros.
type sparse struct{ at, val []uint16 }

// Vector is what the comparison knows of one text: keep it beside the features it was read from.
type Vector struct {
	lang  text.Lang
	empty bool   // no word but tags, names and links: it says nothing of a voice
	key   uint64 // of the text: an order that does not depend on that of the messages

	// Of a large board a sample is compared: the rest is read only of the texts in it.
	text     string
	features *text.Features
	measured bool
	seen     [views]sparse
	style    [styles]int16
}

// Empty says that the text holds no word outside tags, names and links, and so counts as no message here.
func (v *Vector) Empty() bool { return v.empty }

// counter counts hashed terms; it is used again for every text.
type counter struct {
	count   [1 << 16]uint8
	touched []uint16
}

func place(h uint32, bits uint) uint16 { return uint16((h * 2654435769) >> (32 - bits)) }

func (c *counter) add(h uint32, bits uint) {
	at := place(h, bits)
	if c.count[at] == 0 {
		c.touched = append(c.touched, at)
	}
	if int(c.count[at]) < len(damped)-1 {
		c.count[at]++
	}
}

// set counts a term as often as it weighs; of two in one place, the heavier.
func (c *counter) set(h uint32, bits uint, times uint8) {
	c.add(h, bits)
	at := place(h, bits)
	c.count[at] = max(c.count[at], times)
}

// take gives the weights of the counts, scaled to length one, and clears them.
func (c *counter) take(weights *[grades + 1]float64) sparse {
	if len(c.touched) == 0 {
		return sparse{}
	}
	var squares float64
	for _, at := range c.touched {
		w := weights[c.count[at]]
		squares += float64(w * w)
	}
	scale := one / sqrt(squares)
	var scaled [grades + 1]uint16
	for n, w := range weights {
		scaled[n] = uint16(float64(w*scale) + .5)
	}
	both := make([]uint16, 2*len(c.touched))
	s := sparse{both[:len(c.touched):len(c.touched)], both[len(c.touched):]}
	copy(s.at, c.touched)
	for i, at := range c.touched {
		s.val[i] = scaled[c.count[at]]
		c.count[at] = 0
	}
	c.touched = c.touched[:0]
	return s
}

const grades = 16

// damped is 1 + ln n, up to the count from which more of the same says nothing more.
var damped = [grades + 1]float64{0, 1, 1.6931, 2.0986, 2.3863, 2.6094, 2.7918, 2.9459, 3.0794, 3.1972, 3.3026, 3.3979, 3.4849, 3.5649, 3.6391, 3.7081, 3.7726}

// rare are the grades of rarity.
var rare = func() (out [grades + 1]float64) {
	for n := range out {
		out[n] = float64(n) / grades
	}
	return out
}()

// maxRead bounds what is read of one text: a voice shows in its beginning.
const maxRead = 1 << 14

// Read takes the vector of a text from its features.
func Read(f *text.Features, s string) *Vector {
	if len(s) > maxRead {
		cut := maxRead
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	return &Vector{lang: f.Lang, empty: !slices.ContainsFunc(f.Words, func(w text.Word) bool { return !w.Tag }), key: fingerprint(s), text: s, features: f}
}

// measure reads what was left for later.
func (v *Vector) measure(c *counter) {
	if v.measured || v.empty {
		return
	}
	v.measured = true
	for _, stem := range v.features.Content {
		c.set(text.Hash(stem), viewBits[stems], uint8(max(1, text.Rarity(stem, v.lang)*grades+.5)))
	}
	v.seen[stems] = c.take(&rare)
	c.addChars(v.features, v.text)
	v.seen[chars] = c.take(&damped)
	v.style = measure(v.features, v.text)
}

const (
	basis = 2166136261 // FNV-1a, 32 bits
	prime = 16777619
)

// fingerprint is FNV-1a, 64 bits.
func fingerprint(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// lowerByte spares decoding: Latin-1 letters in UTF-8 differ from their capitals by the same bit as ASCII ones.
func lowerByte(c, before byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case before == 0xC3 && 0x80 <= c && c <= 0x9E && c != 0x97:
		return c + 0x20
	}
	return c
}

// addChars counts runs of four characters of the text in lower case, with one space for every run of them, 0 for every digit and nothing of links.
func (c *counter) addChars(f *text.Features, s string) {
	var last, one, two, three uint32 // the last character; hashes of the runs that end with it
	n := 0
	push := func(char uint32) {
		four := mix(three, char)
		last, one, two, three = char, mix(basis, char), mix(one, char), mix(two, char)
		if n++; n >= 4 {
			c.add(four, viewBits[chars])
		}
	}
	push(' ')
	marks := f.Marks
	for i := 0; i < len(s); {
		for len(marks) > 0 && (marks[0].Kind != text.Link || int(marks[0].Start) < i) {
			marks = marks[1:]
		}
		if len(marks) > 0 && int(marks[0].Start) == i {
			i = max(int(marks[0].End), i+1)
			push('\x01')
			continue
		}
		r, width := rune(s[i]), 1
		switch {
		case r < utf8.RuneSelf:
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			case '0' <= r && r <= '9':
				r = '0'
			case r <= ' ':
				r = ' '
			}
		default:
			r, width = utf8.DecodeRuneInString(s[i:])
			switch {
			case 'À' <= r && r <= 'Þ' && r != '×':
				r += 'a' - 'A'
			case r == '\u00A0' || r == '\u202F' || r == '\u2009':
				r = ' '
			case r == '’':
				r = '\''
			case r == '\uFE0F' || r == '\u200D':
				i += width
				continue
			}
		}
		i += width
		if (r == ' ' || r == '0') && last == uint32(r) {
			continue
		}
		push(uint32(r))
	}
	if last != ' ' {
		push(' ')
	}
}

func mix(h, c uint32) uint32 {
	h = (h ^ c) * prime
	return h ^ h>>15
}

// letterCase is how a word is written.
type letterCase uint8

const (
	lowerCase letterCase = iota
	capitalised
	capitals
)

func caseOf(w string) letterCase {
	first, n := utf8.DecodeRuneInString(w)
	if !upper(first) {
		return lowerCase
	}
	if n == len(w) {
		return capitalised
	}
	for _, c := range w[n:] {
		if !upper(c) {
			return capitalised
		}
	}
	return capitals
}

func upper(c rune) bool {
	return 'A' <= c && c <= 'Z' || 'À' <= c && c <= 'Þ' && c != '×' || c == 'Œ'
}
