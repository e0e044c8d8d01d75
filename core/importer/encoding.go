package importer

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded is a file as text: UTF-8, no byte order mark, lines that end in \n.
type decoded struct {
	text    string
	damaged int // bytes that were no character and read as U+FFFD
}

// decode finds the encoding: a byte order mark, else the zeros of UTF-16, else UTF-8, else what an XML declaration
// says, else windows-1252, which every byte fits. A file that is UTF-8 but for a few bytes stays UTF-8.
func decode(data []byte) decoded {
	var d decoded
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		d = fromUTF8(data[3:])
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		d.text = fromUTF16(data[2:], 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		d.text = fromUTF16(data[2:], 1)
	case zeros(data, 1):
		d.text = fromUTF16(data, 0)
	case zeros(data, 0):
		d.text = fromUTF16(data, 1)
	case utf8.Valid(data) || mostlyUTF8(data):
		d = fromUTF8(data)
	case declared(data) == "iso-8859-15":
		d.text = fromBytes(data, latin9)
	default:
		d.text = fromBytes(data, windows1252)
	}
	if strings.IndexByte(d.text, '\r') >= 0 {
		d.text = strings.ReplaceAll(strings.ReplaceAll(d.text, "\r\n", "\n"), "\r", "\n")
	}
	return d
}

func fromUTF8(data []byte) decoded {
	if utf8.Valid(data) {
		return decoded{text: string(data)}
	}
	d := decoded{}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			d.damaged++
		}
		i += n
	}
	d.text = strings.ToValidUTF8(string(data), "\ufffd")
	return d
}

// Where the two encodings of one byte a character differ from the first 256 code points (WHATWG Encoding, index
// windows-1252; ISO/IEC 8859-15). They are written here because package charmap brings thirty more into the module.
var (
	windows1252 = strings.NewReplacer(pairs(0x80, "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")...)
	latin9      = strings.NewReplacer("¤", "€", "¦", "Š", "¨", "š", "´", "Ž", "¸", "ž", "¼", "Œ", "½", "œ", "¾", "Ÿ")
)

// pairs maps code points from first on to those of a text.
func pairs(first rune, to string) (all []string) {
	for _, r := range to {
		all = append(all, string(first), string(r))
		first++
	}
	return all
}

func fromBytes(data []byte, exceptions *strings.Replacer) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, x := range data {
		b.WriteRune(rune(x))
	}
	return exceptions.Replace(b.String())
}

// fromUTF16 reads pairs of bytes; low is the place of the low one. A last odd byte is no character.
func fromUTF16(data []byte, low int) string {
	var b strings.Builder
	b.Grow(len(data) / 2)
	unit := func(i int) rune { return rune(data[i+low]) | rune(data[i+1-low])<<8 }
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			full := rune(utf8.RuneError)
			if i+3 < len(data) {
				full = utf16.DecodeRune(r, unit(i+2))
			}
			if full != utf8.RuneError {
				i += 2
			}
			r = full
		}
		b.WriteRune(r)
	}
	return b.String()
}

// zeros reports whether nearly every byte at the places of that parity is zero, as the high bytes of UTF-16 are in
// French and English, and the others are not.
func zeros(data []byte, parity int) bool {
	sample := data[:min(len(data), 4096)&^1]
	var there, elsewhere int
	for i, x := range sample {
		if x == 0 {
			if i&1 == parity {
				there++
			} else {
				elsewhere++
			}
		}
	}
	return len(sample) >= 4 && there*10 >= len(sample)/2*8 && elsewhere*20 <= len(sample)/2
}

// mostlyUTF8 reports whether invalid bytes are rare beside whole multi-byte characters.
func mostlyUTF8(data []byte) bool {
	var good, bad int
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good >= 4*bad
}

// declared is the encoding an XML declaration names, in lower case.
func declared(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 200)])
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	_, after, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || len(after) < 2 {
		return ""
	}
	name, _, _ := bytes.Cut(after[1:], after[:1])
	return string(name)
}

// magic are the first bytes of files that hold no text to read.
var magic = []struct{ bytes, kind string }{
	{"PK\x03\x04", "archive"}, // a spreadsheet or a document too
	{"\xd0\xcf\x11\xe0", "office"},
	{"%PDF", "pdf"},
	{"\x89PNG", "image"},
	{"\xff\xd8\xff", "image"},
	{"GIF8", "image"},
	{"\x1f\x8b", "archive"},
	{"Rar!", "archive"},
	{"7z\xbc\xaf", "archive"},
}

// binary names what a file is that is no text, "" when it may be one.
func binary(data []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.bytes)) {
			return m.kind
		}
	}
	sample := data[:min(len(data), 4096)]
	if bytes.HasPrefix(sample, []byte("\xff\xfe")) || bytes.HasPrefix(sample, []byte("\xfe\xff")) || zeros(data, 0) || zeros(data, 1) {
		return ""
	}
	var control int
	for _, x := range sample {
		if x < ' ' && x != '\n' && x != '\r' && x != '\t' && x != '\f' && x != 0x1b {
			control++
		}
	}
	if control*50 > len(sample) {
		return "other"
	}
	return ""
}
