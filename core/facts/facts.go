// Package facts reads what texts state that can be held against another text: prices, telephone numbers, opening hours, dates of events,
// taglines and names of offers, each with what it is said of and where. It asserts nothing beyond the words: what is conditional, rounded, asked, quoted, past or
// about to change is not read, and neither is a figure whose subject is not beside it; what is for some alone is held against what is for the same.
package facts

import (
	"slices"
	"strings"
	"sync"

	"unisson/core/order"
	"unisson/core/text"
)

// Kind is what a statement is about.
type Kind uint8

const (
	Price Kind = iota
	Phone
	Hours
	Date    // of a named event
	Tagline // of who speaks
	Offer   // the name of an offer of who speaks
)

// Stated is one statement of a text. Statements of one kind and subject can be compared with Contradicts.
type Stated struct {
	Kind       Kind
	Subject    string // content stems of what it is said of, sorted, with its unit and, after |, what limits it; "" where nothing is named
	Label      string // the subject as written
	Value      string // equal values are written equally
	Where      string // of a date, content stems of what is said after it and of a place named before it, joined by commas
	Start, End int32  // bytes of the text that state it
	Self       bool   // said of who speaks: we are open
	General    bool   // the subject names a kind of thing (a ticket, a workshop) of which there may be many
}

// atoms are room for those of one text, which nothing holds once it is read.
var atoms = sync.Pool{New: func() any { return new([]atom) }}

// Read gives what a text states, in order. s is the text f was read from. Time is linear in len(s); a text without a digit or a quotation mark costs nothing.
func Read(f *text.Features, s string) []Stated {
	if f.Lang != text.FR && f.Lang != text.EN || !figured(s) && !strings.Contains(s, `"`) && !strings.Contains(s, "«") && !strings.Contains(s, "“") {
		return nil
	}
	spare := atoms.Get().(*[]atom)
	r := reader{s: s, lang: f.Lang, atoms: (*spare)[:0]}
	defer func() {
		clear(r.atoms)                               // they point into the features
		if *spare = r.atoms; cap(r.atoms) <= 1<<14 { // one huge text must not be remembered
			atoms.Put(spare)
		}
	}()
	r.scan(f)
	all, digits, dated := class(0), digitsIn(r.atoms), false
	for i := range r.atoms {
		a := &r.atoms[i]
		all |= a.class
		dated = dated || a.month > 0
	}
	priced := all&cMoney != 0 && all&cPromo == 0
	if phoned, opens := digits >= leastDialled, all&cOpens != 0; priced || phoned || opens || dated { // else there is nothing to look for
		r.readSentences(priced, phoned, opens, dated)
	}
	if all&(cTagline|cOffer) != 0 {
		r.readNames(r.atoms) // a tagline may be a sentence, with its full stop
	}
	order.Stable(r.found, func(a, b Stated) int { return int(a.Start - b.Start) })
	return r.found
}

func (r *reader) readSentences(priced, phoned, opens, dated bool) {
	lead := false    // the line before announced hours
	unusual := false // what was said so far is of a time with hours of its own
	for _, sentence := range r.sentences() {
		if len(sentence.atoms) == 0 { // a bullet, a blank line
			continue
		}
		if sentence.asks {
			lead, r.headed, r.aside = false, nil, true
			continue
		}
		if priced {
			r.readPrices(sentence.atoms)
		}
		if phoned {
			r.readPhones(sentence.atoms)
		}
		unusual = unusual || slices.ContainsFunc(sentence.atoms, func(a atom) bool { return a.class&(cSpell|cSeason) != 0 })
		if opens && !unusual {
			lead = r.readHours(sentence.atoms, lead)
		}
		r.aside = r.aside || !lead && slices.ContainsFunc(sentence.atoms, func(a atom) bool { return a.kind != sign })
		if dated {
			r.readDates(sentence.atoms)
		}
		r.headed = r.heading(sentence.atoms)
	}
	if r.opening > 0 && !r.aside { // « Horaires : … » and nothing else
		r.found[r.opening-1].Self = true
	}
}

// heading gives what is a name alone, « Agence de Lanester. »: what follows may be said of that.
func (r *reader) heading(atoms []atom) []atom {
	if n, fits := r.subject(atoms, Date); fits && len(n.stems) > 0 && !n.self {
		return atoms
	}
	return nil
}

