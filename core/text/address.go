package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// addressClass is what a French word form can be to the one reader a text speaks to.
type addressClass uint32

const (
	acTu         addressClass = 1 << iota // tu
	acObjectTu                            // te, toi
	acPossTu                              // ta, tes
	acTon                                 // ton: possessive, or the noun
	acTien                                // tien, tienne…, after its article
	acVous                                // vous
	acPossVous                            // votre, vos, vôtre
	acEz                                  // a verb in -ez
	acEtes                                // êtes
	acFaites                              // faites, dites: participles too
	acClitic                              // may stand between a subject and its verb
	acSilent                              // ends in s or x, as a verb after tu does
	acImperative                          // imperative of tu, no ordinary noun
	acNounVerb                            // imperative of tu that is a noun or participle as well: visite, réunis
	acAux                                 // before « tu » it makes it the participle of taire: s'est tu
	acDeterminer                          // le, un, ce, mon…: a noun follows
	acOpener                              // may open a clause before its verb: et, alors, puis
	acComplement                          // an article, pronoun or adverb: what follows a verb rather than a noun
	acTous                                // tous, toutes, nombreux: said of vous, several people
	acGroup                               // right after vous (vous deux, vous autres): several people
	acGreeting                            // bonjour (à tous)
	acPlural                              // chers, mesdames, messieurs; cher too, as cher(e)s is cut
	acPartitive                           // entre, parmi, un de (vous)
	acTowards                             // where one goes: after allez, a verb of its own
	acCrowd                               // called with their article, several people: les amis
	acPeople                              // opening a sentence, called without their article: supporters, vous
)

// addressForms lists the closed classes; verbs of the open one are told by their endings.
var addressForms = [...]struct {
	class addressClass
	forms string
}{
	{acTu, "tu"}, {acObjectTu, "te toi"}, {acPossTu, "ta tes"}, {acTon, "ton"}, {acTien, "tien tienne tiens tiennes"},
	{acVous, "vous"}, {acPossVous, "votre vos vôtre vôtres"}, {acEtes, "êtes etes"}, {acFaites, "faites dites refaites défaites redites satisfaites"},
	{acClitic, "ne n me m te se le la les l lui leur nous y en vous"},
	{acAux, "est été a ont sont était étaient eut fut avait avaient soit être avoir s'est ayant étant ai suis sera"},
	{acDeterminer, "le la les l un une des du au aux ce cet cette ces mon ma mes son sa ses notre nos leur leurs quel quelle même bon autre demi chaque quelque"},
	{acOpener, "et ou mais alors donc puis bref ensuite sinon oui non allez allons ben bah voilà hop ok bon merci svp bonjour salut coucou hé hey eh aussi maintenant surtout"},
	{acComplement, "le la les l un une des du au aux ce cet cette ces ça cela ton ta tes toi te moi mon ma mes nos notre son sa ses leur leurs tout toute tous toutes rien pas donc vite bien ici là vers comment pourquoi où quand qui que qu quoi jamais plus si"},
	{acTous, "tous toutes toustes nombreux nombreuses"}, {acGroup, "tous toutes deux trois quatre autres"},
	{acGreeting, "bonjour bonsoir merci mercis bienvenue salut coucou bravo félicitations hello bises"},
	{acPlural, "chers chères chèrs cher chèr mesdames messieurs mesdemoiselles"},
	{acPartitive, "entre parmi"},
	{acTowards, "à au aux en dans sur sous chez vers voir jusque jusqu jeter faire chercher plus"},
	{acCrowd, "amis amies copains copines enfants parents mamans papas gars filles bénévoles"},
	{acPeople, people},
	{acImperative, imperatives}, {acNounVerb, nounImperatives},
}

