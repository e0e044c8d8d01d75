package store

import (
	"encoding/binary"
	"hash/crc32"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum is the CRC32C of a row with whose it is, so that a row that strayed under another board or number is found out too.
// what is one letter a table; fields are its numbers, in a fixed order.
func sum(what byte, id string, data []byte, fields ...int64) int64 {
	head := make([]byte, 0, 64)
	head = append(head, what)
	head = binary.AppendUvarint(head, uint64(len(id)))
	head = append(head, id...)
	for _, f := range fields {
		head = binary.LittleEndian.AppendUint64(head, uint64(f))
	}
	return int64(crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, data))
}

func (h head) sum() int64                                 { return sum('b', h.id, nil, h.seq, h.touched) }
func sumRecord(id string, r Record) int64                 { return sum('r', id, r.Data, int64(r.Seq), int64(r.Kind)) }
func sumSnapshot(id string, seq int64, data []byte) int64 { return sum('s', id, data, seq) }
func sumCode(code, id string, expires int64) int64        { return sum('c', code+"\x00"+id, nil, expires) }
