package cli

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

const helpWidth = 100 // columns, at most: longer lines are hard to read

// page is the style of what is read at length.
func (s session) page(on io.Writer) terminal.Style {
	look := s.style(on, "auto")
	look.Columns = min(look.Columns, helpWidth)
	return look
}

type help struct{ lang string }

func (*help) name() string                 { return "help" }
func (*help) usage(lang texts.Lang) string { return "[" + fault.Say(lang, "cli.command") + "]" }
func (*help) about() []string              { return []string{"cli.help"} }
func (h *help) options() []option {
	return []option{languageOption(&h.lang)}
}

func (*help) run(_ context.Context, s session, args []string) (int, error) {
	if len(args) == 0 {
		_, err := io.WriteString(s.Out, overview(s.lang, s.page(s.Out)))
		return exitDone, err
	}
	for _, c := range commands() {
		if c.name() == args[0] {
			_, err := io.WriteString(s.Out, manual(c, s.lang, s.page(s.Out)))
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
func overview(lang texts.Lang, look terminal.Style) string {
	var rows [][2]string
	for _, c := range commands() {
		rows = append(rows, [2]string{c.name(), fault.Say(lang, "cli."+c.name())})
	}
	return look.Wrap(fault.Say(lang, "cli.about"), 0) + "\n\n" +
		look.Heading(fault.Say(lang, "cli.usage")) + " unisson " + fault.Say(lang, "cli.command") + "\n\n" +
		look.Heading(fault.Say(lang, "cli.commands")) + "\n" + look.Table(rows) + "\n" +
		look.Heading(fault.Say(lang, "cli.exits")) + "\n" + look.Table(exits(lang)) + "\n" +
		look.Wrap(fault.Say(lang, "cli.more"), 0) + "\n"
}

func exits(lang texts.Lang) [][2]string {
	var rows [][2]string
	for _, status := range []int{exitDone, exitFindings, exitBad} {
		rows = append(rows, [2]string{strconv.Itoa(status), fault.Say(lang, "cli.exit."+strconv.Itoa(status))})
	}
	return rows
}

// wholes breaks a usage between its options, never inside one.
func wholes(look terminal.Style, usage string) string {
	const held = "\u00a0"
	inside := regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllStringFunc(usage, func(option string) string { return strings.ReplaceAll(option, " ", held) })
	return strings.ReplaceAll(look.Wrap(inside, 4), held, " ")
}

// manual explains one command.
func manual(c command, lang texts.Lang, look terminal.Style) string {
	var b strings.Builder
	b.WriteString(look.Heading(fault.Say(lang, "cli.usage")) + " " + wholes(look, strings.TrimRight("unisson "+c.name()+" "+c.usage(lang), " ")) + "\n\n")
	for _, paragraph := range c.about() {
		b.WriteString(look.Wrap(fault.Say(lang, paragraph), 0) + "\n\n")
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
		b.WriteString(look.Heading(fault.Say(lang, "cli.options")) + "\n" + look.Table(rows))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