// imperatives are common verbs in the imperative of tu whose form is hardly ever a noun or an adjective.
const imperatives = `abonne accepte accède accorde admire adopte agis aide aie ajoute allume améliore amuse appelle apporte apprends appuie arrête assieds attends attrape bois bouge cache calcule change
chante cherche choisis clique collectionne commande commence compare complète comprends compte confie connecte conserve considère construis contacte continue contribue convaincs coupe couvre crains crée crois cuisine danse débute décide déclare découvre
décris déguste demande démarre dépêche déplace dépose descends dessine détends deviens devine dis discute donne dors dose économise écris embarque embrasse emmène emporte emprunte encourage enfile enlève entraîne entre entretiens enregistre envoie
épargne épate essaie essaye éteins étudie évite évalue examine explique explore exprime fabrique fais ferme fête ficelle filme finis fonce fouille gagne garde glisse goûte grandis habille hésite ignore imagine imprime indique informe inscris insère inspire installe inverse
invente investis invite jette joins joue lève libère loue maintiens mange maquille mêle mémorise mène mesure monte montre mords motive navigue nettoie nomme note obtiens occupe offre organise oriente oublie ouvre parcours pardonne parle participe parraine
pars passe patiente pense perds perfectionne permets persiste place plante plonge porte pose possède poste postule pousse pratique prends prépare présente prête préviens procure profite programme promets promène protège prouve raconte ralentis ramasse ramène range rappelle rapporte rassure
réagis réalise reçois recherche récolte recommande reconnais récupère recycle redécouvre redonne réduis réfléchis refuse regarde regagne rejoins relève relis remercie remets remonte remplace rencontre rends renouvelle renseigne rentre remporte renvoie répare repense réponds repose
repars réserve résiste respecte respire ressens reste retiens retire retourne retrouve réveille révèle reviens révise revois risque rêve sache sauve savoure sélectionne sens sers signe simplifie sois sors souhaite soulève soumets souris souscris soutiens souviens stocke
suis surprends survole supprime tague tape télécharge tente termine teste tire touche traite transforme travaille trouve tourne utilise va vends vérifie verse veille veuille vide viens vis vise visualise vois vote voyage`

// nounImperatives are nouns or participles too (écoute active, réunis en mairie), or head small advertisements (cherche bénévoles, vends tracteur): only an
// object or pronoun that follows at once makes them verbs.
const nounImperatives = `aide change commande compte danse demande fête garde joue loue marche mesure monte montre note offre parcours passe place plante porte pose poste pratique programme recherche rencontre réserve reste rêve risque souris tente tire touche travaille vide visite vis vote voyage
entre pousse cuisine signe trouve cache coupe lève tourne prête présente veille vise teste allume ficelle dose éclaire complète double traite récolte ferme conserve épargne fabrique fouille relève bois sens cherche vends donne
écoute paie paye baisse partage approche avance mélange dépense mets serre lave ris lis grimpe fixe précise achète propose assure accompagne surveille coche combine dégaine laisse mérite quitte songe réunis remplis saisis nourris fournis franchis élargis réussis`

// people are words for several people that are called by what they are. A closed list: other nouns in -s that open a sentence name
// what it is about (travaux, vous…), and adverbs do too (toujours, vous…).
const people = `abonnés abonnées acteurs actrices adhérents adhérentes administrés adolescents adolescentes ados adultes agriculteurs agricultrices aînés amateurs amatrices amies amis animateurs animatrices apprentis apprenties artisans artisanes artistes assistants assistantes assurés assurées auditeurs auditrices auteurs autrices automobilistes
bénévoles camarades candidats candidates cavaliers cavalières chanteurs chanteuses choristes citadins citadines citoyens citoyennes clients clientes collaborateurs collaboratrices collectionneurs collectionneuses collégiens collégiennes collègues commerçants commerçantes concitoyens concitoyennes confrères consœurs consommateurs consommatrices copains copines copropriétaires
coureurs coureuses cyclistes danseurs danseuses débutants débutantes dirigeants dirigeantes donateurs donatrices donneurs donneuses éducateurs éducatrices électeurs électrices élèves éleveurs éleveuses élus élues employés employées employeurs enfants enseignants enseignantes entraîneurs entraîneuses entrepreneurs entrepreneuses équipiers équipières étudiants étudiantes exposants exposantes fans festivaliers festivalières fidèles filles
garçons gars gourmands gourmandes gourmets grimpeurs grimpeuses habitants habitantes habitués habituées internautes invités invitées jardiniers jardinières jeunes joueurs joueuses lecteurs lectrices licenciés licenciées locataires lycéens lycéennes mamans mamies marcheurs marcheuses mariés mariées marraines membres militants militantes musiciens musiciennes nageurs nageuses papas papis parents parrains partenaires participants participantes
particuliers passagers passagères passionnés passionnées patients patientes pêcheurs pêcheuses photographes pompiers professeurs professionnels professionnelles profs promeneurs promeneuses propriétaires pros randonneurs randonneuses recruteurs recruteuses résidents résidentes retraités retraitées riverains riveraines salariés salariées seniors séniors sociétaires soignants soignantes spectateurs spectatrices sportifs sportives stagiaires supporters supporteurs supportrices
touristes usagers usagères vacanciers vacancières vendeurs vendeuses visiteurs visiteuses voisins voisines volontaires voyageurs voyageuses`

