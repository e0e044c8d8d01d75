package core

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/cbor"
)

// world makes random boards and edits of them; equal seeds make equal worlds.
type world struct {
	*rand.Rand
	b    board.Board
	next int
}

func (w *world) id(kind string) string { w.next++; return fmt.Sprintf("%s%d", kind, w.next) }

func pickOne[T any](w *world, list []T) T { return list[w.IntN(len(list))] }

var sentences = []string{
	"Nous réparons votre vélo à l’atelier, un mécanicien à côté de vous. 🚲", "Tu viens quand ? C’est trooop stylé, wesh !!! 😂😂", "Découvrez nos ateliers du samedi : réglage de frein et pneus.",
	"A new loaf every Tuesday, baked in the wood oven.", "omg the cutest puppy ever, tag a friend!!! 🐶", "Un chaton à croquer 😻 like si tu craques", "Joyeux Noël à toutes et à tous", "",
	"Your bike, our bench: see https://rayons.example/frein and #vélo @lesrayons", "Der Laden bleibt am Montag geschlossen und öffnet erst am Dienstag wieder.", "東京の自転車", "123 456", "مرحبا بالعالم",
	"Inscris-toi vite, on t’attend avec tes amis.", "Votre coopérative vous invite à son assemblée, venez nombreux et nombreuses.",
	"Notre atelier est ouvert du mardi au samedi de 9 h à 18 h.", "Notre atelier est ouvert du mardi au samedi de 10 h à 19 h.", "Appelez-nous au 02 33 27 41 08.", "Appelez-nous au 02 33 27 41 80.",
}

func (w *world) sentence() string {
	s := pickOne(w, sentences)
	for w.IntN(3) > 0 {
		s += " " + pickOne(w, sentences)
	}
	return s
}

func (w *world) some(list []string) []string {
	if w.IntN(4) == 0 {
		return nil
	}
	out := []string{}
	for _, x := range list {
		if w.IntN(3) == 0 {
			out = append(out, x)
		}
	}
	return out
}

func idsOf[T any](list []*T, id func(*T) string) []string {
	out := []string{"nowhere"}
	for _, x := range list {
		out = append(out, id(x))
	}
	return out
}

