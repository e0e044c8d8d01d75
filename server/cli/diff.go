package cli

import (
	"context"
	"io"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

// diff says what changed between two moments of a board.
type diff struct{ format, failOn, lang, colour string }

func newDiff() *diff { return &diff{format: "text", failOn: "none"} }

func (*diff) name() string { return "diff" }
func (*diff) usage(lang texts.Lang) string {
	return "[--format text|md|json] [--fail-on critical|major|minor|none] [--color " + colours + "] [--lang fr|en] " + fault.Say(lang, "cli.before") + " " + fault.Say(lang, "cli.after")
}
func (*diff) about() []string { return []string{"cli.diff.about", "cli.diff.exit"} }

func (d *diff) options() []option {
	const formats, severities = "text|md|json", "critical|major|minor|none"
	return []option{
		{name: "format", values: formats, says: "cli.check.format", to: oneOf(&d.format, formats)},
		{name: "fail-on", values: severities, says: "cli.diff.fail-on", to: oneOf(&d.failOn, severities)},
		colourOption(&d.colour),
		languageOption(&d.lang),
	}
}

func (d *diff) run(_ context.Context, s session, files []string) (int, error) {
	if len(files) != 2 {
		return exitBad, fault.New(fault.Usage, "fault.twoFiles")
	}
	var boards [2]*board.Board
	var reports [2]*report.Report
	bad := false
	for i, name := range files {
		b, err := boardAt(s, name)
		if err != nil {
			bad = true
			io.WriteString(s.Err, s.told(name, err, s.style(s.Err, d.colour)))
			continue
		}
		boards[i], reports[i] = b, core.Check(b, core.Options{})
	}
	if bad {
		return exitBad, nil
	}
	changed := report.Compare(reports[0], reports[1])
	var out string
	switch d.format {
	case "json":
		out = string(changed.AppendJSON(nil))
	case "md":
		out = texts.MarkdownDiff(changed, boards[0], boards[1], s.lang)
	default:
		out = terminal.Diff(changed, boards[0], boards[1], s.lang, s.style(s.Out, d.colour))
	}
	if _, err := io.WriteString(s.Out, out); err != nil {
		return exitBad, fault.New(fault.System, "fault.write")
	}
	t := tally{failOn: d.failOn}
	t.count(changed.New)
	t.count(changed.Reopened)
	return t.status(), nil
}

func boardAt(s session, name string) (*board.Board, error) {
	in, err := open(s, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readBoard(s, in, name)
}
