package importer

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText is what a reader sees of a piece of HTML: blocks apart by an empty line, lines by a break, space as a browser
// shows it. links are the addresses it leads to, resolved against base, each once; without a base, the absolute ones.
func htmlText(source string, base *url.URL) (text string, links []string) {
	if !strings.ContainsAny(source, "<&") {
		return source, nil
	}
	t := html.NewTokenizer(strings.NewReader(source))
	var out flow
	hidden := 0
	for {
		switch kind := t.Next(); kind {
		case html.ErrorToken:
			return strings.TrimSpace(out.b.String()), links
		case html.TextToken:
			if hidden == 0 {
				out.write(string(t.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, more := t.TagName()
			tag := atom.Lookup(name)
			switch {
			case tag == atom.Script || tag == atom.Style || tag == atom.Template || tag == atom.Noscript:
				switch {
				case kind == html.StartTagToken:
					hidden++
				case kind == html.EndTagToken && hidden > 0:
					hidden--
				}
			case tag == atom.Br:
				out.lines(1)
			case tag == atom.Li || tag == atom.Tr || tag == atom.Dt || tag == atom.Dd || tag == atom.Div:
				out.want(1)
			case tag == atom.Pre:
				out.want(2)
				out.pre = kind == html.StartTagToken
			case block(tag):
				out.want(2)
			case tag == atom.A && kind == html.StartTagToken:
				for n := 0; more && n < 32; n++ {
					var k, v []byte
					if k, v, more = t.TagAttr(); string(k) == "href" {
						if l := resolve(string(v), base); l != "" && len(links) < maxLinks && !slices.Contains(links, l) {
							links = append(links, l)
						}
					}
				}
			}
		}
	}
}

// maxLinks bounds the addresses of one text.
const maxLinks = 50

func block(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Figure, atom.Figcaption, atom.Hr:
		return true
	}
	return false
}

func resolve(address string, base *url.URL) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" && u.Scheme != "tel" {
		return ""
	}
	return u.String()
}

// flow lays text out: breaks are only written once something follows them.
type flow struct {
	b     strings.Builder
	ends  int  // line ends owed
	space bool // a space owed
	pre   bool
}

func (f *flow) want(n int)  { f.ends = max(f.ends, n) }
func (f *flow) lines(n int) { f.ends += n }

func (f *flow) write(s string) {
	if f.pre {
		f.flush()
		f.b.WriteString(s)
		return
	}
	for len(s) > 0 {
		n := strings.IndexAny(s, " \t\n\f")
		if n == 0 {
			f.space = true
			s = s[1:]
			continue
		}
		if n < 0 {
			n = len(s)
		}
		f.flush()
		f.b.WriteString(s[:n])
		s = s[n:]
	}
}

func (f *flow) flush() {
	switch {
	case f.b.Len() == 0:
	case f.ends > 0:
		f.b.WriteString(strings.Repeat("\n", min(f.ends, 3)))
	case f.space:
		f.b.WriteByte(' ')
	}
	f.ends, f.space = 0, false
}
