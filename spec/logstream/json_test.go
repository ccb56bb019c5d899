package logstream

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
)

// Strings are unchanged after a round trip, except for invalid UTF-8, and contain no
// escape sequences for terminals.
func TestStrings(t *testing.T) {
	for _, s := range []string{
		"", "plain", `"\`, "a\nb\tc\r\x00\x1b[31m\x7f\u0085\u009b", "é 日本 😀", "\u2028\u2029\ufeff\u202e\u200f\u2066\u200b\U000E0041", "##[error]x ###[y]", "\xff a\xc3", "\ufffd", "</script>",
	} {
		b := string(appendString([]byte("x"), s))
		var got string
		if err := json.Unmarshal([]byte(b[1:]), &got); err != nil || b[0] != 'x' {
			t.Errorf("%q becomes %s: %v", s, b, err)
		}
		if want := strings.ToValidUTF8(s, "\ufffd"); got != want {
			t.Errorf("%q becomes %q after a round trip", s, got)
		}
		if i := strings.IndexFunc(b, diag.IsHostile); i >= 0 {
			t.Errorf("%q contains %q unescaped", b, b[i:])
		}
		if diag.WithoutCommands(b) != b {
			t.Errorf("%q contains a command", b)
		}
	}
}

func TestValuesAsJSON(t *testing.T) {
	got := string(appendValues(nil, []classify.Value{{Name: "min", Text: "1"}, {Name: "max", Text: `"`}}))
	if want := `,"values":{"min":"1","max":"\""}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := appendValues(nil, nil); got != nil {
		t.Errorf("no values become %s", got)
	}
}
