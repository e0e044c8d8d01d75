package rules

import "unisson/core/report"

var _ = register(Rule{
	ID: "BR1", Dim: "bridge", Severity: report.Major, Required: true, Article: "A12",
	Repair: bridge,
	Check: func(r *Reading, o *Out) {
		if r.Identity != nil && !blank(r.Identity.PurePlayer) {
			o.NotApplicable()
			return
		}
		var online, offline []*Channel
		for _, c := range r.Channels {
			if c.Online {
				online = append(online, c)
			} else {
				offline = append(offline, c)
			}
		}
		switch {
		case len(online) == 0:
			o.Missing("onlineChannel")
			return
		case len(offline) == 0:
			o.Missing("offlineChannel")
			return
		case !r.Linked():
			o.Missing("serves")
			return
		}
		for _, c := range r.Channels {
			for _, to := range c.Serves {
				if c.Online != to.Online {
					o.Pass()
					return
				}
			}
		}
		f := report.Finding{Severity: report.Major, About: report.Ref{Kind: "board"}}
		here, there := free(online), free(offline)
		for _, id := range append(here, there...) {
			f.Places = append(f.Places, entity(id))
		}
		if len(f.Places) == 0 { // every channel is mandatory: the islands are still two
			for _, c := range r.Channels {
				f.Places = append(f.Places, entity(c.ID))
			}
		}
		if len(there) == 1 {
			f.About = report.Ref{Kind: "channel", ID: there[0]}
		}
		f.Args = []report.Arg{arg("online", here), arg("offline", there)}
		o.Fail("", f)
	},
})

// free are the ids of the channels that do not have to exist whatever they serve.
func free(channels []*Channel) []string {
	out := []string{}
	for _, c := range channels {
		if blank(c.Mandatory) {
			out = append(out, c.ID)
		}
	}
	return out
}
