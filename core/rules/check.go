package rules

import (
	"math"
	"slices"
	"strings"

	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/score"
	"unisson/core/text"
)

// Check runs every rule over a reading and puts the report together. With evidence, the report also holds what the
// reading of each message found.
func Check(r *Reading, evidence bool) *report.Report {
	states, findings := judge(r, nil)
	out := &report.Report{Board: r.ID, File: r.Faults(), Rules: states}
	for _, f := range findings {
		out.Findings = append(out.Findings, *f)
	}
	ground := r.ground()
	out.Score = score.Of(out.Rules, ground)
	out.Causes = causes(out, ground)
	out.Alignment, out.Contradictions = r.alignment(), r.contradictions()
	out.Voice, out.Timeline, out.Duplicates = r.reportVoice(), r.reportTimeline(), r.reportDuplicates()
	out.Chimera = r.chimera()
	out.Rounds = r.rounds()
	out.Draft = r.Draft
	if evidence {
		out.Messages = r.evidence()
	}
	return out
}

// judge runs every rule over a reading. When the reading differs from that of a report by a repair, rules that look at
// texts alone say what they said there.
func judge(r *Reading, unrepaired *report.Report) (states []report.RuleState, findings []*report.Finding) {
	dismissed := make(map[string]bool, len(r.Dismissals))
	for _, d := range r.Dismissals {
		dismissed[d.Finding] = true
	}
	for i, rule := range All() {
		if unrepaired != nil && rule.TextsAlone {
			states = append(states, unrepaired.Rules[i])
			for j := range unrepaired.Findings {
				if f := &unrepaired.Findings[j]; f.Rule == rule.ID {
					findings = append(findings, f)
				}
			}
			continue
		}
		o := run(rule, r, dismissed)
		states = append(states, o.state())
		findings = append(findings, o.findings...)
	}
	return states, findings
}

func (r *Reading) ground() score.Ground {
	g := score.Ground{Channels: len(r.Channels), Identity: r.Identity != nil && !blank(r.Identity.Sentence), Weights: map[string]float64{}}
	if r.Settings != nil {
		for _, w := range r.Settings.Weights {
			g.Weights[w.Key] = w.Value
		}
	}
	return g
}

// causes groups the findings that one repair would mend, the most gainful first. The gain is what proven would win if
// none of the cause's objects failed any more; the same for every board, since it is computed from the states alone.
func causes(r *report.Report, g score.Ground) []report.Cause {
	list := causesOf(r)
	m := newMending(r, g)
	for _, c := range list {
		for _, f := range c.Findings {
			m.mend(f)
		}
		c.Gain = m.gain()
		c.share = c.Gain
		order.Stable(c.Findings, func(a, b int) int { return int(r.Findings[b].Severity) - int(r.Findings[a].Severity) })
	}
	for _, d := range score.Dimensions {
		m.shareAmong(list, d.ID)
	}
	worst := func(c *cause) int { return int(r.Findings[c.Findings[0]].Severity) }
	order.Func(list, func(a, b *cause) int {
		switch {
		case a.share != b.share:
			return sign(b.share - a.share)
		case worst(a) != worst(b):
			return worst(b) - worst(a)
		case len(a.Findings) != len(b.Findings):
			return len(b.Findings) - len(a.Findings)
		case a.About.Kind != b.About.Kind:
			return strings.Compare(a.About.Kind, b.About.Kind)
		}
		return strings.Compare(a.About.ID, b.About.ID)
	})
	out := make([]report.Cause, len(list))
	for i, c := range list {
		out[i] = c.Cause
	}
	return out
}

// cause is a cause with what it is ranked by: its gain or, where it breaks a dimension that others break too, its share of what all of these
// repairs bring. Alone none of them brings anything: a dimension is never above its worst break.
type cause struct {
	report.Cause
	share float64
}

func causesOf(r *report.Report) (list []*cause) {
	at := map[report.Ref]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Dismissed {
			continue
		}
		j, known := at[f.About]
		if !known {
			j = len(list)
			at[f.About] = j
			list = append(list, &cause{Cause: report.Cause{About: f.About}})
		}
		list[j].Findings = append(list[j].Findings, i)
	}
	return list
}

// mending reckons on the states of a report what it brings that findings are there no more.
type mending struct {
	r             *report.Report
	weights       map[string]float64
	rules, mended []report.RuleState // as they are, and as they would be
	at            map[string]int     // of a rule, its place there
	now           float64
}

func newMending(r *report.Report, g score.Ground) *mending {
	m := &mending{r: r, weights: g.Weights, rules: score.InOrder(r.Rules), at: make(map[string]int, len(r.Rules))}
	m.mended = slices.Clone(m.rules)
	for i := range m.rules {
		m.at[m.rules[i].ID] = i
	}
	m.now, _ = score.Overall(m.rules, m.weights, nil)
	return m
}

func (m *mending) mend(finding int) { m.mended[m.at[m.r.Findings[finding].Rule]].Failing-- }

// gain is what was mended brings, in points; then nothing is mended any more.
func (m *mending) gain() float64 {
	then, _ := score.Overall(m.mended, m.weights, nil)
	copy(m.mended, m.rules)
	return math.Round(1000*(then-m.now)) / 10
}

// shareAmong gives each cause at least its part of what mending all breaks of a dimension brings.
func (m *mending) shareAmong(list []*cause, dim string) {
	breaks, by := 0, make([]int, len(list))
	for i, c := range list {
		for _, f := range c.Findings {
			if x := &m.r.Findings[f]; x.Severity == report.Critical && m.rules[m.at[x.Rule]].Dim == dim {
				m.mend(f)
				by[i]++
				breaks++
			}
		}
	}
	if whole := m.gain(); breaks > 1 {
		for i, c := range list {
			c.share = max(c.share, whole*float64(by[i])/float64(breaks))
		}
	}
}

var (
	langNames    = [...]string{text.None: "", text.FR: "fr", text.EN: "en", text.Other: "other"}
	addressNames = [...]string{text.Unmarked: "", text.AddressTu: "tu", text.AddressVous: "vous", text.AddressMixed: "mixed"}
	shownKinds   = map[text.Kind]string{text.Tu: "tu", text.Vous: "vous", text.Slang: "slang", text.Bait: "bait", text.Emoji: "emoji"}
)

func (r *Reading) evidence() []report.Evidence {
	out := []report.Evidence{}
	for _, c := range r.Channels {
		for _, p := range c.Posts {
			e := report.Evidence{ID: p.ID, Lang: langNames[p.F.Lang], Address: addressNames[p.F.Address], Formality: p.F.Formality, Bait: p.F.BaitScore}
			bytes, points := 0, 0 // counted on from mark to mark: a long text may have many
			for _, m := range p.F.Marks {
				points += text.CodePoints(p.Text[bytes:m.Start], int(m.Start)-bytes)
				bytes = int(m.Start)
				if kind := shownKinds[m.Kind]; kind != "" {
					e.Spans = append(e.Spans, report.Span{Kind: kind, Start: points, End: points + text.CodePoints(p.Text[m.Start:m.End], int(m.End-m.Start))})
				}
			}
			out = append(out, e)
		}
	}
	return out
}
