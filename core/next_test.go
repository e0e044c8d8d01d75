package core

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/rules"
	"unisson/core/score"
)

// whole is the change that makes an empty board this one.
func whole(b *board.Board) *board.Change {
	return &board.Change{Reset: true, Value: *b, Set: board.SetID | board.SetTitle | board.SetLang | board.SetAsOf | board.SetIdentity |
		board.SetSamples | board.SetFacts | board.SetDismissals | board.SetSettings, Asked: askedLists(b)}
}

func askedLists(b *board.Board) (lists []board.List) {
	for l, said := range map[board.List]bool{board.Pillars: b.Pillars != nil, board.Segments: b.Segments != nil, board.Objectives: b.Objectives != nil,
		board.KPIs: b.KPIs != nil, board.Channels: b.Channels != nil, board.Actions: b.Actions != nil, board.Messages: b.Messages != nil,
		board.Decisions: b.Decisions != nil, board.Rounds: b.Rounds != nil} {
		if said {
			lists = append(lists, l)
		}
	}
	return lists
}

func weightsOf(b *board.Board) map[string]float64 {
	weights := map[string]float64{}
	if b.Settings != nil {
		for _, w := range b.Settings.Weights {
			weights[w.Key] = w.Value
		}
	}
	return weights
}

// kept holds that a board really repaired brings what Next promised, checked from nothing.
func kept(t *testing.T, name string, b *board.Board) (tried int) {
	t.Helper()
	now := Check(b, Options{Next: true})
	reading := rules.Read(rules.NewSource(b), nil, false)
	low, high := score.Overall(now.Rules, weightsOf(b), nil)
	for _, n := range now.Next {
		if !n.Tried {
			continue
		}
		tried++
		i := slices.IndexFunc(now.Findings, func(f report.Finding) bool { return f.Key == n.Finding })
		f := &now.Findings[i]
		rule := ruleOf(f)
		s := NewSession()
		s.Edit(whole(b))
		s.Edit(rule.Repair(reading, f))
		then := s.Report(Options{})
		lowThen, highThen := score.Overall(then.Rules, weightsOf(b), nil)
		gain, closes := 100*(lowThen-low), 100*((high-low)-(highThen-lowThen))
		if math.Abs(gain-n.Gain) > .0501 || math.Abs(closes-n.Closes) > .0501 {
			t.Errorf("%s: %s promises %v points and closes %v; it brings %v and %v", name, n.Finding, n.Gain, n.Closes, gain, closes)
		}
		for _, id := range n.Rules {
			was, is := stateOf(now, id), stateOf(then, id)
			if is.Failing >= was.Failing && is.Unknown >= was.Unknown && is.State == was.State {
				t.Errorf("%s: %s promises to make %s better: %+v, then %+v", name, n.Finding, id, was, is)
			}
		}
	}
	return tried
}

func ruleOf(f *report.Finding) *rules.Rule {
	all := rules.All()
	return all[slices.IndexFunc(all, func(r *rules.Rule) bool { return r.ID == f.Rule })]
}

func stateOf(r *report.Report, id string) report.RuleState {
	return r.Rules[slices.IndexFunc(r.Rules, func(s report.RuleState) bool { return s.ID == id })]
}

func TestNextKeepsItsPromises(t *testing.T) {
	tried := 0
	for name, b := range boards(t) {
		tried += kept(t, name, b)
	}
	if tried == 0 {
		t.Error("no board is told of a repair that was tried")
	}
	for name, b := range repairable() {
		tried += kept(t, name, b)
	}
	for seed := range uint64(40) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 3))}
		for range 60 {
			w.edit()
		}
		w.b.Identity = &board.Identity{Sentence: "Un atelier où chacun répare son vélo avec un mécanicien à côté."}
		tried += kept(t, "random", &w.b)
	}
	t.Logf("%d repairs", tried)
}