var addressIndex = sync.OnceValue(func() map[string]addressClass {
	out := map[string]addressClass{}
	for _, x := range addressForms {
		for w := range strings.FieldsSeq(x.forms) {
			out[w] |= x.class
		}
	}
	return out
})

func classifyAddress(lower string) addressClass {
	if masculine, plural := inclusive(lower); plural { // cher·es, tou·tes
		lower = strings.TrimRight(masculine, "sx") + "s"
	}
	c := addressIndex()[lower]
	if c&acNounVerb != 0 {
		c &^= acImperative
	}
	if len(lower) >= 4 && strings.HasSuffix(lower, "ez") {
		switch lower {
		case "assez", "chez", "riez", "rez", "raz", "nez", "rendez", "lopez", "gomez", "suez", "perez", "merguez", "fez", "lez":
		default:
			c |= acEz
		}
	}
	if ageClass(lower) {
		c |= acPeople
	}
	if n := len(lower); n > 1 && (lower[n-1] == 's' || lower[n-1] == 'x') {
		c |= acSilent
	}
	return c
}

// ageClass: the players of a club by their age, as U12 are those under twelve.
func ageClass(lower string) bool {
	age, found := strings.CutPrefix(lower, "u")
	return found && (len(age) == 1 && '6' <= age[0] && age[0] <= '9' || len(age) == 2 && '1' <= age[0] && age[0] <= '2' && '0' <= age[1] && age[1] <= '9')
}

// findAddress marks the evidence of tu and vous spoken to one reader. Quotations, plural vous and fixed phrases show nothing.
func (r *reader) findAddress() Address {
	r.findDialogue()
	plural := r.vousIsPlural()
	first := len(r.marks)
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.tag || t.quoted || t.said || t.silent {
			continue
		}
		if strings.EqualFold(t.elided, "t") && !r.capitalInside(i) {
			r.mark(Tu, r.bounds[i].start, t.start)
		}
		c := t.lex.address
		switch {
		case c&acSilent != 0 && c&^acSilent == 0:
			if r.negated(i) && !strings.HasSuffix(t.lex.lower, "ons") && (r.is(i+1, "pas") || r.is(i+1, "jamais")) { // ne retournes pas: the imperative with an s too many; ne tardons pas is ours
				r.mark(Tu, t.start, t.end)
			}
		case c&(acTu|acObjectTu|acPossTu|acTon|acTien) != 0 && r.isTu(i, c):
			r.mark(Tu, r.inverted(i), t.end)
			if c&acTu != 0 {
				r.markVerbAfter(i)
			}
		case c&(acVous|acPossVous|acEz|acEtes|acFaites) != 0:
			if !plural && r.isVous(i, c) {
				r.mark(Vous, r.inverted(i), t.end)
			}
		case c&(acImperative|acNounVerb) != 0 && r.isImperative(i, c):
			r.mark(Tu, t.start, t.end)
		}
	}
	r.marks = r.marks[:first+len(withoutRepeats(r.marks[first:]))]
	var out Address
	for _, m := range r.marks[first:] {
		if m.Kind == Tu {
			out |= AddressTu
		} else {
			out |= AddressVous
		}
	}
	return out
}

