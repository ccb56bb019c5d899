package prose_test

import (
	"testing"

	"github.com/errspec/errspec/spec/prose"
)

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"", 1, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"éüö", 3, "éüö"},
		{"éüöä", 3, "éü…"},
		{"ab", 1, "…"},
		{"a bc", 3, "a…"},
		{"a\xff\xffb", 3, "a\xff…"},
	} {
		if got := prose.Shorten(c.text, c.limit); got != c.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestShortenBytes(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "abc…"},
		{"éü", 4, "éü"},
		{"éüö", 4, "éü…"},
		{"éüö", 5, "éü…"},
		{"\x80\x80\x80", 2, "…"},
	} {
		if got := prose.ShortenBytes(c.text, c.limit); got != c.want {
			t.Errorf("ShortenBytes(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}
