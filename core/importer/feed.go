package importer

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// readFeed reads RSS 0.9 to 2.0, RDF and Atom. The tokenizer is that of HTML: a feed that is not well formed, as many
// are, still gives its posts, and nothing outside the text is ever fetched or expanded.
func (p *preview) readFeed(text string) {
	f := feed{preview: p, tokens: html.NewTokenizer(strings.NewReader(text)), links: len(text) + 1<<20}
	f.tokens.AllowCDATA(true)
	for f.next() {
	}
	if f.item != nil { // the file stops inside a post
		p.skip("import.skip.cut", 1, f.item.title.text())
	}
	if f.items == 0 && f.item == nil {
		p.Error = &Fault{What: "import.error.feed"}
	}
}

// feed is where the reading of a feed stands.
type feed struct {
	*preview
	tokens *html.Tokenizer
	title  string
	lang   string
	base   *url.URL
	items  int
	links  int // bytes of addresses that may still be kept: a long base makes much of little
	item   *item
	outer  string // outside posts, the element whose text is wanted: title, language, link
	said   content
}

// item is a post being read.
type item struct {
	title, summary, body content
	link, id, date       string
	other                string // the date it was changed, where it says nothing of its first
	text                 content
	field                *content // being read, nil between fields
	name                 string   // of the element that opened it
	depth                int      // elements open inside it
}

// content is what an element holds. Markup may be escaped, in CDATA, or stand there as elements.
type content struct {
	plain strings.Builder // the texts, entities resolved once
	raw   strings.Builder // the source
	kind  string          // type of an Atom text: "text", "html", "xhtml" or ""
	inner bool            // elements stood inside it
}

func (c *content) reset(kind string) { *c = content{kind: kind} }

// markup is the content as HTML.
func (c *content) markup() string {
	if c.inner {
		return c.raw.String()
	}
	if c.kind == "text" {
		return html.EscapeString(c.plain.String())
	}
	return c.plain.String()
}

func (c *content) text() string {
	s, _ := htmlText(c.markup(), nil)
	return s
}

func (c *content) empty() bool { return c.plain.Len() == 0 && !c.inner }

// maxContent bounds what is kept of one element.
const maxContent = 4 << 20

func (f *feed) next() bool {
	kind := f.tokens.Next()
	switch kind {
	case html.ErrorToken:
		return false
	case html.StartTagToken, html.SelfClosingTagToken:
		f.tokens.NextIsNotRawText()
		raw := f.tokens.Raw()
		name, more := f.tokens.TagName()
		tag := local(name)
		if f.item != nil && f.item.field != nil {
			f.item.nested(raw, tag, kind == html.StartTagToken)
			return true
		}
		attr := map[string]string{}
		for n := 0; more && n < 64; n++ {
			var k, v []byte
			k, v, more = f.tokens.TagAttr()
			attr[string(k)] = string(v)
		}
		f.open(tag, attr, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		raw := f.tokens.Raw()
		name, _ := f.tokens.TagName()
		f.close(local(name), raw)
	case html.TextToken:
		raw := f.tokens.Raw()
		plain := ""
		if inner, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
			plain = string(bytes.TrimSuffix(inner, []byte("]]>")))
		} else {
			plain = html.UnescapeString(string(raw))
		}
		switch {
		case f.item != nil && f.item.field != nil:
			if c := f.item.field; c.plain.Len()+c.raw.Len() < maxContent {
				c.plain.WriteString(plain)
				c.raw.Write(raw)
			}
		case f.item == nil && f.outer != "" && f.said.plain.Len() < 4096:
			f.said.plain.WriteString(plain)
		}
	}
	return true
}

// local leaves the usual prefixes of names off; those that change the meaning stay.
func local(name []byte) string {
	s := string(name)
	for _, prefix := range []string{"atom:", "rss:", "a:"} {
		s = strings.TrimPrefix(s, prefix)
	}
	return s
}

func (f *feed) open(tag string, attr map[string]string, closed bool) {
	switch {
	case tag == "rss" || tag == "feed" || tag == "rdf:rdf" || tag == "channel":
		f.setBase(attr["xml:base"])
		if l := language(attr["xml:lang"]); l != "" {
			f.lang = l
		}
	case tag == "item" || tag == "entry":
		if !closed {
			f.item = &item{id: attr["rdf:about"]}
		}
	case f.item != nil:
		f.item.open(tag, attr, closed)
	case tag == "link" && attr["href"] != "":
		if rel := attr["rel"]; rel == "" || rel == "alternate" {
			f.setBase(attr["href"])
		}
	case tag == "image" || tag == "textinput": // their title is not the feed's
		f.outer = ""
	case tag == "title" && f.title == "" || tag == "language" || tag == "dc:language" || tag == "link" && f.base == nil:
		if !closed {
			f.outer = tag
			f.said.reset(attr["type"])
		}
	}
}

