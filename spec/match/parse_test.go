package match

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		source, pattern string
		literals        int
		names           []string
	}{
		{"Prompt is too long", "prompt is too long", 18, nil},
		{"file size exceeds <num:limit_mb>MB", "file size exceeds \x01mb", 20, []string{"limit_mb"}},
		{"<any> is <num:n> or <any:x2>", "\x02 is \x01 or \x02", 8, []string{"n", "x2"}},
		{" a \t\n b ", " a b ", 5, nil},
		{`a\<num>\\`, `a<num>\`, 7, nil},
		{"a < b <= c <number> <NUM> <num", "a < b <= c <number> <num> <num", 30, nil},
		{"É日", "É日", 5, nil},
	} {
		p, err := Parse(test.source)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.source, err)
			continue
		}
		if p.String() != test.source || p.Pattern() != test.pattern || p.Literals() != test.literals || !slices.Equal(p.Names(), test.names) {
			t.Errorf("Parse(%q): pattern %q, %d literals, names %q", p, p.Pattern(), p.Literals(), p.Names())
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct {
		source string
		offset int
		msg    string
	}{
		{"", 0, "empty phrase"},
		{" \t", 0, "no text outside placeholders"},
		{"<num> <any>", 0, "no text outside placeholders"},
		{`a\b`, 1, `backslash before a character other than "<" or "\"`},
		{`ab\`, 2, `backslash before a character other than "<" or "\"`},
		{"a\x00b", 1, "control character U+0000"},
		{"a\x01b", 1, "control character U+0001"},
		{"a\x02b", 1, "control character U+0002"},
		{"a\x7fb", 1, "control character U+007F"},
		{"a\u0085b", 1, "control character U+0085"},
		{"é\xffb", 2, "not UTF-8"},
		{"a <num:", 2, "unclosed placeholder"},
		{"a <any:b", 2, "unclosed placeholder"},
		{"a <num:>", 2, "placeholder has a colon but no name"},
		{"a <num:Max>", 7, "a placeholder name must start with a-z and contain only a-z, 0-9 and _"},
		{"a <num:_>", 7, "a placeholder name must start with a-z and contain only a-z, 0-9 and _"},
		{"a <num:1st>", 7, "a placeholder name must start with a-z and contain only a-z, 0-9 and _"},
		{"a <num:a b>", 8, "a placeholder name must start with a-z and contain only a-z, 0-9 and _"},
		{"a <num:n> <any:n>", 10, "duplicate placeholder name n"},
		{"a" + strings.Repeat("<num> ", 33), 1 + 32*6, "more than 32 placeholders"},
		{strings.Repeat("a", 4097), 4096, "longer than 4096 bytes"},
		{strings.Repeat("a", 251) + " 5<num>", 0, "too long for a <num> next to digits, full stops or placeholders (257 states, limit 256)"},
	} {
		_, err := Parse(test.source)
		var parse *ParseError
		if !errors.As(err, &parse) {
			t.Errorf("Parse(%.40q) = %v", test.source, err)
			continue
		}
		if parse.Offset != test.offset || parse.Msg != test.msg {
			t.Errorf("Parse(%.40q): offset %d, %s", test.source, parse.Offset, parse.Msg)
		}
	}
	for _, source := range []string{
		strings.Repeat("a", 4096), strings.Repeat("a", 250) + " 5<num>", "a" + strings.Repeat("<num> ", 32),
	} {
		if _, err := Parse(source); err != nil {
			t.Errorf("Parse(%.40q): %v", source, err)
		}
	}
}

func TestDerive(t *testing.T) {
	for _, test := range []struct{ example, want string }{
		{"photorealistic people detected", "photorealistic people detected"},
		{"image dimensions must be between 240 and 7680", "image dimensions must be between <num> and <num>"},
		{"file size exceeds 10MB", "file size exceeds <num>MB"},
		{"Video duration must be between 1-30 seconds", "Video duration must be between <num>-<num> seconds"},
		{"dial 127.0.0.1:80", "dial <num>.<num>:<num>"},
		{"took 1.5s.", "took <num>s."},
		{"see 10.", "see <num>."},
		{`C:\x <num> <any:b> <c>`, `C:\\x \<num> \<any:b> <c>`},
		{"<num:5>", `\<num:<num>>`},
		{" two\n lines\t\n", "two lines"},
		{"a\u00a0b", "a\u00a0b"},
		{"42", "<num>"},
	} {
		if got := Derive(test.example); got != test.want {
			t.Errorf("Derive(%q) = %q, want %q", test.example, got, test.want)
		}
	}
}

func TestRegexp(t *testing.T) {
	for _, test := range []struct{ phrase, want string }{
		{"a. B<num:n>", `(?s)\b[Aa]\.[ \t\n\v\f\r]+[Bb](?P<n>[0-9]+(?:\.[0-9]+)?)`},
		{"-<any> é_", `(?s)-(?:.*?)[ \t\n\v\f\r]+é_\b`},
	} {
		if got := MustParse(test.phrase).Regexp(); got != test.want {
			t.Errorf("%q: %s, want %s", test.phrase, got, test.want)
		}
	}
}

func TestSample(t *testing.T) {
	for _, source := range append(slices.Clone(evolink), "<num>.<num>x<any> <any> b", "a <any><num>5<num>.", " <any>x<any> ") {
		p := MustParse(source)
		if s := p.Sample(); !p.Occurs(s) || !newReference(phrasesOf(source)).occurs(0, s) {
			t.Errorf("%q does not occur in its sample %q", p, s)
		}
	}
}