// edit makes one change and does it to the board the plain way.
func (w *world) edit() *board.Change {
	c := &board.Change{}
	v, b := &c.Value, &w.b
	segments := idsOf(b.Segments, func(x *board.Segment) string { return x.ID })
	objectives := idsOf(b.Objectives, func(x *board.Objective) string { return x.ID })
	channels := idsOf(b.Channels, func(x *board.Channel) string { return x.ID })
	actions := idsOf(b.Actions, func(x *board.Action) string { return x.ID })
	messages := idsOf(b.Messages, func(x *board.Message) string { return x.ID })
	orNew := func(list []string, kind string) string {
		if w.IntN(2) == 0 {
			return pickOne(w, list[min(1, len(list)-1):])
		}
		return w.id(kind)
	}
	switch w.IntN(16) {
	case 0:
		c.Set = board.SetIdentity
		v.Identity = &board.Identity{Name: "Les Rayons", Sentence: w.sentence(), Values: w.some([]string{"partage", "care"}), PurePlayer: pickOne(w, []string{"", "", "en ligne"})}
		for _, t := range w.some([]string{"vélo", "atelier", "réglage de frein", "wood oven"}) {
			v.Identity.Terms = append(v.Identity.Terms, &board.Term{Term: t, Synonyms: w.some([]string{"bicyclette", "loaf"})})
		}
		v.Identity.Voice = &board.Voice{Address: pickOne(w, []string{"", "tu", "vous", "none"})}
		if w.IntN(8) == 0 {
			v.Identity = nil
		}
		b.Identity = v.Identity
	case 1:
		c.Set = board.SetLang | board.SetAsOf | board.SetID
		v.Lang, v.AsOf, v.ID = pickOne(w, []string{"", "fr", "en"}), pickOne(w, []string{"", "2026-04-10", "not a day"}), pickOne(w, []string{"a", "b"})
		b.Lang, b.AsOf, b.ID = v.Lang, v.AsOf, v.ID
	case 2:
		p := &board.Pillar{ID: orNew(idsOf(b.Pillars, func(x *board.Pillar) string { return x.ID }), "p"), Name: "P", Terms: []*board.Term{{Term: pickOne(w, []string{"pneu", "coopérative", "oven", ""})}}}
		v.Pillars = []*board.Pillar{p}
		b.Pillars = plainPut(b.Pillars, p, func(x *board.Pillar) string { return x.ID })
	case 3:
		s := &board.Segment{ID: orNew(segments, "s"), Name: "S", Address: pickOne(w, board.Addresses), Status: pickOne(w, []string{"", "now", "later"}), YoungTone: board.Tri(w.IntN(3))}
		v.Segments = []*board.Segment{s}
		b.Segments = plainPut(b.Segments, s, func(x *board.Segment) string { return x.ID })
	case 4, 5:
		o := &board.Objective{ID: orNew(objectives, "o"), Title: "O", Parent: pickOne(w, append(objectives, "", "")), Status: pickOne(w, []string{"", "active", "planned", "done", "dropped"}), PilotUntil: pickOne(w, []string{"", "", "2026-12-31", "2025-01-01"})}
		v.Objectives = []*board.Objective{o}
		b.Objectives = plainPut(b.Objectives, o, func(x *board.Objective) string { return x.ID })
	case 6, 7:
		ch := &board.Channel{ID: orNew(channels, "c"), Name: "C", Kind: pickOne(w, board.ChannelKinds), Lang: pickOne(w, []string{"", "fr", "en"}), Bio: pickOne(w, []string{"", w.sentence()}), Segments: w.some(segments),
			Objectives: w.some(objectives), Status: pickOne(w, []string{"", "active", "sleeping", "closed"}), Reason: pickOne(w, []string{"", "Tout le monde y est", "everyone is there"}), Mandatory: pickOne(w, []string{"", "", "law"})}
		if w.IntN(2) == 0 {
			ch.Serves = []*board.Serve{}
			for _, to := range w.some(channels) {
				ch.Serves = append(ch.Serves, &board.Serve{Channel: to, How: pickOne(w, board.ServeHows)})
			}
		}
		v.Channels = []*board.Channel{ch}
		b.Channels = plainPut(b.Channels, ch, func(x *board.Channel) string { return x.ID })
	case 8:
		a := &board.Action{ID: orNew(actions, "a"), Title: "A", Objective: pickOne(w, append(objectives, "")), Channels: w.some(channels), Trigger: pickOne(w, board.Triggers), Exempt: pickOne(w, []string{"", "law"})}
		v.Actions = []*board.Action{a}
		b.Actions = plainPut(b.Actions, a, func(x *board.Action) string { return x.ID })
	case 9:
		for _, e := range []board.Entry{{List: board.Channels, ID: pickOne(w, channels)}, {List: board.Objectives, ID: pickOne(w, objectives)}, {List: board.Segments, ID: pickOne(w, segments)}, {List: board.Actions, ID: pickOne(w, actions)}} {
			if w.IntN(4) == 0 {
				c.Drop = append(c.Drop, e)
			}
		}
		for _, id := range w.some(messages) {
			c.Drop = append(c.Drop, board.Entry{List: board.Messages, ID: id})
		}
		for _, e := range c.Drop {
			switch e.List {
			case board.Channels:
				b.Channels = plainDrop(b.Channels, e.ID, func(x *board.Channel) string { return x.ID })
			case board.Objectives:
				b.Objectives = plainDrop(b.Objectives, e.ID, func(x *board.Objective) string { return x.ID })
			case board.Segments:
				b.Segments = plainDrop(b.Segments, e.ID, func(x *board.Segment) string { return x.ID })
			case board.Actions:
				b.Actions = plainDrop(b.Actions, e.ID, func(x *board.Action) string { return x.ID })
			case board.Messages:
				b.Messages = plainDrop(b.Messages, e.ID, func(x *board.Message) string { return x.ID })
			}
		}
	case 10:
		c.Asked = []board.List{board.Segments}
		if b.Segments == nil {
			b.Segments = []*board.Segment{}
		}
	case 11:
		c.Set = board.SetDismissals | board.SetSettings
		for _, key := range w.some([]string{"ID1", "BR1", "SY1:c1", "ST2:o2", "VO3:c1", "PU3:c2"}) {
			v.Dismissals = append(v.Dismissals, &board.Dismissal{Finding: key, Reason: "known"})
		}
		if w.IntN(3) == 0 {
			v.Settings = &board.Settings{Rules: []board.Pair{{Key: "VO2", Value: "off"}}, Weights: []board.NumberPair{{Key: "voice", Value: 40}}}
		}
		if w.IntN(3) > 0 { // words of the sentences above, so that texts are heard otherwise
			if v.Settings == nil {
				v.Settings = &board.Settings{}
			}
			v.Settings.Lexicon = &board.Lexicon{Silence: w.some([]string{"stylé", "puppy", "tu", "un chaton à croquer", "vélo"})}
			if w.IntN(2) == 0 {
				v.Settings.Lexicon.Add = &board.LexiconTerms{Slang: w.some([]string{"mécanicien", "wood oven", "stylé"}), Bait: w.some([]string{"ateliers du samedi", "Laden"}), Cliche: w.some([]string{"vélo", "loaf"})}
			}
		}
		b.Dismissals, b.Settings = v.Dismissals, v.Settings
	default:
		for range 1 + w.IntN(12) {
			m := &board.Message{ID: orNew(messages, "m"), Channel: pickOne(w, channels), Text: w.sentence(), Date: pickOne(w, []string{"", "2026-01-02", "2026-03-04T10:00:00Z", "yesterday"}), Lang: pickOne(w, []string{"", "", "fr", "en"}), Pillar: pickOne(w, []string{"", "", "p1"})}
			v.Messages = append(v.Messages, m)
			b.Messages = plainPut(b.Messages, m, func(x *board.Message) string { return x.ID })
		}
	}
	return c
}

