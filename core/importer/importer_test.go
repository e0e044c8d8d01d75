package importer

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"unisson/core/board"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each file of testdata has a golden file: its preview, indented. A golden file without its source fails.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	expected := map[string]bool{}
	for _, file := range files {
		golden := filepath.Join("testdata", "golden", filepath.Base(file)+".json")
		expected[golden] = true
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := Read(data, Options{Name: file})
			check(t, p)
			var got bytes.Buffer
			if err := json.Indent(&got, p.JSON(), "", " "); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs (go test ./core/importer -update writes it anew):\n%s", golden, got.Bytes())
			}
		})
	}
	have, _ := filepath.Glob("testdata/golden/*")
	for _, g := range have {
		if expected[g] {
			continue
		}
		if *update {
			_ = os.Remove(g)
		} else {
			t.Errorf("%s has no source", g)
		}
	}
}

// check holds any preview to what the page relies on.
func check(t testing.TB, p Preview) {
	t.Helper()
	if !json.Valid(p.JSON()) {
		t.Fatalf("not JSON: %s", p.JSON())
	}
	if p.Error == nil && len(p.Messages) == 0 && p.Board == nil {
		t.Error("neither posts nor an error")
	}
	if p.Error != nil {
		said(t, p.Error.What)
		for _, a := range p.Error.Args {
			if a.Key == "fault" {
				said(t, a.Value.(string))
			}
		}
	}
	for _, s := range p.Skipped {
		said(t, s.What)
		if s.Count < 1 || len(s.Args) == 0 || s.Args[0].Key != "count" || s.Args[0].Value != float64(s.Count) {
			t.Errorf("%+v", s)
		}
	}
	for _, m := range p.Messages {
		if strings.TrimSpace(m.Text) != m.Text || m.Text == "" || !utf8.ValidString(m.Text) || len(m.Text) > MaxText {
			t.Errorf("text %q", m.Text)
		}
		if _, ok := board.ParseDay(m.Date); m.Date != "" && !ok {
			t.Errorf("date %q", m.Date)
		}
		if m.Lang != "" && m.Lang != "fr" && m.Lang != "en" {
			t.Errorf("language %q", m.Lang)
		}
		if m.Channel != "" && !slices.Contains(p.Channels, m.Channel) {
			t.Errorf("channel %q is not listed", m.Channel)
		}
	}
}

var sentences = func() map[string]map[string]string {
	all := map[string]map[string]string{"fr": {}, "en": {}}
	for _, file := range []string{"importer", "board"} {
		data, err := os.ReadFile("../texts/" + file + ".json")
		if err != nil {
			panic(err)
		}
		var texts map[string]map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			panic(err)
		}
		for lang, m := range texts {
			for id, s := range m {
				all[lang][id] = s
			}
		}
	}
	return all
}()

func said(t testing.TB, id string) {
	t.Helper()
	for lang, all := range sentences {
		if all[id] == "" {
			t.Errorf("%s: no sentence for %s", lang, id)
		}
	}
}

// Every id the source names has its sentence, and no sentence is left over.
func TestEveryIdHasItsSentence(t *testing.T) {
	var source strings.Builder
	files, _ := filepath.Glob("*.go")
	for _, f := range files {
		if !strings.HasSuffix(f, "_test.go") {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(data)
		}
	}
	ids := map[string]bool{}
	for rest := source.String(); ; {
		_, after, ok := strings.Cut(rest, `"import.`)
		if !ok {
			break
		}
		id, more, _ := strings.Cut(after, `"`)
		ids["import."+id] = true
		rest = more
	}
	if len(ids) < 15 {
		t.Fatalf("only %d ids found", len(ids))
	}
	for id := range ids {
		said(t, id)
	}
	for id := range sentences["fr"] {
		if strings.HasPrefix(id, "import.") && !ids[id] {
			t.Errorf("%s is said by nobody", id)
		}
	}
}

