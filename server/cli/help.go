package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
)

const helpWidth = 100 // columns

type help struct{ lang string }

func (*help) name() string                 { return "help" }
func (*help) usage(lang texts.Lang) string { return "[" + fault.Say(lang, "cli.command") + "]" }
func (*help) about() []string              { return []string{"cli.help"} }
func (h *help) options() []option {
	return []option{languageOption(&h.lang)}
}

func (*help) run(_ context.Context, s session, args []string) (int, error) {
	if len(args) == 0 {
		_, err := io.WriteString(s.Out, overview(s.lang))
		return exitDone, err
	}
	for _, c := range commands() {
		if c.name() == args[0] {
			_, err := io.WriteString(s.Out, manual(c, s.lang))
			return exitDone, err
		}
	}
	return exitBad, fault.New(fault.Usage, "fault.command", "name", args[0])
}

type version struct{}

func (version) name() string            { return "version" }
func (version) usage(texts.Lang) string { return "" }
func (version) about() []string         { return []string{"cli.version"} }
func (version) options() []option       { return nil }
func (version) run(_ context.Context, s session, args []string) (int, error) {
	if len(args) > 0 {
		return exitBad, fault.New(fault.Usage, "fault.argument", "name", args[0])
	}
	_, err := fmt.Fprintf(s.Out, "unisson %s (%s, %s, %s %s/%s)\n", Version(), board.Format, report.Format, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitDone, err
}

// revision is set by build.sh.
var revision string

// Version is the revision the program was built from, "devel" when nobody said.
func Version() string {
	if revision != "" {
		return revision
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return "devel"
}

// overview lists the commands.
func overview(lang texts.Lang) string {
	var rows [][2]string
	for _, c := range commands() {
		rows = append(rows, [2]string{c.name(), fault.Say(lang, "cli."+c.name())})
	}
	return fault.Say(lang, "cli.about") + "\n\n" +
		fault.Say(lang, "cli.usage") + " unisson " + fault.Say(lang, "cli.command") + "\n\n" +
		fault.Say(lang, "cli.commands") + "\n" + table(rows) + "\n" +
		fault.Say(lang, "cli.more") + "\n"
}

// manual explains one command.
func manual(c command, lang texts.Lang) string {
	var b strings.Builder
	b.WriteString(strings.TrimRight(fault.Say(lang, "cli.usage")+" unisson "+c.name()+" "+c.usage(lang), " ") + "\n\n")
	for _, paragraph := range c.about() {
		b.WriteString(wrap(fault.Say(lang, paragraph), 0) + "\n\n")
	}
	var rows [][2]string
	for _, o := range c.options() {
		means := fault.Say(lang, o.says)
		if o.env != "" {
			means += " [" + fault.Say(lang, "cli.env", "name", o.env) + "]"
		}
		rows = append(rows, [2]string{strings.TrimRight("--"+o.name+" "+o.values, " "), means})
	}
	if len(rows) > 0 {
		b.WriteString(fault.Say(lang, "cli.options") + "\n" + table(rows))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func table(rows [][2]string) string {
	width := 0
	for _, r := range rows {
		width = max(width, utf8.RuneCountInString(r[0]))
	}
	var b strings.Builder
	for _, r := range rows {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(r[0]))
		b.WriteString("  " + r[0] + pad + "  " + wrap(r[1], width+4) + "\n")
	}
	return b.String()
}

// wrap breaks a text at spaces; lines after the first are indented. No-break spaces hold.
func wrap(s string, indent int) string {
	var b strings.Builder
	column := indent
	for i, word := range strings.Split(s, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
