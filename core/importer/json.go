package importer

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"unisson/core/boardjson"
)

// JSON writes the preview as the page reads it: one line, the fields of Preview in engine/types.ts.
func (p Preview) JSON() []byte {
	var out bytes.Buffer
	w := writer{jsontext.NewEncoder(&out, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))}
	w.object(func() {
		w.member("kind", string(p.Kind))
		w.list("messages", len(p.Messages), func(i int) { w.message(p.Messages[i]) })
		w.list("channels", len(p.Channels), func(i int) { w.text(p.Channels[i]) })
		if c := p.Columns; c != nil {
			w.text("columns")
			w.object(func() { w.columns(c) })
		}
		w.member("dates", string(p.Dates))
		w.list("skipped", len(p.Skipped), func(i int) { w.skip(p.Skipped[i]) })
		if p.Board != nil {
			w.text("board")
			_ = w.out.WriteValue(boardjson.Encode(p.Board))
		}
		if e := p.Error; e != nil {
			w.text("error")
			w.object(func() {
				w.member("what", e.What)
				w.args(e.Args)
			})
		}
	})
	return out.Bytes()
}

// writer cannot fail: the buffer takes everything and the calls below nest as JSON does.
type writer struct{ out *jsontext.Encoder }

func (w writer) token(t jsontext.Token) { _ = w.out.WriteToken(t) }
func (w writer) text(s string)          { w.token(jsontext.String(s)) }

func (w writer) object(inside func()) {
	w.token(jsontext.BeginObject)
	inside()
	w.token(jsontext.EndObject)
}

func (w writer) member(key, value string) {
	w.text(key)
	w.text(value)
}

func (w writer) optional(key, value string) {
	if value != "" {
		w.member(key, value)
	}
}

func (w writer) number(key string, v float64) {
	w.text(key)
	w.token(jsontext.Float(v))
}

func (w writer) array(n int, item func(i int)) {
	w.token(jsontext.BeginArray)
	for i := range n {
		item(i)
	}
	w.token(jsontext.EndArray)
}

func (w writer) list(key string, n int, item func(i int)) {
	w.text(key)
	w.array(n, item)
}

func (w writer) texts(key string, all []string) {
	w.list(key, len(all), func(i int) { w.text(all[i]) })
}

func (w writer) message(m Message) {
	w.object(func() {
		w.member("text", m.Text)
		w.optional("date", m.Date)
		if len(m.Links) > 0 {
			w.texts("links", m.Links)
		}
		w.optional("channel", m.Channel)
		w.optional("lang", m.Lang)
	})
}

func (w writer) columns(c *Columns) {
	w.texts("names", c.Names)
	w.number("text", float64(c.Text))
	w.number("date", float64(c.Date))
	w.number("channel", float64(c.Channel))
	w.number("link", float64(c.Link))
	w.list("sample", len(c.Sample), func(i int) {
		w.array(len(c.Sample[i]), func(j int) { w.text(c.Sample[i][j]) })
	})
}

func (w writer) skip(s Skip) {
	w.object(func() {
		w.member("what", s.What)
		w.number("count", float64(s.Count))
		w.args(s.Args)
		w.optional("first", s.First)
	})
}

func (w writer) args(args []Arg) {
	w.text("args")
	w.object(func() {
		for _, a := range args {
			switch v := a.Value.(type) {
			case string:
				w.member(a.Key, v)
			case float64:
				w.number(a.Key, v)
			case []string:
				w.texts(a.Key, v)
			}
		}
	})
}
