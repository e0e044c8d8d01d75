package terminal

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"unisson/core/report"
	"unisson/core/texts"
)

var words = []string{"canal", "été", "日本語の文", "«", "»", "!", "🙂", "👩‍👩‍👧", "e\u0301e\u0301", "https://exemple.test/" + strings.Repeat("long/", 30), "\x1b[31m", "\u202e", "한국어", "x", " "}

// Whatever a text holds, no line is wider than the terminal, nothing is lost or added but blanks, and there is a caret a column of what
// is marked, right under it.
func TestQuotes(t *testing.T) {
	next := rand.New(rand.NewPCG(7, 7))
	for range 800 {
		var text strings.Builder
		for range 1 + next.IntN(30) {
			text.WriteString(words[next.IntN(len(words))] + " ")
		}
		points := len([]rune(text.String()))
		span := texts.Span{Start: next.IntN(points), End: next.IntN(points + 1)}
		look := Style{Columns: Narrowest + next.IntN(90), Colour: next.IntN(4) == 0}
		var out strings.Builder
		look.quote(&out, texts.Block{Kind: texts.Quoted, Text: text.String(), Aside: "ici", Severity: report.Major, Span: span})
		visible := displaywidth.Options{ControlSequences: true}
		said, carets, wanted := "", 0, 0
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if visible.String(line) > look.Columns {
				t.Fatalf("%d columns of %d: %q", visible.String(line), look.Columns, line)
			}
			bare := strings.NewReplacer("\x1b[3m", "", "\x1b[2m", "", "\x1b[1;31m", "", "\x1b[0m", "").Replace(line)
			if strings.ContainsAny(bare, "\x1b\u202e") {
				t.Fatalf("a control character came through: %q", line)
			}
			if strings.Trim(bare, " ^") == "" {
				carets += strings.Count(bare, "^")
			} else if !strings.HasPrefix(strings.TrimSpace(bare), "— ici") {
				said += bare
			}
		}
		for _, c := range cells(text.String(), plain, span) {
			if c.marked && c.text != " " {
				wanted += c.width
			}
		}
		if got, want := strings.Join(strings.Fields(said), ""), strings.Join(strings.Fields(harmless(text.String())), ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
		if carets < wanted || carets > wanted+strings.Count(text.String(), " ") {
			t.Fatalf("%d carets under %d columns of %q, %v:\n%s", carets, wanted, text.String(), span, out.String())
		}
	}
}

// The caret of a fault stands under its column, however long the line and wide its letters.
func TestSource(t *testing.T) {
	for _, c := range []struct {
		document     string
		line, column int
		columns      int
		want         string
	}{
		{"{\n\t\"a\": 4\n}", 2, 7, 80, "  2 |  \"a\": 4\n            ^\n"},
		{"{\"é日本\": x}", 1, 9, 80, "  1 | {\"é日本\": x}\n                ^\n"},
		{"", 1, 1, 80, "  1 | \n      ^\n"},
		{"{", 1, 2, 80, "  1 | {\n       ^\n"},
		{"a\r\nb\r\n", 2, 1, 80, "  2 | b\n      ^\n"},
		{"x", 9, 4, 80, "  9 | \n      ^\n"},
		{strings.Repeat("a", 100) + "!" + strings.Repeat("b", 100), 1, 101, 40, "  1 | …" + strings.Repeat("a", 17) + "!" + strings.Repeat("b", 14) + "…\n" + strings.Repeat(" ", 24) + "^\n"},
		{strings.Repeat("日", 100) + "!", 1, 101, 40, "  1 | …" + strings.Repeat("日", 8) + "!\n" + strings.Repeat(" ", 23) + "^\n"},
		{"\"\x1b[2J\xff\"", 1, 3, 80, "  1 | \"�[2J�\"\n        ^\n"},
	} {
		got := Style{Columns: c.columns}.Source([]byte(c.document), c.line, c.column)
		if got != c.want {
			t.Errorf("%q %d:%d:\n%swant\n%s", c.document, c.line, c.column, got, c.want)
		}
		for line := range strings.Lines(got) {
			if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > c.columns {
				t.Errorf("%d columns: %q", n, line)
			}
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		s       string
		columns int
		fit     string
		end     string
	}{
		{"board.json", 12, "board.json  ", "board.json  "},
		{"boards/deep/board.json", 10, "boards/de…", "…oard.json"},
		{"日本語の文", 6, "日本… ", "…の文 "},
	} {
		if got := Fit(c.s, c.columns); got != c.fit {
			t.Errorf("Fit %q: %q, want %q", c.s, got, c.fit)
		}
		if got := FitEnd(c.s, c.columns); got != c.end {
			t.Errorf("FitEnd %q: %q, want %q", c.s, got, c.end)
		}
	}
}
