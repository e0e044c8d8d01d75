package rules

import (
	"cmp"
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/order"
)

// Source is a board laid out for reading: lists sorted by id, messages by channel. What a report says cannot depend on
// the order of a file's lists, because nothing here remembers it.
type Source struct {
	board.Board                           // every list of entities sorted by id, Messages left out
	arriving    map[string]*board.Message // by id, since merge; the last of an id stands; nil: taken out
	posts       map[string][]*board.Message
	channelOf   map[string]string           // message id -> channel id
	suspects    map[string][]*board.Message // of each channel, those that may hold a fault beside their channel
}

// NewSource lays out a board. The board itself is left as it is.
func NewSource(b *board.Board) *Source {
	n := len(b.Messages)
	s := &Source{Board: *b, arriving: make(map[string]*board.Message, n), posts: map[string][]*board.Message{}, channelOf: make(map[string]string, n), suspects: map[string][]*board.Message{}}
	s.Pillars = sorted(b.Pillars, pillarID)
	s.Segments = sorted(b.Segments, segmentID)
	s.Objectives = sorted(b.Objectives, objectiveID)
	s.KPIs = sorted(b.KPIs, kpiID)
	s.Channels = sorted(b.Channels, channelID)
	s.Actions = sorted(b.Actions, actionID)
	s.Decisions = sorted(b.Decisions, decisionID)
	s.Rounds = sorted(b.Rounds, roundID)
	for _, m := range b.Messages {
		s.arrive(m.ID, m)
	}
	s.Messages = nil
	if b.Messages != nil {
		s.Messages = []*board.Message{}
	}
	return s
}

func pillarID(x *board.Pillar) string       { return x.ID }
func segmentID(x *board.Segment) string     { return x.ID }
func objectiveID(x *board.Objective) string { return x.ID }
func kpiID(x *board.KPI) string             { return x.ID }
func channelID(x *board.Channel) string     { return x.ID }
func actionID(x *board.Action) string       { return x.ID }
func messageID(x *board.Message) string     { return x.ID }
func decisionID(x *board.Decision) string   { return x.ID }
func roundID(x *board.Round) string         { return x.ID }

// The entities' pointer types are the type parameter: pointers share one compiled shape, where their structs would each
// bring a sort of their own into the wasm.
func sorted[P any](list []P, id func(P) string) []P {
	out := slices.Clone(list) // nil stays nil: never asked
	order.Func(out, func(a, b P) int { return strings.Compare(id(a), id(b)) })
	return out
}

// put returns a new list with the entities in place of those of the same id. Lists are never written to: a reading may
// still hold the old one.
func put[P any](list, news []P, id func(P) string) []P {
	if len(news) == 0 {
		return list
	}
	fresh := sorted(news, id)
	out := make([]P, 0, len(list)+len(fresh))
	for len(list) > 0 || len(fresh) > 0 {
		order := 0
		switch {
		case len(fresh) == 0:
			order = -1
		case len(list) == 0:
			order = 1
		default:
			order = strings.Compare(id(list[0]), id(fresh[0]))
		}
		if order <= 0 {
			if order < 0 {
				out = append(out, list[0])
			}
			list = list[1:]
			continue
		}
		if n := len(out); n > 0 && id(out[n-1]) == id(fresh[0]) { // the same id twice in one change: the last one stands
			out[n-1] = fresh[0]
		} else {
			out = append(out, fresh[0])
		}
		fresh = fresh[1:]
	}
	return out
}

func drop[P any](list []P, gone string, id func(P) string) []P {
	i, found := slices.BinarySearchFunc(list, gone, func(x P, id2 string) int { return strings.Compare(id(x), id2) })
	if !found {
		return list
	}
	return slices.Delete(slices.Clone(list), i, i+1)
}

// byDay orders the messages of a channel: undated first, then by day, then by id.
func byDay(a, b *board.Message) int {
	return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(a.ID, b.ID))
}

// merge puts the messages that came since the last look in their places. Every touched channel gets a new slice: an
// unchanged slice is how a reading knows that it may keep what it read. It is done once a look, not once a change: a
// board that comes in chunks would be laid out again at each of them.
func (s *Source) merge() {
	touched := map[string][]*board.Message{} // channel -> what is new in it
	leaving := map[string]bool{}
	for id, m := range s.arriving {
		if channel, known := s.channelOf[id]; known {
			leaving[id] = true
			if _, seen := touched[channel]; !seen {
				touched[channel] = nil
			}
		}
		if m == nil {
			delete(s.channelOf, id)
			continue
		}
		s.channelOf[id] = m.Channel
		touched[m.Channel] = append(touched[m.Channel], m)
	}
	s.arriving = nil
	for channel, arrived := range touched {
		order.Func(arrived, byDay)
		list := make([]*board.Message, 0, len(s.posts[channel])+len(arrived))
		for _, m := range s.posts[channel] {
			if leaving[m.ID] {
				continue
			}
			for len(arrived) > 0 && byDay(arrived[0], m) < 0 {
				list, arrived = append(list, arrived[0]), arrived[1:]
			}
			list = append(list, m)
		}
		list = append(list, arrived...)
		delete(s.suspects, channel)
		if len(list) == 0 {
			delete(s.posts, channel)
			continue
		}
		s.posts[channel] = list
		if some := slices.DeleteFunc(slices.Clone(list), faultless); len(some) > 0 {
			s.suspects[channel] = some
		}
	}
}

