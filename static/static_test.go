package static

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// Either the page is whole, each file as the list says, or Files says plainly that it is missing.
func TestFiles(t *testing.T) {
	page, err := Files()
	if errors.Is(err, ErrNotBuilt) {
		if _, found := fs.Stat(dist, "dist/assets.json"); found == nil {
			t.Fatal("the page is built and Files says it is not")
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := fs.ReadFile(page, "assets.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Files map[string]struct {
			Size   int
			SHA256 string
		}
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for name, want := range list.Files {
		data, err := fs.ReadFile(page, name)
		if err != nil {
			t.Error(err)
			continue
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want.SHA256 || len(data) != want.Size {
			t.Errorf("%s: %d bytes, %s; the list says %d, %s", name, len(data), got, want.Size, want.SHA256)
		}
	}
	err = fs.WalkDir(page, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimSuffix(strings.TrimSuffix(path, ".br"), ".gz")
		if _, listed := list.Files[name]; !listed && path != "assets.json" && path != ".keep" {
			t.Errorf("%s is in dist and not in assets.json", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
