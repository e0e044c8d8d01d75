package text

import (
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shown gives the marks of one kind as they stand in the text.
func shown(s string, f *Features, k Kind) (out []string) {
	for _, m := range f.Marks {
		if m.Kind == k {
			out = append(out, s[m.Start:m.End])
		}
	}
	return out
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		text string
		want string // joined by |
	}{
		{Link, "Voir https://www.rayons.fr/agenda?d=3, puis rayons.fr/tarifs.", "https://www.rayons.fr/agenda?d=3|rayons.fr/tarifs"},
		{Link, "(see http://example.org/a_(b)) and www.example.museum!", "http://example.org/a_(b)|www.example.museum"},
		{Link, "les-rayons-libres.fr et sous.domaine.gouv.fr", "les-rayons-libres.fr|sous.domaine.gouv.fr"},
		{Link, "Fin.Le reste, etc.puis même, 3.14, v1.2.3, node.js, e.g. this", ""},
		{Link, "écrire à contact@rayons.fr ou prenom.nom@rayons.fr", ""},
		{Hashtag, "#VraiMot, #été2025 et #1 mais pas a#b ni l’URL x.fr/#ancre", "#VraiMot|#été2025"},
		{Mention, "Merci @rayons.libres, @nom@mastodon.social. a@b.fr", "@rayons.libres|@nom@mastodon.social"},
		{Numeral, "12,5 % de 10 000 et 10\u202F000, 3.5m, T3, 2024 100 fois", "12,5|10 000|10\u202F000|3.5|2024|100"},
		{Numeral, "1,234.50 dollars in 2024.", "1,234.50|2024"},
		{Emoji, "👩‍👧‍👦 bravo 🇫🇷 ❤️ ☀ 1️⃣ © ™ → ✂️👍🏽", "👩‍👧‍👦|🇫🇷|❤️|☀|1️⃣|✂️|👍🏽"},
		{Exclamation, "Oui ! ! Non !!! Quoi ?! a", "! !|!!!|!"},
		{Elongation, "trooop sooo www.ooo.fr VIII XXX AAA nooon hmmm", "trooop|sooo|nooon|hmmm"},
	} {
		if got := strings.Join(shown(c.text, Read(c.text, FR, None), c.kind), "|"); got != c.want {
			t.Errorf("kind %d of %q\n got %s\nwant %s", c.kind, c.text, got, c.want)
		}
	}
}

