package facts

import (
	"slices"

	"unisson/core/text"
)

// passage is where a figure stands with its name, from atom to atom, and what they state; nil where that cannot be read.
type passage struct {
	from, to int
	says     *Stated
}

// stateQualified states what passages of a sentence say, of what the words beside them say it is for: « Pour les étudiants, l’adhésion est à
// 10 € », « 30 € par mois, sans engagement ». What stands before a passage holds for all that follow; what stands behind it, for it. The
// words of a class name no one: « Tarifs : … ».
func (r *reader) stateQualified(atoms []atom, told []passage, names class) {
	var before []string
	end := 0
	for i, p := range told {
		if p.from > end {
			more, sure := qualifiers(atoms[end:p.from], names)
			if !sure {
				return
			}
			before = append(before, more...)
		}
		end = p.to
		next := len(atoms)
		if i+1 < len(told) {
			next = max(end, told[i+1].from)
		}
		if p.says == nil {
			continue
		}
		behind, sure := atoms[end:next], true
		of := slices.Clone(before)
		if !r.turns(behind) {
			var more []string
			more, sure = qualifiers(behind, names)
			of = append(of, more...)
		}
		if !sure || len(of) > mostQualifiers {
			continue
		}
		if len(of) > 0 {
			p.says.Subject += " | " + join(of, "")
		}
		r.state(*p.says)
	}
}

// mostQualifiers: beyond so many words it is another matter that is spoken of.
const mostQualifiers = 4

// qualifiers are the words which are of no statement, and may limit one; not sure where it cannot be told what they mean.
func qualifiers(atoms []atom, names class) (out []string, sure bool) {
	for i := range atoms {
		switch a := &atoms[i]; {
		case a.quoted(), others(a.form):
			return nil, false
		case a.kind == number, a.day > 0:
			out = append(out, a.form)
		case a.kind == sign, a.class&(names|cLink|cSelf|cFrom) != 0, a.word != nil && a.word.Stop, inclusive(a.form):
		case a.word == nil:
			return nil, false
		default:
			out = append(out, a.word.Stem)
		}
	}
	return out, true
}

// others are somebody, though the word is a grammatical one.
func others(form string) bool { return listed(" autre autres other others ", form) }

// turns to something else: after a comma, who speaks begins a clause of its own, « 20 €, on vous attend ».
func (r *reader) turns(atoms []atom) bool {
	if len(atoms) < 2 || !atoms[0].is(",") {
		return false
	}
	switch atoms[1].form {
	case "nous", "on":
		return r.lang == text.FR
	case "we":
		return r.lang == text.EN
	}
	return false
}
