package facts

import (
	"strings"
	"unicode/utf8"
)

// Phrases are other words for what stands on the right, which is what values and hours are read by. A full stop between two words of a
// phrase may be written or not; # is a year, which stays; after ^ no number stands before.
const (
	hourPhrases = "a.m .=am|a.m=am|p.m .=pm|p.m=pm|24 / 7=0 h - 24 h daily|24 / 24=0 h - 24 h|24 h / 24=0 h - 24 h|24 h sur 24=0 h - 24 h|24 heures sur 24=0 h - 24 h|24 hours a day=0 h - 24 h|" +
		"7 / 7=daily|7 j / 7=daily|7 jours / 7=daily|7 jours sur 7=daily|7 jours par semaine=daily|7 days a week=daily|, 7 days a week=daily|, 7 days=daily|, 7 jours / 7=daily|, 7 jours sur 7=daily|, 7 jours=daily|week - end=weekends|week - ends=weekends"
	phrasesEN = "every day=daily|until=to|till=to|til=to|except=closed|gbp=£|usd=$|p.a=per year|pa=per year|yearly=per year|annually=per year|mo=month|pcm=per month|monthly=per month|inc vat=ttc|incl vat=ttc|including vat=ttc|" +
		"ex vat=ht|excl vat=ht|excluding vat=ht|plus vat=ht|+ vat=ht|free of charge=free|free entry=free|free admission=free|entry free=free|admission free=free|no charge=free|th of=th|st of=st|nd of=nd|rd of=rd|" +
		"in #=|since #=|est #=|^st=street|^rd=road|ave=avenu|sq=squar|ln=lane|concs=concess|children=child|&=and"
	phrasesFR = "tous les jours=daily|jusqu ' a=to|jusqu ’ a=to|sauf=ferme|annuel=par an|annuels=par an|mensuel=par mois|mensuels=par mois|tva incluse=ttc|tva comprise=ttc|toutes taxes comprises=ttc|hors tva=ht|hors taxes=ht|" +
		"l ’ entree est gratuite=gratuit|entree libre=gratuit|entree gratuite=gratuit|acces libre=gratuit|acces gratuit=gratuit|sans frais=gratuit|en #=|depuis #=|st=saint|ste=saint|bd=boulevard|bld=boulevard|av=avenu|pl=plac|&=et"
)

// plain puts atoms in the words of phrases.
func plain(atoms []atom, phrases string) (out []atom) {
	for i := 0; i < len(atoms); {
		next := i
		for list, phrase := phrases, ""; list != "" && next == i; {
			phrase, list, _ = strings.Cut(list, "|")
			from, to, _ := strings.Cut(phrase, "=")
			if next = spelt(atoms, i, from); next == i {
				continue
			}
			for form := ""; to != ""; {
				form, to, _ = strings.Cut(to, " ")
				a := atom{kind: word, start: atoms[i].start, end: atoms[next-1].end, form: form, meaning: meanings()[form]}
				switch c, _ := utf8.DecodeRuneInString(form); {
				case c <= '9' && c >= '0':
					a.kind = number
				case signOf(c) != 0:
					a.kind, a.class = sign, signOf(c)
				}
				out = append(out, a)
			}
		}
		if next == i {
			out = append(out, atoms[i])
			next++
		}
		i = next
	}
	return out
}

// spelt gives where a phrase ends that begins at i; i where none does.
func spelt(atoms []atom, i int, phrase string) (next int) {
	if phrase[0] == '^' {
		if phrase = phrase[1:]; i > 0 && atoms[i-1].kind == number {
			return i
		}
	}
	for next, form := i, ""; ; next++ {
		form, phrase, _ = strings.Cut(phrase, " ")
		if next > i && next < len(atoms) && atoms[next].is(".") && form != "." {
			next++
		}
		switch {
		case next == len(atoms):
			return i
		case form == "#" && len(atoms[next].form) == 4 && atoms[next].kind == number:
			return next
		case !atoms[next].is(form):
			return i
		case phrase == "":
			return next + 1
		}
	}
}
