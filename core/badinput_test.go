package core

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/texts"
)

// saying is a board of an organisation with these texts, channel by channel, one a day from the first of January on.
func saying(lang string, channels ...[]string) *board.Board {
	b := &board.Board{ID: "b", Lang: lang, AsOf: "2026-06-01",
		Identity: &board.Identity{Name: "Les Rayons", Sentence: "Un atelier coopératif où chacun répare son vélo avec un mécanicien à côté.", Terms: []*board.Term{{Term: "vélo"}}},
		Pillars:  []*board.Pillar{{ID: "p", Name: "Réparer", Terms: []*board.Term{{Term: "frein"}}}}}
	for i, list := range channels {
		id := fmt.Sprint("c", i)
		b.Channels = append(b.Channels, &board.Channel{ID: id, Name: "Canal", Kind: "facebook"})
		for j, s := range list {
			b.Messages = append(b.Messages, &board.Message{ID: fmt.Sprint(id, "-", j), Channel: id, Text: s, Date: fmt.Sprintf("2026-%02d-%02d", 1+j/28, 1+j%28)})
		}
	}
	return b
}

func times(n int, s string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strings.ReplaceAll(s, "%", fmt.Sprint(i))
	}
	return out
}

// What people and machines hand over that no rule can be applied to: each rule is in its right state, whatever is missing has its
// sentence in both languages, and nothing about texts is found in what nobody could read.
func TestBadInput(t *testing.T) {
	const evaluated, insufficient, notApplicable = "evaluated", "insufficient", "notApplicable"
	german := times(24, "Der Laden bleibt am Montag geschlossen und öffnet erst am Dienstag wieder, und das Fahrrad Nummer % wird bis Freitag repariert.")
	unread := map[string]string{"ID5": insufficient, "VO1": notApplicable, "VO2": insufficient, "VO4": insufficient, "VO6": insufficient}
	for name, c := range map[string]struct {
		board  *board.Board
		states map[string]string
		lang   string // of every message, as evidence
		fires  []string
	}{
		"nothing":        {board: &board.Board{}, states: map[string]string{"ID1": evaluated, "VO6": insufficient, "ST2": insufficient, "BR1": insufficient}, fires: []string{"ID1"}},
		"empty channels": {board: saying("fr", nil, nil, nil), states: map[string]string{"ID5": insufficient, "ID7": insufficient, "VO1": insufficient, "VO2": insufficient, "VO3": insufficient, "VO4": insufficient, "VO6": insufficient, "SY6": insufficient}},
		"blank posts":    {board: saying("fr", times(12, " \n\t"), times(12, "")), states: unread},
		"one post":       {board: saying("fr", []string{"Tu viens réparer ton vélo ?"}), states: map[string]string{"ID5": insufficient, "ID7": insufficient, "VO1": insufficient, "VO2": insufficient, "VO3": insufficient, "VO4": insufficient, "VO6": insufficient, "SY6": insufficient}, lang: "fr"},
		"a megabyte":     {board: saying("fr", append(times(11, "Le frein du vélo % se règle ici."), strings.Repeat("Nous réglons le frein de votre vélo à l’atelier. ", 20_000))), states: map[string]string{"ID5": evaluated, "VO3": evaluated, "VO4": evaluated}, lang: "fr"},
		"no space":       {board: saying("fr", append(times(11, "Le frein du vélo % se règle ici."), strings.Repeat("é", 500_000))), states: map[string]string{"VO3": evaluated, "VO4": evaluated}},
		"German":         {board: saying("fr", german, german), states: map[string]string{"ID5": insufficient, "VO1": notApplicable, "VO4": insufficient, "VO6": insufficient}, lang: "other"},
		"right to left":  {board: saying("fr", times(12, "مرحبا بالعالم، نصلح الدراجات رقم % كل يوم سبت في الورشة"), times(12, "שלום לכולם, אנחנו מתקנים אופניים % בכל שבת")), states: map[string]string{"VO1": notApplicable, "VO3": evaluated, "VO4": insufficient, "VO6": insufficient}, lang: "other"},
		"CJK":            {board: saying("fr", times(12, "東京の自転車修理工房です。毎週土曜日に%台を直します。"), times(12, "自行车修理店每周六开门，修%辆车。")), states: map[string]string{"VO1": notApplicable, "VO3": evaluated, "VO4": insufficient, "VO6": insufficient}, lang: "other"},
		"emoji only":     {board: saying("fr", times(12, "🚲🚲✨"), times(12, "🐶❤️")), states: unread},
		"digits only":    {board: saying("fr", times(12, "12 345 %")), states: unread},
		"switched off":   {board: &board.Board{Settings: &board.Settings{Rules: []board.Pair{{Key: "ID1", Value: "off"}}}}, states: map[string]string{"ID1": notApplicable}},
	} {
		r := Check(c.board, Options{Evidence: true, Next: true})
		for _, s := range r.Rules {
			if want := c.states[s.ID]; want != "" && s.State.String() != want {
				t.Errorf("%s: %s is %s, want %s (%+v)", name, s.ID, s.State, want, s)
			}
			if s.State == report.Insufficient && len(s.Missing) == 0 {
				t.Errorf("%s: nothing says what %s is missing", name, s.ID)
			}
		}
		fired := map[string]bool{}
		for _, f := range r.Findings {
			if d := f.Rule[:2]; d == "VO" || f.Rule == "ID1" || f.Rule == "ID5" || f.Rule == "ID7" || f.Rule == "SY6" {
				fired[f.Rule] = true
			}
		}
		for _, rule := range c.fires {
			if !fired[rule] {
				t.Errorf("%s: %s does not fire", name, rule)
			}
			delete(fired, rule)
		}
		if len(fired) > 0 {
			t.Errorf("%s: %v fire", name, fired)
		}
		for _, m := range r.Messages {
			if c.lang != "" && m.Lang != c.lang {
				t.Errorf("%s: %s is read as %q, want %q", name, m.ID, m.Lang, c.lang)
			}
		}
		if n := len(r.AppendJSON(nil)); n > 1<<20 {
			t.Errorf("%s: a report of %d bytes", name, n)
		}
		for _, l := range texts.Langs {
			if said := texts.Plain(r, c.board, l); strings.Contains(said, "missing.") || strings.Contains(said, ".sentence") {
				t.Errorf("%s: a sentence is missing in %s:\n%s", name, l, said)
			}
		}
	}
}

