package yupdate

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"testing"
)

func TestYjsWritesNothingWeRefuse(t *testing.T) {
	y := startYjs(t)
	var got struct{ States [][]byte }
	y.ask(t, "kinds", nil, &got)
	if len(got.States) < 20 {
		t.Fatalf("%d states", len(got.States))
	}
	for i, state := range got.States {
		if err := Validate(state, DefaultLimits()); err != nil {
			t.Errorf("state %d: %v\n%s", i, err, hex.Dump(state))
		}
		merged := must(Merge(state))
		var ours, theirs document
		y.ask(t, "load", question{"updates": [][]byte{state}}, &theirs)
		y.ask(t, "load", question{"updates": [][]byte{merged}}, &ours)
		if ours.Pending != theirs.Pending || !bytes.Equal(ours.Vector, theirs.Vector) || !bytes.Equal(ours.State, theirs.State) {
			t.Errorf("state %d: merged, it is another document", i)
		}
	}
}

func TestMergeMakesTheSameDocument(t *testing.T) {
	y := startYjs(t)
	eachHistory(t, y, func(t *testing.T, seed uint64, rnd *rand.Rand, h history) {
		all := shuffled(rnd, h.Updates)
		whole := must(Merge(all...))
		if again := must(Merge(whole, whole)); !bytes.Equal(again, whole) {
			t.Error("merging again changes something")
		}
		if err := Validate(whole, DefaultLimits()); err != nil {
			t.Error(err)
		}
		// Merged in parts that overlap, and with the state of a document that split and joined as it liked.
		cut := rnd.IntN(len(all) + 1)
		overlap := rnd.IntN(cut + 1)
		left, right := must(Merge(all[:cut]...)), must(Merge(all[overlap:]...))
		parts := must(Merge(right, left))
		withState := must(Merge(left, h.State, right))
		stateLast := must(Merge(right, h.State))

		vector := must(StateVector(whole))
		var want struct{ Vector []byte }
		y.ask(t, "vector", question{"update": whole}, &want)
		if !bytes.Equal(vector, want.Vector) {
			t.Errorf("state vector %x, want %x", vector, want.Vector)
		}

		// What the owner of some of it lacks.
		var some document
		y.ask(t, "load", question{"updates": all[:cut]}, &some)
		lacking := must(Diff(whole, some.Vector))
		rest := must(Diff(whole, must(StateVector(left))))
		h.same(t, y, map[string][][]byte{
			"whole": {whole}, "parts": {parts}, "with state": {withState}, "state last": {stateLast},
			"apart": y.united(t, left, right), "apart, other order": y.united(t, right, left), "apart, then whole": {left, right, whole},
			"diff to a document": y.united(t, append(shuffled(rnd, all[:cut]), lacking)...), "diff to an update": y.united(t, left, rest),
			"all again": append(all, whole),
		})

		// With gaps, Yjs agrees on what is known and on what can be shown.
		if cut == 0 {
			return
		}
		merged := y.united(t, all[:cut]...)
		var ours, theirs document
		y.ask(t, "load", question{"updates": [][]byte{left}}, &ours)
		y.ask(t, "load", question{"updates": merged}, &theirs)
		if ours.JSON != theirs.JSON || ours.Pending != theirs.Pending {
			t.Errorf("with gaps: %s %v\nwant %s %v", ours.JSON, ours.Pending, theirs.JSON, theirs.Pending)
		}
		y.ask(t, "vector", question{"update": merged[0]}, &want)
		if got := must(StateVector(left)); !bytes.Equal(got, want.Vector) {
			t.Errorf("with gaps, state vector %x, want %x", got, want.Vector)
		}
	})
}

