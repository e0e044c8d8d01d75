package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

// The test program is also the program under test: with this variable it runs the command line instead.
const asProgram = "UNISSON_TEST_AS_PROGRAM"

// atStart is what a system's tests do to the program before it runs.
var atStart = func() {}

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		atStart()
		os.Exit(Run(context.Background(), os.Args[1:], System()))
	}
	goleak.VerifyTestMain(m)
}

const (
	house = `{"format":"unisson/1","id":"maison","identity":{"sentence":"Nous réparons les vélos du quartier et nous formons les voisins."},` +
		`"objectives":[{"id":"o","title":"Ouvrir"}],"channels":[{"id":"site","name":"Site","kind":"site","objectives":["o"]},{"id":"insta","name":"Instagram","kind":"instagram"}]}`
	bare = `{"format":"unisson/1","id":"vide"}`
)

type outcome struct {
	status   int
	out, err string
}

func unisson(in string, env map[string]string, args ...string) outcome {
	var out, errs bytes.Buffer
	status := Run(context.Background(), args, World{In: strings.NewReader(in), Out: &out, Err: &errs, Env: func(n string) string { return env[n] }})
	return outcome{status, out.String(), errs.String()}
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommands(t *testing.T) {
	good, empty, dir := written(t, "a.json", house), written(t, "b.json", bare), t.TempDir()
	broken := written(t, "c.json", "{\n \"format\": \"unisson/1\",\n \"title\": 4\n}")
	dismissed := written(t, "d.json", `{"format":"unisson/1","dismissals":[{"finding":"ID1","reason":"later"}]}`)
	fr := map[string]string{"LANG": "fr_FR.UTF-8"}
	for _, c := range []struct {
		name   string
		args   []string
		in     string
		env    map[string]string
		status int
		out    string // regular expressions
		err    string
	}{
		{name: "nothing", status: 2, err: `^Unisson checks`},
		{name: "nothing, in French", env: fr, status: 2, err: `^Unisson vérifie`},
		{name: "LC_ALL before LANG", env: map[string]string{"LC_ALL": "C", "LANG": "fr_FR"}, status: 2, err: `^Unisson checks`},
		{name: "help", args: []string{"help"}, out: `check +checks boards`},
		{name: "help, by its flag", args: []string{"--help"}, out: `check +checks boards`},
		{name: "help of a command", args: []string{"help", "serve", "--lang", "fr"}, out: `--addr HOST:PORT +adresse(.|\n)*UNISSON_ADDR`},
		{name: "help inside a command", args: []string{"check", "-h"}, out: `--fail-on critical\|major\|minor\|none`},
		{name: "help of nothing", args: []string{"help", "chek"}, status: 2, err: `no command “chek”`},
		{name: "version", args: []string{"version"}, out: `^unisson \S+ \(unisson/1, unisson-report/1, go1`},
		{name: "version of", args: []string{"version", "x"}, status: 2, err: `“x” is one too many`},
		{name: "no such command", args: []string{"chek", "--lang=fr"}, status: 2, err: `«\x{202f}chek\x{202f}» n’existe pas(.|\n)*unisson help`},
		{name: "no such option", args: []string{"check", "--forma", "json"}, status: 2, err: `no option --forma\.`},
		{name: "no such letter", args: []string{"check", "-q"}, status: 2, err: `no option -q\.`},
		{name: "an option without its value", args: []string{"check", "--format"}, status: 2, err: `--format needs a value: text\|md\|json`},
		{name: "a value that is none", args: []string{"check", "--fail-on", "huge", good}, status: 2, err: `--fail-on cannot be “huge”; possible values: critical`},
		{name: "a switch with a word", args: []string{"check", "--jsonl=maybe"}, status: 2, err: `--jsonl cannot be “maybe”; possible values: true`},
		{name: "no file", args: []string{"check"}, in: house, status: 2, err: `no file to check`},
		{name: "lines as text", args: []string{"check", "--jsonl", "--format", "text"}, status: 2, err: `leave out --format`},
		{name: "evidence as text", args: []string{"check", "--evidence", good}, status: 2, err: `--evidence needs --format json`},
		{name: "text", args: []string{"check", good}, out: `Instagram`},
		{name: "text, in French", args: []string{"check", good, "--lang", "fr"}, out: `Instagram(.|\n)*\x{202f}`},
		{name: "json", args: []string{"check", good, "--format=json"}, out: `^{"board":"maison","format":"unisson-report/1".*}\n$`},
		{name: "standard input", args: []string{"check", "--format", "json", "-"}, in: house, out: `^{"board":"maison"`},
		{name: "evidence", args: []string{"check", "--format", "json", "--evidence", good}, out: `"messages":\[`},
		{name: "several, in order", args: []string{"check", good, "--format", "json", empty, good}, out: `^{"board":"maison".*\n{"board":"vide".*\n{"board":"maison".*\n$`},
		{name: "several, as text", args: []string{"check", good, empty}, out: `^== .*a\.json ==\n(.|\n)*\n\n== .*b\.json ==\n`},
		{name: "after two dashes", args: []string{"check", "--format", "json", "--", "--lang"}, status: 2, err: `--lang: there is no such file`},
		{name: "missing", args: []string{"check", "/nonexistent/x.json"}, status: 2, err: `/nonexistent/x.json: there is no such file`},
		{name: "a folder", args: []string{"check", dir}, status: 2, err: `is a folder`},
		{name: "a bad board, with its place", args: []string{"check", broken}, status: 2, err: `c\.json, line 3, column 11 \(/title\): \S+`},
		{name: "a bad board, in French", args: []string{"check", broken}, env: fr, status: 2, err: `c\.json, ligne 3, colonne 11 \(/title\)\x{202f}: \S+`},
		{name: "bad among good", args: []string{"check", "--format", "json", good, broken, empty}, status: 2, out: `^{"board":"maison".*\n{"board":"vide".*\n$`, err: `line 3`},
		{name: "empty input", args: []string{"check", "-"}, status: 2, err: `standard input, line 1`},
		{name: "critical enough", args: []string{"check", "--format", "json", "--fail-on", "critical", empty}, status: 1, out: `"rule":"ID1","severity":"critical"`},
		{name: "more than minor", args: []string{"check", "--format", "json", empty, "--fail-on=minor"}, status: 1, out: `vide`},
		{name: "nothing to fail on", args: []string{"check", "--format", "json", "--fail-on", "minor", good}, status: 0, out: `"findings":\[\]`},
		{name: "dismissed", args: []string{"check", "--format", "json", "--fail-on", "minor", dismissed}, status: 0, out: `"dismissed":true`},
		{name: "bad input is worse than findings", args: []string{"check", "--format", "json", "--fail-on", "minor", empty, broken}, status: 2, out: `vide`, err: `line 3`},
		{name: "lines", args: []string{"check", "--jsonl"}, in: house + "\n" + bare, out: `^{"board":"maison".*\n{"board":"vide".*\n$`},
		{name: "lines of a file", args: []string{"check", "--jsonl", written(t, "l.jsonl", bare+"\r\n\n"+house+"\n")}, out: `^{"board":"vide".*\n{"board":"maison".*\n$`},
		{name: "lines with what to do next", args: []string{"check", "--jsonl", "--next"}, in: bare, out: `"next":\[{`},
		{name: "next, in JSON", args: []string{"check", "--format", "json", "--next", empty}, out: `"next":\[{`},
		{name: "next, in text", args: []string{"check", empty}, out: `What to do next`},
		{name: "markdown", args: []string{"check", "--format", "md", empty, "--lang", "fr"}, out: `^# .*\n\n\*\*(.|\n)*## À faire ensuite`},
		{name: "a diff", args: []string{"diff", empty, good}, out: `(?s)Before.*After`},
		{name: "a diff, as JSON", args: []string{"diff", "--format", "json", empty, good}, out: `^{"board":"maison","format":"unisson-diff/1".*\n$`},
		{name: "a diff, as Markdown, in French", args: []string{"diff", "--format", "md", empty, good, "--lang", "fr"}, out: `^# `},
		{name: "a diff that fails", args: []string{"diff", "--format", "json", "--fail-on", "minor", good, empty}, status: 1, out: `"new":\[{`},
		{name: "a diff of one", args: []string{"diff", good}, status: 2, err: `two files`},
		{name: "a diff with a bad board", args: []string{"diff", broken, "/nonexistent/x.json"}, status: 2, err: `line 3(.|\n)*no such file`},
		{name: "a rule", args: []string{"explain", "vo6"}, out: `^VO6 · (.|\n)*\(A\d+\)`},
		{name: "all rules", args: []string{"explain", "--lang", "fr"}, out: `ID1 +\S(.|\n)*TE3`},
		{name: "no such rule", args: []string{"explain", "ZZ9"}, status: 2, err: `no check “ZZ9”`},
		{name: "no lines", args: []string{"check", "--jsonl"}, out: `^$`},
		{name: "lines that fail", args: []string{"check", "--jsonl", "--fail-on", "minor"}, in: bare, status: 1, out: `vide`},
		{name: "serve, badly", args: []string{"serve", "--addr", "nowhere"}, status: 2, err: `.`},
		{name: "serve, with a word", args: []string{"serve", "x"}, status: 2, err: `takes no argument`},
		{name: "serve, by a variable", args: []string{"serve"}, env: map[string]string{"UNISSON_MAX_BODY": "65"}, status: 2, err: `UNISSON_MAX_BODY cannot be “65”`},
		{name: "data that is a file", args: []string{"serve", "--data", good}, status: 2, err: `cannot be the data folder`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := unisson(c.in, c.env, c.args...)
			if got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			for _, stream := range []struct{ name, text, want string }{{"output", got.out, c.out}, {"errors", got.err, c.err}} {
				if stream.want == "" && stream.text != "" || !regexp.MustCompile(stream.want).MatchString(stream.text) {
					t.Errorf("%s: want %q, got:\n%s", stream.name, stream.want, stream.text)
				}
			}
		})
	}
}

