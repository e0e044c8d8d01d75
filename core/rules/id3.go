package rules

import "unisson/core/report"

const (
	fewFacets = 4  // of the prism's six
	twins     = .6 // Jaccard from which two facets say the same
)

var _ = register(Rule{
	ID: "ID3", Dim: "identity", Severity: report.Minor, Article: "A9 A15",
	Check: func(r *Reading, o *Out) {
		if r.Identity == nil || r.Identity.Facets == nil {
			o.NotApplicable()
			return
		}
		x := r.Identity.Facets
		type facet struct {
			name  string
			stems []string
		}
		var filled []facet
		f := report.Finding{Severity: report.Minor, About: report.Ref{Kind: "identity"}}
		for _, at := range []struct{ name, text string }{
			{"physique", x.Physique}, {"personality", x.Personality}, {"culture", x.Culture},
			{"relationship", x.Relationship}, {"reflection", x.Reflection}, {"selfImage", x.SelfImage},
		} {
			if blank(at.text) {
				f.Places = append(f.Places, report.Place{Entity: "identity", Field: "facets/" + at.name})
			} else {
				filled = append(filled, facet{at.name, r.Words.content(r.read(at.text))})
			}
		}
		if len(filled) < fewFacets {
			f.Args = []report.Arg{arg("state", "few"), arg("filled", len(filled)), arg("need", fewFacets)}
			o.Fail("", f)
			return
		}
		for i := range filled {
			for j := range i {
				if jaccard(filled[i].stems, filled[j].stems) >= twins {
					f.Places = []report.Place{{Entity: "identity", Field: "facets/" + filled[j].name}, {Entity: "identity", Field: "facets/" + filled[i].name}}
					f.Args = []report.Arg{arg("state", "twins"), arg("filled", len(filled)), arg("need", fewFacets)}
					o.Fail("", f)
					return
				}
			}
		}
		o.Pass()
	},
})

// jaccard of two sorted sets; 0 when both are empty.
func jaccard(a, b []string) float64 {
	shared, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			shared++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if all := len(a) + len(b) - shared; all > 0 {
		return float64(shared) / float64(all)
	}
	return 0
}
