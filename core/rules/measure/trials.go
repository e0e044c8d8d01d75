package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

// trials are all boards, each rule's by its own making. Equal cases give equal boards.
func (c *cases) trials() (out []trial) {
	for _, make := range []func(*cases, *rand.Rand) []trial{
		identities, signatures, bios, changes, links, queries, landings, copies, addresses, tones, lures, pillars, variants, channels, statements, events,
	} {
		out = append(out, make(c, rand.New(rand.NewPCG(1, 2)))...)
	}
	return out
}

// channel is one channel of a board to be.
type channel struct {
	id, kind, bio string
	texts         []string
}

// boardOf lays channels out: a message a day, the same days on each.
func boardOf(id, lang string, channels ...channel) *board.Board {
	b := &board.Board{ID: id, Lang: lang, AsOf: "2026-06-01", Identity: &board.Identity{}}
	for _, c := range channels {
		b.Channels = append(b.Channels, &board.Channel{ID: c.id, Name: c.id, Kind: cmp.Or(c.kind, "blog"), Bio: c.bio})
		for i, t := range c.texts {
			b.Messages = append(b.Messages, &board.Message{ID: fmt.Sprintf("%s-%02d", c.id, i), Channel: c.id, Date: fmt.Sprintf("2025-%02d-%02d", 1+i/28, 1+i%28), Text: t})
		}
	}
	return b
}

// some are n of the texts, or all.
func some(dice *rand.Rand, texts []string, n int) (out []string) {
	for _, i := range dice.Perm(len(texts))[:min(n, len(texts))] {
		out = append(out, texts[i])
	}
	return out
}

// another is a house of the same language.
func another(dice *rand.Rand, houses []house, than int) *house {
	for {
		if i := dice.IntN(len(houses)); i != than && houses[i].lang == houses[than].lang {
			return &houses[i]
		}
	}
}

func langOf(name string) text.Lang {
	if name == "en" {
		return text.EN
	}
	return text.FR
}

// words are the content words of a text, as they stand.
func words(s, lang string) (out []string) {
	f := text.Read(s, langOf(lang), langOf(lang))
	for _, w := range f.Words {
		if !w.Stop && !w.Tag && w.End-w.Start > 3 {
			out = append(out, s[w.Start:w.End])
		}
	}
	return out
}

func terms(list []string) (out []*board.Term) {
	for _, t := range list {
		out = append(out, &board.Term{Term: t})
	}
	return out
}

// favourites are the words a house holds in many more of its texts than the others of its language do: what it would name as its own.
func favourites(houses []house, at, n int) (out []string) {
	type word struct {
		form string
		lead float64
	}
	rates := func(h *house) map[string]float64 {
		rate := map[string]float64{}
		for _, p := range h.posts {
			seen := map[string]bool{}
			for _, w := range words(p, h.lang) {
				if w = strings.ToLower(w); !seen[w] {
					seen[w] = true
					rate[w] += 1 / float64(len(h.posts))
				}
			}
		}
		return rate
	}
	mine, most := rates(&houses[at]), map[string]float64{}
	for i := range houses {
		if i != at && houses[i].lang == houses[at].lang {
			for w, r := range rates(&houses[i]) {
				most[w] = max(most[w], r)
			}
		}
	}
	var all []word
	for w, r := range mine {
		all = append(all, word{w, r - most[w]})
	}
	slices.SortFunc(all, func(a, b word) int { return cmp.Or(cmp.Compare(b.lead, a.lead), cmp.Compare(a.form, b.form)) })
	for _, w := range all[:min(n, len(all))] {
		out = append(out, w.form)
	}
	return out
}

// identities: sentences written to be signed by anyone or by one house alone, and sentences that real services wrote of themselves, to be read.
func identities(c *cases, _ *rand.Rand) (out []trial) {
	put := func(t trial, lang string, sentences ...string) {
		for i, s := range sentences {
			t.rule, t.board = "ID2", boardOf(fmt.Sprint(t.from, lang, i), lang)
			t.board.Identity.Sentence = s
			out = append(out, t)
		}
	}
	for _, lang := range []string{"fr", "en"} {
		put(trial{from: "written for it", due: []string{""}}, lang, anyones[lang]...)
		put(trial{from: "written for it"}, lang, ones[lang]...)
	}
	for _, h := range c.services() {
		put(trial{from: "real sentences", unlabelled: true}, h.lang, h.identity)
	}
	return out
}

