// Text that errspec did not write, such as names of files, of tables and of logs, is
// printed as this file has it, and as nothing else has it.

package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/jsonwrite"
)

// IsHostile reports whether a character must not be shown as it is: a terminal might
// obey it, or it changes how the text around it looks without being seen
// (https://trojansource.codes). Joiners and the soft hyphen are part of ordinary
// writing.
func IsHostile(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029':
		return true
	case r < 0xA0, r == 0xAD, r == 0x200C, r == 0x200D:
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// Printable returns a text on one line that a terminal shows and does not obey: line
// feeds and tabs become spaces, every other hostile character and every byte that is
// not UTF-8 becomes U+FFFD. One character takes the place of one, so that carets stay
// under what they mark.
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

// PrintableLines is [Printable] for a text of several lines: it keeps line feeds and
// tabs. A carriage return before a line feed is dropped.
func PrintableLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && IsHostile(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// WithoutCommands returns a text that the runner of a CI service prints and does not
// obey. Runners look for commands in everything that a step prints: ::NAME:: at the
// start of a line, after white space (GitHub), and ##NAME[ anywhere (GitHub and Azure
// with an empty NAME or vso, TeamCity). The second character becomes U+FFFD.
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

// replaceMarks writes something else for the ## of each ##NAME[.
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

// escapeJSON writes hostile characters, and commands to the runner of a CI service, as
// JSON escapes them, which changes nothing of what the text says. Those below space are
// escaped already, except for the line ends between values.
func escapeJSON(s string) string {
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
