// Command learn learns the weights of package voice from labelled cases, and says how well they do where they were not learnt.
//
//	go run ./core/voice/learn -cases ../shared/eval/cases > /tmp/table
//
// It reads the cases T1, T1b and T2 (channels of known organisations), and makes boards across kinds of channels of its own from the same texts.
// Every comparison of two channels is an example: one organisation, or two. The weights are those of a ridge-penalised logistic regression, none below 0.
// What is printed first is how boards fare under weights learnt from the other language only; then the table for weights.go; then whom the table and
// the limit that are in weights.go accuse, on these boards and on their first two and three channels. Equal cases give an equal table.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"unisson/core/text"
	"unisson/core/voice"
)

func main() {
	log.SetFlags(0)
	cases := flag.String("cases", "../shared/eval/cases", "folder of the labelled cases")
	flag.Parse()
	boards, err := read(*cases)
	if err != nil {
		log.Fatalf("learn: %v", err)
	}
	for _, lang := range []string{"fr", "en"} {
		learnt := learn(boards, func(b *board) bool { return b.lang != lang })
		report(boards, learnt, lang)
	}
	fmt.Println(learn(boards, func(*board) bool { return true }))
	verdicts(boards)
}

// board is one case, read in one view, with what its channels' comparison shows.
type board struct {
	task, lang, view string
	n                int
	coherent         bool
	intruder         int      // T2; else -1
	orgs             []string // of each channel
	compared         []voice.Compared
	accused          []int
}

type labelled struct {
	ID, Task, Lang string
	N              int
	Orgs           []string
	Channels       []channel
	Label          struct {
		Coherent int
		Intruder string
	}
}

type channel struct {
	ID, Kind string
	Posts    []string
}

