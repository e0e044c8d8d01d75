package report

import (
	"math"
	"strconv"
	"unicode/utf8"

	"unisson/core/board"
)

// AppendJSON writes the report as compact JSON on one line with a final newline. Keys stand in one fixed order and
// numbers are rounded, so that equal reports are equal bytes on every machine.
func (r *Report) AppendJSON(dst []byte) []byte {
	w := &writer{b: dst}
	w.object(func() {
		w.key("board").text(r.Board)
		w.key("format").text(Format)
		if r.Draft {
			w.key("draft").bool(true)
		}
		w.key("score")
		w.score(&r.Score)
		w.key("rules").list(len(r.Rules), func(i int) { w.rule(&r.Rules[i]) })
		w.key("causes").list(len(r.Causes), func(i int) { w.cause(&r.Causes[i]) })
		if r.Next != nil {
			w.key("next").list(len(r.Next), func(i int) { w.next(&r.Next[i]) })
		}
		w.key("findings").list(len(r.Findings), func(i int) { w.finding(&r.Findings[i]) })
		if r.Known > 0 {
			w.key("known").integer(r.Known)
		}
		w.key("file").list(len(r.File), func(i int) { w.fault(&r.File[i]) })
		w.key("alignment").list(len(r.Alignment), func(i int) {
			a := &r.Alignment[i]
			w.object(func() {
				w.key("channel").text(a.Channel)
				w.key("identity").number(a.Identity)
				if a.HasBio {
					w.key("bio").number(a.Bio)
					w.key("promised").number(a.Promised)
				}
			})
		})
		if len(r.Contradictions) > 0 {
			w.key("contradictions").list(len(r.Contradictions), func(i int) { w.contradiction(&r.Contradictions[i]) })
		}
		if r.Voice != nil {
			w.key("voice")
			w.voice(r.Voice)
		}
		if c := r.Chimera; c != nil {
			w.key("chimera").object(func() {
				w.key("index")
				w.interval(c.Low, c.High)
				w.key("bodies").list(len(c.Bodies), func(i int) {
					w.list(len(c.Bodies[i]), func(k int) { w.text(c.Bodies[i][k]) })
				})
			})
		}
		w.key("timeline").list(len(r.Timeline), func(i int) { w.timeline(&r.Timeline[i]) })
		w.key("duplicates").list(len(r.Duplicates), func(i int) {
			w.object(func() {
				w.key("a").text(r.Duplicates[i].A)
				w.key("b").text(r.Duplicates[i].B)
				w.key("similarity").number(r.Duplicates[i].Similarity)
			})
		})
		if len(r.Rounds) > 0 {
			w.key("rounds").list(len(r.Rounds), func(i int) { w.round(&r.Rounds[i]) })
		}
		if r.Messages != nil {
			w.key("messages").list(len(r.Messages), func(i int) { w.evidence(&r.Messages[i]) })
		}
	})
	return append(w.b, '\n')
}

func (w *writer) contradiction(c *Contradiction) {
	w.object(func() {
		w.key("kind").text(c.Kind)
		if c.About != "" {
			w.key("about").text(c.About)
		}
		w.key("said").list(len(c.Said), func(i int) {
			s := &c.Said[i]
			w.object(func() {
				w.key("channel").text(s.Channel)
				w.key("value").text(s.Value)
				w.key("places").list(1, func(int) { w.place(&s.Place) })
			})
		})
	})
}

func (w *writer) round(r *Round) {
	w.object(func() {
		w.key("id").text(r.ID)
		w.key("answers").integer(r.Answers)
		if r.Known {
			w.key("agreement").number(r.Agreement)
		}
		w.key("words").list(len(r.Words), func(i int) {
			w.object(func() {
				w.key("word").text(r.Words[i].Word)
				w.key("answers").integer(r.Words[i].Answers)
			})
		})
	})
}