// Dates that stand in another order, that are missing, that are no dates or that lie ahead.
func TestBadDates(t *testing.T) {
	list := times(24, "Nous réglons le frein du vélo % à l’atelier, un mécanicien à côté.")
	state := func(b *board.Board, rule string) report.RuleState {
		for _, s := range Check(b, Options{}).Rules {
			if s.ID == rule {
				return s
			}
		}
		t.Fatalf("no rule %s", rule)
		return report.RuleState{}
	}
	ordered, mixed := saying("fr", list), saying("fr", list)
	for i := range mixed.Messages { // the same messages, handed over in another order
		mixed.Messages[i] = ordered.Messages[i*7%len(list)]
	}
	if !bytes.Equal(Check(ordered, Options{}).AppendJSON(nil), Check(mixed, Options{}).AppendJSON(nil)) {
		t.Error("the order messages are handed over in changes the report")
	}
	if s := state(ordered, "ID7"); s.State != report.Evaluated {
		t.Errorf("24 dated messages: ID7 is %s", s.State)
	}
	for _, date := range []string{"", "demain", "2026-02-30", "0000-00-00", "2026"} {
		b := saying("fr", list)
		for _, m := range b.Messages {
			m.Date = date
		}
		if s := state(b, "ID7"); s.State != report.Insufficient || s.Missing[0].What != "datedPosts" {
			t.Errorf("dates %q: ID7 is %s: %+v", date, s.State, s.Missing)
		}
	}
	ahead := saying("fr", list)
	ahead.Samples = []*board.Sample{{Channel: "c0", Complete: board.Yes}}
	for _, m := range ahead.Messages {
		m.Date = "2031-01-01"
	}
	if s := state(ahead, "TE2"); s.State != report.Insufficient || s.Failing != 0 {
		t.Errorf("messages that all lie ahead: TE2 %+v", s)
	}
	ahead.AsOf = ""
	if s := state(ahead, "TE2"); s.State != report.Insufficient {
		t.Errorf("nobody knows what day it is: TE2 is %s", s.State)
	}
}

// Objectives that hang from one another in a ring, from themselves or from nothing that is there.
func TestCyclicObjectives(t *testing.T) {
	b := saying("fr", nil)
	for i := range 1000 {
		b.Objectives = append(b.Objectives, &board.Objective{ID: fmt.Sprint("o", i), Title: "O", Parent: fmt.Sprint("o", (i+1)%1000)})
		b.Actions = append(b.Actions, &board.Action{ID: fmt.Sprint("a", i), Title: "A", Objective: fmt.Sprint("o", i)})
	}
	b.Objectives = append(b.Objectives, &board.Objective{ID: "self", Title: "S", Parent: "self"}, &board.Objective{ID: "lost", Title: "L", Parent: "nowhere"}, &board.Objective{ID: "top", Title: "T"})
	r := Check(b, Options{Next: true})
	broken := 0
	for _, f := range r.Findings {
		if f.Rule == "ST1" {
			broken++
		}
	}
	if broken != 1000 {
		t.Errorf("%d of 1000 actions are broken off", broken)
	}
}

// allocated is what a check takes from the heap, which unlike its time is the same on a busy machine.
func allocated(b *board.Board) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Check(b, Options{})
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// Four times the posts, the channels or the objectives cost about four times as much, never sixteen.
func TestCostIsLinear(t *testing.T) {
	crowd := func(n int) *board.Board {
		b := bigBoard(n, n)
		for i := range n {
			b.Objectives = append(b.Objectives, &board.Objective{ID: fmt.Sprint("o", i), Title: "O"})
			b.Segments = append(b.Segments, &board.Segment{ID: fmt.Sprint("s", i), Name: "S"})
			b.Actions = append(b.Actions, &board.Action{ID: fmt.Sprint("a", i), Title: "A", Objective: fmt.Sprint("o", i)})
		}
		return b
	}
	for name, of := range map[string]func(int) *board.Board{
		"posts":          func(n int) *board.Board { return bigBoard(4*n, 10) },
		"everything":     crowd,
		"posts together": func(n int) *board.Board { return bigBoard(4*n, 1) },
	} {
		few, many := of(400), of(1600)
		allocated(few) // what is built once
		if a, b := allocated(few), allocated(many); b > 6*a {
			t.Errorf("%s: four times as much takes %.1f times the memory", name, b/a)
		}
	}
}