func TestLexicons(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		kind Kind
		text string
		want string
	}{
		{FR, Slang, "Wesh, un truc de ouf, on kiffait grave bien la dinguerie", "Wesh|un truc de ouf|kiffait|grave bien|dinguerie"},
		{FR, Slang, "Un style sobre, une grave question", ""},
		{EN, Slang, "OMG these vibes, no cap, we're gonna slay", "OMG|vibes|no cap|gonna|slay"},
		{EN, Slang, "No capital was raised by the family", ""},
		{EN, Slang, "IMO rules in a BAE hangar, an AF beer from the drive-thru; LOL, imo, lit AF", "LOL|imo|lit AF"},
		{FR, Slang, "Le TAF de six heures, la DSL au PK 12 ; au taf, MDR", "taf|MDR"},
		{FR, Bait, "Un chaton trop mignon : like si tu craques #chaton @chaton", "chaton|trop mignon|like si|chaton"},
		{EN, Bait, "Tag a friend! Puppies and kittens you won’t believe", "Tag a friend|Puppies|kittens|you won’t believe"},
		{EN, Bait, "Our annual report is out", ""},
		{EN, Bait, "Baby changing on the first floor, a baby grand in the hall; the seal pups thrive. Please share if you can. Double-tap the map to zoom.", ""},
		{EN, Bait, "Baby on board! This pup, though. Share if you care, RT if you can relate, double-tap the photo", "Baby|pup|Share if|RT if you can relate|double-tap"},
		{FR, Bait, "Un siège bébé et les bébés nageurs du samedi. Partagez si vous pouvez, merci. Double tape sur l’écran pour agrandir.", ""},
		{FR, Bait, "Un bébé si sage. Partagez si vous aimez, double tape sur la photo", "bébé|Partagez si vous|double tape"},
	} {
		if got := strings.Join(shown(c.text, Read(c.text, c.lang, None), c.kind), "|"); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Every word the catalogue of rules names for a list is on it.
func TestLexiconsHoldTheAgreedWords(t *testing.T) {
	for _, c := range []struct {
		lang  Lang
		kind  Kind
		words string
	}{
		{FR, Slang, "wesh, mdr, ptdr, de ouf, chelou, kiffer, bg, frérot, stylé, askip, tkt, dinguerie, bestie, cringe, crush"},
		{EN, Slang, "lol, omg, slay, vibes, no cap, bestie, fam, gonna, gimme, wanna, lowkey, sus, bussin, yeet, bro"},
		{FR, Bait, "chaton, chiot, bébé, trop mignon, craquant, like si, tague, partage si, tu ne vas pas croire, citation du jour, lundi motivation, double tape"},
		{EN, Bait, "kitten, puppy, baby, cute, adorable, like if, share if, tag a friend, you won't believe, quote of the day, Monday motivation, double tap"},
	} {
		for _, w := range strings.Split(c.words, ", ") {
			if !Read(w, c.lang, None).Has(c.kind) {
				t.Errorf("%q leaves no mark", w)
			}
		}
	}
	for _, c := range []struct {
		lang  Lang
		words string
	}{
		{FR, "leader innovant innovation solution passion passionné excellence qualité proximité expertise expert performance dynamique accompagner accompagnement service client satisfaction confiance unique avenir partenaire"},
		{EN, "leading leader innovative innovation solution passionate passion excellence quality customer satisfaction trusted trust partner unique seamless empower dynamic tailored expertise expert service committed future cutting-edge world-class"},
	} {
		for w := range strings.FieldsSeq(c.words) {
			f := Read(w, c.lang, None)
			if got := f.Cliches(); !slices.Equal(got, f.Content) {
				t.Errorf("%q: clichés %q of %q", w, got, f.Content)
			}
		}
	}
	if Read("a world map", EN, None).Cliches() != nil || IsCliche("world", EN) {
		t.Error("half of an expression is not the expression")
	}
}

func TestStems(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		text string
		want string
	}{
		{FR, "L’atelier d'écriture qu’aujourd'hui", "ateli|ecritur|aujourd'hui"},
		{FR, "les ateliers d’ecriture", "le|ateli|ecritur"},
		{FR, "Cœur à cœurs", "coeur|a|coeur"},
		{FR, "ados pros bios gros", "ado|pro|bio|gro"},
		{FR, "patient·es patient.e.s élu·e·s facteur·rice·s infirmier·ère·s un·e tou·tes", "patient|patient|elu|facteur|infirmi|un|tous"},
		{FR, "e.g fin.Merci l'an.né", "e.g|fin.merc|an.ne"},
		{EN, "The reader's workshops", "the|reader|workshop"},
		{EN, "crews in Crewe, Crewe's crew, Lowe is low", "crew|in|crewe|crewe|crew|lowe|is|low"},
		{Other, "Über die Straße", "uber|die|strasse"},
		{FR, "e\u0301tudes étude", "etud|etud"},
		{FR, "vélo vélos médias média menus infos contenus", "velo|velo|medi|medi|menu|info|contenu"},
		{FR, "mois bras refus refuser inclus incluse nous tous", "mois|bras|refus|refus|inclus|inclus|nous|tous"},
		{FR, "jeu jeux lieux vœux bijoux tuyaux travail travaux vitraux chevaux heureux heureuse doux yeux", "jeu|jeu|lieu|voeu|bijou|tuyau|travail|travail|vitrail|cheval|heureux|heureux|doux|oeil"},
		{FR, "pépinière pepiniere PEPINIERES", "pepini|pepini|pepini"},
		{FR, "𝗗𝗲́𝗰𝗼𝘂𝘃𝗿𝗲𝘇 𝓵’𝓪𝓽𝓮𝓵𝓲𝓮𝓻", "decouvr|ateli"},
		{EN, "𝕊𝔬𝗺𝖾𝘵𝙝𝚒𝐧𝑔 ℬ𝒾ℊ Ｂｏｌｄ", "someth|big|bold"},
	} {
		if got := strings.Join(Stems(c.text, c.lang), "|"); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
	if got := strings.Join(ContentStems("Nous aidons les ateliers, l'atelier et eux", FR), "|"); got != "aidon|ateli" {
		t.Errorf("content stems: %s", got)
	}
}

// The endings the stemmer leaves alone are those of a verb of a term, not of a text's words: content and parent stay what they are.
func TestForms(t *testing.T) {
	for term, want := range map[string]string{
		"accompagner":     "accompagn|accompagnon|accompagnent",
		"Manger bio":      "mang bio|mangeon bio|mangent bio|manger bio", // mangère is no word: it stands in no text
		"commencer":       "commenc|commencon|commencent",
		"réparer un vélo": "repar un velo|reparon un velo|reparent un velo",
		"conter":          "cont",
		"pépinière":       "pepini",
		"l’étal":          "etal",
		"":                "",
		"papier ":         "papi|papient", // no word
		"fondre":          "fondr|fondon|fondent|fondu",
		"Montre":          "montr",
		"éducateur":       "educ",
		"lecteur":         "lecteur|lectric|lecteux",
		"jardinier actif": "jardini actif|jardinient actif|jardini activ",
		"serveuse":        "serveux|serveur",
		"vigneronne":      "vigneron",
		"horloger":        "horlog|horlogeon|horlogent|horloger",
		"cuillère":        "cuiller|cuill",
		"étagère":         "etager",
		"mer":             "mer",
		"programmeur":     "programmeur",
		"Wi-Fi":           "wi fi|wif",
		"covoiturage":     "covoiturag|co voiturag",
	} {
		var got []string
		for _, stems := range Forms(term, FR) {
			got = append(got, strings.Join(stems, " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", term, strings.Join(got, "|"), want)
		}
	}
	for term, want := range map[string]string{
		"render":      "render",
		"Foot":        "foot|feet",
		"halves":      "halv|half",
		"craftswoman": "craftswoman|craftswomen",
		"oman":        "oman",
		"harbour":     "harbour|harbor",
		"hour":        "hour",
		"theater":     "theater|theatr",
		"program":     "program|programm",
		"e-reader":    "e reader|eread",
		"coworking":   "cowork|co work",
	} {
		var got []string
		for _, stems := range Forms(term, EN) {
			got = append(got, strings.Join(stems, " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", term, strings.Join(got, "|"), want)
		}
	}
	for term, want := range map[string]string{"e-reader": "e reader", "vitamin C": "vitamin", "A&E": ""} {
		if got := ContentForms(term, EN); want == "" && got != nil || want != "" && strings.Join(got[0], " ") != want {
			t.Errorf("the content of %q: %q", term, got)
		}
	}
	if got := Read("Nous vous accompagnons, ils innovent", FR, FR).Cliches(); !slices.Equal(got, []string{"accompagnon", "innovent"}) {
		t.Errorf("clichés %q", got)
	}
}

// What people type for bold where a network has none reads as the letters it stands for, and keeps its places.
func TestFakeBold(t *testing.T) {
	s := "👉 𝗡𝗼𝘂𝘀 𝘃𝗼𝘂𝘀 𝗮𝗰𝗰𝘂𝗲𝗶𝗹𝗹𝗼𝗻𝘀 𝗱𝗮𝗻𝘀 𝗹𝗲 𝗾𝘂𝗮𝗿𝘁𝗶𝗲𝗿, 𝗲𝘁 𝗽𝗮𝘀 𝗱𝗲 𝗰𝗵𝗮𝘁𝗼𝗻 !"
	f := Read(s, None, None)
	if f.Lang != FR || f.Address != AddressVous || !f.HasContent("quarti") {
		t.Errorf("read as %d, address %d, content %q", f.Lang, f.Address, f.Content)
	}
	for _, want := range []string{"𝘃𝗼𝘂𝘀", "𝗰𝗵𝗮𝘁𝗼𝗻"} {
		if !slices.ContainsFunc(f.Marks, func(m Mark) bool { return s[m.Start:m.End] == want }) {
			t.Errorf("%q is not marked", want)
		}
	}
	wellFormed(t, s, f)
	for r := rune('À'); r <= unicode.MaxRune; r++ { // what it folds, it folds as NFKC does
		if p := plain(r); p != r && unicode.IsLetter(r) && norm.NFKC.String(string(r)) != string(p) {
			t.Errorf("%c (U+%04X) is taken for %c", r, r, p)
		} else if n := norm.NFKC.String(string(r)); p == r && 0x1D400 <= r && r <= 0x1D7FF && len(n) == 1 {
			t.Errorf("%c (U+%04X) is not taken for %s", r, r, n)
		}
	}
}

// A term is found in a text by its stems only if both come from the same path.
func TestStemsAreThoseOfRead(t *testing.T) {
	for _, s := range nasty {
		for l := None; l <= Other; l++ {
			f := Read(s, l, l)
			if f.Lang != l {
				continue
			}
			var got []string
			for _, w := range f.Words {
				got = append(got, w.Stem)
			}
			if want := Stems(s, l); !strings.Contains(s, "@") && !strings.Contains(s, "#") && !strings.Contains(s, "http") && !slices.Equal(got, want) {
				t.Errorf("%.60q in %d: Read %q, Stems %q", s, l, got, want)
			}
		}
	}
}

func TestContent(t *testing.T) {
	f := Read("Notre #Atelier sur https://exemple.fr/jardins avec des livres, encore des livres", FR, None)
	if got := strings.Join(f.Content, "|"); got != "ateli|livr" {
		t.Errorf("content: %s", got)
	}
	if f.Sentences != 1 || f.Words[1].Stem != "ateli" || !f.Words[1].Tag || f.Words[0].Tag || !f.Words[0].Stop {
		t.Errorf("features: %+v", f)
	}
	f = Read("Il dit « venez nombreux » et part.", FR, None)
	for _, w := range f.Words {
		if w.Quoted != (w.Stem == "ven" || w.Stem == "nombreux") {
			t.Errorf("quoted: %+v", w)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		text string
		want Lang
	}{
		{"Nous avons ouvert les portes de l’atelier à tous ceux qui aiment les livres.", FR},
		{"Retrouvez-nous demain pour la fête", FR},
		{"We opened the doors of our workshop to everyone who likes books.", EN},
		{"Join us tomorrow for the party", EN},
		{"Wir haben heute die Türen unserer Werkstatt für alle geöffnet, die Bücher mögen.", Other},
		{"Hemos abierto las puertas de nuestro taller a todos los que aman los libros.", Other},
		{"Abbiamo aperto le porte della nostra officina a tutti quelli che amano i libri.", Other},
		{"We hebben de deuren van onze werkplaats vandaag geopend voor iedereen die van boeken houdt.", Other},
		{"Abrimos as portas da nossa oficina para todos os que gostam de livros e não só.", Other},
		{"今日はワークショップのドアを開けました。", Other},
		{"Мы открыли двери нашей мастерской для всех.", Other},
		{"مرحبا بكم في ورشة العمل", Other},
		{"Bravo", None},
		{"🎉🎉", None},
		{"", None},
	} {
		if got := Read(c.text, None, None).Lang; got != c.want {
			t.Errorf("%q read as %d, want %d", c.text, got, c.want)
		}
	}
	if Read("Bravo", None, EN).Lang != EN || Read("Join us tomorrow for the party", FR, EN).Lang != FR {
		t.Error("the fallback serves short texts; a declared language wins")
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Été À L’ŒUVRE": "ete a l'oeuvre", "ÇA Ÿ Æ ß Ł": "ca y ae ss l", "e\u0301": "e", "déjà‑vu": "deja‑vu", "ÉCOLE中": "ecole中", "abc": "abc", "İ×÷": "i×÷"} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCodePoints(t *testing.T) {
	s := "aé😀b"
	for at, want := range map[int]int{-1: 0, 0: 0, 1: 1, 3: 2, 7: 3, 8: 4, 99: 4} {
		if got := CodePoints(s, at); got != want {
			t.Errorf("CodePoints(%q, %d) = %d, want %d", s, at, got, want)
		}
	}
	if got := CodePoints("\xffab", 2); got != 2 {
		t.Errorf("an invalid byte is one code point, got %d", got)
	}
}

// nasty is what a board may hold and no one writes.
var nasty = []string{
	"", " ", "\n\n", "a", "'", "’", "l’", "l'l'l'", "qu'", "\xff", "a\xffb\xc3", "\xe2\x80", "\xf0\x9f\x98", "é\xe9é", "\uFFFD\xff\uFFFD", "\x00",
	"@", "#", "@@", "#é\u0301", ".", "..", "a.b.", "://", "http://", "https://(", "www.", "a@b", "a.b@c.d@e.f", "@a@", "x.fr/", "-.fr", ".fr", "é.fr",
	"«", "« a", "\" \" \"", "“„”", "!", "!!!\xff!", "1", "1 000", "1 ", "1\u202F000\u202F", "1.", "12.345.678,9", "😀", "👨‍👩‍👧‍👦", "🇫", "🇫🇷🇧", "\u200D", "a\u0301\u0301\u0301", "\u202F", "a\u202Fb",
	"עברית \"א\" ע'", "العربية ١٢٣", "日本語のテキスト", "ภาษาไทย", "tu", "vous", "-tu", "tu-", "vous-", "as-tu-vu", "t'", "T’", "ez", "-vous -vous", "vous tous", "ton", "le ton", "y'all", "'s", "can't've",
	"Découvrez les nouveautés, t’es prêt·e ? #Go @toi https://a.fr", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", strings.Repeat("é", 100),
}

// wellFormed checks what holds of any reading.
func wellFormed(t *testing.T, s string, f *Features) {
	t.Helper()
	boundary := map[int32]bool{int32(len(s)): true}
	for i := range s {
		boundary[int32(i)] = true
	}
	place := func(start, end int32) {
		if start < 0 || start >= end || end > int32(len(s)) || !boundary[start] || !boundary[end] {
			t.Fatalf("%.200q: place %d–%d is not one of the text", s, start, end)
		}
	}
	last := int32(0)
	for _, w := range f.Words {
		place(w.Start, w.End)
		if w.Start < last {
			t.Fatalf("%.200q: words overlap", s)
		}
		last = w.End
	}
	last = 0
	for _, m := range f.Marks {
		place(m.Start, m.End)
		if m.Start < last {
			t.Fatalf("%.200q: marks are not sorted", s)
		}
		last = m.Start
	}
	if !slices.IsSorted(f.Content) || len(slices.Compact(slices.Clone(f.Content))) != len(f.Content) || slices.Contains(f.Content, "") {
		t.Fatalf("%.200q: content %q", s, f.Content)
	}
	if f.BaitScore < 0 || f.BaitScore > 1 || f.Formality != f.Formality || f.Lang > Other || f.Graphemes > utf8.RuneCountInString(s) {
		t.Fatalf("%.200q: %+v", s, f)
	}
	if (f.Address == Unmarked) != !(f.Has(Tu) || f.Has(Vous)) {
		t.Fatalf("%.200q: address %d without its marks", s, f.Address)
	}
}

func TestNasty(t *testing.T) {
	for _, s := range nasty {
		for l := None; l <= Other; l++ {
			wellFormed(t, s, Read(s, l, None))
		}
		Stems(s, FR)
		ContentStems(s, EN)
	}
}

// Long hostile texts: a quadratic reader would not come back.
func TestLinear(t *testing.T) {
	const size = 1 << 17
	for _, unit := range []string{"a", ".", "a.", "@", "#", "#a", "a@", "«", "\"", "\"\n", "„", "“", "!", "! ", "1", "1 ", "1,", "😀", "\u200D", "é\u0301", "\u0301", "\xff", "tu ", "vous ", "vous-", "tu ne ", "ne ", "a-", "a'", "l'", ":", "a:\u0301", "http://", "x.fr ", "(", "中", "א\"", "🇫", "1. ", ". ", "A. 1 ", "de ", "« tu » ", "\r\n", "regarde, ", "et, "} {
		s := strings.Repeat(unit, size/len(unit))
		f := Read(s, FR, None)
		if len(unit) < 3 {
			continue // the full check is slow in wasm; the shape is the same
		}
		wellFormed(t, s, f)
	}
}

// The order of stems is that of their strings, which their first bytes do not always tell.
func TestStemOrder(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	for n := range 70 {
		var stems []stemKey
		var want []string
		for range n {
			b := make([]byte, 5+rng.Intn(6))
			for i := range b {
				b[i] = "a\x00\xC3"[rng.Intn(3)]
			}
			stems, want = append(stems, stemKey{firstBytes(string(b)), string(b)}), append(want, string(b))
		}
		sortFew(stems)
		slices.Sort(want)
		for i := range stems {
			if stems[i].stem != want[i] {
				t.Fatalf("%q in the place of %q", stems[i].stem, want[i])
			}
		}
	}
}

// What a form holds is what its word says by itself, whatever was on its shelf before.
func TestFormsOfWords(t *testing.T) {
	for i := range 20_000 {
		word := "l’" + strconv.Itoa(i) + "été"
		if x := formOf(word); string(x.spelling[:x.size]) != word || int(x.elided) != elision(word) {
			t.Fatalf("%q has the form of %q", word, x.spelling[:x.size])
		} else if a := x.lexeme(word[x.elided:], FR); a.lower != word[x.elided:] || *a != *lookup(word[x.elided:], FR) {
			t.Fatalf("%q has the lexeme of %q", word, a.lower)
		}
	}
	if x := formOf("L’ÉTÉ"); x.elided != 4 || x.latin != 4 || x.foreign != 0 || !x.accented || x.votes != functionIndex()["ete"] {
		t.Errorf("L’ÉTÉ is %+v", x)
	}
}

func TestConcurrent(t *testing.T) {
	texts := []string{"Découvrez l’atelier, vos livres et votre ville", "Tu viens ? On kiffe trooop !", "You won’t believe these 7 kittens", "Wir sind hier"}
	want := make([]*Features, len(texts))
	for i, s := range texts {
		want[i] = Read(s, None, FR)
	}
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			rng := rand.New(rand.NewSource(int64(worker)))
			for range 500 {
				i := rng.Intn(len(texts))
				if f := Read(texts[i], None, FR); !slices.Equal(f.Words, want[i].Words) || !slices.Equal(f.Marks, want[i].Marks) || f.Formality != want[i].Formality {
					t.Errorf("%q reads differently the second time", texts[i])
					return
				}
			}
		})
	}
	group.Wait()
}

func FuzzRead(f *testing.F) {
	for i, s := range nasty {
		f.Add(s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, s string, lang uint8) {
		l := Lang(lang % 4)
		a := Read(s, l, FR)
		wellFormed(t, s, a)
		b := Read(s, l, FR)
		if !slices.Equal(a.Words, b.Words) || !slices.Equal(a.Marks, b.Marks) || a.Formality != b.Formality || a.BaitScore != b.BaitScore {
			t.Fatal("two readings differ")
		}
		Alignment(a, NewSpoken(a.Lang, []*Features{b}))
		a.Cliches()
	})
}

var benched = []string{
	"Découvrez notre nouvelle saison : douze ateliers d’écriture, trois rencontres et une fête des voisins, du 3 avril au 12 juin, à la médiathèque des Docks. Entrée libre, sur inscription https://docks.fr/ateliers #lecture",
	"We opened the doors of our workshop to everyone who likes books, and you came: 120 readers, three authors and one very patient dog. Thank you! The next evening is on 12 June; join us at https://example.org/june #reading",
	"Tu veux voir comment on restaure une chaise ? Viens samedi, on t’attend à 10 h. Apporte ta chaise, on s’occupe du reste 🪑 L’atelier est ouvert à toutes les mains, même celles qui n’ont jamais tenu un rabot de leur vie.",
}

func BenchmarkRead(b *testing.B) {
	bytes := 0
	for _, s := range benched {
		bytes += len(s)
	}
	b.SetBytes(int64(bytes / len(benched)))
	b.ReportAllocs()
	for i := range b.N {
		Read(benched[i%len(benched)], None, FR)
	}
}

// A picture that shows what is spoken of is a label, whatever it shows.
func TestExpresses(t *testing.T) {
	for pictures, want := range map[string]bool{
		"😂 🔥 ❤️ 👏 👏🏽 🎉 🤷‍♀️ 🫶 💯 😻 🙌 🥰 ✨":                                      true,
		"📅 🕒 📍 ☎️ ✅ 1️⃣ 👉🏽 ▶️ 🇫🇷 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🥇 🥉 ☀️ 🌧️ ⚽ 🏉 🥜 🥛 ⛴️ 🚗 ♻️ 💃 💅 👩‍🍳 🐶": false,
	} {
		for _, emoji := range strings.Fields(pictures) {
			if Expresses(emoji) != want {
				t.Errorf("%s: %v, want %v", emoji, !want, want)
			}
		}
	}
}
