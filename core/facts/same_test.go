package facts

import (
	"testing"

	"unisson/core/text"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		lang text.Lang
		a, b string
		want bool
	}{
		{text.FR, "30€/an", "30 € par an", true},
		{text.FR, "30 € par an", "30 € par mois", false},
		{text.FR, "30 €", "30 € par an", true},
		{text.FR, "30 € TTC", "30 € HT", false},
		{text.FR, "12 €/pers.", "12 € par personne", true},
		{text.FR, "12 €/pers.", "14 € par personne", false},
		{text.FR, "12 € par panier", "12 € le panier", true},
		{text.FR, "Gratuite", "gratuit", true},
		{text.FR, "gratuit", "0 €", true},
		{text.FR, "gratuit", "5 €", false},
		{text.FR, "à partir de 12 €", "12 €", false},
		{text.FR, "8 € (gratuit -12 ans)", "8 € (gratuit -16 ans)", false},
		{text.FR, "8 € sans réservation", "8 € avec réservation", false},
		{text.FR, "mardi au samedi 10h–18h", "du mardi au samedi inclus de 10 h à 18 h", true},
		{text.FR, "tous les jours 10h-18h", "7j/7, 10 h – 18 h", true},
		{text.FR, "tous les jours 10h-18h", "7 jours sur 7, de 10 h à 19 h", false},
		{text.FR, "9h-12h / 14h-18h", "de 9 h à midi et de 14 h à 18 h", true},
		{text.FR, "9h-12h / 14h-18h", "9h-12h / 14h-19h", false},
		{text.FR, "9h-18h", "9h-19h", false},
		{text.FR, "de 9 h à 18 h", "à 9 h et à 18 h", false},
		{text.FR, "du mardi au samedi", "mardi–samedi", true},
		{text.FR, "du mardi au samedi", "mardi et samedi", false},
		{text.FR, "lundi", "mardi", false},
		{text.FR, "le lundi", "sauf le lundi", false},
		{text.FR, "dès 9 h", "9 h", false},
		{text.FR, "du 3 au 5 mars", "le 3 et le 5 mars", false},
		{text.FR, "du 3 au 5 mars", "3–5 mars", true},
		{text.FR, "du 3 mars", "au 3 mars", false},
		{text.FR, "8,50 €", "8 € 50 g", false},
		{text.FR, "12 bis rue Haute", "12 ter rue Haute", false},
		{text.FR, "du 3 mars au 5 avril", "le 3 mars et le 5 avril", false},
		{text.FR, "« Un bois pour cinquante ans »", "Un bois pour cinquante ans.", true},
		{text.FR, "Un bois pour cinquante ans", "Un bois pour cent ans", false},
		{text.FR, "Penser la ville", "Pensez la ville", false},
		{text.FR, "02 98 00 11 22 (prix d’un appel local)", "02 98 00 11 22", true},
		{text.FR, "02 98 00 11 22 (prix d’un appel local)", "02 98 00 11 23", false},
		{text.FR, "02 98 00 11 22 ou 06 98 00 11 22", "02 98 00 11 22", false},
		{text.FR, "12, rue de la Gare, 39000 Lons", "12 rue de la Gare – 39000 Lons", true},
		{text.FR, "12, rue de la Gare, 39000 Lons", "14 rue de la Gare – 39000 Lons", false},
		{text.FR, "12 rue de la Gare, 01000 Lons", "12 rue de la Gare, 1000 Lons", false},
		{text.FR, "12 rue de la Gare, hall D", "12 rue de la Gare, hall L", false},
		{text.FR, "-5 °C", "5 °C", false},
		{text.FR, "exemple.fr/12", "exemple.fr/13", false},
		{text.FR, "jean.paul@exemple.fr", "jean-paul@exemple.fr", false},
		{text.EN, "£30/year", "£30 a year", true},
		{text.EN, "£30 a year", "£30 a month", false},
		{text.EN, "free", "£0", true},
		{text.EN, "free", "£5", false},
		{text.EN, "from £9", "£9", false},
		{text.EN, "from Tuesday to Saturday", "Tuesday–Saturday", true},
		{text.EN, "from Tuesday", "Tuesday", false},
		{text.EN, "Tuesday to Saturday", "Tuesday and Saturday", false},
		{text.EN, "every Monday", "every Tuesday", false},
		{text.EN, "9am to noon, 2pm to 6pm", "9am–12pm / 2–6pm", true},
		{text.EN, "9am–6pm", "9am–7pm", false},
		{text.EN, "every day, 10am–6pm", "7 days a week, 10am to 6pm", true},
		{text.EN, "“Bread worth the walk”", "Bread worth the walk.", true},
		{text.EN, "Bread worth the walk", "Bread worth the talk", false},
		{text.EN, "020 7946 0000 (local rate)", "020 7946 0000", true},
		{text.EN, "12, Mill Lane, Bath", "12 Mill Lane – Bath", true},
		{text.EN, "12 Mill Lane, Bath", "21 Mill Lane, Bath", false},
		{text.EN, "Hotel ★★★", "Hotel ★★", false},
		{text.EN, "12 days before", "12 days after", false},
		{text.FR, "!", "?", false},
		{text.FR, "", "", false},
	} {
		x, y := Value{c.a, c.lang}, Value{c.b, c.lang}
		if Same(x, y) != c.want || Same(y, x) != c.want {
			t.Errorf("%q, %q: same %v, want %v", c.a, c.b, Same(x, y), c.want)
		}
	}
}
