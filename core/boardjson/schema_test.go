package boardjson_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"unisson/core/board"
	"unisson/core/board/schema"
)

// field is what a schema or the Go types say of one member of an object.
type field struct {
	kind     string // const, text, texts, boolean, number, texts by key, numbers by key, object, list
	value    string // of a const
	enum     []string
	required bool
	min, max int      // of a text, or of each text of a list
	least    *float64 // of a number
	inner    []member // of an object, or of each object of a list
}

type member struct {
	name string
	field
}

// recorder is a board.Codec that writes down what Fields says.
type recorder struct{ members []member }

func (r *recorder) add(key string, f field) { r.members = append(r.members, member{key, f}) }

func (r *recorder) Const(key, value string) {
	r.add(key, field{kind: "const", value: value, required: true})
}
func (r *recorder) String(key string, _ *string, l board.Limit) {
	r.add(key, field{kind: "text", required: l.Required, min: l.Min, max: l.Max})
}
func (r *recorder) Enum(key string, _ *string, allowed []string, required bool) {
	r.add(key, field{kind: "text", enum: allowed, required: required})
}
func (r *recorder) Strings(key string, _ *[]string, l board.Limit) {
	r.add(key, field{kind: "texts", required: l.Required, min: l.Min, max: l.Max})
}
func (r *recorder) Bool(key string, _ *board.Tri) { r.add(key, field{kind: "boolean"}) }
func (r *recorder) Number(key string, _ *board.Number, least float64) {
	r.add(key, field{kind: "number", least: &least})
}
func (r *recorder) Pairs(key string, _ *[]board.Pair, allowed []string) {
	r.add(key, field{kind: "texts by key", enum: allowed})
}
func (r *recorder) Numbers(key string, _ *[]board.NumberPair) {
	r.add(key, field{kind: "numbers by key"})
}
func (r *recorder) Object(key string, _ bool, open func() board.Fielder) {
	r.add(key, field{kind: "object", inner: record(open())})
}
func (r *recorder) List(key string, _ int, set func(int), at func(int) board.Fielder) {
	set(1)
	r.add(key, field{kind: "list", inner: record(at(0))})
}
func (r *recorder) Extra(*board.Extra) {}

func record(f board.Fielder) []member {
	var r recorder
	f.Fields(&r)
	return r.members
}

// node is the part of JSON Schema that the board's schema uses; an unknown keyword fails its decoding.
type node struct {
	Schema, ID, Title, Description string
	Type                           string
	Const                          string
	Enum                           []string
	Required                       []string
	Properties                     map[string]node
	AdditionalProperties           *node
	Items                          *node
	MinLength, MaxLength           int
	Minimum                        *float64
}

var keywords = []string{"$schema", "$id", "title", "description", "type", "const", "enum", "required", "properties", "additionalProperties", "items", "minLength", "maxLength", "minimum"}

func (n *node) UnmarshalJSON(raw []byte) error {
	var known map[string]json.RawMessage
	if err := json.Unmarshal(raw, &known); err != nil {
		return err
	}
	for k := range known {
		if !slices.Contains(keywords, k) {
			return &json.UnsupportedValueError{Str: "keyword " + k + " is not looked at by this test"}
		}
	}
	type plain node
	return json.Unmarshal(raw, (*plain)(n))
}

func (n node) field(t *testing.T, path string, required bool) field {
	switch {
	case n.Const != "":
		return field{kind: "const", value: n.Const, required: required}
	case n.Type == "string":
		return field{kind: "text", enum: n.Enum, required: required, min: n.MinLength, max: n.MaxLength}
	case n.Type == "boolean":
		return field{kind: "boolean", required: required}
	case n.Type == "number":
		return field{kind: "number", required: required, least: n.Minimum}
	case n.Type == "array" && n.Items.Type == "string":
		return field{kind: "texts", required: required, min: n.Items.MinLength, max: n.Items.MaxLength, enum: n.Items.Enum}
	case n.Type == "array" && n.Items.Type == "object":
		return field{kind: "list", required: required, inner: n.Items.members(t, path)}
	case n.Type == "object" && n.AdditionalProperties != nil && n.AdditionalProperties.Type == "string":
		return field{kind: "texts by key", required: required, enum: n.AdditionalProperties.Enum}
	case n.Type == "object" && n.AdditionalProperties != nil && n.AdditionalProperties.Type == "number":
		return field{kind: "numbers by key", required: required, least: n.AdditionalProperties.Minimum}
	case n.Type == "object":
		return field{kind: "object", required: required, inner: n.members(t, path)}
	}
	t.Fatalf("%s: this test does not know such a field", path)
	return field{}
}

func (n node) members(t *testing.T, path string) []member {
	var all []member
	for name, p := range n.Properties {
		all = append(all, member{name, p.field(t, path+"/"+name, slices.Contains(n.Required, name))})
	}
	for _, name := range n.Required {
		if _, ok := n.Properties[name]; !ok {
			t.Errorf("%s: %q is required and not described", path, name)
		}
	}
	return all
}

// Both ways: what the schema says the types hold, and what the types hold the schema says.
func TestTypesHoldToTheSchema(t *testing.T) {
	var root node
	if err := json.Unmarshal(schema.JSON, &root); err != nil {
		t.Fatal(err)
	}
	compare(t, "", record(new(board.Board)), root.members(t, ""))
}

func compare(t *testing.T, path string, types, schema []member) {
	for _, want := range schema {
		i := slices.IndexFunc(types, func(m member) bool { return m.name == want.name })
		if i < 0 {
			t.Errorf("%s/%s: in the schema, not in the types", path, want.name)
			continue
		}
		got := types[i]
		at := path + "/" + want.name
		if got.kind != want.kind || got.value != want.value || got.required != want.required || got.min != want.min || got.max != want.max || !slices.Equal(got.enum, want.enum) {
			t.Errorf("%s: the types say %+v, the schema %+v", at, got.field, want.field)
		}
		if got.least != nil && (want.least == nil || *got.least != *want.least) || got.least == nil && want.least != nil {
			t.Errorf("%s: not the same minimum", at)
		}
		compare(t, at, got.inner, want.inner)
	}
	seen := map[string]bool{}
	for _, got := range types {
		if !slices.ContainsFunc(schema, func(m member) bool { return m.name == got.name }) {
			t.Errorf("%s/%s: in the types, not in the schema", path, got.name)
		}
		if seen[got.name] {
			t.Errorf("%s/%s: twice in the types", path, got.name)
		}
		seen[got.name] = true
	}
}

// The published schema is the specification's, and what we added to it.
func TestSchemaIsTheSpecifications(t *testing.T) {
	want, ok := shared(t, "board.schema.json")
	if !ok {
		t.Skip("the specification is not beside this clone")
	}
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal(want, &a), json.Unmarshal(schema.JSON, &b)); err != nil {
		t.Fatal(err)
	}
	for _, added := range [][]string{{"settings", "lexicon"}} {
		at := b
		for _, name := range added[:len(added)-1] {
			at = at["properties"].(map[string]any)[name].(map[string]any)
		}
		members, last := at["properties"].(map[string]any), added[len(added)-1]
		if members[last] == nil {
			t.Errorf("%v is not in the published schema", added)
		}
		delete(members, last)
	}
	if !equalJSON(a, b) {
		t.Error("core/board/schema/unisson-1.json differs from the specification")
	}
}
