package cli

import (
	"context"
	"io"
	"strings"

	"unisson/core/rules"
	"unisson/core/texts"
	"unisson/server/fault"
	"unisson/server/terminal"
)

// explain says what one rule looks at and why.
type explain struct{ lang, colour string }

func newExplain() *explain { return &explain{} }

func (*explain) name() string { return "explain" }
func (*explain) usage(lang texts.Lang) string {
	return "[--color " + colours + "] [--lang fr|en] [" + fault.Say(lang, "cli.rule") + "…]"
}
func (*explain) about() []string { return []string{"cli.explain.about"} }
func (e *explain) options() []option {
	return []option{colourOption(&e.colour), languageOption(&e.lang)}
}

func (e *explain) run(_ context.Context, s session, ids []string) (int, error) {
	look := s.style(s.Out, e.colour)
	look.Columns = min(look.Columns, helpWidth)
	all := map[string]*rules.Rule{}
	for _, r := range rules.All() {
		all[r.ID] = r
	}
	if len(ids) == 0 {
		return exitDone, s.write(catalogue(s, look))
	}
	var out strings.Builder
	for i, id := range ids {
		r := all[strings.ToUpper(id)]
		if r == nil {
			return exitBad, fault.New(fault.Usage, "fault.rule", "id", id)
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(look.Heading(r.ID+" · "+s.say(r.ID+".name")) + "\n" +
			s.say("dim."+r.Dim) + " · " + s.say("severity."+r.Severity.String()) + "\n\n" +
			look.Wrap(s.say(r.ID+".why"), 0) + "\n")
		for _, idea := range strings.Fields(s.say(r.ID + ".ideas")) {
			out.WriteString("\n" + look.Wrap(s.say(idea)+" ("+idea+")", 0) + "\n")
		}
		out.WriteString("\n" + look.Wrap(s.say("plain.remedy", "remedy", s.say(r.ID+".remedy")), 0) + "\n" +
			look.Wrap(s.say("cli.explain.minimum", "minimum", s.say("minimum."+r.ID)), 0) + "\n")
	}
	return exitDone, s.write(out.String())
}

// catalogue lists every rule under its dimension.
func catalogue(s session, look terminal.Style) string {
	var out strings.Builder
	var rows [][2]string
	all := rules.All()
	for i, r := range all {
		rows = append(rows, [2]string{r.ID, s.say("cli.explain.row", "name", s.say(r.ID+".name"), "severity", s.say("severity."+r.Severity.String()))})
		if i+1 == len(all) || all[i+1].Dim != r.Dim {
			if out.Len() > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(look.Heading(s.say("dim."+r.Dim)) + "\n" + look.Table(rows))
			rows = nil
		}
	}
	return out.String()
}

func (s session) write(text string) error {
	if _, err := io.WriteString(s.Out, text); err != nil {
		return fault.New(fault.System, "fault.write")
	}
	return nil
}
