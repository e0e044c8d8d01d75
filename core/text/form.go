package text

import (
	"sync/atomic"
	"unicode/utf8"
)

// form is a word as it is written: what the words of a text are looked up by, once for the detection of its language and their lexemes.
type form struct {
	spelling [maxForm]byte
	size     uint8
	elided   uint8 // its elision, apostrophe included
	latin    uint8 // letters
	foreign  uint8
	accented bool // it may have letters that tell a language
	votes    *votes
	lexemes  [Other]atomic.Pointer[lexeme] // without the elision in French
}

// maxForm is in bytes: of longer words, detection takes no notice.
const maxForm = 24

var forms [1 << 10]shelf[form]

// formOf gives the form of a word no longer than maxForm.
func formOf(word string) *form {
	shelf := shelfOf(forms[:], Hash(word))
	for i := range shelf {
		if x := shelf[i].Load(); x != nil && string(x.spelling[:x.size]) == word {
			return x
		}
	}
	x := newForm(word)
	shelf.keep(x)
	return x
}

func newForm(word string) *form {
	x := &form{size: uint8(len(word)), elided: uint8(elision(word))}
	copy(x.spelling[:], word)
	for _, r := range word {
		if r >= utf8.RuneSelf {
			x.accented = true
			r = plain(r)
		}
		switch {
		case r < 'ɐ':
			x.latin++
		case letter(r):
			x.foreign++
		}
	}
	if word = word[x.elided:]; len(word) <= longestFunctionWord {
		x.votes = functionIndex()[Fold(word)]
	}
	return x
}

// lexeme is that of a word outside a tag in a language.
func (x *form) lexeme(word string, l Lang) *lexeme {
	out := x.lexemes[l%Other].Load()
	if out == nil {
		out = lookup(word, l)
		x.lexemes[l%Other].Store(out)
	}
	return out
}
