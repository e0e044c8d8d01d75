package rules

import (
	"unisson/core/board"
	"unisson/core/report"
)

// exemptTriggers may act without an objective, when the board says why.
var exemptTriggers = map[string]bool{"legal": true, "crisis": true, "recruitment": true}

var _ = register(Rule{
	ID: "ST1", Dim: "strategy", Severity: report.Critical, Article: "A5",
	Repair: tieAction,
	Check: func(r *Reading, o *Out) {
		if len(r.Actions) == 0 {
			o.Missing("actions", arg("have", 0), arg("need", 1))
			return
		}
		if len(r.Roots()) == 0 {
			o.Missing("apex")
			return
		}
		reaches := r.pathsToApex()
		for _, a := range r.Actions {
			switch {
			case exemptTriggers[a.Trigger] && !blank(a.Exempt):
			case reaches[a.Objective]:
				o.Pass()
			default:
				o.Fail(a.ID, r.brokenAction(a))
			}
		}
	},
})

// pathsToApex tells from which objectives a chain of parents ends at one without parent. A cycle and a reference to
// nothing never do. Done and dropped objectives still lead somewhere: an action of last year was tied to one.
func (r *Reading) pathsToApex() map[string]bool {
	parent := make(map[string]string, len(r.Source.Objectives))
	for _, b := range r.Source.Objectives {
		parent[b.ID] = b.Parent
	}
	reaches := make(map[string]bool, len(parent))
	known := make(map[string]bool, len(parent))
	for id := range parent {
		var path []string
		at, answer := id, false
		for onPath := map[string]bool{}; ; {
			p, exists := parent[at]
			if known[at] {
				answer = reaches[at]
				break
			}
			if !exists || onPath[at] {
				break
			}
			onPath[at] = true
			path = append(path, at)
			if p == "" {
				answer = true
				break
			}
			at = p
		}
		for _, step := range path {
			known[step], reaches[step] = true, answer
		}
	}
	return reaches
}

func (r *Reading) brokenAction(a *board.Action) report.Finding {
	about := report.Ref{Kind: "action", ID: a.ID}
	if len(a.Channels) == 1 && r.channels[a.Channels[0]] != nil {
		about = channelRef(r.channels[a.Channels[0]])
	}
	f := report.Finding{Severity: report.Critical, About: about, Places: []report.Place{entity(a.ID)}, Args: []report.Arg{arg("action", a.ID)}}
	switch {
	case a.Objective == "":
		f.Args = append(f.Args, arg("break", "none"))
	case !r.hasObjective(a.Objective):
		f.Args = append(f.Args, arg("break", "dangling"), arg("objective", a.Objective))
	default:
		f.Places = append(f.Places, entity(a.Objective))
		f.Args = append(f.Args, arg("break", "path"), arg("objective", a.Objective))
	}
	return f
}

func (r *Reading) hasObjective(id string) bool {
	for _, b := range r.Source.Objectives {
		if b.ID == id {
			return true
		}
	}
	return false
}
