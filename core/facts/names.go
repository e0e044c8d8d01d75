package facts

import (
	"strings"

	"unisson/core/text"
)

// readNames finds what the organisation says its tagline or an offer of its own is called, in quotation marks: « Notre devise : “…” »,
// "Our membership is called “…”". An offer is one of several unless a verb names it.
func (r *reader) readNames(atoms []atom) {
	for i := range atoms {
		a := &atoms[i]
		if a.class&(cTagline|cOffer) == 0 || a.quoted() || i == 0 || atoms[i-1].class&cSelf == 0 {
			continue
		}
		at, named := i+1, false
		for at < len(atoms) && at <= i+5 && (atoms[at].class&(cIs|cColon|cDash|cJoin|cCalled) != 0 || atoms[at].is(",") || atoms[at].is("c")) {
			named = named || atoms[at].class&cCalled != 0
			at++
		}
		if at == i+1 || a.class&cOffer != 0 && !named {
			continue
		}
		from, to, ok := quotation(atoms, at)
		if !ok {
			continue
		}
		kind, subject := Tagline, []string(nil)
		if a.class&cOffer != 0 {
			kind, subject = Offer, []string{a.word.Stem}
		}
		r.state(Stated{Kind: kind, Subject: join(subject, ""), Label: r.s[a.start:a.end], Value: spelling(r.s[from:to]), Self: true, Start: int32(from), End: int32(to)})
	}
}

const mostQuoted = 30 // atoms of a name; what is longer is a quotation of somebody

// quotation gives the bytes between the quotation marks that open at i.
func quotation(atoms []atom, i int) (from, to int, ok bool) {
	if i >= len(atoms) || !strings.Contains("«“\"", atoms[i].form) || atoms[i].kind != sign {
		return 0, 0, false
	}
	for at := i + 1; at < min(len(atoms), i+mostQuoted); at++ {
		if atoms[at].kind == sign && strings.Contains("»”\"", atoms[at].form) {
			if at == i+1 {
				return 0, 0, false
			}
			return atoms[i+1].start, atoms[at-1].end, true
		}
	}
	return 0, 0, false
}

// spelling is a name without what typography alone changes.
func spelling(s string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(c rune) bool {
		return c < '0' || c > '9' && c < 'a' || c > 'z' && c < 0x80 || strings.ContainsRune("\u00A0\u202F’…«»“”„", c)
	}), " ")
}