// Typed is the statement a typed fact makes, where its value can be compared with what texts state.
func Typed(subject, value string, l text.Lang) (st Stated, ok bool) {
	label := newReader(Value{subject, l})
	if only, typed := newReader(Value{value, l}).only(); typed {
		if name, fits := label.subject(label.atoms, only.Kind); fits {
			only.Subject = join(name.stems, only.Subject)
			only.Label, only.General = subject, name.general
			return only, true
		}
	}
	if spelt := spelling(value); spelt != "" && slices.ContainsFunc(label.atoms, func(a atom) bool { return a.class&cTagline != 0 }) {
		if name, fits := label.subject(label.atoms, Tagline); fits && len(name.stems) == 0 {
			return Stated{Kind: Tagline, Label: subject, Value: spelt, Self: true}, true
		}
	}
	return st, false
}

// Contradicts says that two statements of one kind and subject cannot both be so. Hours do on a day both speak of, unless one tells
// only part of what the other tells.
func (a *Stated) Contradicts(b *Stated) bool {
	if a.Value == b.Value {
		return false
	}
	switch a.Kind {
	case Hours:
		return hoursContradict(a.Value, b.Value)
	case Phone: // a mobile beside a landline is one more number, not another
		return phoneClass(a.Value) == phoneClass(b.Value)
	case Date: // at two places, it is two events
		elsewhere := a.Where != "" && b.Where != "" && !within(a.Where, b.Where) && !within(b.Where, a.Where)
		return !elsewhere && datesContradict(a.Value, b.Value)
	case Price: // in pounds and in dollars, it is the price of two countries
		return strings.TrimLeft(a.Value, "0123456789") == strings.TrimLeft(b.Value, "0123456789")
	}
	return true
}

// reader holds one reading.
type reader struct {
	s     string
	lang  text.Lang
	atoms []atom
	found []Stated

	lead       named // what hours were announced of
	leadLabel  string
	block      int    // one more than the index of the statement that lines of hours make together
	week       week   // that it tells so far
	opening    int    // as block, of a label that names nothing
	aside      bool   // the text speaks of something else, which the label may be of
	out        []part // of a value
	clause     int    // the part its clause begins with
	monthFirst bool   // 03/05 is of March

	headed []atom // the sentence before where it is a name alone: « we » may be who it names, or when
}

func (r *reader) state(st Stated) { r.found = append(r.found, st) }

func join(stems []string, unit string) string {
	order.Strings(stems)
	name := strings.Join(slices.Compact(stems), " ")
	if unit != "" {
		name += " " + unit
	}
	return name
}

// named is what a statement is said of.
type named struct {
	stems   []string
	general bool
	self    bool
}

// mostStems of a subject: what is longer is a sentence.
const mostStems = 5

// subject reads a noun phrase: its content stems and its figures. A word that belongs to a sentence makes it none.
func (r *reader) subject(atoms []atom, k Kind) (n named, fits bool) {
	n.general = true
	skip := [...]class{Price: cPriceWord, Phone: cPhoneWord, Hours: cHoursWord, Date: 0, Tagline: cTagline, Offer: 0}[k]
	for _, a := range atoms {
		switch {
		case a.kind == number:
			n.stems = append(n.stems, a.form)
		case k == Date && (a.is("date") || a.is("dates")): // Closing date: of what?
		case a.kind == sign:
			if a.class&(cJoin|cColon) == 0 && !(k == Phone && a.is(".")) {
				return n, false
			}
		case a.quoted() || a.class&cNoSubject != 0 || k == Price && a.class&cCounted != 0:
			return n, false
		case a.class&cSelf != 0:
			n.self = true
		case a.class&skip != 0:
		case a.word == nil || a.word.Stop:
			if a.class&cLink == 0 {
				return n, false
			}
		default:
			n.general = n.general && a.class&cGeneral != 0
			n.stems = append(n.stems, a.word.Stem)
		}
	}
	return n, len(n.stems) <= mostStems
}

// name is the passage of a name, without the words about it.
func (r *reader) name(atoms []atom, about class) string {
	about |= cLink | cSelf | cJoin | cSeparator
	for len(atoms) > 0 && atoms[0].class&about != 0 {
		atoms = atoms[1:]
	}
	for len(atoms) > 0 && atoms[len(atoms)-1].class&about != 0 {
		atoms = atoms[:len(atoms)-1]
	}
	return r.written(atoms)
}

// written is the passage from one atom to another, less what is not part of it.
func (r *reader) written(atoms []atom) string {
	if len(atoms) == 0 {
		return ""
	}
	return r.s[atoms[0].start:atoms[len(atoms)-1].end]
}
