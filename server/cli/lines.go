package cli

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/server/fault"
	"unisson/server/lines"
)

// lines checks a board a line of one file.
func (c *checking) lines(ctx context.Context, in io.Reader, name string) error {
	var counting sync.Mutex
	bad, err := lines.Checks{
		Workers: runtime.GOMAXPROCS(0), Limit: board.MaxBytes, Weight: 2 * board.MaxBytes, Lang: c.lang(),
		Check: func(_ context.Context, document []byte) ([]byte, error) {
			b, err := boardjson.Decode(document)
			if err != nil {
				return nil, fault.OfDocument(err)
			}
			r := c.known.since(core.Check(b, core.Options{Evidence: c.evidence, Next: c.next}), false)
			counting.Lock()
			c.tally.count(r.Findings)
			counting.Unlock()
			return r.AppendJSON(nil), nil
		},
	}.Run(ctx, in, c.out)
	c.tally.bad = c.tally.bad || bad
	switch {
	case errors.Is(err, lines.ErrInput):
		return unreadable(c.session, name, err)
	case errors.Is(err, lines.ErrOutput):
		return errOutput
	}
	return err
}
