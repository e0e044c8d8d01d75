package core

import (
	"math"
	"testing"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/rules"
)

func pictureOf(b *board.Board) *report.Picture {
	return rules.Picture(rules.Read(rules.NewSource(b), nil, false))
}

// What the pictures show adds up, and agrees with the report.
func TestPicturesAgreeWithTheReport(t *testing.T) {
	for name, b := range boards(t) {
		p, r := pictureOf(b), Check(b, Options{})
		whole, bodies := 0.0, map[int]float64{}
		for i := range p.Channels {
			s := &p.Channels[i]
			whole += s.Share
			bodies[s.Body] += s.Share
			if len(s.With) != i || s.Unknown < 0 || s.Unknown > 1 || !s.Drifts && s.Drift != 0 {
				t.Errorf("%s: %+v", name, s)
			}
		}
		if len(p.Channels) > 0 && math.Abs(whole-1) > 1e-9 {
			t.Errorf("%s: the shares make %v", name, whole)
		}
		if r.Chimera == nil {
			continue
		}
		if len(bodies) != len(r.Chimera.Bodies) {
			t.Errorf("%s: %d bodies in the picture, %d in the report", name, len(bodies), len(r.Chimera.Bodies))
		}
		index := 1.0
		for _, share := range bodies {
			index -= share * share
		}
		if math.Abs(100*index-r.Chimera.High) > .5001 {
			t.Errorf("%s: chimera index %v from the picture, %v in the report", name, 100*index, r.Chimera.High)
		}
		orphans := map[string]bool{}
		for _, f := range r.Findings {
			if f.Rule == "SY1" {
				orphans[f.About.ID] = true
			}
		}
		for _, e := range p.Edges {
			if n := &p.Nodes[e.From]; e.Kind == "serves" && orphans[n.ID] {
				t.Errorf("%s: %s serves a channel, and SY1 calls it alone", name, n.ID)
			}
		}
	}
}

// The picture after a step is the picture of the board really repaired; a session's picture is that of its board.
func TestPictureAfterARepair(t *testing.T) {
	tried := 0
	for name, b := range boards(t) {
		s := NewSession()
		if s.Picture() != nil || s.PictureAfter(0) != nil {
			t.Fatal("a picture before any report")
		}
		s.Edit(whole(b))
		s.Report(Options{})
		if got, want := string(s.Picture().AppendJSON(nil)), string(pictureOf(b).AppendJSON(nil)); got != want {
			t.Errorf("%s: the session’s picture differs:\n%s", name, firstDifference(want, got))
		}
		if s.PictureAfter(0) != nil {
			t.Errorf("%s: a step nobody asked for", name)
		}
		for i, n := range s.Next() {
			after := s.PictureAfter(i)
			if (after != nil) != n.Tried {
				t.Errorf("%s: step %d has a picture: %v, was tried: %v", name, i, after != nil, n.Tried)
			}
			if after == nil {
				continue
			}
			tried++
			repaired := NewSession()
			repaired.Edit(whole(b))
			repaired.Edit(s.tried[i])
			repaired.Report(Options{})
			if got, want := string(after.AppendJSON(nil)), string(repaired.Picture().AppendJSON(nil)); got != want {
				t.Errorf("%s: after step %d:\n%s", name, i, firstDifference(want, got))
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d repairs were drawn", tried)
	}
}
