package facts

import (
	"slices"
	"strconv"
	"strings"
)

// week holds the opening ranges of each day, Monday first: "600-720,840-1080" in minutes, "" where nothing is said.
type week [7]string

// readHours finds the hours something is open: « Ouvert du mardi au samedi de 10 h à 19 h », "We're open Tue–Sat, 10am–6pm". lead: the
// line before announced them, or told some; the answer says whether this one does.
func (r *reader) readHours(atoms []atom, lead bool) (announced bool) {
	opens := func(a atom) bool { return a.class&cOpens != 0 && a.kind == word }
	if !lead && !slices.ContainsFunc(atoms, opens) {
		return false
	}
	if digitsIn(atoms) > 0 {
		atoms = plain(atoms, hourPhrases)
	}
	if slices.ContainsFunc(atoms, func(a atom) bool { return doubtful(a) && a.day == 0 }) {
		return false
	}
	cue := slices.IndexFunc(atoms, opens)
	start := slices.IndexFunc(atoms[max(cue, 0):], func(a atom) bool {
		return a.kind == number || namesDays(&a)
	})
	if start < 0 { // « Horaires de la boutique : », and the lines that follow
		if n, fits := r.subject(atoms, Hours); cue >= 0 && fits {
			r.lead, r.leadLabel, r.block = n, r.name(atoms, cHoursWord), 0
			r.aside = r.aside || len(n.stems) > 0
			return true
		}
		return false
	}
	start += max(cue, 0)
	head := atoms[:start]
	for len(head) > 0 && (head[len(head)-1].class&(cFrom|cSeparator|cDash|cTo) != 0) {
		head = head[:len(head)-1]
	}
	n, fits := r.subject(head, Hours)
	labelled := slices.ContainsFunc(head, func(a atom) bool { return listed(" horaire horaires hours times ouverture ", a.form) })
	more := lead && !labelled && len(n.stems) == 0
	var w week
	if more && r.block > 0 {
		w = r.week
	}
	w, told, end := r.schedule(w, atoms, start)
	if !fits || end == start || told < 2 && !lead && !(labelled && len(n.stems) == 0) || !idle(atoms[end:]) {
		r.aside = true
		return lead && end > start
	}
	r.week = w
	value, last := strings.Join(w[:], "|"), int32(atoms[end-1].end)
	if more && r.block > 0 {
		block := &r.found[r.block-1]
		block.Value, block.End = value, last
		return true
	}
	if !more {
		r.lead, r.leadLabel = n, r.name(head, cHoursWord)
	}
	r.state(Stated{Kind: Hours, Subject: join(r.lead.stems, ""), Label: r.leadLabel, Value: value, Self: r.lead.self && len(r.headed) == 0, Start: int32(atoms[start].start), End: last})
	if r.block = len(r.found); len(r.lead.stems) == 0 && (lead || labelled) {
		r.aside = r.aside || r.opening > 0
		r.opening = r.block
	}
	return lead || labelled
}

func (r *reader) onlyHours(atoms []atom) bool {
	start := 0
	for start < len(atoms) && atoms[start].class&(cFrom|cOpens|cColon) != 0 && !namesDays(&atoms[start]) {
		start++
	}
	w, told, end := r.schedule(week{}, atoms, start)
	if told == 0 || end < len(atoms) {
		return false
	}
	r.state(Stated{Kind: Hours, Value: strings.Join(w[:], "|")})
	return true
}

// everyDay gives the first and the last of the days that a word names by itself; 0 where it names none.
func everyDay(form string) (from, to int) {
	switch {
	case listed(" jours daily day ", form):
		return 1, 7
	case listed(" weekday weekdays ", form):
		return 1, 5
	case listed(" weekend weekends ", form):
		return 6, 7
	}
	return 0, 0
}

// namesDays says that an atom is a day, or days by itself.
func namesDays(a *atom) bool {
	from, _ := everyDay(a.form)
	return a.kind == word && (a.day > 0 || from > 0)
}

