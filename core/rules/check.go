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
	at := map[report.Ref]int{}
	var list []*report.Cause
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Dismissed {
			continue
		}
		j, known := at[f.About]
		if !known {
			j = len(list)
			at[f.About] = j
			list = append(list, &report.Cause{About: f.About})
		}
		list[j].Findings = append(list[j].Findings, i)
	}
	rules := score.InOrder(r.Rules)
	now, _ := score.Overall(rules, g.Weights, nil)
	mended := slices.Clone(rules)
	for _, c := range list {
		for _, f := range c.Findings {
			for j := range mended {
				if mended[j].ID == r.Findings[f].Rule {
					mended[j].Failing--
				}
			}
		}
		then, _ := score.Overall(mended, g.Weights, nil)
		copy(mended, rules)
		c.Gain = math.Round(1000*(then-now)) / 10
		order.Stable(c.Findings, func(a, b int) int { return int(r.Findings[b].Severity) - int(r.Findings[a].Severity) })
	}
	worst := func(c *report.Cause) int { return int(r.Findings[c.Findings[0]].Severity) }
	order.Func(list, func(a, b *report.Cause) int {
		switch {
		case a.Gain != b.Gain:
			if a.Gain > b.Gain {
				return -1
			}
			return 1
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
		out[i] = *c
	}
	return out
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
