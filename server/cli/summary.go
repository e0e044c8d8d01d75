package cli

import (
	"strings"

	"unisson/core/report"
	"unisson/server/terminal"
)

// row is what the summary says of one file.
type row struct {
	file  string
	score string // "" where the file could not be read
	open  [3]int // findings by severity
}

func rowOf(s session, file string, r *report.Report) row {
	w := row{file: shown(s, file), score: s.say("cli.score.none")}
	switch score := &r.Score; {
	case score.One:
		w.score = s.say("cli.score.single", "single", score.Single)
	case score.Shown:
		w.score = s.say("cli.score.interval", "proven", score.Proven, "possible", score.Possible)
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; !f.Dismissed {
			w.open[f.Severity]++
		}
	}
	return w
}

func (w row) findings(s session) string {
	if w.score == "" {
		return s.say("cli.unread")
	}
	var parts []string
	for severity := report.Critical; ; severity-- {
		if n := w.open[severity]; n > 0 {
			parts = append(parts, s.say("cli.count."+severity.String(), "n", float64(n)))
		}
		if severity == report.Minor {
			break
		}
	}
	if parts == nil {
		return s.say("cli.count.none")
	}
	return strings.Join(parts, ", ")
}

// total is one sentence over all files.
func total(s session, rows []row) string {
	unread, findings := 0, 0
	for _, w := range rows {
		if w.score == "" {
			unread++
		}
		findings += w.open[report.Minor] + w.open[report.Major] + w.open[report.Critical]
	}
	text := s.say("cli.total", "files", float64(len(rows)), "findings", float64(findings))
	if unread > 0 {
		text += " " + s.say("cli.files", "n", float64(unread))
	}
	return text
}

// summary is a table of all files: for a terminal, or in Markdown.
func summary(s session, rows []row, md bool, look terminal.Style) string {
	var out strings.Builder
	if md {
		out.WriteString("\n# " + s.say("cli.summary") + "\n\n| " + s.say("cli.summary.file") + " | " + s.say("cli.summary.score") + " | " + s.say("cli.summary.findings") + " |\n| --- | --- | --- |\n")
		for _, w := range rows {
			out.WriteString("| " + "`" + strings.NewReplacer("|", `\|`, "`", "'", "\n", " ").Replace(w.file) + "`" + " | " + w.score + " | " + w.findings(s) + " |\n")
		}
		out.WriteString("\n" + total(s, rows) + "\n")
		return out.String()
	}
	name, score := 0, 0
	for _, w := range rows {
		name, score = max(name, terminal.Width(w.file)), max(score, terminal.Width(w.score))
	}
	name = min(name, look.Columns/2)
	out.WriteString("\n" + look.Heading(s.say("cli.summary")) + "\n")
	for _, w := range rows {
		out.WriteString("  " + terminal.FitEnd(w.file, name) + "  " + terminal.Fit(w.score, score) + "  " + look.Wrap(w.findings(s), name+score+6) + "\n")
	}
	out.WriteString("\n" + look.Wrap(total(s, rows), 0) + "\n")
	return out.String()
}
