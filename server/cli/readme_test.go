package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"unisson/server/fault"
)

// Every command line of the README does what stands there.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	for name, document := range map[string]string{"board.json": house, "before.json": bare, "after.json": house, "boards.jsonl": house + "\n" + bare + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(document), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := 0
	for _, found := range regexp.MustCompile(`(?m)^    \./unisson ([^#\n]*)`).FindAllStringSubmatch(string(readme), -1) {
		line := strings.TrimSpace(found[1])
		if strings.HasPrefix(line, "serve") { // run by the browser's tests
			continue
		}
		line, _, _ = strings.Cut(line, " > ")
		line, file, _ := strings.Cut(line, " < ")
		in := ""
		if file != "" {
			bytes, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in = string(bytes)
		}
		if got := unisson(in, nil, strings.Fields(line)...); got.status != 0 || got.out == "" || got.err != "" {
			t.Errorf("%s: status %d, %s", line, got.status, got.err)
		}
		run++
	}
	if run < 5 {
		t.Errorf("%d commands were found", run)
	}
}

// Every option of `unisson serve` has its line in the README, as help says it.
func TestReadmeOptions(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range newServe().options() {
		row := "| `" + strings.TrimSpace("--"+o.name+" "+strings.ReplaceAll(o.values, "|", `\|`)) + "` | " + variable(o) + " | " + fault.Say("en", o.says) + " |"
		if !strings.Contains(string(readme), row) {
			t.Errorf("the README lacks this line:\n%s", row)
		}
	}
}

func variable(o option) string {
	if o.env == "" {
		return ""
	}
	return "`" + o.env + "`"
}
