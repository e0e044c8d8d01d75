package ydoc

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"unisson/server/yupdate"
)

type object = map[string]any

// Board is the board that an update holds, as JSON (unisson/1), byte for byte as the page writes it to a file. What a program put where
// the page has only JSON values (types, bytes, documents) is left out.
func Board(update []byte, l yupdate.Limits) ([]byte, error) {
	d, err := open(update, l)
	if err != nil {
		return nil, err
	}
	board, err := d.board()
	if err != nil {
		return nil, err
	}
	return encode(board), nil
}

// holder is where an object lives: its plain values, and the shared types of its shape by path.
type holder struct {
	values int32
	child  func(path string, k kind) int32
}

func (d *doc) board() (object, error) {
	own := d.rootHolder(rootBoard, "")
	board := object{}
	if err := d.object(own, boardShape, board); err != nil {
		return nil, err
	}
	board["format"] = "unisson/1"
	said := d.rootHolder(rootIdentity, identityPrefix)
	identity := object{}
	if err := d.object(said, identityShape, identity); err != nil {
		return nil, err
	}
	if len(identity) > 0 || d.has(said.values, keySaid) {
		board["identity"] = identity
	}
	for _, list := range lists {
		all, err := d.entities(d.rootNamed(list.name), list.shape)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 || d.has(own.values, prefixAsked+list.name) {
			board[list.name] = all
		}
	}
	return board, nil
}

func (d *doc) rootNamed(name string) int32 {
	if t, known := d.roots[name]; known {
		return t
	}
	return none
}

func (d *doc) rootHolder(name, prefix string) holder {
	return holder{d.rootNamed(name), func(path string, _ kind) int32 { return d.rootNamed(prefix + path) }}
}

// Types of Yjs by the number that stands for them.
const (
	typeArray   = 0
	typeMap     = 1
	typeText    = 2
	typeXMLHook = 5 // a map
	typeXMLText = 6 // a text
)

// typeAt is the type under a key that is one of these, none without.
func (d *doc) typeAt(t int32, key string, names ...uint64) int32 {
	if it := d.get(t, key); it != nil && it.own != none && slices.Contains(names, d.types[it.own].name) {
		return it.own
	}
	return none
}

func (d *doc) mapHolder(t int32) holder {
	return holder{t, func(path string, k kind) int32 {
		if k.isText() {
			return d.typeAt(t, path, typeText, typeXMLText)
		}
		return d.typeAt(t, path, typeArray)
	}}
}

// get is the item that counts under a key, nil without.
func (d *doc) get(t int32, key string) *item {
	if t == none {
		return nil
	}
	k, known := d.key[key]
	if !known {
		return nil
	}
	e, known := d.types[t].entries[k]
	if !known || d.items[e.last].deleted {
		return nil
	}
	return &d.items[e.last]
}

func (d *doc) has(t int32, key string) bool { return d.get(t, key) != nil }

// keysOf is the keys of a map, in order.
func (d *doc) keysOf(t int32) []string {
	if t == none {
		return nil
	}
	keys := make([]string, 0, len(d.types[t].entries))
	for k, e := range d.types[t].entries {
		if !d.items[e.last].deleted {
			keys = append(keys, d.keys[k])
		}
	}
	slices.Sort(keys)
	return keys
}

// entities is the entities of a list by rank. Equal ranks (two people inserted at one place at once) go by id, the same for everyone.
func (d *doc) entities(root int32, s shape) ([]any, error) {
	type ranked struct {
		id, rank string
		in       int32
	}
	var order []ranked
	for _, id := range d.keysOf(root) {
		if t := d.typeAt(root, id, typeMap, typeXMLHook); t != none {
			order = append(order, ranked{id, d.rank(t), t})
		}
	}
	slices.SortFunc(order, func(a, b ranked) int { return cmp.Or(compareUnits(a.rank, b.rank), compareUnits(a.id, b.id)) })
	all := make([]any, 0, len(order))
	for _, e := range order {
		entity := object{"id": e.id}
		if err := d.object(d.mapHolder(e.in), s, entity); err != nil {
			return nil, err
		}
		all = append(all, entity)
	}
	return all, nil
}

func (d *doc) rank(t int32) string {
	it := d.get(t, keyRank)
	if it == nil {
		return ""
	}
	switch v, _ := d.value(it); v := v.(type) {
	case string:
		return v
	case float64:
		return string(appendNumber(nil, v))
	case bool:
		return strconv.FormatBool(v)
	}
	return "" // no client of ours wrote it
}

// object reads an object into out.
func (d *doc) object(h holder, s shape, out object) error {
	for _, key := range d.keysOf(h.values) {
		if isOurs(key) || s.kind(key) != "" {
			continue
		}
		if v, known := d.value(d.get(h.values, key)); known {
			if err := graft(out, key, v); err != nil {
				return err
			}
		}
	}
	for _, f := range s {
		t := h.child(f.path, f.kind)
		full := t != none && d.types[t].length > 0
		if !full && f.kind != aBody && !d.has(h.values, prefixSaid+f.path) {
			continue
		}
		var v any = []any{}
		if f.kind.isText() {
			v = d.text(t)
		} else if t != none {
			v = merged(d.array(t), f.kind)
		}
		if err := graft(out, f.path, v); err != nil {
			return err
		}
	}
	return nil
}

