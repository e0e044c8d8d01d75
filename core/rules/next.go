package rules

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/score"
)

const (
	nextShown   = 5
	nextTried   = 12 // repairs really tried, so that the cost stays that of a dozen checks without texts to read
	nextAlike   = 3  // repairs of one rule that are looked at, and pieces of one kind that are shown: the fourth brings what the third does
	scoreOpener = 2  // ranks below are what stands between the board and any score at all
)

// Next says what to do next, the best first, and what each would bring: repairs of open findings and pieces of data to
// add. A rule's own repair is really tried on a copy of the board. What only people can write or find out is reckoned
// on the states of the rules: the object passes, what was unknown is known and passes.
//
// Best is the gain on proven, then the width closed, then the key. A board without a score puts first what it takes to
// have one, then what closes most. A finding that a better repair mends too is not listed again. now is the report of r.
//
// changes are the edits that were tried, beside their entries; nil for those that were not.
func Next(r *Reading, now *report.Report) (out []report.Next, changes []*board.Change) {
	out = []report.Next{}
	mended, alike := map[string]bool{}, map[string]int{}
	for _, b := range bets(r, now) {
		worth := b.promise() > 0 || b.closes > 0 || b.opens < scoreOpener
		what, most := b.alike()
		if len(out) == nextShown || !worth || mended[b.Finding] || alike[what] == most {
			continue
		}
		alike[what]++
		for _, key := range b.mends {
			mended[key] = true
		}
		b.Gain, b.Closes, b.Whole = math.Round(10*b.gain)/10, math.Round(10*b.closes)/10, math.Round(10*b.Whole)/10
		out, changes = append(out, b.Next), append(changes, b.change)
	}
	return out, changes
}

type next struct {
	r         *Reading
	now       *report.Report
	ground    score.Ground
	low, high float64
	rules     map[string]*Rule
	at        map[string]int // of a rule, its place among the states
}

// bet is one thing to do, with what it is thought to bring.
type bet struct {
	report.Next
	key          string
	opens        int     // 0, 1: a score needs it; scoreOpener: it does not
	gain, closes float64 // points
	share        float64 // of what it brings with others
	rule         *Rule
	finding      *report.Finding // of a repair
	change       *board.Change   // what was tried
	mends        []string        // findings that were gone with it
}

// alike is what a bet shows one more of, and how many of those are shown.
func (b *bet) alike() (what string, most int) {
	switch {
	case b.Finding == "":
		return b.Missing.What, nextAlike
	case b.Dim != "":
		return b.rule.ID, 1
	}
	return "", nextShown
}

// bets are all that is looked at, the best first.
func bets(r *Reading, now *report.Report) []*bet {
	n := next{r: r, now: now, ground: r.ground(), rules: map[string]*Rule{}, at: map[string]int{}}
	for _, rule := range All() {
		n.rules[rule.ID] = rule
	}
	for i := range now.Rules {
		n.at[now.Rules[i].ID] = i
	}
	n.low, n.high = score.Overall(now.Rules, n.ground.Weights, nil)
	pieces := n.pieces()
	repairs := n.repairs(pieces)
	n.together(repairs, false)
	out := n.try(append(repairs, n.additions(pieces)...))
	n.together(out, true)
	order.Func(out, n.compare)
	return out
}

// promise is what a bet is ranked by: of a break that brings less alone, its share of what all of its dimension bring, those of one rule
// counted once: they are one thing to learn.
func (b *bet) promise() float64 { return max(b.gain, b.share) }

// together finds what the breaks of each dimension bring once all are mended: reckoned on the states or, where they are few, really tried,
// one repair after another.
func (n *next) together(bets []*bet, really bool) {
	if !n.now.Score.Shown {
		return
	}
	for _, d := range score.Dimensions {
		var breaks []*report.Finding
		kinds, last := 0.0, ""
		for i := range n.now.Findings {
			if f := &n.now.Findings[i]; !f.Dismissed && f.Severity == report.Critical && n.rules[f.Rule].Dim == d.ID {
				breaks = append(breaks, f)
				if f.Rule != last { // findings stand by rule
					kinds, last = kinds+1, f.Rule
				}
			}
		}
		whole := bet{}
		if len(breaks) > 1 {
			n.weigh(&whole, n.without(breaks, really && len(breaks) <= nextTried))
		}
		for _, b := range bets {
			if b.finding == nil || b.finding.Severity != report.Critical || b.rule.Dim != d.ID {
				continue
			}
			b.Together, b.share = report.Together{}, 0
			if len(breaks) > 1 && whole.gain/kinds > b.gain {
				b.Together, b.share = report.Together{Dim: d.ID, Breaks: len(breaks), Whole: whole.gain}, whole.gain/kinds
			}
		}
	}
}

