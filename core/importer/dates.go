package importer

import (
	"strings"
	"unicode/utf8"

	"unisson/core/board"
)

// date is what was read of a date as somebody wrote it.
type date struct {
	year, month, day int
	time             string // "T14:33:22+02:00": only where a zone was written, else a guess would enter the board
	numeric          bool   // month and day were two numbers, in the order of the text: it may be the other way round
	decides          Order  // what this one date says about that order, "" when it reads both ways
}

// read gives the RFC 3339 form under an order; ok is false where it is no day of the calendar.
func (d date) read(o Order) (s string, ok bool) {
	month, day := d.month, d.day
	if d.numeric && o == MDY {
		month, day = day, month
	}
	b := append(pad(pad(pad(nil, d.year, 4, 0), month, 2, '-'), day, 2, '-'), d.time...)
	_, ok = board.ParseDay(string(b))
	return string(b), ok
}

func pad(b []byte, n, width int, before byte) []byte {
	if before != 0 {
		b = append(b, before)
	}
	for unit := pow10(width - 1); unit > 0; unit /= 10 {
		b = append(b, byte('0'+n/unit%10))
	}
	return b
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// months by the first letters that tell them apart, accents folded; longer ones stand before those they begin with.
var months = []struct {
	prefix string
	month  int
}{
	{"janv", 1}, {"jan", 1}, {"fevr", 2}, {"fev", 2}, {"feb", 2}, {"mars", 3}, {"mar", 3}, {"avr", 4}, {"apr", 4}, {"mai", 5}, {"may", 5}, {"juin", 6}, {"juil", 7}, {"jun", 6}, {"jul", 7},
	{"aout", 8}, {"aou", 8}, {"aug", 8}, {"sept", 9}, {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12},
}

// fullMonths are the words that may follow such a prefix.
var fullMonths = " january february march april june july august september october november december janvier fevrier avril juillet aout septembre octobre novembre decembre "

func monthOf(word string) int {
	for _, m := range months {
		if word == m.prefix || strings.HasPrefix(word, m.prefix) && strings.Contains(fullMonths, " "+word+" ") {
			return m.month
		}
	}
	return 0
}

// fillers are the other words a date may hold.
var fillers = " le the on at a du of st nd rd th er de gmt utc z t am pm lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "

// parseDate reads a date in the many ways tools and people write it, French or English. Without a year it is none.
func parseDate(s string) (date, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 64 {
		return date{}, false
	}
	if d, ok := iso(s); ok {
		return d, true
	}
	if d, ok := epoch(s); ok {
		return d, true
	}
	var d date
	var loose []int // numbers that are neither a time nor a zone, in order
	var width []int // digits of each
	separator, meridiem := byte(0), 0
	clock := clock{hour: -1}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n, size := number(s[i:])
			if size > 4 {
				if size == 6 || size == 8 { // 20260403, 033000
					return compact(s)
				}
				return date{}, false
			}
			i += size
			if i < len(s) && (s[i] == ':' || s[i] == 'h' || s[i] == 'H') && clock.hour < 0 && size <= 2 {
				clock.hour = n
				i = clock.rest(s, i)
				continue
			}
			loose, width = append(loose, n), append(width, size)
			if i < len(s) && (s[i] == '/' || s[i] == '.' || s[i] == '-') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
				separator = s[i]
			}
		case (c == '+' || c == '-') && clock.hour >= 0 && clock.zone == "":
			zone, size := offset(s[i:])
			if size == 0 {
				return date{}, false
			}
			clock.zone = zone
			i += size
		case c == ' ' || c == ',' || c == '.' || c == '/' || c == '-' || c == '(' || c == ')':
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == '\u00a0' || r == '\u202f' || r == '·' || r == '•' || r == 'º' || r == '°' {
				i += size
				continue
			}
			word, n := word(s[i:])
			if n == 0 {
				return date{}, false
			}
			i += n
			m := monthOf(word)
			switch {
			case word == "mar" && laterMonth(s[i:]): // mardi, not mars
			case m > 0 && d.month == 0:
				d.month = m
			case word == "am" || word == "pm":
				meridiem = 1
				if word == "pm" {
					meridiem = 2
				}
			case word == "gmt" || word == "utc" || word == "z":
				clock.zone = "Z"
			case strings.Contains(fillers, " "+word+" "):
			default:
				return date{}, false
			}
		}
	}
	if !d.place(loose, width, separator, meridiem) {
		return date{}, false
	}
	d.time = clock.text(meridiem)
	for _, o := range []Order{DMY, MDY} {
		if _, ok := d.read(o); ok {
			return d, true
		}
	}
	return date{}, false
}

