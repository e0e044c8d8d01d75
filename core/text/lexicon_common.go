package text

import (
	"math"
	"strconv"
	"strings"
	"sync"
)

// commonStems are content stems that organisations of every kind use: after each number, the stems found in about so many texts of a
// thousand. Compiled from some 11,000 paragraphs by a few hundred public bodies, services and software projects; what was particular to few of
// them is left out. Sharing such a stem tells little.
var commonStems = [Other + 1]string{
	FR: `140 nom servic 100 don utilis 75 inform mis nouvel numer outil permet projet semain version 60 bon egal temp 50 besoin bien collect developp equip jour logiciel part
premi propos 40 accompagn administr afin aid amelior appliqu apport candidat chang different etat franc grand not nouveau person present principal produit public publiqu
sit solut travail 32 acces acteur agent anne bas certain charg commun demand derni direct disponibl disposit ensembl fonction format impact import infrastructur national
non object permettr plac problem question realis resum sort suiv territoir test trait trouv usag 26 activ articl compt cre demarch entrepris exist facilit fin fois
gestion identifi inclus integr lanc lign mois partag pass plateform possibl pris professionnel rapid recherch reguli repons simpl social sourc web 21 action actuel ajout
associ assur cas cod concern consult control cot cour decouvr deploi difficult docu dossi effet emploi exempl fonctionnal fourn grac lien list local manqu mesur mettr
minister mission nombr nombreux offre pag parcour particuli phas point polit pourr proposit reseau ressourc risqu seul situat souvent suit system techniqu usager vis voir
17 abord accessibl adapt adress analys aupres cadr cart cartograph commenc communaut complet concept condit connaiss conseil construct contribu dedi difficil doit efficac
environ espac evolu facil facon form fort gener general indiqu limit mainten mani mieux modif moyen necessair oper organis orient parl perm port possibil pratiqu
processus programm publi qualit relat rencontr repondr represent secur sein souhait structur sujet territorial travaill typ uniqu 14 agit api appel arriv attent collabor
competent complex comprendr contact continu creation dat debut decis depart developpeur diffus droit echang element etabl experiment fichi gouvern ide imag install
interess interfac jeun libr mal meilleur mobil modul moment mond niveau oeuvr open parfois pet plan post rapport reel rend rest resultat retour sais securis specif
strateg telecharg term valeur valid 11 acced accessibil altern ancien approch appui augment capac citoyen cle compos consider constat context correct cout decid declar
defin destin dir dispos dit doivent dur econom effectu engag ensuit envoi etap evalu experient expliqu exploit faut fiabl financ financi fond formulair geograph ger group
initi interet lectur lieu long majeur mati men method meti million mod montr naturel objet organ ouvert pai partenair particip personnel pertinent petit pilot plein
portail prendr priv problemat prochain product quotidien raison referent regl rendr respons retrouv sant savoir signif simplifi suivr tableau terrain titr util 8 acceler
accueil affect ailleur apprentissag arret assez automat automatis autour avanc avis bord bureau canal centr chain chois choix clair class concret conform connaitr connu
consacr consequent consomm constitu contenu contenus contrat decouvert depot design dev document domain echel educ elev enfant enjeux erreur essentiel etud even evident
evit fac final futur garant gestionnair global haut heberg heur histor humain impliqu instruct intern internet issu juin jurid march membr met mobilis model multipl oblig
obten occas optimis pens period permettent personnalis pert plutot potentiel precis prepar propr protect reduir region renforc repos respect reunion rol second secteur
serv signal societ support surtout tach taux technolog text traver trois valoris verif verifi vision visualis zon`,
	EN: `200 team use work 140 agenc govern help make new user 100 build design develop feder inform like need peopl program project servic time 75 announc content creat data
experi first improv includ learn mani open process product provid public releas share softwar system want way websit year 60 access chang digit focus issu languag look
manag part post see site start support take technolog tool version web 50 app applic better code communiti continu custom differ easi everyon exampl find import instal
organ page previous requir research sourc test two understand week 40 across allow avail best call challeng come day detail effici even featur goal group know last launch
meet month partner person plan platform practic question resourc respons secur set thing think today updat well 32 abl approach ask back base blog communic complet
current decis document effort empow end event excit feedback follow found futur general give good great happi idea implement innov interact interest join keep lot made
mean member mobil next number opportun particip point problem publish read recent reliabl report result right run serv social specif state success talk write 26 addit
becom benefit bring center collabor collect deliv direct discuss email employe engag ensur guid identifi impact increas initi latest lead level list long maintain media
move offer offic onlin place polici possibl quick said small solut someth step strategi technic term togeth tri type world 21 account activ agil alreadi analyt appli
audienc built busi case check clear common connect consid contribut depart devic discov download effect engin exist expect feel form full function grow happen high host
job key larg live major mission nation note oper order past perform pleas present put reach real receiv recommend relat request search sever show skill standard sure task
three 17 add address administr answer author begin big citizen comment compani complex cost critic decid easier enabl execut expert explain explor face file foundat free
hope human individu industri infrastructur integr intern involv limit million modern multipl name posit potenti power progress realli repres role schedul section seri
simpl singl solv speed staff still topic transform trust upgrad usabl valu vendor wide word written 14 action actual adopt advanc along area browser bug certain channel
close commit compon consist contract convers core countri cross defin describ determin difficult earli easili encourag enough entir environ especi final fix forward
friend fund hard health highlight instead internet introduc iter led less link love market messag method model network option origin particular plain privat qualiti
reason reduc review risk safeti say scale second select server sign similar someon stori survey tech tell thank thought top track train turn various video view visual 11
abil act adapt ago bit client conduct contact contain control cover deliveri depend deploy domain evalu everyth field five generat guidanc hand hour insight interfac
interview knowledg known leadership life littl local main metric mind minut natur never offici prepar privaci promot propos protect readi record refer regular relev
repositori rule sector send short signific sometim space stabl stakehold structur style suggest toward transpar valid visit`,
}

// rarest is what a stem outside the list is reckoned at, in texts of a thousand: half of the rarest listed.
const rarest = 4.

type commonness struct{ weight, share float32 }

var commons = sync.OnceValue(func() *[Other + 1]map[string]commonness {
	out := new([Other + 1]map[string]commonness)
	for l, packed := range commonStems {
		out[l] = map[string]commonness{}
		at := commonness{weight: 1}
		for field := range strings.FieldsSeq(packed) {
			if texts, err := strconv.Atoi(field); err == nil {
				at = commonness{float32(math.Log(1000/float64(texts)) / math.Log(1000/rarest)), float32(texts) / 1000}
			} else {
				out[l][field] = at
			}
		}
	}
	return out
})

// Rarity is how much sharing a stem tells, above 0 to 1: its inverse document frequency over that of a rare stem.
func Rarity(stem string, l Lang) float32 {
	if x, ok := commons()[l][stem]; ok {
		return x.weight
	}
	return 1
}

// paragraph is about how many words the texts had that commonStems was compiled from.
const paragraph = 60

// Chance is how likely a text of so many words by anyone holds a stem, 0…1.
func Chance(stem string, l Lang, words int) float32 {
	share := float32(rarest / 1000)
	if x, ok := commons()[l][stem]; ok {
		share = x.share
	}
	without := float32(1)
	for n := 0; n < words && without > .01; n += paragraph {
		without *= 1 - share
	}
	return 1 - without
}
