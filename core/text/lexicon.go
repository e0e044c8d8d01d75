package text

import (
	"strings"
	"sync"
)

// lexicon is a list of entries in two languages, one a comma: a word stands for itself and its plural in s, a word with a final * for
// every word that begins so, several words for themselves in order.
type lexicon struct {
	fr, en string
	once   sync.Once
	index  [Other + 1]*lexiconIndex
}

type lexiconIndex struct {
	words    map[string]bool
	phrases  map[string][][]string // by first word
	prefixes []string
}

func (x *lexicon) of(l Lang) *lexiconIndex {
	x.once.Do(func() {
		x.index[FR], x.index[EN] = indexLexicon(x.fr), indexLexicon(x.en)
		x.index[None], x.index[Other] = &lexiconIndex{}, &lexiconIndex{}
	})
	return x.index[l]
}

func indexLexicon(packed string) *lexiconIndex {
	x := &lexiconIndex{words: map[string]bool{}, phrases: map[string][][]string{}}
	for entry := range strings.SplitSeq(packed, ",") {
		entry = strings.TrimSpace(entry)
		if prefix, ok := strings.CutSuffix(entry, "*"); ok {
			x.prefixes = append(x.prefixes, prefix)
			continue
		}
		var ws []string
		eachWord(entry, func(start, end int) {
			start += elision(entry[start:end])
			ws = append(ws, string(appendLower(nil, entry[start:end])))
		})
		switch len(ws) {
		case 0:
		case 1:
			x.words[ws[0]] = true
		default:
			x.phrases[ws[0]] = append(x.phrases[ws[0]], ws[1:])
		}
	}
	return x
}

func (x *lexicon) hit(lower string, l Lang) (h lexicalHit) {
	i := x.of(l)
	if len(i.phrases[lower]) > 0 {
		h = hitHead
	}
	if i.words[lower] || i.words[strings.TrimSuffix(lower, "s")] {
		return h | hitWord
	}
	for _, p := range i.prefixes {
		if strings.HasPrefix(lower, p) {
			return h | hitWord
		}
	}
	return h
}

// phrase gives how many tokens, from the first on, make the longest entry of several words; 0 where none does.
func (x *lexicon) phrase(tokens []token, l Lang) (longest int) {
	for _, rest := range x.of(l).phrases[tokens[0].lex.lower] {
		if len(rest)+1 > longest && followedBy(tokens[1:], rest) {
			longest = len(rest) + 1
		}
	}
	return longest
}

func followedBy(tokens []token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].lex.lower != w {
			return false
		}
	}
	return true
}
