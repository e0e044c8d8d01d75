package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/server/fault"
)

const (
	ahead      = 16                 // lines read before the oldest one is written, for each core
	idWithin   = 64 << 10           // what is kept of a line over the limit
	aheadBytes = 2 * board.MaxBytes // and what they may weigh together
)

// line is one board on its way through: read, checked by whichever core is free, written in its turn.
type line struct {
	number int
	data   []byte
	long   bool        // over the limit; data is its beginning
	done   chan result // holds one
}

type result struct {
	bytes  []byte
	report *report.Report // nil: the line was bad
}

// lines checks a board a line. Reports come out in the order of the boards, whichever was ready first, and no more
// than a bounded stretch of the input is ever held.
func (c *check) lines(ctx context.Context, s session, in io.Reader, out *bufio.Writer, t *tally) error {
	workers := runtime.GOMAXPROCS(0)
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan *line)
	order := make(chan *line, ahead*workers)
	weight := semaphore.NewWeighted(aheadBytes)

	group.Go(func() error {
		defer close(work)
		defer close(order)
		return readLines(in, func(l *line) error {
			if err := weight.Acquire(ctx, int64(len(l.data))); err != nil {
				return err
			}
			for _, to := range []chan *line{order, work} {
				select {
				case to <- l:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range workers {
		group.Go(func() error {
			for l := range work {
				l.done <- c.line(s, l)
			}
			return nil
		})
	}
	group.Go(func() error {
		for {
			l, open := next(order, out)
			if !open {
				return nil
			}
			r, open := next(l.done, out)
			if !open {
				return nil
			}
			if r.report != nil {
				t.count(r.report.Findings)
			} else {
				t.bad = true
			}
			if _, err := out.Write(r.bytes); err != nil {
				return errOutput
			}
			weight.Release(int64(len(l.data)))
		}
	})
	err := group.Wait()
	var broken *inputError
	if errors.As(err, &broken) {
		return unreadable(s, "-", broken.cause)
	}
	return err
}

// next takes from a channel. Before it has to wait it sends out what is written, so that who feeds us line by line gets
// each answer when it is there.
func next[T any](from chan T, out *bufio.Writer) (v T, open bool) {
	select {
	case v, open = <-from:
	default:
		out.Flush()
		v, open = <-from
	}
	return v, open
}

func (c *check) line(s session, l *line) result {
	if l.long {
		return refused(s, l, fault.New(fault.Long, "fault.line.long", "limit", float64(board.MaxBytes>>20)))
	}
	b, err := boardjson.Decode(l.data)
	if err != nil {
		return refused(s, l, fault.OfDocument(err))
	}
	r := core.Check(b, core.Options{Evidence: c.evidence, Next: c.next})
	return result{r.AppendJSON(nil), r}
}

// refused is what stands in the place of a bad line's report.
func refused(s session, l *line, f *fault.Error) result {
	answer := struct {
		Board  *string        `json:"board"` // null where no id can be read
		Error  string         `json:"error"`
		Line   int            `json:"line"`
		Errors []fault.Detail `json:"errors,omitempty"`
	}{boardID(l.data), f.Say(s.lang), l.number, f.Details(s.lang)}
	if len(answer.Errors) > 0 {
		answer.Error = placed(s, answer.Errors[0])
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(answer)
	return result{bytes: b.Bytes()}
}

// boardID looks for the id of a document that is no board, or no whole JSON.
func boardID(data []byte) *string {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil
		}
		if key == "id" {
			if id, err := d.Token(); err == nil {
				if id, ok := id.(string); ok {
					return &id
				}
			}
			return nil
		}
		var skip json.RawMessage
		if d.Decode(&skip) != nil {
			return nil
		}
	}
	return nil
}

// inputError tells a fault of the input from one of the output.
type inputError struct{ cause error }

func (e *inputError) Error() string { return e.cause.Error() }

// readLines cuts the input at line feeds. Blank lines are no boards; a line over the limit is read to its end but only
// its beginning is kept.
func readLines(in io.Reader, each func(*line) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		l := &line{number: number, done: make(chan result, 1)}
		var err error
		for {
			var part []byte
			part, err = r.ReadSlice('\n')
			if len(l.data)+len(part) > board.MaxBytes+1 { // and its line feed
				l.long = true
				l.data = l.data[:min(len(l.data), idWithin)]
			}
			if !l.long {
				l.data = append(l.data, part...)
			}
			if err != bufio.ErrBufferFull {
				break
			}
		}
		l.data = bytes.TrimRight(l.data, "\r\n")
		if len(bytes.TrimSpace(l.data)) > 0 {
			if err := each(l); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return &inputError{err}
		}
	}
}
