package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// labelled is one case, of any task.
type labelled struct {
	ID, Task, Lang, Text, Identity, A, B string
	N                                    int
	Orgs, Posts                          []string
	Channels                             []struct {
		ID, Kind string
		Posts    []string
	}
	Label struct {
		Coherent, Duplicate      int
		Bait                     *int
		Intruder, Register, Type string
		ChangeAt                 *int `json:"change_at"`
		Spans                    [][2]int
	}
}

// cases are what there is to make boards of.
type cases struct {
	text map[string]string // by key
	org  map[string]string // who wrote it, by key
	task map[string][]labelled
}

func read(folder string) (*cases, error) {
	c := &cases{text: map[string]string{}, org: map[string]string{}, task: map[string][]labelled{}}
	if err := lines(filepath.Join(folder, "texts.jsonl.gz"), func(line []byte) error {
		var r struct{ K, T string }
		err := json.Unmarshal(line, &r)
		c.text[r.K] = r.T
		return err
	}); err != nil {
		return nil, err
	}
	paths, _ := filepath.Glob(filepath.Join(folder, "T*.jsonl.gz"))
	for _, path := range paths {
		if err := lines(path, func(line []byte) error {
			var l labelled
			if err := json.Unmarshal(line, &l); err != nil {
				return err
			}
			c.task[l.Task] = append(c.task[l.Task], l)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	for _, task := range []string{"T1", "T1b"} {
		for _, l := range c.task[task] {
			if len(l.Orgs) != 1 {
				continue
			}
			for _, ch := range l.Channels {
				for _, p := range ch.Posts {
					c.org[p] = l.Orgs[0]
				}
			}
		}
	}
	return c, nil
}

func lines(path string, f func([]byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := bufio.NewScanner(unzipped)
	s.Buffer(nil, 1<<26)
	for n := 1; s.Scan(); n++ {
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return s.Err()
}

// house is an organisation, or a service with a page of its own: what it wrote, and what it says it is.
type house struct {
	name, lang, identity string
	posts                []string
	whole                bool // nothing of its identity was masked
}

// organisations are those whose texts stand in the cases of channels.
func (c *cases) organisations() (out []house) {
	at := map[string]int{}
	for _, l := range c.task["T1"] {
		if len(l.Orgs) != 1 {
			continue
		}
		i, known := at[l.Orgs[0]]
		if !known {
			i = len(out)
			at[l.Orgs[0]] = i
			out = append(out, house{name: l.Orgs[0], lang: l.Lang})
		}
		for _, ch := range l.Channels {
			for _, p := range ch.Posts {
				out[i].posts = append(out[i].posts, c.text[p])
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].posts)
		out[i].posts = slices.Compact(out[i].posts)
	}
	return out
}

// services are those of the cases of identities.
func (c *cases) services() (out []house) {
	for _, l := range c.task["T6"] {
		h := house{name: l.ID, lang: l.Lang, identity: unmasked(l.Identity), whole: !masked.MatchString(l.Identity)}
		for _, p := range l.Posts {
			h.posts = append(h.posts, unmasked(p))
		}
		out = append(out, h)
	}
	return out
}

// masked stands in the cases for names taken out. Left in, it would be a word that strangers share.
var masked = regexp.MustCompile(`\b0*Noms?\b`)

func unmasked(s string) string { return masked.ReplaceAllLiteralString(s, "") }
