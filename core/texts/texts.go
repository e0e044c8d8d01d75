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
	return message(lang, id, args, func(_, id string) string { return id })
}

func message(lang Lang, id string, args []report.Arg, name Names) string {
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
	return w.text()
}

// Names says what people call an entity of a board, by the argument it is named with and its id. An id is its own within
// its list only, and the argument tells the list: “objective” and “roots” name objectives. One that tells none, or an id
// that is not in its list, is looked for in all of them; an id without a name stays an id.
type Names func(argument, id string) string

// listOf is the list of the board an argument names entities of.
var listOf = map[string]string{
	"channel": "channel", "channels": "channel", "online": "channel", "offline": "channel",
	"objective": "objective", "roots": "objective",
	"action": "action", "kpi": "kpi", "segment": "segment",
}

// NamesOf gives the names of a board's entities.
func NamesOf(b *board.Board) Names {
	lists, anywhere := map[string]map[string]string{}, map[string]string{}
	add := func(list, id, name string) {
		if strings.TrimSpace(name) == "" {
			return
		}
		if lists[list] == nil {
			lists[list] = map[string]string{}
		}
		lists[list][id], anywhere[id] = name, name
	}
	for _, x := range b.Pillars {
		add("pillar", x.ID, x.Name)
	}
	for _, x := range b.Segments {
		add("segment", x.ID, x.Name)
		for _, n := range x.Needs {
			add("need", n.ID, n.Text)
		}
	}
	for _, x := range b.Objectives {
		add("objective", x.ID, x.Title)
	}
	for _, x := range b.KPIs {
		add("kpi", x.ID, x.Name)
	}
	for _, x := range b.Actions {
		add("action", x.ID, x.Title)
	}
	for _, x := range b.Channels {
		add("channel", x.ID, x.Name)
	}
	return func(argument, id string) string {
		if name, ok := lists[listOf[argument]][id]; ok {
			return name
		}
		if name, ok := anywhere[id]; ok {
			return name
		}
		return id
	}
}
