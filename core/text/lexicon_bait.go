package text

import "sync"

// What is posted for the reaction alone: the cute, the begged-for like, the teaser and the quote of the day. An entry always leaves a Bait mark.
var baitLexicon = lexicon{
	fr: `chaton, chiot, bébé, bebe, trop mignon, trop mignonne, trop mignons, trop mignonnes, trop chou, trop choupi, trop adorable, craquant, craquante, craquants, craquantes, like si, likez si, liker si, aime si tu, aimez si vous, tague, taguez, tag un ami, tag ton, tag ta, taggue, identifie un ami, identifie une amie, identifiez un ami, mentionne un ami, mentionnez un ami,
partage si, partagez si, partage si tu, partagez si vous, commente si, commente oui, commentez oui, tu ne vas pas croire, vous n'allez pas croire, vous n'allez pas en croire, tu vas pas croire, vous ne devinerez jamais, tu ne devineras jamais, la suite va vous, va vous étonner, va vous surprendre, ce qui se passe ensuite, le résultat est bluffant, citation du jour, pensée du jour, blague du jour, lundi motivation, lundimotivation, motivation du lundi, mondaymotivation,
double tape, double-tape, double tap, doubletap, abonne-toi et gagne, qui est d'accord, dis oui si, dites oui si, mets un coeur, mets un cœur, mettez un cœur, mettez un coeur, lâche un like, lâchez un like, lâche un com, un like pour,
regarde jusqu'au bout, regardez jusqu'au bout, regarde jusqu'à la fin, regardez jusqu'à la fin, like pour la suite, likez pour la suite, abonne-toi pour la suite, abonne-toi pour la partie, abonnez-vous pour la suite, va te choquer, va vous choquer, va te surprendre, va t'étonner, si tu vois cette vidéo, si vous voyez cette vidéo,
enregistre cette vidéo, enregistrez cette vidéo, partage à trois, partagez à trois`,
	en: `kitten, kitty, kitties, puppy, puppies, pup, baby, babies, cute, cutest, cuteness, adorable, adorably, adorbs, like if, like this if, like and share, share if, retweet if, rt if, share if you can relate, retweet if you can relate, rt if you can relate, tag a friend, tag someone, tag your, tag a mate, tag the person, comment yes, comment below if, drop a heart, drop an emoji, smash that like, smash the like, you won't believe, you'll never believe, you will not believe, you wont believe, you'll never guess, what happens next, what happened next, will blow your mind, will melt your heart, restore your faith, can't even handle, faith in humanity,
quote of the day, joke of the day, thought of the day, quoteoftheday, monday motivation, mondaymotivation, motivation monday, motivationmonday, double tap, double-tap, doubletap, who's with me, who agrees, agree or disagree, caption this, type amen, say amen, follow for more, watch till the end, watch until the end, wait till the end, send this to a friend, send this to someone, share this with a friend, share this with someone, like for part, follow for part, if you see this video, if you're seeing this`,
}

// plainSpeech are entries with the few words after them, or the one before, that make plain speech of them: a thing that is called so, a
// call for help, how to use a screen. Folded, without hyphens.
const plainSpeech = `, baby changing, baby change, baby grand, baby clinic, baby group, baby groups, baby class, baby classes, baby bank, baby food, baby milk, baby formula, baby seat, baby seats, baby carrots, baby leaf, baby corn, baby spinach, baby swim, baby loss, baby boom, baby blue, babies and toddlers, seal pup, seal pups, otter pup, otter pups, bat pup, bat pups, fox pup, wolf pup, wolf pups, shark pup, shark pups,` +
	` share if you can, rt if you can, retweet if you can, share if you could, share if possible, rt if possible, share if you see, share if you spot, share if you live, double tap the screen, double tap your screen, double tap on the screen, double tap the map, double tap on the map, double tap the chart, double tap the icon, double tap the button, puppy training, puppy class, puppy classes,` +
	` bebe nageur, bebe nageurs, bebes nageurs, bebe lecteur, bebe lecteurs, bebes lecteurs, siege bebe, sieges bebe, siege bebes, espace bebe, espace bebes, coin bebe, coin bebes, lait bebe, lit bebe, lits bebe, chaise bebe, chaises bebe,` +
	` partage si tu peux, partagez si vous pouvez, partage si possible, partagez si possible, partagez si vous voyez, partagez si vous habitez, double tap sur l'ecran, double tape sur l'ecran, double tap sur la carte, double tape sur la carte,`

// youngOnes are the entries that are the everyday words of some trades: a day nursery, a vet. Praise and begging are nobody's trade.
var youngOnes = [Other + 1]string{
	FR: "chaton chatons chiot chiots bébé bébés",
	EN: "kitten kitty kitties puppy puppies pup baby babies",
}

var youngStems = sync.OnceValue(func() *[Other + 1]map[string]bool {
	out := new([Other + 1]map[string]bool)
	for l, words := range youngOnes {
		out[l] = map[string]bool{}
		for _, s := range Stems(words, Lang(l)) {
			out[l][s] = true
		}
	}
	return out
})

// YoungOne reports whether the stem is that of a young creature, which baits unless it is a house's trade.
func YoungOne(stem string, l Lang) bool { return youngStems()[l][stem] }
