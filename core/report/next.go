package report

// Next is one thing to do next, and what it would bring: a repair of a finding, or a piece of data to add.
type Next struct {
	About   Ref      // of a repair: the cause it mends; no kind for a piece to add
	Finding string   // of a repair: the key of the finding it starts from
	Missing Missing  // of a piece to add
	Rules   []string // those it makes better, in the order of the report
	Tried   bool     // the board was really checked with it; otherwise the objects it is about are taken to pass
	Gain    float64  // points on proven
	Closes  float64  // points of the interval's width; negative when it widens
	Together
}

// Together is what a repair brings with the other breaks of its dimension, none of which brings much alone: a dimension is never above its
// worst break.
type Together struct {
	Dim    string  // "" where the repair brings its own gain
	Breaks int     // open findings of the dimension that are breaks, this one among them
	Whole  float64 // points on proven once all are mended
}

// AppendNext writes a list of these as it stands in a report, as JSON on one line.
func AppendNext(dst []byte, list []Next) []byte {
	w := &writer{b: dst}
	w.list(len(list), func(i int) { w.next(&list[i]) })
	return append(w.b, '\n')
}

func (w *writer) next(n *Next) {
	w.object(func() {
		if n.Finding != "" {
			w.key("kind").text("repair")
			w.key("cause").object(func() { w.ref(&n.About) })
		} else {
			w.key("kind").text("add")
			w.key("missing")
			w.missing(&n.Missing)
		}
		w.key("rules").list(len(n.Rules), func(i int) { w.text(n.Rules[i]) })
		if n.Finding != "" {
			w.key("finding").text(n.Finding)
		}
		if n.Tried {
			w.key("tried").bool(true)
		}
		w.key("gain").number(n.Gain)
		w.key("closes").number(n.Closes)
		if n.Dim != "" {
			w.key("together").object(func() {
				w.key("dim").text(n.Dim)
				w.key("breaks").number(float64(n.Breaks))
				w.key("gain").number(n.Whole)
			})
		}
	})
}

func (w *writer) missing(m *Missing) {
	w.object(func() {
		w.key("what").text(m.What)
		w.key("args")
		w.args(m.Args)
	})
}
