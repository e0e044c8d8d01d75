package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminalOf opens a terminal of so many columns: what is written to the second end is read from the first.
func terminalOf(t *testing.T, columns uint16) (reader, screen *os.File) {
	t.Helper()
	reader, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close() })
	if err := unix.IoctlSetPointerInt(int(reader.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(reader.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { screen.Close() })
	if err := unix.IoctlSetWinsize(int(screen.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: columns}); err != nil {
		t.Fatal(err)
	}
	return reader, screen
}

// On a real terminal a report has its width and its colours; the environment and the option may say otherwise.
func TestTerminal(t *testing.T) {
	for _, c := range []struct {
		name   string
		env    map[string]string
		args   []string
		width  int
		colour bool
	}{
		{name: "as it is", width: 64, colour: true},
		{name: "COLUMNS", env: map[string]string{"COLUMNS": "50"}, width: 50, colour: true},
		{name: "a COLUMNS that is none", env: map[string]string{"COLUMNS": "wide"}, width: 64, colour: true},
		{name: "too few", env: map[string]string{"COLUMNS": "7"}, width: 40, colour: true},
		{name: "NO_COLOR", env: map[string]string{"NO_COLOR": "1"}, width: 64},
		{name: "an empty NO_COLOR", env: map[string]string{"NO_COLOR": ""}, width: 64, colour: true},
		{name: "a dumb terminal", env: map[string]string{"TERM": "dumb"}, width: 64},
		{name: "never", args: []string{"--color", "never"}, width: 64},
		{name: "always, despite NO_COLOR", env: map[string]string{"NO_COLOR": "1"}, args: []string{"--color=always"}, width: 64, colour: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			reader, screen := terminalOf(t, 64)
			read := make(chan string)
			go func() {
				var got bytes.Buffer
				io.Copy(&got, reader) // ends when the other end is closed
				read <- strings.ReplaceAll(got.String(), "\r\n", "\n")
			}()
			w := World{In: strings.NewReader(""), Out: screen, Err: io.Discard, Env: func(n string) string { return c.env[n] }}
			if status := Run(context.Background(), append([]string{"check", "testdata/boards/ledgerly.json"}, c.args...), w); status != exitDone {
				t.Errorf("status %d", status)
			}
			screen.Close()
			got := <-read
			if strings.Contains(got, "\x1b[") != c.colour {
				t.Errorf("colours: %q", got[:min(len(got), 200)])
			}
			widest := 0
			for line := range strings.SplitSeq(got, "\n") {
				widest = max(widest, visible(line))
			}
			if widest > c.width || widest < c.width-8 {
				t.Errorf("the widest line has %d columns, want %d or a little less", widest, c.width)
			}
		})
	}
}