// without are the states once these findings are mended. What only people can write is taken to be well.
func (n *next) without(findings []*report.Finding, really bool) []report.RuleState {
	states, r, left := slices.Clone(n.now.Rules), n.r, findings
	if really {
		var unwritten []*report.Finding
		for _, f := range findings {
			var change *board.Change
			if repair := n.rules[f.Rule].Repair; repair != nil {
				change = repair(r, f)
			}
			if change == nil {
				unwritten = append(unwritten, f)
				continue
			}
			r = After(r, change)
		}
		var still []*report.Finding
		states, still = judge(r, n.now)
		left = slices.DeleteFunc(unwritten, func(f *report.Finding) bool {
			return !slices.ContainsFunc(still, func(s *report.Finding) bool { return s.Key == f.Key })
		})
	}
	for _, f := range left {
		states[n.at[f.Rule]].Failing--
	}
	return states
}

func (n *next) compare(a, b *bet) int {
	first, second := b.promise()-a.promise(), b.closes-a.closes
	if !n.now.Score.Shown {
		first, second = second, first
	}
	switch {
	case a.opens != b.opens:
		return a.opens - b.opens
	case first != 0:
		return sign(first)
	case second != 0:
		return sign(second)
	}
	return strings.Compare(a.key, b.key)
}

func sign(x float64) int {
	if x < 0 {
		return -1
	}
	return 1
}

// weigh fills in what a board of these states would bring. A millionth of a point is far above what floating point may
// do differently on another machine, where it would change the order.
func (n *next) weigh(b *bet, states []report.RuleState) {
	low, high := score.Overall(states, n.ground.Weights, nil)
	points := func(share float64) float64 { return math.Round(1e8*share) / 1e6 }
	b.gain, b.closes = points(low-n.low), points(n.high-n.low-(high-low))
}

// ---- pieces of data to add ----

// piece is one missing thing, with the rules that ask for it and for how many of their objects.
type piece struct {
	missing report.Missing
	need    float64
	asked   map[int]int // index of a state -> times
	taken   bool        // a repair brings it
}

// subject tells a missing thing from others of its kind: by its names, not by the amounts each rule asks for. Some rules
// count the words of a channel's texts and some do not: they ask for the same texts.
func subject(m *report.Missing) (key string, need float64) {
	key = m.What
	switch key {
	case "texts":
		key = "posts"
	case "textsElsewhere":
		key = "postsElsewhere"
	case "edges": // some rules need three, some one
		key = "serves"
	}
	for _, a := range m.Args {
		switch v := a.Value.(type) {
		case string:
			if a.Key != "lacks" { // which follows from the amounts
				key += " " + a.Key + "=" + v
			}
		case float64:
			if a.Key == "need" {
				need = v
			}
		}
	}
	return key, need
}

// ask adds what another rule asks for: the fuller account of it stands, with the greater need.
func (p *piece) ask(m report.Missing, need float64) {
	if len(m.Args) > len(p.missing.Args) {
		p.missing = m
	}
	p.need = max(p.need, need)
	p.missing.Args = slices.Clone(p.missing.Args)
	have := 0.0
	for i := range p.missing.Args {
		switch a := &p.missing.Args[i]; a.Key {
		case "have":
			have, _ = a.Value.(float64)
		case "need":
			a.Value = p.need
		case "lacks": // another rule asks for more texts
			if a.Value == "words" && have < p.need {
				a.Value = "both"
			}
		}
	}
}

func (n *next) pieces() map[string]*piece {
	pieces := map[string]*piece{}
	for i := range n.now.Rules {
		for _, m := range n.now.Rules[i].Missing {
			key, need := subject(&m)
			p := pieces[key]
			if p == nil {
				p = &piece{missing: m, asked: map[int]int{}}
				pieces[key] = p
			}
			p.ask(m, need)
			p.asked[i]++
		}
	}
	return pieces
}

func (n *next) askers(p *piece) []string {
	var ids []string
	for i := range n.now.Rules {
		if p.asked[i] > 0 {
			ids = append(ids, n.now.Rules[i].ID)
		}
	}
	return ids
}

// given are the states once the piece is there and well; states is left as it is.
func (p *piece) given(states []report.RuleState) []report.RuleState {
	out := slices.Clone(states)
	for i, times := range p.asked {
		s := &out[i]
		switch {
		case s.Unknown > 0:
			s.Unknown -= min(times, s.Unknown)
		case s.State == report.Insufficient:
			s.Objects = 1
		}
		if s.State == report.Insufficient && s.Objects > 0 {
			s.State = report.Evaluated
		}
	}
	return out
}

