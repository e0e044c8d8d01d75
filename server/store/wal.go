package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// SQLite, opening a write-ahead log after a crash, believes it up to the first frame that is wrong: rightly, since a
// transaction cut short by the crash ends there. A bit that has flipped further up looks the same to it, and what was
// acknowledged after would silently be gone. The two are told apart here, before SQLite looks: the checksum of a frame
// continues the one before it, so that frames after a wrong one still prove that they follow each other. The transaction
// cut short ends with at most one commit; a second one in the same chain was only written once the first was durable.
//
// A flip within the very last transaction remains what a power cut might have done.
//
// The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log

const (
	walMagic       = 0x377f0682 // the lowest bit: checksums are big-endian
	walHeaderSize  = 32
	walFrameHeader = 24
)

// checksum is the log's own running sum.
type checksum [2]uint32

func (c checksum) add(order binary.ByteOrder, data []byte) checksum {
	for ; len(data) >= 8; data = data[8:] {
		c[0] += order.Uint32(data) + c[1]
		c[1] += order.Uint32(data[4:]) + c[0]
	}
	return c
}

func storedSum(b []byte) checksum {
	return checksum{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// checkLog refuses a file's write-ahead log if durable transactions follow a wrong frame: ErrCorrupt, with the place. No
// log at all is fine.
func checkLog(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	at, err := damagedAt(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return err
	}
	if at >= 0 {
		return fmt.Errorf("%w: %s at byte %d, with acknowledged changes after it; restore a backup, or cut the file to %d bytes to go on without them", ErrCorrupt, path, at, at)
	}
	return nil
}

// damagedAt is where the first wrong frame lies if more than a transaction cut short follows, -1 otherwise.
func damagedAt(r io.Reader) (int64, error) {
	header := make([]byte, walHeaderSize)
	if ended, err := readAll(r, header); ended || err != nil {
		return -1, err
	}
	magic, pageSize := binary.BigEndian.Uint32(header), binary.BigEndian.Uint32(header[8:])
	var order binary.ByteOrder = binary.LittleEndian
	if magic&1 == 1 {
		order = binary.BigEndian
	}
	sum := checksum{}.add(order, header[:24])
	if magic&^1 != walMagic || sum != storedSum(header[24:]) || pageSize < 512 || pageSize > 65536 {
		// The header is durable before the first frame is written.
		if ended, err := readAll(r, make([]byte, walFrameHeader)); ended || err != nil {
			return -1, err
		}
		return 0, nil
	}
	salts := [8]byte(header[16:24])
	frame := make([]byte, walFrameHeader+pageSize)
	wrong, commits := int64(-1), 0
	var chains []checksum // after the wrong frame: what the next may continue, its computed sum or the one it bears
	for at := int64(walHeaderSize); ; at += int64(len(frame)) {
		if ended, err := readAll(r, frame); ended || err != nil {
			return -1, err
		}
		same := [8]byte(frame[8:16]) == salts
		commit := binary.BigEndian.Uint32(frame[4:]) != 0
		next := func(c checksum) checksum { return c.add(order, frame[:8]).add(order, frame[walFrameHeader:]) }
		borne := storedSum(frame[16:])
		switch {
		case wrong < 0 && same && next(sum) == borne:
			sum = borne
			continue
		case wrong < 0:
			wrong = at
			chains = []checksum{next(sum), borne}
		case !same || next(chains[0]) != borne && next(chains[1]) != borne:
			return -1, nil
		default:
			chains = []checksum{borne, borne}
		}
		if commit {
			commits++
		}
		if commits > 1 {
			return wrong, nil
		}
	}
}

// readAll fills a whole buffer; a file that ends before has no more frames.
func readAll(r io.Reader, b []byte) (ended bool, err error) {
	_, err = io.ReadFull(r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true, nil
	}
	return false, err
}
