package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CodePoints is how many code points of s lie before byteOffset: the unit reports speak in.
// An invalid byte counts as one, as it does when s is decoded.
func CodePoints(s string, byteOffset int) int {
	byteOffset = min(max(byteOffset, 0), len(s))
	for i := range byteOffset {
		if s[i] >= utf8.RuneSelf {
			return i + utf8.RuneCountInString(s[i:byteOffset])
		}
	}
	return byteOffset
}

// Fold is the form two spellings are compared in: lower case, accents taken off Latin letters, œ as oe, ß as ss, both apostrophes as '.
func Fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return string(appendFolded(make([]byte, 0, len(s)+8), s))
		}
	}
	return s
}

func appendFolded(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, lowerASCII(byte(r)))
		case r <= lastFolded && r >= firstFolded:
			if r = lower(r); r < firstFolded || r > lastFolded || foldTable[r-firstFolded] == ' ' {
				b = appendUnaccentable(b, r)
			} else {
				b = append(b, foldTable[r-firstFolded])
			}
		case r == '’' || r == '‘' || r == 'ʼ':
			b = append(b, '\'')
		case unicode.Is(unicode.Mn, r): // an accent written apart from its letter
		default:
			b = utf8.AppendRune(b, lower(plain(r)))
		}
	}
	return b
}

// plain gives the letter or digit a mathematical or full-width one stands for: what people type for bold and italics where a network
// has none (𝗴𝗿𝗮𝘀). As in NFKC, for Latin letters and digits.
func plain(r rune) rune {
	switch {
	case r < 'ℂ':
	case 0x1D400 <= r && r < 0x1D6A4: // thirteen alphabets of capitals, then small letters
		if i := (r - 0x1D400) % 52; i < 26 {
			return 'A' + i
		} else {
			return 'a' + i - 26
		}
	case 0x1D7CE <= r && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	case 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ', '０' <= r && r <= '９':
		return r - 0xFEE0
	case r <= 'ℴ': // those of the alphabets that had a place of their own
		const letters = "ℂCℊgℋHℌHℍHℎhℐIℑIℒLℕNℙPℚQℛRℜRℝRℤZℨZℬBℭCℯeℰEℱFℳMℴo"
		if at := strings.Index(letters, string(r)); at >= 0 {
			return rune(letters[at+utf8.RuneLen(r)])
		}
	}
	return r
}

// foldTable gives the plain letter of U+00C0…U+017F; a blank one has no single plain letter.
const (
	firstFolded = 'À'
	lastFolded  = 'ſ'
	foldTable   = "aaaaaa ceeeeiiii nooooo ouuuuy  " + "aaaaaa ceeeeiiii nooooo ouuuuy y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkklllllll" +
		"lllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
)

func appendUnaccentable(b []byte, r rune) []byte {
	switch r {
	case 'æ':
		return append(b, "ae"...)
	case 'œ':
		return append(b, "oe"...)
	case 'ß':
		return append(b, "ss"...)
	case 'ð':
		return append(b, 'd')
	case 'þ':
		return append(b, "th"...)
	case 'ĳ':
		return append(b, "ij"...)
	}
	return utf8.AppendRune(b, r)
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// lower spares the Unicode tables for the letters of French and English.
func lower(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return rune(lowerASCII(byte(r)))
	case r < 'Ā':
		if 'À' <= r && r <= 'Þ' && r != '×' {
			r += 'a' - 'A'
		}
		return r
	case r == 'Œ':
		return 'œ'
	case r == '’' || r == 'ʼ':
		return r
	}
	return unicode.ToLower(r)
}

// letter spares the Unicode tables for Latin-1.
func letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		c := lowerASCII(byte(r))
		return 'a' <= c && c <= 'z'
	case r < 'Ā':
		return r >= 'À' && r != '×' && r != '÷' || r == 'ª' || r == 'º' || r == 'µ'
	}
	return unicode.IsLetter(r)
}
