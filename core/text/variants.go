package text

import "strings"

// variants change the words of a term, all of them in one way, into other forms of the same words. What makes no word harms nothing: no text holds it.
var variants = [Other + 1][]func(word string) string{
	FR: {
		func(w string) string { return conjugated(w, "ons") }, func(w string) string { return conjugated(w, "ent") }, func(w string) string { return conjugated(w, "u") },
		func(w string) string { return feminine(w, "trice") }, func(w string) string { return feminine(w, "teuse") }, masculine,
		unhyphened, hyphened,
	},
	EN: {irregular, func(w string) string { return respelt(w, 0) }, func(w string) string { return respelt(w, 1) }, unhyphened, hyphened},
}

// conjugated gives a verb in -er its ending of the plural, unless that makes another word (content, parent) or shortens the stem, as
// -ions does, to one that other words have; and one in -dre (vendre), of which no noun makes a word so, its participle too.
func conjugated(verb, ending string) string {
	if root, found := strings.CutSuffix(verb, "re"); found && strings.HasSuffix(root, "d") && len(root) > 3 {
		return root + ending
	}
	root, found := strings.CutSuffix(verb, "er")
	switch {
	case !found || len(root) < 3 || ending == "u" || root == "cont" || root == "par" || ending == "ons" && strings.HasSuffix(root, "i"):
		return verb
	case ending == "ons" && strings.HasSuffix(root, "g"):
		root += "e"
	case ending == "ons" && strings.HasSuffix(root, "c"):
		root = strings.TrimSuffix(root, "c") + "ç"
	}
	return root + ending
}

// feminine of a masculine whose stem it does not share: -teur makes -trice or -teuse; -eur -euse; -er after g, ch, ll or y -ère; -if -ive. A
// feminine that the stemmer takes for a form of a verb is left out: développeuse and développement have one stem.
func feminine(word, agent string) string {
	bare := strings.TrimSuffix(word, "s")
	if root, found := strings.CutSuffix(bare, "teur"); found && len(root) > 1 {
		bare = root + agent
	} else if root, found := strings.CutSuffix(bare, "eur"); found && len(root) > 2 {
		bare = root + "euse"
	} else if root, found := strings.CutSuffix(bare, "er"); found && softened(root) {
		return root + "ère"
	} else if root, found := strings.CutSuffix(bare, "if"); found && len(root) > 2 {
		return root + "ive"
	}
	if strings.HasSuffix(bare, "euse") && !strings.HasSuffix(stem(bare, FR), "eux") {
		return word
	}
	return bare
}

// masculine of such a feminine.
func masculine(word string) string {
	bare := strings.TrimSuffix(word, "s")
	for _, pair := range [...][2]string{{"trice", "teur"}, {"euse", "eur"}, {"ive", "if"}, {"ère", "er"}} {
		root, found := strings.CutSuffix(bare, pair[0])
		if found && len(root) > 1 && (pair[1] != "er" || softened(root) && root != "étag") { // étager is of étage
			return root + pair[1]
		}
	}
	return word
}

// softened: -er after these letters makes -ère; of other words it mostly makes another (miser and misère).
func softened(root string) bool {
	return len(root) > 2 && (strings.HasSuffix(root, "g") || strings.HasSuffix(root, "ch") || strings.HasSuffix(root, "ll") || strings.HasSuffix(root, "y"))
}

// unhyphened writes a compound as one word: co-op, coop; Wi-Fi, wifi.
func unhyphened(word string) string { return strings.ReplaceAll(word, "-", "") }

const vowels = "aeiouyéè"

// hyphened parts the beginnings that are as often joined as not: coop, co-op; ebike, e-bike.
func hyphened(word string) string {
	for _, first := range [...]string{"co", "e", "wi", "non", "éco", "auto"} {
		if rest, found := strings.CutPrefix(word, first); found && len(rest) > 2 && strings.ContainsAny(rest[:2], vowels) && rest[0] != '-' {
			return first + "-" + rest
		}
	}
	return word
}

// irregulars are the plurals of English that the stemmer does not know, after their singulars; -man and its compounds apart. Lives and leaves are left
// out: they are verbs as well.
var irregulars = strings.Fields("child children tooth teeth foot feet goose geese mouse mice person people loaf loaves knife knives wolf wolves half halves shelf shelves calf calves wife wives thief thieves scarf scarves hoof hooves")

// irregular gives the plural of a singular, and the other way round.
func irregular(word string) string {
	for i, form := range irregulars {
		if word == form {
			return irregulars[i^1]
		}
	}
	for _, pair := range [...][2]string{{"man", "men"}, {"men", "man"}} {
		if root, found := strings.CutSuffix(word, pair[0]); found && len(root) != 1 {
			return root + pair[1]
		}
	}
	return word
}

// spellings are what Britain writes one way and America another: endings, then words.
var (
	spellings    = strings.Fields("our or tre ter bre ber ence ense ise ize ised ized ising izing isation ization yse yze ogue og amme am")
	spelledWords = strings.Fields("practice practise grey gray jewellery jewelry aluminium aluminum yoghurt yogurt doughnut donut whisky whiskey mum mom cosy cozy plough plow")
)

// respelt writes a word as on the other side of the ocean: 0 as in America, 1 as in Britain.
func respelt(word string, side int) string {
	for i := side; i < len(spelledWords); i += 2 {
		if word == spelledWords[i] {
			return spelledWords[i^1]
		}
	}
	bare := strings.TrimSuffix(word, "s")
	for i := side; i < len(spellings); i += 2 {
		if root, found := strings.CutSuffix(bare, spellings[i]); found && len(root) > 2 {
			return root + spellings[i^1]
		}
	}
	return word
}
