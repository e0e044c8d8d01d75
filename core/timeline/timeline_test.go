package timeline

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

// voice is a way of writing: what it speaks of and how.
type voice struct {
	words, joins []string
	end          string
}

var (
	baker = voice{strings.Fields("rye oven loaf grain flour mill dough crust field sack wood village baker bread harvest walnut salt water stone fire"),
		strings.Fields("the and of in with from for"), "."}
	party = voice{strings.Fields("unicorn glitter giveaway selfie cupcake neon squad rainbow milkshake confetti dance trending laser poll voucher superstar"),
		strings.Fields("you your what who all"), "!!! 🎉"}
	// both share half their words
	miller = voice{append(slices.Clone(baker.words[:10]), strings.Fields("river wheel dam turbine council permit bridge flood engine repair")...), baker.joins, "."}
)

func (v voice) say(r *rand.Rand) string {
	var b strings.Builder
	for range 2 {
		for i := range 8 {
			if i%2 == 0 {
				b.WriteString(v.words[r.IntN(len(v.words))])
			} else {
				b.WriteString(v.joins[r.IntN(len(v.joins))])
			}
			b.WriteByte(' ')
		}
		b.WriteString(v.end + " ")
	}
	return b.String()
}

func post(n int, day int32, s string) Post {
	return Post{ID: "m" + strconv.Itoa(1000+n), Day: day, Trace: Read(text.Read(s, text.EN, text.EN), s, len(s))}
}

// channel speaks with each voice in turn, for as many messages as said, one every three days.
func channel(seed uint64, parts ...any) (posts []Post) {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := 0; i < len(parts); i += 2 {
		for range parts[i+1].(int) {
			posts = append(posts, post(len(posts), int32(20_000+3*len(posts)), parts[i].(voice).say(r)))
		}
	}
	return posts
}

func TestPlantedChange(t *testing.T) {
	for _, at := range []int{10, 13, 20, 30} {
		for seed := range uint64(10) {
			r := Changes(channel(seed, baker, at, party, 40-at))
			c, ok := r.Strongest()
			if !ok || c.Before != "m"+strconv.Itoa(1000+at) || r.Strength != c.Strength || !r.Enough || r.Messages != 40 {
				t.Errorf("change at %d, seed %d: got %+v, %v", at, seed, c, ok)
				continue
			}
			if c.Day != int32(20_000+3*at) || c.Sides[0].Messages != min(at, reach) || c.Sides[1].Messages != 40-at {
				t.Errorf("change at %d: %+v", at, c)
			}
			if len(c.Shifts) == 0 || !slices.ContainsFunc(c.Shifts, func(s Shift) bool { return s.Mark == Exclaim || s.Mark == Emoji || s.Mark == FullStop }) {
				t.Errorf("change at %d: the manner's move is not told: %+v", at, c.Shifts)
			}
		}
	}
}

func TestHalfSharedWords(t *testing.T) {
	near := 0
	for seed := range uint64(20) {
		if c := Changes(channel(seed, baker, 20, miller, 20)).Changes; len(c) > 0 && c[0].Before >= "m1017" && c[0].Before <= "m1023" {
			near++
		}
	}
	if near < 18 {
		t.Errorf("%d of 20 changes of subject found within three messages", near)
	}
}

func TestNoChange(t *testing.T) {
	for seed := range uint64(100) {
		for _, n := range []int{20, 40, 300} {
			r := Changes(channel(seed, baker, n))
			if c, ok := r.Strongest(); ok || !r.Enough {
				t.Errorf("seed %d, %d messages: %+v", seed, n, c)
			}
		}
	}
}

func TestTooFew(t *testing.T) {
	for _, parts := range [][]any{{baker, 9, party, 30}, {baker, 30, party, 9}} {
		if c, ok := Changes(channel(1, parts...)).Strongest(); ok && c.Before == "m10"+strconv.Itoa(parts[1].(int)) {
			t.Errorf("a side of nine messages was judged: %+v", c)
		}
	}
	r := Changes(channel(1, baker, 10, party, 9))
	if r.Enough || r.Strength != 0 || r.Changes != nil || r.Messages != 19 {
		t.Errorf("19 messages: %+v", r)
	}
	if r := Changes(nil); !reflect.DeepEqual(r, Result{}) {
		t.Errorf("no messages: %+v", r)
	}
}