func plainPut[T any](list []*T, x *T, id func(*T) string) []*T {
	if i := slices.IndexFunc(list, func(y *T) bool { return id(y) == id(x) }); i >= 0 {
		list = slices.Clone(list)
		list[i] = x
		return list
	}
	return append(slices.Clone(list), x)
}

func plainDrop[T any](list []*T, gone string, id func(*T) string) []*T {
	return slices.DeleteFunc(slices.Clone(list), func(y *T) bool { return id(y) == gone })
}

// After any sequence of edits, each crossing the boundary as bytes, the session's report is that of a check from
// scratch, to the byte; and the order of the lists of the board that is checked does not matter.
func TestSessionEqualsCheck(t *testing.T) {
	for seed := range uint64(60) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 1))}
		s := NewSession()
		for step := range 40 {
			if err := s.Apply(cbor.AppendChange(nil, w.edit())); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
			if step%3 != 0 {
				if step%2 == 0 {
					s.Report(Options{Draft: true}) // a draft leaves nothing behind
				}
				continue // several edits between two reports
			}
			got := s.Report(Options{Evidence: true}).AppendJSON(nil)
			b := w.b
			shuffle(w, b.Pillars, b.Segments, b.Objectives, b.Channels, b.Actions, b.Messages)
			want := Check(&b, Options{Evidence: true}).AppendJSON(nil)
			if !bytes.Equal(got, want) {
				t.Fatalf("seed %d, step %d:\nsession %s\ncheck   %s", seed, step, got, want)
			}
		}
	}
}

