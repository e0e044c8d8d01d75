package text

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
)

// Word-break classes of UAX #29 (Word_Break property) for the characters French and English are written in.
// What is outside is left to the library, so that the fast path never has an opinion of its own.
type wordClass uint8

const (
	wbOther     wordClass = iota
	wbMidLetter           // MidLetter: a colon or middle dot
	wbMidNum              // MidNum: a comma or semicolon
	wbMid                 // MidNumLet and Single_Quote: a full stop or apostrophe
	wbLetter              // ALetter: here words begin
	wbDigit               // Numeric
	wbExtend              // ExtendNumLet: the underscore
	wbForeign             // everything else
)

// narrowSpace is ExtendNumLet in UAX #29, which would glue a French word to its « : ». We tailor it to be a separator.
const narrowSpace = '\u202F'

var asciiClass = func() (t [utf8.RuneSelf]wordClass) {
	for c := range t {
		switch c := byte(c); {
		case letter(rune(c)):
			t[c] = wbLetter
		case '0' <= c && c <= '9':
			t[c] = wbDigit
		}
	}
	t['_'], t[':'], t['.'], t['\''], t[','], t[';'] = wbExtend, wbMidLetter, wbMid, wbMid, wbMidNum, wbMidNum
	return
}()

func classAt(s string, i int) (wordClass, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return asciiClass[c], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case 'À' <= r && r <= 'ɏ':
		if r == '×' || r == '÷' {
			return wbOther, n
		}
		return wbLetter, n
	case r < 'À':
		switch r {
		case 'ª', 'º', 'µ':
			return wbLetter, n
		case '·':
			return wbMidLetter, n
		case '\u00AD', '\u0085':
			return wbForeign, n
		}
		return wbOther, n
	case r == '’', r == '‘', r == '․':
		return wbMid, n
	case r == '‧':
		return wbMidLetter, n
	case '\u2010' <= r && r <= '\u2027', r == '‹', r == '›', r == '‰', r == '€', r == narrowSpace:
		return wbOther, n
	}
	return wbForeign, n
}

// eachWord calls f with the bounds of every UAX #29 word of s, a valid string. Words without letter or digit are left out.
func eachWord(s string, f func(start, end int)) {
	var slow *words.Iterator[string]
	for i := 0; i < len(s); {
		class, n := classAt(s, i)
		if class < wbLetter {
			i += n
			continue
		}
		if end, sure := latinWord(s, i, class, n); sure {
			f(i, end)
			i = end
			continue
		}
		if slow == nil {
			slow = words.FromString("")
		}
		slow.SetText(s[i:])
		slow.Next()
		end := i + slow.End()
		for from := i; from < end; { // the tailoring of narrowSpace
			to := end
			if at := strings.IndexRune(s[from:end], narrowSpace); at >= 0 {
				to = from + at
			}
			if to > from {
				f(from, to)
			}
			from = to + len(string(narrowSpace))
		}
		i = end
	}
}

// latinWord finds where the word at s[i] ends by rules WB5 to WB13b; it is not sure of a word that touches a foreign character.
func latinWord(s string, i int, class wordClass, n int) (end int, sure bool) {
	if class == wbForeign {
		return i, false
	}
	last := class
	for i += n; i < len(s); i += n {
		if c := s[i]; c < utf8.RuneSelf { // most of them, without a call
			class, n = asciiClass[c], 1
		} else {
			class, n = classAt(s, i)
		}
		switch class {
		case wbLetter, wbDigit, wbExtend:
			last = class
			continue
		case wbOther:
			return i, true
		case wbForeign:
			return i, false
		}
		if i+n == len(s) {
			return i, true
		}
		next, _ := classAt(s, i+n)
		switch {
		case next == wbForeign:
			return i, false
		case next == wbLetter && last == wbLetter && class != wbMidNum: // WB6, WB7
		case next == wbDigit && last == wbDigit && class != wbMidLetter: // WB11, WB12
		default:
			return i, true
		}
	}
	return i, true
}

// eachGrapheme counts UAX #29 graphemes and calls f with the bounds of those that are more than plain Latin text.
func eachGrapheme(s string, f func(start, end int)) (count int) {
	var slow *graphemes.Iterator[string]
	for i := 0; i < len(s); count++ {
		if s[i] < utf8.RuneSelf && s[i] != '\r' && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			i++
			continue
		}
		if n := plainGrapheme(s, i); n > 0 {
			i += n
			continue
		}
		if slow == nil {
			slow = graphemes.FromString("")
		}
		slow.SetText(s[i:])
		slow.Next()
		if slow.End() > 1 {
			f(i, i+slow.End())
		}
		i += slow.End()
	}
	return count
}

// plainGrapheme gives the length of the grapheme at s[i]: one character, or the two of a line's end; 0 where it touches a foreign one.
func plainGrapheme(s string, i int) int {
	class, n := classAt(s, i)
	if class == wbForeign {
		return 0
	}
	if i+n < len(s) {
		if s[i] == '\r' && s[i+1] == '\n' {
			return 2
		}
		if next, _ := classAt(s, i+n); next == wbForeign {
			return 0
		}
	}
	return n
}