func TestStateKeepsTheSameDocument(t *testing.T) {
	y := startYjs(t)
	eachHistory(t, y, func(t *testing.T, seed uint64, rnd *rand.Rand, h history) {
		s := NewState(Limits{})
		lists := map[string][][]byte{}
		for i, u := range shuffled(rnd, h.Updates) {
			before := s.Bytes()
			copied := bytes.Clone(before)
			if rnd.IntN(2) == 0 {
				s.whole = nil // so that what is sealed is sealed again
				s.Bytes()
			}
			own := bytes.Clone(u)
			if _, err := s.Apply(own); err != nil {
				t.Fatal(err)
			}
			clear(own) // it must not be kept
			if changed, err := s.Apply(u); changed || err != nil {
				t.Fatalf("update %d tells something new the second time: %v", i, err)
			}
			if !bytes.Equal(before, copied) {
				t.Fatal("what Bytes returned was written to")
			}
			if rnd.IntN(8) == 0 {
				diff := must(s.Diff(must(StateVector(before))))
				if !bytes.Equal(must(Merge(before, diff)), must(Merge(s.Bytes()))) {
					t.Errorf("update %d: before and the difference are not after", i)
				}
				lists["a diff on the way"] = y.united(t, before, diff, must(Diff(h.State, must(StateVector(must(Merge(before, diff)))))))
			}
			if got, want := s.StateVector(), must(StateVector(s.Bytes())); !bytes.Equal(got, want) {
				t.Errorf("update %d: state vector %x, want %x", i, got, want)
			}
			if got := len(s.Bytes()); s.Size() < got-8*len(s.columns) {
				t.Errorf("update %d: size %d, encoded %d", i, s.Size(), got)
			}
		}
		if s.Pending() != 0 {
			t.Errorf("%d pending", s.Pending())
		}
		// What a document lacks, of a state that is sealed in part.
		cut := rnd.IntN(len(h.Updates))
		some := h.Updates[:cut]
		var d document
		y.ask(t, "load", question{"updates": some}, &d)
		fresh := NewState(Limits{})
		for i, u := range h.Updates {
			must(fresh.Apply(u))
			if i == cut {
				fresh.Bytes()
			}
		}
		lists["state"] = [][]byte{s.Bytes()}
		lists["what a document lacks"] = append(append([][]byte(nil), some...), must(fresh.Diff(d.Vector)))
		lists["what an update lacks"] = [][]byte{must(Merge(some...)), must(fresh.Diff(must(StateVector(must(Merge(some...))))))}
		h.same(t, y, lists)
	})
}

// Damaged updates: what is accepted all the same must not break those it is sent on to.
func TestWhatIsAcceptedDoesNotBreakYjs(t *testing.T) {
	y := startYjs(t)
	accepted, refused := 0, 0
	eachHistory(t, y, func(t *testing.T, seed uint64, rnd *rand.Rand, h history) {
		var damaged [][]byte
		for range 40 {
			u := bytes.Clone(h.Updates[rnd.IntN(len(h.Updates))])
			for n := 1 + rnd.IntN(2); n > 0; n-- {
				switch at := rnd.IntN(len(u)); rnd.IntN(3) {
				case 0:
					u[at] = byte(rnd.IntN(256))
				case 1:
					u[at] += byte(rnd.IntN(3)) - 1
				default:
					u = append(u[:at], u[min(at+1, len(u)-1):]...)
				}
			}
			if Validate(u, Limits{}) == nil {
				damaged = append(damaged, u)
			} else {
				refused++
			}
		}
		accepted += len(damaged)
		var broken []string
		y.ask(t, "breaks", question{"before": h.Updates[:rnd.IntN(len(h.Updates))], "updates": damaged}, &broken)
		for i, why := range broken {
			if why != "" {
				t.Errorf("%x: %s", damaged[i], why)
			}
		}
	})
	if accepted == 0 || refused == 0 {
		t.Errorf("%d accepted, %d refused", accepted, refused)
	}
}