// withoutRepeats drops a mark that lies within the next one of its kind: the verb of an inversion.
func withoutRepeats(marks []Mark) []Mark {
	out := marks[:0]
	for _, m := range marks {
		if n := len(out); n > 0 && out[n-1].Kind == m.Kind && m.Start <= out[n-1].Start {
			out[n-1] = m
			continue
		}
		out = append(out, m)
	}
	return out
}

// gap is the text between a word and the one before. It, class and is are asked for in hundreds of places: inlined, they take ten kilobytes of the
// browser's module and not less time.
//
//go:noinline
func (r *reader) gap(i int) string {
	if i == 0 || i >= len(r.tokens) {
		return "\n"
	}
	return r.s[r.tokens[i-1].end:r.bounds[i].start]
}

//go:noinline
func (r *reader) hyphen(i int) bool {
	g := r.gap(i)
	return g == "-" || g == "‐" || g == "‑"
}

func (r *reader) spaced(i int) bool {
	for _, c := range r.gap(i) {
		if c != ' ' && c != '\u00A0' && c != narrowSpace && c != '\'' && c != '’' {
			return false
		}
	}
	return i > 0 && i < len(r.tokens)
}

// class of the word at i, where only spaces part it from its neighbour towards from; none otherwise.
//
//go:noinline
func (r *reader) class(i int) addressClass {
	if i < 0 || i >= len(r.tokens) {
		return 0
	}
	return r.tokens[i].lex.address
}

//go:noinline
func (r *reader) is(i int, word string) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].lex.lower == word
}

// inverted gives where the mark of the word at i begins: at its verb, when a hyphen joins them (as-tu, pensez-vous).
func (r *reader) inverted(i int) int {
	if i > 0 && r.class(i)&(acTu|acVous|acObjectTu) != 0 && r.hyphen(i) && !r.is(i-1, "même") {
		return r.tokens[i-1].start
	}
	return r.tokens[i].start
}

func (r *reader) isTu(i int, c addressClass) bool {
	before := addressClass(0)
	if r.spaced(i) && !r.hyphen(i-1) {
		before = r.class(i - 1)
		if r.tokens[i].elided != "" {
			before |= acDeterminer
		}
	}
	if r.capitalInside(i) || r.titleOfTu(i) {
		return false
	}
	switch {
	case c&acTu != 0:
		if r.hyphen(i) && r.is(i+1, "en") && r.is(i+2, "voilà") { // en veux-tu en voilà
			return false
		}
		return !(before&acAux != 0) && !(r.hyphen(i) && r.hyphen(i+1)) && r.tokens[i].elided == "" // s'est tu; m'as-tu-vu
	case c&acTon != 0: // le ton, un ton de, ton sur ton
		return before&acDeterminer == 0 && r.spaced(i+1) && !r.is(i+1, "de") && !r.is(i+1, "sur") && !r.is(i+1, "et") && !r.is(i+1, "est") && r.tokens[i].elided == ""
	case c&acTien != 0:
		return before&acDeterminer != 0 && (r.is(i-1, "le") || r.is(i-1, "la") || r.is(i-1, "les") || r.is(i-1, "du") || r.is(i-1, "au") || r.is(i-1, "des"))
	}
	return true
}

// markVerbAfter marks the verb of tu where other words stand between them: tu ne peux, tu le vendais.
func (r *reader) markVerbAfter(i int) {
	if r.hyphen(i) {
		return // its verb is before it
	}
	for j := i + 1; j < len(r.tokens) && j <= i+4 && r.spaced(j); j++ {
		t := &r.tokens[j]
		if t.lex.address&acClitic != 0 && t.elided == "" {
			continue
		}
		if t.lex.address&acSilent != 0 && (j > i+1 || t.elided != "") && t.elided != "d" {
			r.mark(Tu, t.start, t.end)
		}
		return
	}
}

