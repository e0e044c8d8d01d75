package live

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"io"
	"regexp"
)

// A token is 32 random bytes as unpadded base64url. Only its SHA-256 is kept: whoever reads the disk cannot come in.
const tokenBytes = 32

var tokenForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// boardForm is the id of a board: 16 random bytes, so that it cannot be guessed either.
var boardForm = regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)

// shortForm is the id of something within a board.
var shortForm = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)

func random(from io.Reader, n int) string {
	b := make([]byte, n)
	if _, err := io.ReadFull(from, b); err != nil {
		panic("live: no randomness: " + err.Error()) // a guessable token would be worse than no server
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// hash is what is kept of a token.
type hash [sha256.Size]byte

func hashOf(token string) hash { return sha256.Sum256([]byte(token)) }

func (h hash) is(other hash) bool { return subtle.ConstantTimeCompare(h[:], other[:]) == 1 }

func (h hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

func (h *hash) UnmarshalText(b []byte) error {
	if len(b) != 2*len(h) {
		return hex.ErrLength
	}
	_, err := hex.Decode(h[:], b)
	return err
}

// codeLetters have no two that look or sound alike on a wall or over a phone.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const codeLength = 6

var codeForm = regexp.MustCompile(`^[` + codeLetters + `]{6}$`)

func randomCode(from io.Reader) string {
	out := make([]byte, 0, codeLength)
	for len(out) < codeLength {
		var b [codeLength]byte
		if _, err := io.ReadFull(from, b[:]); err != nil {
			panic("live: no randomness: " + err.Error())
		}
		for _, x := range b {
			if n := int(x & 31); n < len(codeLetters) && len(out) < codeLength { // what is out of range is drawn again: no letter is likelier
				out = append(out, codeLetters[n])
			}
		}
	}
	return string(out)
}

// shuffle puts a list in any order, each as likely (Fisher and Yates).
func shuffle[T any](from io.Reader, of []T) {
	for i := len(of) - 1; i > 0; i-- {
		j := int(uniform(from, uint32(i+1)))
		of[i], of[j] = of[j], of[i]
	}
}

// uniform draws below n without favouring any number.
func uniform(from io.Reader, n uint32) uint32 {
	for {
		var b [4]byte
		if _, err := io.ReadFull(from, b[:]); err != nil {
			panic("live: no randomness: " + err.Error())
		}
		x := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
		if limit := ^uint32(0) - ^uint32(0)%n; x < limit {
			return x % n
		}
	}
}
