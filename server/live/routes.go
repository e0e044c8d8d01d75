package live

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"unisson/server/fault"
)

// Bind gives the hub its addresses.
func (h *Hub) Bind(e *echo.Echo) {
	e.GET("/sync/:board", h.connect)
	e.GET("/api/v1/server", h.about)
	e.POST("/api/v1/boards", h.create)
	e.POST("/api/v1/join", h.joinByCode)
	board := e.Group("/api/v1/boards/:board")
	board.GET("", h.with(Viewer, h.show))
	board.DELETE("", h.with(Facilitator, h.erase))
	board.PUT("/lock", h.with(Facilitator, h.lock))
	board.GET("/export", h.with(Viewer, h.export))
	board.GET("/frames", h.with(Facilitator, h.listFrames))
	board.PUT("/frames", h.with(Facilitator, h.setFrames))
	board.POST("/tokens/:role", h.with(Facilitator, h.rotate))
	board.DELETE("/tokens/:role", h.with(Facilitator, h.revoke))
	board.POST("/people", h.with(Viewer, h.addPerson))
	board.DELETE("/people/:person", h.with(Facilitator, h.removePerson))
	board.POST("/code", h.with(Facilitator, h.makeCode))
	board.POST("/rounds", h.with(Facilitator, h.startRound))
	board.PUT("/rounds/:round/answer", h.with(Editor, h.answerRound))
	board.POST("/rounds/:round/reveal", h.with(Facilitator, h.revealRound))
}

// asked is a request that has shown it may ask.
type asked struct {
	echo.Context
	room  *room
	grant grant
	now   time.Time
}

// with opens the board for whoever may do as much as the role.
func (h *Hub) with(role Role, f func(asked) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !h.guard.origin(c.Request()) {
			return errOrigin
		}
		ctx := c.Request().Context()
		r, g, err := h.enter(ctx, c)
		if err != nil {
			return err
		}
		defer h.letGo(r)
		if !g.role.covers(role) {
			return errUnknown
		}
		c.Response().Header().Set("Cache-Control", "no-store")
		return faultOf(f(asked{c, r, g, time.Now()}))
	}
}

// change has the owner do something for the request, unless its token has lost its right meanwhile.
func (a asked) change(f func() error) error {
	return a.room.ask(a.Request().Context(), func() error {
		if g, ok := a.room.access.grantOf(a.grant.hash); !ok || g != a.grant {
			return errUnknown
		}
		return f()
	})
}

// read decodes the body into to; without a body it leaves it as it is.
func read(c echo.Context, to any) error {
	req := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response().Writer, req.Body, bodyMax))
	if err != nil {
		return fault.New(fault.Long, "problem.body")
	}
	if len(body) == 0 {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || kind != echo.MIMEApplicationJSON {
		return fault.New(fault.Media, "problem.media")
	}
	if !utf8.Valid(body) || json.Unmarshal(body, to) != nil {
		return errAsked
	}
	return nil
}

// text tidies what somebody typed: no control characters, one line where it is a name, at least a character and no more than max.
func text(s string, max int, lines bool) (string, error) {
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n' && lines:
			return c
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c), unicode.Is(unicode.Bidi_Control, c):
			return -1
		}
		return c
	}, s))
	if n := utf8.RuneCountInString(s); n == 0 || n > max {
		return "", fault.New(fault.Usage, "problem.text", "limit", float64(max))
	}
	return s, nil
}

func (h *Hub) about(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.JSON(http.StatusOK, struct {
		Live bool `json:"live"`
		Operator
		RetentionDays int        `json:"retentionDays"`
		CodeMinutes   int        `json:"codeMinutes"`
		Limits        limitsSaid `json:"limits"`
	}{true, h.operator, int(h.limits.Retention / (24 * time.Hour)), int(h.limits.Code / time.Minute), h.limitsSaid()})
}

// limitsSaid is what a client should know beforehand.
type limitsSaid struct {
	Board  int `json:"board"` // bytes
	Frame  int `json:"frame"` // bytes
	People int `json:"people"`
	Rate   int `json:"rate"` // messages a second
}

func (h *Hub) limitsSaid() limitsSaid {
	return limitsSaid{h.limits.Board, h.limits.Frame, h.limits.PerBoard, h.limits.Rate}
}

// create makes a board and hands over its tokens, which nobody can get again. A body that is a board, not a name, is what it begins with.
func (h *Hub) create(c echo.Context) error {
	req := c.Request()
	if !h.guard.origin(req) {
		return errOrigin
	}
	address, now := h.guard.address(req), time.Now()
	if !h.created.left(address, now) {
		c.Response().Header().Set("Retry-After", strconv.Itoa(h.created.wait(now)))
		return fault.New(fault.Many, "problem.boards", "limit", float64(h.limits.Boards))
	}
	name, document, err := h.first(c)
	if err != nil {
		return err
	}
	id, secrets, err := h.Create(req.Context(), name, document)
	if err != nil {
		return err
	}
	h.created.spend(address, now)
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("Location", "/api/v1/boards/"+id)
	return c.JSON(http.StatusCreated, struct {
		ID     string          `json:"id"`
		Tokens map[Role]string `json:"tokens"`
	}{id, secrets})
}