func (w *writer) score(s *Score) {
	shown := func(v float64, yes bool) {
		if yes {
			w.number(v)
		} else {
			w.raw("null")
		}
	}
	w.object(func() {
		w.key("proven")
		shown(s.Proven, s.Shown)
		w.key("possible")
		shown(s.Possible, s.Shown)
		w.key("single")
		shown(s.Single, s.Shown && s.One)
		if !s.Shown {
			w.key("why").text(s.Why)
		}
		w.key("coverage").number(s.Coverage)
		w.key("evaluated").integer(s.Evaluated)
		w.key("insufficient").integer(s.Insufficient)
		w.key("dismissals").integer(s.Dismissals)
		w.key("dimensions").list(len(s.Dimensions), func(i int) {
			d := &s.Dimensions[i]
			w.object(func() {
				w.key("id").text(d.ID)
				w.key("weight").number(d.Weight)
				w.key("counted").bool(d.Counted)
				w.key("proven").number(d.Proven)
				w.key("possible").number(d.Possible)
			})
		})
	})
}

func (w *writer) rule(r *RuleState) {
	w.object(func() {
		w.key("id").text(r.ID)
		w.key("dim").text(r.Dim)
		w.key("state").text(r.State.String())
		w.key("severity").text(r.Severity.String())
		if r.Required {
			w.key("counts").text("required")
		} else {
			w.key("counts").text("when used")
		}
		w.counts(r)
		if len(r.Missing) > 0 {
			w.key("missing").list(len(r.Missing), func(i int) { w.missing(&r.Missing[i]) })
		}
		if len(r.Notes) > 0 {
			w.key("notes").list(len(r.Notes), func(i int) { w.note(&r.Notes[i]) })
		}
	})
}

func (w *writer) ref(r *Ref) {
	w.key("kind").text(r.Kind)
	if r.ID != "" {
		w.key("entity").text(r.ID)
	}
}

func (w *writer) counts(r *RuleState) {
	w.key("objects").integer(r.Objects)
	w.key("failing").integer(r.Failing)
	w.key("unknown").integer(r.Unknown)
	w.key("dismissed").integer(r.Dismissed)
}

func (w *writer) cause(c *Cause) {
	w.object(func() {
		w.ref(&c.About)
		w.key("findings").list(len(c.Findings), func(i int) { w.integer(c.Findings[i]) })
		w.key("gain").number(c.Gain)
	})
}

func (w *writer) finding(f *Finding) {
	w.object(func() {
		w.key("key").text(f.Key)
		w.key("rule").text(f.Rule)
		w.key("severity").text(f.Severity.String())
		w.key("places").list(len(f.Places), func(i int) { w.place(&f.Places[i]) })
		w.key("args")
		w.args(f.Args)
		if f.Dismissed {
			w.key("dismissed").bool(true)
		}
	})
}

func (w *writer) note(n *Note) {
	w.object(func() {
		w.key("what").text(n.What)
		w.key("places").list(len(n.Places), func(i int) { w.place(&n.Places[i]) })
		w.key("args")
		w.args(n.Args)
	})
}

func (w *writer) place(p *Place) {
	w.object(func() {
		if p.Message != "" {
			w.key("message").text(p.Message)
		} else {
			w.key("entity").text(p.Entity)
		}
		if p.Field != "" {
			w.key("field").text(p.Field)
		}
		if p.End > 0 {
			w.key("start").integer(p.Start)
			w.key("end").integer(p.End)
		}
	})
}

func (w *writer) voice(v *Voice) {
	w.object(func() {
		w.key("coherence")
		if v.Known {
			w.number(v.Coherence)
			w.key("interval")
			w.interval(v.Low, v.High)
		} else {
			w.raw("null")
		}
		w.key("channels").list(len(v.Channels), func(i int) {
			c := &v.Channels[i]
			w.object(func() {
				w.key("id").text(c.ID)
				w.key("belonging").number(c.Belonging)
				w.key("interval")
				w.interval(c.Low, c.High)
				w.key("messages").integer(c.Messages)
				w.key("state").text(c.State)
				if len(c.Marks) > 0 {
					w.key("marks").list(len(c.Marks), func(i int) { w.mark(&c.Marks[i]) })
				}
			})
		})
	})
}

func (w *writer) interval(low, high float64) {
	w.raw("[")
	w.number(low)
	w.raw(",")
	w.number(high)
	w.raw("]")
}

