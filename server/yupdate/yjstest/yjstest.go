// Package yjstest asks real Yjs, in a Node process, on behalf of tests.
package yjstest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"
)

// Process is a script that answers one JSON request a line with one JSON answer a line; it lives as long as the test.
type Process struct {
	in  io.Writer
	out *bufio.Reader
}

// Start runs a script; modules is where npm puts what it imports.
func Start(t testing.TB, script, modules string) *Process {
	t.Helper()
	if _, err := os.Stat(modules + "/yjs"); err != nil {
		t.Skip("static/node_modules/yjs is not installed: npm ci in static/")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	cmd := exec.Command(node, script)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return &Process{in, bufio.NewReaderSize(out, 1<<20)}
}

// Question is what a request holds beside what is asked.
type Question map[string]any

// Ask asks, and decodes the answer; where the script fails, so does the test.
func (p *Process) Ask(t testing.TB, what string, q Question, answer any) {
	t.Helper()
	full := Question{"ask": what}
	for k, v := range q {
		full[k] = v
	}
	line, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	reply, err := p.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Answer json.RawMessage
		Error  string
	}
	if err := json.Unmarshal(reply, &r); err != nil {
		t.Fatal(err)
	}
	if r.Error != "" {
		t.Fatalf("%s: %s", what, r.Error)
	}
	if err := json.Unmarshal(r.Answer, answer); err != nil {
		t.Fatal(err)
	}
}