func shuffle(w *world, pillars []*board.Pillar, segments []*board.Segment, objectives []*board.Objective, channels []*board.Channel, actions []*board.Action, messages []*board.Message) {
	w.Shuffle(len(pillars), func(i, j int) { pillars[i], pillars[j] = pillars[j], pillars[i] })
	w.Shuffle(len(segments), func(i, j int) { segments[i], segments[j] = segments[j], segments[i] })
	w.Shuffle(len(objectives), func(i, j int) { objectives[i], objectives[j] = objectives[j], objectives[i] })
	w.Shuffle(len(channels), func(i, j int) { channels[i], channels[j] = channels[j], channels[i] })
	w.Shuffle(len(actions), func(i, j int) { actions[i], actions[j] = actions[j], actions[i] })
	w.Shuffle(len(messages), func(i, j int) { messages[i], messages[j] = messages[j], messages[i] })
}

func TestBadChangeLeavesTheSession(t *testing.T) {
	s := NewSession()
	w := &world{Rand: rand.New(rand.NewPCG(9, 9))}
	for range 30 {
		s.Edit(w.edit())
	}
	before := s.Report(Options{}).AppendJSON(nil)
	good := cbor.AppendChange(nil, w.edit())
	for cut := range len(good) {
		if err := s.Apply(good[:cut]); err == nil {
			t.Fatalf("a change cut at %d of %d bytes was read", cut, len(good))
		}
	}
	if after := s.Report(Options{}).AppendJSON(nil); !bytes.Equal(before, after) {
		t.Error("a change that could not be read changed the board")
	}
}

// Every rule on any board: nothing panics, and what a report says of its rules adds up.
func FuzzCheck(f *testing.F) {
	f.Add(uint64(1), uint16(40))
	f.Add(uint64(77), uint16(300))
	f.Fuzz(func(t *testing.T, seed uint64, steps uint16) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 2))}
		for range steps % 400 {
			w.edit()
		}
		r := Check(&w.b, Options{Evidence: true, Next: true})
		failing := map[string]int{}
		for _, x := range r.Findings {
			if !x.Dismissed {
				failing[x.Rule]++
			}
		}
		grouped := 0
		for _, c := range r.Causes {
			grouped += len(c.Findings)
		}
		for _, s := range r.Rules {
			if s.Failing != failing[s.ID] || s.Failing+s.Unknown > s.Objects {
				t.Errorf("%s: %+v with %d findings", s.ID, s, failing[s.ID])
			}
			grouped -= failing[s.ID]
		}
		if grouped != 0 {
			t.Errorf("%d findings too many or too few in causes", grouped)
		}
	})
}

// What a channel becomes, its texts stay: a page of a site stands for a year, a post does not.
func TestSessionOfAChannelThatBecomesASite(t *testing.T) {
	b, err := boardjson.Decode([]byte(`{"format":"unisson/1","id":"b","lang":"fr","channels":[{"id":"a","kind":"blog","name":"Pages"},{"id":"fb","kind":"facebook","name":"Page"}],
		"messages":[{"id":"m","channel":"a","date":"2026-01-01","text":"Adhésion annuelle : 20 €."},{"id":"n","channel":"fb","date":"2026-08-01","text":"Adhésion annuelle : 25 €."}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s := NewSession()
	s.Edit(&board.Change{Reset: true, Set: board.SetID | board.SetLang, Value: *b})
	if n := len(s.Report(Options{}).Contradictions); n != 0 {
		t.Fatalf("%d contradictions with a post of seven months ago", n)
	}
	site := *b.Channels[0]
	site.Kind = "site"
	s.Edit(&board.Change{Value: board.Board{Channels: []*board.Channel{&site}}})
	if n := len(s.Report(Options{}).Contradictions); n != 1 {
		t.Errorf("%d contradictions with the page of a site", n)
	}
}
