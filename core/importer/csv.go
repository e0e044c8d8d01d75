package importer

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
)

// record is one row of a table.
type record struct {
	cells []string
	line  int  // where it begins, from 1
	bad   bool // its quotes do not match: it was read as one line by itself
}

// table reads the rows of a text one after the other. A row whose quotes do not match is read again by itself, as one
// line, and the reading goes on with the next line: a stray quote costs its own row, never the rest of the file.
type table struct {
	text   string
	comma  rune
	at     int           // start of what is not read yet
	line   int           // of at
	buffer *bufio.Reader // one for all readers
	reader *csv.Reader
	from   int // where reader began
	fromLn int
	effort int // bytes that may still be read twice; past them every row is taken for one line
}

func newTable(text string, comma rune) *table {
	return &table{text: text, comma: comma, line: 1, buffer: bufio.NewReader(nil), effort: 4*len(text) + 64<<10}
}

func (t *table) strict(text string) *csv.Reader {
	t.buffer.Reset(strings.NewReader(text))
	r := csv.NewReader(t.buffer)
	r.Comma, r.FieldsPerRecord = t.comma, -1
	return r
}

// rest counts the rows that are left; those of a file with stray quotes all over, by its lines.
func (t *table) rest() (n int) {
	for t.effort > 0 {
		if _, ok := t.next(); !ok {
			return n
		}
		n++
	}
	for line := range strings.SplitSeq(t.text[t.at:], "\n") {
		if line != "" {
			n++
		}
	}
	return n
}

// next returns the following row, false at the end.
func (t *table) next() (record, bool) {
	for t.at < len(t.text) && t.text[t.at] == '\n' {
		t.at++
		t.line++
	}
	if t.at >= len(t.text) {
		return record{}, false
	}
	if t.effort <= 0 {
		return t.single(), true
	}
	if t.reader == nil {
		t.reader, t.from, t.fromLn = t.strict(t.text[t.at:]), t.at, t.line
	}
	cells, err := t.reader.Read()
	end := t.from + int(t.reader.InputOffset())
	if err == io.EOF {
		t.at = len(t.text)
		return record{}, false
	}
	if err == nil {
		row := record{cells: cells, line: t.line}
		t.line += strings.Count(t.text[t.at:end], "\n")
		t.at = end
		return row, true
	}
	t.effort -= end - t.at + 4096 // the next reader fills the buffer anew
	t.reader = nil
	return t.single(), true
}

// single reads one line as a row: spaces before a quote allowed first, then stray quotes taken as they stand.
func (t *table) single() record {
	line, _, more := strings.Cut(t.text[t.at:], "\n")
	row := record{line: t.line, bad: true}
	t.at += len(line)
	t.line++
	if more {
		t.at++
	}
	r := t.strict(line)
	r.TrimLeadingSpace = true
	if cells, err := r.Read(); err == nil {
		row.cells, row.bad = cells, false
		return row
	}
	r = t.strict(line)
	r.LazyQuotes = true
	row.cells, _ = r.Read()
	return row
}

// delimiters in the order they are preferred where the text does not decide.
const delimiters = ",;\t|"

// detect finds the delimiter: the one under which a header is recognised, else the one that cuts most of the first rows
// in the same number of cells. steady is the share of rows it does that to; cells is that number, 1 when there is none.
func detect(text string) (comma rune, steady float64, cells int, header bool) {
	sample := text[:min(len(text), 64<<10)]
	if len(sample) < len(text) {
		if i := strings.LastIndexByte(sample, '\n'); i > 0 {
			sample = sample[:i]
		}
	}
	comma, cells = ',', 1
	best := -1.0
	for _, c := range delimiters {
		t := newTable(sample, c)
		sizes := map[int]int{}
		rows, named := 0, false
		for rows < 30 {
			row, ok := t.next()
			if !ok {
				break
			}
			named = named || rows < headerDepth && understand(row.cells).known >= 2
			sizes[len(row.cells)]++
			rows++
		}
		common, times := 1, 0
		for n, k := range sizes {
			if n > 1 && (k > times || k == times && n > common) {
				common, times = n, k
			}
		}
		if rows == 0 || times == 0 {
			continue
		}
		share := float64(times) / float64(rows)
		score := share
		if named {
			score += 2
		}
		if score > best {
			best, comma, steady, cells, header = score, c, share, common, named
		}
	}
	return comma, steady, cells, header
}