// A bad line has its answer in its place, with the board's id where one can be read, and the run goes on.
func TestBadLines(t *testing.T) {
	lines := []string{
		house,
		`{"id":"cut","format":"unisson/1","channels":[{"id`,
		`{"title":{"id":"not this one"},"id":"no format"}`,
		bare,
		`{"id":4}`,
		"\xff",
		strings.Repeat("[", 1000),
		`"a text"`,
		house,
	}
	boards := []any{"maison", "cut", "no format", "vide", nil, nil, nil, nil, "maison"}
	got := unisson(strings.Join(lines, "\n"), nil, "check", "--jsonl")
	if got.status != exitBad || got.err != "" {
		t.Errorf("status %d, errors %q", got.status, got.err)
	}
	answers := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(answers) != len(lines) {
		t.Fatalf("%d answers to %d lines:\n%s", len(answers), len(lines), got.out)
	}
	for i, a := range answers {
		var answer struct {
			Board  any
			Format string
			Error  string
			Line   int
			Errors []fault.Detail
		}
		if err := json.Unmarshal([]byte(a), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Board != boards[i] {
			t.Errorf("line %d: board %v, want %v", i+1, answer.Board, boards[i])
		}
		good := lines[i] == house || lines[i] == bare
		if good != (answer.Error == "") || good != (answer.Format != "") {
			t.Errorf("line %d: %s", i+1, a)
		}
		if !good && (answer.Line != i+1 || len(answer.Errors) == 0 || !strings.Contains(answer.Error, answer.Errors[0].Detail)) {
			t.Errorf("line %d: %s", i+1, a)
		}
	}
}

// Every text the commands may ask for exists in both languages, and help tells every option.
func TestTexts(t *testing.T) {
	look := terminal.Style{Columns: helpWidth}
	for _, lang := range texts.Langs {
		for _, c := range commands() {
			manual := manual(c, lang, look)
			for _, o := range c.options() {
				if !strings.Contains(manual, "--"+o.name) {
					t.Errorf("help %s does not tell --%s", c.name(), o.name)
				}
			}
			if id := regexp.MustCompile(`\bcli\.\S+|\bfault\.\S+`).FindString(manual + overview(lang, look)); id != "" {
				t.Errorf("help %s (%s) shows the id %s", c.name(), lang, id)
			}
			for line := range strings.SplitSeq(manual, "\n") {
				if n := len([]rune(line)); n > helpWidth {
					t.Errorf("help %s: %d columns: %s", c.name(), n, line)
				}
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

type torn struct{}

func (torn) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

func TestBrokenStreams(t *testing.T) {
	for _, args := range [][]string{{"check", "--format", "json", "-"}, {"check", "--jsonl"}} {
		var errs bytes.Buffer
		w := World{In: strings.NewReader(house), Out: full{}, Err: &errs, Env: func(string) string { return "" }}
		if status := Run(context.Background(), args, w); status != exitBad || !strings.Contains(errs.String(), "could not be written") {
			t.Errorf("%v: status %d, %s", args, status, errs.String())
		}
		errs.Reset()
		w.In, w.Out = torn{}, io.Discard
		if status := Run(context.Background(), args, w); status != exitBad || !strings.Contains(errs.String(), "reading failed") {
			t.Errorf("%v: status %d, %s", args, status, errs.String())
		}
	}
}

// everyRoad says that one board has one report, byte for byte, whichever way it is asked for. (The page's worker is held to the same
// bytes by the page's tests.)
func everyRoad(t *testing.T, client *http.Client, base string) {
	ask := func(method, path, kind, body, token string) string {
		t.Helper()
		req, err := http.NewRequest(method, base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body != "" {
			req.Header.Set("Content-Type", kind)
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		r, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		got, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode >= 300 {
			t.Fatalf("%s %s: %d, %v, %.300s", method, path, r.StatusCode, err, got)
		}
		return string(got)
	}
	var lines, reports strings.Builder
	for _, board := range sharedBoards(t) {
		want := unisson(board, nil, "check", "--format", "json", "--evidence", "-").out
		var line bytes.Buffer
		if err := json.Compact(&line, []byte(board)); err != nil {
			t.Fatal(err)
		}
		lines.WriteString(line.String() + "\n")
		reports.WriteString(want)
		if got := ask("POST", "/api/v1/check?evidence=1", "application/json", board, ""); got != want {
			t.Errorf("the API and the command line differ:\n%s\n%s", got, want)
		}
		var made struct {
			ID     string
			Tokens struct{ Viewer string }
		}
		if err := json.Unmarshal([]byte(ask("POST", "/api/v1/boards", "application/json", board, "")), &made); err != nil {
			t.Fatal(err)
		}
		at := "/api/v1/boards/" + made.ID
		if got := ask("GET", at+"/report?evidence=1", "", "", made.Tokens.Viewer); got != want {
			t.Errorf("the shared board and the command line differ:\n%s\n%s", got, want)
		}
		if got := unisson(ask("GET", at+"/export", "", "", made.Tokens.Viewer), nil, "check", "--format", "json", "--evidence", "-").out; got != want {
			t.Errorf("the exported board has another report:\n%s\n%s", got, want)
		}
		for _, format := range []string{"text", "md"} {
			want := unisson(board, nil, "check", "--format", format, "--lang", "fr", "-").out
			if got := ask("POST", "/api/v1/check?lang=fr&format="+format, "application/json", board, ""); got != want {
				t.Errorf("the API’s %s and the command line’s differ:\n%s\n%s", format, got, want)
			}
			if got := ask("GET", at+"/report?lang=fr&format="+format, "", "", made.Tokens.Viewer); got != want {
				t.Errorf("the shared board’s %s and the command line’s differ:\n%s\n%s", format, got, want)
			}
		}
	}
	if got := unisson(lines.String(), nil, "check", "--jsonl", "--evidence").out; got != reports.String() {
		t.Error("a board a line gives other reports than a board a file")
	}
	if got := ask("POST", "/api/v1/check?evidence=1", "application/x-ndjson", lines.String(), ""); got != reports.String() {
		t.Error("a stream gives other reports than a board a file")
	}
}

// sharedBoards are the core's own and, where they lie beside the project, the common example boards.
func sharedBoards(t *testing.T) []string {
	t.Helper()
	boards := []string{house, bare}
	var files []string
	for _, pattern := range []string{"../../core/testdata/boards/*.json", "../../../shared/boards/*.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Fatal("no boards in core/testdata/boards")
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".expect.json") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		boards = append(boards, string(data))
	}
	return boards
}
