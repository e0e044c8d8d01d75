// Package static holds the built page: its HTML, scripts, styles, fonts, texts and the two wasm modules.
package static

import (
	"embed"
	"errors"
	"io/fs"
)

// dist/.keep is committed so that the package compiles before the page was ever built.
//
//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that this program was compiled without its page.
var ErrNotBuilt = errors.New("the page is not inside this program: run ./build.sh build, which builds the page first")

// Files returns the page's files, named as the server serves them: fr.html, en.html, assets/…, and assets.json,
// which lists each file with its size, its SHA-256 and its precompressed forms. It fails with ErrNotBuilt when the
// page had not been built.
func Files() (fs.FS, error) {
	page, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(page, "assets.json"); err != nil {
		return nil, ErrNotBuilt
	}
	return page, nil
}
