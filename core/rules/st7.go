package rules

import (
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "ST7", Dim: "strategy", Severity: report.Minor, Article: "A9 A12",
	Repair: shareOwner,
	Check: func(r *Reading, o *Out) {
		if r.Identity != nil && r.Identity.Solo.True() {
			o.NotApplicable()
			return
		}
		const enough = 3
		owned, shared := []*Channel{}, false
		seen := map[string]bool{} // a role of one of the channels before
		for _, c := range r.Channels {
			roles := ownerRoles(c.Owner)
			if len(roles) == 0 {
				continue
			}
			owned = append(owned, c)
			for _, role := range roles {
				shared = shared || seen[role]
			}
			for _, role := range roles {
				seen[role] = true
			}
		}
		if len(owned) < enough {
			o.Missing("owners", arg("have", len(owned)), arg("need", enough))
			return
		}
		if shared {
			o.Pass()
			return
		}
		f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "board"}, Args: []report.Arg{arg("channels", len(owned))}}
		for _, c := range owned {
			f.Places = append(f.Places, report.Place{Entity: c.ID, Field: "owner"})
		}
		o.Fail("", f)
	},
})

func ownerRoles(owner string) []string {
	var roles []string
	for _, part := range strings.FieldsFunc(owner, func(c rune) bool { return strings.ContainsRune(",;/+&", c) }) {
		if role := strings.Join(strings.Fields(text.Fold(part)), " "); role != "" {
			roles = append(roles, role)
		}
	}
	return roles
}
