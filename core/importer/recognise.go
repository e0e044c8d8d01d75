package importer

import (
	"path"
	"strings"
	"unicode/utf8"
)

// page is a saved web page, which is recognised and not read.
const page Kind = "page"

// recognise tells what a text is, by the extension of its name and by what stands in it.
func recognise(text, name string) Kind {
	start := strings.TrimLeft(text, " \t\n")
	head := strings.ToLower(start[:min(len(start), 2048)])
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".json" || strings.HasPrefix(head, "{") && strings.HasPrefix(strings.TrimLeft(head[1:], " \t\n"), `"`):
		return Board
	case strings.HasPrefix(head, "<"):
		for _, mark := range []string{"<rss", "<feed", "<rdf:rdf", ":feed"} {
			if strings.Contains(head, mark) {
				return Feed
			}
		}
		if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.Contains(head, "<html") {
			return page
		}
		if strings.HasPrefix(head, "<?xml") || ext == ".xml" || ext == ".rss" || ext == ".atom" {
			return Feed
		}
	case ext == ".csv" || ext == ".tsv" || ext == ".tab":
		return CSV
	}
	switch {
	case looksLikeTable(text):
		return CSV
	case looksLikeProfile(text):
		return Profile
	case parted(text):
		return Paragraphs
	}
	return Lines
}

// parted reports whether an empty line stands between two that are not.
func parted(text string) bool {
	gap := false
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		empty := strings.TrimSpace(line) == ""
		if gap && !empty {
			return true
		}
		gap = empty
	}
	return false
}

func (p *preview) readLines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" { // between lines, an empty one is no post that is missing
			p.add(Message{Text: line})
		}
	}
}

func (p *preview) readParagraphs(text string) {
	for text != "" {
		start, end := -1, 0 // of the block
		at := 0
		for line := range strings.SplitAfterSeq(text, "\n") {
			switch empty := strings.TrimSpace(line) == ""; {
			case !empty && start < 0:
				start = at
			case empty && start >= 0:
				end = at
			}
			at += len(line)
			if end > 0 {
				break
			}
		}
		if end == 0 {
			end = at
		}
		if start >= 0 {
			p.add(Message{Text: text[start:end]})
		}
		text = text[at:]
	}
}

// atMost cuts a text that would take more memory than a page has: after so many bytes, and so many of one character,
// each of which costs a reader a record. The lines past that are counted and said.
func (p *preview) atMost(text string, size int, each rune, n int) string {
	end := min(len(text), size)
	if at := 0; strings.Count(text[:end], string(each)) > n {
		for range n {
			at += strings.IndexRune(text[at:], each) + utf8.RuneLen(each)
		}
		end = at
	}
	if end == len(text) {
		return text
	}
	if line := strings.LastIndexByte(text[:end], '\n'); line > 0 {
		end = line + 1
	}
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	p.skip("import.skip.rest", 1+strings.Count(strings.TrimSpace(text[end:]), "\n"), "")
	return text[:end]
}
