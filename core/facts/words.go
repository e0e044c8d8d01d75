package facts

import (
	"strings"
	"sync"
)

// class is what a folded word or a sign can be to a statement.
type class uint32

const (
	cLink         class = 1 << iota // may stand inside a name: de, du, the, of
	cSelf                           // who speaks: nous, we
	cNoSubject                      // nothing is named with it
	cUnsure                         // limits, dates, denies or doubts what is said
	cPromo                          // of a text that speaks of a promotion or a change no price is read
	cIs                             // joins a thing and its price
	cPriceWord                      // names the price itself
	cCounted                        // an amount that is collected, won or aimed at rather than asked
	cPriced                         // a thing that has a price, so that it may follow at once
	cGeneral                        // a kind of thing of which there may be many, each with its price
	cUnit                           // before a unit: par, a, each
	cMoney                          // a currency
	cPhoneWord                      // announces a number
	cCalls                          // of appelez-nous: the number is that of who speaks
	cHoursWord                      // of opening hours, and names nothing
	cOpens                          // announces opening hours
	cTo                             // from one to the other
	cAnd                            // and the next one too
	cFrom                           // before a time or a day
	cShut                           // closed
	cTakesPlace                     // of an event, before its date
	cMoved                          // of an event that has another date now, or of a day beside its own
	cTagline                        // names a tagline
	cOffer                          // names an offer
	cCalled                         // says how something is called
	cAbbreviation                   // written with a full stop
	cSeparator                      // a sign between parts of a sentence
	cColon                          // a sign that introduces
	cDash                           // a sign from one to the other
	cJoin                           // a sign inside a name: hyphen, apostrophe
	cSeason                         // limits a price or hours, and names a fair
	cSpell                          // of a time in which hours are not the usual ones
)

var lists = [...]struct {
	class class
	words string
}{
	{cLink, "le la les l un une des du de d au aux a en et pour par sur avec sans the an of for our your notre nos votre vos in with and on to at"},
	{cSelf, "nous on we we're us notre nos our"},
	{cNoSubject, "fax siret siren tva rcs iban bic ref reference code"},
	{cUnsure, `partir from jusqu jusque until till under moins plus over environ about around near entre between max maxi maximum min mini minimum lieu instead was were etait etaient sera seront will passe passent passera goes going
desormais dorenavant now currently actuellement exceptionnel exceptionnelle exceptionnellement exceptional special speciale speciales si if pas not no aucun aucune last dernier derniere avant before ancien ancienne former formerly previously autrefois hier
yesterday demain tomorrow aujourd'hui today tonight soir ce cette cet ces this these next prochain prochaine semaine week weekend vacances holiday holidays ferie feries presque almost approx estime estimated up off offert offerte economisez save savings nouveau nouvelle nouveaux nouvelles new bientot soon sauf except excluding hors selon depending sometimes parfois could would might peut variable`},
	{cUnsure | cSeason, "noel christmas easter paques ete hiver summer winter printemps spring automne autumn saison season"},
	{cSpell, `pendant durant during travaux chantier ramadan exceptionnel exceptionnelle exceptionnels exceptionnelles exceptionnellement exceptional exceptionally vacances holiday holidays ferie feries greve strike provisoire provisoires provisoirement
temporaire temporaires temporairement temporary temporarily adapte adaptons decale decalons ralentit ralentissons refurbishment refurbishing`},
	{cPromo, `promo promos promotion promotions promotionnel promotionnelle solde soldes remise remises rabais discount discounts discounted sale sales destockage voucher vouchers coupon coupons early lancement hausse augmente augmentent augmentation augmenter
augmentons increase increases increasing rise rises rising baisse baissent baissons change changes changed changing changent changeons changement`},
	{cIs, "est sont coute coutent is are cost costs"},
	{cPriceWord, "tarif tarifs prix price prices pricing cost cout couts"},
	{cCounted, `cagnotte cagnottes collecte collectes objectif objectifs budget total totaux don dons recette recettes subvention subventions montant somme sommes chiffre affaires benefice benefices economie economies amende amendes prime primes bourse bourses gain gains
lot lots cadeau cadeaux bon bons cheque cheques reduction salaire salaires goal target raised raise funding grant grants prize prizes award awards donation donations donated revenue turnover fine fines bonus salary wage wages profit loss debt dette dettes
investissement investment capital capitaux levee recolte recoltes recu recus verse verses gagne gagnes vaut valeur worth value win won collected reverse reverses perte pertes deficit soutien soutiens aide aides support`},
	{cPriced, `entree entrees billet billets place places adhesion adhesions abonnement abonnements cotisation cotisations menu menus formule formules ticket tickets admission membership memberships fee fees fare fares subscription subscriptions pass forfait forfaits
pack packs tarif tarifs prix price atelier ateliers cours stage stages visite visites location nuit nuits nuitee chambre chambres room rooms panier paniers carte cartes inscription inscriptions registration class classes course courses workshop workshops tour
tours lesson lessons hire rental consultation seance seances session sessions livraison delivery shipping frais plan plans adulte adultes adult adults enfant enfants child children reduit plein entry plat plats`},
	{cGeneral, `entree entrees billet billets place places ticket tickets admission fare fares fee fees frais atelier ateliers cours stage stages visite visites guidee guidees guided concert concerts spectacle spectacles soiree soirees conference conferences sortie sorties
balade balades seance seances repas diner workshop workshops class classes course courses show shows talk talks tour tours walk walks evening evenings session sessions gig gigs lesson lessons adulte adultes adult adults enfant enfants child children reduit reduite
plein reduced full standard normal etudiant etudiants student students senior seniors concession concessions famille family jeune jeunes groupe groupes group groups adherent adherents member members entry inscription inscriptions registration participation
supplement jour journee demi day half evenement event film livre livres book books article articles produit product plat plats verre glass piece chambre chambres room rooms stand table livraison delivery lot kit lp ep cd cds vinyl vinyle vinyles album albums dvd poster posters affiche affiches pint pints pinte pintes bottle bottles bouteille bouteilles`},
	{cUnit, "par per a an each chacun chacune le la l les de ht ttc pp ea"},
	{cMoney, "euro euros eur pound pounds dollar dollars chf francs"},
	{cPhoneWord, "tel telephone telephones phone call appel appelez appeler ring contact contactez joignez joindre reach numero number standard ligne line mobile portable telephonez"},
	{cCalls, "appelez contactez telephonez joignez joindre call ring phone reach"},
	{cHoursWord, "ouvert ouverte ouverts ouvertes ouvre ouvrent ouverture horaire horaires heure heures open opens opening hour hours times public sommes est sont is are re we accueil"},
	{cOpens, "ouvert ouverte ouverts ouvertes ouvre ouvrent ouverture horaires open opens opening hours"},
	{cTo, "a au to through thru"},
	{cAnd, "et and puis then"},
	{cFrom, "de du d le les la on from every tous toutes"},
	{cShut, "ferme fermee fermes fermees closed fermeture"},
	{cTakesPlace, "aura lieu tiendra tient takes place held prevu prevue rendez-vous rendez vous c est is on le this starts commence"},
	{cMoved, `reporte reportee reportes decale decalee avance avancee postponed moved rescheduled annule annulee cancelled canceled nouvelle nouveau new instead lieu veille lendemain avant apres before after until jusqu jusque inscription inscriptions inscrivez
inscrire reserver reservez register registration deadline limite cloture closing close closes dernier derniere last past passe passee souvenir retour answer reponse depuis since`},
	{cTagline, "slogan devise signature tagline motto baseline accroche strapline"},
	{cOffer, "offre formule abonnement pass carte programme newsletter lettre offer plan membership card programme program subscription newsletter"},
	{cCalled, "s appelle nomme intitule intitulee called named titled"},
	{cAbbreviation, "a.m p.m tel av env st bd lun mar mer jeu ven sam dim mon tue tues wed thu thur thurs fri sat sun"},
}

