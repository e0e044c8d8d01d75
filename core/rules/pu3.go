package rules

import (
	"slices"
	"strings"

	"unisson/core/report"
	"unisson/core/text"
)

var _ = register(Rule{
	ID: "PU3", Dim: "audience", Severity: report.Major, Required: true, Article: "A3",
	Repair: nameSegment,
	Check: func(r *Reading, o *Out) {
		if r.Segments == nil {
			o.Missing("segments")
			return
		}
		if len(r.Channels) == 0 {
			o.Missing("channels", arg("have", 0), arg("need", 1))
			return
		}
		for _, c := range r.Channels {
			crowd := about(c, "crowd "+c.Reason, func([]*Post) bool { return onlyTheCrowd(c.Reason) })
			switch {
			case c.Kind == "site" || c.Kind == "search": // they may serve everyone
			case len(c.Segments) > 0 && !crowd:
				o.Pass(c.ID)
			default:
				f := report.Finding{Severity: report.Major, About: channelRef(c), Places: []report.Place{entity(c.ID)}, Args: []report.Arg{arg("channel", c.ID)}}
				if crowd {
					f.Places = append(f.Places, report.Place{Entity: c.ID, Field: "reason"})
					f.Args = append(f.Args, arg("why", "crowd"), arg("reason", c.Reason))
				} else {
					f.Args = append(f.Args, arg("why", "nobody"))
				}
				o.Fail(c.ID, f)
			}
		}
	},
})

// crowdPhrases are ways of saying that a channel was opened because the others were there, folded.
const crowdPhrases = `tout le monde y est|tout le monde est dessus|tout le monde est sur|tout le monde est en ligne|tout le monde l'utilise|tout le monde est la|tout le monde y va|tous nos concurrents y sont|nos concurrents y sont|les concurrents y sont|tous les autres y sont|les autres y sont|il faut y etre|il faut bien y etre|on doit y etre|incontournable|` +
	`everyone is there|everybody is there|everyone is on|everybody is on|everyone is online|everybody is online|everyone's there|everybody's there|everyone's on|everybody's on|everyone's online|everybody's online|everyone else is there|everyone else is on|everyone uses it|everybody uses it|our competitors are there|competitors are there|all our competitors are on it|we have to be there|you have to be there|we need to be there|you need to be there|one has to be there`

// othersOpen and othersClose stand around who the others are, folded: all the other halls are on, tous les autres clubs y sont.
const (
	othersOpen  = `all the other|all other|tous les autres|toutes les autres`
	othersClose = `are on|are there|use it|y sont|sont sur|sont dessus|sont la|l'utilisent`
	othersWords = 3 // at most, of who they are
)

// crowdTimes are when the crowd is there, which is no reason either; folded.
const crowdTimes = `these days|nowadays|today|right now|at the moment|aujourd'hui|de nos jours|ces temps-ci|en ce moment|maintenant`

// onlyTheCrowd reports whether a stated reason says nothing but that everyone is there: beside that, at most two more
// content words remain, and no second reason follows.
func onlyTheCrowd(reason string) bool {
	rest, others := withoutOthers(folded(reason))
	rest, crowd := without(rest, crowdPhrases)
	if !others && !crowd {
		return false
	}
	rest, _ = without(rest, crowdTimes)
	return !addsReason(rest) && len(text.ContentStems(rest, text.FR)) <= 2
}

// without takes phrases out of a text where they stand alone and are not denied.
func without(s, phrases string) (rest string, found bool) {
	for p := range strings.SplitSeq(phrases, "|") {
		for at := 0; ; {
			i := strings.Index(s[at:], p)
			if i < 0 {
				break
			}
			start := at + i
			end := start + len(p)
			if standsAlone(s, start, end) && !strings.HasSuffix(s[:start], "not ") {
				s, found = s[:start]+" "+s[end:], true
			}
			at = start + 1
		}
	}
	return s, found
}

// withoutOthers takes out that all the others, whoever they are, are there.
func withoutOthers(s string) (rest string, found bool) {
	words := strings.Fields(s)
	for i := range words {
		if i > 0 && (words[i-1] == "not" || words[i-1] == "pas") {
			continue
		}
		who := afterAny(words[i:], othersOpen)
		for n := 0; who != nil && n <= othersWords && n < len(who); n++ {
			if then := afterAny(who[n:], othersClose); then != nil {
				return strings.Join(words[:i], " ") + " " + strings.Join(then, " "), true
			}
			if bare(who[n]) != who[n] {
				break // who they are ends with its clause
			}
		}
	}
	return s, false
}

// afterAny are the words after the phrase they begin with; nil where they begin with none.
func afterAny(words []string, phrases string) []string {
	for _, p := range strings.Split(phrases, "|") {
		phrase := strings.Fields(p)
		if len(words) >= len(phrase) && slices.EqualFunc(words[:len(phrase)], phrase, func(word, of string) bool { return bare(word) == of }) {
			return words[len(phrase):]
		}
	}
	return nil
}

// bare is a word without the punctuation after it.
func bare(word string) string {
	return strings.TrimRightFunc(word, func(r rune) bool { return !inWord(r) })
}

// addsReason: after an « et » or a "but" come two content words of their language.
func addsReason(rest string) bool {
	words := strings.Fields(rest)
	for i, w := range words {
		lang := text.None
		switch bare(w) {
		case "et", "mais":
			lang = text.FR
		case "and", "but":
			lang = text.EN
		}
		if lang != text.None && len(text.ContentStems(strings.Join(words[i+1:], " "), lang)) >= 2 {
			return true
		}
	}
	return false
}