// schedule adds to a week: days with their ranges, ranges with their days after them, and days when it is closed; end = i where there
// is none whole.
func (r *reader) schedule(w week, atoms []atom, i int) (_ week, named, end int) {
	end = i
	put := func(list []int, ranges string) {
		for _, d := range list {
			if w[d-1] == "" {
				named++
				w[d-1] = ranges
			} else {
				w[d-1] += "," + ranges
			}
		}
	}
	for at := i; ; at = skip(atoms, end) {
		if ranges, _, next := r.ranges(atoms, at); next > at { // de 10 h à 19 h, du mardi au samedi
			list, after := daysAt(atoms, skip(atoms, next))
			if ranges == "0-1440" && next == len(atoms) { // 24h/24
				list, after = []int{1, 2, 3, 4, 5, 6, 7}, next
			}
			if list == nil {
				return week{}, 0, i
			}
			put(list, ranges)
			end = after
			continue
		}
		shut := at < len(atoms) && atoms[at].class&cShut != 0
		if shut {
			at++
		}
		list, next := daysAt(atoms, at)
		if list == nil {
			return w, named, end
		}
		if after := skip(atoms, next); !shut && after < len(atoms) && atoms[after].class&cShut != 0 && (after+1 == len(atoms) || atoms[after+1].kind == sign) {
			shut, next = true, after+1
		}
		if shut {
			for _, d := range list {
				w[d-1] = ""
			}
			end = next
			continue
		}
		ranges, _, after := r.ranges(atoms, skip(atoms, next))
		if after == skip(atoms, next) {
			return week{}, 0, i
		}
		put(list, ranges)
		end = after
	}
}

// skip steps over what may stand between days and hours.
func skip(atoms []atom, i int) int {
	for i < len(atoms) && atoms[i].class&(cSeparator|cDash|cAnd|cFrom) != 0 && !namesDays(&atoms[i]) {
		i++
	}
	return i
}

// daysAt reads mardi, mardi et jeudi, du mardi au samedi, Tue–Sat, tous les jours, every day.
func daysAt(atoms []atom, i int) (out []int, next int) {
	day := func(i int) int {
		if i < len(atoms) && atoms[i].kind == word {
			return int(atoms[i].day)
		}
		return 0
	}
	for at := i; ; {
		for at < len(atoms) && (atoms[at].class&cFrom != 0 || out != nil && (atoms[at].class&cAnd != 0 || atoms[at].is(",") || atoms[at].is("/"))) {
			at++
		}
		from := day(at)
		to := from
		if from == 0 && at < len(atoms) && out == nil && namesDays(&atoms[at]) {
			from, to = everyDay(atoms[at].form)
		}
		if from == 0 {
			return out, i
		}
		at++
		if at < len(atoms) && atoms[at].is(".") {
			at++
		}
		if from == to && at+1 < len(atoms) && (atoms[at].class&(cDash|cTo) != 0) && day(at+1) > 0 {
			to = day(at + 1)
			at += 2
			if at < len(atoms) && atoms[at].is(".") {
				at++
			}
		}
		for d := from; ; d = d%7 + 1 {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
			if d == to {
				break
			}
		}
		i = at
	}
}

// ranges reads 10 h–12 h, 10h à 12h et de 14h à 18h, 10am to 6pm; next = i where there is none. bare: figures alone, as 9–5.
func (r *reader) ranges(atoms []atom, i int) (out string, bare bool, next int) {
	for at := i; ; {
		from, after := timeAt(atoms, at)
		if after == at || after >= len(atoms) || atoms[after].class&(cDash|cTo) == 0 {
			return out, bare, i
		}
		to, end := timeAt(atoms, after+1)
		if end == after+1 {
			return out, bare, i
		}
		if out != "" {
			out += ","
		}
		out += span(from, to)
		bare = bare || to.bare
		i, at = end, end
		for at < len(atoms) && (atoms[at].class&(cAnd|cFrom) != 0 || atoms[at].is(",") || atoms[at].is("/")) {
			at++
		}
		if at == end {
			return out, bare, i
		}
	}
}

