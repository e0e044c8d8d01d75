package rules

import (
	"strings"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/order"
	"unisson/core/report"
	"unisson/core/text"
)

const rareSupport = .1 // share of posts below which a declared support is not seen in the texts

var _ = register(Rule{
	ID: "SY3", Dim: "synergy", Severity: report.Major, Article: "A13",
	Check: func(r *Reading, o *Out) {
		own, declared := r.ownDomains(), false
		for _, c := range r.Channels {
			if !c.Social() || !r.supportsSite(c) {
				continue
			}
			declared = true
			if c.ClickableLinks == board.No {
				continue
			}
			if len(own) == 0 {
				o.Unknown("domains")
				continue
			}
			if len(c.Posts) < enoughPosts {
				o.Unknown("posts", arg("channel", c.ID), arg("have", len(c.Posts)), arg("need", enoughPosts))
				continue
			}
			key, bio := "leads elsewhere than "+own.key(), c.linksFromBio()
			if bio {
				key += " or the bio"
			}
			bare := about(c, key, func(posts []*Post) []*Post {
				return those(posts, func(p *Post) bool { return !leadsHome(p, own, bio) && !linksTo(p, shorteners) })
			})
			linking := len(c.Posts) - len(bare) // those whose link is shortened among them
			share := float64(linking) / float64(len(c.Posts))
			if share >= rareSupport {
				sure := about(c, key+" for sure", func(posts []*Post) (n int) {
					for _, p := range posts {
						if leadsHome(p, own, bio) {
							n++
						}
					}
					return n
				})
				if float64(sure)/float64(len(c.Posts)) >= rareSupport {
					o.Pass(c.ID)
				} else {
					o.Unknown("shortLinks", arg("channel", c.ID), arg("have", linking-sure))
				}
				continue
			}
			o.Fail(c.ID, report.Finding{
				Severity: report.Major,
				About:    channelRef(c),
				Places:   append([]report.Place{entity(c.ID)}, longest(bare, 3)...),
				Args:     []report.Arg{arg("channel", c.ID), arg("linking", linking), arg("posts", len(c.Posts)), arg("share", share)},
			})
		}
		if !declared {
			o.Missing("searchSupport")
		}
	},
})

// supportsSite: the channel is declared to bring search or traffic to a place of the organisation's own.
func (r *Reading) supportsSite(c *Channel) bool {
	for _, e := range c.Channel.Serves {
		switch to := r.channels[e.Channel]; {
		case to == nil: // closed, or no channel at all
		case e.How == "search", e.How == "traffic" && (to.Kind == "site" || to.Kind == "blog" || to.Kind == "search"):
			return true
		}
	}
	return false
}

type domains map[string]bool

// key is the same for the same domains.
func (d domains) key() string {
	list := make([]string, 0, len(d))
	for host := range d {
		list = append(list, host)
	}
	order.Strings(list)
	return strings.Join(list, " ")
}

