package cli

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"unisson/server/fault"
)

// option is one flag of a command.
type option struct {
	name   string
	values string // as help shows them, "" for a switch
	says   string // id of its sentence
	env    string // the variable that may stand in for it
	to     pflag.Value
}

func languageOption(to *string) option {
	return option{name: "lang", values: "fr|en", says: "cli.lang", to: oneOf(to, "fr|en")}
}

var errHelp = errors.New("help was asked for")

// parse fills the options and returns what is left. Options may stand before, between and after the operands, until "--".
func parse(options []option, args []string, env func(string) string) ([]string, error) {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	values := map[string]string{}
	for _, o := range options {
		values[o.name] = o.values
		f := set.VarPF(o.to, o.name, "", "")
		if o.values == "" {
			f.NoOptDefVal = "true"
		}
	}
	if err := set.Parse(args); err != nil {
		return nil, translate(err, values)
	}
	for _, o := range options {
		if o.env == "" || set.Changed(o.name) {
			continue
		}
		if v := env(o.env); v != "" && o.to.Set(v) != nil {
			return nil, fault.New(fault.Usage, "fault.flag.value", "flag", o.env, "value", v, "values", o.values)
		}
	}
	return set.Args(), nil
}

func translate(err error, values map[string]string) error {
	var unknown *pflag.NotExistError
	var lacking *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return errHelp
	case errors.As(err, &lacking):
		name := lacking.GetFlag().Name
		return fault.New(fault.Usage, "fault.flag.needs", "flag", "--"+name, "values", values[name])
	case errors.As(err, &invalid):
		name, allowed := invalid.GetFlag().Name, values[invalid.GetFlag().Name]
		if allowed == "" {
			allowed = "true|false"
		}
		return fault.New(fault.Usage, "fault.flag.value", "flag", "--"+name, "value", invalid.GetValue(), "values", allowed)
	case errors.As(err, &unknown):
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		return fault.New(fault.Usage, "fault.flag", "flag", dashes+unknown.GetSpecifiedName())
	case errors.As(err, &syntax):
		return fault.New(fault.Usage, "fault.flag", "flag", syntax.GetSpecifiedFlag())
	}
	return fault.New(fault.Usage, "fault.flag", "flag", err.Error())
}

var errValue = errors.New("not one of the values")

// choice is a value out of a list.
type choice struct {
	to      *string
	allowed []string
}

func oneOf(to *string, values string) choice { return choice{to, strings.Split(values, "|")} }

func (c choice) Set(v string) error {
	if !slices.Contains(c.allowed, v) {
		return errValue
	}
	*c.to = v
	return nil
}
func (c choice) String() string { return "" }
func (c choice) Type() string   { return "choice" }

// words is any text but none.
type words struct{ to *string }

func (w words) Set(v string) error {
	if v == "" {
		return errValue
	}
	*w.to = v
	return nil
}
func (w words) String() string { return "" }
func (w words) Type() string   { return "words" }

// toggle is on when it is there.
type toggle struct{ to *bool }

func (t toggle) Set(v string) (err error) {
	*t.to, err = strconv.ParseBool(v)
	return err
}
func (t toggle) String() string { return "" }
func (t toggle) Type() string   { return "bool" }

// count is a whole number between two bounds.
type count struct {
	to       *int
	min, max int
}

func (c count) Set(v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < c.min || n > c.max {
		return errValue
	}
	*c.to = n
	return nil
}
func (c count) String() string { return "" }
func (c count) Type() string   { return "count" }
