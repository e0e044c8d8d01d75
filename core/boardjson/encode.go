package boardjson

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"unisson/core/board"
)

// Encode writes a document: indented by one space, fields in the order of the schema, then what the schema does not
// name, in the order it was read. Equal boards give equal bytes. What is absent stays absent, an empty list stays; an
// optional text that is empty counts as absent.
func Encode(b *board.Board) []byte {
	var out bytes.Buffer
	w := writer{jsontext.NewEncoder(&out, jsontext.WithIndent(" "), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))}
	w.object(b)
	return out.Bytes()
}

// writer is the board.Codec that writes. Its encoder can fail in no way: the buffer takes everything, nesting and
// order are given by the calls, and Extra checks what it passes on.
type writer struct{ out *jsontext.Encoder }

func (w writer) token(t jsontext.Token) { _ = w.out.WriteToken(t) }
func (w writer) text(s string)          { w.token(jsontext.String(s)) }

func (w writer) object(f board.Fielder) {
	w.token(jsontext.BeginObject)
	f.Fields(w)
	w.token(jsontext.EndObject)
}

func (w writer) Const(key, value string) {
	w.text(key)
	w.text(value)
}

func (w writer) String(key string, p *string, l board.Limit) {
	if *p != "" || l.Required {
		w.Const(key, *p)
	}
}

func (w writer) Enum(key string, p *string, _ []string, required bool) {
	w.String(key, p, board.Limit{Required: required})
}

func (w writer) Strings(key string, p *[]string, l board.Limit) {
	if *p == nil && !l.Required {
		return
	}
	w.text(key)
	w.token(jsontext.BeginArray)
	for _, s := range *p {
		w.text(s)
	}
	w.token(jsontext.EndArray)
}

func (w writer) Bool(key string, p *board.Tri) {
	if *p != board.Unsaid {
		w.text(key)
		w.token(jsontext.Bool(*p == board.Yes))
	}
}

func (w writer) Number(key string, p *board.Number, _ float64) {
	if p.Said {
		w.text(key)
		w.token(jsontext.Float(p.Value))
	}
}

func (w writer) Pairs(key string, p *[]board.Pair, _ []string) {
	if *p == nil {
		return
	}
	w.text(key)
	w.token(jsontext.BeginObject)
	for _, m := range *p {
		w.Const(m.Key, m.Value)
	}
	w.token(jsontext.EndObject)
}

func (w writer) Numbers(key string, p *[]board.NumberPair) {
	if *p == nil {
		return
	}
	w.text(key)
	w.token(jsontext.BeginObject)
	for _, m := range *p {
		w.text(m.Key)
		w.token(jsontext.Float(m.Value))
	}
	w.token(jsontext.EndObject)
}

func (w writer) Object(key string, present bool, open func() board.Fielder) {
	if present {
		w.text(key)
		w.object(open())
	}
}

func (w writer) List(key string, n int, _ func(int), at func(int) board.Fielder) {
	if n < 0 {
		return
	}
	w.text(key)
	w.token(jsontext.BeginArray)
	for i := range n {
		w.object(at(i))
	}
	w.token(jsontext.EndArray)
}

func (w writer) Extra(p *board.Extra) {
	for _, m := range *p {
		if raw := jsontext.Value(m.Raw); raw.IsValid(jsontext.AllowInvalidUTF8(true)) {
			w.text(m.Key)
			_ = w.out.WriteValue(raw)
		}
	}
}
