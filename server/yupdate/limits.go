package yupdate

import (
	"errors"
	"fmt"
	"math"
)

// The classes of failure; every error of this package wraps one of them.
var (
	ErrTruncated = errors.New("it ends too early")              // shorter than the lengths it declares
	ErrTrailing  = errors.New("something follows its end")      // longer than what it declares
	ErrMalformed = errors.New("it is malformed")                // no Yjs client writes this: unknown kinds, invalid UTF-8 or JSON, empty structs
	ErrTooDeep   = errors.New("its values nest too deeply")     // Limits.Depth
	ErrTooLarge  = errors.New("it is larger than allowed")      // Limits.Bytes, Structs, Clients, Clock
	ErrPending   = errors.New("too much waits for what's lost") // Limits.Pending
)

// Error says of which class a failure is, and at which byte of the input it was noticed.
type Error struct {
	Class error
	At    int
}

func (e *Error) Error() string { return fmt.Sprintf("yupdate: %v (byte %d)", e.Class, e.At) }
func (e *Error) Unwrap() error { return e.Class }

// Limits bounds what is accepted: of an update, and of the whole State it is applied to. A field that is zero takes its value from
// DefaultLimits.
type Limits struct {
	Bytes   int    // length, encoded
	Structs int    // structs and deleted ranges
	Clients int    // sessions that wrote anything
	Depth   int    // nesting of arrays and objects inside one value, at most 1000
	Clock   uint64 // largest clock, at most 2^53 - 1: what a declared length can reach
	Pending int    // structs a State keeps while what comes before them is missing
}

// DefaultLimits fits boards of 20 MiB.
func DefaultLimits() Limits {
	return Limits{Bytes: 20 << 20, Structs: 2 << 20, Clients: 1 << 17, Depth: 100, Clock: 1 << 32, Pending: 10_000}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	set(&l.Bytes, d.Bytes)
	set(&l.Structs, d.Structs)
	set(&l.Clients, d.Clients)
	set(&l.Depth, d.Depth)
	set(&l.Clock, d.Clock)
	set(&l.Pending, d.Pending)
	l.Depth, l.Clock = min(l.Depth, unbounded.Depth), min(l.Clock, unbounded.Clock)
	return l
}

func set[T int | uint64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// unbounded leaves only what a Yjs client itself could not read, and keeps values from exhausting the stack.
var unbounded = Limits{Bytes: math.MaxInt, Structs: math.MaxInt, Clients: math.MaxInt, Depth: 1000, Clock: maxSafe, Pending: math.MaxInt}
