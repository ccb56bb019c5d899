package runtime

import (
	"context"
	"testing"
)

// The keys of a piece of work are those that testdata/vectors.json lists.
func TestKeyVectors(t *testing.T) {
	var vectors struct {
		Keys []struct {
			Work, Seed string
			Keys       []string
		}
	}
	readVectors(t, &vectors)
	if len(vectors.Keys) == 0 {
		t.Fatal("no keys")
	}
	for _, v := range vectors.Keys {
		var policy Policy
		policy.Keys = true //errspec:if optin
		a := policy.Begin(v.Work)
		if a.seed != v.Seed || a.Key() != "" {
			t.Errorf("seed of %q is %s, want %s; key before the first submission: %q", v.Work, a.seed, v.Seed, a.Key())
		}
		header := map[string][]string{"idempotency-KEY": {"other"}}
		a.SetKey(header)
		if !a.Again(context.Background(), nil) {
			t.Fatal(a.Why())
		}
		for n, want := range v.Keys {
			a.key = n + 1
			a.SetKey(header)
			if got := header[IdempotencyHeader]; len(got) != 1 || got[0] != want || a.Key() != want {
				t.Errorf("key %d of %q is %s in %v, want %s", n+1, v.Work, a.Key(), header, want)
			}
		}
	}
}
