package facts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unisson/core/order"
	"unisson/core/text"
)

// Value is what one channel gives for a fact, as it is written, and the language it is read in.
type Value struct {
	Written string
	Lang    text.Lang
}

// Same says that two values say one thing in two writings: the same price, number or hours, or the same figures and words in the
// same order. What may be another thing is another.
func Same(x, y Value) bool {
	a, b := newReader(x), newReader(y)
	if a.sameTyped(b) {
		return true
	}
	p, q := a.parts(), b.parts()
	return len(p) > 0 && slices.Equal(p, q) || onlyNumberOf(p, q) || onlyNumberOf(q, p)
}

func newReader(v Value) *reader {
	r := &reader{s: v.Written, lang: v.Lang}
	r.scan(text.Read(v.Written, v.Lang, v.Lang))
	return r
}

// only reads a value that is a price, a telephone number or hours and nothing else.
func (r *reader) only() (st Stated, ok bool) {
	atoms := r.atoms
	for len(atoms) > 0 && atoms[len(atoms)-1].is(".") {
		atoms = atoms[:len(atoms)-1]
	}
	for _, read := range [...]func([]atom) bool{r.onlyPrice, r.onlyPhone, r.onlyHours} {
		if r.found = r.found[:0]; read(atoms) {
			return r.found[0], true
		}
	}
	return st, false
}

func (r *reader) sameTyped(other *reader) bool {
	a, typed := r.only()
	b, both := other.only()
	return typed && both && a.Kind == b.Kind && a.Value == b.Value && sameUnit(a.Subject, b.Subject)
}

// sameUnit: a unit that one value leaves out is understood, and so is what a price with or without tax is for.
func sameUnit(a, b string) bool {
	taxed := func(unit string) bool { return strings.HasSuffix(unit, "/ht") || strings.HasSuffix(unit, "/ttc") }
	return a == "" || b == "" || a == b || taxed(a) != taxed(b)
}

// part is the smallest thing two values are compared by.
type part struct {
	form   string
	figure bool // a number, a time, days
}

// rangeSign joins two figures of which the second ends what the first begins: « du 3 au 5 » is not « le 3 et le 5 ».
var rangeSign = part{form: "–", figure: true}

// parts reads a value as figures and words in order. Where there is a figure the words about it are taken by their stems, link words
// apart; where there is none the wording is all there is, and only punctuation is left out.
func (r *reader) parts() []part {
	var out []part
	if r.figures() {
		for i := 0; i < len(r.atoms); {
			out, i = r.part(out, i)
		}
		return out
	}
	for i := range r.atoms {
		if a := &r.atoms[i]; a.kind == word {
			out = append(out, part{form: a.form})
		} else if !punctuates(a) {
			out = append(out, part{form: r.raw(a)})
		}
	}
	return out
}

func (r *reader) figures() bool {
	return slices.ContainsFunc(r.atoms, func(a atom) bool { return a.kind == number || a.kind == word && (a.day > 0 || free(a.form)) })
}

// free is a price of nothing, in any currency.
func free(form string) bool {
	switch form {
	case "gratuit", "gratuite", "gratuits", "gratuites", "gratis", "free":
		return true
	}
	return false
}

// part reads what stands at i and gives where the next stands.
func (r *reader) part(out []part, i int) ([]part, int) {
	atoms := r.atoms
	put := func(form string, next int) ([]part, int) { return append(out, part{form, true}), next }
	if value, next := r.phoneAt(atoms, i); next > i {
		return put(dialled+value, next)
	}
	if sum, ok := r.amountAt(atoms, i); ok {
		unit, end := unitAt(atoms, sum.to)
		if strings.TrimLeft(sum.value, "0") == sum.value {
			return put(sum.value+unit, end)
		}
		return put("0"+unit, end)
	}
	if list, next := r.daysFrom(i); list != nil {
		ranged := slices.ContainsFunc(atoms[i:next], func(a atom) bool { return a.class&(cDash|cTo) != 0 })
		order.Func(list, cmp.Compare[int])
		out = withoutOpener(out, ranged)
		for ranged && next < len(atoms) && inclusive(atoms[next].form) { // a range of days holds its last, said or not
			next++
		}
		days := ""
		for _, d := range list {
			days += strconv.Itoa(d)
		}
		return put("day"+days, next)
	}
	if hours, next := r.ranges(atoms, i); next > i {
		out = withoutOpener(out, true)
		return put(hours, next)
	}
	if minutes, bare, next := timeAt(atoms, i); next > i && !bare {
		return put("t"+strconv.Itoa(minutes), next)
	}
	a := &atoms[i]
	switch {
	case a.kind == number:
		if cents, next := r.numberAt(atoms, i); next > i && (a.form[0] != '0' || len(a.form) <= 2) { // 01000 is no quantity
			return put(strconv.Itoa(cents), next)
		}
		return put("n"+a.form, i+1)
	case a.class&(cDash|cTo) != 0 && (!a.is("a") || a.end-a.start == len("à")):
		return r.dash(out, i)
	case punctuates(a), r.linking(i):
		return out, i + 1
	case a.kind == sign:
		return append(out, part{form: r.raw(a)}), i + 1
	case free(a.form):
		return put("0", i+1)
	case a.month > 0:
		return put("m"+strconv.Itoa(int(a.month)), i+1)
	case a.word != nil && !a.word.Stop && !a.word.Tag:
		return append(out, part{form: a.word.Stem}), i + 1
	}
	return append(out, part{form: a.form}), i + 1
}

