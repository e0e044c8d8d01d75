//go:build js && wasm

// Command checker is the core in the browser: one Session, fed with changes, asked for reports.
package main

import (
	"unisson/core"
	reports "unisson/core/report"
	"unisson/wasm/boundary"
)

// Flags of report.
const (
	evidence = 1 << iota // say also what was read in each message
	draft                // the answer of the moment, with the statistics of the report before
)

var session = core.NewSession()

// apply reads one change (package cbor) from the first n bytes of the input. Its answer is empty.
//
//go:wasmexport apply
func apply(n uint32) int32 {
	return boundary.Answer(n, func(change []byte) ([]byte, error) { return nil, session.Apply(change) })
}

var answer []byte // written over by each report, so that typing makes no garbage of that size

// report answers with the report as JSON, the bytes every other way of asking gives.
//
//go:wasmexport report
func report(flags uint32) int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) {
		answer = session.Report(core.Options{Evidence: flags&evidence != 0, Draft: flags&draft != 0}).AppendJSON(answer[:0])
		return answer, nil
	})
}

// warm reports in every way on the board a change makes of nothing (as apply reads it), and forgets it. An engine compiles a function
// when it is first called: after this, most are. Its answer is empty.
//
//go:wasmexport warm
func warm(n uint32) int32 {
	return boundary.Answer(n, func(change []byte) ([]byte, error) {
		s := core.NewSession()
		if err := s.Apply(change); err != nil {
			return nil, err
		}
		s.Report(core.Options{}).AppendJSON(nil)
		reports.AppendNext(nil, s.Next())
		s.Picture().AppendJSON(nil)
		return nil, nil
	})
}

// next answers with what to do next on the board as it was last reported: the list of a report's "next". It takes about as long as a
// dozen edits.
//
//go:wasmexport next
func next() int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) { return reports.AppendNext(nil, session.Next()), nil })
}

// picture answers with what the board is drawn from, as it was last reported (0), or as it would be after the repair at that place of what next
// answered, counted from 1. Its answer is empty where nothing was tried there.
//
//go:wasmexport picture
func picture(step uint32) int32 {
	return boundary.Answer(0, func([]byte) ([]byte, error) {
		p := session.Picture()
		if step > 0 {
			p = session.PictureAfter(int(step) - 1)
		}
		if p == nil {
			return nil, nil
		}
		return p.AppendJSON(nil), nil
	})
}

func main() { select {} }
