package importer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer/facts"
	"github.com/errspec/errspec/spec/names"
)

// line returns text on one line, see [facts.Line].
func line(s string) string { return facts.Line(s) }

// text returns text of several lines without white space at their ends. It returns "" if
// there is nothing else.
func text(s string) string {
	lines := strings.Split(form.Clean(s), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	s = strings.Trim(strings.Join(lines, "\n"), "\n")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// words splits a name into lower-case words: at characters other than letters and
// digits, and before the capitals of camel case.
func words(s string) []string {
	var all []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			all = append(all, string(word))
		}
		word = nil
	}
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case i > 0 && unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			flush()
		}
		word = append(word, unicode.ToLower(r))
	}
	flush()
	return all
}

// key returns a text for comparisons of names and headings, without case and
// punctuation.
func key(s string) string { return strings.Join(words(s), " ") }

// slug returns a name for the table. It returns "" if s has no ASCII letters to start
// with.
func slug(s string) string { return strings.TrimLeft(names.Snake(s), "0123456789_") }

// headline derives a title from a code: "quota_exceeded" becomes "Quota Exceeded".
func headline(wire string) string {
	parts := words(wire)
	for i, w := range parts {
		r := []rune(w)
		parts[i] = string(unicode.ToUpper(r[0])) + string(r[1:])
	}
	title := strings.Join(parts, " ")
	if !strings.ContainsFunc(title, unicode.IsLetter) {
		return "Error " + line(wire)
	}
	return title
}

// listMark matches the start of a list item in a cell.
var listMark = lazyregexp.New(`^(?:[-*•·–]|\d{1,2}[.)])\s+`)

// several splits a cell with several values at line breaks and semicolons.
func several(s string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(form.Clean(s), func(r rune) bool { return r == '\n' || r == ';' }) {
		if part = line(listMark.ReplaceAllString(strings.TrimSpace(part), "")); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// yesNo reads a cell that is yes or no.
func yesNo(s string) (yes, ok bool) {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), ".! "))
	switch {
	case slices.Contains([]string{"yes", "y", "true", "t", "1", "x", "✓", "✔", "✔️", "✅", "☑"}, s):
		return true, true
	case slices.Contains([]string{"no", "n", "false", "f", "0", "✗", "✘", "❌", "✖", "☒"}, s):
		return false, true
	}
	return false, false
}
