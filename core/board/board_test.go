package board_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"unisson/core/board"
)

// Every day of ten centuries, against the standard library.
func TestParseDayCounts(t *testing.T) {
	day := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	for want := int32(day.Unix() / 86400); day.Year() < 2600; want++ {
		if got, ok := board.ParseDay(day.Format(time.DateOnly)); !ok || got != want {
			t.Fatalf("%s: %d %v, want %d", day.Format(time.DateOnly), got, ok, want)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestParseDay(t *testing.T) {
	const day = 20546 // 2026-04-03
	for _, s := range []string{"2026-04-03", "2026-04-03T23:59:59Z", "2026-04-03t00:00:00z", "2026-04-03 09:30:00+02:00", "2026-04-03T09:30:00.123456789-12:45", "2026-04-03T23:59:60Z"} {
		if got, ok := board.ParseDay(s); !ok || got != day {
			t.Errorf("%q: %d %v", s, got, ok)
		}
	}
	for s, want := range map[string]int32{"1970-01-01": 0, "1969-12-31": -1, "0000-03-01": -719468, "0000-01-01": -719528, "9999-12-31": 2932896, "2000-02-29": 11016} {
		if got, ok := board.ParseDay(s); !ok || got != want {
			t.Errorf("%q: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "2026", "2026-04", "2026-4-3", "03/04/2026", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "20260403", "2026-04-03T", "2026-04-03T9:30:00Z",
		"2026-04-03T09:30", "2026-04-03T09:30:00", "2026-04-03T24:00:00Z", "2026-04-03T09:60:00Z", "2026-04-03T09:30:61Z", "2026-04-03T09:30:00.Z", "2026-04-03T09:30:00+0200", "2026-04-03T09:30:00+25:00",
		"2026-04-03Z", "２026-04-03", " 2026-04-03", "2026-04-03 ", "-026-04-03"} {
		if got, ok := board.ParseDay(s); ok {
			t.Errorf("%q was read as day %d", s, got)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("2026-04-03T09:30:00.5+02:00")
	f.Add("2024-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := board.ParseDay(s)
		if !ok {
			return
		}
		if want, err := time.Parse(time.DateOnly, s[:10]); err != nil || got != int32(want.Unix()/86400) {
			t.Fatalf("%q: %d, want %v %v", s, got, want, err)
		}
	})
}

func faulty() *board.Board {
	return &board.Board{
		AsOf:     "today",
		Segments: []*board.Segment{{ID: "s", Needs: []*board.Need{{ID: "n"}}}},
		Objectives: []*board.Objective{{ID: "o", Parent: "p", Segment: "s", Horizon: "2026-02-30"}, {ID: "o2", Parent: "o", NotBefore: "soon", PilotUntil: "2026-01-01"},
			{ID: "o7", Parent: "o9"}, {ID: "o9", Parent: "o8"}, {ID: "o8", Parent: "o9"}, {ID: "o6", Parent: "o6"}},
		KPIs: []*board.KPI{{ID: "k", Objective: "x", Channel: "c/d"}, {ID: "k2", Channel: "nowhere"}},
		Channels: []*board.Channel{{ID: "c/d", Segments: []string{"s", "t"}, Objectives: []string{"o3", "o"}, Answers: []string{"n", "s"}, Serves: []*board.Serve{{Channel: "c/d"}, {Channel: "e"}, {Channel: "e"}}},
			{ID: "a~b", Objectives: []string{"z", "y", ""}}},
		Actions:    []*board.Action{{ID: "a", Objective: "o4", Channels: []string{"f"}, Date: "1/2/26"}},
		Messages:   []*board.Message{{ID: "m", Channel: "g", Action: "b", Pillar: "p", Date: "2026-01-01T10:00"}, {ID: "m2"}},
		Samples:    []*board.Sample{{Channel: "h", From: "2026", To: "2026-01-01"}},
		Facts:      []*board.Fact{{Key: "price", Channel: "i", To: "never"}},
		Decisions:  []*board.Decision{{ID: "d", Date: "", Channels: []string{"j"}}},
		Dismissals: []*board.Dismissal{{Finding: "ID1:x", Date: "x"}},
	}
}

func TestFaults(t *testing.T) {
	want := []board.Fault{
		{"/actions/a/channels", "dangling", "f", "channels"},
		{"/actions/a/date", "date", "1/2/26", ""},
		{"/actions/a/objective", "dangling", "o4", "objectives"},
		{"/asOf", "date", "today", ""},
		{"/channels/a~0b/objectives", "dangling", "", "objectives"},
		{"/channels/a~0b/objectives", "dangling", "y", "objectives"},
		{"/channels/a~0b/objectives", "dangling", "z", "objectives"},
		{"/channels/c~1d/answers", "dangling", "s", "needs"},
		{"/channels/c~1d/objectives", "dangling", "o3", "objectives"},
		{"/channels/c~1d/segments", "dangling", "t", "segments"},
		{"/channels/c~1d/serves", "dangling", "e", "channels"},
		{"/decisions/d/channels", "dangling", "j", "channels"},
		{"/dismissals/ID1:x/date", "date", "x", ""},
		{"/facts/price/channel", "dangling", "i", "channels"},
		{"/facts/price/to", "date", "never", ""},
		{"/kpis/k/objective", "dangling", "x", "objectives"},
		{"/kpis/k2/channel", "dangling", "nowhere", "channels"},
		{"/messages/m/action", "dangling", "b", "actions"},
		{"/messages/m/channel", "dangling", "g", "channels"},
		{"/messages/m/date", "date", "2026-01-01T10:00", ""},
		{"/messages/m/pillar", "dangling", "p", "pillars"},
		{"/messages/m2/channel", "dangling", "", "channels"},
		{"/objectives/o/horizon", "date", "2026-02-30", ""},
		{"/objectives/o/parent", "dangling", "p", "objectives"},
		{"/objectives/o2/notBefore", "date", "soon", ""},
		{"/objectives/o6/parent", "cycle", "o6", ""},
		{"/objectives/o8/parent", "cycle", "o9", ""},
		{"/samples/h/channel", "dangling", "h", "channels"},
		{"/samples/h/from", "date", "2026", ""},
	}
	if got := faulty().Faults(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestFaultsDoNotDependOnTheOrderOfLists(t *testing.T) {
	want := faulty().Faults()
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		b := faulty()
		v := reflect.ValueOf(b).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.Slice {
				r.Shuffle(f.Len(), reflect.Swapper(f.Interface()))
			}
		}
		if got := b.Faults(); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for l := range board.ListCount {
		if got, ok := board.ParseList(board.List(l).String()); !ok || got != board.List(l) {
			t.Errorf("%v: %v %v", board.List(l), got, ok)
		}
	}
	if _, ok := board.ParseList("needs"); ok {
		t.Error("needs live in segments")
	}
	if _, ok := board.ParseSingle("channels"); ok {
		t.Error("channels have ids")
	}
}