// holds reports whether a host is one of them, or under one of them.
func (d domains) holds(host string) bool {
	for host != "" {
		if d[host] {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}

var ownKinds = map[string]bool{"site": true, "blog": true, "app": true}

// networks are hosts that are nobody's own, nor are those under them; on the shared ones, a host under them is (an
// organisation's blog, say).
const (
	networks = `linkedin.com|lnkd.in|x.com|twitter.com|t.co|facebook.com|fb.com|fb.me|instagram.com|tiktok.com|youtube.com|youtu.be|mastodon.social|bsky.app|threads.net|pinterest.com|wa.me|whatsapp.com|t.me|discord.com|discord.gg|google.com|apps.apple.com|linktr.ee`
	shared   = `medium.com|substack.com|tumblr.com|wordpress.com|blogspot.com|wixsite.com|github.io`
)

var platforms = asDomains(networks)

func asDomains(list string) domains {
	d := domains{}
	for _, host := range strings.Split(list, "|") {
		d[host] = true
	}
	return d
}

// ownDomains are the hosts links may point home to; a platform's host never is one.
func (r *Reading) ownDomains() domains {
	own := domains{}
	add := func(url string) {
		if h := host(url); h != "" && !platforms.holds(h) && !strings.Contains("|"+shared+"|", "|"+h+"|") {
			own[h] = true
		}
	}
	for _, c := range r.Channels {
		for _, d := range c.Domains {
			add(d)
		}
		if ownKinds[c.Kind] {
			add(c.URL)
		}
	}
	return own
}

// leadsHome: by a link, or by saying where beside the post it is.
func leadsHome(p *Post, own domains, bio bool) bool {
	if linksTo(p, own) || pointsToLink(p, bio) {
		return true
	}
	said := strings.ToLower(p.Text) // people write MarlowHall.example; declared domains are lower case
	for d := range own {
		if namesDomain(said, d) {
			return true
		}
	}
	return false
}

func linksTo(p *Post, hosts domains) bool {
	for _, l := range p.Links {
		if hosts.holds(host(l)) {
			return true
		}
	}
	for _, m := range p.F.Marks {
		if m.Kind == text.Link && hosts.holds(host(p.Text[m.Start:m.End])) {
			return true
		}
	}
	return false
}

// shorteners are hosts whose links lead nobody knows where without following them, home as likely as not.
var shorteners = asDomains(`t.co|lnkd.in|fb.me|bit.ly|buff.ly|ow.ly|tinyurl.com|goo.gl|is.gd|t.ly|cutt.ly|rebrand.ly|dlvr.it|ift.tt|trib.al|shorturl.at|urlz.fr|qrco.de|linktr.ee|linkin.bio|lnk.bio|beacons.ai`)

// linksFromBio: a post of these networks holds no link one can press, so that the one of the bio stands for it, unless
// the organisation says that its posts hold some.
func (c *Channel) linksFromBio() bool {
	return (c.Kind == "instagram" || c.Kind == "tiktok") && c.ClickableLinks == board.Unsaid
}

// Words that send readers to a link beside the post, folded: where it is, and what stands between the two (link in our
// first comment, le lien est en bio, bio link).
const (
	besidePosts = " comment comments commentaire commentaires com coms comm comms description descriptif "
	inBios      = " bio profile profil story stories "
	betweenThem = " in on at the our my first 1st top is are for en dans sur la le les notre ma mon premier 1er est de du au "
)

// pointsToLink reads the words of one post. Hashtags write them in one.
func pointsToLink(p *Post, bio bool) bool {
	said := plainly(strings.ReplaceAll(p.Text, "🔗", " link "))
	link, place := false, false
	for _, w := range strings.FieldsFunc(said, func(r rune) bool { return !inWord(r) }) {
		isLink, isPlace := listed(w, " link links lien liens "), listed(w, besidePosts) || bio && listed(w, inBios)
		switch {
		case isLink && place, isPlace && link, bio && listed(w, " linkinbio lienenbio "):
			return true
		case isLink || isPlace || !listed(w, betweenThem):
			link, place = isLink, isPlace
		}
	}
	return false
}

// namesDomain finds a domain written bare, whatever its ending: what says that it is one is that the organisation declared it.
func namesDomain(s, domain string) bool {
	for {
		at := strings.Index(s, domain)
		if at < 0 {
			return false
		}
		before, rest := s[:at], s[at+len(domain):]
		if last, _ := utf8.DecodeLastRuneInString(before); !inWord(last) && !strings.ContainsRune("-@", last) {
			if next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, ".")); !inWord(next) && next != '-' {
				return true
			}
		}
		s = rest
	}
}

// host of a URL or a bare domain, lower case, without port and www; "" for mailto, tel or a path.
func host(url string) string {
	s := strings.ToLower(strings.TrimSpace(url))
	if _, after, found := strings.Cut(s, "://"); found {
		s = after
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	s, _, _ = strings.Cut(s, ":")
	s = strings.TrimPrefix(s, "www.")
	if !strings.Contains(s, ".") {
		return ""
	}
	return s
}
