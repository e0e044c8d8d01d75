package text

import (
	"strings"
	"sync"
)

// lightWords are words any text may hold whatever it speaks of: the names of days and months, numerals, light verbs and adjectives, adverbs. They are no stop
// words, since style and statistics count them, but two texts that share one share nothing by it. Left out is whatever has the stem of somebody's trade
// (assurer that of assurance, ancien that of old houses, week that of a weekly, number that of whoever measures) and whatever is only frequent (service, public).
var lightWords = [Other + 1]string{
	FR: `an année annuel jour journée matin soir semaine mois fois date hier demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril mai juin
juillet août septembre octobre novembre décembre période durée début fin prochain dernier premier second actuel récent nouveau nouvelle futur
million millier milliard centaine dizaine cent mille trois quatre cinq six sept huit neuf dix vingt trente moitié tiers partie plupart majorité total double
grand petit gros nombreux divers différent certain seul meilleur mieux bien loin vite souvent parfois ensuite bientôt afin grâce également seulement facilement
permettre permet permettant mettre mis mettent proposer offrir offre prendre pris rendre venir aller voir vouloir devoir doit doivent falloir faut savoir rester tenir trouver
retrouver mener concerner devenir exister utiliser commencer continuer réaliser obtenir faciliter améliorer favoriser aider disposer consister nécessiter
permettent proposent offrent rendent viennent restent tiennent trouvent deviennent existent utilisent commencent continuent facilitent améliorent favorisent aident nécessitent
façon manière chose cas exemple niveau sorte but besoin`,
	EN: `year month morning evening today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday january february april june july september october
november december end next last first second recent current early late previous new former future ago
many lot million billion thousand hundred dozen two three four five six seven eight nine ten twenty thirty half whole
great good better best big small large little long high different various several certain main soon together really still
make made take taken give given get go come see seen look want need keep put become provide offer allow include try use begin continue help know think mean like
thing way kind example everyone everything everybody something someone somebody anything anyone anybody nothing nobody day`,
}

var lightStems = sync.OnceValue(func() *[Other + 1]map[string]bool {
	out := new([Other + 1]map[string]bool)
	for l, packed := range lightWords {
		out[l] = map[string]bool{}
		for w := range strings.FieldsSeq(packed) {
			out[l][stem(w, Lang(l))] = true
		}
	}
	return out
})

// Light reports whether two texts that share this stem share nothing by it.
func Light(stem string, l Lang) bool { return lightStems()[l][stem] }