// maxBase bounds the address others are resolved against, which each of them repeats.
const maxBase = 500

func (f *feed) setBase(address string) {
	if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.IsAbs() && f.base == nil && len(address) <= maxBase {
		f.base = u
	}
}

// of is where the content of an element of a post goes, nil for those that do not count.
func (it *item) of(tag string) *content {
	switch tag {
	case "title":
		return &it.title
	case "description", "summary", "itunes:summary", "media:description":
		return &it.summary
	case "content:encoded", "content":
		return &it.body
	case "link", "guid", "id", "pubdate", "dc:date", "published", "issued", "updated", "modified", "dcterms:created":
		return &it.text
	}
	return nil
}

func (it *item) open(tag string, attr map[string]string, closed bool) {
	if tag == "link" && attr["href"] != "" {
		if rel := attr["rel"]; it.link == "" && (rel == "" || rel == "alternate") {
			it.link = attr["href"]
		}
		return
	}
	if tag == "guid" && attr["ispermalink"] == "false" {
		return
	}
	c := it.of(tag)
	if c == nil || closed || c != &it.text && !c.empty() && tag != "content:encoded" {
		return
	}
	kind := attr["type"]
	if kind == "" && tag != "title" { // RSS: HTML. An Atom text without a type is plain, and reads the same but for a rare "<"
		kind = "html"
	}
	c.reset(kind)
	it.field, it.name, it.depth = c, tag, 0
}

// nested notes an element inside a field.
func (it *item) nested(raw []byte, tag string, opens bool) {
	c := it.field
	c.inner = true
	if c.raw.Len() < maxContent {
		c.raw.Write(raw)
	}
	if opens && tag == it.name {
		it.depth++
	}
}

func (f *feed) close(tag string, raw []byte) {
	it := f.item
	switch {
	case it != nil && it.field != nil && tag == it.name && it.depth == 0:
		it.take(tag)
	case it != nil && (tag == "item" || tag == "entry"): // also where a field was never closed
		f.finish()
	case it != nil && it.field != nil:
		if tag == it.name {
			it.depth--
		}
		if it.field.raw.Len() < maxContent {
			it.field.raw.Write(raw)
		}
	case it == nil && tag == f.outer:
		text := f.said.text()
		switch tag {
		case "title":
			f.title = clip(strings.TrimSpace(text), 120)
		case "link":
			f.setBase(text)
		default:
			f.lang = language(text)
		}
		f.outer = ""
	}
}

// take keeps the value of a field that is a word, not a text.
func (it *item) take(tag string) {
	it.field = nil
	value := strings.TrimSpace(it.text.plain.String())
	switch tag {
	case "link":
		if it.link == "" {
			it.link = value
		}
	case "guid", "id":
		if it.id == "" && isLink(value) {
			it.id = value
		}
	case "updated", "modified":
		it.other = value
	case "pubdate", "dc:date", "published", "issued", "dcterms:created":
		if it.date == "" {
			it.date = value
		}
	}
}

// finish makes a post of an item: its title, then its whole text, or else its summary.
func (f *feed) finish() {
	it := f.item
	f.item = nil
	f.items++
	base := f.base
	link := it.link
	if link == "" {
		link = it.id
	}
	if u, err := url.Parse(link); err == nil && link != "" {
		if base != nil {
			u = base.ResolveReference(u)
		}
		if link = ""; u.IsAbs() {
			if link = u.String(); len(link) <= maxBase {
				base = u
			}
		}
	} else {
		link = ""
	}
	title := strings.TrimSpace(it.title.text())
	body, links := htmlText(it.body.markup(), base)
	if summary, others := htmlText(it.summary.markup(), base); len(strings.TrimSpace(body)) < len(strings.TrimSpace(summary)) && !strings.Contains(body, strings.TrimSpace(summary)) {
		body, links = summary, others
	}
	m := Message{Text: strings.TrimSpace(body), Channel: f.title, Lang: f.lang}
	switch {
	case m.Text == "":
		m.Text = title
	case title != "" && !strings.HasPrefix(m.Text, strings.TrimRight(title, "….")):
		m.Text = title + "\n\n" + m.Text
	}
	if link != "" {
		links = append([]string{link}, slices.DeleteFunc(links, func(l string) bool { return l == link })...)
	}
	for _, l := range links {
		if f.links -= len(l); f.links < 0 {
			f.skip("import.skip.links", 1, l)
		} else {
			m.Links = append(m.Links, l)
		}
	}
	when := it.date
	if when == "" {
		when = it.other
	}
	if d, ok := parseDate(when); ok {
		m.Date = d.write(DMY)
	} else if when != "" {
		f.skip("import.skip.dates", 1, when)
	}
	f.add(m)
}
