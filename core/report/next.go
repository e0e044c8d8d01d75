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
	})
}

func (w *writer) missing(m *Missing) {
	w.object(func() {
		w.key("what").text(m.What)
		w.key("args")
		w.args(m.Args)
	})
}
