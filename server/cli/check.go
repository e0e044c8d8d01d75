package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
)

type check struct {
	format, failOn, lang  string
	jsonl, evidence, next bool
}

func newCheck() *check { return &check{failOn: "none"} }

func (*check) name() string { return "check" }
func (*check) usage(lang texts.Lang) string {
	return "[--format text|md|json] [--jsonl] [--evidence] [--next] [--lang fr|en] [--fail-on critical|major|minor|none] " + fault.Say(lang, "cli.file") + "…"
}
func (*check) about() []string { return []string{"cli.check.about", "cli.check.exit"} }

func (c *check) options() []option {
	const formats, severities = "text|md|json", "critical|major|minor|none"
	return []option{
		{name: "format", values: formats, says: "cli.check.format", to: oneOf(&c.format, formats)},
		{name: "jsonl", says: "cli.check.jsonl", to: toggle{&c.jsonl}},
		{name: "evidence", says: "cli.check.evidence", to: toggle{&c.evidence}},
		{name: "next", says: "cli.check.next", to: toggle{&c.next}},
		languageOption(&c.lang),
		{name: "fail-on", values: severities, says: "cli.check.fail-on", to: oneOf(&c.failOn, severities)},
	}
}

func (c *check) run(ctx context.Context, s session, files []string) (int, error) {
	switch {
	case c.jsonl && c.format != "json" && c.format != "":
		return exitBad, fault.New(fault.Usage, "fault.jsonlText")
	case c.evidence && !c.jsonl && c.format != "json":
		return exitBad, fault.New(fault.Usage, "fault.evidenceText")
	case len(files) == 0 && !c.jsonl:
		return exitBad, fault.New(fault.Usage, "fault.noFile")
	case len(files) == 0:
		files = []string{"-"}
	}
	out := bufio.NewWriterSize(s.Out, 64<<10)
	t := tally{failOn: c.failOn}
	for i, file := range files {
		err := c.file(ctx, s, out, file, &t, len(files) > 1, i)
		if err == nil {
			continue
		}
		if errors.Is(err, errOutput) {
			return exitBad, fault.New(fault.System, "fault.write")
		}
		t.bad = true
		if out.Flush() != nil { // what was found stands before what went wrong after it
			return exitBad, fault.New(fault.System, "fault.write")
		}
		io.WriteString(s.Err, s.told(file, err))
	}
	if out.Flush() != nil {
		return exitBad, fault.New(fault.System, "fault.write")
	}
	return t.status(), nil
}

// file checks what one file holds: a board, or with --jsonl a board a line.
func (c *check) file(ctx context.Context, s session, out *bufio.Writer, name string, t *tally, named bool, i int) error {
	in, err := open(s, name)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.jsonl {
		return c.lines(ctx, s, in, out, t)
	}
	b, err := readBoard(s, in, name)
	if err != nil {
		return err
	}
	forPeople := c.format != "json"
	r := core.Check(b, core.Options{Evidence: c.evidence, Next: c.next || forPeople})
	t.count(r.Findings)
	if forPeople && i > 0 {
		out.WriteByte('\n')
	}
	switch {
	case !forPeople:
		_, err = out.Write(r.AppendJSON(nil))
	case c.format == "md":
		_, err = out.WriteString(texts.Markdown(r, b, s.lang))
	default:
		if named {
			out.WriteString("== " + shown(s, name) + " ==\n\n")
		}
		_, err = out.WriteString(texts.Plain(r, b, s.lang))
	}
	if err != nil {
		return errOutput
	}
	return nil
}

// readBoard reads the one board a file holds.
func readBoard(s session, in io.Reader, name string) (*board.Board, error) {
	data, err := io.ReadAll(io.LimitReader(in, board.MaxBytes+1))
	switch {
	case err != nil:
		return nil, unreadable(s, name, err)
	case len(data) > board.MaxBytes:
		return nil, fault.New(fault.Long, "fault.file.long", "file", shown(s, name), "limit", float64(board.MaxBytes>>20))
	}
	b, err := boardjson.Decode(data)
	if err != nil {
		return nil, fault.OfDocument(err)
	}
	return b, nil
}

var errOutput = errors.New("the output is closed")

func open(s session, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(s.In), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(s, name, err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fault.New(fault.Input, "fault.file.folder", "file", name)
	}
	return f, nil
}

func unreadable(s session, name string, err error) error {
	text := "fault.file.unread"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = "fault.file.missing"
	case errors.Is(err, fs.ErrPermission):
		text = "fault.file.denied"
	}
	return fault.New(fault.Input, text, "file", shown(s, name))
}

func shown(s session, name string) string {
	if name == "-" {
		return s.say("fault.stdin")
	}
	return name
}

// told is one line for each thing that is wrong with a file, each with its place.
func (s session) told(file string, err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		f = fault.New(fault.Internal, "problem.internal.detail")
	}
	if len(f.At) == 0 {
		return s.say("cli.error", "message", f.Say(s.lang)) + "\n"
	}
	text := ""
	for _, d := range f.Details(s.lang) {
		text += shown(s, file) + ", " + placed(s, d) + "\n"
	}
	return text
}

// placed is a fault of a document with its place before it.
func placed(s session, d fault.Detail) string {
	at := s.say("cli.place", "line", float64(d.Line), "column", float64(d.Column))
	if d.Pointer != "" {
		at += " (" + d.Pointer + ")"
	}
	return s.say("cli.at", "place", at, "message", d.Detail)
}

// tally is what the exit status depends on.
type tally struct {
	failOn     string
	found, bad bool
}

func (t *tally) count(findings []report.Finding) {
	if t.failOn == "none" {
		return
	}
	for i := range findings {
		t.found = t.found || !findings[i].Dismissed && findings[i].Severity >= threshold(t.failOn)
	}
}

func threshold(name string) report.Severity {
	for s := report.Minor; s < report.Critical; s++ {
		if s.String() == name {
			return s
		}
	}
	return report.Critical
}

func (t *tally) status() int {
	switch {
	case t.bad:
		return exitBad
	case t.found:
		return exitFindings
	}
	return exitDone
}
