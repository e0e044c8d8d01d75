package duplicates

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

// lexicon is invented words enough that two texts seldom share two in a row.
var lexicon = func() (out []string) {
	parts := strings.Fields("ba ko li mu ne pa ro si tu va ze do ga fi")
	for _, a := range parts {
		for _, b := range parts {
			for _, c := range parts[:6] {
				out = append(out, a+b+c)
			}
		}
	}
	return out
}()

func words(r *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = lexicon[r.IntN(len(lexicon))]
	}
	return strings.Join(out, " ")
}

// zipf is text with frequent and rare words, as in a language.
func zipf(r *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		k := int(math.Exp(r.Float64() * 11)) // 60,000 words
		out[i] = lexicon[k%len(lexicon)] + lexicon[k/len(lexicon)]
	}
	return strings.Join(out, " ")
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

func post(id, channel, s string) Post {
	return Post{id, channel, Read(text.Read(s, text.EN, text.EN), s)}
}

func similarity(a, b string) float64 {
	for _, p := range new(Finder).Find([]Post{post("a", "c1", a), post("b", "c2", b)}).Pairs {
		return p.Similarity
	}
	return 0
}

func TestPostedAgain(t *testing.T) {
	r := random(1)
	for range 50 {
		s := words(r, 20+r.IntN(60))
		w := strings.Fields(s)
		for name, again := range map[string]string{
			"word for word":   s,
			"capitals":        strings.ToUpper(s),
			"a link":          s + " https://example.org/" + words(r, 1),
			"tags":            s + " #" + w[0] + " #news",
			"introduced":      "Just out: " + s,
			"cut short":       strings.Join(w[:12], " ") + "…",
			"other order":     strings.Join(w[len(w)/2:], " ") + ". " + strings.Join(w[:len(w)/2], " "),
			"a word in eight": strings.Join(slices.DeleteFunc(slices.Clone(w), func(string) bool { return r.IntN(10) == 0 }), " "),
		} {
			if x := similarity(s, again); x < Same {
				t.Errorf("%s: %.2f\n%s\n%s", name, x, s, again)
			}
			if x, y := similarity(s, again), similarity(again, s); x != y {
				t.Errorf("%s: %f one way, %f the other", name, x, y)
			}
		}
	}
}

func TestAnotherMessage(t *testing.T) {
	r := random(2)
	for range 50 {
		s := words(r, 40)
		half := strings.Join(strings.Fields(s)[:20], " ")
		for name, other := range map[string]string{
			"another text":      words(r, 40),
			"half of its words": half + " " + words(r, 20),
			"one phrase of it":  words(r, 10) + " " + strings.Join(strings.Fields(s)[:4], " ") + " " + words(r, 10),
		} {
			if x := similarity(s, other); x >= Same {
				t.Errorf("%s: %.2f", name, x)
			}
		}
	}
	for _, short := range []string{"", "Thanks!", "Happy new year", "🎉🎉", "https://example.org", "\xff", "12 000"} {
		if x := similarity(short, short); x != 0 {
			t.Errorf("%q is no message that can be posted again: %f", short, x)
		}
	}
	if x := similarity("Open on Monday 3 May from 9 to 18", "Open on Monday 10 May from 8 to 19"); x >= Same {
		t.Errorf("other numbers are another message: %f", x)
	}
}

// Issues of a newsletter share a frame; a newsletter posted again shares its matter.
func TestTemplate(t *testing.T) {
	r := random(3)
	head, foot := words(r, 25), words(r, 25)
	var posts []Post
	for i := range 30 {
		posts = append(posts, post("n"+strconv.Itoa(i), "letter", head+" "+words(r, 30)+" "+foot))
	}
	if p := new(Finder).Find(posts).Pairs; len(p) > 0 && p[0].Similarity >= Same {
		t.Errorf("two issues were taken for one: %+v", p[0])
	}
	s := head + " " + words(r, 30) + " " + foot
	posts = append(posts, post("n99", "letter", s), post("s1", "site", "New letter: "+s))
	if p := new(Finder).Find(posts).Pairs; len(p) == 0 || (p[0] != Pair{"n99", "s1", p[0].Similarity}) || p[0].Similarity < Same {
		t.Errorf("an issue posted on the site was not found: %+v", p)
	}
}