var (
	anyones = map[string][]string{
		"fr": {
			"Votre partenaire de confiance, une équipe passionnée au service de votre réussite.",
			"Leader de son secteur, nous innovons chaque jour pour la satisfaction de nos clients.",
			"Des solutions sur mesure, un accompagnement personnalisé, une expertise reconnue.",
			"L’excellence et la proximité au cœur de notre engagement.",
			"Nous accompagnons nos clients avec passion, qualité et innovation.",
			"Une entreprise dynamique et innovante tournée vers l’avenir.",
			"Acteur incontournable, nous conjuguons performance, confiance et expertise.",
			"Ensemble, construisons des solutions innovantes et durables.",
		},
		"en": {
			"Your trusted partner for innovative solutions and quality service.",
			"We are passionate about delivering excellence to our customers.",
			"A leading provider of tailored, customer-focused solutions.",
			"Empowering our clients with cutting-edge expertise and seamless service.",
			"World-class quality, unique expertise, dynamic team.",
			"Committed to innovation, trust and customer satisfaction.",
			"Driving the future through passion and performance.",
			"The leader in innovative, tailored, dynamic solutions.",
		},
	}
	ones = map[string][]string{
		"fr": {
			"Nous réparons les vélos des facteurs, avec passion et sans rendez-vous.",
			"Un service de garde de nuit pour les parents qui travaillent en horaires décalés.",
			"La confiance se gagne au comptoir : trente fromages, un seul affineur.",
			"L’expertise du bois de charpente, au service des granges du plateau.",
			"Des solutions de chauffage au granulé pour les immeubles d’avant 1948.",
			"Une école de cirque qui accompagne les chutes.",
			"Qualité d’eau : nous prélevons, nous publions, nous réparons.",
			"Partenaire des maraîchers du delta, nous louons des serres à la saison.",
		},
		"en": {
			"A passionate choir for people who were told to mime.",
			"We service lifts in listed buildings without drilling a single hole.",
			"Customer letters, answered by hand within two days, since 1911.",
			"Quality rope for boats under thirty feet, spliced in Whitby.",
			"The trusted name in secondhand church organs.",
			"We lead walks for people with prams, at pram speed.",
			"Innovative? No. A bakery with one oven and rye on Thursdays.",
			"Expert witnesses on drains, damp and dispute.",
		},
	}
)

// rarest are the words of a sentence that fewest organisations use: those a house would name as its own. Everything in a sentence is not: every house
// helps, allows and manages.
func rarest(sentence, lang string, n int) []string {
	rarity := func(w string) float32 {
		most := float32(0)
		for _, s := range text.ContentStems(w, langOf(lang)) {
			most = max(most, text.Rarity(s, langOf(lang)))
		}
		return most
	}
	var all []string
	for _, w := range words(sentence, lang) {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(rarity(b), rarity(a)) })
	return all[:min(n, len(all))]
}

// signatures: a house's own words, sought in its own texts and in another's. They are a service's from its sentence (an article has none: its first
// sentence says what is in it, not who wrote it), an organisation's from half of its texts, sought in the other half.
func signatures(c *cases, dice *rand.Rand) (out []trial) {
	put := func(id, from string, own, other channel, h *house, signature []string) {
		own.id, other.id = "own", "other"
		b := boardOf(id, h.lang, own, other)
		b.Identity.Terms = terms(signature)
		out = append(out, trial{rule: "ID5", from: from, board: b, due: []string{"other"}})
	}
	houses := c.services()
	for i, h := range houses {
		if other := another(dice, houses, i); h.lang == "fr" {
			put(h.name, "services", channel{texts: h.posts}, channel{texts: other.posts}, &h, rarest(h.identity, h.lang, 6))
		}
	}
	known, rest := c.halves(dice)
	for i, h := range known {
		signature := favourites(known, i, 6)
		for n := range 20 {
			put(fmt.Sprint(h.name, " ", n), "favourite words", channel{texts: some(dice, rest[i].posts, 20)}, channel{texts: some(dice, another(dice, rest, i).posts, 20)}, &h, signature)
		}
	}
	return out
}

