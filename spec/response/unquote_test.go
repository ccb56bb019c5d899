package response

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// unquote returns the same text as package json.
func TestUnquote(t *testing.T) {
	parts := []string{"a", " ", "é", "日", `\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, "u0041", `\u0041`, `\ud83d\ude00`, `\ud83d`, "\xff", "\xed\xa0\x80", "n", "/"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		value := `"` + b.String() + `"`
		var want string
		if err := json.Unmarshal([]byte(value), &want); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		if got := unquote(value); got != want {
			t.Fatalf("%s: got %q, want %q", value, got, want)
		}
	}
}