func lines(path string, f func([]byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := bufio.NewScanner(unzipped)
	s.Buffer(nil, 1<<26)
	for n := 1; s.Scan(); n++ {
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return s.Err()
}

// hidden is what stands in a masked text for a name, tag, mention, link or number: taken out, so that nothing can be learnt from it.
var hidden = regexp.MustCompile(`\bNom\b|#t\b|@m\b|https://x|\b0+\b`)

// texts are read once each, in two views.
type texts struct {
	raw, masked map[string]string
	posts       map[string]voice.Post
}

func (t *texts) post(key, view, lang string) voice.Post {
	if p, ok := t.posts[view+key]; ok {
		return p
	}
	s := t.raw[key]
	if view == "masked" {
		s = strings.Join(strings.FieldsFunc(hidden.ReplaceAllString(t.masked[key], ""), func(r rune) bool { return r == ' ' }), " ")
	}
	fallback := text.FR
	if lang == "en" {
		fallback = text.EN
	}
	f := text.Read(s, text.None, fallback)
	p := voice.Post{Text: s, Features: f, Vector: voice.Read(f, s)}
	t.posts[view+key] = p
	return p
}

func read(folder string) ([]board, error) {
	t := &texts{raw: map[string]string{}, masked: map[string]string{}, posts: map[string]voice.Post{}}
	if err := lines(filepath.Join(folder, "texts.jsonl.gz"), func(line []byte) error {
		var r struct{ K, T, M string }
		err := json.Unmarshal(line, &r)
		t.raw[r.K], t.masked[r.K] = r.T, r.M
		return err
	}); err != nil {
		return nil, err
	}
	var all []labelled
	for _, pattern := range []string{"T1-*", "T1b-*", "T2-*"} {
		paths, _ := filepath.Glob(filepath.Join(folder, pattern))
		for _, path := range paths {
			if err := lines(path, func(line []byte) error {
				var c labelled
				err := json.Unmarshal(line, &c)
				all = append(all, c)
				return err
			}); err != nil {
				return nil, err
			}
		}
	}
	org := writers(all)
	all = append(all, acrossKinds(all, org)...)
	all = append(all, firstFew(all, org)...)
	var out []board
	for i := range all {
		c := &all[i]
		for _, view := range []string{"raw", "masked"} {
			b := board{task: c.Task, lang: c.Lang, view: view, n: c.N, coherent: c.Label.Coherent == 1, intruder: -1}
			channels := make([]voice.Channel, len(c.Channels))
			for k, ch := range c.Channels {
				posts := make([]voice.Post, len(ch.Posts))
				for j, key := range ch.Posts {
					posts[j] = t.post(key, view, c.Lang)
				}
				channels[k] = voice.Channel{ID: ch.ID, Kind: ch.Kind, Profile: voice.NewProfile(posts)}
				b.orgs = append(b.orgs, org[ch.Posts[0]])
				if c.Task == "T2" && ch.ID == c.Label.Intruder {
					b.intruder = k
				}
			}
			b.compared = new(voice.Analyst).Compare(channels)
			for k, standing := range new(voice.Analyst).Analyse(channels, true).Channels {
				if standing.Accused {
					b.accused = append(b.accused, k)
				}
			}
			out = append(out, b)
		}
	}
	return out, nil
}

// writers says whose each text is: boards of one organisation say it of theirs.
func writers(all []labelled) map[string]string {
	out := map[string]string{}
	for i := range all {
		if len(all[i].Orgs) == 1 {
			for _, ch := range all[i].Channels {
				for _, p := range ch.Posts {
					out[p] = all[i].Orgs[0]
				}
			}
		}
	}
	return out
}

// acrossKinds makes boards of two channels of different kinds, of one organisation or of two.
func acrossKinds(all []labelled, org map[string]string) (out []labelled) {
	type shelf struct{ lang, org, kind string }
	shelves := map[shelf][]string{}
	for i := range all {
		for _, ch := range all[i].Channels {
			for _, p := range ch.Posts {
				if org[p] != "" {
					k := shelf{all[i].Lang, org[p], ch.Kind}
					shelves[k] = append(shelves[k], p)
				}
			}
		}
	}
	var names []shelf
	for k := range shelves {
		slices.Sort(shelves[k])
		if shelves[k] = slices.Compact(shelves[k]); len(shelves[k]) >= 20 {
			names = append(names, k)
		}
	}
	slices.SortFunc(names, func(a, b shelf) int {
		return cmp.Or(cmp.Compare(a.lang, b.lang), cmp.Compare(a.org, b.org), cmp.Compare(a.kind, b.kind))
	})
	dice := rand.New(rand.NewPCG(1, 2))
	for _, a := range names {
		for _, b := range names {
			if a.lang != b.lang || a.kind >= b.kind {
				continue
			}
			times := 4
			if a.org == b.org {
				times = 40 // there are few
			}
			for k := range times {
				n := []int{10, 20}[k%2]
				c := labelled{ID: fmt.Sprint(a, b, k), Task: "across", Lang: a.lang, N: n}
				for i, s := range []shelf{a, b} {
					ch := channel{ID: fmt.Sprint("c", i), Kind: s.kind}
					for _, j := range dice.Perm(len(shelves[s]))[:n] {
						ch.Posts = append(ch.Posts, shelves[s][j])
					}
					c.Channels = append(c.Channels, ch)
				}
				if a.org == b.org {
					c.Label.Coherent = 1
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// firstFew cuts boards of two and of three channels out of those of one kind: an organisation may have no more.
func firstFew(all []labelled, org map[string]string) (out []labelled) {
	for i := range all {
		if all[i].Task != "T1" {
			continue
		}
		for _, n := range []int{2, 3} {
			c := all[i]
			c.Task, c.Channels, c.Label.Coherent = fmt.Sprint("T1/", n), c.Channels[:n], 1
			for _, ch := range c.Channels {
				if org[ch.Posts[0]] != org[c.Channels[0].Posts[0]] {
					c.Label.Coherent = 0
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// weights are bias, one for each view, style: of channels of one kind, and of two.
type weights struct{ inKind, across []float64 }

func (w weights) String() string {
	return fmt.Sprintf("inKind %.2f\nacross %.2f", w.inKind, w.across)
}

type example struct {
	x      []float64
	same   float64
	weight float64
}

func features(s *voice.Signs) []float64 {
	x := []float64{1}
	for _, v := range s.Alike {
		x = append(x, v)
	}
	return append(x, -s.Style)
}

func learn(boards []board, use func(*board) bool) (w weights) {
	var kinds [2][]example
	for i := range boards {
		b := &boards[i]
		if !use(b) || b.n < 10 || strings.Contains(b.task, "/") { // the first few stand on their board too
			continue
		}
		for k := range b.compared {
			c := &b.compared[k]
			e := example{x: features(&c.Signs)}
			if b.orgs[c.X] == b.orgs[c.Y] {
				e.same = 1
			}
			at := 0
			if !c.SameKind {
				at = 1
			}
			kinds[at] = append(kinds[at], e)
		}
	}
	return weights{regress(kinds[0], 1, len(kinds[0][0].x)), regress(kinds[1], caution, 2)}
}

const caution = 2 // across kinds, taking one organisation for two is twice as bad as the reverse: kinds differ by nature, and the examples know few of them

// ridges hold weights low, but for the bias: runs of characters most, since much of what they share is the subject, which the stems tell already.
var ridges = []float64{1e-6, 2, 6, 2}

// regress balances the two classes, but for caution towards the one, takes Newton steps on the first features, and leaves out what came out negative.
// Across kinds that is the bias and the stems: the kinds of the examples are too few to learn from them how style may differ from one network to another.
func regress(examples []example, caution float64, first int) []float64 {
	var count [2]float64
	for _, e := range examples {
		count[int(e.same)]++
	}
	for i := range examples {
		e := &examples[i]
		e.weight = 500 / count[int(e.same)]
		if e.same == 1 {
			e.weight *= caution
		}
	}
	d := len(examples[0].x)
	used := make([]bool, d)
	for i := range used {
		used[i] = i < first
	}
	for {
		theta := newton(examples, used)
		worst := 0
		for i := 1; i < d; i++ {
			if theta[i] < theta[worst] && theta[i] < 0 {
				worst = i
			}
		}
		if worst == 0 {
			return theta
		}
		used[worst] = false
	}
}

func newton(examples []example, used []bool) []float64 {
	d := len(used)
	theta := make([]float64, d)
	for range 30 {
		a, g := make([][]float64, d), make([]float64, d)
		for i := range a {
			a[i] = make([]float64, d)
			a[i][i] = ridges[i]
			g[i] = -ridges[i] * theta[i]
			if !used[i] {
				a[i][i] = 1e12
			}
		}
		for _, e := range examples {
			z := 0.0
			for i, x := range e.x {
				z += x * theta[i]
			}
			p := 1 / (1 + math.Exp(-z))
			for i, x := range e.x {
				g[i] += e.weight * (e.same - p) * x
				for j, y := range e.x {
					a[i][j] += e.weight * p * (1 - p) * x * y
				}
			}
		}
		for i, s := range solve(a, g) {
			if used[i] {
				theta[i] += s
			}
		}
	}
	return theta
}

// solve is Gauss–Jordan elimination of a small positive definite system.
func solve(a [][]float64, b []float64) []float64 {
	for i := range b {
		for r := range b {
			if r == i {
				continue
			}
			f := a[r][i] / a[i][i]
			for c := range b {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	for i := range b {
		b[i] /= a[i][i]
	}
	return b
}

// standing is the median kinship of each channel, as package voice takes it.
func (b *board) standing(w weights) []float64 {
	kin := make([][]float64, len(b.orgs))
	for i := range b.compared {
		c := &b.compared[i]
		t := w.across
		if c.SameKind {
			t = w.inKind
		}
		z := 0.0
		for k, x := range features(&c.Signs) {
			z += x * t[k]
		}
		kin[c.X], kin[c.Y] = append(kin[c.X], z), append(kin[c.Y], z)
	}
	out := make([]float64, len(kin))
	for i, k := range kin {
		slices.Sort(k)
		switch n := len(k); n {
		case 0:
		case 2:
			out[i] = k[1]
		default:
			out[i] = (k[(n-1)/2] + k[n/2]) / 2
		}
	}
	return out
}

// cell is a kind of boards, and what is counted of them.
type cell struct {
	name     string
	pos, neg []float64
	hit, all float64
}

type cells []*cell

func (cs *cells) find(b *board) *cell {
	name := fmt.Sprintf("%-6s %s %2d %-6s", b.task, b.lang, b.n, b.view)
	for _, c := range *cs {
		if c.name == name {
			return c
		}
	}
	*cs = append(*cs, &cell{name: name})
	return (*cs)[len(*cs)-1]
}

func (cs cells) sort() {
	slices.SortFunc(cs, func(a, b *cell) int { return cmp.Compare(a.name, b.name) })
}

// verdicts counts the boards of strangers on which somebody is accused, the intruder where there is one, and the boards of one organisation on which
// anybody is.
func verdicts(boards []board) {
	var found, wronged cells
	count := func(c *cell, hit bool) {
		c.all++
		if hit {
			c.hit++
		}
	}
	for i := range boards {
		switch b := &boards[i]; {
		case b.n < 10:
		case b.task == "T2":
			count(found.find(b), slices.Contains(b.accused, b.intruder))
			count(wronged.find(b), slices.ContainsFunc(b.accused, func(k int) bool { return k != b.intruder }))
		case b.coherent:
			count(wronged.find(b), len(b.accused) > 0)
		default:
			count(found.find(b), len(b.accused) > 0)
		}
	}
	for _, list := range []struct {
		what string
		of   cells
	}{{"accused", found}, {"wrongly", wronged}} {
		list.of.sort()
		for _, c := range list.of {
			fmt.Printf("%s  %s %.3f\n", c.name, list.what, c.hit/c.all)
		}
	}
}

func report(boards []board, w weights, lang string) {
	var cells cells
	for i := range boards {
		b := &boards[i]
		if b.lang != lang {
			continue
		}
		c, s := cells.find(b), b.standing(w)
		lowest := slices.Min(s)
		switch {
		case b.task == "T2":
			c.all++
			if s[b.intruder] == lowest {
				c.hit++
			}
		case b.coherent:
			c.pos = append(c.pos, lowest)
		default:
			c.neg = append(c.neg, lowest)
		}
	}
	cells.sort()
	for _, c := range cells {
		if c.all > 0 {
			fmt.Printf("%s  top-1 %.3f\n", c.name, c.hit/c.all)
		} else {
			fmt.Printf("%s  AUC %.3f\n", c.name, auc(c.pos, c.neg))
		}
	}
}

func auc(pos, neg []float64) float64 {
	var won float64
	for _, p := range pos {
		for _, n := range neg {
			if p > n {
				won++
			} else if p == n {
				won += .5
			}
		}
	}
	return won / float64(len(pos)) / float64(len(neg))
}