// halves of what each organisation wrote: to know it by, and to try that on.
func (c *cases) halves(dice *rand.Rand) (known, rest []house) {
	known = c.organisations()
	rest = slices.Clone(known)
	for i, h := range known {
		posts := some(dice, h.posts, len(h.posts))
		known[i].posts, rest[i].posts = posts[:len(posts)/2], posts[len(posts)/2:]
	}
	return known, rest
}

// bios: what services say of themselves, cut to the length of a presentation; one of three is another's: another service's, of the same trade and so
// with words in common, or an organisation's of another trade. Left out are those of whose sentence a part is masked, which is where their bios meet it,
// and articles: what their identity is, is their first sentence.
func bios(c *cases, dice *rand.Rand) (out []trial) {
	houses, others := c.services(), c.organisations()
	for i, h := range houses {
		own, kin := presentations(h.posts), presentations(another(dice, houses, i).posts)
		if h.lang != "fr" || !h.whole || len(own) < 2 || len(kin) < 1 {
			continue
		}
		stranger := &others[dice.IntN(len(others))]
		for stranger.lang != h.lang {
			stranger = &others[dice.IntN(len(others))]
		}
		far := presentations(stranger.posts)
		for _, other := range []struct{ from, bio string }{{"same trade", kin[0]}, {"another trade", far[dice.IntN(len(far))]}} {
			b := boardOf(h.name, h.lang, channel{id: "own", bio: own[0]}, channel{id: "second", bio: own[1]}, channel{id: "other", bio: other.bio})
			b.Identity.Sentence = h.identity
			out = append(out, trial{rule: "ID6", from: other.from, board: b, due: []string{"other"}})
		}
	}
	return out
}

// presentations are whole paragraphs, joined until they are as long as a bio is allowed to be on most networks.
func presentations(posts []string) (out []string) {
	bio := ""
	for _, p := range posts {
		if bio = strings.TrimSpace(bio + " " + p); len(bio) >= 160 {
			out = append(out, cut(bio, 400))
			bio = ""
		}
	}
	return out
}

// cut ends a text between two words, after so many bytes at most.
func cut(s string, n int) string { return s[:strings.LastIndex(s[:min(len(s), n)]+" ", " ")] }

// changes: channels that changed hands on a known message, and channels that did not. Right is a change told within three messages of it.
func changes(c *cases, _ *rand.Rand) (out []trial) {
	for _, l := range c.task["T5"] {
		ch := channel{id: "c"}
		for _, k := range l.Channels[0].Posts {
			ch.texts = append(ch.texts, c.text[k])
		}
		t := trial{rule: "ID7", from: "changed hands or not", board: boardOf(l.ID, l.Lang, ch), right: func(f *report.Finding) bool {
			var at int
			for _, a := range f.Args {
				if a.Key == "message" {
					fmt.Sscanf(a.Value.(string), "c-%d", &at)
				}
			}
			return l.Label.ChangeAt != nil && max(at-*l.Label.ChangeAt, *l.Label.ChangeAt-at) <= 3
		}}
		if l.Label.ChangeAt != nil {
			t.due = []string{"c"}
		}
		out = append(out, t)
	}
	return out
}

// links: a known number of a channel's posts lead home, written in the ways links are written; others lead elsewhere.
func links(c *cases, dice *rand.Rand) (out []trial) {
	home := []string{"https://www.maison.example/page", "http://maison.example", "maison.example/offre?x=1", "https://blog.maison.example/2025/06", "www.maison.example"}
	away := []string{"https://maison.example.org/page", "https://lamaison.example/page", "https://youtu.be/maison", "mailto:nous@maison.example"}
	for _, h := range c.organisations() {
		for n := range 20 {
			texts, linking := some(dice, h.posts, 20), n/4
			for k := range texts {
				if k < linking {
					texts[k] += " " + home[dice.IntN(len(home))]
				} else if k%2 == 0 {
					texts[k] += " " + away[dice.IntN(len(away))]
				}
			}
			b := boardOf(fmt.Sprint(h.name, " ", n), h.lang, channel{id: "site", kind: "site"}, channel{id: "c", kind: "x", texts: texts})
			b.Channels[0].URL = "https://maison.example"
			b.Channels[1].Serves = []*board.Serve{{Channel: "site", How: "traffic"}}
			t := trial{rule: "SY3", from: "links put in", board: b}
			if float64(linking)/float64(len(texts)) < .1 {
				t.due = []string{"c"}
			}
			out = append(out, t)
		}
	}
	return out
}

