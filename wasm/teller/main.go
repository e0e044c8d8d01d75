//go:build js && wasm

// Command teller writes reports for people to take away: as Markdown, and what changed between two moments of a board. It is loaded when
// somebody asks for that, and checks the boards itself.
package main

import (
	"unisson/core"
	"unisson/core/report"
	"unisson/core/texts"
	"unisson/wasm/boundary"
)

// Which of two moments.
const (
	before = iota
	after
)

var (
	sessions = [2]*core.Session{core.NewSession(), core.NewSession()}
	langs    = [...]texts.Lang{texts.FR, texts.EN}
)

// apply reads one change (package cbor) of one moment's board from the first n bytes of the input. Its answer is empty.
//
//go:wasmexport apply
func apply(n, which uint32) int32 {
	return boundary.Answer(n, func(change []byte) ([]byte, error) { return nil, sessions[which].Apply(change) })
}

// tell answers with the report of the later moment as Markdown.
//
//go:wasmexport tell
func tell(lang uint32) int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) {
		s := sessions[after]
		return []byte(texts.Markdown(s.Report(core.Options{Next: true}), s.Board(), langs[lang])), nil
	})
}

// compare answers with what changed from the earlier moment to the later one, as JSON.
//
//go:wasmexport compare
func compare() int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) { return changed().AppendJSON(nil), nil })
}

// tellChanges answers with the same as Markdown.
//
//go:wasmexport tellChanges
func tellChanges(lang uint32) int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) {
		return []byte(texts.MarkdownDiff(changed(), sessions[before].Board(), sessions[after].Board(), langs[lang])), nil
	})
}

// picture answers with what the earlier moment is drawn from.
//
//go:wasmexport picture
func picture() int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) {
		sessions[before].Report(core.Options{})
		return sessions[before].Picture().AppendJSON(nil), nil
	})
}

func changed() *report.Diff {
	return report.Compare(sessions[before].Report(core.Options{}), sessions[after].Report(core.Options{}))
}

func main() { select {} }
