package facts

import (
	"slices"
	"strings"
)

// leastDialled is how many digits a number has that is read as a telephone's, at least.
const leastDialled = 9

// mostDialled is how many a number is written with, at most: 00 or +, a country's, and what is dialled there.
const mostDialled = 15

// phoneAt reads a telephone number as people write one; next = i where there is none.
func (r *reader) phoneAt(atoms []atom, i int) (value string, next int) {
	var digits strings.Builder
	plus := i < len(atoms) && atoms[i].is("+")
	at := i
	if plus {
		at++
	}
	end, groups := at, 0
	for at < len(atoms) {
		a := &atoms[at]
		if a.kind == number {
			if a.is("0") && groups > 0 && plus && atoms[at-1].is("(") { // +33 (0)4: the 0 is not dialled
				at++
				continue
			}
			if digits.WriteString(a.form); digits.Len() > mostDialled { // a column of figures: no more of it is looked at than that
				return "", i
			}
			groups++
			at++
			end = at
			continue
		}
		joins := a.is(".") || a.is("-") || a.is("‑") || a.is(")") && at+1 < len(atoms) && atoms[at+1].kind == number || a.is("(")
		if !joins || digits.Len() == 0 && !a.is("(") {
			break
		}
		at++
	}
	n := digits.String()
	switch {
	case plus && strings.HasPrefix(n, "33") && len(n) == 11, plus && strings.HasPrefix(n, "44") && len(n) >= 11 && len(n) <= 12:
		n = "0" + n[2:]
	case strings.HasPrefix(n, "0033") && len(n) == 13:
		n = "0" + n[4:]
	case plus && strings.HasPrefix(n, "1") && len(n) == 11:
		n = n[1:]
	case plus && len(n) >= 9 && len(n) <= 13:
		n = "+" + n
	case !plus && n != "" && n[0] == '0' && len(n) >= 10 && len(n) <= 11 && n[1] != '0':
	case !plus && len(n) == 11 && groups == 4 && n[1] >= '2' && atoms[i].is("1") && len(atoms[end-1].form) == 4: // 1-800-555-0199
		n = n[1:]
	case !plus && len(n) == 10 && groups == 3 && n[0] >= '2': // 555-010-1234
	default:
		return "", i
	}
	return n, end
}

// phoneClass parts mobiles and numbers at a special rate from the rest: an organisation has one of each.
func phoneClass(n string) string {
	switch {
	case strings.HasPrefix(n, "06"), strings.HasPrefix(n, "07"):
		return "mobile"
	case strings.HasPrefix(n, "08"), strings.HasPrefix(n, "03") && len(n) == 11:
		return "special"
	}
	return ""
}

// readPhones finds each number with what it is the number of; the organisation's own where nothing is named.
func (r *reader) readPhones(atoms []atom) {
	if digitsIn(atoms) < leastDialled || slices.ContainsFunc(atoms, doubtful) {
		return
	}
	atoms = plain(atoms, hourPhrases) // when somebody answers
	var told []passage
	for i := 0; i < len(atoms); {
		value, next := r.phoneAt(atoms, i)
		if next == i {
			i++
			continue
		}
		first := i
		i = next
		from := first
		for from > 0 && (atoms[from-1].kind == word || atoms[from-1].class&(cJoin|cColon) != 0 || atoms[from-1].is(".") && from > 1 && atoms[from-2].class&cAbbreviation != 0) {
			from--
		}
		label := atoms[from:first]
		p := passage{from: from, to: next}
		if n, fits := r.subject(label, Phone); fits && !continued(atoms, next) {
			calls := slices.ContainsFunc(label, func(a atom) bool { return a.class&cCalls != 0 })
			p.says = &Stated{Kind: Phone, Subject: join(n.stems, ""), Label: r.name(label, cPhoneWord), Value: value, Self: n.self && calls && len(r.headed) == 0, Start: int32(atoms[first].start), End: int32(atoms[next-1].end)}
		}
		if _, _, end := r.schedule(week{}, atoms, skip(atoms, next)); end > skip(atoms, next) {
			p.to = end // when somebody answers does not make it another number
		}
		told = append(told, p)
	}
	r.stateQualified(atoms, told, cPhoneWord)
}

func digitsIn(atoms []atom) (n int) {
	for i := range atoms {
		if atoms[i].kind == number {
			n += len(atoms[i].form)
		}
	}
	return n
}

// continued: an extension, another number, or what it is for, said after it.
func continued(atoms []atom, next int) bool {
	if next == len(atoms) {
		return false
	}
	a := &atoms[next]
	return a.kind == number || a.is("(") || a.is("/") || a.kind == word && a.day == 0 && a.class&cFrom == 0
}

func (r *reader) onlyPhone(atoms []atom) bool {
	value, next := r.phoneAt(atoms, 0)
	if next == 0 || next < len(atoms) {
		return false
	}
	r.state(Stated{Kind: Phone, Value: value})
	return true
}