// meaning is what a folded word can be to a statement.
type meaning struct {
	class      class
	day, month uint8 // that it names, Monday and January being 1; 0 for none
}

var meanings = sync.OnceValue(func() map[string]meaning {
	out := map[string]meaning{}
	for _, l := range lists {
		for _, w := range strings.Fields(l.words) {
			m := out[w]
			m.class |= l.class
			out[w] = m
		}
	}
	for k, list := range [...]string{days, months} {
		for i, names := range strings.Split(list, "|") {
			for _, w := range strings.Fields(names) {
				m := out[w]
				if k == 0 {
					m.day = uint8(i + 1)
				} else {
					m.month = uint8(i + 1)
				}
				out[w] = m
			}
		}
	}
	return out
})

const (
	days = "lundi lundis lun monday mondays mon|mardi mardis mar tuesday tuesdays tue tues|mercredi mercredis mer wednesday wednesdays wed weds|jeudi jeudis jeu thursday thursdays thu thur thurs|" +
		"vendredi vendredis ven friday fridays fri|samedi samedis sam saturday saturdays sat|dimanche dimanches dim sunday sundays sun"
	months = "janvier january jan|fevrier february feb|mars march|avril april apr|mai may|juin june jun|juillet july jul|aout august aug|septembre september sept sep|octobre october oct|novembre november nov|decembre december dec"
)

// signOf is of the signs a sentence goes on after; any other, which is none of them, ends it.
func signOf(c rune) class {
	switch c {
	case ',', ';', '(', ')', '/', '+', '.', '*', '°', '«', '»', '"', '“', '”':
		return cSeparator
	case ':', '=', '☎', '📞', '📱', '🕒', '⏰':
		return cSeparator | cColon
	case '~':
		return cSeparator | cUnsure
	case '%':
		return cSeparator | cPromo
	case '-', '‐', '‑':
		return cDash | cJoin
	case '–', '—', '−':
		return cDash
	case '\'', '’':
		return cJoin
	case '&':
		return cJoin | cAnd
	case '€', '£', '$':
		return cMoney
	}
	return 0
}
