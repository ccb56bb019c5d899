package jsonwrite

import (
	"bytes"
	"encoding/json"
	"testing"
)

// Both the fast and the slow path must escape texts like encoding/json.
func TestText(t *testing.T) {
	for _, s := range []string{"", "plain", "\"\\\\\t\n\b\f\r\x00\x7f <&> \u2028\u2029 é 🙂 \xff", "a\u00a0b", "~", "\x1f"} {
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		var j writer
		j.text(s)
		if err := enc.Encode(s); err != nil || string(j.buf)+"\n" != want.String() {
			t.Errorf("text(%q) = %s", s, j.buf)
		}
	}
}
