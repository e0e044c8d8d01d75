package text

import (
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentence-break classes of UAX #29 (Sentence_Break property), as far as wordClass goes. Those before sbStop end nothing by themselves.
type sentenceClass uint8

const (
	sbOther sentenceClass = iota
	sbUpper
	sbLower
	sbDigit    // Numeric
	sbContinue // SContinue: a comma, colon or dash
	sbClose    // quotation marks and brackets
	sbSpace    // Sp
	sbExtend   // Extend: what follows a picture
	sbStop     // ATerm: the full stop
	sbTerm     // STerm: ! and ?
	sbLine     // ParaSep: the ends of a line
	sbForeign  // everything else
)

var asciiSentence = func() (t [utf8.RuneSelf]sentenceClass) {
	for c := range t {
		switch c := byte(c); {
		case lowerASCII(c) != c:
			t[c] = sbUpper
		case letter(rune(c)):
			t[c] = sbLower
		case '0' <= c && c <= '9':
			t[c] = sbDigit
		}
	}
	for class, all := range [...]string{sbContinue: ",-:;", sbClose: "\"'()[]{}", sbSpace: " \t\v\f", sbStop: ".", sbTerm: "!?", sbLine: "\r\n"} {
		for _, c := range all {
			t[c] = sentenceClass(class)
		}
	}
	return
}()

func sentenceClassAt(s string, i int) (sentenceClass, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return asciiSentence[c], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case 'À' <= r && r <= 'ſ':
		if r == '×' || r == '÷' {
			return sbOther, n
		}
		if lower(r) != r {
			return sbUpper, n
		}
		return sbLower, n
	case r < 'À':
		switch r {
		case 'ª', 'º', 'µ':
			return sbLower, n
		case '«', '»':
			return sbClose, n
		case '\u00A0':
			return sbSpace, n
		case '\u00AD', '\u0085':
			return sbForeign, n
		}
		return sbOther, n
	case '‘' <= r && r <= '‟', r == '‹', r == '›':
		return sbClose, n
	case r == '–', r == '—':
		return sbContinue, n
	case r == narrowSpace:
		return sbSpace, n
	case r == '\uFE0F', r == '\u200D':
		return sbExtend, n
	case '\u2010' <= r && r <= '\u2027' && r != '․', r == '‰', r == '€', '←' <= r && r <= '⇿', '☀' <= r && r <= '\u275A', 0x1F300 <= r && r < 0x1F676, 0x1F680 <= r && r <= 0x1FAFF:
		return sbOther, n
	}
	return sbForeign, n
}

// CountSentences counts UAX #29 sentences that hold something to read.
func CountSentences(s string) (n int) {
	var slow *sentences.Iterator[string]
	for i := 0; i < len(s); {
		end, sure := latinSentence(s, i)
		if !sure {
			if slow == nil {
				slow = sentences.FromString("")
			}
			slow.SetText(s[i:])
			slow.Next()
			end = i + slow.End()
		}
		for ; i < end; i++ {
			if c := s[i]; c >= utf8.RuneSelf || asciiClass[c] == wbLetter || asciiClass[c] == wbDigit {
				n++
				break
			}
		}
		i = end
	}
	return n
}

// latinSentence finds where the sentence at s[start] ends by rules SB3 to SB11; it is not sure of one that holds a foreign character.
func latinSentence(s string, start int) (end int, sure bool) {
	for i := start; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && asciiSentence[c] < sbStop {
			i++
			continue
		}
		class, n := sentenceClassAt(s, i)
		i += n
		switch class {
		case sbForeign:
			return start, false
		case sbLine:
			if s[i-1] == '\r' && i < len(s) && s[i] == '\n' { // SB3
				i++
			}
			return i, true
		case sbStop, sbTerm:
			var ends bool
			if i, ends, sure = afterTerm(s, start, i, class == sbStop); ends || !sure {
				return i, sure
			}
		}
	}
	return len(s), true
}

// afterTerm reads on from i, right after a mark that may end the sentence, to where the sentence ends or turns out to go on.
func afterTerm(s string, start, i int, stop bool) (at int, ends, sure bool) {
	spaced := false
	for term := i; i < len(s); {
		class, n := sentenceClassAt(s, i)
		switch {
		case class == sbForeign || class == sbExtend:
			return i, false, false
		case class == sbContinue || class >= sbStop: // SB8a to SB10
			return i, false, true
		case stop && i == term && class == sbDigit: // SB6
			return i, false, true
		case stop && i == term && class == sbUpper && cased(s[start:i-1]): // SB7
			return i, false, true
		case class == sbSpace:
			spaced = true
		case class == sbClose && !spaced: // SB9
		case stop:
			return smallAfter(s, i)
		default: // SB11
			return i, true, true
		}
		i += n
	}
	return i, true, true
}

// cased says whether s, of no foreign character, ends on a letter, whatever follows it to make a picture of it.
func cased(s string) bool {
	for i := len(s); i > 0; {
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if class, _ := sentenceClassAt(s, i); class != sbExtend {
			return class == sbUpper || class == sbLower
		}
	}
	return false
}

// smallAfter is SB8: no sentence ends where a small letter comes before any other, or any end of a sentence.
func smallAfter(s string, i int) (at int, ends, sure bool) {
	for at = i; at < len(s); {
		class, n := sentenceClassAt(s, at)
		switch class {
		case sbForeign:
			return i, false, false
		case sbLower:
			return at, false, true
		case sbUpper, sbStop, sbTerm, sbLine:
			return i, true, true
		}
		at += n
	}
	return i, true, true
}