// faultless: nothing in it but its channel could be wrong.
func faultless(m *board.Message) bool {
	_, dated := board.ParseDay(m.Date)
	return m.Action == "" && m.Pillar == "" && (m.Date == "" || dated)
}

// Apply does to the board what a change says: reset, set, drop, asked, put, in that order.
func (s *Source) Apply(c *board.Change) {
	if c.Reset {
		*s = *NewSource(&board.Board{})
	}
	s.set(c.Set, &c.Value)
	for _, e := range c.Drop {
		switch e.List {
		case board.Pillars:
			s.Pillars = drop(s.Pillars, e.ID, pillarID)
		case board.Segments:
			s.Segments = drop(s.Segments, e.ID, segmentID)
		case board.Objectives:
			s.Objectives = drop(s.Objectives, e.ID, objectiveID)
		case board.KPIs:
			s.KPIs = drop(s.KPIs, e.ID, kpiID)
		case board.Channels:
			s.Channels = drop(s.Channels, e.ID, channelID)
		case board.Actions:
			s.Actions = drop(s.Actions, e.ID, actionID)
		case board.Messages:
			s.arrive(e.ID, nil)
		case board.Decisions:
			s.Decisions = drop(s.Decisions, e.ID, decisionID)
		case board.Rounds:
			s.Rounds = drop(s.Rounds, e.ID, roundID)
		}
	}
	for _, l := range c.Asked {
		s.ask(l)
	}
	v := &c.Value
	s.Pillars = put(s.Pillars, v.Pillars, pillarID)
	s.Segments = put(s.Segments, v.Segments, segmentID)
	s.Objectives = put(s.Objectives, v.Objectives, objectiveID)
	s.KPIs = put(s.KPIs, v.KPIs, kpiID)
	s.Channels = put(s.Channels, v.Channels, channelID)
	s.Actions = put(s.Actions, v.Actions, actionID)
	s.Decisions = put(s.Decisions, v.Decisions, decisionID)
	s.Rounds = put(s.Rounds, v.Rounds, roundID)
	if len(v.Messages) > 0 {
		s.ask(board.Messages)
	}
	for _, m := range v.Messages {
		s.arrive(m.ID, m)
	}
}

func (s *Source) arrive(id string, m *board.Message) {
	if s.arriving == nil {
		s.arriving = map[string]*board.Message{}
	}
	s.arriving[id] = m
}

func (s *Source) set(parts board.Singles, v *board.Board) {
	if parts.Has(board.SetID) {
		s.ID = v.ID
	}
	if parts.Has(board.SetTitle) {
		s.Title = v.Title
	}
	if parts.Has(board.SetLang) {
		s.Lang = v.Lang
	}
	if parts.Has(board.SetAsOf) {
		s.AsOf = v.AsOf
	}
	if parts.Has(board.SetIdentity) {
		s.Identity = v.Identity
	}
	if parts.Has(board.SetSamples) {
		s.Samples = v.Samples
	}
	if parts.Has(board.SetFacts) {
		s.Facts = v.Facts
	}
	if parts.Has(board.SetDismissals) {
		s.Dismissals = v.Dismissals
	}
	if parts.Has(board.SetSettings) {
		s.Settings = v.Settings
	}
}

func (s *Source) ask(l board.List) {
	switch l {
	case board.Pillars:
		s.Pillars = asked(s.Pillars)
	case board.Segments:
		s.Segments = asked(s.Segments)
	case board.Objectives:
		s.Objectives = asked(s.Objectives)
	case board.KPIs:
		s.KPIs = asked(s.KPIs)
	case board.Channels:
		s.Channels = asked(s.Channels)
	case board.Actions:
		s.Actions = asked(s.Actions)
	case board.Messages:
		s.Messages = asked(s.Messages)
	case board.Decisions:
		s.Decisions = asked(s.Decisions)
	case board.Rounds:
		s.Rounds = asked(s.Rounds)
	}
}

func asked[P any](list []P) []P {
	if list == nil {
		return []P{}
	}
	return list
}

// Whole is the board with its messages.
func (s *Source) Whole() *board.Board {
	s.merge()
	b := s.Board
	channels := make([]string, 0, len(s.posts))
	for id := range s.posts {
		channels = append(channels, id)
	}
	order.Strings(channels)
	for _, id := range channels {
		b.Messages = append(b.Messages, s.posts[id]...)
	}
	return &b
}

// Faults lists what is wrong with the board's references and dates. It looks again only at the messages that may be.
func (s *Source) Faults() []board.Fault {
	exists := make(map[string]bool, len(s.Channels))
	for _, c := range s.Channels {
		exists[c.ID] = true
	}
	some := s.Board
	some.Messages = nil
	for channel, posts := range s.posts {
		if exists[channel] {
			posts = s.suspects[channel]
		}
		some.Messages = append(some.Messages, posts...)
	}
	return some.Faults()
}
