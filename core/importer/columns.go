package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// headerDepth is how many rows may stand above the names of the columns, one of them among these.
const headerDepth = 5

// names of columns as tools and people write them in French and English: folded, letters and digits alone, the best
// first. Tools: LinkedIn, Buffer, Metricool, Hootsuite, Meta Business Suite, Mailchimp, WordPress, Agorapulse.
var names = map[string][]string{
	"text": {"text", "texte", "sharecommentary", "message", "messages", "posttext", "textedupost", "textedelapublication", "textedumessage", "contenu", "content", "caption", "legende", "commentary", "copy",
		"publication", "post", "corps", "body", "description", "fulltext", "tweettext", "tweet", "postmessage", "postcontent", "posttitle", "titredelapublication", "videotitleoriginal", "title", "titre", "objet", "subject"},
	"date": {"date", "publishdate", "postingdate", "publishingdate", "datepublished", "publishedon", "postedon", "publicationdate", "datedepublication", "postingtime", "publishedat", "publishtime", "heuredepublication", "createdat", "createddate", "createtime", "created", "postedat", "posted", "datetime", "dateetheure",
		"dateandtime", "scheduled", "scheduledat", "sentat", "datedenvoi", "timestamp", "horodatage", "datedecreation", "dateposted", "postdate", "jour", "day", "pubdate", "videopublishtimestamp"},
	"time":    {"time", "heure", "hour"},
	"channel": {"channel", "canal", "reseau", "reseausocial", "network", "socialnetwork", "platform", "plateforme", "profile", "profil", "socialprofile", "account", "compte", "accountname", "nomducompte", "service", "media", "source", "support", "page", "pagename"},
	"link":    {"link", "lien", "sharedurl", "url", "links", "liens", "permalink", "permalien", "postlink", "adresse", "landing", "landingpage", "sharelink"},
	"lang":    {"lang", "langue", "language"},
}

// networks are the names under which tools give each network a column of yes and no.
var networks = " facebook instagram linkedin twitter twitterx x tiktok youtube pinterest threads bluesky mastodon gbp googlebusiness googlebusinessprofile newsletter blog site "

// plain is the name of a column as names writes it.
func plain(cell string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, fold(clip(cell, 60)))
}

// layout is how the rows of a table are read.
type layout struct {
	Columns
	first    int   // the first row of posts
	time     int   // -1 = none, as in Mapping
	lang     int   //
	networks []int // columns of yes and no
	linkedIn bool  // Shares.csv quotes each line of a text by itself
}

// header is what the names of one row mean.
type header struct {
	Mapping
	time, lang int
	networks   []int
	known      int // columns we know the name of
	linkedIn   bool
}

func understand(cells []string) header {
	h := header{Mapping: Mapping{-1, -1, -1, -1}, time: -1, lang: -1}
	if len(cells) > 200 {
		return h
	}
	at := map[string]int{}
	for i, cell := range cells {
		if name := plain(cell); name != "" {
			if _, twice := at[name]; !twice {
				at[name] = i
			}
			if strings.Contains(networks, " "+name+" ") {
				h.networks = append(h.networks, i)
			}
		}
	}
	find := func(field string) int {
		for _, n := range names[field] {
			if i, ok := at[n]; ok {
				h.known++
				return i
			}
		}
		return -1
	}
	h.Text, h.Date, h.Channel, h.Link, h.time, h.lang = find("text"), find("date"), find("channel"), find("link"), find("time"), find("lang")
	if h.Date < 0 && h.time >= 0 { // Buffer and others call the whole of it a time
		h.Date, h.time = h.time, -1
	}
	_, h.linkedIn = at["sharecommentary"]
	return h
}

// layoutOf finds the header and the columns. A mapping somebody chose replaces the columns found.
func layoutOf(rows []record, chosen *Mapping) *layout {
	l := &layout{Columns: Columns{Mapping: Mapping{-1, -1, -1, -1}}, time: -1, lang: -1}
	wide := 0
	for _, row := range rows {
		wide = max(wide, min(len(row.cells), 200))
	}
	best := header{}
	for i, row := range rows[:min(len(rows), headerDepth)] {
		if h := understand(row.cells); h.known > best.known && (h.known >= 2 || len(row.cells) <= 2 && h.Text >= 0) {
			best, l.first = h, i+1
			l.Names = row.cells
		}
	}
	if best.known > 0 {
		l.Mapping, l.time, l.lang, l.networks, l.linkedIn = best.Mapping, best.time, best.lang, best.networks, best.linkedIn
	} else {
		l.Names = make([]string, wide)
		for i := range l.Names {
			l.Names[i] = letters(i)
		}
	}
	body := rows[l.first:]
	found := l.Mapping
	if l.Text < 0 || l.Date < 0 {
		l.guess(body, wide)
	}
	if best.known > 0 { // names that were understood say where channels and links are: nowhere else
		l.Channel, l.Link = found.Channel, found.Link
		if found.Text >= 0 {
			l.Text = found.Text
		}
	}
	l.networks = l.yesAndNo(body)
	if chosen != nil {
		l.Mapping = *chosen
		for _, c := range []*int{&l.Text, &l.Date, &l.Channel, &l.Link} {
			if *c < 0 || *c >= max(wide, len(l.Names)) {
				*c = -1
			}
		}
		l.networks = nil
		l.linkedIn = l.linkedIn && best.Text == l.Text
	}
	for _, row := range body[:min(len(body), 5)] {
		cells := make([]string, len(row.cells))
		for i, c := range row.cells {
			cells[i] = clip(c, 120)
		}
		l.Sample = append(l.Sample, cells)
	}
	return l
}

