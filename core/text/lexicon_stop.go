package text

import (
	"strings"
	"sync"
)

// stopWords are the grammatical words, accents folded. A word is a stop word when its form or its stem is one of a listed form's;
// a form after ! does not lend its stem, which an ordinary word shares (sommes and somme).
var stopWords = [Other + 1]string{
	FR: `a ai aie aient aies ainsi ait alors apres as au aucun aucune aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront
aussi autre autres aux avaient avais avait avant avec avez aviez !avions !avoir !avons ayant ayez ayons beaucoup ca !car ce ceci cela celle celles
celui cependant ces cet cette ceux chacun chacune chaque chez ci comme comment contre d dans de deja depuis des desormais deux donc dont du elle elles en encore
enfin entre !derriere !dessous !dessus !devant !envers !hormis !sauf es est et etaient etais etait etant ete etes etiez etions etre eu eue eues eurent eus eut eux faire fais faisait fait !faites !font furent
!fus fut hors ici il ils j je jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais malgre me meme memes mes
mien mienne moi !moins mon n ne ni nos notre notres nous on ont or ou par parce parmi pas pendant peu peut peuvent plus plusieurs pour pourquoi pourtant
pouvez !pouvoir pres puis puisque qu quand que quel quelle quelles quelqu quelque quelques quels qui quoi quoique rien s sa sans se selon sera serai seraient
serais serait seras serez seriez serions serons seront ses si sien sienne sinon soi soient !sois soit !sommes !son sont sous soyez soyons suis !sur t ta
tandis !tant te tel telle telles tels tes tien tienne toi !ton tous tout toute toutes toujours tres trop tu un une va vais vers voici !voila !vont vos votre votres
vous vraiment y ne quelqu'un quelqu'une aujourd'hui jamais etc`,
	EN: `a about above after again against all also although always am among an and another any anyone are aren't around as at be because been before being
below between both but by !can can't cannot could couldn't did didn't do !does doesn't doing don't done down during each either else ever every few for from
further get gets getting got had hadn't has hasn't have haven't having he he'd he'll her here here's hers herself he's him himself his how however how's i
i'd if i'll i'm in into is isn't it it'd it'll its it's itself i've just let's may maybe me might !mine more most much must my myself neither no nor not now
of off often on once one only or other others our ours ourselves out over !own per perhaps quite rather s same shall she she'd she'll she's should shouldn't
since so some such t than that that'll that's the their theirs them themselves then there there's these they they'd they'll they're they've this those
though through thus to too under until up upon us very was wasn't we we'd we'll were we're weren't we've what what's when when's where where's whether which while who
whoever who's whom whose why why's !will with within without won't would wouldn't yes yet you you'd you'll your you're yours yourself yourselves you've
etc via among`,
}

type stopIndex struct{ forms, stems map[string]bool }

var stopIndexes = sync.OnceValue(func() *[Other + 1]stopIndex {
	out := new([Other + 1]stopIndex)
	for l, packed := range stopWords {
		x := stopIndex{map[string]bool{}, map[string]bool{}}
		for w := range strings.FieldsSeq(packed) {
			form, own := strings.CutPrefix(w, "!")
			x.forms[form] = true
			if !own {
				x.stems[stem(form, Lang(l))] = true
			}
		}
		out[l] = x
	}
	return out
})

func isStop(lower, stem string, l Lang) bool {
	if len(lower) == 1 && (l == FR || l == EN) { // of an hour, a metre, an initial
		return true
	}
	x := &stopIndexes()[l]
	return x.stems[stem] || x.forms[Fold(lower)]
}
