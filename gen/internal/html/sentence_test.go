package html

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/prose"
)

var endsOfScript = regexp.MustCompile(`/\[(\S+)\]\$/\.test\(text\)`)

// The script must end sentences like prose.Sentence.
func TestScriptEndsSentences(t *testing.T) {
	source, err := os.ReadFile("static/reply.js")
	if err != nil {
		t.Fatal(err)
	}
	found := endsOfScript.FindSubmatch(source)
	if found == nil {
		t.Fatal("no list of characters that end a sentence")
	}
	ends, err := strconv.Unquote(`"` + string(found[1]) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	for r := rune(' '); r < 0x10000; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		text := "x" + string(r)
		if ended := prose.Sentence(text) == text; ended != strings.ContainsRune(ends, r) {
			t.Errorf("%q ends a sentence: %t, but the script differs", r, ended)
		}
	}
}
