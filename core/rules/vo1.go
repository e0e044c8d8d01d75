package rules

import (
	"slices"

	"unisson/core/report"
	"unisson/core/text"
)

const (
	enoughMarked = 8  // texts that speak to one reader
	fifth        = .2 // share from which a form of address is a habit, not a slip
)

var _ = register(Rule{
	ID: "VO1", Dim: "voice", Severity: report.Major, Required: true, Article: "A7",
	Check: func(r *Reading, o *Out) {
		speaking := r.Speaking()
		french := r.Lang == text.FR
		for _, c := range speaking {
			french = french || speaksFrench(c)
		}
		if !french {
			o.NotApplicable()
			return
		}
		if len(speaking) == 0 {
			o.Missing("channels", arg("need", 1), arg("have", 0))
		}
		for _, c := range speaking {
			a := addressIn(c)
			tu, vous, marked := a.tu, a.vous, a.marked
			if len(c.Posts) > 0 && !speaksFrench(c) {
				continue
			}
			if marked < enoughMarked {
				o.Unknown("address", arg("channel", c.ID), arg("have", marked), arg("need", enoughMarked))
				continue
			}
			n := float64(marked)
			manyTu, manyVous := float64(len(tu))/n >= fifth, float64(len(vous))/n >= fifth
			declared := r.declaredAddress(c)
			against := declared == "vous" && manyTu || declared == "tu" && manyVous
			if !against && !(manyTu && manyVous) {
				o.Pass(c.ID)
				continue
			}
			// Two quotations of the form that breaks the habit, one of the habit.
			places := []report.Place{entity(c.ID)}
			if declared == "tu" || declared != "vous" && len(tu) > len(vous) {
				places = append(append(places, spans(vous, text.Vous, 2)...), spans(tu, text.Tu, 1)...)
			} else {
				places = append(append(places, spans(tu, text.Tu, 2)...), spans(vous, text.Vous, 1)...)
			}
			f := report.Finding{Severity: report.Major, About: channelRef(c), Places: places}
			f.Args = []report.Arg{
				arg("channel", c.ID), arg("tu", len(tu)), arg("vous", len(vous)), arg("marked", marked),
				arg("tuShare", float64(len(tu))/n), arg("vousShare", float64(len(vous))/n),
			}
			if against {
				f.Args = append(f.Args, arg("declared", declared))
			} else {
				f.Args = append(f.Args, arg("declared", "none"))
			}
			o.Fail(c.ID, f)
		}
	},
})

// address is how the French posts of a channel speak to one reader.
type address struct {
	tu, vous       []*Post // a mixed post is in both
	marked, french int
}

// speaksFrench: half of the channel's posts are French, or enough of them to be judged. A stray one makes no form of address to look for.
func speaksFrench(c *Channel) bool {
	french := addressIn(c).french
	return french >= enoughMarked || french > 0 && 2*french >= len(c.Posts)
}

//go:noinline
func addressIn(c *Channel) address {
	return about(c, "address", func(posts []*Post) (a address) {
		for _, p := range posts {
			if p.F.Lang != text.FR {
				continue
			}
			a.french++
			form := p.F.Address
			if form == text.AddressTu || form == text.AddressMixed {
				a.tu = append(a.tu, p)
			}
			if form == text.AddressVous || form == text.AddressMixed {
				a.vous = append(a.vous, p)
			}
			if form != text.Unmarked {
				a.marked++
			}
		}
		return a
	})
}

// declaredAddress is what the channel's segments agree on, else what the identity says; "" when neither says tu or vous.
func (r *Reading) declaredAddress(c *Channel) string {
	if agreed := segmentsAddress(c); agreed != "" {
		return agreed
	}
	if r.Identity != nil && r.Identity.Voice != nil {
		return r.Identity.Voice.Address
	}
	return ""
}

// segmentsAddress is the form of address the channel's segments agree on; "" where they say none, or differ.
func segmentsAddress(c *Channel) string {
	agreed := ""
	for _, s := range c.Segments {
		switch {
		case s.Address == "":
		case agreed != "" && agreed != s.Address:
			return ""
		default:
			agreed = s.Address
		}
	}
	return agreed
}

// spans are the first marks of a kind, one a post.
func spans(posts []*Post, kind text.Kind, n int) []report.Place {
	var places []report.Place
	for _, p := range posts {
		if len(places) == n {
			break
		}
		if i := slices.IndexFunc(p.F.Marks, func(m text.Mark) bool { return m.Kind == kind }); i >= 0 {
			places = append(places, quote(p, p.F.Marks[i].Start, p.F.Marks[i].End))
		}
	}
	return places
}
