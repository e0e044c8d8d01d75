package core

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"unisson/core/board"
	"unisson/core/rules"
)

// bigBoard spreads real-looking posts of about 200 characters over channels.
func bigBoard(posts, channels int) *board.Board {
	w := &world{Rand: rand.New(rand.NewPCG(42, 42))}
	b := &board.Board{ID: "big", Lang: "fr", AsOf: "2026-04-10",
		Identity: &board.Identity{Name: "Les Rayons", Sentence: "Un atelier coopératif où chacun répare son vélo avec un mécanicien à côté.", Terms: []*board.Term{{Term: "vélo"}, {Term: "atelier"}}},
		Pillars:  []*board.Pillar{{ID: "p", Name: "Réparer", Terms: []*board.Term{{Term: "frein"}, {Term: "pneu"}}}},
		Segments: []*board.Segment{{ID: "s", Name: "Cyclistes"}}, Objectives: []*board.Objective{{ID: "o", Title: "Autonomie"}}}
	for i := range channels {
		b.Channels = append(b.Channels, &board.Channel{ID: "c" + strconv.Itoa(i), Name: "C", Kind: board.ChannelKinds[i%len(board.ChannelKinds)], Segments: []string{"s"}, Objectives: []string{"o"},
			Bio: "Un atelier coopératif pour réparer son vélo.", Serves: []*board.Serve{{Channel: "c0"}}})
	}
	for i := range posts {
		text := ""
		for len(text) < 180 {
			text += " " + pickOne(w, sentences) + " " + strconv.Itoa(w.IntN(9999))
		}
		b.Messages = append(b.Messages, &board.Message{ID: "m" + strconv.Itoa(i), Channel: "c" + strconv.Itoa(i%channels), Text: text, Date: "2026-01-02"})
	}
	return b
}

func BenchmarkCheck(b *testing.B) {
	for _, posts := range []int{1_000, 10_000, 100_000} {
		big := bigBoard(posts, 50)
		b.Run(strconv.Itoa(posts), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Check(big, Options{}).AppendJSON(nil)
			}
			b.ReportMetric(float64(posts*b.N)/b.Elapsed().Seconds(), "posts/s")
		})
	}
}

// BenchmarkChunks is a board that comes as it does in the page: two hundred messages at a time, a report once it is all there.
func BenchmarkChunks(b *testing.B) {
	for _, posts := range []int{1_000, 10_000, 100_000} {
		big := bigBoard(posts, 50)
		b.Run(strconv.Itoa(posts), func(b *testing.B) {
			for b.Loop() {
				s := NewSession()
				s.Edit(&board.Change{Reset: true, Set: board.SetID | board.SetLang | board.SetAsOf | board.SetIdentity, Value: board.Board{ID: big.ID, Lang: big.Lang, AsOf: big.AsOf, Identity: big.Identity, Channels: big.Channels}})
				for chunk := range slices.Chunk(big.Messages, 200) {
					s.Edit(&board.Change{Value: board.Board{Messages: chunk}})
				}
				s.Report(Options{Draft: true})
			}
			b.ReportMetric(float64(posts*b.N)/b.Elapsed().Seconds(), "posts/s")
		})
	}
}

// BenchmarkEdit is a keystroke in one post of a board of 10,000: change, whole report, bytes.
func BenchmarkEdit(b *testing.B) {
	big := bigBoard(10_000, 50)
	s := NewSession()
	s.Edit(&board.Change{Reset: true, Set: board.SetID | board.SetLang | board.SetAsOf | board.SetIdentity, Value: *big})
	s.Report(Options{})
	var bytes []byte
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		m := *big.Messages[i%len(big.Messages)]
		m.Text += " " + strconv.Itoa(i)
		s.Edit(&board.Change{Value: board.Board{Messages: []*board.Message{&m}}})
		bytes = s.Report(Options{}).AppendJSON(bytes[:0])
	}
}

// BenchmarkNext is what to do next on a board of 10,000 posts, beyond the report it starts from.
func BenchmarkNext(b *testing.B) {
	big := bigBoard(10_000, 50)
	for i, c := range big.Channels {
		if i%3 == 0 {
			c.Segments, c.Serves = nil, nil
		}
	}
	for i := range 500 {
		big.Actions = append(big.Actions, &board.Action{ID: "a" + strconv.Itoa(i), Title: "A"})
	}
	reading := rules.Read(rules.NewSource(big), nil, false)
	r := rules.Check(reading, false)
	b.ReportAllocs()
	for b.Loop() {
		rules.Next(reading, r)
	}
}

// BenchmarkPicture is what the pictures of 10,000 posts and 500 actions are drawn from, beyond the report.
func BenchmarkPicture(b *testing.B) {
	big := bigBoard(10_000, 50)
	for i := range 500 {
		big.Actions = append(big.Actions, &board.Action{ID: "a" + strconv.Itoa(i), Title: "A", Channels: []string{big.Channels[i%50].ID}})
	}
	reading := rules.Read(rules.NewSource(big), nil, false)
	rules.Check(reading, false)
	var bytes []byte
	b.ReportAllocs()
	for b.Loop() {
		bytes = rules.Picture(reading).AppendJSON(bytes[:0])
	}
	b.ReportMetric(float64(len(bytes)), "bytes")
}
