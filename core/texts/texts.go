// Package texts holds every sentence the core may say, in French and in English, and turns findings into them. The
// page reads the same files. One file a rule; the others are by subject.
package texts

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"unisson/core/board"
	"unisson/core/report"
)

// Lang is a language people read.
type Lang string

const (
	FR Lang = "fr"
	EN Lang = "en"
)

// Langs are all of them.
var Langs = []Lang{FR, EN}

//go:embed *.json rules/*.json
var files embed.FS

// load reads every file once. The files are ours: one that cannot be read is a fault of the build, which a test finds first.
var load = sync.OnceValue(func() map[Lang]map[string][]part {
	all := map[Lang]map[string][]part{FR: {}, EN: {}}
	err := eachFile(func(name string, texts map[Lang]map[string]string) error {
		for lang, messages := range texts {
			for id, message := range messages {
				parts, err := parse(message)
				if err != nil {
					return fmt.Errorf("%s: %s: %w", name, id, err)
				}
				if _, twice := all[lang][id]; twice {
					return fmt.Errorf("%s: %s stands in another file too", name, id)
				}
				all[lang][id] = parts
			}
		}
		return nil
	})
	if err != nil {
		panic("core/texts: " + err.Error())
	}
	return all
})

func eachFile(visit func(name string, texts map[Lang]map[string]string) error) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		var texts map[Lang]map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return visit(name, texts)
	})
}

// Has reports whether there is a text of that id.
func Has(lang Lang, id string) bool {
	_, ok := load()[lang][id]
	return ok
}

// Message writes a text. An id without a text gives the id.
func Message(lang Lang, id string, args []report.Arg) string {
	return message(lang, id, args, func(id string) string { return id })
}

func message(lang Lang, id string, args []report.Arg, name func(string) string) string {
	parts, ok := load()[lang][id]
	if !ok {
		return id
	}
	w := writing{lang: lang, name: name, args: func(key string) (any, bool) {
		for _, a := range args {
			if a.Key == key {
				if n, ok := a.Value.(int); ok {
					return float64(n), true
				}
				return a.Value, true
			}
		}
		return nil, false
	}}
	w.write(parts)
	return w.b.String()
}

// Names says what people call the entities of a board, by id; an id without a name stays an id.
func Names(b *board.Board) func(id string) string {
	names := map[string]string{}
	add := func(id, name string) {
		if strings.TrimSpace(name) != "" {
			names[id] = name
		}
	}
	for _, x := range b.Pillars {
		add(x.ID, x.Name)
	}
	for _, x := range b.Segments {
		add(x.ID, x.Name)
		for _, n := range x.Needs {
			add(n.ID, n.Text)
		}
	}
	for _, x := range b.Objectives {
		add(x.ID, x.Title)
	}
	for _, x := range b.KPIs {
		add(x.ID, x.Name)
	}
	for _, x := range b.Actions {
		add(x.ID, x.Title)
	}
	for _, x := range b.Channels {
		add(x.ID, x.Name)
	}
	return func(id string) string {
		if n, ok := names[id]; ok {
			return n
		}
		return id
	}
}
