package facts

import (
	"fmt"
	"strings"
	"testing"

	"unisson/core/text"
)

// said shows statements as « kind subject=value », with what is said of who speaks and of a kind of thing marked.
func said(list []Stated, s string) string {
	var out []string
	for _, st := range list {
		kind := [...]string{Price: "price", Phone: "phone", Hours: "hours", Date: "date", Tagline: "tagline", Offer: "offer"}[st.Kind]
		self, general := "", ""
		if st.Self {
			self = " self"
		}
		if st.General && st.Subject != "" {
			general = " general"
		}
		out = append(out, fmt.Sprintf("%s[%s]%s%s=%s", kind, st.Subject, self, general, s[st.Start:st.End]))
	}
	return strings.Join(out, "; ")
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		lang       text.Lang
		text, want string
	}{
		{text.FR, "Adhésion annuelle : 20 €.", "price[adhes annuel]=20 €"},
		{text.FR, "L’adhésion est de 20 € par an, on vous attend.", "price[adhes /year]=20 €"},
		{text.FR, "Panier de légumes à 12,50 €", "price[legum pani]=12,50 €"},
		{text.FR, "Adhésion annuelle : CHF 20.–, tout compris", "price[adhes annuel]=CHF 20.–"},
		{text.EN, "Reach us on 020 7946 0000", "phone[] self=020 7946 0000"},
		{text.FR, "Billet : 8 €", "price[billet] general=8 €"},
		{text.EN, "Annual membership is £20.", "price[annual membership]=£20"},
		{text.EN, "Veg box: £12.50", "price[box veg]=£12.50"},
		{text.FR, "Appelez-nous au 04 76 00 00 00", "phone[] self=04 76 00 00 00"},
		{text.FR, "Tél. : 04.76.00.00.00", "phone[]=04.76.00.00.00"},
		{text.EN, "Call us on 020 7946 0000.", "phone[] self=020 7946 0000"},
		{text.FR, "Nous sommes ouverts du mardi au samedi de 10 h à 19 h.", "hours[] self=mardi au samedi de 10 h à 19 h"},
		{text.FR, "La boutique est ouverte du mardi au samedi, de 10h à 12h et de 14h à 19h", "hours[boutiqu]=mardi au samedi, de 10h à 12h et de 14h à 19h"},
		{text.EN, "We're open Tue–Sat, 10am–6pm.", "hours[] self=Tue–Sat, 10am–6pm"},
		{text.FR, "Horaires de la boutique :\nmardi-vendredi : 9h-18h\nsamedi : 10h-17h", "hours[boutiqu]=mardi-vendredi : 9h-18h\nsamedi : 10h-17h"},
		{text.FR, "Horaires : du lundi au vendredi, 9h-17h", "hours[] self=lundi au vendredi, 9h-17h"},
		{text.FR, "Horaires d’ouverture\n\n• lundi-vendredi : 9h-17h\n• samedi : 10h-12h\n• dimanche : fermé", "hours[] self=lundi-vendredi : 9h-17h\n• samedi : 10h-12h\n• dimanche : fermé"},
		{text.EN, "Opening hours: Mon–Fri 8am–4pm", "hours[] self=Mon–Fri 8am–4pm"},
		{text.EN, "Opening times\nMonday to Friday: 8am–4pm\nSaturday: 9am–noon", "hours[] self=Monday to Friday: 8am–4pm\nSaturday: 9am–noon"},
		{text.EN, "We’re open Monday to Friday, 8 a.m. to 4 p.m.", "hours[] self=Monday to Friday, 8 a.m. to 4 p.m."},
		{text.EN, "We're open 7 days a week, 8-4.", "hours[] self=7 days a week, 8-4"},
		// A label is of who speaks where nothing else is named.
		{text.FR, "L’atelier de Vannes vous attend. Horaires : du lundi au vendredi, 9h-17h", "hours[]=lundi au vendredi, 9h-17h"},
		{text.FR, "Horaires : du lundi au vendredi, 9h-17h\nRelais de Vannes", "hours[]=lundi au vendredi, 9h-17h"},
		{text.FR, "Horaires : lundi-vendredi 9h-17h\nAtelier : lundi-jeudi 9h-12h", "hours[] self=lundi-vendredi 9h-17h; hours[ateli]=lundi-jeudi 9h-12h"},
		{text.EN, "Visit the annexe. Opening hours: Mon–Fri 8am–4pm", "hours[]=Mon–Fri 8am–4pm"},
		{text.EN, "Opening hours\nMon–Fri 8am–4pm\nSaturday 9am–noon in the annexe", "hours[]=Mon–Fri 8am–4pm"},
		{text.EN, "Opening hours: Mon–Fri 8am–4pm\nOpening hours: Sat–Sun 9am–noon", "hours[]=Mon–Fri 8am–4pm; hours[]=Sat–Sun 9am–noon"},
		{text.FR, "La fête des récoltes aura lieu le samedi 12 octobre.", "date[fet recolt]=12 octobre"},
		{text.FR, "Fête des récoltes : samedi 12 octobre 2027, au jardin", "date[fet recolt]=12 octobre 2027"},
		{text.EN, "The harvest fair takes place on Saturday 12th October", "date[fair harvest]=12th October"},
		{text.EN, "Harvest fair: October 12, 2027", "date[fair harvest]=October 12, 2027"},
		{text.FR, "Notre devise : « La ville à vélo »", "tagline[] self=La ville à vélo"},
		{text.EN, "Our tagline is “Bread worth the walk”.", "tagline[] self=Bread worth the walk"},
		{text.FR, "Notre carte s’appelle « Élan »", "offer[cart] self=Élan"},
		{text.FR, "Notre offre « Élan » et notre offre « Solo »", ""},
		{text.FR, "La fête des récoltes est reportée au 19 octobre", ""},
		{text.FR, "La fête des récoltes aura lieu le 12 octobre et le 19 octobre", ""},
		{text.FR, "Concert : 12 octobre", ""},
		{text.FR, "Bal de printemps : samedi 12 octobre", "date[bal printemp]=12 octobre"},
		{text.EN, "The Winter Fair is on Saturday 12 October.", "date[fair winter]=12 October"},
		{text.EN, "The next fair is on Saturday 12 October.", ""},
		{text.FR, "Adhésion d’hiver : 20 €", ""},
		{text.FR, "Blonde du port : 4,40 € la pinte", "price[blond port /pint]=4,40 €"},
		{text.EN, "Harbour Amber: £4.40 a pint", "price[amber harbour /pint]=£4.40"},
		{text.EN, "A pint: £4.40", "price[pint] general=£4.40"},
		{text.FR, "Date d’entretien : 12 octobre", ""},
		{text.EN, "We need a gardener. Closing date: 12 October", ""},
		{text.EN, "Interview date: 12 October", ""},
		{text.FR, "Date de la fête des récoltes : 12 octobre", "date[fet recolt]=12 octobre"},
		{text.EN, "Vinyl: £20", "price[vinyl] general=£20"},
		{text.FR, "Vinyle : 20 €", "price[vinyl] general=20 €"},
		{text.FR, "Comme dit leur devise : « La ville à vélo »", ""},
		// What is conditional, limited, rounded, asked, quoted, past or about to change is not read.
		{text.FR, "Adhésion à partir de 20 €", ""},
		{text.FR, "Adhésion annuelle : 20 € jusqu’au 3 mars", ""},
		{text.FR, "L’adhésion passe à 25 €", ""},
		{text.FR, "Adhésion : 20 € ou 30 €", ""},
		{text.FR, "Adhésion : 20-30 €", ""},
		{text.FR, "-20 % sur les paniers : 12 €", ""},
		{text.FR, "Une cagnotte de 300 €", ""},
		{text.FR, "L’adhésion est-elle à 20 € ?", ""},
		{text.EN, "Tickets from £8", ""},
		{text.EN, "Membership was £20", ""},
		{text.EN, "We raised £2,000 for the shelter", ""},
		{text.FR, "Exceptionnellement ouvert dimanche de 10h à 18h", ""},
		{text.FR, "Ouvert ce samedi de 10h à 18h", ""},
		{text.FR, "SIRET 123 456 789 00012", ""},
		{text.EN, "Fax 020 7946 0000", ""},
		{text.FR, "https://exemple.fr/prix/20€", ""},
		{text.FR, "Pour les étudiants, l’adhésion est à 10 €", "price[adhes | etudi]=10 €"},
		{text.FR, "Pour les autres, l’adhésion est à 30 €", ""},
		{text.FR, "Étudiants : l’adhésion est à 10 €", "price[adhes | etudi]=10 €"},
		{text.FR, "Étudiants : l’adhésion est à 10 €, le panier est à 8 €", "price[adhes | etudi]=10 €; price[pani | etudi]=8 €"},
		{text.FR, "Abonnement annuel : 30 € (étudiants)", "price[abon annuel | etudi]=30 €"},
		{text.FR, "Abonnement annuel : 30 €, étudiants", "price[abon annuel | etudi]=30 €"},
		{text.FR, "Abonnement annuel : 30 €, le mardi", "price[abon annuel | mardi]=30 €"},
		{text.FR, "Frais de port : 9,90 € (Corse et outre-mer)", "price[frais port | cors mer outr]=9,90 €"},
		{text.FR, "Tarifs : adhésion 20 €, panier 12 €", "price[adhes]=20 €; price[pani]=12 €"},
		{text.EN, "For students, membership is £10", "price[membership | student]=£10"},
		{text.EN, "Annual membership: £30 (students)", "price[annual membership | student]=£30"},
		{text.EN, "Annual membership: £30, students", "price[annual membership | student]=£30"},
		{text.EN, "Membership is £20, we hope to see you", "price[membership]=£20"},
		{text.FR, "En cas d’urgence, appelez-nous au 04 76 00 00 00", "phone[ | cas urgenc] self=04 76 00 00 00"},
		{text.FR, "Pour donner, appelez-nous au 04 76 00 00 00", "phone[ | don] self=04 76 00 00 00"},
		{text.FR, "Appelez-nous au 04 76 00 00 00, en cas d’urgence", "phone[ | cas urgenc] self=04 76 00 00 00"},
		{text.FR, "Appelez-nous au 04 76 00 00 00, du mardi au samedi de 9 h à 18 h", "phone[] self=04 76 00 00 00"},
		{text.EN, "In an emergency, call us on 020 7946 0000", "phone[ | emerg] self=020 7946 0000"},
		{text.FR, "Agence de Metz. Appelez-nous au 04 76 00 00 00", "phone[]=04 76 00 00 00"},
		{text.FR, "Canicule. Nous sommes ouverts du mardi au samedi de 7 h à 13 h", "hours[]=mardi au samedi de 7 h à 13 h"},
		{text.FR, "On vous attend. Nous sommes ouverts 7j/7, 7 h à 13 h", "hours[] self=7j/7, 7 h à 13 h"},
		{text.EN, "Leeds branch. We're open Tue–Sat, 10am–6pm.", "hours[]=Tue–Sat, 10am–6pm"},
		{text.FR, "Abonnement Fournée : 39 € par mois, sans engagement", "price[abon fourn /month | engag]=39 €"},
		{text.EN, "Oven plan: £39 a month, no deposit, cancel when you like, with a month for the baker and one for the miller", ""},
		{text.FR, "Cet été, on ralentit. Nous sommes ouverts du mardi au samedi de 14 h à 19 h.", ""},
		{text.FR, "Pendant le chantier, on s’adapte. Nous sommes ouverts du mardi au samedi de 14 h à 19 h.", ""},
		{text.EN, "Refurbishment until April. We're open Tue–Sat, 2pm–6pm.", ""},
		{text.EN, "Repairs while you wait. We're open Tue–Sat, 10am–6pm.", "hours[] self=Tue–Sat, 10am–6pm"},
		{text.EN, "The rye is back. We're open Tue–Sat, 10am–6pm.", "hours[] self=Tue–Sat, 10am–6pm"},
		{text.Other, "Mitgliedschaft: 20 €", ""},
		{text.FR, "", ""},
	} {
		if got := said(Read(text.Read(c.text, c.lang, c.lang), c.text), c.text); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.text, got, c.want)
		}
	}
}

