package draft

import (
	"path"
	"strings"
	"unicode"

	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/names"
)

// Line returns s on one line in the form that tables require. It returns "" if s is only white
// space. White space inside a line is kept.
func Line(s string) string {
	var parts []string
	for part := range strings.SplitSeq(form.Clean(s), "\n") {
		if part = Trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	s = strings.Join(parts, " ")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// Text returns s as text of several lines without white space at their ends. It returns "" if
// there is nothing else.
func Text(s string) string {
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

// Trim removes ASCII white space from both ends.
func Trim(s string) string { return strings.Trim(s, " \t\n\v\f\r") }

// Words splits a name into lower-case words: at characters other than letters and digits, and
// before the capitals of camel case.
func Words(s string) []string {
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

// Key returns a text for comparisons of names and headings, without case and punctuation.
func Key(s string) string { return strings.Join(Words(s), " ") }

// Slug returns a name for the table. It returns "" if s has no ASCII letters to start with.
func Slug(s string) string { return strings.TrimLeft(names.Snake(s), "0123456789_") }

// Headline derives a title from a code: "quota_exceeded" becomes "Quota Exceeded".
func Headline(wire string) string {
	parts := Words(wire)
	for i, w := range parts {
		r := []rune(w)
		parts[i] = string(unicode.ToUpper(r[0])) + string(r[1:])
	}
	title := strings.Join(parts, " ")
	if !strings.ContainsFunc(title, unicode.IsLetter) {
		return "Error " + Line(wire)
	}
	return title
}

// baseName returns the last element of a path of any system.
func baseName(file string) string { return path.Base(strings.ReplaceAll(file, `\`, "/")) }

// TableName derives the name of a table from the name of a file.
func TableName(file string) string {
	base := baseName(file)
	base = strings.TrimSuffix(base, path.Ext(base))
	name := Slug(base)
	switch {
	case name == "", base == "stdin":
		return "errors"
	case names.PackageProblem(name) != "":
		return name + "_errors"
	}
	return name
}