func (w *writer) mark(m *Mark) {
	w.object(func() {
		w.key("term").text(m.Term)
		w.key("rate").number(m.Rate)
		w.key("elsewhere").number(m.Elsewhere)
		w.key("g2").number(m.G2)
		w.key("logRatio").number(m.LogRatio)
		w.key("places").list(len(m.Places), func(i int) { w.place(&m.Places[i]) })
	})
}

func (w *writer) timeline(t *Timeline) {
	w.object(func() {
		w.key("channel").text(t.Channel)
		w.key("changes").list(len(t.Changes), func(i int) {
			c := &t.Changes[i]
			w.object(func() {
				w.key("before").text(c.Before)
				w.key("strength").number(c.Strength)
				if c.Seasonal {
					w.key("seasonal").bool(true)
				}
				w.key("explainedBy")
				if c.ExplainedBy != "" {
					w.text(c.ExplainedBy)
				} else {
					w.raw("null")
				}
			})
		})
		w.key("strength").number(t.Strength)
	})
}

func (w *writer) fault(f *board.Fault) {
	w.object(func() {
		w.key("path").text(f.Path)
		w.key("fault").text(f.Fault)
		w.key("value").text(f.Value)
		if f.List != "" {
			w.key("list").text(f.List)
		}
	})
}

func (w *writer) evidence(m *Evidence) {
	w.object(func() {
		w.key("id").text(m.ID)
		w.key("lang").text(m.Lang)
		w.key("address").text(m.Address)
		w.key("formality").number(m.Formality)
		w.key("bait").number(m.Bait)
		w.key("spans").list(len(m.Spans), func(i int) {
			w.object(func() {
				w.key("kind").text(m.Spans[i].Kind)
				w.key("start").integer(m.Spans[i].Start)
				w.key("end").integer(m.Spans[i].End)
			})
		})
	})
}

func (w *writer) args(args []Arg) {
	w.object(func() {
		for _, a := range args {
			w.key(a.Key)
			switch v := a.Value.(type) {
			case string:
				w.text(v)
			case float64:
				w.number(v)
			case []string:
				w.list(len(v), func(i int) { w.text(v[i]) })
			}
		}
	})
}

// writer appends JSON. first says that the next key or item opens its object or list and takes no comma.
type writer struct {
	b     []byte
	first bool
}

func (w *writer) raw(s string) { w.b = append(w.b, s...) }

func (w *writer) object(members func()) {
	w.raw("{")
	w.first = true
	members()
	w.first = false
	w.raw("}")
}

func (w *writer) list(n int, item func(int)) {
	w.raw("[")
	for i := range n {
		if i > 0 {
			w.raw(",")
		}
		item(i)
	}
	w.raw("]")
}

func (w *writer) key(k string) *writer {
	if !w.first {
		w.raw(",")
	}
	w.first = false
	w.text(k)
	w.raw(":")
	return w
}

func (w *writer) integer(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

func (w *writer) bool(v bool) { w.b = strconv.AppendBool(w.b, v) }

// number rounds to 4 decimals: far above what floating point may do differently on another machine.
func (w *writer) number(v float64) {
	v = math.Round(v*1e4) / 1e4
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0 // also -0
	}
	w.b = strconv.AppendFloat(w.b, v, 'f', -1, 64)
}

const hex = "0123456789abcdef"

// text escapes what JSON demands, and U+2028 and U+2029, which older script parsers take for line ends. Bytes that are
// no UTF-8 become U+FFFD.
func (w *writer) text(s string) {
	w.b = append(w.b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			w.b = append(w.b, s[from:i]...)
			switch c {
			case '"', '\\':
				w.b = append(w.b, '\\', c)
			case '\n':
				w.raw(`\n`)
			case '\r':
				w.raw(`\r`)
			case '\t':
				w.raw(`\t`)
			default:
				w.b = append(w.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			w.b = append(w.b, s[from:i]...)
			w.b = append(w.b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			from = i + size
		}
		i += size
	}
	w.b = append(w.b, s[from:]...)
	w.b = append(w.b, '"')
}