// queries: the words an organisation favours, sought in its own posts and in another's.
func queries(c *cases, dice *rand.Rand) (out []trial) {
	houses := c.organisations()
	for i, h := range houses {
		sought := favourites(houses, i, 4)
		for n := range 20 {
			b := boardOf(fmt.Sprint(h.name, " ", n), h.lang, channel{id: "own", kind: "x", texts: some(dice, h.posts, 15)},
				channel{id: "other", kind: "x", texts: some(dice, another(dice, houses, i).posts, 15)}, channel{id: "site", kind: "site"})
			for _, ch := range b.Channels[:2] {
				ch.Serves = []*board.Serve{{Channel: "site", How: "search", Terms: terms(sought)}}
			}
			out = append(out, trial{rule: "SY4", from: "favourite words", board: b, due: []string{"other"}})
		}
	}
	return out
}

// landings: posts beside a page that keeps their word (more of the same service's text) or another service's; terms are the service's sentence's.
func landings(c *cases, dice *rand.Rand) (out []trial) {
	houses := c.services()
	for i, h := range houses {
		if len(h.posts) < 6 {
			continue
		}
		b := boardOf(h.name, h.lang, channel{id: "c", texts: h.posts[:6]})
		b.Identity.Terms = terms(rarest(h.identity, h.lang, 6))
		t := trial{rule: "SY5", from: "services", board: b}
		for k, m := range b.Messages {
			m.Links = []string{fmt.Sprint("https://maison.example/page", k)}
			page := h.posts
			if k%2 == 1 {
				page = another(dice, houses, i).posts
				t.due = append(t.due, m.ID)
			}
			m.Landing = strings.Join(slices.DeleteFunc(slices.Clone(page), func(s string) bool { return s == m.Text }), "\n")
		}
		out = append(out, t)
	}
	return out
}

// copies: three channels that post the same, in a known share, with the small changes of a repost; and three that post what one template makes.
func copies(c *cases, dice *rand.Rand) (out []trial) {
	for _, h := range c.organisations() {
		for n := range 12 {
			texts, share := some(dice, h.posts, 40), n%6
			b := boardOf(fmt.Sprint(h.name, " ", n), h.lang)
			t := trial{rule: "SY6", from: "copies put in", board: b}
			var chs []channel
			for k, id := range []string{"a", "b", "c"} {
				ch := channel{id: id}
				for i := range 10 {
					if i < 2*share {
						ch.texts = append(ch.texts, texts[i]+[]string{"", " 👉", "\n#actu"}[k])
					} else {
						ch.texts = append(ch.texts, texts[(10+10*k+i)%len(texts)])
					}
				}
				chs = append(chs, ch)
			}
			t.board = boardOf(b.ID, h.lang, chs...)
			if 2*share > 5 {
				t.due = []string{""}
			}
			out = append(out, t)
		}
	}
	return out
}

// addresses: French texts that say tu, vous or neither, mixed in known shares, with and without a declared form.
func addresses(c *cases, dice *rand.Rand) (out []trial) {
	said := map[string][]string{}
	for _, l := range c.task["T3"] {
		if l.Lang != "fr" {
			continue
		}
		if len(l.Label.Spans) > 0 {
			said[l.Label.Register] = append(said[l.Label.Register], l.Text)
		}
	}
	for n := range 300 {
		tu := []int{0, 0, 1, 2, 5, 10, 19, 20, 20, 20}[n%10]
		declared := []string{"", "tu", "vous"}[n/10%3]
		b := boardOf(fmt.Sprint("address", n), "fr", channel{id: "c", texts: append(some(dice, said["tu"], tu), some(dice, said["vous"], 20-tu)...)})
		b.Identity.Voice = &board.Voice{Address: declared}
		t := trial{rule: "VO1", from: "tu and vous", board: b}
		if tu >= 4 && 20-tu >= 4 || declared == "tu" && 20-tu >= 4 || declared == "vous" && tu >= 4 {
			t.due = []string{"c"}
		}
		out = append(out, t)
	}
	for _, t := range onOneHouse(c, "VO1") { // which forms of address its writers use, nobody labelled
		t.unlabelled = true
		out = append(out, t)
	}
	return out
}