func TestOrderDoesNotCount(t *testing.T) {
	posts := crowd(4, 300)
	want := new(Finder).Find(posts)
	if len(want.Pairs) < 20 {
		t.Fatal("nothing to compare")
	}
	r := random(5)
	for range 10 {
		order := r.Perm(len(posts))
		given := make([]Post, len(posts))
		for i, j := range order {
			given[i] = posts[j]
		}
		got := new(Finder).Find(given)
		if !reflect.DeepEqual(got.Pairs, want.Pairs) {
			t.Fatal("pairs depend on the order of posts")
		}
		for i, j := range order {
			if !reflect.DeepEqual(got.Twins[i], want.Twins[j]) {
				t.Fatalf("twin of %s depends on the order of posts", given[i].ID)
			}
		}
	}
}

// crowd is posts on ten channels, every third of them a copy with a word or two changed.
func crowd(seed uint64, n int) (posts []Post) {
	r := random(seed)
	var last []string
	for i := range n {
		if i%3 != 1 {
			last = strings.Fields(words(r, 10+r.IntN(50)))
		} else {
			last = slices.Clone(last)
			last[r.IntN(len(last))] = "changed"
		}
		posts = append(posts, post("m"+strconv.Itoa(i), "c"+strconv.Itoa(r.IntN(10)), strings.Join(last, " ")))
	}
	return posts
}

// What the bounded lists find must be what comparing all with all finds.
func TestAgainstAllPairs(t *testing.T) {
	for seed := range uint64(5) {
		f := new(Finder)
		f.Find(crowd(10+seed, 200))
		x := &f.last
		got := map[[2]int]bool{}
		for _, m := range x.matches(&f.best) {
			got[[2]int{m.a, m.doc}] = true
		}
		for i := range x.docs {
			for j := i + 1; j < len(x.docs); j++ {
				if x.similarity(i, j) >= Same && !got[[2]int{i, j}] {
					t.Errorf("docs %d and %d are one message and were not found", i, j)
				}
			}
		}
	}
}

func TestTwins(t *testing.T) {
	r := random(6)
	s := words(r, 60)
	w := strings.Fields(s)
	near := slices.Clone(w)
	near[59] = "changed" // one run of five less
	far := slices.Clone(w)
	far[10], far[20], far[30] = "changed", "changed", "changed"
	posts := []Post{post("a", "fb", s), post("b", "x", strings.Join(near, " ")), post("c", "site", strings.ToUpper(s)), post("d", "letter", strings.Join(far, " ")),
		post("e", "fb", words(r, 60)), post("f", "site", ""), post("g", "fb", s), post("h", "x", "Ça va ?"), post("i", "fb", "ça va"), post("j", "blog", s+" "+words(r, 60))}
	got := new(Finder).Find(posts).Twins
	all := []string{"blog", "fb", "site", "x"}
	for i, want := range []Twin{{all, "j"}, {all, "j"}, {all, "j"}, {}, {}, {}, {all, "j"}, {[]string{"fb", "x"}, "i"}, {[]string{"fb", "x"}, "h"}, {}} {
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("twin of %s: %+v, want %+v", posts[i].ID, got[i], want)
		}
	}
}

func TestBounds(t *testing.T) {
	r := random(8)
	s := words(r, 30)
	var same, channels []Post
	for i := range 3_000 {
		same = append(same, post("m"+strconv.Itoa(i), "fb", s))
		channels = append(channels, post("m"+strconv.Itoa(i), "c"+strconv.Itoa(i), s))
	}
	for name, posts := range map[string][]Post{"one channel": same, "as many channels": channels} {
		found := new(Finder).Find(posts)
		if len(found.Pairs) != MaxPairs || found.Pairs[0].Similarity != 1 {
			t.Errorf("%s: %d pairs", name, len(found.Pairs))
		}
		if twins := len(found.Twins[0].Channels); name == "one channel" && twins != 0 || name != "one channel" && twins != 3_000 {
			t.Errorf("%s: twins on %d channels", name, twins)
		}
	}
	huge := strings.Repeat(s+" ", 5_000) // 1 MB
	if x := similarity(huge, huge); x != 1 {
		t.Errorf("a huge text posted twice: %f", x)
	}
	if f := new(Finder).Find(nil); len(f.Pairs) != 0 || len(f.Twins) != 0 {
		t.Errorf("nothing found in nothing: %+v", f)
	}
	if f := new(Finder).Find([]Post{{ID: "a"}, {ID: "b"}}); len(f.Pairs) != 0 || len(f.Twins) != 2 {
		t.Errorf("posts without a print: %+v", f)
	}
}

