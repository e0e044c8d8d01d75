package yupdate

// ID names one unit a client inserted.
type ID struct{ Client, Clock uint64 }

// Kind is what a struct holds.
type Kind byte

// Kinds a document is read from; of the others only the length matters.
const (
	KindGC      Kind = kindGC      // collected: no document knows it any more
	KindDeleted Kind = kindDeleted // deleted, and still a place between others
	KindJSON    Kind = kindJSON    // values of an old client, each a JSON text: see Reader.Old
	KindString  Kind = kindString  // text
	KindFormat  Kind = kindFormat  // a mark within a text, no part of it
	KindType    Kind = kindType    // a shared type: Uint says which
	KindAny     Kind = kindAny     // values: see Reader.Value
)

// Struct is one struct of an update. Without origin nor right origin it names its parent: a root by name, or a type by id.
type Struct struct {
	ID
	Length        uint64
	Kind          Kind
	At            int // where it begins in the update
	Content, End  int // where its content does, and where it ends
	HasOrigin     bool
	HasRight      bool
	Origin, Right ID
	IsRoot        bool
	Root          []byte // name of the parent
	Parent        ID
	HasSub        bool
	Sub           []byte // key in the parent, a map
}

// Parsed is a sound update, to be read struct by struct.
type Parsed struct {
	update []byte
	runs   []run
	set    []byte
}

// Parse checks an update and opens it. What it tells lies in the update.
func Parse(update []byte, l Limits) (*Parsed, error) {
	p := &Parsed{update: update}
	var err error
	p.set, err = parse(update, l.orDefault(), &p.runs)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Structs calls f for each struct, client by client and by clock; what is missing between is not mentioned.
func (p *Parsed) Structs(f func(Struct)) {
	for _, u := range p.runs {
		clock := u.clock
		for at := u.at; at < u.at+len(u.raw); {
			s := p.At(at, ID{u.client, clock})
			clock += s.Length
			at = s.End
			f(s)
		}
	}
}

// At is the struct that begins there.
func (p *Parsed) At(at int, is ID) Struct {
	r := Reader{buf: p.update, at: at}
	one := r.piece()
	s := Struct{ID: is, Length: one.length, Kind: Kind(one.kind()), At: at, Content: one.content, End: one.next}
	r.at = at
	h := r.head(true)
	s.HasOrigin, s.Origin = h.info&hasOrigin != 0, ID{h.origin.client, h.origin.clock}
	s.HasRight, s.Right = h.info&hasRight != 0, ID{h.right.client, h.right.clock}
	if s.Kind == KindGC || s.HasOrigin || s.HasRight {
		return s
	}
	s.IsRoot, s.Parent = h.root, ID{h.parent.client, h.parent.clock}
	r.at = at + 1
	r.Uint()
	if s.IsRoot {
		s.Root = r.Bytes()
	} else {
		r.id()
	}
	if s.HasSub = h.info&hasSub != 0; s.HasSub {
		s.Sub = r.Bytes()
	}
	return s
}

// Deleted calls f for each span of clocks that is deleted.
func (p *Parsed) Deleted(f func(client, from, to uint64)) {
	eachDeleted(p.set, func(client uint64, s span) { f(client, s.from, s.to) })
}

// Place is where a struct without origin goes: into a root or into a type, as a list's first or under a key.
type Place struct {
	Root   string
	Inside bool // a type, by its id
	Parent ID
	Keyed  bool
	Key    string
}

// AppendHead appends what comes before the content of a struct.
func AppendHead(b []byte, k Kind, at Place) []byte {
	if at.Keyed {
		k |= hasSub
	}
	b = append(b, byte(k))
	if at.Inside {
		b = AppendUint(AppendUint(append(b, 0), at.Parent.Client), at.Parent.Clock)
	} else {
		b = AppendBytes(append(b, 1), at.Root)
	}
	if at.Keyed {
		b = AppendBytes(b, at.Key)
	}
	return b
}

// UTF16Len counts the UTF-16 units of a text.
func UTF16Len(s string) uint64 { return utf16Len([]byte(s)) }