func (r *reader) isVous(i int, c addressClass) bool {
	t := &r.tokens[i]
	switch {
	case c&acVous != 0:
		return !r.fixedVous(i)
	case c&acPossVous != 0:
		return !(r.is(i-1, "à") && (r.is(i+1, "marques") || r.is(i+1, "souhaits")))
	case c&acEtes != 0:
		return true
	case c&acEz != 0:
		if r.capitalized(i) && (!r.clauseStart(i) || r.titled(i)) || r.capitalInside(i) {
			return false // Martinez, M. Lopez; Millau, Rodez et Decazeville
		}
		if t.lex.lower == "partez" && r.is(i-1, "prêts") {
			return false
		}
		if t.lex.lower == "allez" && r.clauseStart(i) && !r.hyphen(i+1) && !(r.spaced(i+1) && r.class(i+1)&acTowards != 0) {
			return false // allez, on y va: an interjection
		}
		return !(r.hyphen(i+1) && strings.HasSuffix(r.tokens[i+1].lex.lower, "er")) // laissez-passer
	}
	// faites, dites: a verb after its subject or at the head of its clause, else mostly a participle
	if r.clauseStart(i) || r.hyphen(i+1) && r.class(i+1)&(acVous|acClitic|acComplement) != 0 || strings.EqualFold(t.elided, "n") {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-3 && r.spaced(j+1); j-- {
		if c := r.class(j); c&acVous != 0 || r.is(j, "ne") {
			return true
		} else if c&acClitic == 0 {
			return false
		}
	}
	return false
}

// capitalized: the word begins with a capital, its elision's if it has one, and does not merely shout.
func (r *reader) capitalized(i int) bool {
	if i >= len(r.tokens) {
		return false
	}
	word := r.s[r.bounds[i].start:r.tokens[i].end]
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && strings.ToUpper(word) != word
}

// capitalInside: a capital that no sentence's beginning asks for, as of a name or a title. After what is no word (a bracket, a
// figure, a mention), a sentence may as well begin.
func (r *reader) capitalInside(i int) bool {
	if i == 0 || !r.capitalized(i) || r.tokens[i-1].tag || r.sentenceStart(i) {
		return false
	}
	c, n := utf8.DecodeLastRuneInString(strings.TrimRight(r.gap(i), " \u00A0\u202F'’"))
	return n == 0 || strings.ContainsRune(",;&", c)
}

// titleOfTu: tu opens a sentence and is part of a name all the same: Toi & Moi; Tu Youyou, since no verb after tu ends so.
func (r *reader) titleOfTu(i int) bool {
	if !r.capitalized(i) || !r.capitalized(i+1) {
		return false
	}
	if r.joins(i+1, "&") {
		return true
	}
	next := r.tokens[i+1]
	return r.class(i)&acTu != 0 && r.spaced(i+1) && next.elided == "" && next.lex.address&(acSilent|acClitic) == 0
}

// joins says that a sign, with or without spaces, is all that stands between a word and the one before.
func (r *reader) joins(i int, sign string) bool {
	return strings.Trim(r.gap(i), " \u00A0\u202F") == sign
}

// titled: after the short form of a title, whose full stop ends no sentence.
func (r *reader) titled(i int) bool {
	return r.is(i-1, "m") || r.is(i-1, "mm") || r.is(i-1, "dr") || r.is(i-1, "pr") || r.is(i-1, "mr")
}

func (r *reader) fixedVous(i int) bool {
	switch {
	case r.is(i-1, "rendez"), r.is(i-1, "garde"):
		return true
	case r.is(i-1, "à") && r.is(i-2, "garde") && r.hyphen(i):
		return true
	case r.is(i-1, "il") && (r.is(i+1, "plaît") || r.is(i+1, "plait")):
		return true
	case r.hyphen(i+1) && r.is(i+1, "mêmes"):
		return true
	case r.is(i-1, "à") && r.is(i+1, "de") && r.is(i+2, "jouer"):
		return true
	}
	return false
}

// vousIsPlural says that the text speaks to several people at once: then its vous tells nothing of how one is addressed.
func (r *reader) vousIsPlural() bool {
	for i := range r.tokens {
		c := r.class(i)
		if c&(acVous|acPlural|acGreeting|acObjectTu|acEz|acCrowd|acPeople) == 0 || r.tokens[i].quoted || r.tokens[i].said {
			continue
		}
		if c&(acCrowd|acPeople) != 0 && r.hailed(i) {
			return true // supporters, vous avez mis le feu
		}
		switch {
		case c&acObjectTu != 0: // toi et tes chiens vivez
			if r.is(i, "toi") && r.is(i+1, "et") && r.spaced(i+1) && r.class(i+2)&(acDeterminer|acPossTu|acTon) != 0 {
				return true
			}
		case c&acPlural != 0:
			if (r.clauseStart(i) || r.is(i-1, "et")) && (c&acSilent != 0 || r.bothGenders(i+1)) {
				return true
			}
		case c&acCrowd != 0: // les amis, on vous attend ; merci les bénévoles !
			if r.called(i) {
				return true
			}
		case c&acEz != 0: // venez nombreux
			if r.together(i + 1) {
				return true
			}
		case c&acGreeting != 0: // bonjour à tous, merci à toutes et tous
			if r.is(i+1, "à") && (r.class(i+2)&acTous != 0 || r.is(i+2, "vous") && r.class(i+3)&acTous != 0) ||
				r.is(i+1, "tout") && r.is(i+2, "le") && r.is(i+3, "monde") || r.is(i+1, "la") && r.is(i+2, "compagnie") {
				return true
			}
		case r.joins(i, ",") && r.class(i-1)&acTous != 0 && (r.sentenceStart(i-1) || r.is(i-2, "et") && r.class(i-3)&acTous != 0):
			return true // toutes et tous, vous avez
		case r.spaced(i+1) && r.class(i+1)&acGroup != 0 && r.class(i+2)&acDeterminer == 0 && r.tokens[i+1].elided == "":
			return true // vous toutes, vous deux
		case r.hyphen(i+1) && r.is(i+1, "mêmes"), r.spaced(i) && r.class(i-1)&acPartitive != 0:
			return true
		case r.is(i+1, "les") && strings.HasPrefix(r.gap(i+1), ",") && r.sentenceStart(i):
			return true // vous, les bénévoles
		case r.spaced(i+1) && r.class(i+1)&(acEz|acVous|acEtes) == 0 && r.together(i+2):
			return true // on vous attend nombreux
		case r.severalAfter(i + 1):
			return true
		}
	}
	return false
}

// hailed: several people are called by what they are and nothing else, at the head of a sentence that goes on with vous: amis
// lecteurs, vous…; bénévoles de la buvette, apportez…; licenciés, bénévoles : vous… After a colon, a verb tells nothing: what is
// before is a heading (enfants : réservez).
func (r *reader) hailed(i int) bool {
	first := i
	if r.hyphen(i) {
		first-- // grands-parents
	}
	if !r.sentenceStart(first) {
		return false
	}
	for j := i + 1; j <= i+8 && j < len(r.tokens); j++ {
		comma, colon, c := r.joins(j, ","), r.joins(j, ":"), r.class(j)
		switch {
		case (comma || colon) && c&(acVous|acPossVous) != 0, comma && c&(acEz|acEtes) != 0:
			return true
		case comma && c&acPeople != 0:
		case !r.spaced(j) && !r.hyphen(j), c&(acVous|acPossVous|acEz) != 0:
			return false
		}
	}
	return false
}

// called: several people are called by what they are, between a beginning, a greeting or a comma and a sign.
func (r *reader) called(i int) bool {
	ends := i+1 == len(r.tokens) || !r.spaced(i+1)
	return ends && r.is(i-1, "les") && r.spaced(i) && (r.sentenceStart(i-1) || r.spaced(i-1) && r.class(i-2)&acGreeting != 0 || strings.HasPrefix(r.gap(i-1), ","))
}

// bothGenders: what ends a word for several people of both genders where a bracket or a hyphen cuts it: cher(e)s, cher-es.
func (r *reader) bothGenders(i int) bool {
	return (r.hyphen(i) || r.gap(i) == "(") && (r.is(i, "es") || r.is(i, "ères") || r.is(i+1, "s"))
}

// together reads what is said of several people after a verb: nombreux, tous, à toutes et tous, tous danser. Tous before a noun is said of
// the noun.
func (r *reader) together(i int) bool {
	if !r.spaced(i) {
		return false
	}
	if r.is(i, "en") && r.is(i+1, "grand") && r.is(i+2, "nombre") {
		return true
	}
	to := r.is(i, "à") && r.spaced(i+1)
	if to {
		i++
	}
	if r.class(i)&acTous == 0 || to {
		return r.class(i)&acTous != 0 && !r.is(i+1, "les") // à tous les coups
	}
	return r.is(i, "nombreux") || r.is(i, "nombreuses") || r.is(i-1, "soyez") || !r.spaced(i+1) || r.tokens[i+1].elided == "" && (r.class(i+1)&(acOpener|acTowards) != 0 || strings.HasSuffix(r.tokens[i+1].lex.lower, "er"))
}

// severalAfter reads the verb and what is said of vous: vous êtes tous, vous avez été nombreux, vous êtes venus, vous étiez 200 hier.
func (r *reader) severalAfter(i int) bool {
	etes := r.hyphen(i-1) && r.class(i-2)&acEtes != 0 // êtes-vous
	for end := i + 4; i < end && i < len(r.tokens) && (r.spaced(i) || r.hyphen(i)); i++ {
		w := r.tokens[i].lex
		switch {
		case w.address&acTous != 0:
			return r.class(i+1)&acDeterminer == 0 || !r.spaced(i+1)
		case w.address&acEtes != 0 || w.lower == "été" || w.lower == "étiez":
			etes = true
		case etes && r.tokens[i].elided == "" && ofSeveral(w.lower) && !r.capitalized(i):
			return true
		case w.address&(acEz|acVous) == 0 && !strings.HasSuffix(w.lower, "ment") && !strings.Contains(" si très déjà plus de près ", " "+w.lower+" "):
			return false
		}
	}
	return etes && r.counted(i)
}

// counted: the words before the one at i are followed by a number of people: 300 à nous suivre, 212 hier, 40 ! A figure alone or a unit
// after it counts something else: 3 fois, 100 % remboursé.
func (r *reader) counted(i int) bool {
	digits := 0
	for _, c := range r.s[r.tokens[i-1].end:] {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c != ' ' && c != '\u00A0' && c != narrowSpace:
			return digits > 1 && (strings.ContainsRune(".!?…,;:)\n", c) || r.class(i)&(acTowards|acPeople) != 0 || r.is(i, "hier"))
		}
	}
	return digits > 1
}

