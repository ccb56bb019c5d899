package frontmatter

import "testing"

func TestUnknownPlaceholder(t *testing.T) {
	for text, want := range map[string]string{"": "", "{title}": "", "{tilte} {x}": "tilte", "{ title }": "", "{{title}}": "", "{a b}": "", "{}": ""} {
		if got := UnknownPlaceholder(text); got != want {
			t.Errorf("in %q: %q, want %q", text, got, want)
		}
	}
}
