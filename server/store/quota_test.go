//go:build unix

package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"unisson/server/store"
)

// quotaEnv makes the test program a process that may not write files beyond a size, the system's own way to say no.
const quotaEnv = "UNISSON_STORE_QUOTA"

func init() { children[quotaEnv] = quota }

// quota fills a store up to the limit, lifts it, and goes on.
func quota(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	if err := s.Create(ctx, "a"); err != nil {
		return err
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: was.Max}); err != nil {
		return err
	}
	acked := 0
	write := func() error {
		_, err := s.Append(ctx, "a", store.Record{Kind: store.Update, Data: bytes.Repeat([]byte{byte(acked)}, 5000)})
		if err == nil {
			acked++
		}
		return err
	}
	check := func(s *store.SQLite) error {
		got, err := s.Load(ctx, "a")
		if err != nil || len(got.Tail) != acked {
			return fmt.Errorf("%d records, %d acknowledged: %w", len(got.Tail), acked, err)
		}
		for i, r := range got.Tail {
			if !bytes.Equal(r.Data, bytes.Repeat([]byte{byte(i)}, 5000)) {
				return fmt.Errorf("record %d is not what was acknowledged", i+1)
			}
		}
		return nil
	}
	for range 10_000 {
		if err = write(); err != nil {
			break
		}
	}
	if !errors.Is(err, store.ErrFull) {
		return fmt.Errorf("at the limit: %w", err)
	}
	if err := s.Ready(ctx); !errors.Is(err, store.ErrFull) {
		return fmt.Errorf("ready at the limit: %w", err)
	}
	full := acked
	if err := check(s); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	if err := errors.Join(s.Ready(ctx), write(), check(s), s.Close()); err != nil {
		return fmt.Errorf("the limit is lifted: %w", err)
	}
	if s, err = store.Open(dir, store.Options{}); err != nil {
		return err
	}
	fmt.Println(full, "records within the limit")
	return errors.Join(check(s), s.Close())
}

func TestQuota(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), quotaEnv+"="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
}