// onOneHouse are the boards of one organisation, whose channels share their writers and so their tone.
func onOneHouse(c *cases, rule string) (out []trial) {
	for _, task := range []string{"T1", "T1b"} {
		for _, l := range c.task[task] {
			if l.Label.Coherent == 1 && l.N >= 10 {
				out = append(out, trial{rule: rule, from: "one organisation", board: c.boardOf(&l)})
			}
		}
	}
	return out
}

func (c *cases) boardOf(l *labelled) *board.Board {
	var chs []channel
	for _, ch := range l.Channels {
		x := channel{id: ch.ID, kind: ch.Kind}
		for _, k := range ch.Posts {
			x.texts = append(x.texts, c.text[k])
		}
		chs = append(chs, x)
	}
	return boardOf(l.ID, l.Lang, chs...)
}

// tones: three channels of one organisation, one of which shouts in a known share of its posts; none does on half of the boards. Posts are as long as
// captions are: a shout at the end of a page of prose is no tone.
func tones(c *cases, dice *rand.Rand) (out []trial) {
	shouts := map[string][]string{
		"fr": {"Trop hâte de vous voir !! 😍", "Franchement, on adore ✨", "C'est le feu 🔥🔥🔥", "On est au taquet les amis !!!", "Alors, team matin ou team soir ? 👀", "Ça va être ouf !", "Vous êtes chauds ? 🙌",
			"Et ça, c'est juste géniaaaal 😂", "Perso, on valide à 100 % 💯", "Oh là là, la pépite 🤩", "Gros coup de cœur !!! ❤️", "On se fait un petit kiff ? 😎", "Sérieux, qui dit mieux ?", "Hello les loulous !"},
		"en": {"So so excited for this one!! 😍", "This is fire 🔥🔥🔥", "We can't even 😂", "Who's in?? 🙌", "OMG you guys, just wow!", "Not gonna lie, we're obsessed ✨", "Sooo good", "Best. Day. Ever. 💯", "Y'all ready? 👀",
			"Hands down the coolest thing ever!!!", "Big mood", "Drop a 💜 if you agree!", "It's a vibe", "Let's gooooo 🚀"},
	}
	for _, h := range c.organisations() {
		for n := range 20 {
			var chs []channel
			for _, id := range []string{"a", "b", "c"} {
				chs = append(chs, channel{id: id, texts: some(dice, h.posts, 20)})
				for i, s := range chs[len(chs)-1].texts {
					chs[len(chs)-1].texts[i] = cut(s, 140)
				}
			}
			t := trial{rule: "VO2", from: "tone put on"}
			if n%2 == 1 {
				t.due = []string{"c"}
				for i := range chs[2].texts {
					if dice.IntN(3) > 0 {
						chs[2].texts[i] += " " + shouts[h.lang][dice.IntN(len(shouts[h.lang]))]
					}
				}
			}
			t.board = boardOf(fmt.Sprint(h.name, " ", n), h.lang, chs...)
			out = append(out, t)
		}
	}
	return append(out, onOneHouse(c, "VO2")...)
}

// lures: channels of headlines of which a known number lure; and the posts of one organisation, which do not.
func lures(c *cases, dice *rand.Rand) (out []trial) {
	var lure, plain []string
	for _, l := range c.task["T4"] {
		switch {
		case l.Label.Bait == nil:
		case *l.Label.Bait == 1:
			lure = append(lure, l.Text)
		default:
			plain = append(plain, l.Text)
		}
	}
	for n := range 400 {
		luring := []int{0, 0, 0, 1, 2, 4, 6, 10}[n%8]
		t := trial{rule: "VO3", from: "headlines", board: boardOf(fmt.Sprint("lure", n), "en", channel{id: "c", texts: append(some(dice, lure, luring), some(dice, plain, 20-luring)...)})}
		if luring > 3 {
			t.due = []string{"c"}
		}
		out = append(out, t)
	}
	return append(out, onOneHouse(c, "VO3")...)
}

