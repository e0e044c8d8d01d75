package yupdate

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
)

// text is an update in which a client types s at its clock.
func text(client, clock uint64, s string) []byte {
	u := AppendUint(AppendUint([]byte{1, 1}, client), clock)
	if clock == 0 {
		u = append(u, kindString, 1, 1, 't')
	} else {
		u = AppendUint(AppendUint(append(u, kindString|hasOrigin), client), clock-1)
	}
	return append(AppendBytes(u, s), 0)
}

func TestTypingIsOneStruct(t *testing.T) {
	s := NewState(Limits{})
	var all [][]byte
	for i := range uint64(20_000) {
		all = append(all, text(5, i, "x"))
		must(s.Apply(all[i]))
		if i%1000 == 0 {
			s.Bytes()
		}
	}
	want := text(5, 0, repeat("x", 20_000))
	got := s.Bytes()
	if structs := got[1]; structs > 25 { // a sealed struct of more than 4 KiB is left as it is, until compacted
		t.Errorf("%d structs", structs)
	}
	if one := must(Compact(got)); !bytes.Equal(one, want) {
		t.Errorf("compacted, %d bytes", len(one))
	}
	if one := must(Merge(all...)); !bytes.Equal(one, want) {
		t.Errorf("merged, %d bytes", len(one))
	}
}

func TestLimitsBindTheState(t *testing.T) {
	s := NewState(Limits{Bytes: 400, Clients: 3, Pending: 2})
	refuse := func(u []byte, class error) {
		t.Helper()
		before := bytes.Clone(s.Bytes())
		if changed, err := s.Apply(u); changed || !errors.Is(err, class) {
			t.Errorf("%v %v, want %v", changed, err, class)
		}
		if !bytes.Equal(before, s.Bytes()) {
			t.Error("refused, yet something changed")
		}
	}
	must(s.Apply(text(1, 0, "a")))
	must(s.Apply(text(2, 0, "a")))
	must(s.Apply(text(3, 0, "a")))
	refuse(text(4, 0, "a"), ErrTooLarge)
	refuse([]byte{0, 1, 4, 1, 0, 1}, ErrTooLarge)
	// Held: two structs at most, and they come in once what is missing does.
	must(s.Apply(text(1, 3, "d")))
	must(s.Apply(text(1, 5, "f")))
	refuse(text(1, 7, "h"), ErrPending)
	if changed := must(s.Apply(text(1, 5, "f"))); changed || s.Pending() != 2 {
		t.Errorf("held twice: %d", s.Pending())
	}
	reloaded := must(LoadState(Limits{}, s.Bytes()))
	if reloaded.Pending() != 2 || !bytes.Equal(reloaded.Bytes(), s.Bytes()) {
		t.Error("stored, what is held is lost")
	}
	must(s.Apply(text(1, 1, "bc")))
	must(s.Apply(text(1, 4, "e")))
	if s.Pending() != 0 {
		t.Errorf("%d still held", s.Pending())
	}
	want := must(Merge(text(1, 0, "abcdef"), text(2, 0, "a"), text(3, 0, "a")))
	if !bytes.Equal(must(Compact(s.Bytes())), want) {
		t.Errorf("%x, want %x", s.Bytes(), want)
	}
	// Full: what is known already may still be told.
	must(s.Apply(text(2, 1, repeat("b", 200))))
	refuse(text(2, 201, repeat("b", 200)), ErrTooLarge)
	if changed := must(s.Apply(s.Bytes())); changed {
		t.Error("its own bytes change it")
	}
	// What was taken opens again, whatever the limits are now.
	small := must(LoadState(Limits{Bytes: 10, Clients: 1, Pending: 1}, s.Bytes()))
	if _, err := small.Apply(text(2, 201, "c")); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if !bytes.Equal(small.Bytes(), s.Bytes()) {
		t.Error("loaded, it is another")
	}
}