func laterMonth(s string) bool {
	for len(s) > 0 {
		w, n := word(s)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s)
		} else if monthOf(w) > 0 {
			return true
		}
		s = s[n:]
	}
	return false
}

// place says which number is the day, the month and the year.
func (d *date) place(n, width []int, separator byte, meridiem int) bool {
	switch {
	case d.month > 0 && len(n) == 2: // 3 avril 2026, April 3 2026, 2026 April 3
		d.day, d.year = n[0], n[1]
		if width[0] == 4 {
			d.day, d.year = n[1], n[0]
		}
		if width[0] != 4 && width[1] != 4 {
			d.year = century(d.year)
		}
	case d.month > 0 || len(n) != 3:
		return false
	case width[0] == 4: // 2026/4/3
		d.year, d.month, d.day = n[0], n[1], n[2]
	default:
		d.day, d.month, d.year = n[0], n[1], n[2]
		if width[2] == 2 {
			d.year = century(d.year)
		} else if width[2] != 4 {
			return false
		}
		d.numeric = true
		switch {
		case d.month > 12:
			d.decides = MDY
		case d.day > 12 || separator == '.':
			d.decides = DMY
		case meridiem > 0:
			d.decides = MDY
		case d.day == d.month:
			d.numeric = false
		}
	}
	return true
}

// century reads a year of two digits: an export speaks of the last decades, not of the next.
func century(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// clock is a time of the day.
type clock struct {
	hour, minute, second int
	zone                 string // "Z", "+02:00", "" = not written
}

// rest reads what follows the hour at s[i], a colon or an h, and returns where it stopped.
func (c *clock) rest(s string, i int) int {
	n, size := number(s[i+1:])
	if size == 0 {
		return i + 1 // 14 h
	}
	c.minute = n
	i += 1 + size
	if i < len(s) && s[i] == ':' {
		n, size = number(s[i+1:])
		c.second = n
		i += 1 + size
		if i < len(s) && s[i] == '.' {
			_, size = number(s[i+1:])
			i += 1 + size
		}
	}
	return i
}

func (c clock) text(meridiem int) string {
	if c.hour < 0 || c.zone == "" || c.hour > 23 || c.minute > 59 || c.second > 60 {
		return ""
	}
	hour := c.hour
	if meridiem > 0 {
		hour %= 12
		if meridiem == 2 {
			hour += 12
		}
	}
	return string(append(pad(pad(pad(nil, hour, 2, 'T'), c.minute, 2, ':'), c.second, 2, ':'), c.zone...))
}

// iso reads 2026-04-03, 2026-04-03T14:33, 2026-04-03 14:33:22.5+02:00 and the like.
func iso(s string) (date, bool) {
	if len(s) < 10 {
		return date{}, false
	}
	if _, ok := board.ParseDay(s[:10]); !ok {
		return date{}, false
	}
	year, _ := number(s[0:4])
	month, _ := number(s[5:7])
	day, _ := number(s[8:10])
	d := date{year: year, month: month, day: day}
	rest := strings.TrimLeft(s[10:], " ")
	if rest == "" {
		return d, true
	}
	if s[10] != ' ' && s[10] != 'T' && s[10] != 't' {
		return date{}, false
	}
	if rest == s[10:] {
		rest = rest[1:]
	}
	hour, size := number(rest)
	if size == 0 || size > 2 || size >= len(rest) || rest[size] != ':' {
		return date{}, false
	}
	c := clock{hour: hour}
	rest = strings.TrimSpace(rest[c.rest(rest, size):])
	switch upper := strings.ToUpper(rest); {
	case upper == "" || upper == "AM" || upper == "PM":
	case upper == "Z" || upper == "UTC" || upper == "GMT":
		c.zone = "Z"
	default:
		zone, n := offset(rest)
		if n == 0 || n != len(rest) {
			return date{}, false
		}
		c.zone = zone
	}
	d.time = c.text(0)
	return d, true
}

// compact reads 20260403 and 20260403T143322Z.
func compact(s string) (date, bool) {
	if n, size := number(s); size == 8 && (len(s) == 8 || s[8] == 'T' || s[8] == ' ') {
		d := date{year: n / 10_000, month: n / 100 % 100, day: n % 100}
		_, ok := d.read(DMY)
		return d, ok
	}
	return date{}, false
}

// epoch reads seconds or milliseconds since 1970, between 2001 and 2065.
func epoch(s string) (date, bool) {
	if len(s) != 10 && len(s) != 13 {
		return date{}, false
	}
	n, size := number(s)
	if size != len(s) {
		return date{}, false
	}
	if size == 13 {
		n /= 1000
	}
	if n < 1_000_000_000 || n > 3_000_000_000 {
		return date{}, false
	}
	d := civil(n / 86_400)
	s0 := n % 86_400
	d.time = clock{s0 / 3600, s0 / 60 % 60, s0 % 60, "Z"}.text(0)
	return d, true
}

// civil is the day a number of days after 1970-01-01: the year is guessed low, then met month by month.
func civil(days int) date {
	year := 1970 + days/366
	start := func(y, m int) int {
		s := append(pad(pad(nil, y, 4, 0), m, 2, '-'), "-01"...)
		n, _ := board.ParseDay(string(s))
		return int(n)
	}
	for start(year+1, 1) <= days {
		year++
	}
	month := 1
	for month < 12 && start(year, month+1) <= days {
		month++
	}
	return date{year: year, month: month, day: days - start(year, month) + 1}
}

// offset reads +02:00, +0200 or -05.
func offset(s string) (zone string, size int) {
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return "", 0
	}
	hour, n := number(s[1:])
	minute, size := 0, 1+n
	switch {
	case n == 4:
		hour, minute = hour/100, hour%100
	case n == 2 && len(s) >= 6 && s[3] == ':':
		m, k := number(s[4:])
		if k != 2 {
			return "", 0
		}
		minute, size = m, 6
	case n != 2:
		return "", 0
	}
	if hour > 14 || minute > 59 {
		return "", 0
	}
	return string(append([]byte{s[0]}, pad(pad(nil, hour, 2, 0), minute, 2, ':')...)), size
}

