package voice

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"unisson/core/text"
)

// house is an organisation made up for tests: the words it speaks of, and its manner.
type house struct {
	words  string
	manner func(sentence string) string
}

var (
	bakery = house{"farine levain fournil croûte miche seigle pétrin boulanger fournée brioche four moulin blé pain pâte tourte épeautre fermentation apprenti vitrine commande samedi marché comptoir recette", func(s string) string {
		return "Nous " + s + ", chez nous, avec soin."
	}}
	garage = house{"moteur embrayage pneu vidange courroie freins carrosserie châssis huile batterie diagnostic révision atelier mécanicien pièce garantie rendez-vous véhicule contrôle devis filtre bougie pont essieu jante", func(s string) string {
		return "Wesh " + s + " !!! 😂😂 T'en dis quoi ???"
	}}
)

const small = "le la les de du des et pour avec sur dans une un ce qui est"

// posts makes n posts of a house, always the same for a seed.
func (h house) posts(n int, seed uint64) []string {
	dice := rand.New(rand.NewPCG(seed, 7))
	words, glue := strings.Fields(h.words), strings.Fields(small)
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for k := range 14 + dice.IntN(10) {
			if k > 0 {
				b.WriteByte(' ')
			}
			if k%2 == 0 {
				b.WriteString(glue[dice.IntN(len(glue))])
			} else {
				b.WriteString(words[dice.IntN(len(words))])
			}
		}
		out[i] = h.manner(b.String())
	}
	return out
}

func read(lang text.Lang, texts ...string) []Post {
	out := make([]Post, len(texts))
	for i, s := range texts {
		f := text.Read(s, lang, lang)
		out[i] = Post{s, f, Read(f, s)}
	}
	return out
}

func channel(id, kind string, texts ...string) Channel {
	return Channel{ID: id, Kind: kind, Profile: NewProfile(read(text.FR, texts...))}
}

func analyse(channels ...Channel) Result { return new(Analyst).Analyse(channels, true) }

