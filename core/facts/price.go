package facts

import (
	"slices"
	"strconv"
	"strings"

	"unisson/core/text"
)

// amount is a sum of money among atoms.
type amount struct {
	from, to int // atoms
	value    string
}

// amountAt reads £8, 8 €, 8,50 €, 8€50, 1 200 euros, CHF 8.–.
func (r *reader) amountAt(atoms []atom, i int) (m amount, ok bool) {
	m.from = i
	currency := ""
	if i < len(atoms) && atoms[i].class&cMoney != 0 && (atoms[i].kind == sign || atoms[i].is("chf") || atoms[i].is("eur")) {
		currency = atoms[i].form
		i++
	}
	cents, next := r.numberAt(atoms, i)
	if next == i {
		return m, false
	}
	if currency == "" {
		if next == len(atoms) {
			return m, false
		}
		pence := r.lang == text.EN && atoms[next].is("p") && atoms[next].start == atoms[i].end && len(atoms[i].form) < 3 // 50p, and not 720p
		if pence {
			cents /= 100
		} else if atoms[next].class&cMoney == 0 {
			return m, false
		}
		currency = atoms[next].form
		next++
		if next < len(atoms) && atoms[next].kind == number && len(atoms[next].form) == 2 && atoms[next].start == atoms[next-1].end && cents%100 == 0 {
			more, _ := strconv.Atoi(atoms[next].form) // 8€50
			cents += more
			next++
		}
	}
	if next+1 < len(atoms) && atoms[next].is(".") && atoms[next+1].class&cDash != 0 && atoms[next].start == atoms[next-1].end {
		next += 2 // no centimes: 8.–
	}
	switch currency[0] {
	case 'e':
		currency = "€"
	case 'p':
		currency = "£"
	case 'd':
		currency = "$"
	case 'c', 'f': // chf, francs
		currency = "CHF"
	}
	m.to, m.value = next, strconv.Itoa(cents)+currency
	return m, true
}

// numberAt reads a number with its grouping and decimal signs, in hundredths; next = i where there is none.
func (r *reader) numberAt(atoms []atom, i int) (cents, next int) {
	if i >= len(atoms) || atoms[i].kind != number || len(atoms[i].form) > 6 {
		return 0, i
	}
	whole, _ := strconv.Atoi(atoms[i].form)
	next = i + 1
	for next < len(atoms) {
		mark := next // of a sign between two groups of digits
		if point := atoms[next]; (point.is(",") || point.is(".")) && next+1 < len(atoms) && point.start == atoms[next-1].end && atoms[next+1].start == point.end {
			mark++
		}
		group := atoms[mark]
		if group.kind != number || mark == next && group.start-atoms[next-1].end > len("\u202F") {
			break
		}
		more, _ := strconv.Atoi(group.form)
		switch {
		case len(group.form) == 3 && len(atoms[i].form) <= 3 && whole < 1e6:
			whole = 1000*whole + more
			next = mark + 1
			continue
		case mark > next && len(group.form) == 2:
			return 100*whole + more, mark + 1
		case mark > next && len(group.form) == 1:
			return 100*whole + 10*more, mark + 1
		}
		break
	}
	return 100 * whole, next
}

// readPrices finds each sum with the thing beside it: « Adhésion annuelle : 20 € », "Membership is £20 a year".
func (r *reader) readPrices(atoms []atom) {
	if slices.ContainsFunc(atoms, doubtful) {
		return
	}
	var told []passage
	for i := 0; i < len(atoms); {
		m, ok := r.amountAt(atoms, i)
		if !ok {
			i++
			continue
		}
		i = m.to
		unit, end := unitAt(atoms, m.to)
		from, to, sure := r.label(atoms, m.from)
		p := passage{from: from, to: end}
		n, fits := r.subject(atoms[from:to], Price)
		priced := sure || slices.ContainsFunc(atoms[from:to], func(a atom) bool { return a.class&cPriced != 0 })
		if !alternative(atoms, m) && endsAt(atoms, end) && fits && len(n.stems) > 0 && priced {
			p.says = &Stated{Kind: Price, Subject: join(n.stems, unit), Label: r.written(atoms[from:to]), Value: m.value, General: n.general,
				Start: int32(atoms[m.from].start), End: int32(atoms[m.to-1].end)}
		}
		told = append(told, p)
	}
	r.stateQualified(atoms, told, cPriceWord)
}

func doubtful(a atom) bool { return a.class&cUnsure != 0 || a.month > 0 }

// alternative: one end of a range, one of two prices, a difference, or millions.
func alternative(atoms []atom, m amount) bool {
	figure := func(i int) bool {
		return i >= 0 && i < len(atoms) && (atoms[i].kind == number || atoms[i].class&cMoney != 0)
	}
	between := func(i int) bool {
		if i < 0 || i >= len(atoms) {
			return false
		}
		a := &atoms[i]
		return a.class&(cDash|cTo) != 0 || a.is("/") || a.is("ou") || a.is("or") || a.is("+")
	}
	if between(m.from-1) && (figure(m.from-2) || m.from > 1 && atoms[m.from-1].kind == sign && atoms[m.from-1].end == atoms[m.from].start && atoms[m.from-1].start > atoms[m.from-2].end || m.from == 1 && atoms[0].kind == sign) {
		return true
	}
	if between(m.to) && figure(m.to+1) {
		return true
	}
	return m.to < len(atoms) && listed(" k m md bn million millions milliard milliards billion thousand ", atoms[m.to].form)
}

