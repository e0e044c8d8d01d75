package text

import (
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		text    string
		address Address
		tu      string
		vous    string
	}{
		{"Tu viens avec ton vélo ?", AddressTu, "Tu|ton", ""},
		{"As-tu pensé à tes clés et à toi ? Je t’attends.", AddressTu, "As-tu|tes|toi|t’", ""},
		{"Viens samedi et apporte ta chaise.", AddressTu, "Viens|apporte|ta", ""},
		{"Découvre l’atelier ! Inscris-toi vite.", AddressTu, "Découvre|Inscris-toi", ""},
		{"📚 Regarde la vidéo : abonne-toi", AddressTu, "Regarde|abonne-toi", ""},
		{"Tu ne sais pas, tu le vois.", AddressTu, "Tu|sais|tu|vois", ""},
		{"Ne regarde pas, laisse-les faire.", AddressTu, "regarde|laisse", ""},
		{"Le mien est ici, où est le tien ?", AddressTu, "tien", ""},
		{"Vous venez avec votre vélo ?", AddressVous, "", "Vous|venez|votre"},
		{"Pensez-vous à vos clés ?", AddressVous, "", "Pensez-vous|vos"},
		{"Découvrez l’atelier, n’hésitez pas.", AddressVous, "", "Découvrez|hésitez"},
		{"Ne faites pas de bruit, dites-nous tout. Soyez là !", AddressVous, "", "faites|dites|Soyez"},
		{"Vous-même êtes prêt.", AddressVous, "", "Vous|êtes"},
		{"Tu viens ? Inscrivez-vous.", AddressMixed, "Tu", "Inscrivez-vous"},
		// nothing is shown
		{"Il a écrit « tu ne viens pas » et “votre avis”.", Unmarked, "", ""},
		{"Elle a dit \"viens avec toi\" hier.", Unmarked, "", ""},
		{"Bonjour à tous, vous êtes les bienvenus.", Unmarked, "", ""},
		{"Merci à vous tous, votre aide compte.", Unmarked, "", ""},
		{"Chers amis, vous pouvez venir. Vous avez été nombreux.", Unmarked, "", ""},
		{"Vous êtes tous venus, merci.", Unmarked, "", ""},
		{"Toi et tes chiens vivez au grand air.", AddressTu, "Toi|tes", ""},
		{"Rendez-vous samedi, s’il vous plaît.", Unmarked, "", ""},
		{"Un garde-à-vous, des laissez-passer, assez, chez, le nez.", Unmarked, "", ""},
		{"Il s’est tu. Le ton monte, un ton de trop, ton sur ton.", Unmarked, "", ""},
		{"Visite guidée du musée. Note de service. Marche nordique.", Unmarked, "", ""},
		{"L’équipe propose un atelier, présente ses livres et montre les coulisses.", Unmarked, "", ""},
		{"Les choses faites et les choses dites par Mme Martinez à Rodez.", Unmarked, "", ""},
		{"Un t-shirt, y a-t-il du thé ?", Unmarked, "", ""},
		{"Allez, on y va ! Bon allez on se dit tout.", Unmarked, "", ""},
		{"Allez voir l’exposition.", AddressVous, "", "Allez"},
		{"Nous regardons la mer.", Unmarked, "", ""},
		{"Ne tardons pas : des crêpes en veux-tu en voilà !", Unmarked, "", ""},
		{"Finis les dossiers en double.", Unmarked, "", ""},
		{"Finis ton assiette, ne restes pas là.", AddressTu, "Finis|ton|restes", ""},
		{"N’oublie pas la gourde. Et n’hésite surtout pas à venir.", AddressTu, "oublie|hésite", ""},
		{"Lila, huit ans, n’oublie pas sa gourde. N’est pas champion qui veut.", Unmarked, "", ""},
		{"Cherche bénévoles pour la buvette. Vends tracteur. Donne chatons. Sens interdit.", Unmarked, "", ""},
		{"Donne ton sang. Cherche la sortie.", AddressTu, "Donne|ton|Cherche", ""},
		{"Écoute bienveillante au 3e étage. Paie des intermittents. Partage d’un goûter. Baisse du tarif. Mélange d’épices.", Unmarked, "", ""},
		{"Approche sensible du dessin. Avance sur loyer. Mets du terroir. Serre chauffée. Dépense imprévue. Participe présent.", Unmarked, "", ""},
		{"Réunis en mairie, les parents ont voté. Saisis par le froid, on rentre. Achète remorque. Propose babysitting.", Unmarked, "", ""},
		{"Plonge et apnée au lac. Glisse ou trottinette ? Débute et fin de partie.", Unmarked, "", ""},
		{"Écoute cet épisode. Partage la vidéo. Paie ton adhésion en ligne. Baisse le volume. Mets l’eau à bouillir.", AddressTu, "Écoute|Partage|Paie|ton|Baisse|Mets", ""},
		{"Réunis tes papiers. Saisis ta chance ! Participe au tirage. Glisse un mot et dis bonjour.", AddressTu, "Réunis|tes|Saisis|ta|Participe|Glisse|dis", ""},
		{"M. Fernandez signe son livre, et MM. Lopez chantent.", Unmarked, "", ""},
		{"Concert du groupe Tu Seras Roi, puis de Ton Zinc et d’Avec Toi. Le groupe, Ton Zinc, joue.", Unmarked, "", ""},
		{"Toi & Moi, la nouvelle librairie, ouvre mardi.", Unmarked, "", ""},
		{"Conférence de Mme Tu Youyou. Tu Youyou, prix Nobel, signe son livre.", Unmarked, "", ""},
		{"Un album de T’choupi, un Te Deum.", Unmarked, "", ""},
		{"Merci, Tu Vas gagner. Bravo @lea Tu assures ! POUR TOI ! (Tu Viens ?)", AddressTu, "Tu|Tu|TOI|Tu", ""},
		{"— Tu dors ?\n\n— Non, venez.\nExtrait de la pièce.", Unmarked, "", ""},
		{"– Vous venez ?\n– Non.\nTu lis la suite jeudi.", AddressTu, "Tu", ""},
		{"À prévoir :\n– apporte ton casque\n– prends tes gants", AddressTu, "apporte|ton|prends|tes", ""},
		{"– Vous aimez courir ?\n– Vous aimez nager ?", AddressVous, "", "Vous|aimez|Vous|aimez"},
		{"— Vous dormez ?", AddressVous, "", "Vous|dormez"},
		{"Déplacements : Millau, Rodez et Decazeville. Albi 12, Rodez 15.", Unmarked, "", ""},
		{"Auch ; Rodez ; Mende. Merci, Venez !", AddressVous, "", "Venez"},
		// several people
		{"On vous attend nombreux samedi !", Unmarked, "", ""},
		{"Venez nombreux, venez tous.", Unmarked, "", ""},
		{"Soyez tous prudents.", Unmarked, "", ""},
		{"Surtout, n’oublie pas.", AddressTu, "oublie", ""},
		{"Venez tous danser ! On vous attend en grand nombre.", Unmarked, "", ""},
		{"Nous vous souhaitons à toutes et tous une belle année.", Unmarked, "", ""},
		{"Vous, les bénévoles, vous êtes le cœur du festival.", Unmarked, "", ""},
		{"Les amis, on vous attend. Bravo les filles !", Unmarked, "", ""},
		{"Parents, vous pouvez déposer les enfants dès 7 h 30.", Unmarked, "", ""},
		{"Supporters, vous avez mis le feu aux tribunes.", Unmarked, "", ""},
		{"Bravo ! U12, vous nous avez fait rêver.", Unmarked, "", ""},
		{"Amis lecteurs, vous avez deux semaines. Votre avis compte.", Unmarked, "", ""},
		{"Licenciés, dirigeants, bénévoles : vous recevrez le programme.", Unmarked, "", ""},
		{"Bénévoles de la buvette, apportez vos tabliers.", Unmarked, "", ""},
		{"Grands-parents, vous êtes attendus.", Unmarked, "", ""},
		{"Cher·es voisin·es, nous vous remercions.", Unmarked, "", ""},
		{"Cher(e)s donateurs, nous vous remercions.", Unmarked, "", ""},
		{"Chèr.e.s choristes, votre loge est prête.", Unmarked, "", ""},
		{"Cher-es locataires, vos clés sont là.", Unmarked, "", ""},
		{"Bénévoles et salarié·es, vous recevrez un bulletin. Adhérent·es, vous votez.", Unmarked, "", ""},
		{"Bonjour à tou·tes, vous lirez ici le bilan.", Unmarked, "", ""},
		{"Salut tout le monde, vous aimez les frites ?", Unmarked, "", ""},
		{"Tous et toutes, vous avez porté ce projet.", Unmarked, "", ""},
		{"Vous êtes 540 à suivre ce carnet.", Unmarked, "", ""},
		{"Vous étiez 1 200 hier au bord du canal.", Unmarked, "", ""},
		{"Vous avez été près de 90 à écrire !", Unmarked, "", ""},
		{"À vos marques ! À vos souhaits. À vous de jouer.", Unmarked, "", ""},
		{"Félicitations aux mariés, vous étiez beaux.", Unmarked, "", ""},
		{"Vous étiez vraiment formidables. Êtes-vous prêts ?", Unmarked, "", ""},
		// one reader, and a noun of which there are several
		{"Nous vous proposons tous types de travaux.", AddressVous, "", "vous"},
		{"Essayez tous nos parfums. On vous accueille tous les jours.", AddressVous, "", "Essayez|vous"},
		{"Grâce à vous, les brebis sont sauvées.", AddressVous, "", "vous"},
		{"Emmenez les enfants, vous verrez.", AddressVous, "", "Emmenez|vous|verrez"},
		{"Vos grands-parents, vous savez, viendront.", AddressVous, "", "Vos|vous|savez"},
		{"Chère cliente, vous pouvez venir.", AddressVous, "", "vous|pouvez"},
		{"Cher·e client·e, vous pouvez venir. Cher monsieur, vous aussi.", AddressVous, "", "vous|pouvez|vous"},
		{"Vous êtes 100 % remboursé. Vous êtes 3 fois gagnant. Vous êtes à 20 minutes.", AddressVous, "", "Vous|êtes|Vous|êtes|Vous|êtes"},
		{"Le chant pour tous, vous verrez, détend. À vos idées, écrivez.", AddressVous, "", "vous|verrez|vos|écrivez"},
		{"Alors, vous venez ? Puis, vous rentrez. Ailleurs, vous payez.", AddressVous, "", "vous|venez|vous|rentrez|vous|payez"},
		{"Sans frais, vous changez. Après, vous verrez. Toujours, vous gagnez.", AddressVous, "", "vous|changez|vous|verrez|vous|gagnez"},
		{"Vos photos, vous les gardez. Travaux, horaires : vous saurez tout.", AddressVous, "", "Vos|vous|gardez|vous|saurez"},
		{"Enfants : réservez. Les lecteurs, vous savez, attendent.", AddressVous, "", "réservez|vous|savez"},
		{"Nicolas, vous gagnez. H24, vous appelez. U2, vous connaissez ?", AddressVous, "", "vous|gagnez|vous|appelez|vous|connaissez"},
		{"Vous êtes heureux, surpris, toujours dans le vrai. Vous étiez aux Halles.", AddressVous, "", "Vous|êtes|Vous|étiez"},
	} {
		f := Read(c.text, FR, None)
		tu, vous := strings.Join(shown(c.text, f, Tu), "|"), strings.Join(shown(c.text, f, Vous), "|")
		if f.Address != c.address || tu != c.tu || vous != c.vous {
			t.Errorf("%q: address %d, want %d\n  tu %s, want %s\n  vous %s, want %s", c.text, f.Address, c.address, tu, c.tu, vous, c.vous)
		}
	}
	if f := Read("Tu viens", EN, None); f.Address != Unmarked {
		t.Error("only French has tu and vous")
	}
}

