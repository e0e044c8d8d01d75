// Package yupdate reads and merges the binary updates of Yjs documents (format v1) without building a document:
// the sync server needs to know that an update is sound, what it adds, and what a client lacks, and nothing of what it means.
//
// The format and the rule by which updates merge are those of Yjs and lib0, by Kevin Jahns (MIT licence), https://yjs.dev.
//
// An update is a list of blocks, one per client (an author's session), of structs in the order of that client's clock, then a set
// of deleted ranges. A clock counts what a client has inserted: UTF-16 units of text, values, types. A state vector says how far
// each client's clock is known.
package yupdate

import (
	"math/bits"
	"unicode/utf8"
)

// maxSafe is the largest integer JavaScript counts to exactly, hence the largest lib0 reads.
const maxSafe = 1<<53 - 1

// Reader reads lib0's encoding. The first failure sticks: what follows reads as zero and Err tells it.
type Reader struct {
	buf []byte
	at  int
	err error
}

// NewReader reads from b, which it never changes; what Bytes returns lies in b.
func NewReader(b []byte) *Reader { return &Reader{buf: b} }

// Err is the first failure, nil while there is none.
func (r *Reader) Err() error { return r.err }

// End is Err, or ErrTrailing when something is left unread.
func (r *Reader) End() error {
	if r.err == nil && r.at < len(r.buf) {
		r.fail(ErrTrailing)
	}
	return r.err
}

// Rest is what is left unread, and reads it.
func (r *Reader) Rest() []byte {
	b := r.buf[r.at:]
	r.at = len(r.buf)
	return b
}

func (r *Reader) fail(class error) {
	if r.err == nil {
		r.err = &Error{Class: class, At: r.at}
	}
	r.at = len(r.buf)
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if r.at >= len(r.buf) {
		r.fail(ErrTruncated)
		return 0
	}
	b := r.buf[r.at]
	r.at++
	return b
}

// Uint reads a varUint, at most 2^53 - 1: seven bits a byte, the lowest first, the high bit set on all but the last byte.
func (r *Reader) Uint() uint64 {
	if r.at < len(r.buf) && r.buf[r.at] < 0x80 {
		r.at++
		return uint64(r.buf[r.at-1])
	}
	return r.longUint(0, 0)
}

// longUint reads on after a first byte that gave `low`, its lowest `shift` bits.
func (r *Reader) longUint(low uint64, shift uint) uint64 {
	for n := low; ; shift += 7 {
		if r.at >= len(r.buf) {
			r.fail(ErrTruncated)
			return 0
		}
		b := r.buf[r.at]
		if shift >= 56 {
			r.fail(ErrMalformed)
			return 0
		}
		r.at++
		n |= uint64(b&0x7f) << shift
		if n > maxSafe {
			r.fail(ErrMalformed)
			return 0
		}
		if b < 0x80 {
			return n
		}
	}
}

// varInt passes over a varInt: like a varUint, but its first byte spends a bit on the sign.
func (r *Reader) varInt() {
	if b := r.Byte(); b >= 0x80 {
		r.longUint(uint64(b&0x3f), 6)
	}
}

// take reads n bytes.
func (r *Reader) take(n uint64) []byte {
	if n > uint64(len(r.buf)-r.at) {
		r.fail(ErrTruncated)
		return nil
	}
	b := r.buf[r.at : r.at+int(n) : r.at+int(n)]
	r.at += int(n)
	return b
}

// Bytes reads a length and as many bytes; they lie in the Reader's buffer.
func (r *Reader) Bytes() []byte { return r.take(r.Uint()) }

// Text reads a length and as many bytes of valid UTF-8 (ErrMalformed otherwise); they lie in the Reader's buffer.
func (r *Reader) Text() []byte {
	at := r.at
	b := r.Bytes()
	if !utf8.Valid(b) {
		r.at = at
		r.fail(ErrMalformed)
		return nil
	}
	return b
}

// AppendUint appends n as a varUint; n is at most 2^53 - 1.
func AppendUint(b []byte, n uint64) []byte {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

// AppendBytes appends the length of data, then data: what Bytes and Text read.
func AppendBytes[T ~string | ~[]byte](b []byte, data T) []byte {
	return append(AppendUint(b, uint64(len(data))), data...)
}

// uintSize is how many bytes AppendUint takes for n.
func uintSize(n uint64) int { return (bits.Len64(n|1) + 6) / 7 }

// utf16Len counts the UTF-16 units of valid UTF-8.
func utf16Len(b []byte) uint64 {
	n := 0
	for _, c := range b {
		if c&0xc0 != 0x80 {
			n++
		}
		if c >= 0xf0 {
			n++
		}
	}
	return uint64(n)
}

// CutUTF16 finds where valid UTF-8 is cut before its unit n. When n falls inside a surrogate pair, left ends before the
// character, right begins after it and split is true: each side stands for its lost half by U+FFFD, as in Yjs.
func CutUTF16(b []byte, n uint64) (left, right int, split bool) {
	at := 0
	for n > 0 && at < len(b) {
		_, size := utf8.DecodeRune(b[at:])
		if size == 4 {
			if n == 1 {
				return at, at + 4, true
			}
			n--
		}
		n--
		at += size
	}
	return at, at, false
}
