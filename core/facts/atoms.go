package facts

import (
	"strings"
	"unicode/utf8"

	"unisson/core/text"
)

// atom is the smallest thing a statement is made of.
type atom struct {
	kind       kind
	meaning    // of a word or a sign
	start, end int
	form       string     // folded; of a sign, itself
	word       *text.Word // nil for letters no word holds: the l of l’atelier, the h of 10h
}

type kind uint8

const (
	word kind = iota
	number
	sign
)

func (a *atom) quoted() bool { return a.word != nil && a.word.Quoted }

func (a *atom) is(form string) bool { return a.form == form }

// scan cuts the text into atoms. Links, hashtags and handles are signs: nothing is said of them.
func (r *reader) scan(f *text.Features) {
	s, words := r.s, f.Words
	var opaque []text.Mark
	for _, m := range f.Marks {
		if m.Kind == text.Link || m.Kind == text.Hashtag || m.Kind == text.Mention {
			opaque = append(opaque, m)
		}
	}
	for i := 0; i < len(s); {
		for len(words) > 0 && int(words[0].Start) < i {
			words = words[1:]
		}
		if len(opaque) > 0 && int(opaque[0].Start) <= i {
			end := max(i, int(opaque[0].End))
			if end > i {
				r.atoms = append(r.atoms, atom{kind: sign, start: i, end: end, form: "#"})
			}
			opaque, i = opaque[1:], end
			continue
		}
		if len(words) > 0 && int(words[0].Start) == i && !figured(s[i:words[0].End]) {
			r.word(i, int(words[0].End), &words[0])
			i = int(words[0].End)
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		end := i + n
		switch {
		case '0' <= c && c <= '9':
			for end < len(s) && '0' <= s[end] && s[end] <= '9' {
				end++
			}
			r.atoms = append(r.atoms, atom{kind: number, start: i, end: end, form: s[i:end]})
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 'À' && c <= 'ÿ' && c != '×' && c != '÷':
			for end < len(s) && ('a' <= s[end] && s[end] <= 'z' || 'A' <= s[end] && s[end] <= 'Z') {
				end++
			}
			if dotted := end == i+1 && end+1 < len(s) && s[end] == '.' && s[end+1]|0x20 == 'm'; dotted && strings.ContainsRune("aApP", c) {
				end += 2 // 9a.m.
			}
			r.word(i, end, nil)
		case c == ' ' || c == '\t' || c == '\r' || c == '\u00A0' || c == '\u202F' || c == '\u2009' || c == '\uFE0F':
		default:
			r.atoms = append(r.atoms, atom{kind: sign, start: i, end: end, form: s[i:end], meaning: meaning{class: signOf(c)}})
		}
		i = end
	}
}

func (r *reader) word(start, end int, w *text.Word) {
	form := text.Fold(r.s[start:end])
	a := atom{kind: word, start: start, end: end, form: form, meaning: meanings()[form], word: w}
	if form == "des" && end-start > len(form) { // dès, which is no article
		a.class = cUnsure
	}
	r.atoms = append(r.atoms, a)
}

func figured(s string) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}

type sentence struct {
	atoms []atom
	asks  bool
}

// sentences cuts at line ends, full stops, bullets and pictures.
func (r *reader) sentences() (out []sentence) {
	from := 0
	cut := func(to int, asks bool) {
		out = append(out, sentence{r.atoms[from:to], asks})
		from = to + 1
	}
	for i, a := range r.atoms {
		if a.kind != sign {
			continue
		}
		switch {
		case a.is("."):
			abbreviated := i > 0 && r.atoms[i-1].class&cAbbreviation != 0
			if tail := r.s[a.end:]; !abbreviated && (tail == "" || tail[0] <= ' ' || strings.HasPrefix(tail, "\u00A0")) {
				cut(i, false)
			}
		case a.is("?"):
			cut(i, true)
		case a.class == 0:
			cut(i, false)
		}
	}
	cut(len(r.atoms), false)
	return out
}
