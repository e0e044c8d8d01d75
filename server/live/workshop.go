package live

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"unisson/server/store"
)

// makeCode gives the board a code to be typed. The one before it opens no more.
func (h *Hub) makeCode(a asked) error {
	body := struct {
		Role Role `json:"role"`
	}{Editor}
	if err := read(a, &body); err != nil {
		return err
	}
	if body.Role != Editor && body.Role != Viewer { // six characters are too few to guard a facilitator's rights
		return errAsked
	}
	expires := a.now.Add(h.limits.Code)
	var code string
	if err := a.change(func() error {
		for {
			code = randomCode(h.rand)
			ctx, cancel := context.WithTimeout(context.Background(), commitTime)
			err := h.store.PutCode(ctx, code, a.room.id, expires)
			cancel()
			if err == nil {
				break
			}
			if !errors.Is(err, store.ErrExists) {
				return err
			}
		}
		return a.room.record(Event{Kind: evCode, Code: code, Role: body.Role, Expires: expires.UnixMilli()})
	}); err != nil {
		return err
	}
	return a.JSON(http.StatusCreated, codeSaid{code, body.Role, stamp(expires)})
}

// joinByCode makes a code and a name a person. Wrong codes are counted, by address and in all: six characters can be guessed by
// who may try for ever.
func (h *Hub) joinByCode(c echo.Context) error {
	req := c.Request()
	if !h.guard.origin(req) {
		return errOrigin
	}
	address, now := h.guard.address(req), time.Now()
	if !h.failed.left(address, now) || !h.allWrong.left(everybody, now) {
		return errMany
	}
	var body struct {
		Code string `json:"code"`
		Name string `json:"name"`
	}
	if err := read(c, &body); err != nil {
		return err
	}
	name, err := text(body.Name, nameMax, false)
	if err != nil {
		return err
	}
	in, err := h.enterByCode(req.Context(), tidyCode(body.Code), name, now)
	if errors.Is(err, store.ErrNotFound) {
		h.failed.spend(address, now)
		h.allWrong.spend(everybody, now)
		return errCode
	}
	if err != nil {
		return faultOf(err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusCreated, in)
}

func (h *Hub) enterByCode(ctx context.Context, code, name string, now time.Time) (in entered, err error) {
	if !codeForm.MatchString(code) {
		return in, store.ErrNotFound
	}
	id, err := h.store.Code(ctx, code)
	if err != nil {
		return in, err
	}
	r, err := h.open(ctx, id)
	if err != nil {
		return in, err
	}
	defer h.letGo(r)
	err = r.ask(ctx, func() (err error) {
		role, ok := r.access.opens(code, now)
		if !ok {
			return store.ErrNotFound
		}
		in, err = r.enroll(role, name)
		return err
	})
	return in, err
}

// tidyCode forgives how a code is typed: small letters, spaces and dashes.
func tidyCode(s string) string {
	return strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(strings.ToUpper(s))
}

// startRound asks everybody a question. The round before it ends, revealed or not.
func (h *Hub) startRound(a asked) error {
	var body struct {
		Question string `json:"question"`
	}
	if err := read(a, &body); err != nil {
		return err
	}
	question, err := text(body.Question, questionMax, true)
	if err != nil {
		return err
	}
	id := random(h.rand, 8)
	if err := a.change(func() error { return a.room.record(Event{Kind: evRound, ID: id, Question: question}) }); err != nil {
		return err
	}
	return a.JSON(http.StatusCreated, roundSaid{ID: id, Question: question})
}

// answerRound keeps somebody's answer, instead of the one they gave before. It is told to nobody.
func (h *Hub) answerRound(a asked) error {
	var body struct {
		Text string `json:"text"`
	}
	if err := read(a, &body); err != nil {
		return err
	}
	answer, err := text(body.Text, answerMax, true)
	if err != nil {
		return err
	}
	if a.grant.person == "" {
		return errPerson
	}
	if err := a.change(func() error {
		r := a.room.access.Round
		if r == nil || r.ID != a.Param("round") {
			return errUnknown
		}
		if r.Revealed {
			return errRound
		}
		return a.room.record(Event{Kind: evAnswer, ID: r.ID, Person: a.grant.person, Text: answer})
	}); err != nil {
		return err
	}
	return a.NoContent(http.StatusNoContent)
}

// revealRound gives everybody all answers at once, shuffled. From then on nothing says who wrote which, in memory or on the disk.
func (h *Hub) revealRound(a asked) error {
	var said *roundSaid
	if err := a.change(func() error {
		r := a.room.access.Round
		if r == nil || r.ID != a.Param("round") {
			return errUnknown
		}
		if !r.Revealed {
			texts := make([]string, 0, len(r.Answers))
			for _, t := range r.Answers {
				texts = append(texts, t)
			}
			shuffle(h.rand, texts)
			if err := a.room.record(Event{Kind: evRevealed, ID: r.ID, Answers: texts}); err != nil {
				return err
			}
			a.room.settle(true)
		}
		said = a.room.access.roundFor("")
		return nil
	}); err != nil {
		return err
	}
	return a.JSON(http.StatusOK, said)
}
