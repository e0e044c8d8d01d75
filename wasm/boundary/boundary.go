//go:build js && wasm

// Package boundary is how bytes cross between JavaScript and a wasm module, the same for every module.
//
// A caller asks buffer for room, writes its input there, calls one of the module's own functions, and reads the
// answer at output. Each of these functions returns the length of that answer; status then says what it is. Memory may grow in any
// call, so views of it are made anew after each.
package boundary

import (
	"runtime"
	"unsafe"
)

// What status returns.
const (
	done    = 0 // the answer is what was asked for
	refused = 1 // the input cannot be used; the answer says why, and nothing changed
	broken  = 2 // a fault of ours; the answer names it, and the module must be started again
)

// MaxInput bounds what one call may carry, in bytes.
const MaxInput = 256 << 20

var (
	in, out []byte
	state   int32
)

//go:wasmexport buffer
func buffer(n uint32) uint32 {
	if n > MaxInput {
		return 0
	}
	if uint32(cap(in)) < n || in == nil {
		in = make([]byte, max(n, 4096))
	}
	in = in[:cap(in)]
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(in))))
}

//go:wasmexport output
func output() uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(out)))) }

//go:wasmexport status
func status() int32 { return state }

// keep is how much room stays reserved between two calls, in bytes: a keystroke fits, a file does not stay.
const keep = 1 << 20

// Answer runs f on the first n bytes of the input and keeps what it returns as the output. An error becomes refused, a
// panic broken. The input is overwritten by the next call: f copies what it wants to keep.
func Answer(n uint32, f func(input []byte) ([]byte, error)) (length int32) {
	collect(32<<20, 1)
	if taken += uint64(n); taken > large && !roomy {
		roomy = true
		reserve(48 << 20)
	}
	input := in[:min(n, uint32(len(in)))]
	if cap(in) > keep {
		in = nil
	}
	defer func() {
		if r := recover(); r != nil {
			out, state = []byte(describe(r)), broken
			length = int32(len(out))
		}
	}()
	answer, err := f(input)
	out, state = answer, done
	if err != nil {
		out, state = []byte(err.Error()), refused
	}
	return int32(len(out))
}

func describe(r any) string {
	switch r := r.(type) {
	case error:
		return r.Error()
	case string:
		return r
	}
	return "panic"
}

// Go collects garbage beside the program, in the time that calls leave it; here nothing runs between calls, a collection once begun would
// last for hundreds of them and slow each one. So garbage is collected whole: at rest, while nobody waits, and before a call once there is
// as much of it as there is use. Go's own trigger is set far off by who starts the module (GOGC).
// large is the input from which a module will need much memory, in bytes.
const large = 256 << 10

var (
	taken uint64 // bytes of input so far
	roomy bool   // room was reserved
)

var (
	memory runtime.MemStats
	alive  uint64 // bytes, after the last collection
)

// rest collects garbage where there is enough to be worth it. The caller has its answer, copied, and waits for nothing.
//
//go:wasmexport rest
func rest() { collect(16<<20, .25) }

// collect: once there are more bytes of garbage than least and than a share of what is alive.
func collect(least uint64, share float64) {
	runtime.ReadMemStats(&memory)
	if garbage := memory.HeapAlloc - min(alive, memory.HeapAlloc); garbage > least+uint64(share*float64(alive)) {
		runtime.GC()
		runtime.ReadMemStats(&memory)
		alive = memory.HeapAlloc
	}
}

// reserve makes room for so many bytes at once. Go's heap would ask for them half a megabyte at a time, and browsers collect the page's
// own garbage at each growth of a module's memory.
func reserve(bytes int) {
	room = make([]byte, bytes)
	room = nil
	runtime.GC()
}

var room []byte // a variable of the package, so that the room is really taken
