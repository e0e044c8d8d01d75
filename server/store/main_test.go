package store_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// children are what the test program does in place of testing, by the variable that asks for it.
var children = map[string]func(string) error{childEnv: child}

func TestMain(m *testing.M) {
	for name, do := range children {
		if arg := os.Getenv(name); arg != "" {
			if err := do(arg); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
