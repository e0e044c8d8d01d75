package live

import (
	"encoding/json"
	"slices"
	"time"
)

// session is what a client is told beside the document, in a message of type 100.
type session struct {
	Role    Role       `json:"role"`
	Locked  bool       `json:"locked"`
	You     *you       `json:"you"`              // null with a token that is nobody's own
	People  []present  `json:"people,omitempty"` // to facilitators
	Here    int        `json:"here"`             // connections
	Code    *codeSaid  `json:"code,omitempty"`   // to facilitators, while it opens
	Round   *roundSaid `json:"round"`
	Expires string     `json:"expires"` // when the board is deleted unless somebody opens it
}

type you struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type present struct {
	ID   string `json:"id"`
	Role Role   `json:"role"`
	Name string `json:"name"`
	Here bool   `json:"here"`
}

type codeSaid struct {
	Code    string `json:"code"`
	Role    Role   `json:"role"`
	Expires string `json:"expires"`
}

// roundSaid never holds anybody else's answer before they are revealed.
type roundSaid struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Answered int      `json:"answered"`
	Yours    string   `json:"yours,omitempty"`
	Revealed bool     `json:"revealed"`
	Answers  []string `json:"answers,omitempty"` // revealed: shuffled, without authors
}

func (r *room) sendSession(c *conn) {
	said, err := json.Marshal(r.session(c.grant, time.Now()))
	if err != nil {
		r.hub.log.Error("session", "error", err.Error())
		return
	}
	c.send(message(said, msgSession))
}

func (r *room) session(g grant, now time.Time) session {
	a := &r.access
	s := session{Role: g.role, Locked: a.Locked, Here: len(r.conns), Round: a.roundFor(g.person), Expires: r.expires(now)}
	if p := a.person(g.person); p != nil {
		s.You = &you{p.ID, p.Name}
	}
	if g.role == Facilitator {
		s.People = r.people()
		if k := a.Code; k != nil && now.UnixMilli() < k.Expires {
			s.Code = &codeSaid{k.Code, k.Role, stamp(time.UnixMilli(k.Expires))}
		}
	}
	return s
}

func (r *room) people() []present {
	out := make([]present, len(r.access.People))
	for i, p := range r.access.People {
		here := slices.ContainsFunc(r.conns, func(c *conn) bool { return c.grant.person == p.ID })
		out[i] = present{p.ID, p.Role, p.Name, here}
	}
	return out
}

// roundFor is the round as one person may see it.
func (a *access) roundFor(person string) *roundSaid {
	r := a.Round
	if r == nil {
		return nil
	}
	said := &roundSaid{ID: r.ID, Question: r.Question, Answered: len(r.Answers), Revealed: r.Revealed}
	if r.Revealed {
		said.Answered, said.Answers = len(r.Texts), r.Texts
	} else if person != "" {
		said.Yours = r.Answers[person]
	}
	return said
}

// expires is the day the board goes, unless somebody opens it before: the day is what is kept of an opening.
func (r *room) expires(now time.Time) string {
	day, err := time.Parse(time.DateOnly, r.access.Day)
	if err != nil || len(r.conns) > 0 && now.After(day) {
		day = now
	}
	return stamp(day.Add(r.hub.limits.Retention).Truncate(24 * time.Hour))
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
