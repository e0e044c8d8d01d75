package cli

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"unisson/server/fault"
)

// expand turns patterns a shell has left alone, such as 'boards/**/*.json', into the files they match, in order. What names a file is
// that file, whatever letters it has.
func expand(names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		if !strings.ContainsAny(name, "*?[{") || exists(name) {
			files = append(files, name)
			continue
		}
		found, err := doublestar.FilepathGlob(name, doublestar.WithFilesOnly(), doublestar.WithFailOnIOErrors())
		switch {
		case errors.Is(err, doublestar.ErrBadPattern):
			return nil, fault.New(fault.Usage, "fault.pattern", "pattern", name)
		case err != nil:
			return nil, fault.New(fault.Input, "fault.file.denied", "file", name)
		case len(found) == 0:
			return nil, fault.New(fault.Input, "fault.matches", "pattern", name)
		}
		slices.Sort(found)
		files = append(files, found...)
	}
	return files, nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
