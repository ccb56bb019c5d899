// This file is the only one that makes foreign text printable, such as text of files, tables and
// logs.

package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/jsonwrite"
)

// IsHostile reports whether a character must not be printed unchanged, because it may control a
// terminal, or invisibly change the appearance of other text (https://trojansource.codes). Joiners
// and the soft hyphen are not hostile, because ordinary text contains them.
func IsHostile(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029':
		return true
	case r < 0xA0, r == 0xAD, r == 0x200C, r == 0x200D:
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// Printable returns s as one line without hostile characters. Line feeds and tabs become spaces,
// other hostile characters and invalid UTF-8 become U+FFFD. The number of characters does not
// change, so that carets remain correct.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case IsHostile(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// PrintableLines is like [Printable], but keeps line feeds and tabs. It removes a carriage return
// before a line feed.
func PrintableLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && IsHostile(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// WithoutCommands returns s without commands to the runner of a CI service. Runners search all
// output for commands: ::NAME:: at the start of a line, after white space (GitHub), and ##NAME[
// anywhere (GitHub and Azure with an empty NAME or vso, TeamCity). The second character becomes
// U+FFFD.
func WithoutCommands(s string) string {
	if !strings.Contains(s, "::") && !strings.Contains(s, "##") {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		text := strings.TrimLeftFunc(line, unicode.IsSpace)
		b.WriteString(line[:len(line)-len(text)])
		if rest, ok := strings.CutPrefix(text, "::"); ok {
			b.WriteString(":\uFFFD")
			text = rest
		}
		b.WriteString(replaceMarks(text, "#\uFFFD"))
	}
	return b.String()
}

// replaceMarks replaces the ## of each ##NAME[ by mark.
func replaceMarks(s, mark string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, "##")
		if i < 0 {
			return b.String() + s
		}
		name := strings.TrimLeft(s[i+2:], letters)
		if strings.HasPrefix(name, "[") {
			b.WriteString(s[:i] + mark)
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i+1])
		s = s[i+1:]
	}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// EscapeJSON replaces hostile characters, and commands to the runner of a CI service, by JSON
// escapes, which does not change the values. In JSON, characters before the space are already
// escaped, except for the line ends between values.
func EscapeJSON(s string) string {
	s = replaceMarks(s, `#\u0023`)
	if !strings.ContainsFunc(s, isHostileInJSON) {
		return s
	}
	var b []byte
	for _, r := range s {
		if isHostileInJSON(r) {
			b = jsonwrite.AppendEscape(b, r)
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

func isHostileInJSON(r rune) bool { return r != '\n' && IsHostile(r) }
