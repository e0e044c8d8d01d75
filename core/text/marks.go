package text

import (
	"strings"
	"unicode/utf8"
)

// findNumerals marks numbers as written: digits with decimal and grouping signs between them. Digits inside a word are the word's.
func (r *reader) findNumerals() {
	if r.signs&signDigit == 0 {
		return
	}
	s, opaque := r.s, r.opaque
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			i++
			continue
		}
		for len(opaque) > 0 && opaque[0].end <= i {
			opaque = opaque[1:]
		}
		if len(opaque) > 0 && opaque[0].start <= i {
			i = opaque[0].end
			continue
		}
		end, group := i, i // group: where the present run of digits began
		for end < len(s) {
			if '0' <= s[end] && s[end] <= '9' {
				end++
				continue
			}
			n := separator(s[end:])
			space := n > 0 && s[end] != '.' && s[end] != ','
			if n == 0 || end+n >= len(s) || s[end+n] < '0' || s[end+n] > '9' ||
				space && (end-group > 3 || !threeDigits(s[end+n:])) {
				break
			}
			end += n
			group = end
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		if i == 0 || !letter(before) && before != '_' {
			r.mark(Numeral, i, end)
		}
		i = end
	}
}

// separator gives the length of a decimal or grouping sign: . , and the space, plain, no-break or narrow.
func separator(s string) int {
	switch {
	case s[0] == '.' || s[0] == ',' || s[0] == ' ':
		return 1
	case strings.HasPrefix(s, "\u00A0"):
		return 2
	case strings.HasPrefix(s, "\u202F"):
		return 3
	}
	return 0
}

func threeDigits(s string) bool {
	for i := range 3 {
		if i >= len(s) || s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 3 || s[3] < '0' || s[3] > '9'
}

// findExclamations marks each run of exclamation marks once; question marks and spaces of French typography among them do not cut it.
func (r *reader) findExclamations() {
	s := r.s
	if r.signs&signExclamation == 0 && !(r.signs&signWide != 0 && (strings.Contains(s, "！") || strings.Contains(s, "‼"))) {
		return
	}
	start, end := -1, -1
	for i, n := 0, 0; i < len(s); i += n {
		if n = 1; start < 0 && byteSigns[s[i]]&(signExclamation|signWide) == 0 {
			continue
		}
		var c rune
		c, n = utf8.DecodeRuneInString(s[i:])
		switch c {
		case '!', '！', '‼':
			if start < 0 {
				start = i
			}
			end = i + n
		case '?', '？', narrowSpace, '\u00A0', ' ', '\uFE0F':
			// may stand inside a run
		default:
			if start >= 0 {
				r.mark(Exclamation, start, end)
				start = -1
			}
		}
	}
	if start >= 0 {
		r.mark(Exclamation, start, end)
	}
}

// findElongations marks words with a letter three times running, less Roman numerals, www and initials.
func (r *reader) findElongations() {
	if !r.long {
		return
	}
	for i := range r.tokens {
		t := &r.tokens[i]
		if !t.tag && !t.silent && t.lex.long && !initials(r.s[t.start:t.end]) {
			r.mark(Elongation, t.start, t.end)
		}
	}
}

func elongated(lower string) bool {
	run, last := 0, rune(0)
	roman := true
	found := false
	for _, c := range lower {
		if c == last {
			run++
		} else {
			run, last = 1, c
		}
		found = found || run == 3 && letter(c) && c < 0x250
		roman = roman && strings.ContainsRune("ivxlcdm", c)
	}
	return found && !roman && !strings.HasPrefix(lower, "www")
}

// initials are short and in capitals: AAA, BBB+, CCCP.
func initials(word string) bool {
	return len(word) <= 4 && strings.ToUpper(word) == word
}

// findLexical marks the entries of a lexicon, the longest at each place. Handles and links do not count; hashtags do.
func (r *reader) findLexical(x *lexicon, k Kind, use ownUse) {
	if r.heard[use] == 0 {
		return
	}
	for i := 0; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		h, n := t.lex.hits[use], int(t.own[use])
		if h == 0 && n == 0 || r.bounds[i].url || t.tag && r.s[max(t.start-1, 0)] != '#' {
			continue
		}
		if h&hitHead != 0 {
			n = max(n, x.phrase(r.tokens[i:], r.lang))
		}
		if n == 0 && h&hitWord != 0 {
			n = 1
		}
		if n > 0 {
			if !r.silent(i, n) && (t.own[use] > 0 || !r.plain(k, i, n)) {
				r.mark(k, t.start, r.tokens[i+n-1].end)
			}
			i += n - 1
		}
	}
}