// ofSeveral tells an adjective or participle by an ending that only the plural has: beaux, venus, formidables, and not heureux,
// surpris, toujours.
func ofSeveral(lower string) bool {
	switch lower {
	case "faux", "mets", "certes":
		return false
	case "bons", "fiers", "grands", "gentils", "seuls", "sûrs", "ravis", "réunis", "unis", "venus", "bienvenus", "connus", "attendus":
		return true
	}
	for _, ending := range [...]string{"és", "aux", "ts", "fs", "es"} {
		if root, found := strings.CutSuffix(lower, ending); found && root != "" {
			return ending != "es" || len(root) > 2
		}
	}
	return false
}

// clauseStart says that nothing but an opening word stands between the word and a full stop, comma, line or emoji before it.
func (r *reader) clauseStart(i int) bool {
	for steps := 0; ; steps++ {
		if !r.spaced(i) && !r.hyphen(i) {
			return true
		}
		if steps == 2 || r.class(i-1)&acOpener == 0 || r.hyphen(i) {
			return false
		}
		i--
	}
}

// sentenceStart is stricter than clauseStart: the text's beginning, a full stop, colon, dash, line, bullet or emoji, and no digit since.
func (r *reader) sentenceStart(i int) bool {
	for i > 0 && r.class(i-1)&acOpener != 0 && (r.spaced(i) || r.gap(i) == ", ") {
		i--
	}
	before := r.s[:r.bounds[i].start]
	if i > 0 {
		before = r.gap(i)
	}
	trimmed := strings.TrimRight(before, " \u00A0\u202F\uFE0F\u200D*_")
	c, n := utf8.DecodeLastRuneInString(trimmed)
	if n == 0 {
		return i == 0
	}
	return strings.ContainsRune(".!?…:\n•–—-¡¿", c) || c >= '\u2190'
}

