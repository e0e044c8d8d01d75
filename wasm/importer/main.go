//go:build js && wasm

// Command importer reads files in the browser. It is a module of its own, loaded at the first file.
package main

import (
	"errors"
	"strconv"
	"strings"

	"unisson/core/importer"
	"unisson/wasm/boundary"
)

// read understands a file. The input's first head bytes are the options, the rest is the file. Its answer is the
// preview as JSON.
//
//go:wasmexport read
func read(n, head uint32) int32 {
	return boundary.Answer(n, func(input []byte) ([]byte, error) {
		if head > uint32(len(input)) {
			return nil, errors.New("options longer than the input")
		}
		o, err := options(string(input[:head]))
		if err != nil {
			return nil, err
		}
		return importer.Read(input[head:], o).JSON(), nil
	})
}

// options reads names and values by turns, each ended by a NUL: name, as, dates, and for the columns of a table text,
// date, channel and link. An unknown name is passed over: an option this version does not know changes nothing.
func options(s string) (o importer.Options, err error) {
	columns := importer.Mapping{Text: -1, Date: -1, Channel: -1, Link: -1}
	for s != "" {
		var name, value string
		name, s, _ = strings.Cut(s, "\x00")
		value, s, _ = strings.Cut(s, "\x00")
		column := func(at *int) {
			if *at, err = strconv.Atoi(value); err != nil {
				err = errors.New("column " + name + ": a number expected")
			}
			o.Columns = &columns
		}
		switch name {
		case "name":
			o.Name = value
		case "as":
			o.As = importer.Kind(value)
		case "dates":
			o.Dates = importer.Order(value)
		case "text":
			column(&columns.Text)
		case "date":
			column(&columns.Date)
		case "channel":
			column(&columns.Channel)
		case "link":
			column(&columns.Link)
		}
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

func main() { select {} }