func FuzzRead(f *testing.F) {
	kinds := []Kind{"", Board, CSV, Feed, Lines, Paragraphs, Profile}
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(0), uint8(0))
		f.Add(data, uint8(1+len(f.Name())%6), uint8(3))
	}
	f.Fuzz(func(t *testing.T, data []byte, kind, how uint8) {
		o := Options{As: kinds[int(kind)%len(kinds)]}
		if how&1 != 0 {
			o.Columns = &Mapping{int(how>>1&3) - 1, int(how>>3&3) - 1, int(how>>5&3) - 1, int(how>>6) - 1}
		}
		if how&2 != 0 {
			o.Dates = MDY
		}
		p := Read(data, o)
		check(t, p)
		if again := Read(data, o); !bytes.Equal(p.JSON(), again.JSON()) {
			t.Error("read twice, differently")
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for s := range dates {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := parseDate(s)
		if !ok {
			return
		}
		for _, o := range []Order{DMY, MDY, ISO, Ask} {
			if w := d.write(o); w != "" {
				if _, ok := board.ParseDay(w); !ok {
					t.Fatalf("%q is written as %q", s, w)
				}
			}
		}
	})
}

var dates = map[string]string{ // by day first; "" = no date
	"2026-04-03": "2026-04-03", "2026/4/3": "2026-04-03", "20260403": "2026-04-03", "2025-07-01 14:33:22": "2025-07-01", "2025-07-01T14:33:22.123Z": "2025-07-01T14:33:22Z",
	"2025-07-01T14:33:22+02:00": "2025-07-01T14:33:22+02:00", "2025-07-01 14:33 UTC": "2025-07-01T14:33:00Z", "2025-07-01T14:33-0530": "2025-07-01T14:33:00-05:30",
	"1/23/26 17:30": "2026-01-23", "23/1/2026 à 17h30": "2026-01-23", "3.4.2026": "2026-04-03", "03-04-2026": "2026-04-03", "1/2/26 5:30 PM": "2026-01-02",
	"3 avril 2026": "2026-04-03", "le 1er août 2026": "2026-08-01", "vendredi 3 avril 2026 à 9:05": "2026-04-03", "mar. 3 mars 2026": "2026-03-03", "mardi 3 févr. 2026": "2026-02-03",
	"April 3, 2026": "2026-04-03", "Apr 3rd 2026 at 9:00 AM": "2026-04-03", "Sat May 13 17:20:09 +0000 2023": "2023-05-13T17:20:09+00:00", "Tue, 14 Apr 2026 08:00:00 GMT": "2026-04-14T08:00:00Z",
	"Thu, 1 Jan 26 23:59:59 +0100": "2026-01-01T23:59:59+01:00", "1767225600": "2026-01-01T00:00:00Z", "1767225600000": "2026-01-01T00:00:00Z", "13 déc. 2025": "2025-12-13", "31/12/99": "1999-12-31",
	"": "", "2026": "", "3 avril": "", "demain": "", "31/02/2026": "", "2026-02-30": "", "12/2026": "", "abc 12 2026 34": "", "0612345678": "", "12:30": "", "Chapitre 3, mars 2026, page 4": "", "1/2/3": "", "99999999": "",
}

// The two tables, byte by byte, against the library.
func TestEncodings(t *testing.T) {
	for x := range 256 {
		for name, c := range map[string]struct {
			got  string
			want *charmap.Charmap
		}{"windows-1252": {fromBytes([]byte{byte(x)}, windows1252), charmap.Windows1252}, "iso-8859-15": {fromBytes([]byte{byte(x)}, latin9), charmap.ISO8859_15}} {
			want := c.want.DecodeByte(byte(x))
			if want == utf8.RuneError { // a byte without a character stays what it is, as browsers do
				want = rune(x)
			}
			if c.got != string(want) {
				t.Errorf("%s: byte %#x is %q, want %q", name, x, c.got, want)
			}
		}
	}
}

func TestDates(t *testing.T) {
	for s, want := range dates {
		got := ""
		if d, ok := parseDate(s); ok {
			got = d.write(DMY)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestDateOrder(t *testing.T) {
	for _, c := range []struct {
		rows string
		want Order
	}{
		{"2026-01-02", ISO}, {"3/4/2026 5/6/2026", Ask}, {"3/4/2026 25/6/2026", DMY}, {"3/4/2026 6/25/2026", MDY}, {"13/4/2026 6/25/2026", Ask}, {"4/4/2026", ISO},
		{"1/1/2026 3/1/2026 9/1/2026 2/2/2026 8/2/2026 1/3/2026 5/3/2026", DMY}, {"1/1/2026 1/3/2026 1/9/2026 2/2/2026 2/8/2026 3/1/2026 3/5/2026", MDY},
	} {
		var csv strings.Builder
		csv.WriteString("date,text\n")
		for i, d := range strings.Fields(c.rows) {
			csv.WriteString(d + ",post " + letters(i) + "\n")
		}
		if p := Read([]byte(csv.String()), Options{}); p.Dates != c.want {
			t.Errorf("%s: %s, want %s", c.rows, p.Dates, c.want)
		}
	}
	p := Read([]byte("date,text\n3/4/2026,a\n5/6/2026,b\n"), Options{Dates: MDY})
	if p.Dates != MDY || p.Messages[0].Date != "2026-03-04" {
		t.Errorf("chosen: %+v", p)
	}
}

func TestChosenColumns(t *testing.T) {
	p := Read([]byte("a,b,c\nx,le texte,2026-01-01\ny,un autre,2026-01-02\n"), Options{As: CSV, Columns: &Mapping{Text: 1, Date: 2, Channel: 0, Link: 99}})
	if len(p.Messages) != 3 || p.Messages[1].Text != "le texte" || p.Messages[1].Date != "2026-01-01" || p.Messages[1].Channel != "x" || p.Columns.Link != -1 {
		t.Errorf("%+v %+v", p.Messages, p.Columns)
	}
}

func TestLimits(t *testing.T) {
	if p := Read(make([]byte, MaxBytes+1), Options{}); p.Error == nil || p.Error.What != "import.error.size" {
		t.Errorf("too large: %+v", p.Error)
	}
	var csv strings.Builder
	csv.WriteString("date,text\n")
	for i := range MaxRows + 500 {
		csv.WriteString("2026-01-01,post " + letters(i) + "\n")
	}
	p := Read([]byte(csv.String()), Options{})
	if len(p.Messages) != MaxRows || len(p.Skipped) != 1 || p.Skipped[0].What != "import.skip.rows" || p.Skipped[0].Count != 500 {
		t.Errorf("rows: %d, %+v", len(p.Messages), p.Skipped)
	}
	p = Read([]byte("text\n"+strings.Repeat("a", MaxText+1)+"\nb\n"+strings.Repeat("é", 20_001)+"\n"), Options{As: CSV})
	if len(p.Messages) != 2 || len(p.Skipped) != 1 || p.Skipped[0].What != "import.skip.long" {
		t.Errorf("long: %d, %+v", len(p.Messages), p.Skipped)
	}
}

// Reading takes a time that follows the size, whatever the file: the shapes below are the worst we know for each reader.
// One that was quadratic would not end within the time limit of a test.
func TestHostileFiles(t *testing.T) {
	const n = 1 << 18
	for _, data := range map[string]string{
		"quotes":           "date,text\n" + strings.Repeat("\"a\n", n/3),
		"quotes inside":    "date,text\n" + strings.Repeat("a\"b,c\"d\n", n/8),
		"escaped quotes":   "date,text\n" + strings.Repeat("\"\"\"\n", n/4),
		"commas":           "date,text\n" + strings.Repeat(",", n),
		"empty rows":       "date,text\n" + strings.Repeat(",\n", n/2),
		"open elements":    "<rss>" + strings.Repeat("<item><description>", n/19),
		"deep content":     "<feed><entry><content>" + strings.Repeat("<content>", n/9),
		"attributes":       "<rss><item " + strings.Repeat("a=b ", n/4) + ">",
		"no end":           "<rss><item><title><![CDATA[" + strings.Repeat("]", n),
		"links":            "<rss><item><description><![CDATA[" + strings.Repeat("<a href=x>", n/10) + "]]></description></item></rss>",
		"brackets":         strings.Repeat("{\"a\":[", n/6),
		"ampersands":       "text\n" + strings.Repeat("&", n),
		"ages":             strings.Repeat("2 j\n", n/4),
		"names and ages":   strings.Repeat("Nom\n2 j\nJ’aime\nCommenter\nun texte\n", n/36),
		"counters":         strings.Repeat("12 vues\nJ’aime\n", n/16),
		"one long line":    strings.Repeat("1 ", n/2),
		"empty lines":      strings.Repeat("\n", n) + "x",
		"carriage returns": strings.Repeat("a\r", n/2),
	} {
		for _, as := range []Kind{"", CSV, Feed, Profile, Paragraphs} {
			check(t, Read([]byte(data), Options{As: as}))
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	var csv strings.Builder
	csv.WriteString("date;canal;texte\n")
	for i := range 10_000 {
		csv.WriteString("03/04/2026;Facebook;\"Une phrase, puis une autre, pour " + letters(i) + "\nsur deux lignes.\"\n")
	}
	b.SetBytes(int64(csv.Len()))
	for b.Loop() {
		Read([]byte(csv.String()), Options{})
	}
}

// What a full-size hostile file makes a reader hold stays well below what a browser gives a page.
func TestMemoryFollowsTheInput(t *testing.T) {
	const n = 4 << 20
	for name, c := range map[string]struct {
		as   Kind
		data string
	}{
		"empty lines":   {Profile, strings.Repeat("\n", n) + "x"},
		"short lines":   {Profile, strings.Repeat("a\n", n/2)},
		"cells":         {CSV, "date,text\n" + strings.Repeat(",", n)},
		"stray quotes":  {CSV, "date,text\n" + strings.Repeat("\"a\n", n/3)},
		"blank lines":   {Paragraphs, strings.Repeat(" \n", n/2) + "x"},
		"paragraphs":    {Paragraphs, strings.Repeat("a\n\n", n/3)},
		"networks":      {CSV, "text,facebook,x,linkedin,tiktok\n" + distinct(strings.Repeat("a", 1000)+"#,1,1,1,1\n", n/1018)},
		"relative link": {Feed, "<rss><link>https://a.example/" + strings.Repeat("b", 450) + "/</link>" + distinct("<item><description><![CDATA["+strings.Repeat("<a href=c/#>", 100)+"#]]></description></item>", n/1700)},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p := Read([]byte(c.data), Options{As: c.as})
		size := len(p.JSON())
		runtime.GC()
		runtime.ReadMemStats(&after)
		grown := int(after.HeapAlloc) - int(before.HeapAlloc)
		peak := int(after.HeapSys) >> 20
		t.Logf("%s: %d MiB kept, %d MiB of JSON, %d MiB of heap so far", name, grown>>20, size>>20, peak)
		if grown > 16*n || size > 16*n || peak > 1000 {
			t.Errorf("%s: %d MiB of input leave %d MiB, %d MiB of JSON, %d MiB of heap", name, n>>20, grown>>20, size>>20, peak)
		}
		runtime.KeepAlive(p)
	}
}

// distinct repeats a pattern, with another number for each # in it.
func distinct(pattern string, n int) string {
	var b strings.Builder
	parts := strings.Split(pattern, "#")
	for i := range n {
		for k, part := range parts {
			if k > 0 {
				b.WriteString(letters(i*len(parts) + k))
			}
			b.WriteString(part)
		}
	}
	return b.String()
}
