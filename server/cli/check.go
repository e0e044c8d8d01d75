package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime/debug"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

type check struct {
	format, failOn, lang, colour, baseline string
	jsonl, evidence, next                  bool
}

func newCheck() *check { return &check{failOn: "none"} }

func (*check) name() string { return "check" }
func (*check) usage(lang texts.Lang) string {
	return "[--format text|md|json] [--jsonl] [--evidence] [--next] [--baseline " + fault.Say(lang, "cli.file") + "] [--fail-on critical|major|minor|none] [--color " + colours + "] [--lang fr|en] " + fault.Say(lang, "cli.file") + "…"
}
func (*check) about() []string {
	return []string{"cli.check.about", "cli.check.files", "cli.check.exit"}
}

func (c *check) options() []option {
	const formats, severities = "text|md|json", "critical|major|minor|none"
	return []option{
		{name: "format", values: formats, says: "cli.check.format", to: oneOf(&c.format, formats)},
		{name: "jsonl", says: "cli.check.jsonl", to: toggle{&c.jsonl}},
		{name: "evidence", says: "cli.check.evidence", to: toggle{&c.evidence}},
		{name: "next", says: "cli.check.next", to: toggle{&c.next}},
		{name: "baseline", values: "FILE", says: "cli.check.baseline", to: words{&c.baseline}},
		{name: "fail-on", values: severities, says: "cli.check.fail-on", to: oneOf(&c.failOn, severities)},
		colourOption(&c.colour),
		languageOption(&c.lang),
	}
}

func (c *check) run(ctx context.Context, s session, names []string) (int, error) {
	collectLess()
	switch {
	case c.jsonl && c.format != "json" && c.format != "":
		return exitBad, fault.New(fault.Usage, "fault.jsonlText")
	case c.evidence && !c.jsonl && c.format != "json":
		return exitBad, fault.New(fault.Usage, "fault.evidenceText")
	case len(names) == 0 && !c.jsonl:
		return exitBad, fault.New(fault.Usage, "fault.noFile")
	case len(names) == 0:
		names = []string{"-"}
	}
	files, err := expand(names)
	if err != nil {
		return exitBad, err
	}
	run := checking{check: c, session: s, out: bufio.NewWriterSize(s.Out, 64<<10), look: s.style(s.Out, c.colour), tally: tally{failOn: c.failOn}, files: files}
	if c.baseline != "" {
		if run.known, err = baselineAt(s, c.baseline); err != nil {
			io.WriteString(s.Err, s.told(c.baseline, err, s.style(s.Err, c.colour)))
			return exitBad, nil
		}
	}
	if err := run.all(ctx); err != nil {
		return exitBad, err
	}
	return run.tally.status(), nil
}

// collectLess lets the memory of boards already checked lie longer: a command that ends soon takes an eighth less work for it. Whoever sets GOGC or
// GOMEMLIMIT is obeyed.
func collectLess() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(1 << 30) // from there on as often as is needed
	}
}

// checking is one run of the command.
type checking struct {
	*check
	session
	out   *bufio.Writer
	look  terminal.Style
	known *baseline
	tally tally
	files []string
	rows  []row
}

func (c *checking) all(ctx context.Context) error {
	for i, file := range c.files {
		err := c.file(ctx, file, i)
		if err == nil {
			continue
		}
		if errors.Is(err, errOutput) || c.out.Flush() != nil { // what was found stands before what went wrong after it
			return fault.New(fault.System, "fault.write")
		}
		c.tally.bad = true
		c.rows = append(c.rows, row{file: shown(c.session, file)})
		io.WriteString(c.Err, c.told(file, err, c.style(c.Err, c.colour)))
	}
	if c.forPeople() && len(c.files) > 1 {
		c.out.WriteString(summary(c.session, c.rows, c.format == "md", c.look))
	}
	if c.out.Flush() != nil {
		return fault.New(fault.System, "fault.write")
	}
	return nil
}

func (c *checking) forPeople() bool { return !c.jsonl && c.format != "json" }

// file checks what one file holds: a board, or with --jsonl a board a line.
func (c *checking) file(ctx context.Context, name string, i int) error {
	in, err := open(c.session, name)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.jsonl {
		return c.lines(ctx, in, name)
	}
	b, err := readBoard(c.session, in, name)
	if err != nil {
		return err
	}
	whole := core.Check(b, core.Options{Evidence: c.evidence, Next: c.next || c.forPeople()})
	r := c.known.since(whole, len(c.files) == 1)
	c.tally.count(r.Findings)
	c.rows = append(c.rows, rowOf(c.session, name, r))
	if c.forPeople() && i > 0 {
		c.out.WriteByte('\n')
	}
	switch {
	case !c.forPeople():
		_, err = c.out.Write(r.AppendJSON(nil))
	case c.format == "md":
		_, err = c.out.WriteString(texts.Markdown(r, b, c.lang()))
	default:
		if len(c.files) > 1 {
			c.out.WriteString(c.look.Heading("== "+shown(c.session, name)+" ==") + "\n\n")
		}
		_, err = c.out.WriteString(terminal.Report(r, b, c.lang(), c.look))
	}
	if err != nil {
		return errOutput
	}
	return nil
}

func (c *checking) lang() texts.Lang { return c.session.lang }

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
		return nil, &inDocument{fault.OfDocument(err), data}
	}
	return b, nil
}

// inDocument is a fault together with the document it is in, so that its line can be shown.
type inDocument struct {
	fault *fault.Error
	data  []byte
}

func (e *inDocument) Error() string { return e.fault.Error() }
func (e *inDocument) Unwrap() error { return e.fault }

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

// told says each thing that is wrong with a file: its place, the fault, and the line with a caret under it.
func (s session) told(file string, err error, look terminal.Style) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		f = fault.New(fault.Internal, "problem.internal.detail")
	}
	if len(f.At) == 0 {
		return s.say("cli.error", "message", f.Say(s.lang)) + "\n"
	}
	var within *inDocument
	errors.As(err, &within)
	text := ""
	for _, d := range f.Details(s.lang) {
		text += shown(s, file) + ", " + d.Placed(s.lang) + "\n"
		if within != nil && len(within.data) > 0 {
			text += look.Source(within.data, d.Line, d.Column)
		}
	}
	return text
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
