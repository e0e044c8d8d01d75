package yupdate

import (
	"encoding/binary"
	"encoding/json"
	"math"
)

// Undefined is JavaScript's, which is not null.
type Undefined struct{}

// BigInt is an integer that is no number to JavaScript.
type BigInt int64

// Value reads one value of a sound update: nil, bool, float64, string, []any, map[string]any, []byte, BigInt or Undefined.
func (r *Reader) Value() any {
	switch r.Byte() {
	case anyNull:
		return nil
	case anyFalse:
		return false
	case anyTrue:
		return true
	case anyInteger:
		return r.signed()
	case anyFloat32:
		if b := r.take(4); b != nil {
			return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
		}
	case anyFloat64:
		if b := r.take(8); b != nil {
			return math.Float64frombits(binary.BigEndian.Uint64(b))
		}
	case anyBigInt:
		if b := r.take(8); b != nil {
			return BigInt(binary.BigEndian.Uint64(b))
		}
	case anyString:
		return string(r.Bytes())
	case anyBytes:
		return r.Bytes()
	case anyObject:
		n := r.Uint()
		object := make(map[string]any, min(n, uint64(len(r.buf)-r.at)/2))
		for ; n > 0 && r.err == nil; n-- {
			key := string(r.Bytes())
			object[key] = r.Value()
		}
		return object
	case anyArray:
		n := r.Uint()
		list := make([]any, 0, min(n, uint64(len(r.buf)-r.at)))
		for ; n > 0 && r.err == nil; n-- {
			list = append(list, r.Value())
		}
		return list
	}
	return Undefined{}
}

func (r *Reader) signed() float64 {
	b := r.Byte()
	n := uint64(b & 0x3f)
	if b >= 0x80 {
		n = r.longUint(n, 6)
	}
	if b&0x40 != 0 {
		return -float64(n)
	}
	return float64(n)
}

// Old reads one value as clients before Yjs 13 wrote them.
func (r *Reader) Old() any {
	b := r.Bytes()
	var value any
	if string(b) == "undefined" || json.Unmarshal(b, &value) != nil {
		return Undefined{}
	}
	return value
}

// AppendValue appends a value that JSON knows: nil, bool, float64, string, []any or map[string]any, members in the order given by keys.
func AppendValue(b []byte, value any, keys func(map[string]any) []string) []byte {
	switch v := value.(type) {
	case bool:
		if v {
			return append(b, anyTrue)
		}
		return append(b, anyFalse)
	case float64:
		return appendNumber(b, v)
	case string:
		return AppendBytes(append(b, anyString), v)
	case []any:
		b = AppendUint(append(b, anyArray), uint64(len(v)))
		for _, one := range v {
			b = AppendValue(b, one, keys)
		}
		return b
	case map[string]any:
		b = AppendUint(append(b, anyObject), uint64(len(v)))
		for _, k := range keys(v) {
			b = AppendValue(AppendBytes(b, k), v[k], keys)
		}
		return b
	}
	return append(b, anyNull)
}

// appendNumber takes the shortest layout, as lib0 does: an integer of 31 bits, a float of 32, one of 64.
func appendNumber(b []byte, v float64) []byte {
	switch {
	case v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32:
		n, sign := uint64(math.Abs(v)), byte(0)
		if v < 0 {
			sign = 0x40
		}
		b = append(b, anyInteger)
		if n < 0x40 {
			return append(b, sign|byte(n))
		}
		return AppendUint(append(b, 0x80|sign|byte(n&0x3f)), n>>6)
	case float64(float32(v)) == v:
		return binary.BigEndian.AppendUint32(append(b, anyFloat32), math.Float32bits(float32(v)))
	}
	return binary.BigEndian.AppendUint64(append(b, anyFloat64), math.Float64bits(v))
}

// Skip passes over one value of a sound update.
func (r *Reader) Skip() { r.any(0, true) }
