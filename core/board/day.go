package board

// ParseDay reads an RFC 3339 date ("2026-04-03") or date-time ("2026-04-03T09:30:00+02:00", the T may be a space) and
// returns its day, in days since 1970-01-01 of the proleptic Gregorian calendar: the day as written, whatever the
// offset. ok is false when s is anything else, a 30 February among them. Years run from 0000 to 9999.
func ParseDay(s string) (days int32, ok bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	year, okY := digits(s[0:4])
	month, okM := digits(s[5:7])
	day, okD := digits(s[8:10])
	if !okY || !okM || !okD || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	if len(s) > 10 && !isTime(s[10:]) {
		return 0, false
	}
	return dayNumber(year, month, day), true
}

// isTime accepts the part of a date-time after its date: T09:30:00.25Z.
func isTime(s string) bool {
	if len(s) < 10 || s[0] != 'T' && s[0] != 't' && s[0] != ' ' || s[3] != ':' || s[6] != ':' {
		return false
	}
	hour, okH := digits(s[1:3])
	minute, okM := digits(s[4:6])
	second, okS := digits(s[7:9])
	if !okH || !okM || !okS || hour > 23 || minute > 59 || second > 60 { // 60: a leap second
		return false
	}
	s = s[9:]
	if s[0] == '.' {
		n := 1
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n == 1 {
			return false
		}
		s = s[n:]
	}
	return isOffset(s)
}

func isOffset(s string) bool {
	if s == "Z" || s == "z" {
		return true
	}
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return false
	}
	hour, okH := digits(s[1:3])
	minute, okM := digits(s[4:6])
	return okH && okM && hour <= 23 && minute <= 59
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// dayNumber counts years from 1 March, so that the leap day ends a year and the months before a date follow the
// straight line (153m+2)/5 (E. G. Richards, "Calendars", Explanatory Supplement to the Astronomical Almanac, 3rd ed., §15.11).
func dayNumber(year, month, day int) int32 {
	y, m := year, month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	y += 400 // year 0000 stays above zero after the shift; 400 years are 146,097 days
	const epoch = 719_468 + 146_097
	return int32(365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 1 - epoch)
}
