package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"unisson/core/board"
	"unisson/server/lines"
)

// Boards that take long stand between boards that take nothing: the order is theirs all the same.
func TestOrder(t *testing.T) {
	var in strings.Builder
	const n = 400
	for i := range n {
		posts := ""
		if i%7 == 0 {
			posts = strings.Repeat(`{"id":"m%d","channel":"c","text":"Vous trouverez nos vélos réparés à l’atelier du quartier."},`, 40)
			for j := range 40 {
				posts = strings.Replace(posts, "%d", fmt.Sprint(j), 1)
			}
			posts = strings.TrimSuffix(posts, ",")
		}
		fmt.Fprintf(&in, `{"format":"unisson/1","id":"b%d","channels":[{"id":"c","name":"C","kind":"site"}],"messages":[%s]}`+"\n", i, posts)
	}
	got := unisson(in.String(), nil, "check", "--jsonl")
	answers := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if got.status != exitDone || len(answers) != n {
		t.Fatalf("status %d, %d answers", got.status, len(answers))
	}
	for i, a := range answers {
		if !strings.HasPrefix(a, fmt.Sprintf(`{"board":"b%d",`, i)) {
			t.Fatalf("answer %d begins %.40s", i, a)
		}
	}
}

// A line of any length is answered; what it holds beyond the limit is never kept.
func TestEndlessLine(t *testing.T) {
	line := func() io.Reader {
		return io.MultiReader(strings.NewReader(`{"id":"endless","title":"`), io.LimitReader(zeros{}, board.MaxBytes+100), strings.NewReader("\n"))
	}
	var out, errs bytes.Buffer
	w := World{In: io.MultiReader(line(), strings.NewReader(bare)), Out: &out, Err: &errs, Env: func(string) string { return "" }}
	if status := Run(context.Background(), []string{"check", "--jsonl"}, w); status != exitBad {
		t.Errorf("status %d", status)
	}
	answers := strings.Split(out.String(), "\n")
	if len(answers) != 3 || !strings.HasPrefix(answers[0], `{"board":"endless","error":"`) || !strings.Contains(answers[0], "64 MiB") || !strings.HasPrefix(answers[1], `{"board":"vide"`) {
		t.Errorf("%.300s", out.String())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// counted gives the same board again and again, and counts how often.
type counted struct {
	line  string
	given atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n := copy(p, c.line)
	if n == len(c.line) {
		c.given.Add(1)
	}
	return n, nil
}

// When nobody takes the answers, reading stops after a bounded stretch; when the output closes, so does the run.
func TestReadingWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := &counted{line: `{"format":"unisson/1","id":"again","title":"` + strings.Repeat("x", 4000) + `"}` + "\n"}
		taken, out := io.Pipe()
		ended := make(chan int)
		go func() {
			ended <- Run(context.Background(), []string{"check", "--jsonl"}, World{In: in, Out: out, Err: io.Discard, Env: func(string) string { return "" }})
		}()
		synctest.Wait()
		most := int64((lines.Ahead+1)*runtime.GOMAXPROCS(0) + 100) // and what the two buffers of 64 KiB hold
		if n := in.given.Load(); n == 0 || n > most {
			t.Errorf("%d lines were read for nobody, want %d at most", n, most)
		}
		taken.CloseWithError(io.ErrClosedPipe)
		if status := <-ended; status != exitBad {
			t.Errorf("status %d", status)
		}
	})
}

// Who sends one board and waits has its answer before sending the next.
func TestAnswersAtOnce(t *testing.T) {
	in, send := io.Pipe()
	take, out := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- Run(context.Background(), []string{"check", "--jsonl"}, World{In: in, Out: out, Err: io.Discard, Env: func(string) string { return "" }})
		out.Close()
	}()
	answer := make([]byte, 1<<16)
	for range 3 {
		io.WriteString(send, bare+"\n")
		n := 0
		for n == 0 || answer[n-1] != '\n' {
			k, err := take.Read(answer[n:])
			if err != nil {
				t.Fatal(err)
			}
			n += k
		}
		if !strings.HasPrefix(string(answer[:n]), `{"board":"vide"`) {
			t.Errorf("%.80s", answer[:n])
		}
	}
	send.Close()
	if status := <-ended; status != exitDone {
		t.Errorf("status %d", status)
	}
}
