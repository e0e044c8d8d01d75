package report

// Picture is what the mirror, the strategy graph, the table and the timeline are drawn from: quantities the report is made of, but does not
// hold. It is asked for beside the report, of a board as it stands or as it would be after a repair.
type Picture struct {
	Channels []Shard
	Columns  int     // of the graph
	Rows     float64 // of the graph
	Nodes    []Node
	Edges    []Edge
}

// Shard is one channel.
type Shard struct {
	ID       string
	Share    float64 // of the effort, 0…1
	Said     bool    // false: nobody said the effort, it is taken to be the mean of the others
	Body     int     // which of the groups it belongs to, as Chimera lists them
	Drifts   bool    // Drift is known
	Drift    float64 // of its register from that of the other channels, in standard deviations over all messages; negative is more familiar
	Unknown  float64 // share of the grounds it is compared on that cannot be judged yet, 0…1
	With     []Bond  // with each channel listed before it
	Holds    []string
	Asks     []string
	Register []Month
}

// Bond is the verdict on the four grounds two channels may share: a common apex, one serves the other, a shared term, compatible voices.
// Each is 'y', 'n' or '?'.
type Bond [4]byte

// Month is the register of a channel's messages of one month, on the scale of Drift, from the mean of all messages.
type Month struct {
	Month    string // YYYY-MM
	Messages int
	Register float64
}

// Node is an objective, a channel or an action, where the layout puts it.
type Node struct {
	ID, Kind string // kind: "apex", "objective", "channel" or "action"
	State    string // "holds": it leads to an apex; "loose": it leads to none; "island": nothing touches it; "unknown": nobody was asked
	Column   int
	Row      float64
}

// Edge leads from a node to another: "parent", "pursues", "serves", "takesPlace" or "aims".
type Edge struct {
	From, To int // into Nodes
	Kind     string
	Back     bool // it closes a circle
	Through  []float64
}

// AppendJSON writes the picture as compact JSON on one line.
func (p *Picture) AppendJSON(dst []byte) []byte {
	w := &writer{b: dst}
	w.object(func() {
		w.key("channels").list(len(p.Channels), func(i int) { w.shard(&p.Channels[i]) })
		w.key("graph").object(func() {
			w.key("columns").integer(p.Columns)
			w.key("rows").number(p.Rows)
			w.key("nodes").list(len(p.Nodes), func(i int) {
				n := &p.Nodes[i]
				w.object(func() {
					w.key("id").text(n.ID)
					w.key("kind").text(n.Kind)
					w.key("state").text(n.State)
					w.key("column").integer(n.Column)
					w.key("row").number(n.Row)
				})
			})
			w.key("edges").list(len(p.Edges), func(i int) {
				e := &p.Edges[i]
				w.object(func() {
					w.key("from").integer(e.From)
					w.key("to").integer(e.To)
					w.key("kind").text(e.Kind)
					if e.Back {
						w.key("back").bool(true)
					}
					if len(e.Through) > 0 {
						w.key("through").list(len(e.Through), func(i int) { w.number(e.Through[i]) })
					}
				})
			})
		})
	})
	return append(w.b, '\n')
}

func (w *writer) shard(s *Shard) {
	w.object(func() {
		w.key("id").text(s.ID)
		w.key("share").number(s.Share)
		w.key("said").bool(s.Said)
		w.key("body").integer(s.Body)
		w.key("drift")
		if s.Drifts {
			w.number(s.Drift)
		} else {
			w.raw("null")
		}
		w.key("unknown").number(s.Unknown)
		w.key("with").list(len(s.With), func(i int) { w.text(string(s.With[i][:])) })
		w.key("holds").list(len(s.Holds), func(i int) { w.text(s.Holds[i]) })
		w.key("asks").list(len(s.Asks), func(i int) { w.text(s.Asks[i]) })
		w.key("register").list(len(s.Register), func(i int) {
			m := &s.Register[i]
			w.object(func() {
				w.key("month").text(m.Month)
				w.key("messages").integer(m.Messages)
				w.key("register").number(m.Register)
			})
		})
	})
}
