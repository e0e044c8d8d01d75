package ydoc

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"unisson/server/yupdate"
)

// ErrBoard says that a document is no board; package boardjson says why.
var ErrBoard = errors.New("ydoc: no board")

// First is the first update of a new board that holds this document (JSON that boardjson.Decode accepts), as the page's model would load it.
// The client is the session it is said to come from: any that nobody else has, such as a random one. It is never to be applied to a board that
// has a history, which would then hold everything twice.
func First(document []byte, client uint32) ([]byte, error) {
	var board object
	if err := json.Unmarshal(document, &board); err != nil || board == nil {
		return nil, fmt.Errorf("%w: %v", ErrBoard, err)
	}
	w := &writer{client: uint64(client)}
	identity, has := board["identity"].(object)
	delete(board, "format")
	delete(board, "identity")
	byList := make([]any, len(lists))
	for i, list := range lists {
		byList[i] = board[list.name]
		delete(board, list.name)
	}
	err := errors.Join(w.object(inRoot(rootBoard, ""), boardShape, board), w.object(inRoot(rootIdentity, identityPrefix), identityShape, identity))
	if has {
		w.value(inRoot(rootIdentity, ""), keySaid, true)
	}
	for i, list := range lists {
		if byList[i] == nil {
			continue
		}
		entities, is := byList[i].([]any)
		if !is {
			return nil, fmt.Errorf("%w: %s", ErrBoard, list.name)
		}
		err = errors.Join(err, w.list(list.name, list.shape, entities))
		w.value(inRoot(rootBoard, ""), prefixAsked+list.name, true)
	}
	if err != nil {
		return nil, err
	}
	return w.update(), nil
}

// place is where an object is written: under a root, or in a type by its clock.
type place struct {
	name   string // of the root with its values
	prefix string // of the roots that are its shared types
	clock  uint64
	inside bool
	key    string
	keyed  bool
}

func (p place) under(key string) place {
	p.key, p.keyed = key, true
	return p
}

func inRoot(name, prefix string) place { return place{name: name, prefix: prefix} }
func inside(clock uint64) place        { return place{clock: clock, inside: true} }

// writer writes structs of one client, one after the other. Nothing was there before, hence none has an origin.
type writer struct {
	client uint64
	body   []byte
	count  uint64
	clock  uint64
}

func (w *writer) update() []byte {
	b := yupdate.AppendUint(nil, min(w.count, 1))
	if w.count > 0 {
		b = yupdate.AppendUint(yupdate.AppendUint(yupdate.AppendUint(b, w.count), w.client), 0)
	}
	return append(append(b, w.body...), 0)
}

// begin writes the head of a struct of so many units, and returns its clock.
func (w *writer) begin(k yupdate.Kind, at place, units uint64) uint64 {
	where := yupdate.Place{Root: at.name, Inside: at.inside, Parent: yupdate.ID{Client: w.client, Clock: at.clock}, Keyed: at.keyed, Key: at.key}
	w.body = yupdate.AppendHead(w.body, k, where)
	w.count++
	w.clock += units
	return w.clock - units
}

func (w *writer) value(at place, key string, v any) {
	w.begin(yupdate.KindAny, at.under(key), 1)
	w.body = yupdate.AppendValue(append(w.body, 1), v, byName)
}

func byName(o object) []string { return sorted(o, strings.Compare) }

// made makes a type under a key and returns where what it holds is written.
func (w *writer) made(at place, key string, of byte) place {
	clock := w.begin(yupdate.KindType, at.under(key), 1)
	w.body = append(w.body, of)
	return inside(clock)
}

// object writes the fields of an object: its plain values by path, and the shared types of its shape, empty ones too where they cannot be
// roots, since two people who make one later would make two.
func (w *writer) object(at place, s shape, fields object) error {
	flat := map[string]any{}
	if err := flatten(fields, s, nil, flat); err != nil {
		return err
	}
	for _, path := range byName(flat) {
		if s.kind(path) == "" {
			w.value(at, path, flat[path])
		}
	}
	for _, f := range s {
		v, given := flat[f.path]
		in := place{name: at.prefix + f.path}
		if at.inside && !(f.kind == aLate && (v == nil || v == "")) {
			of := byte(typeArray)
			if f.kind.isText() {
				of = typeText
			}
			in = w.made(at, f.path, of)
		}
		if !given {
			continue
		}
		if f.kind.isText() {
			text, is := v.(string)
			if !is {
				return fmt.Errorf("%w: %s", ErrBoard, f.path)
			}
			if text != "" {
				w.begin(yupdate.KindString, in, yupdate.UTF16Len(text))
				w.body = yupdate.AppendBytes(w.body, text)
			} else if f.kind != aBody {
				w.value(at, prefixSaid+f.path, true)
			}
			continue
		}
		items, is := v.([]any)
		if !is {
			return fmt.Errorf("%w: %s", ErrBoard, f.path)
		}
		if n := uint64(len(items)); n > 0 {
			w.begin(yupdate.KindAny, in, n)
			w.body = yupdate.AppendUint(w.body, n)
			for _, one := range items {
				w.body = yupdate.AppendValue(w.body, one, byName)
			}
		}
		w.value(at, prefixSaid+f.path, true)
	}
	return nil
}

// list writes the entities of a list. A second one with the same id is kept under a free one rather than lost.
func (w *writer) list(name string, s shape, entities []any) error {
	taken := make(map[string]bool, len(entities))
	for i, one := range entities {
		entity, _ := one.(object)
		id, is := entity["id"].(string)
		if !is {
			return fmt.Errorf("%w: %s/%d", ErrBoard, name, i)
		}
		delete(entity, "id")
		free := id
		for n := 2; taken[free]; n++ {
			free = fmt.Sprintf("%s~%d", id, n)
		}
		taken[free] = true
		in := w.made(inRoot(name, ""), free, typeMap)
		w.value(in, keyRank, rank(i))
		if err := w.object(in, s, entity); err != nil {
			return err
		}
	}
	return nil
}

// flatten gives the leaves an object is stored in, by path. A path of the shape is always a leaf.
func flatten(fields object, s shape, steps []string, flat map[string]any) error {
	if len(steps) >= maxDepth {
		return ErrTooDeep
	}
	for k, v := range fields {
		under := append(slices.Clip(steps), escape.Replace(k))
		path := strings.Join(under, "/")
		if members, is := v.(object); is && s.kind(path) == "" && len(members) > 0 {
			if err := flatten(members, s, under, flat); err != nil {
				return err
			}
			continue
		}
		flat[path] = v
	}
	return nil
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// rank is the i-th of as many ranks as one likes, in order, such that others can be put between and around them: the integers of fractional
// indexing, whose first letter tells how many digits follow.
func rank(i int) string {
	width, first, room := 1, 0, len(digits)
	for i-first >= room {
		first += room
		room *= len(digits)
		width++
	}
	i -= first
	b := make([]byte, width+1)
	for at := width; at > 0; at-- {
		b[at] = digits[i%len(digits)]
		i /= len(digits)
	}
	b[0] = byte('a' + width - 1)
	return string(b)
}