func TestFormality(t *testing.T) {
	for _, c := range []struct {
		lang             Lang
		formal, familiar string
	}{
		{EN, "The committee has approved the construction of three additional facilities within the municipality.", "I'm just gonna say it, I really love this stuff lol"},
		{EN, "The report, which was published by the national institute, describes the principal findings.", "hey guys, so I got my new bike and it's pretty cool!!"},
		{FR, "Nous vous remercions de votre confiance et vous prions d’agréer nos salutations distinguées.", "Coucou, t’as vu ce truc de ouf ? J’adore trooop 😍"},
		{FR, "L’exposition, dont l’inauguration est organisée conformément au programme, est ouverte à tous les publics.", "C’est pas mal, ça déchire grave, viens avec tes potes !"},
	} {
		a, b := Read(c.formal, c.lang, None).Formality, Read(c.familiar, c.lang, None).Formality
		if a < b+1 {
			t.Errorf("%q %.2f should be well above %q %.2f", c.formal, a, c.familiar, b)
		}
	}
	if Read("Wir sind hier", Other, None).Formality != 0 || Read("", FR, None).Formality != 0 {
		t.Error("nothing to read, nothing said")
	}
}

func TestBaitScore(t *testing.T) {
	for _, c := range []struct {
		lang  Lang
		alarm bool
		text  string
	}{
		{EN, true, "17 Photos That Will Make You Believe In Love"},
		{EN, true, "You won't believe what happened next"},
		{EN, true, "Which kind of tea are you"},
		{EN, true, "Tag a friend who needs this"},
		{EN, true, "These Hilarious Signs Are Actually Perfect"},
		{EN, false, "Council approves budget after long debate"},
		{EN, false, "Join us this Saturday for our open day"},
		{EN, false, "Our annual report is out: twelve projects, three new partners and a look at next year."},
		{EN, false, "The board approved the 2026 budget"},
		{FR, true, "10 choses que vous ne saviez pas sur les chats"},
		{FR, true, "Ce qu’il a fait ensuite va vous surprendre"},
		{FR, true, "Tu ne vas pas croire ce que cache cette porte"},
		{FR, true, "Like si tu aimes le lundi"},
		{FR, false, "Le conseil municipal a voté le budget 2026"},
		{FR, false, "Rendez-vous samedi 4 juin pour la fête des voisins"},
		{FR, false, "Découvrez notre nouvelle saison : douze ateliers d’écriture."},
		{FR, false, "Tu veux voir comment on restaure une chaise ? Viens samedi, on t’attend"},
		{Other, false, "10 Dinge, die man wissen muss"},
	} {
		if f := Read(c.text, c.lang, None); (f.BaitScore >= .5) != c.alarm {
			t.Errorf("%q: bait %.2f, alarm should be %v", c.text, f.BaitScore, c.alarm)
		}
	}
}

