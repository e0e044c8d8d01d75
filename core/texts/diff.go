package texts

import (
	"strings"

	"unisson/core/board"
	"unisson/core/report"
)

// tellDiff tells what changed. What is gone is named as the earlier board names it.
func tellDiff(d *report.Diff, before, after *board.Board, lang Lang) *telling {
	t := &telling{lang: lang, told: map[string]bool{}}
	t.about(after)
	t.add(title, t.say("diff.title", value("board", boardName(after))))
	t.add(lead, t.say("diff.before", value("score", t.score(&d.Before))))
	t.add(lead, t.say("diff.after", value("score", t.score(&d.After))))
	t.add(line, t.say("score.label"))

	t.about(before)
	t.changed("diff.gone", d.Gone, t.sentence)
	t.about(after)
	t.changed("diff.new", d.New, t.finding)
	t.changed("diff.reopened", d.Reopened, t.finding)
	t.changed("diff.setAside", d.SetAside, t.sentence)

	same := 0
	var harder []report.Kept
	for _, k := range d.Kept {
		if k.Was == k.Severity {
			same++
		} else {
			harder = append(harder, k)
		}
	}
	if len(harder) > 0 {
		t.add(section, t.say("diff.severity", value("n", len(harder))))
		for i := range harder {
			k := &harder[i]
			t.aside(item, t.say(k.Rule+".sentence", k.Args...), t.say("diff.step", value("before", t.say("severity."+k.Was.String())), value("after", t.say("severity."+k.Severity.String()))))
		}
	}
	t.rules(d)
	if len(d.Gone)+len(d.New)+len(d.Reopened)+len(d.SetAside)+len(harder)+len(d.Rules) == 0 {
		t.add(section, t.say("diff.same"))
	}
	if same > 0 {
		t.add(section, t.say("diff.kept", value("n", same)))
	}
	return t
}

func (t *telling) changed(id string, list []report.Finding, say func(*report.Finding)) {
	if len(list) == 0 {
		return
	}
	t.add(section, t.say(id, value("n", len(list))))
	for i := range list {
		say(&list[i])
	}
}

func (t *telling) rules(d *report.Diff) {
	if len(d.Rules) == 0 {
		return
	}
	t.add(section, t.say("diff.rules"))
	for _, c := range d.Rules {
		t.aside(item, t.say(c.ID+".name"), strings.Join([]string{c.ID, t.say("diff.step", value("before", t.standing(c.Before)), value("after", t.standing(c.After)))}, " · "))
	}
}

// standing is where a rule stands, with what it is made of once it ran.
func (t *telling) standing(s *report.RuleState) string {
	switch {
	case s == nil:
		return t.say("diff.unknownRule")
	case s.State == report.Evaluated:
		return t.say("diff.well", value("well", s.Objects-s.Failing-s.Unknown), value("objects", s.Objects))
	}
	return t.say("state." + s.State.String())
}
