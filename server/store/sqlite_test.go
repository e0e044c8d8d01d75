package store_test

import (
	"testing"
	"time"

	"unisson/server/store"
	"unisson/server/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t testing.TB, clock func() time.Time) func() store.Log {
		dir := t.TempDir()
		return func() store.Log {
			s, err := store.Open(dir, store.Options{Clock: clock})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	})
}
