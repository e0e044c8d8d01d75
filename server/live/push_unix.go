//go:build unix

package live

import (
	"sync"
	"syscall"
)

// pusher writes what a socket takes at once and never waits: a room writes to all its clients itself, without waking a goroutine
// for each, and only what a client is too slow for is left to one.
type pusher struct {
	raw syscall.RawConn
}

func newPusher(c any) pusher {
	if s, ok := c.(syscall.Conn); ok {
		if raw, err := s.SyscallConn(); err == nil {
			return pusher{raw}
		}
	}
	return pusher{} // not a socket: everything is left to the goroutine
}

// attempt is one write; f is made once for many, since a closure for each would be the room's only garbage.
type attempt struct {
	data []byte
	n    int
	err  error
	f    func(fd uintptr) bool
}

var attempts = sync.Pool{New: func() any {
	a := new(attempt)
	a.f = func(fd uintptr) bool {
		for {
			a.n, a.err = syscall.Write(int(fd), a.data)
			if a.err != syscall.EINTR {
				return true
			}
		}
	}
	return a
}}

// push returns how much of data was written; an error means that the connection is lost.
func (p pusher) push(data []byte) (int, error) {
	if p.raw == nil {
		return 0, nil
	}
	a := attempts.Get().(*attempt)
	a.data, a.n, a.err = data, 0, nil
	err := p.raw.Write(a.f)
	n, failed := a.n, a.err
	a.data, a.err = nil, nil
	attempts.Put(a)
	switch {
	case err != nil:
		return 0, err
	case failed == syscall.EAGAIN:
		return 0, nil
	case failed != nil:
		return 0, failed
	}
	return n, nil
}