// plain: the entry at i, of n words, is plain speech with what stands around it, or as it is written.
func (r *reader) plain(k Kind, i, n int) bool {
	list, around := plainSpeech, 3
	head := r.s[r.tokens[i].start:r.tokens[i].end]
	switch { // most entries need no further look
	case k == Slang && (head[0] < 'A' || head[0] > 'Z'):
		return false
	case k == Slang:
		list, around = acronyms, 0
	case !strings.Contains(plainSpeech, " "+strings.ReplaceAll(Fold(head), "-", " ")):
		return false
	}
	for from := max(i-min(around, 1), 0); from <= i; from++ {
		for to := i + n; to <= min(i+n+around, len(r.tokens)); to++ {
			said := r.s[r.tokens[from].start:r.tokens[to-1].end]
			if k == Bait {
				said = strings.ReplaceAll(Fold(said), "-", " ")
			}
			if strings.Contains(list, ", "+said+",") {
				return true
			}
		}
	}
	return false
}

// isEmoji tells whether a grapheme is shown as a picture: of its own accord, by U+FE0F, as a keycap or as a flag.
// The dingbats and symbols that people type for their picture (❤ ☀ ✔) count without U+FE0F too.
func isEmoji(g string) bool {
	first, n := utf8.DecodeRuneInString(g)
	rest := g[n:]
	switch {
	case first < 0x80:
		return strings.HasSuffix(rest, "\u20E3")
	case strings.HasPrefix(rest, "\uFE0E"):
		return false
	case 0x1F1E6 <= first && first <= 0x1F1FF:
		return len(rest) > 0 // a lone regional indicator is a letter
	case 0x1F000 <= first && first <= 0x1FAFF:
		return pictured(first)
	case 0x2600 <= first && first <= 0x27BF:
		return pictured(first) || strings.HasPrefix(rest, "\uFE0F")
	}
	switch first {
	case 0x231A, 0x231B, 0x23E9, 0x23EA, 0x23EB, 0x23EC, 0x23F0, 0x23F3, 0x25FD, 0x25FE, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55:
		return true
	}
	return strings.HasPrefix(rest, "\uFE0F")
}

// pictured leaves out the blocks of letters, arrows and ornaments among the pictures.
func pictured(r rune) bool {
	switch {
	case r < 0x1F000:
		return !(0x2768 <= r && r <= 0x2794 || 0x2798 <= r && r <= 0x27A0 || 0x27A2 <= r && r <= 0x27AF || 0x2701 <= r && r <= 0x2701 || 0x2719 <= r && r <= 0x271C ||
			0x2722 <= r && r <= 0x2727 || 0x2729 <= r && r <= 0x2732 || 0x2735 <= r && r <= 0x2743 || 0x27A1 == r)
	case r < 0x1F300:
		return r == 0x1F004 || r == 0x1F0CF || r == 0x1F18E || 0x1F170 <= r && r <= 0x1F171 || r == 0x1F17E || r == 0x1F17F || 0x1F191 <= r && r <= 0x1F19A || 0x1F201 <= r && r <= 0x1F251
	}
	return !(0x1F700 <= r && r <= 0x1F7DF || 0x1F800 <= r && r <= 0x1F8FF)
}
