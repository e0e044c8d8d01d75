package ydoc

import "strings"

// A board lies in its document as static/src/engine/fields.ts says; the tables below are those of shape.ts (a test holds them together).

// kind of a field that is a shared type. What is not named is a plain value.
type kind string

const (
	aText kind = "text" // absent when empty
	aBody kind = "body" // always there
	aLate kind = "late" // made when there is something to write
	aSet  kind = "set"  // plain values, each once
	aList kind = "list" // values as they come; "list:a+b": objects, those equal in a and b being one
)

func (k kind) isText() bool { return k == aText || k == aBody || k == aLate }

// fields is the members that tell objects of a list apart, false where nothing does.
func (k kind) fields() ([]string, bool) {
	names, found := strings.CutPrefix(string(k), string(aList)+":")
	return strings.Split(names, "+"), found
}

type field struct {
	path string
	kind kind
}

type shape []field

func (s shape) kind(path string) kind {
	for _, f := range s {
		if f.path == path {
			return f.kind
		}
	}
	return ""
}

var boardShape = shape{
	{"samples", aList}, {"facts", aList}, {"dismissals", "list:finding"}, {"settings/lexicon/add/slang", aSet},
	{"settings/lexicon/add/bait", aSet}, {"settings/lexicon/add/cliche", aSet}, {"settings/lexicon/silence", aSet},
}

var identityShape = shape{
	{"sentence", aText}, {"promise", aText}, {"values", aSet}, {"sectorTerms", aSet}, {"voice/wanted", aSet}, {"voice/unwanted", aSet},
	{"terms", "list:term"}, {"protected", "list:term"},
}

// lists are root maps of entities by id.
var lists = []struct {
	name  string
	shape shape
}{
	{"pillars", shape{{"terms", "list:term"}}},
	{"segments", shape{{"needs", "list:id"}}},
	{"objectives", nil},
	{"kpis", nil},
	{"channels", shape{{"bio", aText}, {"domains", aSet}, {"segments", aSet}, {"objectives", aSet}, {"answers", aSet}, {"serves", "list:channel+how"}}},
	{"actions", shape{{"channels", aSet}, {"names", aSet}}},
	{"messages", shape{{"text", aBody}, {"landing", aLate}}},
	{"decisions", shape{{"text", aBody}, {"channels", aSet}}},
	{"rounds", shape{{"answers", aList}}},
}

// fieldOrder is the order of members in a file, as people read them; the rest follows by name.
var fieldOrder = placesOf(
	"format", "id", "title", "name", "lang", "asOf", "kind", "channel", "date", "text", "sentence", "promise", "term", "key", "value", "finding", "reason",
	"identity", "pillars", "segments", "objectives", "kpis", "channels", "actions", "messages", "samples", "facts", "decisions", "rounds", "dismissals", "settings",
)

func placesOf(names ...string) map[string]int {
	places := make(map[string]int, len(names))
	for i, n := range names {
		places[n] = i
	}
	return places
}

// Names of root types, and of the keys that never leave the document.
const (
	rootBoard      = "board"
	rootIdentity   = "identity"
	identityPrefix = "identity/"
	keyRank        = "~rank"
	keySaid        = "~said"
	prefixSaid     = "~said/"  // there, though empty
	prefixAsked    = "~asked/" // a list that was asked about
)

// isOurs: a field's own leading ~ is escaped, so that the two cannot meet.
func isOurs(key string) bool {
	return strings.HasPrefix(key, "~") && !strings.HasPrefix(key, "~0") && !strings.HasPrefix(key, "~1")
}

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
	unslash  = strings.NewReplacer("~1", "/")
	untilde  = strings.NewReplacer("~0", "~")
	unescape = func(s string) string { return untilde.Replace(unslash.Replace(s)) }
)