func TestDiffFromAnyClock(t *testing.T) {
	// A column long enough to have marks: a struct of one value, one of text, in turn, none of which join.
	s := NewState(Limits{})
	var clock uint64
	grow := func(n int) {
		for range n {
			u := []byte{1, 1, 1}
			u = AppendUint(u, clock)
			if clock == 0 {
				u = append(u, kindString, 1, 1, 't')
			} else {
				u = append(AppendUint(append(u, kindString|hasOrigin|hasRight, 1), clock-1), 9)
				u = AppendUint(u, clock)
			}
			u = append(AppendBytes(u, "x🙂"+repeat("é", 500)), 0)
			must(s.Apply(u))
			clock += 503
		}
	}
	check := func(from uint64) {
		t.Helper()
		vector := AppendUint([]byte{1, 1}, from)
		if got, want := must(s.Diff(vector)), must(Diff(s.Bytes(), vector)); !bytes.Equal(got, want) {
			t.Fatalf("from %d: another difference than without marks", from)
		}
	}
	for range 4 {
		grow(60)
		check(clock - 1)
		s.Bytes()
		grow(1) // so that some is not sealed
		vector := AppendUint([]byte{1, 1}, clock-600)
		before := must(s.Diff(vector))
		if !bytes.Equal(before, must(Diff(s.Bytes(), vector))) {
			t.Fatal("sealing changes a difference")
		}
		for from := uint64(0); from <= clock+1; from += 1009 {
			check(from)
		}
	}
	if len(s.inOrder()[0].marks) < 4 {
		t.Errorf("%d marks", len(s.inOrder()[0].marks))
	}
}

func TestHalfAPair(t *testing.T) {
	// Client 1 writes "a🙂b" (four units) at once; what others hold of it may begin inside the pair.
	whole, _ := hex.DecodeString("01010100" + "040101" + "74" + "06" + "61f09f998262" + "00")
	if err := Validate(whole, Limits{}); err != nil {
		t.Fatal(err)
	}
	for from, want := range map[uint64]string{1: "f09f998262", 2: "efbfbd62", 3: "62"} {
		got := must(Diff(whole, AppendUint([]byte{1, 1}, from)))
		text, _ := hex.DecodeString(want)
		expected := append([]byte{1, 1, 1, byte(from), hasOrigin | kindString, 1, byte(from - 1), byte(len(text))}, text...)
		if expected = append(expected, 0); !bytes.Equal(got, expected) {
			t.Errorf("from %d: %x, want %x", from, got, expected)
		}
	}
	if got := appendUnits(nil, []byte("a🙂b"), 0, 2); string(got) != "\x04a"+replacement {
		t.Errorf("%q", got)
	}
	if got := appendUnits(nil, []byte("🙂🙂"), 1, 3); string(got) != "\x06"+replacement+replacement {
		t.Errorf("%q", got)
	}
}