// spokenTo says that the text has shown a tu before.
func (r *reader) spokenTo() bool {
	for i := len(r.marks) - 1; i >= 0; i-- {
		if r.marks[i].Kind == Tu {
			return true
		}
	}
	return false
}

// isImperative tells an imperative of tu: at the head of a clause, and followed as a verb is.
func (r *reader) isImperative(i int, c addressClass) bool {
	t := &r.tokens[i]
	next := r.class(i + 1)
	if t.elided != "" { // n’oublie pas
		return strings.EqualFold(t.elided, "n") && (r.sentenceStart(i) || r.spokenTo()) && r.clauseStart(i) &&
			(r.is(i+1, "pas") || r.is(i+1, "plus") || r.is(i+1, "jamais") || r.is(i+1, "surtout"))
	}
	if r.hyphen(i + 1) { // laisse-les, suis-nous, dis-moi
		return next&(acClitic|acObjectTu) != 0 && next&acVous == 0 || r.is(i+1, "moi")
	}
	joined := r.spaced(i) && r.class(i-1)&acOpener != 0 && r.spokenTo() // viens et apporte ta chaise
	if !r.clauseStart(i) && !r.negated(i) && !joined {
		return false
	}
	if r.is(i, "suis") || r.is(i, "finis") && r.is(i+1, "les") || r.is(i, "participe") && (r.is(i+1, "passé") || r.is(i+1, "présent")) {
		return false // of suivre only as in suis-nous; finis les dossiers: they are over
	}
	follows := r.spaced(i + 1)
	if follows && (r.is(i+1, "et") || r.is(i+1, "ou")) && r.spaced(i+2) && r.tokens[i+2].elided == "" && r.class(i+2)&^(acSilent|acPeople) == 0 {
		return false // plonge et service: what is joined to a noun; of a verb, it would be another
	}
	if follows {
		switch r.tokens[i+1].elided {
		case "l", "L":
			next |= acComplement
		case "d", "D":
			next = 0 // partage d’un repas
		}
	}
	for j := i + 1; j <= i+4 && r.spaced(j); j++ { // passe dans ta boutique
		if r.class(j)&(acPossTu|acTon|acObjectTu) != 0 {
			return true
		}
	}
	start := i
	if r.negated(i) {
		start-- // at its ne
	}
	if !r.sentenceStart(start) && !r.spokenTo() {
		return false // , propose des liens: a third person as likely
	}
	if c&acNounVerb != 0 {
		return follows && !r.is(i, "entre") && next&acComplement != 0 && !r.is(i+1, "du") && !r.is(i+1, "des") && !r.is(i+1, "au") && !r.is(i+1, "aux") && !r.is(i+1, "plus") && !r.is(i+1, "qui")
	}
	return true
}

// negated: ne regarde pas, without a subject.
func (r *reader) negated(i int) bool {
	return r.is(i-1, "ne") && r.spaced(i) && r.clauseStart(i-1)
}
