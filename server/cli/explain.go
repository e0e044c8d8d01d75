package cli

import (
	"context"
	"io"
	"strings"

	"unisson/core/rules"
	"unisson/core/texts"
	"unisson/server/fault"
)

// explain says what one rule looks at and why.
type explain struct{ lang string }

func newExplain() *explain { return &explain{} }

func (*explain) name() string { return "explain" }
func (*explain) usage(lang texts.Lang) string {
	return "[--lang fr|en] [" + fault.Say(lang, "cli.rule") + "…]"
}
func (*explain) about() []string     { return []string{"cli.explain.about"} }
func (e *explain) options() []option { return []option{languageOption(&e.lang)} }

func (*explain) run(_ context.Context, s session, ids []string) (int, error) {
	all := map[string]*rules.Rule{}
	var list [][2]string
	for _, r := range rules.All() {
		all[r.ID] = r
		list = append(list, [2]string{r.ID, s.say(r.ID + ".name")})
	}
	if len(ids) == 0 {
		_, err := io.WriteString(s.Out, table(list))
		return exitDone, err
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
		out.WriteString(r.ID + " · " + s.say(r.ID+".name") + "\n" +
			s.say("dim."+r.Dim) + " · " + s.say("severity."+r.Severity.String()) + "\n\n" +
			wrap(s.say(r.ID+".why"), 0) + "\n")
		for _, idea := range strings.Fields(s.say(r.ID + ".ideas")) {
			out.WriteString("\n" + wrap(s.say(idea)+" ("+idea+")", 0) + "\n")
		}
		out.WriteString("\n" + wrap(s.say("plain.remedy", "remedy", s.say(r.ID+".remedy")), 0) + "\n")
	}
	_, err := io.WriteString(s.Out, out.String())
	return exitDone, err
}
