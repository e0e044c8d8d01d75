package voice

import (
	"testing"

	"unisson/core/text"
)

// big is 10,000 posts on 50 channels of five kinds.
func big() (channels [][]Post) {
	for c := range 50 {
		h := bakery
		if c%10 == 9 {
			h = garage
		}
		texts := h.posts(200, uint64(c))
		for i := range texts {
			texts[i] += " " + h.posts(1, uint64(c*1000+i))[0] // about 200 characters
		}
		channels = append(channels, read(text.FR, texts...))
	}
	return channels
}

func profiled(posts [][]Post) (out []Channel) {
	for i, p := range posts {
		out = append(out, Channel{ID: string(rune('A' + i)), Kind: string(rune('a' + i%5)), Profile: NewProfile(p)})
	}
	return out
}

func BenchmarkVectors(b *testing.B) {
	posts := big()
	var counter counter
	b.ResetTimer()
	for b.Loop() {
		for _, c := range posts {
			for i := range c {
				Read(c[i].Features, c[i].Text).measure(&counter)
			}
		}
	}
}

func BenchmarkProfiles(b *testing.B) {
	posts := big()
	for b.Loop() {
		profiled(posts)
	}
}

func BenchmarkAnalyseCold(b *testing.B) {
	channels := profiled(big())
	for b.Loop() {
		new(Analyst).Analyse(channels, false)
	}
}

func BenchmarkAnalyseAfterAnEdit(b *testing.B) {
	posts := big()
	channels := profiled(posts)
	var a Analyst
	a.Analyse(channels, false)
	edited := append([]Post{}, posts[7]...)
	for i := 0; b.Loop(); i++ {
		edited[0] = edited[1+i%100]
		channels[7].Profile = NewProfile(edited)
		a.Analyse(channels, false)
	}
}

func BenchmarkSettle(b *testing.B) {
	channels := profiled(big())
	var a Analyst
	a.Analyse(channels, false)
	for b.Loop() {
		a.Analyse(channels, true)
	}
}

func BenchmarkMarks(b *testing.B) {
	channels := profiled(big())
	var profiles []*Profile
	for _, c := range channels {
		profiles = append(profiles, c.Profile)
	}
	for b.Loop() {
		x := NewLexis(profiles)
		for _, p := range profiles {
			x.Marks(p)
		}
	}
}
