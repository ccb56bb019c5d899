package copied_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/copied"
)

const source = `a
//errspec:if x

b
c //errspec:if y
//errspec:if z
d
//errspec:end
e

//errspec:end

f //errspec:if y
g //errspec:if !x`

func TestSelect(t *testing.T) {
	for features, want := range map[string]string{
		"":      "a\n\ng",
		"y":     "a\n\nf\ng",
		"x":     "a\n\nb\ne\n",
		"z":     "a\n\ng",
		"x y z": "a\n\nb\nc\nd\ne\n\nf",
	} {
		has := func(name string) bool { return slices.Contains(strings.Fields(features), name) }
		got := strings.Join(copied.Slashes.Select(strings.Split(source, "\n"), has), "\n")
		if got != want {
			t.Errorf("%q: got %q, want %q", features, got, want)
		}
	}
}

func TestFeatures(t *testing.T) {
	if got := copied.Slashes.Features(source); !slices.Equal(got, []string{"x", "y", "z"}) {
		t.Errorf("got %q", got)
	}
}