// Every repair of a rule takes its own finding away, edits no message and leaves the board it was made for alone.
func TestRepairsRepair(t *testing.T) {
	repaired := map[string]int{}
	try := func(name string, b *board.Board) {
		now := Check(b, Options{})
		reading := rules.Read(rules.NewSource(b), nil, false)
		for i := range now.Findings {
			f := &now.Findings[i]
			rule := ruleOf(f)
			if f.Dismissed || rule.Repair == nil {
				continue
			}
			c := rule.Repair(reading, f)
			if c == nil {
				continue
			}
			if c.Reset || c.Set != 0 || len(c.Drop)+len(c.Value.Messages) > 0 {
				t.Errorf("%s: the repair of %s goes too far", name, f.Key)
			}
			repaired[f.Rule]++
			s := NewSession()
			s.Edit(whole(b))
			s.Edit(c)
			if slices.ContainsFunc(s.Report(Options{}).Findings, func(x report.Finding) bool { return x.Key == f.Key }) {
				t.Errorf("%s: %s is still there when repaired", name, f.Key)
			}
		}
		if again := Check(b, Options{}); !bytes.Equal(now.AppendJSON(nil), again.AppendJSON(nil)) {
			t.Errorf("%s: a repair wrote to the board", name)
		}
	}
	for name, b := range boards(t) {
		try(name, b)
	}
	for seed := range uint64(40) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 4))}
		for range 50 {
			w.edit()
		}
		try("random", &w.b)
	}
	for name, b := range repairable() {
		try(name, b)
	}
	for _, r := range rules.All() {
		if r.Repair != nil && repaired[r.ID] == 0 {
			t.Errorf("no repair of %s was tried", r.ID)
		}
	}
	t.Log(repaired)
}

// repairable are small boards for the repairs the others do not show.
func repairable() map[string]*board.Board {
	channel := func(id, kind string) *board.Channel {
		return &board.Channel{ID: id, Name: id, Kind: kind, Objectives: []string{"o"}, Segments: []string{"s"}, Serves: []*board.Serve{}}
	}
	base := func() *board.Board {
		return &board.Board{ID: "b", Lang: "fr", AsOf: "2026-04-10", Identity: &board.Identity{Sentence: "Un atelier où chacun répare son vélo avec un mécanicien à côté."},
			Objectives: []*board.Objective{{ID: "o", Title: "Autonomie"}, {ID: "p", Title: "Visites", Parent: "o"}},
			Segments:   []*board.Segment{{ID: "s", Name: "Cyclistes", Needs: []*board.Need{{ID: "n", Text: "réparer"}}}},
			Channels:   []*board.Channel{channel("a", "site"), channel("b", "instagram"), channel("c", "store")}}
	}
	owners := base()
	for i, c := range owners.Channels {
		c.Owner = []string{"Agence", "Direction", "Accueil"}[i]
	}
	document := base()
	document.Channels[1].Strategy = &board.Strategy{Title: "Plan", CitesCommon: board.No, SetsObjectives: board.Yes}
	measures := base()
	measures.KPIs = []*board.KPI{{ID: "k", Name: "Réparations", Class: "outcome", Channel: "b"}, {ID: "l", Name: "Vues", Class: "vanity"}}
	needs := base()
	needs.Channels[0].Answers = []string{}
	dead := base()
	dead.Channels[0].Serves = []*board.Serve{{Channel: "b"}, {Channel: "c"}}
	dead.Channels[1].Objectives, dead.Channels[2].Objectives = []string{}, []string{}
	dead.Channels[1].Serves = []*board.Serve{{Channel: "c"}}
	reactions := base()
	for _, id := range strings.Fields("u v w x y z") {
		reactions.Actions = append(reactions.Actions, &board.Action{ID: id, Title: id, Trigger: "trend", Channels: []string{"b"}})
	}
	silent := base()
	silent.Messages = []*board.Message{{ID: "m", Channel: "b", Date: "2025-04-10", Text: "Nous réparons votre vélo à l’atelier."}}
	silent.Samples = []*board.Sample{{Channel: "b", Complete: board.Yes}}
	return map[string]*board.Board{"owners": owners, "document": document, "measures": measures, "needs": needs, "dead end": dead, "reactions": reactions, "silent": silent}
}

