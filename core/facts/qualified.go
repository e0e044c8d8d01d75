package facts

import "unisson/core/text"

// passage is where a figure stands with its name, from atom to atom, and what they state; nil where that cannot be read.
type passage struct {
	from, to int
	says     *Stated
}

// stateUnqualified states what passages of a sentence say, unless something beside them may limit it: « Pour les étudiants, l’adhésion
// est à 10 € », « 30 € (étudiants) ». What stands before a passage holds for all that follow; what stands behind it, for it. The words
// of a class name no one: « Tarifs : … ».
func (r *reader) stateUnqualified(atoms []atom, told []passage, names class) {
	end := 0
	for i, p := range told {
		if p.from > end && says(atoms[end:p.from], names) {
			return
		}
		end = p.to
		next := len(atoms)
		if i+1 < len(told) {
			next = max(end, told[i+1].from)
		}
		if behind := atoms[end:next]; p.says != nil && (!says(behind, names) || r.turns(behind)) {
			r.state(*p.says)
		}
	}
}

// says that there are words which are of no statement, and may limit one.
func says(atoms []atom, names class) bool {
	for i := range atoms {
		switch a := &atoms[i]; {
		case a.kind == number, a.quoted(), a.day > 0, others(a.form):
			return true
		case a.kind == sign, a.class&(names|cLink|cSelf|cFrom) != 0, a.word != nil && a.word.Stop, inclusive(a.form):
		default:
			return true
		}
	}
	return false
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