// span writes a range. Of a time that does not say its half of the day, it is the half that makes a day's hours: 9–5, 2–6pm, 1.30–4.
func span(from, to moment) string {
	switch {
	case from.half && !to.ofDay && from.minutes < 8*60 && to.minutes > 720 && from.minutes+720 < to.minutes:
		from.minutes += 720
	case to.half && !from.ofDay && to.minutes <= from.minutes && from.minutes < to.minutes+720:
		to.minutes += 720
	case from.half && to.half && from.minutes < 5*60 && to.minutes < 720:
		from.minutes, to.minutes = from.minutes+720, to.minutes+720
	}
	return strconv.Itoa(from.minutes) + "-" + strconv.Itoa(to.minutes)
}

// moment is a time of the day.
type moment struct {
	minutes int
	bare    bool // a figure and nothing that makes it a time
	half    bool // of twelve hours, and which half of the day is not said
	ofDay   bool // of twenty-four hours
}

// timeAt reads 10 h, 10h30, 10:30, 9.30am, 5 p.m., noon.
func timeAt(atoms []atom, i int) (m moment, next int) {
	if i >= len(atoms) {
		return m, i
	}
	switch atoms[i].form {
	case "midi", "noon":
		return moment{minutes: 720}, i + 1
	case "minuit", "midnight":
		return moment{minutes: 1440}, i + 1
	}
	if atoms[i].kind != number || len(atoms[i].form) > 2 {
		return m, i
	}
	hour, _ := strconv.Atoi(atoms[i].form)
	next, m.bare = i+1, true
	m.ofDay = hour > 12 || atoms[i].form[0] == '0'
	minute := func(at int) {
		if at < len(atoms) && atoms[at].kind == number && len(atoms[at].form) == 2 && atoms[at].form < "60" {
			m.minutes, _ = strconv.Atoi(atoms[at].form)
			next, m.bare = at+1, false
		}
	}
	if next < len(atoms) {
		switch a := &atoms[next]; {
		case a.is("h") || a.is("heures"):
			next, m.bare, m.ofDay = next+1, false, true
			minute(next)
		case (a.is(":") || a.is(".")) && a.start == atoms[i].end && next+1 < len(atoms) && atoms[next+1].start == a.end:
			minute(next + 1)
		}
	}
	m.half = !m.ofDay
	if next < len(atoms) && hour <= 12 {
		switch at := next; atoms[at].form {
		case "am", "pm":
			hour %= 12
			if atoms[at].is("pm") {
				hour += 12
			}
			next, m.bare, m.half, m.ofDay = at+1, false, false, false
		}
	}
	if hour > 24 {
		return moment{}, i
	}
	m.minutes += 60 * hour
	return m, next
}

// idle: nothing that was not read is said after the hours, but when it is closed.
func idle(atoms []atom) bool {
	for _, a := range atoms {
		if a.kind == number || a.kind == word && a.class&(cShut|cFrom|cTo|cAnd) == 0 && a.day == 0 && !a.is("sans") && !a.is("interruption") && !a.is("non") && !a.is("stop") {
			return false
		}
	}
	return true
}

func hoursContradict(a, b string) bool {
	for here, there := true, true; here && there; {
		var x, y string // of one day
		x, a, here = strings.Cut(a, "|")
		y, b, there = strings.Cut(b, "|")
		if x != "" && y != "" && !within(x, y) && !within(y, x) {
			return true
		}
	}
	return false
}

// within says that every item of a list is one of another's. Commas stand between them.
func within(list, others string) bool {
	for item := ""; list != ""; {
		if item, list, _ = strings.Cut(list, ","); !strings.Contains(","+others+",", ","+item+",") {
			return false
		}
	}
	return true
}
