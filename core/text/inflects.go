package text

import "strings"

// Inflects tells whether what is written is a term as it was given or an inflection of it: a plural, a feminine, a form of its verb. Words of one
// stem need not be (custom, customer; vent, vente; cure, curé). An accent may be missing from what is written, not added to it.
func Inflects(term, written string, l Lang) bool {
	terms, words := lowerWords(term, l), lowerWords(written, l)
	if len(terms) != len(words) {
		return false
	}
	for i, t := range terms {
		if !inflectsWord(t, words[i], l) {
			return false
		}
	}
	return true
}

func lowerWords(s string, l Lang) (out []string) {
	eachTermWord(s, l, func(x *lexeme) { out = append(out, x.lower) })
	return out
}

func inflectsWord(term, word string, l Lang) bool {
	switch l {
	case FR:
		if root, masculine := strings.CutSuffix(term, "al"); masculine && isOne(word, root, "aux") || singular(word) == singular(term) {
			return true
		}
		if plural := strings.TrimRight(term, "sx"); plural != term && isOne(word, plural, "") {
			return true
		}
		for _, infinitive := range [...]string{"er", "ir", "re"} {
			if root, found := strings.CutSuffix(term, infinitive); found && len(root) >= 3 && isOne(word, root, ofVerbs...) {
				return true
			}
		}
		return isOne(word, term, "", "s", "x") || len(term) >= longEnough && isOne(word, term, "e", "es")
	case EN:
		if root, found := strings.CutSuffix(term, "y"); found && isOne(word, root, "ies", "ied") {
			return true
		}
		if term != "" && isOne(word, term+term[len(term)-1:], "ed", "ing") { // plan, planning
			return true
		}
		return isOne(word, term, "", "s", "es", "'s", "ed", "ing") || isOne(word, strings.TrimSuffix(term, "e"), "es", "ed", "ing") || isOne(word, strings.TrimSuffix(term, "s"), "")
	}
	return true
}

// isOne tells that a word is a root with one of these endings, its accents written or not.
func isOne(word, root string, endings ...string) bool {
	for _, ending := range endings {
		if form := root + ending; word == form || word == Fold(form) {
			return true
		}
	}
	return false
}

// longEnough for an e to make a feminine of a word rather than another word (foi and foie, vent and vente), in bytes.
const longEnough = 5

var ofVerbs = strings.Fields("er ir re e es ons ez ent é ée és ées ant ais ait ions iez aient ai as a era eras erons erez eront erait eraient is it issons issez issent issant i ie ies u ue us ues s t d ds ra rait ront")