func TestUnsoundIsRefused(t *testing.T) {
	any := func(values ...byte) []byte { // a list of one value at the root "t"
		return append(append([]byte{1, 1, 1, 0, kindAny, 1, 1, 't', 1}, values...), 0)
	}
	deep := func(n int) []byte {
		var v []byte
		for range n {
			v = append(v, anyArray, 1)
		}
		return any(append(v, anyNull)...)
	}
	text := func(kind byte, body string) []byte {
		return append(append([]byte{1, 1, 1, 0, kind, 1, 1, 't'}, body...), 0)
	}
	for name, c := range map[string]struct {
		update []byte
		want   error
	}{
		"nothing":              {nil, ErrTruncated},
		"empty":                {[]byte{0, 0}, nil},
		"trailing":             {[]byte{0, 0, 0}, ErrTrailing},
		"no deletions":         {[]byte{0}, ErrTruncated},
		"lying count":          {[]byte{1, 0x80, 0x80, 0x80, 1, 1, 0, 0, 1}, ErrTruncated},
		"lying clients":        {[]byte{0xff, 0xff, 0xff, 0xff, 1, 1, 1, 0, 0, 1, 0}, ErrTruncated},
		"long integer":         {[]byte{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0}, ErrMalformed},
		"over 2^53":            {[]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f}, ErrMalformed},
		"lying string":         {text(kindString, "\x7fabc"), ErrTruncated},
		"string":               {text(kindString, "\x03abc"), nil},
		"empty string":         {text(kindString, "\x00"), ErrMalformed},
		"invalid string":       {text(kindString, "\x02\xc3\x28"), ErrMalformed},
		"surrogate string":     {text(kindString, "\x03\xed\xa0\xbd"), ErrMalformed},
		"invalid root":         {[]byte{1, 1, 1, 0, kindString, 1, 1, 0xff, 1, 'a', 0}, ErrMalformed},
		"origin is itself":     {[]byte{1, 1, 1, 4, kindString | hasOrigin, 1, 4, 1, 'a', 0}, ErrMalformed},
		"right is itself":      {[]byte{1, 1, 1, 4, kindString | hasRight, 1, 5, 1, 'a', 0}, ErrMalformed},
		"parent is itself":     {[]byte{1, 1, 1, 4, kindString, 0, 1, 4, 1, 'a', 0}, ErrMalformed},
		"origin of another":    {[]byte{1, 1, 1, 4, kindString | hasOrigin, 2, 4, 1, 'a', 0}, nil},
		"unknown parent":       {[]byte{1, 1, 1, 0, kindString, 2, 1, 't', 1, 'a', 0}, ErrMalformed},
		"unknown kind":         {text(11, ""), ErrMalformed},
		"unknown type":         {text(kindType, "\x07"), ErrMalformed},
		"garbage with origin":  {[]byte{1, 1, 1, 0, kindGC | hasOrigin, 1, 0}, ErrMalformed},
		"empty garbage":        {[]byte{1, 1, 1, 0, kindGC, 0, 0}, ErrMalformed},
		"huge garbage":         {[]byte{1, 1, 1, 0, kindGC, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0}, ErrTooLarge},
		"huge deletion":        {[]byte{0, 1, 1, 1, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, ErrTooLarge},
		"empty deletion":       {[]byte{0, 1, 1, 1, 1, 0}, ErrMalformed},
		"one client twice":     {[]byte{2, 1, 1, 0, kindGC, 1, 1, 1, 1, kindGC, 1, 0}, ErrMalformed},
		"clients ascending":    {[]byte{2, 1, 1, 0, kindGC, 1, 1, 2, 0, kindGC, 1, 0}, nil},
		"embed":                {text(kindEmbed, "\x02{}"), nil},
		"embed not JSON":       {text(kindEmbed, "\x02{]"), ErrMalformed},
		"embed undefined":      {text(kindEmbed, "\x09undefined"), ErrMalformed},
		"embed invalid UTF-8":  {text(kindEmbed, "\x03\"\xff\""), ErrMalformed},
		"JSON undefined":       {text(kindJSON, "\x01\x09undefined"), nil},
		"JSON empty":           {text(kindJSON, "\x00"), ErrMalformed},
		"JSON lying":           {text(kindJSON, "\x02\x011"), ErrMalformed},
		"format":               {text(kindFormat, "\x01b\x04true"), nil},
		"format not JSON":      {text(kindFormat, "\x01b\x04tru!"), ErrMalformed},
		"format too deep":      {text(kindFormat, "\x01b\x7f"+repeat("[", 63)+"1"+repeat("]", 63)), nil},
		"sub-document":         {text(kindDoc, "\x01g\x76\x00"), nil},
		"sub-document options": {text(kindDoc, "\x01g\x7e"), ErrMalformed},
		"value kind":           {any(115), ErrMalformed},
		"value cut":            {any(anyFloat64, 1, 2), ErrTruncated},
		"value integer":        {any(anyInteger, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f), nil},
		"value over 2^53":      {any(anyInteger, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), ErrMalformed},
		"value lying list":     {any(anyArray, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, anyNull), ErrMalformed},
		"value invalid key":    {any(anyObject, 1, 1, 0xff, anyNull), ErrMalformed},
		"deep":                 {deep(100), nil},
		"too deep":             {deep(101), ErrTooDeep},
	} {
		if err := Validate(c.update, Limits{}); !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if _, err := NewState(Limits{}).Apply(c.update); !errors.Is(err, c.want) {
			t.Errorf("%s: applied: %v, want %v", name, err, c.want)
		}
	}
	jsonDeep := text(kindFormat, "\x01b\x7f"+repeat("[", 63)+"1"+repeat("]", 63))
	if err := Validate(jsonDeep, Limits{Depth: 62}); !errors.Is(err, ErrTooDeep) {
		t.Error(err)
	}
}

func repeat(s string, n int) string { return string(bytes.Repeat([]byte(s), n)) }