// What a price is for each of, by its words: those that say it whole, those that follow par or a.
const (
	wholeUnits = " ht=ht ttc=ttc each=person chacun=person chacune=person ea=person pp=person "
	units      = " kg=kg kilo=kg kilogramme=kg h=h heure=h hour=h hr=h an=year annee=year year=year yr=year annum=year mois=month month=month jour=day day=day nuit=night nuitee=night night=night personne=person pers=person person=person head=person tete=person piece=piece unite=piece pint=pint pinte=pint bottle=bottle bouteille=bottle glass=glass verre=glass seance=session session=session litre=litre botte=botte barquette=barquette trimestre=term term=term metre=metre page=page ligne=ligne "
)

// inTable gives what a form stands for in " form=meaning form=meaning "; "" for nothing.
func inTable(table, form string) (meaning string) {
	if _, rest, found := strings.Cut(table, " "+form+"="); found {
		meaning, _, _ = strings.Cut(rest, " ")
	}
	return meaning
}

// unitAt reads what a price is for each of: par mois, a month, /kg, la nuit. end is after it; "" and i where there is none.
func unitAt(atoms []atom, i int) (unit string, end int) {
	at := i
	for at < len(atoms) && at < i+2 && (atoms[at].class&cUnit != 0 || atoms[at].is("/") || atoms[at].is("'") || atoms[at].is("’")) {
		if at++; atoms[at-1].is("par") || atoms[at-1].is("/") { // par an, /an: the year, not the article of English
			break
		}
	}
	if at == i {
		return "", i
	}
	if unit = inTable(wholeUnits, atoms[at-1].form); unit != "" {
		return "/" + unit, at
	}
	for at < len(atoms) && (atoms[at].class&cUnit != 0 && !atoms[at].is("a") && !atoms[at].is("an") || atoms[at].is("'") || atoms[at].is("’")) { // de l’heure
		at++
	}
	if at == len(atoms) || atoms[at].kind != word {
		return "", i
	}
	if unit = inTable(units, atoms[at].form); unit == "" {
		return "", i
	}
	end = at + 1
	if atoms[at].is("pers") && end < len(atoms) && atoms[end].is(".") {
		end++
	}
	return "/" + unit, end
}

// endsAt says that nothing is added to what was said: a sign, the end, or the next thing and its price.
func endsAt(atoms []atom, i int) bool {
	if i >= len(atoms) {
		return true
	}
	if atoms[i].class&cAnd != 0 {
		return slices.ContainsFunc(atoms[i:min(len(atoms), i+8)], func(a atom) bool { return a.class&cMoney != 0 })
	}
	return atoms[i].kind == sign && !atoms[i].is("+") && !atoms[i].is("*")
}

// label finds the name before a price. sure: a colon or a verb joins them.
func (r *reader) label(atoms []atom, price int) (from, to int, sure bool) {
	to = price
	back := func(ok func(*atom) bool) bool {
		if to > 0 && ok(&atoms[to-1]) {
			to--
			return true
		}
		return false
	}
	if back(func(a *atom) bool { return a.class&cColon != 0 }) {
		sure = true
	} else if !back(func(a *atom) bool { return a.class&cDash != 0 }) {
		back(func(a *atom) bool { return a.is("only") || a.is("just") || a.is("seulement") })
		if back(func(a *atom) bool { return a.is("at") || a.is("a") && a.end-a.start == len("à") }) {
			sure = true
		} else if to > 1 && atoms[to-1].is("de") && atoms[to-2].class&cIs != 0 {
			to--
		}
		if back(func(a *atom) bool { return a.class&cIs != 0 }) {
			sure = true
		}
	}
	from = to
	for from > 0 {
		a := &atoms[from-1]
		if a.class&cMoney != 0 || a.kind == sign && a.class&cJoin == 0 || a.class&cAnd != 0 && from > 1 && (atoms[from-2].class&cMoney != 0 || atoms[from-2].kind == number) {
			break
		}
		from--
	}
	for from < to && atoms[from].class&(cLink|cJoin) != 0 {
		from++
	}
	return from, to, sure
}

// onlyPrice: the atoms are a price and its unit, and nothing else.
func (r *reader) onlyPrice(atoms []atom) bool {
	m, ok := r.amountAt(atoms, 0)
	if !ok {
		return false
	}
	unit, end := unitAt(atoms, m.to)
	if end < len(atoms) {
		return false
	}
	r.state(Stated{Kind: Price, Subject: unit, Value: m.value})
	return true
}