func TestContradicts(t *testing.T) {
	read := func(s string) Stated {
		t.Helper()
		list := Read(text.Read(s, text.FR, text.FR), s)
		if len(list) != 1 {
			t.Fatalf("%q: %d statements", s, len(list))
		}
		return list[0]
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Adhésion : 20 €", "Adhésion : 25 €", true},
		{"Adhésion : 20 €", "Adhésion : 20,00 euros", false},
		{"Adhésion : 1 200 €", "Adhésion : 1.200 €", false},
		{"Adhésion : 20 €", "Adhésion : 25 £", false},
		{"Adhésion : 60 CHF", "Adhésion : CHF 60.–", false},
		{"Adhésion : 60 francs", "Adhésion : CHF 65.-", true},
		{"Adhésion : EUR 20", "Adhésion : 20 €", false},
		{"Appelez-nous au 04 76 00 00 00", "Pour nous joindre : 04 76 00 00 01", true},
		{"Tél. : 04 76 00 00 00", "Tél. : +33 (0)4 76 00 00 00", false},
		{"Tél. : 04 76 00 00 00", "Tél. : 04 76 00 00 01", true},
		{"Tél. : 04 76 00 00 00", "Tél. : 06 76 00 00 01", false},
		{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h", "Nous sommes ouverts le mardi et le samedi de 10h à 19h", false},
		{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h", "Nous sommes ouverts le mardi et le samedi de 9h à 19h", true},
		{"Horaires :\nlundi-vendredi : 9h-17h\nsamedi : 10h-12h", "Horaires :\nlundi-vendredi : 9h-18h\nsamedi : 10h-12h", true},
		{"Horaires :\nlundi-vendredi : 9h-17h\nsamedi : 10h-12h", "Horaires : lundi-vendredi 9h-17h", false},
		{"Horaires :\ntous les jours : 9h-17h\nlundi : fermé", "Horaires : mardi-dimanche 9h-17h", false},
		{"Fête des récoltes : 12 octobre", "La fête des récoltes aura lieu le 13 octobre", true},
		{"Fête des récoltes : 12 octobre 2027", "La fête des récoltes aura lieu le 13 octobre 2027", true},
		{"Fête des récoltes : 12 octobre", "La fête des récoltes aura lieu le 13 octobre 1984", false},
		{"Fête des récoltes : 12 octobre 2027", "Fête des récoltes : 12 octobre 2028", true},
		{"Fête des récoltes : 12 octobre", "Fête des récoltes : 19 octobre", false},
		{"Fête des récoltes : 30 septembre", "Fête des récoltes : 1er octobre", true},
		{"Don du sang : 12 octobre, salle des fêtes", "Don du sang : 14 octobre, gymnase", false},
		{"Don du sang : 12 octobre, salle des fêtes", "Don du sang : 14 octobre, salle Ravel", false},
		{"Don du sang : 12 octobre, salle des fêtes", "Don du sang : 14 octobre, à la salle des fêtes, dès 9 h", true},
		{"Don du sang : 12 octobre, salle des fêtes", "Don du sang : 14 octobre", true},
		{"Rue des Tilleuls. Collecte du verre : 12 octobre", "Rue de Brest. Collecte du verre : 13 octobre", false},
		{"Agenda du mois. Collecte du verre : 12 octobre", "Brest infos. Collecte du verre : 13 octobre", true},
		{"Notre devise : « La ville à vélo »", "Notre devise, c’est « La ville, à vélo ! »", false},
		{"Notre devise : « La ville à vélo »", "Notre devise : « La vie à vélo »", true},
		{"Nous sommes ouverts du mardi au samedi de 10 h à 19 h", "Nous sommes ouverts le lundi et le dimanche de 9h à 12h", false},
	} {
		a, b := read(c.a), read(c.b)
		if a.Subject != b.Subject || a.Contradicts(&b) != c.want || b.Contradicts(&a) != c.want {
			t.Errorf("%q, %q: subjects %q, %q, contradict %v, want %v", c.a, c.b, a.Subject, b.Subject, a.Contradicts(&b), c.want)
		}
	}
}

func TestTyped(t *testing.T) {
	for _, c := range []struct{ subject, value, want string }{
		{"prix Adhésion annuelle", "20 €", "price[adhes annuel]"},
		{"téléphone", "04 76 00 00 00", "phone[]"},
		{"horaires de la boutique", "mardi-samedi 10h-19h", "hours[boutiqu]"},
		{"accroche", "La ville à vélo", "tagline[]"},
		{"ton", "La ville à vélo", ""},
	} {
		got := ""
		if st, ok := Typed(c.subject, c.value, text.FR); ok {
			got = said([]Stated{{Kind: st.Kind, Subject: st.Subject}}, "")
			got = strings.TrimSuffix(got, "=")
		}
		if got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.subject, c.value, got, c.want)
		}
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct{ value, said, want string }{
		{"10-12", "2026-10-12", "2026-10-12"},
		{"10-12", "2026-03-01T09:00:00Z", "2026-10-12"},
		{"3-1", "2026-10-12", "2027-3-1"},
		{"1984-3-1", "2026-10-12", "1984-3-1"},
		{"3-1", "", "3-1"},
	} {
		st := Stated{Kind: Date, Value: c.value}
		if st.In(c.said); st.Value != c.want {
			t.Errorf("%s said on %s: got %s, want %s", c.value, c.said, st.Value, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Adhésion : 20 €. Ouvert mardi 10h-19h, tél. 04 76 00 00 00", uint8(1))
	f.Add("We're open Tue–Sat, 10am–6pm; 8€50/kg", uint8(2))
	f.Fuzz(func(t *testing.T, s string, l uint8) {
		lang := text.Lang(l % 4)
		for _, st := range Read(text.Read(s, lang, lang), s) {
			if st.Start < 0 || st.End <= st.Start || int(st.End) > len(s) || st.Value == "" {
				t.Fatalf("%+v of %d bytes", st, len(s))
			}
			if st.Contradicts(&st) {
				t.Fatalf("%+v contradicts itself", st)
			}
		}
		Typed(s, s, lang)
		if half := len(s) / 2; Same(Value{s[:half], lang}, Value{s[half:], lang}) != Same(Value{s[half:], lang}, Value{s[:half], lang}) {
			t.Fatalf("%q: same one way alone", s)
		}
	})
}
