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

// Same says that two values say one thing in two writings: the same price, number, hours or date, or the same figures and words in
// the same order. What may be another thing is another; 03/05 in English is of May or of March, as the other value has it.
func Same(x, y Value) bool {
	a, b := newReader(x), newReader(y)
	if a.sameTyped(b) || a.sameParts(b) {
		return true
	}
	a.monthFirst, b.monthFirst = a.lang == text.EN, b.lang == text.EN
	return a.sameParts(b)
}

func (r *reader) sameParts(other *reader) bool {
	p, q := r.parts(), other.parts()
	return len(p) > 0 && alike(p, q) || onlyNumberOf(p, q) || onlyNumberOf(q, p)
}

// alike compares parts. What is spare is understood where one value leaves it out.
func alike(p, q []part) bool {
	for len(p) > 0 && len(q) > 0 {
		switch a, b := &p[0], &q[0]; {
		case *a == *b:
			p, q = p[1:], q[1:]
		case a.spare > b.spare:
			p = p[1:]
		case b.spare > a.spare:
			q = q[1:]
		default:
			return false
		}
	}
	return len(p) == len(q)
}

func newReader(v Value) *reader {
	r := &reader{s: v.Written, lang: v.Lang}
	r.scan(text.Read(v.Written, v.Lang, v.Lang))
	return r
}

// only reads a value that is a price, a telephone number or hours and nothing else.
func (r *reader) only() (st Stated, ok bool) {
	if r.atoms = plain(r.atoms, hourPhrases); r.lang == text.FR {
		r.atoms = plain(r.atoms, phrasesFR)
	} else {
		r.atoms = plain(r.atoms, phrasesEN)
	}
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
	spare  int8 // of a date, 1 its day of the week, 2 its year
}

// rangeSign joins two figures of which the second ends what the first begins: « du 3 au 5 » is not « le 3 et le 5 ».
var rangeSign = part{form: "–", figure: true}

// parts reads a value as figures and words in order. Where there is a figure the words about it are taken by their stems, link words
// apart; where there is none the wording is all there is, and only punctuation is left out.
func (r *reader) parts() []part {
	r.out, r.clause = nil, 0
	if r.figures() {
		for i := 0; i < len(r.atoms); {
			i = r.part(i)
		}
		return r.out
	}
	for i := range r.atoms {
		if a := &r.atoms[i]; a.kind == word {
			r.put(a.form, false)
		} else if !punctuates(a) {
			r.put(r.raw(a), false)
		}
	}
	return r.out
}

func (r *reader) put(form string, figure bool) {
	r.out = append(r.out, part{form: form, figure: figure})
}

// last is the part before, if there is one.
func (r *reader) last() *part {
	if len(r.out) == 0 {
		return &part{}
	}
	return &r.out[len(r.out)-1]
}

func (r *reader) figures() bool {
	return slices.ContainsFunc(r.atoms, func(a atom) bool { return a.kind == number || a.kind == word && (a.day > 0 || free(a.form)) })
}

// listed says that a form is among the words of a list.
func listed(list, form string) bool { return strings.Contains(list, " "+form+" ") }

// free is a price of nothing, in any currency.
func free(form string) bool { return listed(" gratuit gratuite gratuits gratuites gratis free ", form) }

// part reads what stands at i and gives where the next stands.
func (r *reader) part(i int) (next int) {
	if next = r.figure(i); next > i {
		return next
	}
	switch a := &r.atoms[i]; {
	case a.class&(cDash|cTo) != 0 && (!a.is("a") || a.end-a.start == len("à")):
		r.dash(i)
	case punctuates(a), r.linking(i):
		if a.class&(cAnd|cSeparator) != 0 && a.class&cColon == 0 {
			r.clause = len(r.out)
		}
	case a.kind == sign:
		r.put(r.raw(a), false)
	case free(a.form):
		r.price("0", i+1)
	case a.month > 0:
		r.put("m"+strconv.Itoa(int(a.month)), true)
	case a.word != nil && !a.word.Stop && !a.word.Tag:
		r.put(a.word.Stem, false)
	default:
		r.put(a.form, false)
	}
	return i + 1
}

