// Package schema carries the JSON Schema of the board document, as served at /schema/unisson-1.json. It stands apart
// from package board so that what only reads boards does not carry it.
package schema

import _ "embed"

//go:embed unisson-1.json
var JSON []byte
