package core

import (
	"strings"
	"testing"

	"unisson/core/boardjson"
	"unisson/core/texts"
)

// What channels state about one thing is held together where both say it of today, of the whole organisation, and cannot both be right.
func TestContradictions(t *testing.T) {
	const board = `{"format":"unisson/1","id":"b","lang":"fr","segments":[{"id":"lyon","name":"Lyon"},{"id":"metz","name":"Metz"}],
		"channels":[{"id":"site","kind":"site","name":"Site"BIO1},{"id":"fb","kind":"facebook","name":"Page"BIO2}],
		"messages":[{"id":"a","channel":"site","date":"2026-03-01","text":"TEXT1"},{"id":"b","channel":"fb","date":"DATE","text":"TEXT2"}LATER],"facts":[FACTS],"asOf":"ASOF"}`
	for _, c := range []struct {
		name  string
		with  [2]string // texts
		bios  [2]string // further members of the channels
		date  string    // of the second text
		fact  string
		later string // a further message
		asOf  string
		want  string
		tells string // in the report, on top of that
	}{
		{name: "two prices", with: [2]string{"Adhésion annuelle : 20 €.", "🙂 L’adhésion annuelle est à 25 €."}, want: `"kind":"price","about":"adhésion annuelle","said":[{"channel":"fb","value":"25 €","places":[{"message":"b","start":28,"end":32}]},{"channel":"site","value":"20 €","places":[{"message":"a","start":20,"end":24}]}]`},
		{name: "one price written twice", with: [2]string{"Adhésion annuelle : 20 €.", "L’adhésion annuelle est à 20,00 euros."}},
		{name: "two prices, and a message planned for later", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, later: `,{"id":"c","channel":"fb","date":"2026-07-14","text":"Bonne fête !"}`, asOf: "2026-03-05", want: `"kind":"price"`},
		{name: "a price planned for later", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, asOf: "2026-03-05", date: "2026-03-09"},
		{name: "a price of students", with: [2]string{"L’adhésion est à 20 €.", "Pour les étudiants, l’adhésion est à 10 €."}},
		{name: "two prices of students", with: [2]string{"Étudiants : l’adhésion est à 12 €.", "Pour les étudiants, l’adhésion est à 10 €."}, want: `"kind":"price"`},
		{name: "two prices that bind nobody", with: [2]string{"L’abonnement Fournée est à 39 € par mois, sans engagement.", "Abonnement Fournée : 45 € par mois, sans engagement."}, want: `"kind":"price","about":"Abonnement Fournée"`},
		{name: "a price that binds, and one that does not", with: [2]string{"L’abonnement Fournée est à 39 € par mois.", "Abonnement Fournée : 45 € par mois, sans engagement."}},
		{name: "a session after another", with: [2]string{"La collecte de sang aura lieu le 4 mars.", "La collecte de sang aura lieu le 9 mars."}, date: "2026-03-06"},
		{name: "a session, and a text before it", with: [2]string{"La collecte de sang aura lieu le 4 mars.", "La collecte de sang aura lieu le 5 mars."}, date: "2026-03-03", want: `"kind":"date"`},
		{name: "hours of a time of their own", with: [2]string{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h.", "Cet été, on ralentit. Nous sommes ouverts du mardi au samedi de 14 h à 19 h."}},
		{name: "hours of one branch", with: [2]string{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h.", "Agence de Metz. Nous sommes ouverts du mardi au samedi de 9 h à 18 h."}},
		{name: "an event of the year after", with: [2]string{"La fête des récoltes aura lieu le 14 juin.", "La fête des récoltes aura lieu le 16 juin 2027."}},
		{name: "an event a day apart, its year said once", with: [2]string{"La fête des récoltes aura lieu le 14 juin.", "La fête des récoltes aura lieu le 15 juin 2026."}, want: `"kind":"date"`},
		{name: "a price of last year", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, date: "2025-02-01"},
		{name: "a price on a page of some months ago", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, date: "2026-08-02", want: `"kind":"price"`},
		{name: "a price on a page of years ago", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, date: "2027-08-02"},
		{name: "a price without a day", with: [2]string{"Adhésion annuelle : 20 €.", "Adhésion annuelle : 25 €."}, date: "none", want: `"kind":"price"`},
		{name: "an event of which year", with: [2]string{"La fête des récoltes aura lieu le 14 juin 2026.", "La fête des récoltes aura lieu le 15 juin 2026."}, date: "none"},
		{name: "an event on a page of last year", with: [2]string{"Fête des récoltes : 14 juin.", "Fête des récoltes : 14 juin."}, date: "2027-02-20"},
		{name: "tickets of which there are many", with: [2]string{"Billet : 8 €.", "Billet : 12 €."}},
		{name: "a channel that says both", with: [2]string{"Adhésion annuelle : 20 €. Plus loin.\\nAdhésion annuelle : 25 €.", "Adhésion annuelle : 25 €."}},
		{name: "phones of bios", bios: [2]string{`,"bio":"Tél. : 04 76 00 00 00"`, `,"bio":"Tél. : 04 76 00 00 99"`}, want: `"kind":"phone","said":[{"channel":"fb","value":"04 76 00 00 99","places":[{"entity":"fb","field":"bio","start":7,"end":21}]}`},
		{name: "phones of two towns", bios: [2]string{`,"segments":["lyon"],"bio":"Tél. : 04 76 00 00 00"`, `,"segments":["metz"],"bio":"Tél. : 03 87 00 00 99"`}},
		{name: "hours", with: [2]string{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h.", "On vous attend ! Nous sommes ouverts du mardi au samedi de 9 h à 18 h."}, want: `"kind":"hours"`},
		{name: "hours with a label", with: [2]string{"Horaires : du lundi au vendredi, 9h-17h", "Horaires d’ouverture :\\nlundi-vendredi : 9h-18h\\nsamedi : 10h-12h"}, want: `"value":"lundi-vendredi : 9h-18h, samedi : 10h-12h"`},
		{name: "hours with a label, one of an annexe", with: [2]string{"Horaires : du lundi au vendredi, 9h-17h", "Une annexe ouvre à Brest. Horaires : du lundi au vendredi, 9h-18h"}},
		{name: "hours of a thing", with: [2]string{"La serre est ouverte du lundi au vendredi, 9h-17h.", "Horaires de la serre : du lundi au vendredi, 9h-18h"}, want: `"kind":"hours","about":"serre"`, tells: "(Les horaires : « serre »)"},
		{name: "hours of nobody in particular", with: [2]string{"Ouvert du mardi au samedi de 10 h à 19 h.", "Ouvert du mardi au samedi de 9 h à 18 h."}},
		{name: "an event a day apart", with: [2]string{"La fête des récoltes aura lieu le samedi 14 mars.", "Fête des récoltes : vendredi 13 mars"}, want: `"kind":"date"`},
		{name: "an event moved", with: [2]string{"La fête des récoltes aura lieu le samedi 14 mars.", "La fête des récoltes est reportée au 15 mars."}},
		{name: "taglines", with: [2]string{"Notre devise : « La ville à vélo ».", "Notre devise : « La vie à vélo »."}, want: `"kind":"tagline"`},
		{name: "a tagline and its translation", with: [2]string{"Notre devise : « La ville à vélo ».", "Our tagline: “The town by bike”."}, bios: [2]string{`,"lang":"fr"`, `,"lang":"en"`}},
		{name: "a tagline translated in a message of another language", with: [2]string{"Notre devise : « La ville à vélo ».", "Our motto is to go slow and to stop often, for all of you who ride with us: our tagline: “The town by bike”."}},
		{name: "an event of two towns", with: [2]string{"Bal des forgerons : 14 mars, Brest.", "Bal des forgerons : 16 mars, Quimper."}},
		{name: "two posts of one name", with: [2]string{"On recrute un luthier. Date de clôture : 14 mars.", "On recrute un vernisseur. Date de clôture : 16 mars."}},
		{name: "a typed price and a text", with: [2]string{"Bonjour.", "Adhésion annuelle : 25 €."}, fact: `{"channel":"site","key":"prix","subject":"adhésion annuelle","value":"20 €"}`, want: `"kind":"price","about":"adhésion annuelle","said":[{"channel":"site","value":"20 €","places":[{"entity":"site","field":"facts/0"}]}`},
		{name: "a typed price of another time", with: [2]string{"Bonjour.", "Adhésion annuelle : 25 €."}, fact: `{"channel":"site","key":"prix","subject":"adhésion annuelle","value":"20 €","to":"2026-01-31"}`},
	} {
		if c.date == "" {
			c.date = "2026-03-02"
		}
		c.date = strings.TrimPrefix(c.date, "none")
		b, err := boardjson.Decode([]byte(strings.NewReplacer("TEXT1", c.with[0], "TEXT2", c.with[1], "BIO1", c.bios[0], "BIO2", c.bios[1], "DATE", c.date, "FACTS", c.fact, "LATER", c.later, "ASOF", c.asOf).Replace(board)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		r := Check(b, Options{})
		got := string(r.AppendJSON(nil))
		_, found, any := strings.Cut(got, `"contradictions":`)
		if (c.want != "") != any || any && !strings.Contains(found, c.want) {
			t.Errorf("%s: got %.300s, want %s", c.name, found, c.want)
		}
		if plain := strings.Join(strings.Fields(texts.Plain(r, b, texts.FR)), " "); any && (!strings.Contains(plain, "Deux canaux se contredisent") || !strings.Contains(plain, c.tells)) {
			t.Errorf("%s: not told", c.name)
		}
	}
}
