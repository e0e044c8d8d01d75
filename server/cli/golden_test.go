package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
)

var update = flag.Bool("update", false, "rewrite the golden outputs")

// What a person sees in a terminal, at three widths and in both languages. Rewritten by ./build.sh golden.
func TestGolden(t *testing.T) {
	t.Chdir("testdata/boards")
	wanted := map[string]bool{}
	golden := func(name string, columns int, args ...string) {
		got := unisson("", map[string]string{"COLUMNS": strconv.Itoa(columns), "LANG": "fr_FR.UTF-8"}, args...)
		text := "$ unisson " + strings.Join(args, " ") + "\n" + got.out + "-- errors\n" + got.err + "-- status " + strconv.Itoa(got.status) + "\n"
		wanted[name+".txt"] = true
		for line := range strings.SplitSeq(got.out+got.err, "\n") {
			if visible(line) > columns && !strings.Contains(line, ".json, l") && !strings.Contains(name, "-md") {
				t.Errorf("%s: %d columns: %s", name, visible(line), line)
			}
			if strings.ContainsAny(strings.ReplaceAll(line, "\x1b[", ""), "\x1b\a\u202e") {
				t.Errorf("%s: a control character of a board came through: %q", name, line)
			}
		}
		path := filepath.Join("../golden", name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v (./build.sh golden writes it)", err)
		} else if string(want) != text {
			t.Errorf("%s differs; it is now:\n%s", path, text)
		}
	}
	for _, lang := range []string{"fr", "en"} {
		for _, columns := range []int{60, 80, 120} {
			at := "-" + lang + "-" + strconv.Itoa(columns)
			golden("check"+at, columns, "check", "--lang", lang, "brasserie.json")
			golden("several"+at, columns, "check", "--lang", lang, "--fail-on", "critical", "{faulty,led}*.json", "brasserie-avant.json")
			golden("diff"+at, columns, "diff", "--lang", lang, "brasserie-avant.json", "brasserie.json")
			golden("baseline"+at, columns, "check", "--lang", lang, "--baseline", "brasserie-avant.json", "--fail-on", "critical", "brasserie.json")
			golden("explain"+at, columns, "explain", "--lang", lang, "ID7", "st2")
			golden("catalogue"+at, columns, "explain", "--lang", lang)
			golden("help"+at, columns, "help", "--lang", lang)
			golden("help-check"+at, columns, "help", "check", "--lang", lang)
		}
	}
	golden("colours", 80, "check", "--lang", "fr", "--color", "always", "brasserie.json", "faulty.json")
	golden("several-md", 80, "check", "--lang", "en", "--format", "md", "ledgerly.json", "faulty.json")
	files, err := os.ReadDir("../golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		switch {
		case wanted[f.Name()]:
		case *update:
			if err := os.Remove(filepath.Join("../golden", f.Name())); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("golden/%s belongs to no command", f.Name())
		}
	}
}

// visible is how many columns a line takes, without what paints it.
func visible(line string) int {
	return displaywidth.Options{ControlSequences: true}.String(line)
}
