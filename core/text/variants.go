package text

import "strings"

// variants are what a term is looked for under as well, where the stemmer tells its forms apart: endings in pairs, either the other's. In a list, the first
// that fits counts, on a root of three letters or none. What makes no word harms nothing: it stands in no text.
var variants = [Other + 1][]string{
	FR: {
		verbs,
		// -er makes -ère after these letters; elsewhere it mostly makes another word (miser, misère), and so does étagère (étage)
		"acteur actrice auteur autrice étagère étagère teur trice eur euse ger gère cher chère ller llère yer yère if ive",
		"teur teuse dre dons", "dre dent", "dre du",
		"coop co-op covoiturage co-voiturage coworking co-working wifi wi-fi email e-mail",
	},
	EN: {
		// Of irregular plurals, lives and leaves are left out: they are verbs as well.
		"child children woman women man men person people tooth teeth foot feet goose geese mouse mice loaf loaves knife knives wolf wolves half halves shelf shelves calf calves wife wives thief thieves scarf scarves hoof hooves " +
			"grey gray jewellery jewelry aluminium aluminum yoghurt yogurt doughnut donut whisky whiskey mum mom cosy cozy plough plow metre meter litre liter practise practice " +
			"our or tre ter bre ber ence ense isation ization ise ize ised ized ising izing yse yze ogue og amme am",
		"coop co-op cooperative co-operative coworking co-working wifi wi-fi email e-mail ebike e-bike nonprofit non-profit",
	},
}

// verbs in -er have two forms that the stemmer leaves alone.
const verbs = "ons ent"

// varied gives a word the other ending of its pair: side says which of a pair it has.
func varied(word, list string, side int) string {
	pairs := strings.Fields(list)
	if list == verbs {
		return conjugated(word, pairs[side])
	}
	bare := strings.TrimSuffix(word, "s")
	for i := side; i < len(pairs); i += 2 {
		root, found := strings.CutSuffix(word, pairs[i])
		if !found {
			root, found = strings.CutSuffix(bare, pairs[i])
		}
		if !found || root != "" && len(root) < 3 {
			continue
		}
		other := root + pairs[i^1]
		if strings.HasSuffix(other, "euse") && !strings.HasSuffix(stem(other, FR), "eux") {
			return word // the stemmer takes it for a form of a verb: développeuse and développement have one stem
		}
		return other
	}
	return word
}

// conjugated gives a verb in -er its ending of the plural, unless that makes another word (content, parent) or shortens the stem, as
// -ions does, to one that other words have.
func conjugated(verb, ending string) string {
	root, found := strings.CutSuffix(verb, "er")
	switch {
	case !found || len(root) < 3 || root == "cont" || root == "par" || ending == "ons" && strings.HasSuffix(root, "i"):
		return verb
	case ending == "ons" && strings.HasSuffix(root, "g"):
		root += "e"
	case ending == "ons" && strings.HasSuffix(root, "c"):
		root = strings.TrimSuffix(root, "c") + "ç"
	}
	return root + ending
}
