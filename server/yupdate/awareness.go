package yupdate

// Presence is what one client tells of itself to those present: never stored, forgotten when it leaves.
type Presence struct {
	Client uint64
	Clock  uint64 // of two presences of a client the one with the higher clock counts
	State  []byte // JSON; null when the client has left
}

// Gone says whether the client has left.
func (p Presence) Gone() bool { return string(p.State) == "null" }

// DecodeAwareness reads an awareness update of y-protocols (the body of a message, without its own length). Limits.Bytes, Clients
// and Depth apply; the states must be JSON, and lie in b.
func DecodeAwareness(b []byte, l Limits) ([]Presence, error) {
	l = l.orDefault()
	r := &Reader{buf: b}
	n := r.Uint()
	if len(b) > l.Bytes || n > uint64(l.Clients) {
		r.fail(ErrTooLarge)
		return nil, r.err
	}
	present := make([]Presence, 0, min(n, uint64(len(b)/3)))
	for ; n > 0 && r.err == nil; n-- {
		p := Presence{Client: r.Uint(), Clock: r.Uint()}
		at := r.at
		p.State = r.Bytes()
		if r.err != nil {
			break
		}
		if class := soundJSON(p.State, l.Depth); class != nil {
			r.at = at
			r.fail(class)
			break
		}
		present = append(present, p)
	}
	if err := r.End(); err != nil {
		return nil, err
	}
	return present, nil
}

// EncodeAwareness is the awareness update that tells these presences.
func EncodeAwareness(present []Presence) []byte {
	b := AppendUint(nil, uint64(len(present)))
	for _, p := range present {
		b = AppendBytes(AppendUint(AppendUint(b, p.Client), p.Clock), p.State)
	}
	return b
}
