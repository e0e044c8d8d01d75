// Package lines checks a board a line: newline-delimited JSON in, a report or a problem a line out, in order, holding a bounded stretch
// of the input. The command line and the API say the same bytes through it.
package lines

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"unisson/core/texts"
	"unisson/server/fault"
)

const (
	Ahead    = 16       // lines read before the oldest one is written, for each worker
	idWithin = 64 << 10 // what is kept of a line over the limit
)

// Checks is how lines are checked.
type Checks struct {
	Workers int
	Limit   int                                                        // bytes of a line
	Weight  int                                                        // bytes of lines that are held beside the one being read, at least Limit
	Check   func(ctx context.Context, document []byte) ([]byte, error) // a line of answer; an error that is a fault.Error takes its place
	Lang    texts.Lang                                                 // of problems
}

// Out is where answers go. It is flushed whenever the next one is not there yet.
type Out interface {
	io.Writer
	Flush() error
}

// Faults of a run that are not of one line.
var (
	ErrInput  = errors.New("the input cannot be read")
	ErrOutput = errors.New("the output is closed")
)

// line is one board on its way through: read, checked by whichever worker is free, written in its turn.
type line struct {
	number int
	data   []byte
	long   bool        // over the limit; data is its beginning
	done   chan result // holds one
}

type result struct {
	bytes []byte
	bad   bool
	err   error
}

// Run answers every line of in. Answers come out in the order of the lines, whichever was ready first. bad says that a line was.
func (c Checks) Run(ctx context.Context, in io.Reader, out Out) (bad bool, err error) {
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan *line)
	order := make(chan *line, Ahead*c.Workers)
	weight := semaphore.NewWeighted(int64(c.Weight))

	group.Go(func() error {
		defer close(work)
		defer close(order)
		return c.read(in, func(l *line) error {
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
	for range c.Workers {
		group.Go(func() error {
			for l := range work {
				l.done <- c.answer(ctx, l)
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
			var r result
			select {
			case r = <-l.done:
			default:
				out.Flush()
				select { // a line read when the input broke off may have no worker
				case r = <-l.done:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			if r.err != nil {
				return r.err
			}
			bad = bad || r.bad
			if _, err := out.Write(r.bytes); err != nil {
				return ErrOutput
			}
			weight.Release(int64(len(l.data)))
		}
	})
	err = group.Wait()
	return bad, err
}

// next takes from a channel. Before it has to wait it sends out what is written, so that who feeds us line by line gets
// each answer when it is there.
func next[T any](from chan T, out Out) (v T, open bool) {
	select {
	case v, open = <-from:
	default:
		out.Flush()
		v, open = <-from
	}
	return v, open
}

func (c Checks) answer(ctx context.Context, l *line) result {
	if l.long {
		return c.refused(l, fault.New(fault.Long, "fault.line.long", "limit", float64(c.Limit>>20)))
	}
	answer, err := c.Check(ctx, l.data)
	var f *fault.Error
	switch {
	case err == nil:
		return result{bytes: answer}
	case errors.As(err, &f):
		return c.refused(l, f)
	}
	return result{err: err}
}

// Problem stands in the place of a bad line's report.
type Problem struct {
	Board  *string        `json:"board"` // null where no id can be read
	Error  string         `json:"error"`
	Line   int            `json:"line"`
	Type   string         `json:"type"`
	Errors []fault.Detail `json:"errors,omitempty"`
}

func (c Checks) refused(l *line, f *fault.Error) result {
	answer := Problem{boardID(l.data), f.Say(c.Lang), l.number, f.Type(), f.Details(c.Lang)}
	if len(answer.Errors) > 0 {
		answer.Error = answer.Errors[0].Placed(c.Lang)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(answer)
	return result{bytes: b.Bytes(), bad: true}
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

// read cuts the input at line feeds. Blank lines are no boards; a line over the limit is read to its end but only
// its beginning is kept.
func (c Checks) read(in io.Reader, each func(*line) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		l := &line{number: number, done: make(chan result, 1)}
		var err error
		for {
			var part []byte
			part, err = r.ReadSlice('\n')
			if len(l.data)+len(part) > c.Limit+1 { // and its line feed
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
			return errors.Join(ErrInput, err)
		}
	}
}
