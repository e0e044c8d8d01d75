package live

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Role is what a link lets its holder do.
type Role string

const (
	Facilitator Role = "facilitator" // everything: lock, people, codes, rounds, deletion
	Editor      Role = "editor"      // write
	Viewer      Role = "viewer"      // read
)

var roles = []Role{Facilitator, Editor, Viewer} // the more a role may, the earlier

func (r Role) known() bool { return slices.Contains(roles, r) }

// covers says whether r may all that other may.
func (r Role) covers(other Role) bool { return slices.Index(roles, r) <= slices.Index(roles, other) }

// Event is one entry of a board's history of access and rounds, as JSON in its log. Only the fields of its kind are set.
type Event struct {
	Kind     string   `json:"event"`
	At       int64    `json:"at,omitempty"`  // created: Unix milliseconds
	Day      string   `json:"day,omitempty"` // created, opened: 2006-01-02, UTC
	Tokens   *tokens  `json:"tokens,omitempty"`
	Role     Role     `json:"role,omitempty"` // token, person, code
	Hash     *hash    `json:"hash,omitempty"` // token, person
	ID       string   `json:"id,omitempty"`   // person, removed, round, answer, revealed
	Name     string   `json:"name,omitempty"`
	Locked   bool     `json:"locked,omitempty"`
	Code     string   `json:"code,omitempty"`
	Expires  int64    `json:"expires,omitempty"` // code: Unix milliseconds
	Question string   `json:"question,omitempty"`
	Person   string   `json:"person,omitempty"` // answer
	Text     string   `json:"text,omitempty"`
	Answers  []string `json:"answers,omitempty"` // revealed: shuffled, without authors
	Frames   []string `json:"frames,omitempty"`  // framed: origins of the pages that may show the board
}

// The kinds of Event. They are stored: no name ever changes its meaning.
const (
	evCreated  = "created"
	evOpened   = "opened" // on the first opening of a day, so that a board that is only read does not expire
	evToken    = "token"
	evPerson   = "person"
	evRemoved  = "removed"
	evLocked   = "locked"
	evCode     = "code"
	evRound    = "round"
	evAnswer   = "answer"
	evRevealed = "revealed"
	evFramed   = "framed"
)

// Person is somebody with a token of their own.
type Person struct {
	ID   string `json:"id"`
	Role Role   `json:"role"`
	Name string `json:"name"`
	Hash hash   `json:"hash"`
}

// Code is what lets people join by typing six characters. A board has one at most.
type Code struct {
	Code    string `json:"code"`
	Role    Role   `json:"role"`
	Expires int64  `json:"expires"`
}

// Round is a question everybody answers alone. Until it is revealed, answers stay here, by person; then only their texts remain.
type Round struct {
	ID       string            `json:"id"`
	Question string            `json:"question"`
	Answers  map[string]string `json:"answers,omitempty"`
	Revealed bool              `json:"revealed,omitempty"`
	Texts    []string          `json:"texts,omitempty"`
}

// tokens are what is kept of each role's token. A struct, not a map: every open board has one.
type tokens struct {
	Facilitator hash `json:"facilitator"`
	Editor      hash `json:"editor"`
	Viewer      hash `json:"viewer"`
}

func (t *tokens) of(r Role) *hash {
	switch r {
	case Facilitator:
		return &t.Facilitator
	case Editor:
		return &t.Editor
	}
	return &t.Viewer
}

// access is what the events of a board amount to.
type access struct {
	Created int64    `json:"created"`
	Day     string   `json:"day"` // last opened
	Name    string   `json:"name,omitempty"`
	Tokens  tokens   `json:"tokens"`
	People  []Person `json:"people,omitempty"`
	Locked  bool     `json:"locked,omitempty"`
	Code    *Code    `json:"code,omitempty"`
	Round   *Round   `json:"round,omitempty"`
	Frames  []string `json:"frames,omitempty"` // origins of the pages that may show it in a frame
}

var errNewer = errors.New("live: an event of a newer version of the program")

// apply folds one event in. It fails only on what this version never writes.
func (a *access) apply(e Event) error {
	switch e.Kind {
	case evCreated:
		if e.Tokens == nil {
			return errNewer
		}
		*a = access{Created: e.At, Day: e.Day, Name: e.Name, Tokens: *e.Tokens}
	case evOpened:
		a.Day = e.Day
	case evToken:
		if e.Hash == nil || !e.Role.known() {
			return errNewer
		}
		*a.Tokens.of(e.Role) = *e.Hash
	case evPerson:
		if e.Hash == nil || !e.Role.known() {
			return errNewer
		}
		a.People = append(slices.Clip(a.People), Person{e.ID, e.Role, e.Name, *e.Hash})
	case evRemoved:
		a.People = slices.DeleteFunc(slices.Clone(a.People), func(p Person) bool { return p.ID == e.ID })
		if r := a.Round; r != nil && !r.Revealed {
			delete(r.Answers, e.ID)
		}
	case evLocked:
		a.Locked = e.Locked
	case evCode:
		a.Code = &Code{e.Code, e.Role, e.Expires}
	case evRound:
		a.Round = &Round{ID: e.ID, Question: e.Question}
	case evAnswer:
		if r := a.Round; r != nil && r.ID == e.ID && !r.Revealed {
			if r.Answers == nil {
				r.Answers = map[string]string{}
			}
			r.Answers[e.Person] = e.Text
		}
	case evRevealed:
		if r := a.Round; r != nil && r.ID == e.ID {
			r.Revealed, r.Answers, r.Texts = true, nil, e.Answers
		}
	case evFramed:
		a.Frames = e.Frames
	default:
		return fmt.Errorf("%w: %q", errNewer, e.Kind)
	}
	return nil
}

// grant is what a token gives: a role, and a person where the token is their own.
type grant struct {
	role   Role
	person string
	hash   hash
}

// grantOf finds whose token it is. Every token is compared, so that the time taken tells nothing.
func (a *access) grantOf(h hash) (g grant, ok bool) {
	for _, role := range roles {
		if a.Tokens.of(role).is(h) {
			g, ok = grant{role, "", h}, true
		}
	}
	for i := range a.People {
		if p := &a.People[i]; p.Hash.is(h) {
			g, ok = grant{p.Role, p.ID, h}, true
		}
	}
	return g, ok
}

func (a *access) person(id string) *Person {
	if i := slices.IndexFunc(a.People, func(p Person) bool { return p.ID == id }); i >= 0 {
		return &a.People[i]
	}
	return nil
}

// opens says whether the code lets people in now, and as what.
func (a *access) opens(code string, now time.Time) (Role, bool) {
	if a.Code == nil || !hashOf(a.Code.Code).is(hashOf(code)) || now.UnixMilli() >= a.Code.Expires {
		return "", false
	}
	return a.Code.Role, true
}
