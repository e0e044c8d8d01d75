package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// tape is a file system under SQLite that hands everything on to the real one and remembers, in order, what was written
// and when it was synced: from that, the files can be made as a power cut at any moment might have left them. It can also
// refuse to write. There is one, for SQLite wants it registered for good; tests that use it do not run at once.
type tape struct {
	mu     sync.Mutex
	ops    []op
	on     bool
	refuse func(op) int32 // a result code instead of the operation, 0 to let it happen
	reads  int
	names  map[uintptr]string
	real   *sqlite3.Tsqlite3_vfs
	above  map[uintptr]uintptr // table of the real file system -> the same with our own methods
	keep   []any               // what only SQLite points to
}

type op struct {
	kind opKind
	file string
	at   int64
	data []byte
}

type opKind uint8

const (
	opWrite opKind = iota
	opTruncate
	opSync
)

// The shapes of the functions that are ours.
type (
	openFunc     = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32
	closeFunc    = func(tls *libc.TLS, file uintptr) int32
	readFunc     = func(tls *libc.TLS, file, data uintptr, n int32, at int64) int32
	writeFunc    = func(tls *libc.TLS, file, data uintptr, n int32, at int64) int32
	truncateFunc = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc     = func(tls *libc.TLS, file uintptr, flags int32) int32
)

// there is what lies at an address of C; call is the function at one; address the way back.
func there[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

func call[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

func address[F any](t *tape, f F) uintptr {
	t.keep = append(t.keep, f)
	return *(*uintptr)(unsafe.Pointer(&f))
}

// put copies a value to where C keeps its own.
func put[T any](tls *libc.TLS, v T) uintptr {
	p := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(v)))
	*there[T](p) = v
	return p
}

const tapeName = "tape"

var theTape = sync.OnceValue(func() *tape {
	t := &tape{names: map[uintptr]string{}, above: map[uintptr]uintptr{}}
	tls := libc.NewTLS()
	defer tls.Close()
	t.real = there[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0))
	ours := *t.real
	ours.FzName = put(tls, [len(tapeName) + 1]byte([]byte(tapeName+"\x00")))
	ours.FxOpen = address[openFunc](t, t.open)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, put(tls, ours), 0); rc != sqlite3.SQLITE_OK {
		panic(rc)
	}
	return t
})

func (t *tape) open(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32 {
	rc := call[openFunc](t.real.FxOpen)(tls, vfs, name, file, flags, outFlags)
	f := there[sqlite3.Tsqlite3_file](file)
	if rc != sqlite3.SQLITE_OK || f.FpMethods == 0 {
		return rc
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if name != 0 {
		t.names[file] = filepath.Base(libc.GoString(name))
	}
	ours := t.above[f.FpMethods]
	if ours == 0 {
		ours = put(tls, t.over(*there[sqlite3.Tsqlite3_io_methods](f.FpMethods)))
		t.above[f.FpMethods] = ours
	}
	f.FpMethods = ours
	return rc
}

// over is a table of methods with those that write replaced by ones that remember.
func (t *tape) over(real sqlite3.Tsqlite3_io_methods) sqlite3.Tsqlite3_io_methods {
	ours := real
	ours.FxClose = address[closeFunc](t, func(tls *libc.TLS, file uintptr) int32 {
		t.mu.Lock()
		delete(t.names, file)
		t.mu.Unlock()
		return call[closeFunc](real.FxClose)(tls, file)
	})
	ours.FxRead = address[readFunc](t, func(tls *libc.TLS, file, data uintptr, n int32, at int64) int32 {
		t.mu.Lock()
		t.reads++
		t.mu.Unlock()
		return call[readFunc](real.FxRead)(tls, file, data, n, at)
	})
	ours.FxWrite = address[writeFunc](t, func(tls *libc.TLS, file, data uintptr, n int32, at int64) int32 {
		return t.pass(file, op{kind: opWrite, at: at, data: libc.GoBytes(data, int(n))}, func() int32 {
			return call[writeFunc](real.FxWrite)(tls, file, data, n, at)
		})
	})
	ours.FxTruncate = address[truncateFunc](t, func(tls *libc.TLS, file uintptr, size int64) int32 {
		return t.pass(file, op{kind: opTruncate, at: size}, func() int32 { return call[truncateFunc](real.FxTruncate)(tls, file, size) })
	})
	ours.FxSync = address[syncFunc](t, func(tls *libc.TLS, file uintptr, flags int32) int32 {
		return t.pass(file, op{kind: opSync}, func() int32 { return call[syncFunc](real.FxSync)(tls, file, flags) })
	})
	return ours
}

// pass does an operation, unless it is to be refused, and remembers it. One at a time, so that their order is known.
func (t *tape) pass(file uintptr, o op, do func() int32) int32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	o.file = t.names[file]
	if t.refuse != nil {
		if rc := t.refuse(o); rc != 0 {
			return rc
		}
	}
	rc := do()
	if rc == sqlite3.SQLITE_OK && t.on && o.file != "" {
		o.data = bytes.Clone(o.data)
		t.ops = append(t.ops, o)
	}
	return rc
}

// record starts a new tape; now is how far it has come.
func (t *tape) record() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ops, t.on, t.reads = nil, true, 0
}

func (t *tape) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.ops)
}

func (t *tape) pagesRead() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.reads
}

func (t *tape) stop() []op {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.on = false
	return t.ops
}

// refusing makes every operation go through a judge, nil for none.
func (t *tape) refusing(judge func(op) int32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refuse = judge
}

// sector is what a disk writes whole.
const sector = 512

// cut is what a power cut after the first n operations may leave of the files: all that was synced, and of each later write
// any of its sectors, each with the given chance.
func cut(base map[string][]byte, ops []op, n int, r *rand.Rand, chance float64) map[string][]byte {
	safe := map[string]int{}
	for i, o := range ops[:n] {
		if o.kind == opSync {
			safe[o.file] = i
		}
	}
	files := map[string][]byte{}
	for name, data := range base {
		files[name] = bytes.Clone(data)
	}
	for i, o := range ops[:n] {
		done := i < safe[o.file]
		f := files[o.file]
		switch o.kind {
		case opTruncate:
			if (done || r.Float64() < chance) && o.at < int64(len(f)) {
				f = f[:o.at]
			}
		case opWrite:
			for from := o.at; from < o.at+int64(len(o.data)); {
				to := min((from/sector+1)*sector, o.at+int64(len(o.data)))
				if done || r.Float64() < chance {
					if grow := to - int64(len(f)); grow > 0 {
						f = append(f, make([]byte, grow)...)
					}
					copy(f[from:to], o.data[from-o.at:])
				}
				from = to
			}
		}
		if f != nil {
			files[o.file] = f
		}
	}
	return files
}

func writeFiles(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func readFiles(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{fileName, fileName + "-wal"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			files[name] = data
		} else if !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return files
}
