package frontmatter

import "testing"

func TestEnd(t *testing.T) {
	for _, test := range []struct {
		page   string
		end    int
		closed bool
	}{
		{"", 0, true},
		{"# T\n", 0, true},
		{"\n---\na: b\n---\n", 0, true},
		{"---\n---\n# T\n", 8, true},
		{"---\na: b\n---\n# T\n", 13, true},
		{"--- \t\r\na: b\r\n---\r\n# T\r\n", 18, true},
		{"---\na: b\n---", 12, true},
		{"---\na: |\n  ---\n----\n---\n", 24, true},
		{"---\na: b\n", 0, false},
		{"---", 0, false},
		{"----\na: b\n---\n", 0, true},
		{" ---\na: b\n---\n", 0, true},
	} {
		if end, closed := End(test.page); end != test.end || closed != test.closed {
			t.Errorf("%q: %d, %v; want %d, %v", test.page, end, closed, test.end, test.closed)
		}
	}
}
