// Package house_test holds the house to ARCHITECTURE.md: the table of its rooms is read, and so are the imports.
package house_test

import (
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Paths below are from the root.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const module = "unisson/"

// source is one Go file: the package it belongs to, as a path from the root, and what it imports.
type source struct {
	path, pkg string
	test      bool
	imports   []string
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name := d.Name(); name == "node_modules" || name == "testdata" || path != "." && strings.HasPrefix(name, ".") {
				return filepath.SkipDir
			}
			return nil
		case filepath.Ext(path) != ".go":
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{path: path, pkg: filepath.ToSlash(filepath.Dir(path)), test: strings.HasSuffix(path, "_test.go")}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var quoted = regexp.MustCompile("`([^`]+)`")

// rooms reads the table: folder -> the folders it may import. "core/..." stands for the whole tree.
func rooms(t *testing.T) map[string][]string {
	t.Helper()
	doc, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string][]string{}
	for line := range strings.SplitSeq(string(doc), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		var may []string
		for _, m := range quoted.FindAllStringSubmatch(cells[3], -1) {
			may = append(may, m[1])
		}
		for _, m := range quoted.FindAllStringSubmatch(cells[1], -1) {
			table[m[1]] = may
		}
	}
	if len(table) < 10 {
		t.Fatalf("the table of rooms in ARCHITECTURE.md was not understood: %v", table)
	}
	return table
}

// room is the row a package stands in: its own, or the nearest above it.
func room(table map[string][]string, pkg string) string {
	for p := pkg; p != "."; p = filepath.ToSlash(filepath.Dir(p)) {
		if _, ok := table[p]; ok {
			return p
		}
	}
	return ""
}

func allowed(table map[string][]string, from, to string) bool {
	return from == to || slices.ContainsFunc(table[from], func(may string) bool {
		tree, whole := strings.CutSuffix(may, "/...")
		return may == to || "core/"+may == to && strings.HasPrefix(from, "core") || whole && (to == tree || strings.HasPrefix(to, tree+"/"))
	})
}

func TestArrows(t *testing.T) {
	table := rooms(t)
	met := map[string]bool{}
	for _, s := range sources(t) {
		if s.pkg == "." {
			continue
		}
		from := room(table, s.pkg)
		if from == "" || from == "core" && s.pkg != "core" {
			t.Errorf("%s: package %s has no row in ARCHITECTURE.md", s.path, s.pkg)
			continue
		}
		met[from] = true
		for _, i := range s.imports {
			name, ours := strings.CutPrefix(i, module)
			if !ours {
				continue
			}
			to := room(table, name)
			// A test may look at its neighbours, in the core or in the server, never from one into the other.
			if tree, _, _ := strings.Cut(from, "/"); s.test && (tree == "core" || tree == "server") && (to == tree || strings.HasPrefix(to, tree+"/")) {
				continue
			}
			if !allowed(table, from, to) {
				t.Errorf("%s: %s may not import %s", s.path, from, to)
			}
		}
	}
	for name := range table {
		if !met[name] {
			t.Errorf("ARCHITECTURE.md has a row for %s, which has no Go file", name)
		}
	}
}

// outside is what would let the core see the world: files, network, clock, chance, other processes, logs. An address is
// only parsed there, never followed.
var outside = []string{"crypto/rand", "database/", "log", "math/rand", "net", "os", "plugin", "runtime/", "syscall", "testing", "time"}

func TestCoreIsPure(t *testing.T) {
	for _, s := range sources(t) {
		// What learns a package's table or measures its rules is a command beside it: nothing can import it.
		command := filepath.Base(s.pkg) == "learn" || filepath.Base(s.pkg) == "measure"
		inCore := (s.pkg == "core" || strings.HasPrefix(s.pkg, "core/")) && !command
		for _, i := range s.imports {
			if i == "syscall/js" && !strings.HasPrefix(s.pkg, "wasm/") {
				t.Errorf("%s: only wasm/ may import syscall/js", s.path)
			}
			if inCore && !s.test && i != "net/url" && slices.ContainsFunc(outside, func(o string) bool { return i == o || strings.HasPrefix(i, strings.TrimSuffix(o, "/")+"/") }) {
				t.Errorf("%s: the core may not import %s", s.path, i)
			}
		}
	}
}

// heavy is what our own packages in the checker's module may not import, though a library may drag it in.
var heavy = []string{"encoding/json", "fmt", "log", "reflect", "regexp", "testing", "time"}

// wasmModules is the module file the wasm is compiled with (static/build/stemmer.mjs): go.mod, with a stemmer that
// leaves out what it only prints with.
const wasmModules = "static/.build/wasm.mod"

// dragged is all that the checker's wasm is made of beside our own packages and the runtime's internals. Nothing else may
// come in unseen, since every byte of it is waited for by every visitor. The budget in static/build.mjs is the law, this
// list its help.
var dragged = strings.Fields(`
	bufio bytes cmp errors io iter math math/bits slices sort strconv strings sync sync/atomic unicode unicode/utf8 unsafe runtime
	github.com/clipperhouse/uax29/v2/graphemes github.com/clipperhouse/uax29/v2/sentences github.com/clipperhouse/uax29/v2/words
	github.com/kljensen/snowball/english github.com/kljensen/snowball/french github.com/kljensen/snowball/romance github.com/kljensen/snowball/snowballword
`)

func TestCheckerWeight(t *testing.T) {
	if _, err := os.Stat(wasmModules); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the wasm has not been built here: ./build.sh build")
	}
	list := exec.Command("go", "list", "-deps", "-modfile="+wasmModules, "./wasm/checker")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	ours, seen := map[string]bool{}, map[string]bool{}
	for _, name := range strings.Fields(string(out)) {
		own, isOurs := strings.CutPrefix(name, module)
		switch {
		case isOurs:
			ours[own] = true
		case strings.HasPrefix(name, "internal/") || strings.Contains(name, "/internal/") || strings.HasSuffix(name, "/internal"):
		case !slices.Contains(dragged, name):
			t.Errorf("the checker's wasm now holds %s: find another way, or say here why it is worth its bytes", name)
		default:
			seen[name] = true
		}
	}
	for _, name := range dragged {
		if !seen[name] {
			t.Errorf("the checker's wasm no longer holds %s: take it off this list", name)
		}
	}
	for _, s := range sources(t) {
		if !ours[s.pkg] || s.test {
			continue
		}
		for _, i := range s.imports {
			if slices.Contains(heavy, i) {
				t.Errorf("%s: %s is too heavy for the checker's wasm", s.path, i)
			}
		}
	}
	for _, needless := range []string{"core/boardjson", "core/texts", "core/importer"} {
		if ours[needless] {
			t.Errorf("the checker's wasm holds %s, which it can do without", needless)
		}
	}
}