// A Finder that followed any edits must answer as a new one does.
func TestFollows(t *testing.T) {
	for seed := range uint64(30) {
		r := random(100 + seed)
		frame := words(r, 12)
		pool := make([]string, 6) // few texts, so that words are met again
		for i := range pool {
			pool[i] = words(r, 8+r.IntN(20))
		}
		write := func() string {
			switch s := pool[r.IntN(len(pool))]; r.IntN(6) {
			case 0:
				return s
			case 1:
				return frame + " " + words(r, 5)
			case 2:
				return frame
			case 3:
				return words(r, r.IntN(30))
			default:
				w := strings.Fields(s)
				w[r.IntN(len(w))] = lexicon[r.IntN(40)]
				return strings.Join(w, " ")
			}
		}
		some := func(id int) Post { return post("m"+strconv.Itoa(id), "c"+strconv.Itoa(r.IntN(4)), write()) }
		var posts []Post
		for i := range 20 + r.IntN(200) {
			posts = append(posts, some(i))
		}
		f := new(Finder)
		f.Find(posts)
		followed := 0
		for step := range 60 {
			for range 1 + r.IntN(3)*r.IntN(2) {
				switch i := r.IntN(len(posts)); r.IntN(6) {
				case 0:
					posts = slices.Delete(slices.Clone(posts), i, i+1)
				case 1:
					posts = append(posts, some(1000+step*10+r.IntN(10000)*1000))
				case 2:
					posts[i].Channel = "c" + strconv.Itoa(r.IntN(4))
				default:
					posts[i].Print = some(0).Print
				}
				if len(posts) == 0 {
					posts = append(posts, some(1))
				}
			}
			if step%20 == 19 {
				r.Shuffle(len(posts), func(i, j int) { posts[i], posts[j] = posts[j], posts[i] })
			}
			x := index{posts: posts, docs: new(Finder).gather(posts)}
			if e := (&edit{moved: make([]int, len(f.last.docs))}); e.compare(f.last.docs, x.docs, len(f.last.row.shingle)/8) {
				followed++
			}
			got, want := f.Find(posts), new(Finder).Find(posts)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, step %d: %d posts\ngot  %v\nwant %v", seed, step, len(posts), got.Pairs, want.Pairs)
			}
		}
		if followed < 20 {
			t.Errorf("seed %d: only %d edits were followed", seed, followed)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	s := words(random(1), 40)
	f := text.Read(s, text.EN, text.EN)
	for b.Loop() {
		Read(f, s)
	}
}

// Time for one post must not depend on how many there are, nor on what they repeat.
func BenchmarkFind(b *testing.B) {
	r := random(9)
	s, frame := words(r, 40), words(r, 30)
	makes := []struct {
		name string
		text func(i int) string
	}{
		{"different", func(int) string { return zipf(r, 40) }},
		{"identical", func(int) string { return s }},
		{"template", func(int) string { return frame + " " + words(r, 10) }},
		{"one word apart", func(i int) string { return s + " w" + strconv.Itoa(i) }},
	}
	for _, m := range makes {
		for _, n := range []int{1_000, 10_000, 100_000} {
			posts := make([]Post, n)
			for i := range posts {
				posts[i] = post("m"+strconv.Itoa(i), "c"+strconv.Itoa(i%50), m.text(i))
			}
			b.Run(m.name+"/"+strconv.Itoa(n), func(b *testing.B) {
				for b.Loop() {
					new(Finder).Find(posts)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/post")
			})
		}
	}
}

// BenchmarkFollow is an edit of one post among many: one word more.
func BenchmarkFollow(b *testing.B) {
	r := random(9)
	for _, n := range []int{1_000, 10_000, 100_000} {
		posts := make([]Post, n)
		for i := range posts {
			posts[i] = post("m"+strconv.Itoa(i), "c"+strconv.Itoa(i%50), zipf(r, 40))
		}
		f := new(Finder)
		f.Find(posts)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				at := i * 97 % n
				posts[at] = post(posts[at].ID, posts[at].Channel, zipf(r, 40))
				f.Find(posts)
			}
		})
	}
}
