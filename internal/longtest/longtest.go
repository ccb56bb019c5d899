// Package longtest separates what tests check on every run from what takes long: kills at
// every operation, the growth of time, thousands of generated packages. The environment
// variable ERRSPEC_LONG selects everything. .ci/run sets it.
package longtest

import (
	"os"
	"testing"
)

// Enabled reports whether tests run completely.
func Enabled() bool { return os.Getenv("ERRSPEC_LONG") != "" }

// Only skips a test that takes long as a whole. The reason says what takes long.
func Only(t testing.TB, reason string) {
	t.Helper()
	if !Enabled() {
		t.Skip(reason + "; set ERRSPEC_LONG=1 to run this test")
	}
}

// Choose returns how many cases a test runs, or the step between them: usually, and if
// tests run completely.
func Choose(usual, complete int) int {
	if Enabled() {
		return complete
	}
	return usual
}
