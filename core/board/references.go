package board

import (
	"slices"
	"strings"

	"unisson/core/order"
)

// Fault is something wrong with the document that does not keep it from being read: a reference that leads nowhere or
// back to itself, or a date that is none. Faults are findings about the file.
type Fault struct {
	Path  string // JSON pointer by list and id, never by position: /channels/insta/objectives
	Fault string // "dangling", "cycle" or "date"
	Value string // as written
	List  string // where a dangling reference should have led: one of the lists with ids, or "needs"; "" otherwise
}

// Faults lists what is wrong with the references and the dates of b, by path, then value. The order of the board's
// lists does not show in it. Samples, facts and dismissals have no id: the channel, the key and the finding name them.
func (b *Board) Faults() []Fault {
	f := faults{ids: b.ids()}
	f.date("", "", "asOf", b.AsOf)
	for _, x := range b.Objectives {
		f.reference("objectives", x.ID, "parent", x.Parent, "objectives")
		f.reference("objectives", x.ID, "segment", x.Segment, "segments")
		f.date("objectives", x.ID, "horizon", x.Horizon)
		f.date("objectives", x.ID, "notBefore", x.NotBefore)
		f.date("objectives", x.ID, "pilotUntil", x.PilotUntil)
	}
	f.cycles(b.Objectives)
	for _, x := range b.KPIs {
		f.reference("kpis", x.ID, "objective", x.Objective, "objectives")
		f.reference("kpis", x.ID, "channel", x.Channel, "channels")
	}
	for _, x := range b.Channels {
		f.references("channels", x.ID, "segments", x.Segments, "segments")
		f.references("channels", x.ID, "objectives", x.Objectives, "objectives")
		f.references("channels", x.ID, "answers", x.Answers, "needs")
		for _, s := range x.Serves {
			f.reference("channels", x.ID, "serves", s.Channel, "channels")
		}
	}
	for _, x := range b.Actions {
		f.reference("actions", x.ID, "objective", x.Objective, "objectives")
		f.references("actions", x.ID, "channels", x.Channels, "channels")
		f.date("actions", x.ID, "date", x.Date)
	}
	for _, x := range b.Messages {
		f.needed("messages", x.ID, "channel", x.Channel, "channels")
		f.reference("messages", x.ID, "action", x.Action, "actions")
		f.reference("messages", x.ID, "pillar", x.Pillar, "pillars")
		f.date("messages", x.ID, "date", x.Date)
	}
	for _, x := range b.Samples {
		f.needed("samples", x.Channel, "channel", x.Channel, "channels")
		f.date("samples", x.Channel, "from", x.From)
		f.date("samples", x.Channel, "to", x.To)
	}
	for _, x := range b.Facts {
		f.needed("facts", x.Key, "channel", x.Channel, "channels")
		f.date("facts", x.Key, "from", x.From)
		f.date("facts", x.Key, "to", x.To)
	}
	for _, x := range b.Decisions {
		f.references("decisions", x.ID, "channels", x.Channels, "channels")
		f.date("decisions", x.ID, "date", x.Date)
	}
	for _, x := range b.Dismissals {
		f.date("dismissals", x.Finding, "date", x.Date)
	}
	order.Func(f.found, func(a, b Fault) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
	return slices.Compact(f.found)
}

// cycles finds objectives that hang from themselves, once for each cycle, at its first id.
func (f *faults) cycles(list []*Objective) {
	parent := make(map[string]string, len(list))
	for _, o := range list {
		parent[o.ID] = o.Parent
	}
	seen := make(map[string]int, len(list)) // by which walk
	for walk, o := range list {
		at := o.ID
		for at != "" && seen[at] == 0 {
			seen[at] = walk + 1
			at = parent[at]
		}
		if at == "" || seen[at] != walk+1 {
			continue
		}
		first := at
		for next := parent[at]; next != at; next = parent[next] {
			first = min(first, next)
		}
		f.found = append(f.found, Fault{pointer("objectives", first, "parent"), "cycle", parent[first], ""})
	}
}

// ids holds the ids of every list a reference can lead to, by the list's name.
func (b *Board) ids() map[string]map[string]bool {
	return map[string]map[string]bool{
		"pillars":    idSet(b.Pillars, func(x *Pillar) string { return x.ID }),
		"segments":   idSet(b.Segments, func(x *Segment) string { return x.ID }),
		"objectives": idSet(b.Objectives, func(x *Objective) string { return x.ID }),
		"channels":   idSet(b.Channels, func(x *Channel) string { return x.ID }),
		"actions":    idSet(b.Actions, func(x *Action) string { return x.ID }),
		"needs":      needSet(b.Segments),
	}
}

func idSet[T any](list []*T, id func(*T) string) map[string]bool {
	ids := make(map[string]bool, len(list))
	for _, x := range list {
		ids[id(x)] = true
	}
	return ids
}

func needSet(segments []*Segment) map[string]bool {
	ids := map[string]bool{}
	for _, s := range segments {
		for _, n := range s.Needs {
			ids[n.ID] = true
		}
	}
	return ids
}

type faults struct {
	ids   map[string]map[string]bool
	found []Fault
}

// reference reports a value that is no id of the list; "" is a reference that was not made.
func (f *faults) reference(list, id, field, value, to string) {
	if value != "" {
		f.needed(list, id, field, value, to)
	}
}

// needed is reference for a field the schema requires: there, "" leads nowhere too.
func (f *faults) needed(list, id, field, value, to string) {
	if !f.ids[to][value] {
		f.found = append(f.found, Fault{pointer(list, id, field), "dangling", value, to})
	}
}

func (f *faults) references(list, id, field string, values []string, to string) {
	for _, v := range values {
		f.needed(list, id, field, v, to)
	}
}

func (f *faults) date(list, id, field, value string) {
	if value == "" {
		return
	}
	if _, ok := ParseDay(value); !ok {
		f.found = append(f.found, Fault{pointer(list, id, field), "date", value, ""})
	}
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

func pointer(list, id, field string) string {
	if list == "" {
		return "/" + field
	}
	return "/" + list + "/" + pointerEscapes.Replace(id) + "/" + field
}