// figure reads a date, a number, a sum, days or a time; next = i where none stands.
func (r *reader) figure(i int) (next int) {
	atoms := r.atoms
	date, next := figuredDate(atoms, i, r.monthFirst)
	if next == i {
		date, next = dateAt(atoms, i)
	}
	if next > i {
		if day := r.last(); len(day.form) == len("day1") && day.figure && day.form[:3] == "day" {
			day.spare = 1
		}
		if y, rest, _ := strings.Cut(date, "-"); len(y) == len("2026") {
			r.put(y, true)
			r.last().spare = 2
			date = rest
		}
		r.put(date, true)
		return next
	}
	value, next := r.phoneAt(atoms, i)
	if next > i {
		r.put(dialled+value, true)
		return next
	}
	if sum, ok := r.amountAt(atoms, i); ok {
		unit, end := unitAt(atoms, sum.to)
		if strings.TrimLeft(sum.value, "0") != sum.value {
			sum.value = "0"
		}
		r.price(sum.value+unit, end)
		return end
	}
	list, next := r.daysFrom(i)
	if list != nil {
		ranged := slices.ContainsFunc(atoms[i:next], func(a atom) bool { return a.class&(cDash|cTo) != 0 })
		order.Func(list, cmp.Compare[int])
		r.withoutOpener(ranged)
		for ranged && next < len(atoms) && inclusive(atoms[next].form) { // a range of days holds its last, said or not
			next++
		}
		days := "day"
		for _, d := range list {
			days += strconv.Itoa(d)
		}
		r.put(days, true)
		return next
	}
	hours, bare, next := r.ranges(atoms, i)
	if next > i && (!bare || i == 0 && next == len(atoms) || strings.HasPrefix(r.last().form, "day")) { // 9–5 is hours after days, and where it is the whole value
		r.withoutOpener(true)
		r.put(hours, true)
		return next
	}
	m, next := timeAt(atoms, i)
	if next > i && !m.bare {
		r.put("t"+strconv.Itoa(m.minutes), true)
		return next
	}
	a := &atoms[i]
	if a.kind != number {
		return i
	}
	cents, next := r.numberAt(atoms, i)
	if next > i && (a.form[0] != '0' || len(a.form) <= 2) { // 01000 is no quantity
		r.put(strconv.Itoa(cents), true)
		return next
	}
	r.put("n"+a.form, true)
	return i + 1
}

// price puts a price before the words of its clause: « Adulte 10 € » is « 10 € adulte ». One end of a range stays where it is.
func (r *reader) price(form string, next int) {
	r.put(form, true)
	if next < len(r.atoms) && r.atoms[next].class&(cDash|cTo) != 0 {
		return
	}
	last := len(r.out) - 1
	for i := r.clause; i < last; i++ {
		if r.out[i].figure {
			return
		}
	}
	if r.clause < last {
		p := r.out[last]
		copy(r.out[r.clause+1:], r.out[r.clause:])
		r.out[r.clause], r.clause = p, last+1
	}
}

// dash reads a dash, or a word from one to the other: a range between two figures, a minus before a number, or punctuation.
func (r *reader) dash(i int) {
	atoms, a := r.atoms, &r.atoms[i]
	next := i + 1
	for next < len(atoms) && atoms[next].class&cFrom != 0 && r.linking(next) {
		next++
	}
	begun := r.last().figure && *r.last() != rangeSign
	ends := next < len(atoms) && (atoms[next].kind == number || atoms[next].day > 0 || atoms[next].month > 0 || atoms[next].class&cMoney != 0)
	if _, after := timeAt(atoms, next); after > next { // à midi
		ends = true
	}
	switch minus := a.class&cDash != 0 && i+1 < len(atoms) && atoms[i+1].start == a.end && atoms[i+1].kind != word; {
	case begun && ends:
		r.out = append(r.out, rangeSign)
	case minus && (i == 0 || atoms[i-1].end < a.start):
		r.put("−", false)
	case a.kind == word && (ends || !r.linking(i)): // « au 3 mars » is where something ends, « du 3 mars » where it begins
		r.put(a.form, false)
	}
}

// daysFrom reads days that begin at i, without the words before them.
func (r *reader) daysFrom(i int) (list []int, next int) {
	a := &r.atoms[i]
	if namesDays(a) {
		return daysAt(r.atoms, i)
	}
	return nil, i
}

// withoutOpener takes off the word that only begins what was now read whole: every day, from Tuesday to Saturday. « From Tuesday »
// alone keeps it.
func (r *reader) withoutOpener(ranged bool) {
	for listed(" tous toutes every ", r.last().form) || ranged && r.last().form == "from" {
		r.out = r.out[:len(r.out)-1]
	}
}

// inclusive words take nothing away from what they follow.
func inclusive(form string) bool {
	return listed(" inclus incluse compris comprise included inclusive ", form)
}

// linking words hold figures together and change none of them. With, without, before, until are not among them, nor is the letter of
// a door or a hall.
func (r *reader) linking(i int) bool {
	a := &r.atoms[i]
	switch {
	case listed(" de du des le la les au aux et par the of an on at and per ", a.form):
		return a.class&cUnsure == 0 // dès
	case a.is("d"), a.is("l"):
		return i+1 < len(r.atoms) && (r.atoms[i+1].is("'") || r.atoms[i+1].is("’"))
	}
	return a.is("a") && (a.end-a.start == len("à") || r.lang == text.EN && r.s[a.start] == 'a')
}

// punctuates says that a sign is typography alone. A currency, a plus, a per cent, a star or an address is said.
func punctuates(a *atom) bool {
	if a.kind != sign {
		return false
	}
	c, _ := utf8.DecodeRuneInString(a.form)
	return strings.ContainsRune(",;:.()!…/&'’‘\"«»“”„‹›™®", c) || a.class&cDash != 0
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
