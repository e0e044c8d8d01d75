package live

import (
	"encoding/binary"

	"unisson/server/yupdate"
)

// The messages of y-websocket, and one of our own.
const (
	msgSync     = 0
	msgPresence = 1
	msgQuery    = 3   // asks for everybody's presence
	msgSession  = 100 // from a client: it wants the session; from the server: the session, as a text of JSON
)

// Of msgSync.
const (
	syncStep1  = 0 // a state vector: what do I lack?
	syncStep2  = 1 // the answer
	syncUpdate = 2
)

// Close codes. y-websocket takes 4400 to 4499 as final and comes back after any other.
const (
	closeGone      = 1001
	closeProtocol  = 1002
	closeText      = 1003
	closeMalformed = 1007
	closeTooLong   = 1009
	closeFault     = 1011
	closeRestart   = 1012
	closeSlow      = 1013 // too slow, or the server cannot write now: come back and sync
	closeRevoked   = 4403
	closeDeleted   = 4404
	closeFull      = 4413 // the board has reached its largest size
)

const (
	opBinary = 2
	opClose  = 8
	opPing   = 9
	opPong   = 10
)

// frameHead begins a whole frame from a server (RFC 6455, 5.2): final, not masked.
func frameHead(dst []byte, op byte, length int) []byte {
	dst = append(dst, 0x80|op)
	switch {
	case length < 126:
		return append(dst, byte(length))
	case length < 1<<16:
		return binary.BigEndian.AppendUint16(append(dst, 126), uint16(length))
	}
	return binary.BigEndian.AppendUint64(append(dst, 127), uint64(length))
}

func frame(op byte, payload []byte) []byte {
	return append(frameHead(make([]byte, 0, len(payload)+4), op, len(payload)), payload...)
}

func closeFrame(code int, reason string) []byte {
	if code == 0 {
		return frame(opClose, nil)
	}
	return frame(opClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

// messageHead is all that comes before data in the frame of a message whose last part is data with its length.
func messageHead(length int, kind ...byte) []byte {
	var prefix [16]byte
	p := yupdate.AppendUint(append(prefix[:0], kind...), uint64(length))
	head := frameHead(make([]byte, 0, 14+len(p)), opBinary, len(p)+length)
	return append(head, p...)
}

// message is a whole frame: what kind of message, then data with its length.
func message(data []byte, kind ...byte) []byte {
	head := messageHead(len(data), kind...)
	return append(append(make([]byte, 0, len(head)+len(data)), head...), data...)
}

// asks says whether a message wants the state or everybody's presence.
func asks(m []byte) bool {
	return len(m) > 0 && (m[0] == msgQuery || m[0] == msgSync && len(m) > 1 && m[1] == syncStep1)
}
