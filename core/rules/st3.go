package rules

import "unisson/core/report"

const shownRoots = 6 // summits called by their names; the rest is counted

var _ = register(Rule{
	ID: "ST3", Dim: "strategy", Severity: report.Critical, Required: true, Article: "A1 A5",
	Check: func(r *Reading, o *Out) {
		if r.Identity != nil && r.Identity.MultiEntity.True() {
			o.NotApplicable()
			return
		}
		roots := r.Roots()
		switch {
		case len(roots) == 0:
			o.Missing("objectives")
			return
		case len(roots) > 1 && !r.served():
			o.Missing("channelObjectives")
			return
		}
		trees := make([]map[*Channel]bool, len(roots))
		for i, root := range roots {
			trees[i] = root.reach()
		}
		var apart []string
		channels := map[*Channel]bool{}
		for i := range roots {
			for j := range roots {
				if i != j && disjoint(trees[i], trees[j]) {
					apart = append(apart, roots[i].ID)
					for c := range trees[i] {
						channels[c] = true
					}
					break
				}
			}
		}
		if len(apart) == 0 {
			o.Pass()
			return
		}
		f := report.Finding{Severity: report.Critical, About: report.Ref{Kind: "board"}, Args: []report.Arg{
			arg("roots", apart[:min(shownRoots, len(apart))]), arg("more", max(0, len(apart)-shownRoots)), arg("count", len(apart))}}
		for _, id := range apart {
			f.Places = append(f.Places, entity(id))
		}
		for _, c := range r.Channels {
			if channels[c] {
				f.Places = append(f.Places, entity(c.ID))
			}
		}
		o.Fail("", f)
	},
})

// reach is the channels of an objective and of all that hang from it.
func (o *Objective) reach() map[*Channel]bool {
	all, seen := map[*Channel]bool{}, map[*Objective]bool{}
	for todo := []*Objective{o}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		for _, c := range at.Channels {
			all[c] = true
		}
		todo = append(todo, at.Children...)
	}
	return all
}

// disjoint: both have channels, and none in common.
func disjoint(a, b map[*Channel]bool) bool {
	for c := range a {
		if b[c] {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}
