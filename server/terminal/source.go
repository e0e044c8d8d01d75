package terminal

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"unisson/core/texts"
)

// Source shows one line of a document with a caret under a column, both counted from 1 and the column in code points. Of a long line it
// shows what stands around.
func (s Style) Source(document []byte, line, column int) string {
	text := nth(document, line)
	number := strconv.Itoa(line) + " | "
	room := s.Columns - 2 - len(number)
	before := column - 1 // code points to keep before the caret
	at := 0
	for i := 0; i < len(text) && before > 0; before-- {
		_, size := utf8.DecodeRune(text[i:])
		i += size
		at = i
	}
	from := at
	for kept := 0; from > 0 && kept < room/2; kept++ {
		_, size := utf8.DecodeLastRune(text[:from])
		from -= size
	}
	head := cells(shown(text[from:at]), plain, texts.Span{})
	if from > 0 {
		head = append([]cell{{"…", 1, faint, false}}, head...)
	}
	for widthOf(head) > room/2+1 { // wide letters take more columns than they are
		head = append([]cell{{"…", 1, faint, false}}, head[2:]...)
	}
	tail := cells(shown(text[at:min(len(text), at+4*room)]), plain, texts.Span{})
	left := room - widthOf(head)
	for i, used := 0, 0; i < len(tail); i++ {
		if used += tail[i].width; used > left-1 && (i < len(tail)-1 || used > left) {
			tail = append(tail[:i:i], cell{"…", 1, faint, false})
			break
		}
	}
	var out strings.Builder
	out.WriteString("  ")
	s.painted(&out, append(cells(number, faint, texts.Span{}), append(head, tail...)...))
	out.WriteString("\n" + strings.Repeat(" ", 2+len(number)+widthOf(head)))
	s.painted(&out, []cell{{"^", 1, breaks, false}})
	return out.String() + "\n"
}

// nth is a line of a document without its end; empty where there is none.
func nth(document []byte, line int) []byte {
	for ; line > 1; line-- {
		_, document, _ = bytes.Cut(document, []byte("\n"))
	}
	first, _, _ := bytes.Cut(document, []byte("\n"))
	return bytes.TrimRight(first, "\r")
}

func shown(b []byte) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(b), "\uFFFD"), "\t", " ")
}

func widthOf(line []cell) (n int) {
	for _, c := range line {
		n += c.width
	}
	return n
}