func (n *next) additions(pieces map[string]*piece) []*bet {
	var bets []*bet
	known := map[string]*bet{} // pieces the same rules ask for as often bring the same
	for key, p := range pieces {
		if p.taken || !n.inPlace(p.missing.What, pieces) {
			continue
		}
		b := &bet{Next: report.Next{Missing: p.missing}, key: "add " + key, opens: n.openedBy(p.missing.What)}
		b.Rules = n.askers(p)
		asked := ""
		for i := range n.now.Rules {
			asked += strconv.Itoa(p.asked[i]) + " "
		}
		if same := known[asked]; same != nil {
			b.gain, b.closes = same.gain, same.closes
		} else {
			n.weigh(b, p.given(n.now.Rules))
			known[asked] = b
		}
		bets = append(bets, b)
	}
	return bets
}

// inPlace: the board has what the piece is said of. What a network carries to a search engine is no next step where there is no network,
// and with which words is none before it is known which network does; a fact is not told on both sides where there is one.
func (n *next) inPlace(what string, pieces map[string]*piece) bool {
	switch what {
	case "queries":
		return pieces["searchSupport"] == nil
	case "facts":
		return pieces["offlineChannel"] == nil && pieces["onlineChannel"] == nil
	case "searchSupport":
		return slices.ContainsFunc(n.r.Channels, (*Channel).Social)
	}
	return true
}

// openedBy ranks what a board without a score needs before anything else: who they are, then channels to compare.
func (n *next) openedBy(what string) int {
	switch {
	case (what == "ID1" || what == "sentence") && !n.ground.Identity:
		return 0
	case what == "channels" && n.ground.Channels < 2:
		return 1
	}
	return scoreOpener
}

// ---- repairs ----

// repairs are those of the open findings, reckoned on the states.
func (n *next) repairs(pieces map[string]*piece) []*bet {
	var bets []*bet
	alike := map[string]int{}
	for i := range n.now.Findings {
		f := &n.now.Findings[i]
		if f.Dismissed || alike[f.Rule] == nextAlike {
			continue
		}
		alike[f.Rule]++
		b := &bet{Next: report.Next{About: f.About, Finding: f.Key, Rules: []string{f.Rule}}, key: f.Key, rule: n.rules[f.Rule], finding: f, opens: n.openedBy(f.Key)}
		states := slices.Clone(n.now.Rules)
		states[n.at[f.Rule]].Failing--
		if f.Rule == "ID1" { // the sentence it asks for is the one another rule lacks: one thing to do, not two
			for _, p := range pieces {
				if p.missing.What == "sentence" {
					p.taken = true
					states = p.given(states)
					b.Rules = append(b.Rules, n.askers(p)...)
				}
			}
		}
		n.weigh(b, states)
		bets = append(bets, b)
	}
	return bets
}

// try replaces the reckoning of the most promising repairs that can be tried by what a check of the board gives with
// them. Those it does not come to are left out, as are those that leave their finding where it is.
func (n *next) try(bets []*bet) []*bet {
	order.Func(bets, n.compare)
	tried := 0
	return slices.DeleteFunc(bets, func(b *bet) bool {
		if b.finding == nil || b.rule.Repair == nil {
			return false
		}
		if tried == nextTried {
			return true
		}
		change := b.rule.Repair(n.r, b.finding)
		if change == nil {
			return false
		}
		tried++
		states, findings := judge(After(n.r, change), n.now)
		left := map[string]bool{}
		for _, f := range findings {
			if !f.Dismissed {
				left[f.Key] = true
			}
		}
		if left[b.Finding] {
			return true
		}
		for i := range n.now.Findings {
			if f := &n.now.Findings[i]; !f.Dismissed && !left[f.Key] {
				b.mends = append(b.mends, f.Key)
			}
		}
		b.Tried, b.change, b.Rules = true, change, nil
		for i := range states {
			if was := &n.now.Rules[i]; states[i].Failing < was.Failing || states[i].Unknown < was.Unknown || was.State == report.Insufficient && states[i].State == report.Evaluated {
				b.Rules = append(b.Rules, was.ID)
			}
		}
		n.weigh(b, states)
		return false
	})
}

// reread is the reading of a board that differs from r's by a repair. The statistics over all texts are r's, unless the
// repair changed whom a channel speaks to so that its voice may now stand apart.
func (r *Reading) reread(s *Source) *Reading {
	after := Read(s, r, true)
	for i, c := range after.Channels {
		if len(after.Channels) != len(r.Channels) || after.speaksApart(c) != r.speaksApart(r.Channels[i]) {
			return Read(s, r, r.Draft)
		}
	}
	return after
}
