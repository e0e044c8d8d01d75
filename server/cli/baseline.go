package cli

import (
	"bytes"
	"encoding/json"
	"io"

	"unisson/core"
	"unisson/core/board"
	"unisson/core/boardjson"
	"unisson/core/report"
	"unisson/server/fault"
)

// baseline is what was known of boards before: the findings that were open, by the id of their board.
type baseline struct {
	boards map[string]map[string]report.Severity
	only   map[string]report.Severity // where there is one board: compared with the one file given, whatever its id
}

// since leaves out of a report what was known. alone says that no other board is checked.
func (b *baseline) since(r *report.Report, alone bool) *report.Report {
	if b == nil {
		return r
	}
	known, there := b.boards[r.Board]
	if !there && alone {
		known = b.only
	}
	return r.Since(known)
}

// baselineAt reads reports or boards, one document or one a line, from a file.
func baselineAt(s session, name string) (*baseline, error) {
	in, err := open(s, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, unreadable(s, name, err)
	}
	documents := bytes.SplitAfter(data, []byte("\n"))
	if json.Valid(data) || len(bytes.TrimSpace(documents[0])) < 2 || !json.Valid(documents[0]) {
		documents = [][]byte{data}
	}
	b := &baseline{boards: map[string]map[string]report.Severity{}}
	for i, document := range documents {
		if len(bytes.TrimSpace(document)) == 0 && len(documents) > 1 {
			continue
		}
		id, known, err := knownFrom(document)
		if err != nil {
			for _, at := range err.At {
				at.Line += i
			}
			return nil, &inDocument{err, data}
		}
		b.boards[id], b.only = known, known
	}
	if len(b.boards) > 1 {
		b.only = nil
	}
	return b, nil
}

// knownFrom reads the open findings of a report, or checks a board.
func knownFrom(document []byte) (string, map[string]report.Severity, *fault.Error) {
	var r struct {
		Board, Format string
		Findings      []struct {
			Key, Severity string
			Dismissed     bool
		}
	}
	if json.Unmarshal(document, &r) == nil && r.Format == report.Format {
		known := map[string]report.Severity{}
		for _, f := range r.Findings {
			if !f.Dismissed {
				known[f.Key] = threshold(f.Severity)
			}
		}
		return r.Board, known, nil
	}
	if len(document) > board.MaxBytes {
		return "", nil, fault.New(fault.Long, "fault.line.long", "limit", float64(board.MaxBytes>>20))
	}
	b, err := boardjson.Decode(document)
	if err != nil {
		return "", nil, fault.OfDocument(err)
	}
	return b.ID, core.Check(b, core.Options{}).Open(), nil
}