func accused(r Result) (ids []string) {
	for _, s := range r.Channels {
		if s.Accused {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// mixed is five channels of the bakery and one of the garage.
func mixed() []Channel {
	return []Channel{
		channel("a", "blog", bakery.posts(12, 1)...), channel("b", "blog", bakery.posts(12, 2)...), channel("c", "blog", bakery.posts(14, 3)...),
		channel("intruder", "blog", garage.posts(12, 4)...), channel("d", "blog", bakery.posts(10, 5)...),
	}
}

func TestAnIntruderIsNamedAndNobodyElse(t *testing.T) {
	r := analyse(mixed()...)
	if got := accused(r); !reflect.DeepEqual(got, []string{"intruder"}) {
		t.Errorf("accused %v: %+v", got, r.Channels)
	}
	if r.Channels[r.Weakest].ID != "intruder" || r.Coherence != r.Channels[3].Belonging || r.State != Evaluated {
		t.Errorf("weakest %+v", r)
	}
}

func TestOfThreeAndTwoTheTwoAreNamed(t *testing.T) {
	r := analyse(
		channel("a", "blog", bakery.posts(12, 1)...), channel("b", "blog", garage.posts(12, 2)...), channel("c", "blog", bakery.posts(14, 3)...),
		channel("d", "blog", garage.posts(12, 4)...), channel("e", "blog", bakery.posts(10, 5)...),
	)
	if got := accused(r); !reflect.DeepEqual(got, []string{"b", "d"}) {
		t.Errorf("accused %v: %+v", got, r.Channels)
	}
}

// A channel that speaks of other things in part is not surely below the limit; it is surely below the four others, where there are others to say so.
func TestAHouseSureOfItselfNamesWhoStandsApart(t *testing.T) {
	inn := house{garage.words, bakery.manner}
	guest := channel("guest", "blog", append(inn.posts(10, 4), garage.posts(3, 6)...)...)
	sure := []Channel{
		channel("a", "blog", bakery.posts(20, 1)...), channel("b", "blog", bakery.posts(20, 2)...), channel("c", "blog", bakery.posts(20, 3)...), channel("d", "blog", bakery.posts(20, 5)...),
	}
	r := analyse(append(sure, guest)...)
	if got := accused(r); !reflect.DeepEqual(got, []string{"guest"}) || r.Channels[4].Interval.High < limit {
		t.Errorf("accused %v: %+v", got, r.Channels)
	}
	if r := analyse(sure[0], guest); len(accused(r)) > 0 {
		t.Errorf("one other channel is no house: %+v", r.Channels)
	}
}

func TestPartsOfOneAccountAreCoherent(t *testing.T) {
	for seed := range uint64(20) {
		posts := bakery.posts(40, seed)
		r := analyse(channel("x", "facebook", posts[:20]...), channel("y", "facebook", posts[20:]...))
		if len(accused(r)) > 0 || r.Coherence < .6 {
			t.Errorf("seed %d: %+v", seed, r)
		}
		r = analyse(channel("x", "facebook", posts[:10]...), channel("y", "newsletter", posts[10:20]...), channel("z", "blog", posts[20:]...))
		if len(accused(r)) > 0 {
			t.Errorf("seed %d, three kinds: %+v", seed, r)
		}
	}
}

func TestTwoChannelsAreMeasuredAlike(t *testing.T) {
	r := analyse(channel("x", "blog", bakery.posts(15, 1)...), channel("y", "blog", garage.posts(15, 2)...))
	if r.Channels[0].Belonging != r.Channels[1].Belonging || r.Channels[0].Interval != r.Channels[1].Interval {
		t.Errorf("not symmetric: %+v", r.Channels)
	}
}

func TestNeitherOrderNorHistoryMatters(t *testing.T) {
	channels := mixed()
	want := analyse(channels...)
	dice := rand.New(rand.NewPCG(3, 4))
	var a Analyst
	for range 6 {
		order := dice.Perm(len(channels))
		shuffled := make([]Channel, len(channels))
		for i, k := range order {
			posts := slices.Clone(channels[k].Profile.posts)
			dice.Shuffle(len(posts), func(x, y int) { posts[x], posts[y] = posts[y], posts[x] })
			shuffled[i] = channels[k]
			shuffled[i].Profile = NewProfile(posts)
		}
		got := a.Analyse(shuffled, true)
		for i, k := range order {
			if got.Channels[i] != want.Channels[k] {
				t.Fatalf("order %v: %+v, want %+v", order, got.Channels[i], want.Channels[k])
			}
		}
		if got.Coherence != want.Coherence || got.Interval != want.Interval {
			t.Fatalf("order %v: %+v, want %+v", order, got, want)
		}
		a.Analyse(shuffled[:3], true) // what was remembered of another board
	}
}

func TestUnsettledAnswersAreTheSamePoints(t *testing.T) {
	settled, quick := analyse(mixed()...), new(Analyst).Analyse(mixed(), false)
	for i, s := range quick.Channels {
		if s.Belonging != settled.Channels[i].Belonging || s.Accused || s.Interval != (Range{s.Belonging, s.Belonging}) {
			t.Errorf("%+v, settled %+v", s, settled.Channels[i])
		}
	}
}

func TestStates(t *testing.T) {
	for _, c := range []struct {
		here, there int
		want        State
	}{{4, 20, Insufficient}, {20, 4, Insufficient}, {5, 20, Indicative}, {9, 9, Indicative}, {20, 9, Indicative}, {10, 10, Evaluated}, {0, 20, Insufficient}} {
		r := analyse(channel("x", "blog", bakery.posts(c.here, 1)...), channel("y", "blog", garage.posts(c.there, 2)...))
		if s := r.Channels[0]; s.State != c.want || s.Messages != c.here || s.Accused != (c.want == Evaluated) {
			t.Errorf("%d here, %d there: %+v, want state %d", c.here, c.there, s, c.want)
		}
	}
	if r := analyse(); r.Weakest != -1 || r.State != Insufficient {
		t.Errorf("no channel: %+v", r)
	}
	if r := analyse(channel("x", "blog", bakery.posts(30, 1)...)); r.Weakest != -1 {
		t.Errorf("one channel: %+v", r)
	}
}

func TestEmptyAndForeignTextsAreNotCompared(t *testing.T) {
	texts := append(bakery.posts(10, 1), "", "   ", "😂😂😂", "2026", "https://example.org/a")
	r := analyse(channel("x", "blog", texts...), channel("y", "blog", bakery.posts(12, 2)...))
	if s := r.Channels[0]; s.Messages != 10 {
		t.Errorf("%+v", s)
	}
	english := Channel{ID: "en", Kind: "blog", Profile: NewProfile(read(text.EN, bakery.posts(20, 3)...))}
	r = analyse(channel("x", "blog", bakery.posts(20, 1)...), english, channel("y", "blog", bakery.posts(20, 2)...))
	if s := r.Channels[1]; s.State != Insufficient || s.Accused || s.Elsewhere != 0 {
		t.Errorf("alone in its language: %+v", s)
	}
	if s := r.Channels[0]; s.Elsewhere != 20 {
		t.Errorf("measured by another language: %+v", s)
	}
}

func TestADeclaredOtherVoiceIsSparedAndMeasuresNobody(t *testing.T) {
	channels := mixed()
	channels[3].Apart = true
	r := analyse(channels...)
	if len(accused(r)) > 0 || r.Channels[r.Weakest].ID == "intruder" || r.Channels[3].Belonging > .5 {
		t.Errorf("%+v", r)
	}
	young := channel("young", "blog", garage.posts(12, 1)...)
	young.Apart = true
	if r := analyse(young, channel("x", "blog", bakery.posts(12, 2)...)); len(accused(r)) > 0 {
		t.Errorf("accused of not being like a channel declared apart: %+v", r)
	}
}

// A template makes the posts of one channel alike; that alone is no other voice.
func TestATemplateIsNoOtherVoice(t *testing.T) {
	letters := bakery.posts(12, 9)
	for i, s := range letters {
		letters[i] = "Voici la lettre du fournil, notre rendez-vous de chaque samedi : la fournée, la recette, le marché. " + s + " À samedi, au comptoir, pour la prochaine fournée et la prochaine recette."
	}
	r := analyse(channel("letter", "newsletter", letters...), channel("x", "blog", bakery.posts(12, 1)...), channel("y", "blog", bakery.posts(12, 2)...))
	if got := accused(r); len(got) > 0 {
		t.Errorf("accused %v: %+v", got, r.Channels)
	}
}

func TestIdenticalTextsAreOneVoice(t *testing.T) {
	texts := slices.Repeat([]string{"La boulangerie ouvre à sept heures."}, 12)
	if r := analyse(channel("x", "blog", texts...), channel("y", "blog", texts...)); len(accused(r)) > 0 || r.Coherence < .8 {
		t.Errorf("%+v", r)
	}
}

func TestAHugeChannelIsReadAsASample(t *testing.T) {
	x := channel("x", "blog", bakery.posts(1000, 1)...)
	r := analyse(x, channel("y", "blog", bakery.posts(50, 2)...), channel("z", "blog", garage.posts(50, 3)...))
	if s := r.Channels[0]; s.Messages != 1000 || len(x.Profile.members) != maxCompared {
		t.Errorf("%+v", s)
	}
	if got := accused(r); !reflect.DeepEqual(got, []string{"z"}) {
		t.Errorf("accused %v: %+v", got, r.Channels)
	}
}

func TestThousandsOfChannelsAreComparedInLinearTime(t *testing.T) {
	posts := read(text.FR, bakery.posts(400, 1)...)
	for _, kinds := range []int{1, 1 << 20} {
		var channels []Channel
		for i := range 600 {
			channels = append(channels, Channel{ID: strconv.Itoa(i), Kind: strconv.Itoa(i % kinds), Profile: NewProfile(posts[i%80*5 : i%80*5+5])})
		}
		var a Analyst
		if a.Analyse(channels, false); len(a.pairs) > maxReferences*len(channels) {
			t.Errorf("%d pairs", len(a.pairs))
		}
	}
}

func TestMarks(t *testing.T) {
	channels := mixed()
	var profiles []*Profile
	for _, c := range channels {
		profiles = append(profiles, c.Profile)
	}
	x := NewLexis(profiles)
	marks := x.Marks(profiles[3])
	if len(marks) == 0 {
		t.Fatal("none")
	}
	terms := map[string]bool{}
	for i, m := range marks {
		terms[m.Term] = true
		if m.Count < 3 || m.Messages < 2 || m.LogRatio < 1 || m.Rate <= m.Elsewhere || i > 0 && m.G2 > marks[i-1].G2 || len(m.Places) == 0 {
			t.Errorf("%+v", m)
		}
		for _, p := range m.Places {
			if s := strings.ToLower(profiles[3].posts[p.Post].Text[p.Start:p.End]); len(s) == 0 || s[0] != m.Term[0] {
				t.Errorf("%q stands at %+v as %q", m.Term, p, s)
			}
		}
	}
	if !terms["😂"] || !terms["wesh"] || terms["farine"] {
		t.Errorf("marks %v", terms)
	}
	if got := x.Marks(profiles[0]); slices.ContainsFunc(got, func(m Mark) bool { return m.Term == "wesh" }) {
		t.Errorf("of the bakery: %v", got)
	}
	if NewLexis(profiles[:1]).Marks(profiles[0]) != nil {
		t.Error("marks with nothing to compare")
	}
}

func TestSurpriseAgainstAWorkedExample(t *testing.T) {
	// 110 of 2442 words here, 1 of 29114 elsewhere, worked out with G² = 2 Σ O ln(O/E).
	want := 2 * (110*math.Log(110/(111*2442./31556)) + math.Log(1/(111*29114./31556)) +
		2332*math.Log(2332/(31445*2442./31556)) + 29113*math.Log(29113/(31445*29114./31556)))
	if got := surprise(110, 1, 2442, 29114); math.Abs(got-want) > 1e-6 {
		t.Errorf("%v, want %v", got, want)
	}
	if got := surprise(5, 5, 100, 100); got > 1e-9 {
		t.Errorf("equal rates: %v", got)
	}
}

func TestArithmeticAgreesWithTheStandardLibrary(t *testing.T) {
	for x := 1e-9; x < 1e9; x *= 1.37 {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-10*max(1, math.Abs(want)) {
			t.Errorf("ln %v = %v, want %v", x, got, want)
		}
	}
	for x := -60.0; x < 60; x += .73 {
		if got, want := exp(x), math.Exp(x); math.Abs(got/want-1) > 1e-11 {
			t.Errorf("exp %v = %v, want %v", x, got, want)
		}
	}
	for g := .01; g < 200; g *= 1.3 {
		if got, want := tail(g), math.Erfc(math.Sqrt(g/2)); math.Abs(got/want-1) > 1e-6 {
			t.Errorf("tail %v = %v, want %v", g, got, want)
		}
	}
}

func FuzzVector(f *testing.F) {
	for _, s := range []string{"", "a", "Été à l'école 😂 #tag @moi https://example.org/x", "\xff\xfe", "日本語のテキスト", "مرحبا بالعالم", "!!!", "É", strings.Repeat("ab ", 9000)} {
		f.Add(s, byte(1))
	}
	f.Fuzz(func(t *testing.T, s string, lang byte) {
		features := text.Read(s, text.Lang(lang%4), text.FR)
		var c counter
		v, w := Read(features, s), Read(features, s)
		v.measure(&c)
		w.measure(&c)
		if !reflect.DeepEqual(v, w) {
			t.Fatal("the counter remembers")
		}
		for w := range views {
			var squares float64
			for i, at := range v.seen[w].at {
				if int(at) >= 1<<viewBits[w] {
					t.Fatal("outside the view")
				}
				squares += float64(v.seen[w].val[i]) * float64(v.seen[w].val[i])
			}
			if n := len(v.seen[w].at); n > 0 && n < 2000 && math.Abs(math.Sqrt(squares)/one-1) > .02 {
				t.Fatalf("length %v", math.Sqrt(squares)/one)
			}
		}
		p := NewProfile([]Post{{s, features, v}, {s, features, v}, {s, features, v}})
		NewLexis([]*Profile{p, NewProfile(nil)}).Marks(p)
	})
}