// value is what an item holds under a key, the last of its values; false where that is none JSON knows.
func (d *doc) value(it *item) (last any, known bool) {
	d.each(it, func(v any, is bool) { last, known = v, is })
	return last, known
}

// each calls f for the values of an item, and says whether JSON knows them.
func (d *doc) each(it *item, f func(v any, known bool)) {
	in := yupdate.NewReader(d.update[it.body:it.stop])
	for n := it.end - it.clock; n > 0; n-- {
		switch it.kind {
		case yupdate.KindAny:
			f(known(in.Value()))
		case yupdate.KindJSON:
			f(known(in.Old()))
		default:
			return
		}
	}
}

// known is the part of a value that JSON knows, as JavaScript writes it: no number is null, in a list so is whatever has no JSON.
func known(v any) (any, bool) {
	switch v := v.(type) {
	case float64:
		if v != v || v > maxNumber || v < -maxNumber {
			return nil, true
		}
	case []any:
		for i := range v {
			v[i], _ = known(v[i])
		}
	case object:
		for k := range v {
			member, is := known(v[k])
			if !is || k == "__proto__" { // it would be the prototype of the object a client reads
				delete(v, k)
				continue
			}
			v[k] = member
		}
	case []byte, yupdate.BigInt, yupdate.Undefined:
		return nil, false
	}
	return v, true
}

func (d *doc) array(t int32) (all []any) {
	for i := d.types[t].first; i != none; i = d.items[i].right {
		if it := &d.items[i]; !it.deleted {
			d.each(it, func(v any, known bool) {
				if _, is := v.(yupdate.Undefined); known || is { // in a list it is null
					all = append(all, v)
				}
			})
		}
	}
	return all
}

func (d *doc) text(t int32) string {
	if t == none {
		return ""
	}
	var b strings.Builder
	for i := d.types[t].first; i != none; i = d.items[i].right {
		it := &d.items[i]
		if it.deleted || it.kind != yupdate.KindString {
			continue
		}
		if it.halfBegin {
			b.WriteRune(utf8.RuneError)
		}
		b.Write(d.update[it.body:it.stop])
		if it.halfEnd {
			b.WriteRune(utf8.RuneError)
		}
	}
	return b.String()
}

// graft puts a leaf back. Where one person made a value of what another filled with members, the members stay.
func graft(out object, path string, value any) error {
	steps := strings.Split(path, "/")
	if len(steps) > maxDepth {
		return ErrTooDeep
	}
	at := out
	for _, step := range steps[:len(steps)-1] {
		step = unescape(step)
		next, is := at[step].(object)
		if !is {
			next = object{}
			at[step] = next
		}
		at = next
	}
	last := unescape(steps[len(steps)-1])
	if _, is := at[last].(object); !is {
		at[last] = value
	}
	return nil
}

// merged makes one of what means the same: the first stays where it is, and lists inside it (synonyms) are joined.
func merged(items []any, k kind) []any {
	if k == aList {
		return items
	}
	fields, _ := k.fields()
	at := map[string]int{}
	out := make([]any, 0, len(items))
	for _, it := range items {
		one, isObject := it.(object)
		key := keyOf(it)
		if isObject && k != aSet {
			told := make([]any, len(fields))
			for i, f := range fields {
				told[i] = one[f]
			}
			key = keyOf(told)
		}
		i, there := at[key]
		if !there {
			at[key] = len(out)
			out = append(out, it)
		} else if first, both := out[i].(object); both && isObject {
			out[i] = join(first, one)
		}
	}
	return out
}

func join(a, b object) object {
	out := make(object, len(a)+len(b))
	for k, v := range b {
		out[k] = v
	}
	for k, v := range a {
		out[k] = v
		x, isList := v.([]any)
		y, both := b[k].([]any)
		if isList && both {
			out[k] = merged(slices.Concat(x, y), aSet)
		}
	}
	return out
}

// compareUnits orders texts as JavaScript does, by UTF-16 unit: characters beyond U+FFFF come before the last of the others.
func compareUnits(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && (i < len(a) && !utf8.RuneStart(a[i]) || i < len(b) && !utf8.RuneStart(b[i])) {
		i--
	}
	x, _ := utf8.DecodeRuneInString(a[i:])
	y, _ := utf8.DecodeRuneInString(b[i:])
	if i == len(a) || i == len(b) || (x > 0xffff) == (y > 0xffff) {
		return strings.Compare(a, b)
	}
	return cmp.Compare(firstUnit(x), firstUnit(y))
}

func firstUnit(c rune) rune {
	if c > 0xffff {
		c, _ = utf16.EncodeRune(c)
	}
	return c
}
