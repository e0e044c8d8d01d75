package boardjson_test

import (
	"os"
	"strings"
	"testing"

	"encoding/json"

	"unisson/core/boardjson"
)

// Every code has a sentence in both languages, and no sentence is without a code.
func TestEveryCodeHasItsSentence(t *testing.T) {
	data, err := os.ReadFile("../texts/board.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"fr", "en"} {
		if len(texts[lang]) != len(boardjson.Codes) {
			t.Errorf("%s: %d sentences for %d codes", lang, len(texts[lang]), len(boardjson.Codes))
		}
		for _, code := range boardjson.Codes {
			if strings.TrimSpace(texts[lang]["board."+string(code)]) == "" {
				t.Errorf("%s: nothing is said of %s", lang, code)
			}
		}
	}
}