// Next is part of the report: the same for the same board in any order, from a session or from nothing.
func TestNextIsOfTheBoardAlone(t *testing.T) {
	for seed := range uint64(30) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 5))}
		s := NewSession()
		for range 50 {
			s.Edit(w.edit())
			s.Report(Options{Next: w.IntN(4) == 0})
		}
		got := s.Report(Options{Next: true}).AppendJSON(nil)
		b := w.b
		shuffle(w, b.Pillars, b.Segments, b.Objectives, b.Channels, b.Actions, b.Messages)
		if want := Check(&b, Options{Next: true}).AppendJSON(nil); !bytes.Equal(got, want) {
			t.Fatalf("seed %d:\nsession %s\ncheck   %s", seed, got, want)
		}
	}
}

// Nobody is sent to look for their customers' searches, or for the networks that carry them, before they have a network.
func TestNextInPlace(t *testing.T) {
	shop := &board.Channel{ID: "shop", Name: "Shop", Kind: "store"}
	insta := &board.Channel{ID: "insta", Name: "Instagram", Kind: "instagram"}
	for _, c := range []struct {
		channels []*board.Channel
		asked    bool
	}{{nil, false}, {[]*board.Channel{shop}, false}, {[]*board.Channel{shop, insta}, true}} {
		r := Check(&board.Board{Channels: c.channels, Objectives: []*board.Objective{}, Segments: []*board.Segment{}}, Options{Next: true})
		asked := slices.ContainsFunc(r.Next, func(n report.Next) bool { return n.Missing.What == "queries" || n.Missing.What == "searchSupport" })
		if asked != c.asked {
			t.Errorf("%d channels: %v", len(c.channels), r.Next)
		}
	}
}

// One thing is asked for once, whatever the rules need of it.
func TestNextSaysOnce(t *testing.T) {
	b := &board.Board{Identity: &board.Identity{Sentence: "Un atelier où chacun répare son vélo avec un mécanicien à côté."}, Objectives: []*board.Objective{{ID: "o", Title: "Réparer"}}}
	for _, kind := range []string{"instagram", "facebook", "store"} {
		b.Channels = append(b.Channels, &board.Channel{ID: kind, Name: kind, Kind: kind, Objectives: []string{"o"}})
	}
	serves, search := 0, 0
	for _, n := range Check(b, Options{Next: true}).Next {
		switch n.Missing.What {
		case "serves", "edges":
			serves++
		case "queries", "searchSupport":
			search++
		}
	}
	if serves != 1 || search > 1 {
		t.Errorf("%d steps about who serves whom, %d about searches", serves, search)
	}
}

// What each kind of board is told first.
func TestNextFirst(t *testing.T) {
	full := boards(t)
	for _, c := range []struct {
		name  string
		board *board.Board
		want  []string // finding or missing thing, in order; the beginning of the list
	}{
		{"nothing at all", &board.Board{}, []string{"ID1", "channels"}},
		{"who they are, and no channel", &board.Board{Identity: &board.Identity{Sentence: "Un atelier où chacun répare son vélo avec un mécanicien à côté."}}, []string{"channels"}},
		{"broken strategy", full["02-brasserie-des-trois-ponts"], nil},
	} {
		r := Check(c.board, Options{Next: true})
		var got []string
		for _, n := range r.Next {
			got = append(got, n.Finding+n.Missing.What)
		}
		if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) {
			t.Errorf("%s: %v, want %v first", c.name, got, c.want)
		}
		if len(got) > 5 {
			t.Errorf("%s: %d things to do at once", c.name, len(got))
		}
		for i := 1; i < len(r.Next) && r.Score.Shown; i++ {
			if a, b := &r.Next[i-1], &r.Next[i]; a.Dim == "" && b.Dim == "" && b.Gain > a.Gain {
				t.Errorf("%s: %v after %v", c.name, r.Next[i], r.Next[i-1])
			}
		}
	}
}