// number reads the digits s begins with, thirteen at most.
func number(s string) (n, size int) {
	for size < len(s) && size < 14 && s[size] >= '0' && s[size] <= '9' {
		n = n*10 + int(s[size]-'0')
		size++
	}
	return n, size
}

// word reads the letters s begins with, folded.
func word(s string) (folded string, size int) {
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < 'À' || r > 'ÿ') {
			break
		}
		size += n
	}
	return fold(s[:size]), size
}

// fold takes the case and the accents of French off.
func fold(s string) string {
	return accents.Replace(strings.ToLower(s))
}

var accents = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ç", "c", "œ", "oe", "’", "'", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

// order decides between day first and month first: by a date that reads one way only, else by the order of the rows
// when one reading alone keeps them in time, else Ask.
func order(all []date) Order {
	said := map[Order]bool{}
	numeric := 0
	for _, d := range all {
		if d.numeric {
			numeric++
			said[d.decides] = true
		}
	}
	switch {
	case numeric == 0:
		return ISO
	case said[DMY] && !said[MDY]:
		return DMY
	case said[MDY] && !said[DMY]:
		return MDY
	case said[MDY] && said[DMY]:
		return Ask
	}
	const enough = 5 // fewer rows fall in order by chance
	if numeric >= enough {
		dmy, mdy := sorted(all, DMY), sorted(all, MDY)
		switch {
		case dmy && !mdy:
			return DMY
		case mdy && !dmy:
			return MDY
		}
	}
	return Ask
}

// sorted reports whether the days only rise, or only fall.
func sorted(all []date, o Order) bool {
	rises, falls := true, true
	last := ""
	for _, d := range all {
		if s, ok := d.read(o); ok {
			rises, falls = rises && (last == "" || s[:10] >= last), falls && (last == "" || s[:10] <= last)
			last = s[:10]
		}
	}
	return rises || falls
}

// write gives the RFC 3339 form of a date, "" when it depends on an order nobody chose.
func (d date) write(o Order) string {
	if d.numeric {
		switch {
		case d.decides != "":
			o = d.decides
		case o == Ask || o == ISO:
			return ""
		}
	}
	s, ok := d.read(o)
	if !ok {
		return ""
	}
	return s
}