func TestSeveralChanges(t *testing.T) {
	r := Changes(channel(3, baker, 60, party, 60, miller, 60, party, 60))
	var at []string
	for _, c := range r.Changes {
		if c.Strength >= Clear {
			at = append(at, c.Before)
		}
	}
	if !reflect.DeepEqual(at, []string{"m1060", "m1120", "m1180"}) {
		t.Errorf("changes before %v", at)
	}
}

// A campaign is one thing said in many messages.
func TestActionCountsOnce(t *testing.T) {
	posts := channel(5, baker, 20, party, 12, baker, 20)
	if _, ok := Changes(posts).Strongest(); !ok {
		t.Fatal("without an action the burst is a change")
	}
	for i := 20; i < 32; i++ {
		posts[i].Action = "fair"
	}
	r := Changes(posts)
	if _, ok := r.Strongest(); ok || r.Messages != 41 {
		t.Errorf("a campaign was taken for a change: %+v", r)
	}
}

func TestSeason(t *testing.T) {
	years := func(v func(day int32) voice) Result {
		r := rand.New(rand.NewPCG(9, 1))
		var posts []Post
		for day := int32(20_000); day < 20_000+2*365+200; day += 7 {
			posts = append(posts, post(len(posts), day, v(day-20_000).say(r)))
		}
		return Changes(posts)
	}
	loudQuarter := years(func(day int32) voice {
		if day %= 365; day >= 100 && day < 190 {
			return party
		}
		return baker
	})
	if n := len(loudQuarter.Changes); n < 3 {
		t.Errorf("%d turns found: %+v", n, loudQuarter.Changes)
	}
	if c, ok := loudQuarter.Strongest(); ok || loudQuarter.Strength > Slight {
		t.Errorf("a season was taken for a change: %+v", c)
	}
	r := rand.New(rand.NewPCG(9, 2))
	var market []Post // a feast, a silence, the year's business, a silence, the feast again
	for _, x := range []struct {
		from, step int32
		voice
	}{{20_000, 2, party}, {20_110, 14, baker}, {20_365, 2, party}} {
		for k := range int32(14) {
			market = append(market, post(len(market), x.from+k*x.step, x.say(r)))
		}
	}
	if c, ok := Changes(market).Strongest(); ok {
		t.Errorf("a feast that comes back was taken for a change: %+v", c)
	}
	if c, ok := Changes(market[:28]).Strongest(); !ok {
		t.Errorf("before it comes back, nothing says that it is a feast: %+v", c)
	}
	for name, v := range map[string]func(int32) voice{
		"for good": func(day int32) voice {
			if day > 465 {
				return party
			}
			return baker
		},
		"one quarter of the second year": func(day int32) voice {
			if day > 465 && day < 555 {
				return party
			}
			return baker
		},
	} {
		if c, ok := years(v).Strongest(); !ok || c.Day < 20_465 || c.Day > 20_480 {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestSignatureRate(t *testing.T) {
	posts := channel(11, baker, 40)
	for i := range posts {
		posts[i].Signature = i < 20
	}
	silent := Changes(channel(11, baker, 40))
	r := Changes(posts)
	if len(r.Changes) != 1 || r.Changes[0].Before != "m1020" || r.Strength <= silent.Strength {
		t.Fatalf("the organisation's own words vanish unseen: %+v", r)
	}
	if s := r.Changes[0].Sides; s[0].Signature != 1 || s[1].Signature != 0 {
		t.Errorf("rates %v, %v", s[0].Signature, s[1].Signature)
	}
}

func TestOrderDoesNotCount(t *testing.T) {
	posts := channel(13, baker, 30, party, 25, miller, 30)
	for i := range posts {
		posts[i].Day = int32(20_000 + i/3) // many of one day
		if i%7 == 0 {
			posts[i].Action = "a" + strconv.Itoa(i%2)
		}
	}
	want := Changes(posts)
	if len(want.Changes) == 0 {
		t.Fatal("nothing to compare")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		given := slices.Clone(posts)
		r.Shuffle(len(given), func(i, j int) { given[i], given[j] = given[j], given[i] })
		if got := Changes(given); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	}
}

func TestOneDay(t *testing.T) {
	posts := channel(15, baker, 20, party, 20)
	for i := range posts {
		posts[i].Day = 20_000
	}
	if r := Changes(posts); r.Enough || r.Strength != 0 || len(r.Changes) > 0 {
		t.Errorf("a day was parted: %+v", r)
	}
}

func TestOddTexts(t *testing.T) {
	for name, s := range map[string]string{"empty": "", "emoji": "🎉🎉🎉", "digits": "123 456", "blank": " \n\t", "invalid": "\xff\xfe", "arabic": "مرحبا بكم في متجرنا", "chinese": "欢迎来到我们的商店", "huge": strings.Repeat("rye and oven ", 80_000)} {
		var posts []Post
		first := post(0, 0, s)
		for i := range 40 {
			posts = append(posts, Post{ID: "m" + strconv.Itoa(i), Day: int32(i), Trace: first.Trace})
		}
		if r := Changes(posts); r.Strength != 0 && !(math.Abs(r.Strength) < Slight) || len(r.Changes) > 0 {
			t.Errorf("%s: forty equal texts changed: %+v", name, r)
		}
		mixed := channel(17, baker, 40)
		mixed[20].Trace = posts[0].Trace
		if _, ok := Changes(mixed).Strongest(); ok {
			t.Errorf("%s: one odd text is a change", name)
		}
	}
	if r := Changes([]Post{{ID: "a"}, {ID: "b"}}); r.Messages != 0 {
		t.Errorf("posts without a trace: %+v", r)
	}
}

// The running sums must give what the definition gives.
func TestScanByDefinition(t *testing.T) {
	s := newSeries(channel(19, baker, 50, miller, 45))
	inner := func(a, b *unit) (x float64) {
		at := map[int32]float64{}
		for _, c := range a.vector {
			at[c.at] = c.value
		}
		for _, c := range b.vector {
			x += at[c.at] * c.value
		}
		return x
	}
	for at, got := range s.scan() {
		if at < Least || at > len(s.units)-Least {
			if got > nowhere {
				t.Errorf("place %d is scored %f", at, got)
			}
			continue
		}
		var sum, pairs [3]float64 // before, after, across
		from, to := max(0, at-reach), min(len(s.units), at+reach)
		for i := from; i < to; i++ {
			for j := i + 1; j < to; j++ {
				side := 2
				if j < at {
					side = 0
				} else if i >= at {
					side = 1
				}
				sum[side] += inner(&s.units[i], &s.units[j])
				pairs[side]++
			}
		}
		within, across := sum[0]/pairs[0]+sum[1]/pairs[1], 2*sum[2]/pairs[2]
		a, b := float64(at-from), float64(to-at)
		n := 2 * a * b / (a + b)
		want := max(0, (within-across)/(max(within, 0)+math.Abs(across)+ground)) * n / (n + doubt) // no signature: its effect is 0
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("place %d: %.12f, by definition %.12f", at, got, want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	s := baker.say(rand.New(rand.NewPCG(1, 1)))
	f := text.Read(s, text.EN, text.EN)
	for b.Loop() {
		Read(f, s, len(s))
	}
}

// Time for one message must not depend on how many there are.
func BenchmarkChanges(b *testing.B) {
	for _, n := range []int{200, 1_000, 10_000, 100_000} {
		posts := channel(1, baker, n/2, party, n/4, miller, n-n/2-n/4)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Changes(posts)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/message")
		})
	}
	// a voice that turns every fifteen messages: as many changes as can be
	var parts []any
	for i := range 10_000 / 15 {
		parts = append(parts, []voice{baker, party, miller}[i%3], 15)
	}
	posts := channel(1, parts...)
	b.Run("restless", func(b *testing.B) {
		for b.Loop() {
			Changes(posts)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(posts)), "ns/message")
	})
}

func TestPlaces(t *testing.T) {
	spread := rand.New(rand.NewPCG(1, 1))
	for name, key := range map[string]func(i int) uint32{
		"spread": func(int) uint32 { return spread.Uint32() }, "met again": func(i int) uint32 { return uint32(i*i) % 977 }, "zero": func(int) uint32 { return 0 },
		"meeting": func(i int) uint32 { return uint32(i) << 16 }, "beside each other": func(i int) uint32 { return uint32(i%7)<<20 | uint32(i/7) },
	} {
		p, want := newPlaces(40), map[uint32]int32{}
		for i := range 20_000 {
			k := key(i)
			if _, met := want[k]; !met {
				want[k] = int32(len(want))
			}
			if got := p.of(k); got != want[k] {
				t.Fatalf("%s: the word %d has place %d, want %d", name, i, got, want[k])
			}
		}
		if int(p.n) != len(want) {
			t.Errorf("%s: %d places for %d words", name, p.n, len(want))
		}
	}
}

func TestBurst(t *testing.T) {
	posts := channel(5, baker, 20, party, 12, baker, 20)
	for i := 20; i < 32; i++ {
		posts[i].Day = posts[20].Day
	}
	r := Changes(posts)
	if _, ok := r.Strongest(); ok || r.Messages != 41 {
		t.Errorf("a thread was taken for a change: %+v", r)
	}
	for i := range posts { // who always posts by the dozen has no day apart
		posts[i].Day = int32(20_000 + i/12)
	}
	if r := Changes(posts); r.Messages != len(posts) {
		t.Errorf("%d messages are counted of %d", r.Messages, len(posts))
	}
}

func TestTails(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  string // what is left of the first
	}{
		{[]string{"Bread at six. ^JB", "No bread today. ^JB", "Rye again. ^JB", "Closed. ^JB"}, "Bread at six. "},
		{[]string{"Bread at six. ^JB", "No bread today. ^JB", "Rye again. ^JB", "Closed. ^AM"}, "Bread at six. ^JB"},
		{[]string{"Du pain à six heures. ☎ 04 76 00 00 00", "Plus de pain. ☎ 04 76 00 00 00", "Du seigle. ☎ 04 76 00 00 00\n", "Fermé. ☎ 04 76 00 00 00"}, "Du pain à six heures. "},
		{[]string{"Bread at six. More: https://a.example/1", "No bread. More: https://a.example/2", "Rye. More: https://a.example/3", "Closed. More: https://b.example"}, "Bread at six. "},
		{[]string{"Du pain !", "Du seigle !", "Rien !", "Tout !"}, "Du pain !"},
		{[]string{"Du pain à six heures. À demain !", "Plus rien. À demain !", "Du seigle. À demain !", "Fermé. À demain !"}, "Du pain à six heures. "},
		{[]string{"Bread at six. ✍️ Ida", "No bread. ✍️ Ida", "Rye. ✍️ Ida", "Closed. ✍️ Ida"}, "Bread at six. "},
		{[]string{"Happy new year", "Happy new year", "Happy new year", "Happy new year"}, "Happy "},
		{[]string{"", "", "", "", " "}, ""},
	} {
		ends := Tails(c.texts)
		if got := c.texts[0][:ends[0]]; got != c.want {
			t.Errorf("%q: left %q, want %q", c.texts, got, c.want)
		}
		slices.Reverse(c.texts)
		ends = Tails(c.texts)
		if got := c.texts[len(ends)-1][:ends[len(ends)-1]]; got != c.want {
			t.Errorf("turned round, %q: left %q, want %q", c.texts, got, c.want)
		}
	}
}