// letters names a column as spreadsheets do: A … Z, AA …
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// guess finds the columns nobody named by what stands in them: dates, addresses, the longest texts, few short names.
func (l *layout) guess(rows []record, wide int) {
	rows = rows[:min(len(rows), 200)]
	type column struct{ filled, dates, links, length, distinct int }
	columns := make([]column, wide)
	for i := range columns {
		c := &columns[i]
		distinct := map[string]bool{}
		for _, row := range rows {
			cell := strings.TrimSpace(l.cell(row, i))
			if cell == "" {
				continue
			}
			c.filled++
			distinct[cell] = true
			c.length += utf8.RuneCountInString(cell)
			if _, ok := parseDate(cell); ok {
				c.dates++
			} else if isLink(cell) {
				c.links++
			}
		}
		c.distinct = len(distinct)
	}
	longest := 0
	for i, c := range columns {
		taken := i == l.Text || i == l.Date || i == l.Channel || i == l.Link
		switch {
		case c.filled == 0 || taken:
		case c.dates*5 >= c.filled*4:
			if l.Date < 0 {
				l.Date = i
			}
		case c.links*5 >= c.filled*4:
			if l.Link < 0 {
				l.Link = i
			}
		case c.length > longest && !numbers(rows, i):
			longest, l.Text = c.length, i
		}
	}
	for i, c := range columns {
		if l.Channel < 0 && i != l.Text && i != l.Date && i != l.Link && c.filled*2 > len(rows) && c.distinct <= 12 && c.distinct*3 <= c.filled && c.length <= 30*c.filled && c.dates+c.links == 0 && !numbers(rows, i) {
			l.Channel = i
		}
	}
}

// numbers reports whether nearly every cell of a column is a number.
func numbers(rows []record, column int) bool {
	filled, numeric := 0, 0
	for _, row := range rows {
		if column < len(row.cells) && strings.TrimSpace(row.cells[column]) != "" {
			filled++
			if _, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(row.cells[column]), ",", ".", 1), 64); err == nil {
				numeric++
			}
		}
	}
	return numeric*3 >= filled*2
}

func isLink(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "www.")) && !strings.ContainsAny(s, " \n")
}

// yesAndNo keeps the columns of networks that hold nothing but yes and no, where no column names the channel.
func (l *layout) yesAndNo(rows []record) []int {
	if l.Channel >= 0 {
		return nil
	}
	var kept []int
	for _, i := range l.networks {
		whole := true
		for _, row := range rows[:min(len(rows), 200)] {
			v := l.cell(row, i)
			whole = whole && (v == "" || isYes(v) || isNo(v))
		}
		if whole {
			kept = append(kept, i)
		}
	}
	return kept
}

func isYes(s string) bool {
	return strings.Contains(" true yes oui vrai 1 x ", " "+fold(strings.TrimSpace(s))+" ")
}

func isNo(s string) bool {
	return strings.Contains(" false no non faux 0 ", " "+fold(strings.TrimSpace(s))+" ")
}

// cell is the text at a column, "" where the row is shorter or the column none.
func (l *layout) cell(row record, column int) string {
	if column < 0 || column >= len(row.cells) {
		return ""
	}
	return row.cells[column]
}

func (l *layout) withTime(row record, day string) string {
	if t := l.cell(row, l.time); t != "" {
		return day + " " + t
	}
	return day
}

// text is the post of a row, its entities resolved.
func (l *layout) text(row record) string {
	s := l.cell(row, l.Text)
	if l.linkedIn {
		s = strings.ReplaceAll(s, "\"\n\"", "\n")
	}
	return entities(s)
}

// channels are the names of the channels a row was published on: one, none ("") or several.
func (l *layout) channels(row record) []string {
	var all []string
	for _, i := range l.networks {
		if isYes(l.cell(row, i)) {
			all = append(all, strings.TrimSpace(l.Names[i]))
		}
	}
	if all == nil {
		all = []string{strings.TrimSpace(entities(l.cell(row, l.Channel)))}
	}
	return all
}

// entities resolves HTML entities, those that end in a semicolon: "R&D&copy" and the parameters of an address stay.
func entities(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.IndexByte(s, '&') {
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s[:min(len(s), 34)], ';')
		if end < 2 || strings.ContainsAny(s[1:end], "& \n=") {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		b.WriteString(html.UnescapeString(s[:end+1]))
		s = s[end+1:]
	}
	b.WriteString(s)
	return b.String()
}
