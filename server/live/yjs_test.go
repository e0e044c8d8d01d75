package live

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

var histories = flag.Int("histories", 48, "random histories of real Yjs clients; ./build.sh soak asks for thousands")

// TestYjs: whatever real clients do, and however often they lose their connection, all end with the same board.
func TestYjs(t *testing.T) {
	if _, err := os.Stat("../../static/node_modules/y-websocket"); err != nil {
		t.Skip("static/node_modules/y-websocket is not installed: npm ci in static/")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	s := serve(t)
	cmd := exec.Command(node, "testdata/histories.mjs", s.http.URL, "1", strconv.Itoa(1+*histories))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	done := 0
	for lines.Scan() {
		var h struct {
			Seed, People, Bytes int
			Exported            bool
		}
		if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if !h.Exported {
			t.Errorf("seed %d: what the server exports differs", h.Seed)
		}
		done++
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stderr.String(), s.log)
	}
	if done != *histories {
		t.Errorf("%d histories of %d", done, *histories)
	}
}
