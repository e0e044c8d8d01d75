package text

import "strings"

// findDialogue marks the words that people of a story say to each other: an extract speaks to none of its readers.
func (r *reader) findDialogue() {
	if r.signs&signWide == 0 || r.signs&signQuestion == 0 { // no dash, or nothing asked
		return
	}
	i := 0
	for _, d := range dialogues(r.s) {
		for ; i < len(r.tokens) && r.bounds[i].start < d.end; i++ {
			r.tokens[i].said = r.bounds[i].start >= d.start
		}
	}
}

// dialogues are the lines in a row that open with a dash, where one asks and a later one replies. Where none does, they may as
// well list what the reader is asked to bring.
func dialogues(s string) (out []span) {
	var d span
	asked, replied := false, false
	start := 0
	for line := range strings.SplitSeq(s, "\n") {
		end := start + len(line)
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "—"), strings.HasPrefix(line, "–"):
			if d.end == 0 {
				d.start = start
			}
			d.end = end
			asks := strings.Contains(line, "?")
			asked, replied = asked || asks, replied || asked && !asks
		case line != "":
			if replied {
				out = append(out, d)
			}
			d, asked, replied = span{}, false, false
		}
		start = end + 1
	}
	if replied {
		out = append(out, d)
	}
	return out
}
