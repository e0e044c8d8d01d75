// Package text reads a text once, into features. Rules compare features; none of them tokenises.
//
// Places are byte ranges of the UTF-8 text. CodePoints turns them into the code points a report speaks in.
package text

// Lang is the language a text is read in.
type Lang uint8

const (
	None Lang = iota // no letters, or too little to tell and nothing declared
	FR
	EN
	Other // recognised as neither French nor English: said, not guessed
)

// Kind says what a Mark shows.
type Kind uint8

const (
	Link        Kind = iota // URL or bare domain
	Hashtag                 // with its #
	Mention                 // with its @
	Emoji                   // one grapheme
	Numeral                 // a number as written, with its decimal and grouping signs
	Tu                      // French: evidence of tu, as address to one reader
	Vous                    // French: evidence of vous, as address to one reader
	Slang                   // familiar register, verlan, English informal
	Exclamation             // a run of ! (counted once)
	Elongation              // a stretched word: trooop, sooo
	Bait                    // an engagement-bait cue (kittens, "like if", "you won't believe")
)

// Mark is a place in the text that shows something.
type Mark struct {
	Kind       Kind
	Start, End int32 // bytes
}

// Word is a UAX #29 word that holds a letter, after an elision was taken off (l'atelier is the word atelier).
type Word struct {
	Start, End int32  // bytes
	Stem       string // accents folded, lower case; the folded word itself in a language without a stemmer
	Stop       bool   // a stop word: never a content stem
	Tag        bool   // inside a hashtag, a mention or a URL
	Quoted     bool   // inside quotation marks
	Name       bool   // capitalised inside a sentence: most likely a name
	Hash       uint32 // of the stem, FNV-1a
}

// Features is what there is to know about one text. It is immutable once read.
type Features struct {
	Lang      Lang
	Words     []Word   // in order
	Content   []string // distinct content stems, sorted: words less stop words, tags included, URLs not
	Marks     []Mark   // by Start
	Sentences int
	Graphemes int
	Formality float64 // ranked, not calibrated: high is formal, low is familiar
	BaitScore float64 // 0…1; at least .5 is an alarm (headline bait or engagement bait)
	Lure      float64 // 0…1; at least .5 is a text that, as a whole, is written for the click, slang and the lexicon of bait apart
	Address   Address // how one reader is spoken to (French only)
}

// Address is the form of address of one text.
type Address uint8

const (
	Unmarked Address = iota
	AddressTu
	AddressVous
	AddressMixed
)
