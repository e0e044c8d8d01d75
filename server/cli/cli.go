// Package cli is the command line: `unisson check`, `unisson diff`, `unisson explain`, `unisson serve`, and their help.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"unisson/core/texts"
	"unisson/server/fault"
)

// Exit statuses.
const (
	exitDone     = 0
	exitFindings = 1 // a finding reaches --fail-on
	exitBad      = 2 // bad input, or a command that makes no sense
)

// World is what a command may touch outside itself.
type World struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(name string) string
}

// System is the process's own world.
func System() World { return World{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv} }

// command is one word after `unisson`. The sentence cli.<name> says what it does.
type command interface {
	name() string
	usage(lang texts.Lang) string // what follows the name
	about() []string              // the paragraphs of its help, ids of sentences
	options() []option
	run(ctx context.Context, s session, args []string) (int, error)
}

func commands() []command {
	return []command{newCheck(), newDiff(), newExplain(), newServe(), &help{}, version{}}
}

// session is one run of one command: its world and the language it speaks.
type session struct {
	World
	lang texts.Lang
}

func (s session) say(id string, args ...any) string { return fault.Say(s.lang, id, args...) }

// Run does what args say and returns the exit status.
func Run(ctx context.Context, args []string, w World) int {
	s := session{World: w, lang: language(args, w.Env)}
	if len(args) == 0 {
		io.WriteString(w.Err, overview(s.lang, s.page(w.Err)))
		return exitBad
	}
	name, rest := args[0], args[1:]
	switch name {
	case "-h", "--help":
		name = "help"
	case "--version":
		name = "version"
	}
	for _, c := range commands() {
		if c.name() != name {
			continue
		}
		operands, err := parse(c.options(), rest, w.Env)
		if errors.Is(err, errHelp) {
			io.WriteString(w.Out, manual(c, s.lang, s.page(w.Out)))
			return exitDone
		}
		status := exitBad
		if err == nil {
			status, err = c.run(ctx, s, operands)
		}
		if err != nil {
			s.complain(err, "unisson help "+name)
			status = exitBad
		}
		return status
	}
	s.complain(fault.New(fault.Usage, "fault.command", "name", name), "unisson help")
	return exitBad
}

// complain says on standard error what went wrong, and for a wrong command where its help is.
func (s session) complain(err error, help string) {
	var f *fault.Error
	if !errors.As(err, &f) {
		f = fault.New(fault.System, "fault.serve")
	}
	text := s.say("cli.error", "message", f.Say(s.lang)) + "\n"
	if f.Code == fault.Usage {
		text += s.say("cli.try", "command", help) + "\n"
	}
	io.WriteString(s.Err, text)
}

// language is --lang, else the system's, else English. It is found before anything else is parsed, so that a fault in
// the options is told in it.
func language(args []string, env func(string) string) texts.Lang {
	for i, a := range args {
		if a == "--" {
			break
		}
		value, given := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, given = args[i+1], true
		}
		if given && (value == "fr" || value == "en") {
			return texts.Lang(value)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			if strings.HasPrefix(strings.ToLower(locale), "fr") {
				return "fr"
			}
			break
		}
	}
	return "en"
}