func TestLure(t *testing.T) {
	for _, c := range []struct {
		lang  Lang
		lures bool
		text  string
	}{
		{EN, true, "17 Photos That Will Make You Believe In Love"},
		{EN, true, "17 photos that will make you believe in love."},
		{EN, true, "Which kind of tea are you? https://tea.example/quiz #tea #quiz"},
		{EN, true, "These hilarious signs are actually perfect! Link in bio"},
		{EN, true, "21 reasons Samuel L. Jackson should be your best friend this year"},
		{EN, true, "These hilarious https://signs.example/list?page=2 signs and labels are actually perfect for you"},
		{EN, true, "Which tea (green or black) are you"},
		{EN, true, "You need to see this 😂 (😂) right now"},
		{EN, false, "9 tools to bring to your first lesson: gloves, a knife, two brushes, a rag and an apron."},
		{EN, false, "What a day! 90 of you planted garlic in the rain. Thank you."},
		{EN, false, "This is Oona. She has baked the bread since 1988, and she retires on Friday."},
		{EN, false, "When the lights failed, nine singers were still in the choir."},
		{EN, false, "Here's why the bridge is shut: a cracked beam, a late delivery and a careful surveyor."},
		{EN, false, "The best chair we've ever mended (it has three legs)"},
		{EN, false, "lol the ladder broke"},
		{FR, true, "10 choses que vous ne saviez pas sur les chats"},
		{FR, true, "10 choses que vous ne saviez pas sur les chats https://chats.example #chats"},
		{FR, true, "Quelle incroyable histoire cache cette photo"},
		{FR, false, "10 choses que vous ne saviez pas sur vos chats : les dents, les griffes et le poil."},
		{FR, false, "Quelle incroyable soirée vous nous avez offerte ! 240 voix ont chanté sous la halle, et la pluie a attendu minuit."},
		{FR, false, "Quelle incroyable photo (un phare, vu du ciel)"},
		{FR, false, "mdr cette lampe est vraiment la meilleure"},
		{Other, false, "10 Dinge, die man wissen muss"},
	} {
		if f := Read(c.text, c.lang, None); (f.Lure >= .5) != c.lures {
			t.Errorf("%q: lure %.2f, bait %.2f; should lure: %v", c.text, f.Lure, f.BaitScore, c.lures)
		}
	}
}

func TestAlignment(t *testing.T) {
	align := func(identity *Features, texts ...*Features) float64 {
		return Alignment(identity, NewSpoken(identity.Lang, texts))
	}
	identity := Read("Une bibliothèque de quartier où chacun vient lire, écrire et raconter des histoires.", FR, None)
	about := Read("Ce soir, on lit des histoires à la bibliothèque, puis chacun écrit la sienne.", FR, None)
	beside := Read("Le prix du cuivre monte encore, les marchés attendent la banque centrale.", FR, None)
	english := Read("A library where everyone comes to read and write stories.", EN, None)
	near, far := align(identity, about, beside), align(identity, beside, beside)
	if !(near > far+.1) || far != 0 || near > 1 || align(identity, english) != 0 || align(identity) != 0 || align(Read("", FR, None), about) != 0 {
		t.Errorf("about the identity %.2f, beside it %.2f", near, far)
	}
	if self := align(identity, identity, about); self < near || self > 1 {
		t.Errorf("the identity itself, added, brings %.2f over %.2f", self, near)
	}
}
