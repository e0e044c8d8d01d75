package facts

import (
	"slices"
	"strconv"
	"strings"
)

// readDates finds the day a named event takes place: « La fête des récoltes aura lieu le samedi 12 octobre », "Harvest fair: 12 October".
// Two dates in a sentence are a series or a change, and neither is read.
func (r *reader) readDates(atoms []atom) {
	from, value, next := -1, "", 0
	for i := range atoms {
		if atoms[i].class&cMoved != 0 && atoms[i].class&cTakesPlace == 0 {
			return
		}
		if i < next {
			continue
		}
		if v, end := dateAt(atoms, i); end > i {
			if from >= 0 {
				return
			}
			from, value, next = i, v, end
		}
	}
	if from < 0 || next < len(atoms) && (atoms[next].class&(cAnd|cTo|cDash|cUnsure) != 0 || atoms[next].kind == number) {
		return
	}
	to := from
	for to > 0 && (atoms[to-1].class&cFrom != 0 || atoms[to-1].day > 0) {
		to--
	}
	joined := to
	for joined > 0 && (atoms[joined-1].class&(cTakesPlace|cColon) != 0 || atoms[joined-1].is("sera") || atoms[joined-1].is("will") || atoms[joined-1].is("be")) {
		joined--
	}
	if joined == to || slices.ContainsFunc(atoms[:joined], func(a atom) bool { return doubtful(a) && a.class&cSeason == 0 }) {
		return
	}
	n, fits := r.subject(atoms[:joined], Date)
	if !fits || n.self || n.general || len(n.stems) < 2 {
		return
	}
	r.state(Stated{Kind: Date, Where: r.place(atoms[next:]), Subject: join(n.stems, ""), Label: r.name(atoms[:joined], 0), Value: value, Start: int32(atoms[from].start), End: int32(atoms[next-1].end)})
}

// place gives what may be where it takes place: what is said after the date, and a name before it all.
func (r *reader) place(after []atom) (where string) {
	named := slices.ContainsFunc(r.headed, func(a atom) bool { return a.word != nil && a.word.Name })
	if named || len(r.headed) == 1 {
		after = append(slices.Clone(r.headed), after...)
	}
	for _, a := range after {
		if a.word != nil && !a.word.Stop {
			where += a.word.Stem + ","
		}
	}
	return strings.TrimSuffix(where, ",")
}

// dateAt reads 12 octobre, 1er mars 2027, 12th October, October 12: month-day, with the year before where there is one.
func dateAt(atoms []atom, i int) (value string, next int) {
	at := func(i int) *atom {
		if i < len(atoms) {
			return &atoms[i]
		}
		return &atom{kind: sign}
	}
	day := func(i int) (d, next int) {
		if a := at(i); a.kind != number || len(a.form) > 2 {
			return 0, i
		}
		d, _ = strconv.Atoi(at(i).form)
		switch next = i + 1; at(next).form {
		case "er", "st", "nd", "rd", "th":
			next++
		}
		if d < 1 || d > 31 {
			return 0, i
		}
		return d, next
	}
	month := func(i int) int {
		if a := at(i); a.kind == word {
			return int(a.month)
		}
		return 0
	}
	d, end := day(i)
	m := month(end)
	if d > 0 && m > 0 {
		end++
	} else if m = month(i); m > 0 {
		if d, end = day(i + 1); d == 0 {
			return "", i
		}
	} else {
		return "", i
	}
	value = strconv.Itoa(m) + "-" + strconv.Itoa(d)
	year := end
	if at(year).is(",") {
		year++
	}
	if y := at(year); y.kind == number && len(y.form) == 4 && (y.form[:2] == "19" || y.form[:2] == "20") {
		value, end = y.form+"-"+value, year+1
	}
	return value, end
}

// figuredDate reads 2026-10-12, 12/10/2026, 12.10.2026, 12/10/26; next = i where there is none. monthFirst: as in America.
func figuredDate(atoms []atom, i int, monthFirst bool) (value string, next int) {
	if next = i + 5; next > len(atoms) || !strings.Contains("/-.", atoms[i+1].form) || !atoms[i+3].is(atoms[i+1].form) {
		return "", i
	}
	year, month, day := atoms[i].form, atoms[i+2].form, atoms[i+4].form
	if atoms[next-1].end-atoms[i].start != len(year)+len(month)+len(day)+2 {
		return "", i
	}
	if len(year) < 4 {
		if year, day = day, year; monthFirst {
			month, day = day, month
		}
	}
	if len(year) == 2 && atoms[i+1].is("/") {
		year = "20" + year
	}
	if len(year) != 4 || len(month) > 2 || len(day) > 2 || !figured(year) {
		return "", i
	}
	return year + "-" + strings.TrimLeft(month, "0") + "-" + strings.TrimLeft(day, "0"), next
}

// nearDays is how far apart two dates of one event may be to be one date written twice. Further apart they may be two sessions of it.
const nearDays = 6

// datesContradict: where only one of them tells its year, the other may be of any.
func datesContradict(a, b string) bool {
	y1, m1, d1 := dateOf(a)
	y2, m2, d2 := dateOf(b)
	if y1 != y2 {
		return y1 > 0 && y2 > 0 && m1 == m2 && d1 == d2 // the same day, of another year
	}
	apart := (m1*31 + d1) - (m2*31 + d2)
	return apart != 0 && max(apart, -apart) <= nearDays
}

// OverOn says that an event whose date has its year was over on a day, YYYY-MM-DD: what is said then is of another.
func (a *Stated) OverOn(day string) bool {
	if a.Kind != Date || len(day) < len("2006-01-02") {
		return false
	}
	y, m, d := dateOf(a.Value)
	year, month, date := dateOf(day[:len("2006-01-02")])
	return y > 0 && (y*12+m)*31+d < (year*12+month)*31+date
}

// In gives a date that is said without its year the one it has for who says it on a day, YYYY-MM-DD: that of the next such day.
func (a *Stated) In(said string) {
	if a.Kind != Date || len(said) < len("2006-01-02") {
		return
	}
	if year, month, day := dateOf(a.Value); year == 0 {
		now, m, d := dateOf(said[:len("2006-01-02")])
		if month < m || month == m && day < d {
			now++
		}
		a.Value = strconv.Itoa(now) + "-" + a.Value
	}
}

func dateOf(value string) (year, month, day int) {
	parts := strings.Split(value, "-")
	if len(parts) == 3 {
		year, _ = strconv.Atoi(parts[0])
		parts = parts[1:]
	}
	month, _ = strconv.Atoi(parts[0])
	day, _ = strconv.Atoi(parts[1])
	return year, month, day
}
