package export

import (
	"strconv"

	"github.com/errspec/errspec/spec"
)

// wireValue returns the JSON value of a code: text or a number.
func wireValue(t *spec.Table, s string) any {
	if t.Wire == spec.WireInteger {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
	}
	return s
}

func wireValues(t *spec.Table, all []string) []any {
	var out []any
	for _, s := range all {
		out = append(out, wireValue(t, s))
	}
	return out
}
