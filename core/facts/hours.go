package facts

import (
	"slices"
	"strconv"
	"strings"
)

// week holds the opening ranges of each day, Monday first: "600-720,840-1080" in minutes, "" where nothing is said.
type week [7]string

// readHours finds the hours something is open: « Ouvert du mardi au samedi de 10 h à 19 h », "We're open Tue–Sat, 10am–6pm". lead: the
// line before announced them; the answer says whether this one does.
func (r *reader) readHours(atoms []atom, lead bool) (announced bool) {
	if slices.ContainsFunc(atoms, func(a atom) bool { return doubtful(a) && a.day == 0 }) {
		return false
	}
	cue := slices.IndexFunc(atoms, func(a atom) bool { return a.class&cOpens != 0 && a.kind == word })
	if cue < 0 && !lead {
		return false
	}
	start := slices.IndexFunc(atoms[max(cue, 0):], func(a atom) bool {
		return a.kind == number || a.day > 0 || a.kind == word && everyDay(a.form) != nil
	})
	if start < 0 { // « Horaires de la boutique : », and the lines that follow
		if n, fits := r.subject(atoms, Hours); cue >= 0 && fits {
			r.lead, r.leadLabel = n, r.written(atoms)
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
	w, told, end := r.schedule(atoms, start)
	if !fits || end == start || told < 2 && !lead || !idle(atoms[end:]) {
		return lead && end > start
	}
	label := r.written(head)
	if lead && len(n.stems) == 0 {
		n, label = r.lead, r.leadLabel
	}
	r.state(Stated{Kind: Hours, Subject: join(n.stems, ""), Label: label, Value: strings.Join(w[:], "|"), Self: n.self && !r.headed, Start: int32(atoms[start].start), End: int32(atoms[end-1].end)})
	return lead
}

func (r *reader) onlyHours(atoms []atom) bool {
	start := 0
	for start < len(atoms) && atoms[start].class&cFrom != 0 && everyDay(atoms[start].form) == nil {
		start++
	}
	w, _, end := r.schedule(atoms, start)
	if end == start || end < len(atoms) {
		return false
	}
	r.state(Stated{Kind: Hours, Value: strings.Join(w[:], "|")})
	return true
}

// everyDay gives the days that a word names by itself; nil where it does not.
func everyDay(form string) []int {
	switch form {
	case "jours", "daily", "day":
		return []int{1, 2, 3, 4, 5, 6, 7}
	case "weekdays":
		return []int{1, 2, 3, 4, 5}
	case "weekends":
		return []int{6, 7}
	}
	return nil
}

// sevenOfSeven reads 7j/7, 7 jours sur 7, 7 days a week; next = i where there is none.
func sevenOfSeven(atoms []atom, i int) (next int) {
	is := func(at int, forms ...string) bool { return at < len(atoms) && slices.Contains(forms, atoms[at].form) }
	at := i + 1
	if !is(i, "7") {
		return i
	}
	if is(at, "j", "jours", "days") {
		at++
	}
	switch {
	case is(at, "/", "sur") && is(at+1, "7"):
		return at + 2
	case at > i+1 && is(at, "a") && is(at+1, "week"):
		return at + 2
	}
	return i
}

// schedule reads groups of days with their ranges, or ranges with their days after them; end = i where there is none whole.
func (r *reader) schedule(atoms []atom, i int) (w week, named, end int) {
	end = i
	at := i
	put := func(list []int, ranges string) {
		for _, d := range list {
			if w[d-1] == "" {
				named++
			} else {
				ranges = w[d-1] + "," + ranges
			}
			w[d-1] = ranges
		}
	}
	if ranges, next := r.ranges(atoms, at); next > at { // de 10 h à 19 h, du mardi au samedi
		list, after := daysAt(atoms, skip(atoms, next))
		if list == nil {
			return w, 0, i
		}
		put(list, ranges)
		return w, named, after
	}
	for {
		list, next := daysAt(atoms, at)
		if list == nil {
			return w, named, end
		}
		ranges, after := r.ranges(atoms, skip(atoms, next))
		if after == skip(atoms, next) {
			return w, 0, i
		}
		put(list, ranges)
		end, at = after, skip(atoms, after)
	}
}

// skip steps over what may stand between days and hours.
func skip(atoms []atom, i int) int {
	for i < len(atoms) && (atoms[i].class&(cSeparator|cDash|cAnd|cFrom) != 0 && everyDay(atoms[i].form) == nil) {
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
		if at < len(atoms) && atoms[at].kind == word && everyDay(atoms[at].form) != nil && out == nil {
			return everyDay(atoms[at].form), at + 1
		}
		if week := sevenOfSeven(atoms, at); week > at && out == nil {
			return everyDay("daily"), week
		}
		from := day(at)
		if from == 0 {
			return out, i
		}
		at++
		if at < len(atoms) && atoms[at].is(".") {
			at++
		}
		to := from
		if at+1 < len(atoms) && (atoms[at].class&(cDash|cTo) != 0) && day(at+1) > 0 {
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

// ranges reads 10 h–12 h, 10h à 12h et de 14h à 18h, 10am to 6pm; next = i where there is none.
func (r *reader) ranges(atoms []atom, i int) (out string, next int) {
	for at := i; ; {
		from, bare, after := timeAt(atoms, at)
		if after == at || after >= len(atoms) || atoms[after].class&(cDash|cTo) == 0 {
			return out, i
		}
		to, open, end := timeAt(atoms, after+1)
		if end == after+1 || open {
			return out, i
		}
		if bare { // 2–6pm
			if from < 8*60 && to > 720 && from+720 < to {
				from += 720
			}
		}
		if out != "" {
			out += ","
		}
		out += strconv.Itoa(from) + "-" + strconv.Itoa(to)
		i, at = end, end
		for at < len(atoms) && (atoms[at].class&(cAnd|cFrom) != 0 || atoms[at].is(",") || atoms[at].is("/")) {
			at++
		}
		if at == end {
			return out, i
		}
	}
}

// timeAt reads 10 h, 10h30, 10:30, 9.30am, noon, in minutes. bare: a figure and nothing that makes it a time.
func timeAt(atoms []atom, i int) (minutes int, bare bool, next int) {
	if i >= len(atoms) {
		return 0, false, i
	}
	switch atoms[i].form {
	case "midi", "noon":
		return 720, false, i + 1
	case "minuit", "midnight":
		return 1440, false, i + 1
	}
	if atoms[i].kind != number || len(atoms[i].form) > 2 {
		return 0, false, i
	}
	hour, _ := strconv.Atoi(atoms[i].form)
	next, bare = i+1, true
	minute := func(at int) bool {
		if at < len(atoms) && atoms[at].kind == number && len(atoms[at].form) == 2 && atoms[at].form < "60" {
			m, _ := strconv.Atoi(atoms[at].form)
			minutes, next, bare = m, at+1, false
			return true
		}
		return false
	}
	if next < len(atoms) {
		switch a := &atoms[next]; {
		case a.is("h") || a.is("heures"):
			next, bare = next+1, false
			minute(next)
		case (a.is(":") || a.is(".")) && a.start == atoms[i].end && next+1 < len(atoms) && atoms[next+1].start == a.end:
			minute(next + 1)
		}
	}
	if next < len(atoms) && hour <= 12 {
		switch atoms[next].form {
		case "am":
			hour, next, bare = hour%12, next+1, false
		case "pm":
			hour, next, bare = hour%12+12, next+1, false
		}
	}
	if hour > 24 {
		return 0, false, i
	}
	return 60*hour + minutes, bare, next
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

// within says that every range of a day is one of those another tells.
func within(ranges, others string) bool {
	for r := range strings.SplitSeq(ranges, ",") {
		found := false
		for o := range strings.SplitSeq(others, ",") {
			found = found || o == r
		}
		if !found {
			return false
		}
	}
	return true
}