// dash reads a dash, or a word from one to the other: a range between two figures, a minus before a number, or punctuation.
func (r *reader) dash(out []part, i int) ([]part, int) {
	atoms, a := r.atoms, &r.atoms[i]
	next := i + 1
	for next < len(atoms) && atoms[next].class&cFrom != 0 && r.linking(next) {
		next++
	}
	begun := len(out) > 0 && out[len(out)-1].figure && out[len(out)-1] != rangeSign
	ends := next < len(atoms) && (atoms[next].kind == number || atoms[next].day > 0 || atoms[next].month > 0 || atoms[next].class&cMoney != 0)
	if _, _, after := timeAt(atoms, next); after > next { // à midi
		ends = true
	}
	switch minus := a.class&cDash != 0 && i+1 < len(atoms) && atoms[i+1].start == a.end && atoms[i+1].kind != word; {
	case begun && ends:
		return append(out, rangeSign), i + 1
	case minus && (i == 0 || atoms[i-1].end < a.start):
		return append(out, part{form: "−"}), i + 1
	case a.kind == word && (ends || !r.linking(i)): // « au 3 mars » is where something ends, « du 3 mars » where it begins
		return append(out, part{form: a.form}), i + 1
	}
	return out, i + 1
}

// daysFrom reads days that begin at i, without the words before them.
func (r *reader) daysFrom(i int) (list []int, next int) {
	a := &r.atoms[i]
	if a.day > 0 || everyDay(a.form) != nil || sevenOfSeven(r.atoms, i) > i {
		return daysAt(r.atoms, i)
	}
	return nil, i
}

// withoutOpener takes off the word that only begins what was now read whole: every day, from Tuesday to Saturday. « From Tuesday »
// alone keeps it.
func withoutOpener(out []part, ranged bool) []part {
	for len(out) > 0 {
		switch out[len(out)-1].form {
		case "tous", "toutes", "every":
		case "from":
			if !ranged {
				return out
			}
		default:
			return out
		}
		out = out[:len(out)-1]
	}
	return out
}

// inclusive words take nothing away from what they follow.
func inclusive(form string) bool {
	switch form {
	case "inclus", "incluse", "compris", "comprise", "included", "inclusive":
		return true
	}
	return false
}

// linking words hold figures together and change none of them. With, without, before, until are not among them, nor is the letter of
// a door or a hall.
func (r *reader) linking(i int) bool {
	switch a := &r.atoms[i]; a.form {
	case "de", "du", "des", "le", "la", "les", "au", "aux", "et", "par", "the", "of", "an", "on", "at", "and", "per":
		return a.class&cUnsure == 0 // dès
	case "d", "l":
		return i+1 < len(r.atoms) && (r.atoms[i+1].is("'") || r.atoms[i+1].is("’"))
	case "a":
		return a.end-a.start == len("à") || r.lang == text.EN && r.s[a.start] == 'a'
	}
	return false
}

// punctuates says that a sign is typography alone. A currency, a plus, a per cent, a star or an address is said.
func punctuates(a *atom) bool {
	if a.kind != sign {
		return false
	}
	c, _ := utf8.DecodeRuneInString(a.form)
	return strings.ContainsRune(",;:.()!…/&'’‘\"«»“”„‹›", c) || a.class&cDash != 0
}

// raw is an atom as it is written: two links are signs alike, and two places.
func (r *reader) raw(a *atom) string { return text.Fold(r.s[a.start:a.end]) }

const dialled = "tel "

// onlyNumberOf: p is a telephone number, and q holds it and no other figure. What is said beside a number is no other number.
func onlyNumberOf(p, q []part) bool {
	if len(p) != 1 || !strings.HasPrefix(p[0].form, dialled) {
		return false
	}
	found := false
	for _, x := range q {
		if x.figure && x != p[0] {
			return false
		}
		found = found || x == p[0]
	}
	return found
}
