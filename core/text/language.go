package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// candidate languages of detection: the two we read, and those they are most often taken for.
const (
	candFR = iota
	candEN
	candDE
	candES
	candIT
	candNL
	candPT
	candidates
)

// functionWords are each language's most frequent grammatical words, accents folded. A word of several languages counts a share for each.
var functionWords = [candidates]string{
	candFR: `le la les de des du un une et est a au aux en dans pour par sur avec sans sous que qui quoi dont ou ne pas plus ce cette ces cet il elle ils elles on nous vous je tu se son sa ses leur leurs notre nos votre vos mon ma mes ton ta tes mais si comme tout tous toute toutes sont etre avoir ont fait faire peut aussi tres bien chez entre apres avant depuis lors donc ici c'est n'est qu'il qu'on d'un d'une voici merci bonjour decouvrez rendez venez jour jours ans semaine nouveau nouvelle nouvelles etait ete sera`,
	candEN: `the of and to in is for on with at by from as an a be are was were been has have had it its it's this that these those not but or if we you he she they i our your his her their my me us them will would can could should all more what when where who how which there here so up out about into than then just new do does did don't i'm you're we're get got one now today day week thanks thank please join check see read make time people every very no any over after before`,
	candDE: `der die das und ist nicht mit von zu den dem des ein eine einen einem einer auf fur im in an am es sich auch als nach wie bei aus oder wir ihr sie er ich du uns unser unsere euch ihre sein sind war werden wird haben hat kann aber noch nur so zum zur uber vor durch mehr heute jetzt dass wenn`,
	candES: `el la los las de del un una unos unas y es en que no se por con para su sus lo le les al como mas pero o este esta estos estas esto ser son fue ha han hay muy ya si sin sobre entre cuando todo todos nos nuestro nuestra tu mi yo te os hoy nuevo nueva gracias desde hasta donde`,
	candIT: `il lo la i gli le di del della dei delle degli un una uno e che in non per con si da al alla nel nella sul sono come piu ma anche o se questo questa questi queste ci mi ti vi suo sua loro nostro nostra essere ha hanno oggi tutti tutto dal dalla su tra fra molto grazie nuovo nuova`,
	candNL: `de het een en van in is op te dat die niet met voor zijn aan er om ook als maar naar bij of uit nog door over ze je we hij ik wij jij u wat hun haar deze dit kan worden wordt heeft hebben was meer geen wel tot onze ons jullie vandaag nieuwe`,
	candPT: `o a os as de do da dos das um uma e que em no na nos nas nao para por com se mais mas como ao aos sua seu suas seus este esta isso foi ser sao tem muito ja tambem voce voces nosso nossa pelo pela ate hoje entre quando sem eu ele ela nos novo nova obrigado`,
}

type votes [candidates]float32

var functionIndex = sync.OnceValue(func() map[string]*votes {
	out := map[string]*votes{}
	for l, packed := range functionWords {
		for w := range strings.FieldsSeq(packed) {
			if out[w] == nil {
				out[w] = new(votes)
			}
			out[w][l] = 1
		}
	}
	for _, v := range out { // a word shared by n languages says 1/n of each: la, de, in
		var n float32
		for _, x := range v {
			n += x
		}
		for l := range v {
			v[l] /= n
		}
	}
	return out
})

// longestFunctionWord is in bytes, accents not yet folded.
const longestFunctionWord = 16

// sampledWords bounds detection: the language of a long text shows in its beginning.
const sampledWords = 400

// addLetters adds what a word's letters say.
func (v *votes) addLetters(word string) {
	for _, r := range word {
		if r < utf8.RuneSelf {
			continue
		}
		switch plain(r) {
		case 'ß', 'ä':
			v[candDE] += .7
		case 'ñ':
			v[candES] += 1
		case 'ã', 'õ':
			v[candPT] += 1
		case 'ò', 'ì':
			v[candIT] += 1
		case 'è', 'ê', 'œ', 'û':
			v[candFR] += .4
		case 'ç', 'à', 'é':
			v[candFR] += .15
		case 'ó', 'í', 'á', 'ú':
			v[candES] += .15
			v[candPT] += .15
		case 'ö', 'ü':
			v[candDE] += .4
		}
	}
}

// detect tells the language of a text from its grammatical words and letters; None where there is too little to tell.
func detect(s string, bounds []bound) Lang {
	var v votes
	var latin, foreign, spoken int
	for i := range bounds[:min(len(bounds), sampledWords)] {
		x := bounds[i].form
		if x == nil {
			continue
		}
		latin, foreign = latin+int(x.latin), foreign+int(x.foreign)
		if x.accented {
			v.addLetters(s[bounds[i].start:bounds[i].end])
		}
		spoken++
		if x.elided > 0 {
			v[candFR] += .5 // l' and d' are Italian too
			v[candIT] += .25
		}
		if x.votes != nil {
			for l := range x.votes {
				v[l] += x.votes[l]
			}
		}
	}
	if foreign > latin && foreign >= 4 {
		return Other
	}
	best, second := candFR, -1
	for l := 1; l < candidates; l++ {
		if v[l] > v[best] {
			best, second = l, best
		} else if second < 0 || v[l] > v[second] {
			second = l
		}
	}
	// Two clear grammatical words, ahead of the next language, and not a stray pair in a long text of another one.
	if v[best] < 1.5 || v[best] < 1.3*v[second] || v[best] < .06*float32(spoken) {
		return None
	}
	switch best {
	case candFR:
		return FR
	case candEN:
		return EN
	}
	if v[best] < 2.5 {
		return None // not enough to contradict what the channel is written in
	}
	return Other
}