// pillars: the words an organisation favours in half of its texts, sought in the other half and in another's.
func pillars(c *cases, dice *rand.Rand) (out []trial) {
	known, rest := c.halves(dice)
	for i, h := range known {
		list := favourites(known, i, 16)
		for n := range 20 {
			from, due := &rest[i], []string(nil)
			if n%2 == 1 {
				from, due = another(dice, rest, i), []string{""}
			}
			b := boardOf(fmt.Sprint(h.name, " ", n), h.lang, channel{id: "c", texts: some(dice, from.posts, 20)})
			for k := range 4 {
				b.Pillars = append(b.Pillars, &board.Pillar{ID: fmt.Sprint("p", k), Name: list[4*k], Terms: terms(list[4*k : 4*k+4])})
			}
			out = append(out, trial{rule: "VO4", from: "favourite words", board: b, due: due})
		}
	}
	return out
}

// variants: the proper names an organisation favours, put wrong in a known channel.
func variants(c *cases, dice *rand.Rand) (out []trial) {
	houses := c.organisations()
	for _, h := range houses {
		counts := map[string]int{}
		for _, p := range h.posts {
			for _, w := range words(p, h.lang) {
				if r := []rune(w); unicode.IsUpper(r[0]) && len(r) > 4 && strings.Contains(p, " "+w+" ") {
					counts[w]++
				}
			}
		}
		var names []string
		for w := range counts {
			names = append(names, w)
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
		for _, name := range names[:min(6, len(names))] {
			wrong := []string{name[:len(name)/2] + "-" + name[len(name)/2:], name[:len(name)/2] + " " + name[len(name)/2:]}
			for n := range 4 {
				t := trial{rule: "VO5", from: "names put wrong"}
				var chs []channel
				for _, id := range []string{"a", "b", "c"} {
					ch := channel{id: id, texts: some(dice, h.posts, 12)}
					if id == "b" && n%2 == 0 {
						for k := range ch.texts {
							if strings.Contains(ch.texts[k], " "+name+" ") {
								ch.texts[k] = strings.Replace(ch.texts[k], " "+name+" ", " "+wrong[n/2]+" ", 1)
								t.due = []string{"b"}
							}
						}
					}
					chs = append(chs, ch)
				}
				t.board = boardOf(fmt.Sprint(h.name, " ", name, n), h.lang, chs...)
				t.board.Identity.Protected = []*board.Protected{{Term: name, Variants: wrong}}
				out = append(out, t)
			}
		}
	}
	return out
}

// channels: one organisation's, among them strangers or not. A finding is right where its channel is of another organisation than most are.
func channels(c *cases, _ *rand.Rand) (out []trial) {
	for _, task := range []string{"T1", "T1b", "T2"} {
		for _, l := range c.task[task] {
			if l.N < 10 {
				continue
			}
			count, most := map[string]int{}, 0
			for _, ch := range l.Channels {
				count[c.org[ch.Posts[0]]]++
				most = max(most, count[c.org[ch.Posts[0]]])
			}
			t := trial{rule: "VO6", from: task + " " + l.Label.Type, board: c.boardOf(&l)}
			for _, ch := range l.Channels {
				if of := count[c.org[ch.Posts[0]]]; len(l.Orgs) > 1 && (of < most || most == 1) {
					t.due = append(t.due, ch.ID)
				}
			}
			out = append(out, t)
		}
	}
	return out
}

// statements: one fact typed on the site and at the desk, the same written in two ways or another one.
func statements(_ *cases, dice *rand.Rand) (out []trial) {
	type written struct {
		key, lang   string
		ways, other []string
	}
	for _, w := range []written{
		{"prix", "fr", []string{"12 €", "12,00 €", "12 euros", "12€"}, []string{"14 €", "12,50 €"}},
		{"horaires", "fr", []string{"mardi au samedi, 9 h - 18 h", "du mardi au samedi de 9h00 à 18h00", "Mar.–sam. 9h–18h"}, []string{"mardi au samedi, 9 h - 19 h", "lundi au vendredi, 9 h - 18 h"}},
		{"téléphone", "fr", []string{"01 99 00 12 34", "+33 1 99 00 12 34", "01.99.00.12.34", "0199001234"}, []string{"01 99 00 12 43"}},
		{"signature", "fr", []string{"Le sel, à la main", "Le sel, à la main.", "LE SEL, À LA MAIN"}, []string{"Le sel, au matin"}},
		{"price", "en", []string{"£9", "£9.00", "£ 9"}, []string{"£9.50", "£8"}},
		{"hours", "en", []string{"Mon to Fri, 9am–5pm", "Monday to Friday 09:00-17:00", "Mon-Fri 9 am to 5 pm", "Mon-Fri 9-5", "Monday to Friday, 9 a.m. until 5 p.m."}, []string{"Mon to Fri, 9am–6pm", "Mon to Sat, 9am–5pm"}},
		{"phone", "en", []string{"01632 960 017", "01632 960017", "+44 1632 960 017"}, []string{"01632 960 071"}},
		{"tagline", "en", []string{"Kept wound", "Kept wound.", "kept wound"}, []string{"Kept going"}},
	} {
		for n := range 20 {
			here, there, due := w.ways[dice.IntN(len(w.ways))], w.ways[dice.IntN(len(w.ways))], []string(nil)
			if n%2 == 1 {
				there, due = w.other[dice.IntN(len(w.other))], []string{text.Fold(w.key)}
			}
			b := boardOf(fmt.Sprint(w.key, n), w.lang, channel{id: "site", kind: "site"}, channel{id: "desk", kind: "staff"})
			b.Facts = []*board.Fact{{Key: w.key, Value: here, Channel: "site"}, {Key: w.key, Value: there, Channel: "desk"}}
			out = append(out, trial{rule: "BR3", from: "facts put in", board: b, due: due})
		}
	}
	return out
}

// events: an action on a known day, named in time on a channel that is wholly there, too early or too late, or not at all. The ways of naming it are
// those of posts; others only resemble it.
func events(c *cases, dice *rand.Rand) (out []trial) {
	titles := map[string]string{"fr": "Nuit des Ateliers", "en": "Night of the Sheds"}
	named := map[string][]string{
		"fr": {"Nuit des ateliers : on ouvre à vingt heures.", "On se retrouve samedi ? #NuitDesAteliers", "La NUIT DES ATELIERS en images.", "Merci d’être venus à la « Nuit des Ateliers »."},
		"en": {"Night of the sheds: doors at eight.", "See you on Saturday? #NightOfTheSheds", "The NIGHT OF THE SHEDS in pictures.", "Thank you for coming to “Night of the Sheds”."},
	}
	like := map[string][]string{"fr": {"La nuit, des ateliers dorment.", "Une nuit à l’atelier, sans dormir."}, "en": {"A night in the shed.", "The night, and the sheds asleep."}}
	for _, h := range c.organisations() {
		for n := range 20 {
			ch := channel{id: "c", texts: some(dice, h.posts, 28)} // one a day, from the first of January
			day, at := 14, 0
			switch n % 4 {
			case 0, 1:
				at = day - 13 + dice.IntN(26)
				ch.texts[at] = named[h.lang][dice.IntN(4)]
			case 2:
				ch.texts[day] = like[h.lang][dice.IntN(2)]
			}
			b := boardOf(fmt.Sprint(h.name, " event", n), h.lang, ch, channel{id: "hall", kind: "event"})
			b.Actions = []*board.Action{{ID: "a", Title: titles[h.lang], Offline: board.Yes, Date: "2025-01-15"}}
			b.Samples = []*board.Sample{{Channel: "c", Complete: board.Yes}}
			t := trial{rule: "BR2", from: "actions put in", board: b}
			if n%4 > 1 {
				t.due = []string{"a"}
			}
			out = append(out, t)
		}
	}
	return out
}
