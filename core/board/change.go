package board

// List names a list whose entities have an id. Everything else of a board is replaced whole.
type List uint8

const (
	Pillars List = iota
	Segments
	Objectives
	KPIs
	Channels
	Actions
	Messages
	Decisions
	Rounds
	ListCount int = iota
)

var listNames = [ListCount]string{"pillars", "segments", "objectives", "kpis", "channels", "actions", "messages", "decisions", "rounds"}

func (l List) String() string { return listNames[l] }

// ParseList finds the list of that name in a document.
func ParseList(name string) (l List, ok bool) {
	for i, n := range listNames {
		if n == name {
			return List(i), true
		}
	}
	return 0, false
}

// Singles is a set of the parts of a board that are replaced whole.
type Singles uint16

const (
	SetID Singles = 1 << iota
	SetTitle
	SetLang
	SetAsOf
	SetIdentity
	SetSamples
	SetFacts
	SetDismissals
	SetSettings
)

var singleNames = [...]string{"id", "title", "lang", "asOf", "identity", "samples", "facts", "dismissals", "settings"}

// ParseSingle finds the part of that name in a document.
func ParseSingle(name string) (s Singles, ok bool) {
	for i, n := range singleNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// Has reports whether every part of t is in s.
func (s Singles) Has(t Singles) bool { return s&t == t }

// Entry names one entity.
type Entry struct {
	List List
	ID   string
}

// Change is what one or several edits did to a board. Applied in this order: Reset, Set, Drop, Asked, Put.
type Change struct {
	Reset bool    // start from an empty board
	Set   Singles // the parts of Value that replace the board's own; one that is absent in Value is taken away
	Drop  []Entry // entities that are gone; a list they leave empty stays an answer: none
	Asked []List  // lists that exist from now on, even empty
	Value Board   // the parts named by Set; in the lists with ids, what to put: an entity replaces the one of its id, or comes last
}
