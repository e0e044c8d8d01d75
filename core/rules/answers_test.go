package rules

import (
	"slices"
	"testing"
)

// Of very many answers a sample is compared: it says what all would, in whatever order they stand.
func TestManyAnswers(t *testing.T) {
	var sets [][]string
	for range 20_000 {
		sets = append(sets, []string{"bike", "repair"}, []string{"kitten", "like"})
	}
	forth := meanJaccard(sets)
	slices.Reverse(sets)
	if back := meanJaccard(sets); forth != back || forth < .45 || forth > .55 {
		t.Errorf("%v and, turned round, %v; half of the pairs say the same", forth, back)
	}
}
