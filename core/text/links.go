package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// domainEndings are the endings by which a bare domain is known. Endings that are words after a full stop without its space (me, la, so) are left out.
const domainEndings = " com org net fr eu io info biz app dev be ch ca uk de es it nl lu co tv paris bzh tech shop online site blog news coop gov edu int ai pt pl se dk fi ie cat alsace corsica re nc pro studio media social link page gl ly au nz in jp us at design agency museum radio events coffee wine kitchen ee "

// findLinks finds links, hashtags, mentions and e-mail addresses in one pass, from left to right.
func (r *reader) findLinks() {
	s := r.s
	floor := 0 // nothing before it is looked at again
	for i := 0; i < len(s); {
		if byteSigns[s[i]]&signLink == 0 {
			i++
			continue
		}
		var at span
		switch s[i] {
		case ':':
			at = schemeLink(s, floor, i)
		case '.':
			at = domain(s, floor, i)
		case '#':
			at = hashtag(s, i)
		case '@':
			at = mention(s, i)
		}
		if at.end > at.start {
			r.opaque = append(r.opaque, at)
		}
		if at.end > i {
			i, floor = at.end, at.end
		} else {
			i++
		}
	}
}

func schemeLink(s string, floor, i int) span {
	if !strings.HasPrefix(s[i:], "://") {
		return span{}
	}
	for _, scheme := range [...]string{"https", "http"} {
		if start := i - len(scheme); start >= floor && strings.EqualFold(s[start:i], scheme) {
			if end := linkEnd(s, i+len("://")); end > i+len("://") {
				return span{start, end, spanLink}
			}
		}
	}
	return span{}
}

// linkEnd goes to the end of what may stand in a link, less the punctuation of the sentence around it.
func linkEnd(s string, i int) int {
	end, open := i, 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !linkRune(r) {
			break
		}
		if r == '(' {
			open++
		}
		if r == ')' {
			if open == 0 {
				break
			}
			open--
		}
		end += n
	}
	for end > i && strings.IndexByte(".,;:!?'*_-]", s[end-1]) >= 0 && !(s[end-1] == '-' || s[end-1] == '_') {
		end--
	}
	return end
}

func linkRune(r rune) bool {
	switch r {
	case '<', '>', '"', '«', '»', '“', '”', '‘', '’', '`', '{', '}', '|', '\\', '^', '…':
		return false
	}
	return r > ' ' && (r < utf8.RuneSelf || r < 0x2E80 && !unicode.IsSpace(r))
}

func domainByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= lowerASCII(c) && lowerASCII(c) <= 'z' || c == '-'
}

// domain reads the run of domain characters around the dot at i: www.…, a bare domain with its path, or an e-mail address.
// Where it is none of them, the run is stepped over, so that no character is looked at twice.
func domain(s string, floor, i int) span {
	start, end := i, i+1
	for start > floor && (domainByte(s[start-1]) || strings.IndexByte("._+", s[start-1]) >= 0) {
		start--
	}
	for end < len(s) && (domainByte(s[end]) || s[end] == '.') {
		end++
	}
	nothing := span{end, end, 0}
	if before, _ := utf8.DecodeLastRuneInString(s[:start]); start > 0 && letter(before) {
		return nothing
	}
	if end < len(s) && s[end] == '@' || start > 0 && s[start-1] == '@' { // first.last@host, or the rest of one
		return address(s, floor, start, end)
	}
	for start < i && strings.IndexByte(".-_+", s[start]) >= 0 {
		start++
	}
	for end > i+1 && (s[end-1] == '.' || s[end-1] == '-') {
		end--
	}
	if start == i || end == i+1 {
		return nothing
	}
	host := s[start:end]
	last := host[strings.LastIndexByte(host, '.')+1:]
	www := len(host) > 4 && strings.EqualFold(host[:4], "www.")
	name := host[:len(host)-len(last)-1]
	known := len(last) >= 2 && strings.Contains(domainEndings, " "+last+" ") && len(name) >= 2 && !strings.Contains(host, "..") && !digitsOnly(name)
	if !www && !known {
		return nothing
	}
	if end < len(s) && strings.IndexByte("/?#:", s[end]) >= 0 {
		end = max(end, linkEnd(s, end))
	}
	return span{start, end, spanLink}
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && s[i] != '.' {
			return false
		}
	}
	return true
}

// address takes the whole of an e-mail address one dot of which was found at either side of its @.
func address(s string, floor, start, end int) span {
	if end < len(s) && s[end] == '@' {
		end++
		for end < len(s) && (domainByte(s[end]) || s[end] == '.') {
			end++
		}
	}
	for end > start && s[end-1] == '.' {
		end--
	}
	return span{max(start, floor), end, spanEmail}
}

func wordBefore(s string, i int) bool {
	r, n := utf8.DecodeLastRuneInString(s[:i])
	return n > 0 && (letter(r) || unicode.IsDigit(r) || r == '_' || r == '&' || r == '/')
}

// hashtag: # and letters, digits or underscores, one letter at least.
func hashtag(s string, i int) span {
	if wordBefore(s, i) {
		return span{}
	}
	end, letters := i+1, 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		switch {
		case letter(r):
			letters++
		case unicode.IsDigit(r), r == '_', '\u0300' <= r && r <= '\u036F':
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		end += n
	}
	if letters == 0 {
		return span{}
	}
	return span{i, end, spanHashtag}
}

// mention: @name, or @name@host; after a word it is an e-mail address.
func mention(s string, i int) span {
	end := i + 1
	for end < len(s) && (domainByte(s[end]) || s[end] == '_' || s[end] == '.' || s[end] == '@' && end > i+1) {
		end++
	}
	for end > i+1 && strings.IndexByte(".-@", s[end-1]) >= 0 {
		end--
	}
	if end == i+1 {
		return span{}
	}
	if wordBefore(s, i) {
		start := i
		for start > 0 && (domainByte(s[start-1]) || s[start-1] == '_') && i-start < 64 {
			start--
		}
		return span{start, end, spanEmail}
	}
	return span{i, end, spanMention}
}

// findQuotes finds what stands between quotation marks. An opening mark without its closing one quotes nothing.
func (r *reader) findQuotes() {
	if r.signs&(signQuote|signWide) == 0 {
		return
	}
	s := r.s
	var spent [3]bool // a closing mark was looked for and there is none any more
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf && b != '"' {
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		kind, closing := -1, ""
		switch c {
		case '«':
			kind, closing = 0, "»"
		case '“', '„':
			kind, closing = 1, "”"
		case '"':
			kind, closing = 2, "\""
		}
		i += n
		if kind < 0 || spent[kind] {
			continue
		}
		at := strings.Index(s[i:], closing)
		if kind == 1 && c == '„' {
			at = strings.IndexAny(s[i:], "“”")
		}
		if at < 0 {
			spent[kind] = true
			continue
		}
		if kind == 2 && strings.IndexByte(s[i:i+at], '\n') >= 0 {
			continue // a stray mark in another paragraph
		}
		r.quotes = append(r.quotes, span{i, i + at, spanQuote})
		_, n = utf8.DecodeRuneInString(s[i+at:])
		i += at + n
	}
}