// looksLikeTable takes a text without a telling name for a table only where there is little doubt: a header we know, or
// cells between tabs in every row, as copied from a spreadsheet.
func looksLikeTable(text string) bool {
	comma, steady, cells, header := detect(text)
	return header && cells >= 2 || comma == '\t' && steady == 1 && cells >= 2 && strings.Contains(strings.TrimSpace(text), "\n")
}

// readCSV reads a table of posts.
func (p *preview) readCSV(text string, o Options) {
	comma, _, _, _ := detect(text)
	if first, rest, ok := strings.Cut(text, "\n"); ok && len(first) == 5 && strings.EqualFold(first[:4], "sep=") { // a line for spreadsheets
		comma, text = rune(first[4]), rest
	}
	if !strings.ContainsRune(delimiters, comma) {
		comma = ','
	}
	const cells = 4 << 20 // a table of 100,000 rows of forty columns
	t := newTable(p.atMost(text, MaxBytes, comma, cells), comma)
	var rows []record
	for len(rows) < MaxRows+headerDepth {
		row, ok := t.next()
		if !ok {
			break
		}
		rows = append(rows, row)
	}
	past := t.rest()
	l := layoutOf(rows, o.Columns)
	p.Columns = &l.Columns
	rows = rows[l.first:]
	if over := len(rows) - MaxRows; over > 0 {
		past += over
		rows = rows[:MaxRows]
	}
	p.skip("import.skip.rows", past, "", Arg{Key: "max", Value: float64(MaxRows)})
	if l.Text < 0 {
		p.Error = &Fault{What: "import.error.columns"}
		return
	}

	dates := make([]date, len(rows))
	read := make([]bool, len(rows))
	var known []date
	for i, row := range rows {
		if cell := l.cell(row, l.Date); cell != "" {
			if dates[i], read[i] = parseDate(l.withTime(row, cell)); read[i] {
				known = append(known, dates[i])
			} else if dates[i], read[i] = parseDate(cell); read[i] {
				known = append(known, dates[i])
			}
		}
	}
	p.Dates = order(known)
	if o.Dates != "" && p.Dates != ISO {
		p.Dates = o.Dates
	}

	for i, row := range rows {
		if row.bad && len(row.cells) != len(l.Names) {
			p.skip("import.skip.malformed", 1, strings.Join(row.cells, string(comma)), Arg{Key: "line", Value: float64(row.line)})
			continue
		}
		m := Message{Text: l.text(row), Lang: language(l.cell(row, l.lang))}
		if read[i] {
			if m.Date = dates[i].write(p.Dates); m.Date == "" && p.Dates != Ask {
				p.skip("import.skip.dates", 1, l.cell(row, l.Date))
			}
		} else if cell := l.cell(row, l.Date); cell != "" && strings.TrimSpace(m.Text) != "" {
			p.skip("import.skip.dates", 1, cell)
		}
		m.Links = strings.FieldsFunc(l.cell(row, l.Link), func(r rune) bool { return r == ' ' || r == '\n' || r == ',' || r == ';' || r == '|' })
		for _, channel := range l.channels(row) {
			m.Channel = channel
			p.add(m)
		}
	}
}

// language keeps what a board can say of a message.
func language(s string) string {
	switch tag := fold(strings.TrimSpace(s)); {
	case strings.HasPrefix(tag, "fr"):
		return "fr"
	case strings.HasPrefix(tag, "en") || strings.HasPrefix(tag, "an"): // anglais
		return "en"
	}
	return ""
}
