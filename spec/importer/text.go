package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
)

// line returns text on one line, as the format wants it, or "" if there is only
// white space in it. Spaces inside of a line are part of the text, and so are other
// spaces than those of ASCII.
func line(s string) string {
	var parts []string
	for part := range strings.SplitSeq(form.Clean(s), "\n") {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	s = strings.Join(parts, " ")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

func isSpace(r rune) bool { return r == ' ' || '\t' <= r && r <= '\r' }

// trim removes white space of ASCII from both ends.
func trim(s string) string { return strings.TrimFunc(s, isSpace) }

// wireText returns a code as the format takes it: its inner white space stays.
func wireText(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(form.Clean(s), "\n", " "))
}

// texts returns those that say anything.
func texts(all []string) []string {
	var out []string
	for _, s := range all {
		if s = text(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// text returns text of several lines, none of which ends in white space, or "" if
// there is nothing else in it.
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

// words splits a name into lower-case words: at what is neither letter nor
// digit, and where camel case begins one.
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

// isNumber reports whether a text is three digits or more.
func isNumber(s string) bool {
	return len(s) >= 3 && strings.Trim(s, "0123456789") == ""
}

// isSymbol reports whether a text is surely an identifier: words joined by
// underscores, or all in capitals.
func isSymbol(s string) bool {
	return isIdentifier(s) && (strings.Contains(strings.Trim(s, "_"), "_") || len(s) > 2 && strings.ToUpper(s) == s && strings.ToLower(s) != s)
}

// key returns a text by which names and headings are compared: case and
// punctuation do not count.
func key(s string) string { return strings.Join(words(s), " ") }

// slug makes a name of the format, or "" if there is no letter of ASCII to begin
// it with.
func slug(s string) string {
	var parts []string
	for _, w := range words(s) {
		w = strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, w)
		if w != "" {
			parts = append(parts, w)
		}
	}
	return strings.TrimLeft(strings.Join(parts, "_"), "0123456789_")
}

// headline makes a title of a code: "quota_exceeded" becomes "Quota Exceeded".
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

// listMark is what begins an item of a list in a cell.
var listMark = lazyregexp.New(`^(?:[-*•·–]|\d{1,2}[.)])\s+`)

// several splits a cell that holds several values: by lines, or at semicolons.
func several(s string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(form.Clean(s), func(r rune) bool { return r == '\n' || r == ';' }) {
		if part = line(listMark.ReplaceAllString(strings.TrimSpace(part), "")); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// integer returns the number that a code is, written as tables write them.
func integer(s string) (int64, bool) {
	digits, hex := strings.CutPrefix(s, "0x")
	if !form.IsDecimal(s) && (!hex || strings.Trim(digits, "0123456789abcdefABCDEF") != "") {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 0, 64)
	return n, err == nil
}

func isInteger(s string) bool {
	_, ok := integer(s)
	return ok
}

// isIdentifier reports whether a text looks like a code rather than like words:
// one word, with an underscore, a dot, a digit or capitals inside.
func isIdentifier(s string) bool {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_.-:/", r)
	}) {
		return false
	}
	inner := strings.Trim(s, ".:-/")
	return strings.ContainsAny(inner, "_0123456789") ||
		strings.ContainsAny(inner, ".-:/") && strings.ToLower(s) == s ||
		len(inner) > 1 && strings.IndexFunc(inner[1:], unicode.IsUpper) >= 0
}

// yesNo reads a cell that answers yes or no.
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

// isNothing reports whether a cell says that it has nothing to say.
func isNothing(s string) bool {
	return slices.Contains([]string{"", "-", "–", "—", "n/a", "null", "tbd"}, strings.ToLower(strings.TrimSpace(s)))
}