// show tells of the board, or is the board: merged into one update, for export and recovery.
func (h *Hub) show(a asked) error {
	if a.QueryParam("format") == "update" || strings.Contains(a.Request().Header.Get("Accept"), echo.MIMEOctetStream) {
		var whole []byte
		if err := a.change(func() error {
			whole = a.room.state.Bytes()
			return nil
		}); err != nil {
			return err
		}
		return a.Blob(http.StatusOK, echo.MIMEOctetStream, whole)
	}
	var said struct {
		ID         string `json:"id"`
		Name       string `json:"name,omitempty"`
		CreatedAt  string `json:"createdAt"`
		LastActive string `json:"lastActive"` // a day
		Bytes      int    `json:"bytes"`
		session
		Limits limitsSaid `json:"limits"`
	}
	if err := a.change(func() error {
		r := a.room
		said.ID, said.Name, said.Bytes, said.Limits = r.id, r.access.Name, r.state.Size(), h.limitsSaid()
		said.CreatedAt, said.LastActive = stamp(time.UnixMilli(r.access.Created)), r.access.Day
		said.session = r.session(a.grant, a.now)
		return nil
	}); err != nil {
		return err
	}
	return a.JSON(http.StatusOK, said)
}

// erase deletes a board, on the disk too, before it answers.
func (h *Hub) erase(a asked) error {
	if err := a.change(func() error {
		if err := h.store.Delete(a.Request().Context(), a.room.id); err != nil {
			return err
		}
		a.room.end(closeDeleted, "deleted")
		return nil
	}); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}

func (h *Hub) lock(a asked) error {
	var body struct {
		Locked *bool `json:"locked"`
	}
	if err := read(a, &body); err != nil {
		return err
	}
	if body.Locked == nil {
		return errAsked
	}
	if err := a.change(func() error {
		if a.room.access.Locked == *body.Locked {
			return nil
		}
		return a.room.record(Event{Kind: evLocked, Locked: *body.Locked})
	}); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}

// rotate replaces a role's token; whoever used the old one is gone at once.
func (h *Hub) rotate(a asked) error {
	role := Role(a.Param("role"))
	if !role.known() {
		return errUnknown
	}
	fresh, err := a.replace(role)
	if err != nil {
		return err
	}
	return a.JSON(http.StatusOK, struct {
		Role  Role   `json:"role"`
		Token string `json:"token"`
	}{role, fresh})
}

// replace gives a role another token and cuts whoever used the old one.
func (a asked) replace(role Role) (fresh string, err error) {
	fresh = random(a.room.hub.rand, tokenBytes)
	sum := hashOf(fresh)
	return fresh, a.change(func() error {
		old := *a.room.access.Tokens.of(role)
		if err := a.room.record(Event{Kind: evToken, Role: role, Hash: &sum}); err != nil {
			return err
		}
		a.room.cutWhere(func(g grant) bool { return g.hash == old })
		return nil
	})
}

// revoke takes a role's token away for good; a new one can be made. The facilitator's can only be replaced: nobody could make another.
func (h *Hub) revoke(a asked) error {
	role := Role(a.Param("role"))
	switch {
	case !role.known():
		return errUnknown
	case role == Facilitator:
		return errLast
	}
	if _, err := a.replace(role); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}

// entered is what a person gets: their own token, which can be taken from them alone.
type entered struct {
	Board  string `json:"board"`
	Role   Role   `json:"role"`
	Person string `json:"person"`
	Token  string `json:"token"`
}

// addPerson makes a role's token and a name a person. A facilitator may give any role: that is how a workshop is handed over.
func (h *Hub) addPerson(a asked) error {
	var body struct {
		Name string `json:"name"`
		Role Role   `json:"role"`
	}
	if err := read(a, &body); err != nil {
		return err
	}
	if body.Role == "" {
		body.Role = a.grant.role
	}
	name, err := text(body.Name, nameMax, false)
	if err != nil {
		return err
	}
	if !body.Role.known() || !a.grant.role.covers(body.Role) {
		return errUnknown
	}
	if a.grant.person != "" && a.grant.role != Facilitator {
		return errUnknown
	}
	var in entered
	if err := a.change(func() (err error) {
		in, err = a.room.enroll(body.Role, name)
		return err
	}); err != nil {
		return err
	}
	return a.JSON(http.StatusCreated, in)
}

func (r *room) enroll(role Role, name string) (entered, error) {
	if len(r.access.People) >= peopleMax {
		return entered{}, errPeople
	}
	secret := random(r.hub.rand, tokenBytes)
	sum := hashOf(secret)
	id := random(r.hub.rand, 8)
	if err := r.record(Event{Kind: evPerson, ID: id, Role: role, Name: name, Hash: &sum}); err != nil {
		return entered{}, err
	}
	return entered{r.id, role, id, secret}, nil
}

func (h *Hub) removePerson(a asked) error {
	id := a.Param("person")
	if !shortForm.MatchString(id) {
		return errUnknown
	}
	if err := a.change(func() error {
		if !slices.ContainsFunc(a.room.access.People, func(p Person) bool { return p.ID == id }) {
			return errUnknown
		}
		if err := a.room.record(Event{Kind: evRemoved, ID: id}); err != nil {
			return err
		}
		a.room.cutWhere(func(g grant) bool { return g.person == id })
		return nil
	}); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}
