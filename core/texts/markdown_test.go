package texts

import (
	"bytes"
	stdhtml "html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"unisson/core/board"
	"unisson/core/report"
)

// reader is a Markdown reader with everything switched on that a text could slip into.
var reader = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList),
	goldmark.WithRendererOptions(html.WithUnsafe()))

func rendered(t *testing.T, markdown string) string {
	t.Helper()
	var out bytes.Buffer
	if err := reader.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// shown is what must be read: the text in one line.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, string([]rune(s)))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

var hostile = []string{
	"", "plain", "# no heading", "## a ## ", "trailing #", "- no item", "+ no item", "* no item", "1. no list", "12) no list", "1", "1.", ". a", "> no quote", "---", "===", "***", "___", "```sh\nrm -rf\n```", "~~~", "    indented", "\tindented",
	"[link](javascript:alert(1))", "![img](http://x/y.png)", "[ref]: http://evil.example", "[x][ref]", "<script>alert(1)</script>", "<b>bold</b>", "<!-- comment", "</p><h1>out", "<https://evil.example>", "&lt;script&gt; &amp; &#60;b&#62; &copy;",
	"**bold** __bold__ *em* _em_ ~~gone~~ `code` ``co`de``", "a | b | c", "| --- | --- |", "\\| \\\\| \\", "line one\nline two\r\n\r\npara", "two  spaces  \nbreak", "back\\\nslash", "\\[not\\]", "$x^2$ [^1] ^sup^ ==mark==", ": definition", "[ ] task", "[x] done", "!\u005bimg]",
	"https://evil.example www.evil.example WWW.evil.example a@b.example ftp://x", "« l’été » ; 12 %", "🐶 مرحبا 東京", "\u2028sep\u2029", "\x00nul\x1b[31m", "\xff\xfe broken", "a\u00a0b", "{{template}} {% tag %} <%= x %>", "setext\n===", "*\u00a0a*", "a*\"b\"*",
}

// A text of people says what it says, and nothing else: alone, in a title, an item, a quotation, a table.
func holdsText(t *testing.T, s string) {
	t.Helper()
	e, want := escape(s), stdhtml.EscapeString(shown(s))
	want = strings.NewReplacer("&#39;", "'", "&#34;", "&quot;").Replace(want)
	if strings.ContainsAny(e, "\n\r") || !utf8.ValidString(e) {
		t.Fatalf("%q: %q is not one line of text", s, e)
	}
	if want == "" {
		if e != "" {
			t.Errorf("%q: %q, want nothing", s, e)
		}
		return
	}
	for _, c := range []struct{ markdown, html string }{
		{e + "\n", "<p>" + want + "</p>\n"},
		{"### " + e + " — a\n", "<h3>" + want + " — a</h3>\n"},
		{"# " + e + "\n", "<h1>" + want + "</h1>\n"},
		{"> " + e + "\n>\n> — " + e + "\n", "<blockquote>\n<p>" + want + "</p>\n<p>— " + want + "</p>\n</blockquote>\n"},
		{"- " + e + " (A)\n- " + e + "\n", "<ul>\n<li>" + want + " (A)</li>\n<li>" + want + "</li>\n</ul>\n"},
		{"**a** · " + e + " (A)\n", "<p><strong>a</strong> · " + want + " (A)</p>\n"},
		{"| " + e + " | b |\n| --- | --- |\n| c | " + e + " |\n", "<table>\n<thead>\n<tr>\n<th>" + want + "</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n<td>" + want + "</td>\n</tr>\n</tbody>\n</table>\n"},
	} {
		if got := rendered(t, c.markdown); got != c.html {
			t.Errorf("%q as %q:\ngot  %q\nwant %q", s, c.markdown, got, c.html)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, s := range hostile {
		holdsText(t, s)
	}
	for in, want := range map[string]string{"  a \t b ": "a b", "2.5 kg": "2.5 kg", "2. kg": "2\\. kg", "2.": "2\\.", "le 3.": "le 3.", "a-b": "a-b", "prix : 12 €": "prix : 12 €"} {
		if got := escape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(holdsText)
}

// A whole report of a board that holds nothing but hostile words has the headings, quotations and tables of any other.
func TestHostileReport(t *testing.T) {
	for _, lang := range Langs {
		want := skeleton(rendered(t, Markdown(someReport("a"), someBoard("a"), lang)))
		for _, s := range hostile {
			if shown(s) == "" {
				continue
			}
			if got := skeleton(rendered(t, Markdown(someReport(s), someBoard(s), lang))); got != want {
				t.Errorf("%q changes the document:\ngot  %s\nwant %s", s, got, want)
			}
			if plain := Plain(someReport(s), someBoard(s), lang); plain == "" {
				t.Errorf("%q: no text", s)
			}
		}
	}
}

func someBoard(s string) *board.Board {
	return &board.Board{ID: "b", Title: s, Identity: &board.Identity{Name: s, Sentence: s},
		Channels: []*board.Channel{{ID: "c", Name: s, Bio: s, Reason: s}}, Objectives: []*board.Objective{{ID: "o", Title: s}}, Messages: []*board.Message{{ID: s + "m", Channel: "c", Date: s, Text: s}}}
}

func someReport(s string) *report.Report {
	channel := report.Arg{Key: "channel", Value: "c"}
	return &report.Report{Board: "b", Score: report.Score{Shown: true, Proven: 40, Possible: 80, Coverage: .5, Dismissals: 1, Dimensions: []report.Dimension{{ID: "identity", Weight: 20, Counted: true, Proven: .4, Possible: .8}}},
		Rules:  []report.RuleState{{ID: "ID6", Dim: "identity", Objects: 2, Failing: 1}, {ID: "VO3", Dim: "voice", State: report.Insufficient, Required: true, Missing: []report.Missing{{What: "posts", Args: []report.Arg{channel, {Key: "have", Value: 1}, {Key: "need", Value: 10}}}}}},
		Causes: []report.Cause{{About: report.Ref{Kind: "channel", ID: "c"}, Findings: []int{0, 1}, Gain: 3}},
		Findings: []report.Finding{
			{Key: "PU3:c", Rule: "PU3", Places: []report.Place{{Entity: "c", Field: "reason"}}, Args: []report.Arg{channel, {Key: "why", Value: "crowd"}, {Key: "reason", Value: s}}},
			{Key: "ID6:c", Rule: "ID6", Places: []report.Place{{Entity: "c", Field: "bio"}, {Entity: "identity", Field: "sentence"}, {Message: s + "m"}}, Args: []report.Arg{channel, {Key: "sentence", Value: "yes"}, {Key: "others", Value: 1}}}},
		Next: []report.Next{{About: report.Ref{Kind: "channel", ID: "c"}, Finding: "ID6:c", Rules: []string{"ID6"}, Gain: 2, Closes: 1}, {Missing: report.Missing{What: "posts", Args: []report.Arg{channel, {Key: "have", Value: 1}, {Key: "need", Value: 10}}}, Rules: []string{"VO3"}, Closes: 3}},
		File: []board.Fault{{Path: "/channels/" + s, Fault: "dangling", Value: s}},
	}
}

// skeleton is the tags of a document, and its entities that could be tags left out.
func skeleton(html string) string {
	var out strings.Builder
	for {
		_, after, found := strings.Cut(html, "<")
		if !found {
			return out.String()
		}
		tag, rest, _ := strings.Cut(after, ">")
		out.WriteString("<" + tag + ">")
		html = rest
	}
}
