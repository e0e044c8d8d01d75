package rules

import (
	"math"
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/graph"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

// Picture draws nothing: it gives the quantities of the mirror, the strategy graph, the table and the timeline.
func Picture(r *Reading) *report.Picture {
	p := &report.Picture{Channels: make([]report.Shard, len(r.Channels))}
	for i, share := range r.effortShares() {
		p.Channels[i] = report.Shard{ID: r.Channels[i].ID, Share: share, Said: r.Channels[i].Effort.Said}
	}
	r.drawBonds(p)
	r.drawRegister(p)
	r.drawTable(p)
	r.drawGraph(p)
	return p
}

// After is the reading of the board as it would be after a repair.
func After(r *Reading, change *board.Change) *Reading {
	// A shallow copy will do: lists are replaced, never written to, and the maps hold messages, which no repair edits.
	r.Source.merge()
	source := *r.Source
	source.Apply(change)
	return r.reread(&source)
}

// ---- the mirror ----

func (r *Reading) drawBonds(p *report.Picture) {
	n := len(r.Channels)
	if n > mostCompared {
		return
	}
	grounds, sure := r.grounds(), newBodies(n)
	unknown := make([]int, n)
	for i := range n {
		p.Channels[i].With = make([]report.Bond, i)
		for j := range i {
			four := grounds.between(i, j)
			shared, cannot := count(four)
			if shared >= bonded {
				sure.join(i, j)
			}
			unknown[i] += cannot
			unknown[j] += cannot
			for k, v := range four {
				p.Channels[i].With[j][k] = byte(v)
			}
		}
	}
	for body, list := range sure.list() {
		for _, i := range list {
			p.Channels[i].Body = body
		}
	}
	for i := range n {
		if n > 1 {
			p.Channels[i].Unknown = float64(unknown[i]) / float64(4*(n-1))
		}
	}
}

// tone sums how formal texts are, in standard deviations from the mean of all messages of their language: two languages have no common scale.
type tone struct {
	n   int
	sum float64
}

func (t tone) mean() float64 { return t.sum / float64(max(1, t.n)) }

func (r *Reading) drawRegister(p *report.Picture) {
	var n, sum, squares [text.Other + 1]float64
	for _, c := range r.Channels {
		for _, post := range c.Posts {
			l, x := post.F.Lang, post.F.Formality
			n[l]++
			sum[l] += x
			squares[l] += float64(x * x)
		}
	}
	measured := func(post *Post) (float64, bool) {
		l := post.F.Lang
		if l != text.FR && l != text.EN || n[l] < 2 {
			return 0, false
		}
		mean := sum[l] / n[l]
		deviation := math.Sqrt(max(0, squares[l]/n[l]-float64(mean*mean)))
		if deviation < 1e-6 {
			return 0, true
		}
		return (post.F.Formality - mean) / deviation, true
	}
	var whole tone
	own := make([]tone, len(r.Channels))
	for i, c := range r.Channels {
		months := map[string]*tone{}
		for _, post := range c.Posts {
			x, ok := measured(post)
			if !ok {
				continue
			}
			own[i].n++
			own[i].sum += x
			if _, dated := board.ParseDay(post.Date); dated {
				month := post.Date[:len("2006-01")]
				if months[month] == nil {
					months[month] = &tone{}
				}
				months[month].n++
				months[month].sum += x
			}
		}
		whole.n += own[i].n
		whole.sum += own[i].sum
		names := make([]string, 0, len(months))
		for month := range months {
			names = append(names, month)
		}
		order.Func(names, strings.Compare)
		for _, month := range names {
			p.Channels[i].Register = append(p.Channels[i].Register, report.Month{Month: month, Messages: months[month].n, Register: months[month].mean()})
		}
	}
	for i := range own {
		rest := tone{whole.n - own[i].n, whole.sum - own[i].sum}
		if own[i].n >= enoughTexts && rest.n >= enoughTexts {
			p.Channels[i].Drifts, p.Channels[i].Drift = true, own[i].mean()-rest.mean()
		}
	}
}

// ---- the table ----

// drawTable says which rules a channel passes, by itself or by an objective it pursues, and which ask for more about it. What breaks is in the
// report, with its places.
func (r *Reading) drawTable(p *report.Picture) {
	for _, rule := range All() {
		o := run(rule, r, nil)
		if o.notApplicable {
			continue
		}
		passes, fails, asks := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, id := range o.passed {
			passes[id] = true
		}
		for _, f := range o.findings {
			fails[f.About.ID], fails[accused(f)] = true, true
		}
		for _, m := range o.missing {
			for _, a := range m.Args {
				if id, named := a.Value.(string); named && a.Key == "channel" {
					asks[id] = true
				}
			}
		}
		for i, c := range r.Channels {
			well, ill := passes[c.ID], fails[c.ID]
			for _, id := range c.Objectives {
				well, ill = well || passes[id], ill || fails[id]
			}
			switch s := &p.Channels[i]; {
			case asks[c.ID]:
				s.Asks = append(s.Asks, rule.ID)
			case well && !ill:
				s.Holds = append(s.Holds, rule.ID)
			}
		}
	}
}

// ---- the strategy graph ----

const (
	objectives = iota
	channels
	actions
)

func (r *Reading) drawGraph(p *report.Picture) {
	g := &graph.Graph{}
	at := map[string]int{} // by kind and id: lists may share ids
	add := func(kind, id string, n graph.Node) {
		at[kind+" "+id] = len(g.Nodes)
		g.Nodes = append(g.Nodes, n)
		p.Nodes = append(p.Nodes, report.Node{ID: id, Kind: kind})
	}
	link := func(kind string, from, to string) {
		a, here := at[from]
		b, there := at[to]
		if here && there {
			g.Edges = append(g.Edges, graph.Edge{From: a, To: b})
			p.Edges = append(p.Edges, report.Edge{From: a, To: b, Kind: kind})
		}
	}
	apexes, reaches := map[string]bool{}, r.pathsToApex()
	for _, o := range r.Apexes() {
		apexes[o.ID] = true
	}
	for _, o := range r.Source.Objectives {
		// What was reached led somewhere too: an action of last year was tied to it.
		closed := o.Parent == "" && reaches[o.ID] && (o.Status == "done" || o.Status == "dropped")
		add("objective", o.ID, graph.Node{Band: objectives, Top: apexes[o.ID] || closed})
	}
	for _, c := range r.Channels {
		add("channel", c.ID, graph.Node{Band: channels})
	}
	for _, a := range r.Actions {
		add("action", a.ID, graph.Node{Band: actions})
	}
	for _, o := range r.Source.Objectives {
		link("parent", "objective "+o.ID, "objective "+o.Parent)
	}
	for _, c := range r.Channels {
		for _, id := range unique(c.Objectives) {
			link("pursues", "channel "+c.ID, "objective "+id)
		}
		served := map[*Channel]bool{}
		for _, to := range c.Serves {
			if !served[to] {
				link("serves", "channel "+c.ID, "channel "+to.ID)
			}
			served[to] = true
		}
	}
	for _, a := range r.Actions {
		link("aims", "action "+a.ID, "objective "+a.Objective)
		for _, id := range unique(a.Channels) {
			link("takesPlace", "action "+a.ID, "channel "+id)
		}
	}
	g.Lay()
	p.Columns, p.Rows = g.Columns, g.Rows
	for i := range g.Nodes {
		n, out := &g.Nodes[i], &p.Nodes[i]
		out.Column, out.Row = n.Column, n.Row
		switch {
		case apexes[out.ID] && out.Kind == "objective":
			out.Kind, out.State = "apex", "holds"
		case n.Reaches:
			out.State = "holds"
		case out.Kind == "channel" && r.channels[out.ID].Objectives == nil && !r.Linked():
			out.State = "unknown"
		case n.Alone:
			out.State = "island"
		default:
			out.State = "loose"
		}
	}
	for i := range g.Edges {
		p.Edges[i].Back, p.Edges[i].Through = g.Edges[i].Back, g.Edges[i].Through
	}
}

func unique(list []string) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
