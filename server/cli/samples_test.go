package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"unisson/core"
	"unisson/core/boardjson"
	"unisson/static"
)

// What the page shows of a sample before its checker has come is what the core says of it, byte for byte.
func TestSamplesAreReadByTheBuildAsByTheCore(t *testing.T) {
	page, err := static.Files()
	if errors.Is(err, static.ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	built, err := fs.Glob(page, "assets/report-*.json")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, name := range built {
		b, err := fs.ReadFile(page, name)
		if err != nil {
			t.Fatal(err)
		}
		var known struct{ Report, Next json.RawMessage }
		if err := json.Unmarshal(b, &known); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		said[string(known.Report)] = true
	}
	samples, err := filepath.Glob("../../static/samples/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) == 0 || len(samples) != len(built) {
		t.Fatalf("%d samples, %d reports of samples in the page", len(samples), len(built))
	}
	for _, name := range samples {
		document, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := boardjson.Decode(document)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if report := core.Check(b, core.Options{}).AppendJSON(nil); !said[string(bytes.TrimSuffix(report, []byte("\n")))] {
			t.Errorf("%s: the page was built with another report of it: build it again", name)
		}
	}
}