func TestLimitsBindAnUpdate(t *testing.T) {
	two := must(Merge(text(1, 0, "ab"), text(2, 0, "c"), []byte{0, 1, 1, 1, 0, 1}))
	for _, l := range []Limits{{Bytes: len(two) - 1}, {Structs: 2}, {Clients: 1}, {Clock: 1}} {
		if err := Validate(two, l); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%+v: %v", l, err)
		}
	}
	if err := Validate(two, Limits{Bytes: len(two), Structs: 3, Clients: 2, Clock: 2}); err != nil {
		t.Error(err)
	}
	var e *Error
	if err := Validate(append(two, 0), Limits{}); !errors.As(err, &e) || e.At != len(two) || e.Class != ErrTrailing {
		t.Errorf("%v", err)
	}
}

func TestIntegers(t *testing.T) {
	for _, n := range []uint64{0, 1, 127, 128, 16383, 16384, 1<<32 - 1, 1 << 32, maxSafe} {
		b := AppendUint(nil, n)
		r := NewReader(b)
		if got := r.Uint(); got != n || r.End() != nil || len(b) != uintSize(n) {
			t.Errorf("%d: %d, %v, %d bytes", n, got, r.Err(), len(b))
		}
	}
	r := NewReader(AppendBytes(AppendBytes(nil, "é"), []byte{1, 2, 0xff}))
	if got := string(r.Text()); got != "é" {
		t.Error(got)
	}
	if b := r.Bytes(); !bytes.Equal(b, []byte{1, 2, 0xff}) || len(r.Rest()) != 0 || r.End() != nil {
		t.Error(b, r.Err())
	}
	if r.Byte(); !errors.Is(r.Err(), ErrTruncated) {
		t.Error(r.Err())
	}
}

func TestAwareness(t *testing.T) {
	y := startYjs(t)
	states := []any{map[string]any{"name": "Zoé 🙂", "caret": []any{1.0, "x"}}, nil, map[string]any{}}
	var asked []question
	for i, s := range states {
		asked = append(asked, question{"client": 4294967295 - i, "clock": i * 1000, "state": s})
	}
	var theirs struct{ Update []byte }
	y.ask(t, "awareness", question{"present": asked}, &theirs)
	present := must(DecodeAwareness(theirs.Update, Limits{}))
	if !bytes.Equal(EncodeAwareness(present), theirs.Update) {
		t.Error("encoded again, it is another")
	}
	for i, p := range present {
		var s any
		if err := json.Unmarshal(p.State, &s); err != nil || !reflect.DeepEqual(s, states[i]) || p.Client != uint64(4294967295-i) || p.Clock != uint64(i*1000) || p.Gone() != (i == 1) {
			t.Errorf("%d: %+v, %v", i, p, err)
		}
	}
	var back struct{ Present []any }
	y.ask(t, "presences", question{"update": EncodeAwareness(present)}, &back)
	if len(back.Present) != len(states) {
		t.Error(back)
	}
	for name, c := range map[string]struct {
		update []byte
		want   error
	}{
		"nothing":       {nil, ErrTruncated},
		"nobody":        {[]byte{0}, nil},
		"lying count":   {[]byte{2, 1, 1, 2, '{', '}'}, ErrTruncated},
		"not JSON":      {[]byte{1, 1, 1, 1, '{'}, ErrMalformed},
		"invalid UTF-8": {[]byte{1, 1, 1, 3, '"', 0xff, '"'}, ErrMalformed},
		"trailing":      {[]byte{0, 0}, ErrTrailing},
		"too many":      {[]byte{0xff, 0x7f}, ErrTooLarge},
		"too deep":      {EncodeAwareness([]Presence{{1, 1, []byte(repeat("[", 11) + repeat("]", 11))}}), ErrTooDeep},
		"too large":     {EncodeAwareness([]Presence{{1, 1, []byte(`"` + repeat("x", 300) + `"`)}}), ErrTooLarge},
	} {
		if _, err := DecodeAwareness(c.update, Limits{Bytes: 200, Clients: 1000, Depth: 10}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
