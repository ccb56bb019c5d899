package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A shape is the form of a code.
type shape uint8

const (
	noShape shape = iota
	symbol        // an identifier
	number        // digits, or hexadecimal digits after 0x
)

// rangeSign matches between the ends of a range.
const rangeSign = `\s*(?:[-–—~～至到]|\.\.+|to\b|through\b)\s*`

var (
	numberPattern = lazyregexp.New(`^(?:[-−]?\d+|0[xX][0-9a-fA-F]+)$`)
	// notCode matches identifiers that are ranges, versions, dates, emoji, paths or rest parameters.
	notCode = lazyregexp.New(`^(?:-?\d+\s*(?:-|–|—|~|～|\.\.+|to)\s*-?\d+|v?\d+(?:\.\d+)+|\d{4}-\d{2}(?:-\d{2})?|\d[xX*]{2,}|\d+[xX*]+|:.*|.*://.*|[./].*|.*/|.*\.\..*)$`)
	// codeRange matches a range of codes at the start of a text.
	codeRange = lazyregexp.New(`^(?:[-−]?\d+` + rangeSign + `[-−]?\d+|[A-Za-z]{1,4}\d+` + rangeSign + `[A-Za-z]{1,4}\d+)(?:\D|$)`)
	prefixed  = lazyregexp.New(`^[A-Za-z]{1,12}[-_.]?\d{2,}$`)
)

// shapeOf returns the shape of a text that looks like a code: one word that is a number
// or an identifier. It returns noShape for other texts.
func shapeOf(s string) shape {
	switch {
	case numberPattern.MatchString(s):
		return number
	case notCode.MatchString(s) || !isIdentifier(s):
		return noShape
	}
	return symbol
}

// isStrong reports whether a text is hardly anything other than a code: a number with
// three digits or a sign, words joined by underscores, or letters before a number.
func isStrong(s string) bool {
	switch shapeOf(s) {
	case number:
		return len(strings.TrimLeft(s, "-−")) >= 3 || s[0] == '-'
	case symbol:
		return strings.Contains(strings.Trim(s, "_"), "_") || prefixed.MatchString(s)
	}
	return false
}

// isRange reports whether a text starts with a range of codes, and not with a date.
func isRange(s string) bool {
	digits := len(s) - len(strings.TrimLeft(s, "-−0123456789"))
	return digits != 1 && digits != 2 && codeRange.MatchString(s) && !strings.HasPrefix(s, "19") && !strings.HasPrefix(s, "20")
}

// isIdentifier reports whether a text is an identifier and not a word: it contains an
// underscore, punctuation, a digit or an inner capital.
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

// status returns the HTTP status at the start of a text, or 0.
func status(s string) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	n, err := strconv.Atoi(s[:digits])
	if err != nil || digits != 3 || n < 100 || n > 599 || digits < len(s) && !strings.ContainsRune(" -(:", rune(s[digits])) {
		return 0
	}
	return n
}

// wireText returns a code in the form that tables require. White space inside is kept.
func wireText(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(form.Clean(s), "\n", " "))
	if numberPattern.MatchString(s) {
		s = strings.Replace(s, "−", "-", 1) // a minus sign of typography
	}
	return s
}

var (
	codeThenText = lazyregexp.New(`^(\S+?)\s*(?:[:：|]|\s[-–—]|[-–—]\s|\s)\s*(\S.*)$`)
	textThenCode = lazyregexp.New(`^(.*\S)\s*[(\[（]([^()\[\]（）\s]+)[)\]）]$`)
	codeInFront  = lazyregexp.New(`^(\S+?)\s*[(（\[](.*)[)）\]]$`)
	errorWord    = lazyregexp.New(`^(?i:error(?: code)?|err|code|错误码?)[\s:：#]+`)
)

// codesIn returns the codes in a cell or heading, and its other text. A text that does
// not look like a code is returned as rest.
func codesIn(t facts.Text) (codes []string, rest string) {
	if len(t.Codes()) > 0 {
		return codesInSpans(t)
	}
	whole := draft.Line(t.Plain())
	if parts := splitCodes(t.Plain()); parts != nil {
		return parts, ""
	}
	s := wireText(errorWord.ReplaceAllString(whole, ""))
	if codeRange.MatchString(s) {
		return nil, whole
	}
	if shapeOf(s) != noShape {
		return []string{s}, ""
	}
	for _, pattern := range []*lazyregexp.Regexp{codeInFront, codeThenText} {
		if m := pattern.FindStringSubmatch(s); m != nil && shapeOf(wireText(m[1])) != noShape {
			return []string{wireText(m[1])}, strings.TrimLeft(m[2], "=>→ ")
		}
	}
	if m := textThenCode.FindStringSubmatch(s); m != nil && isStrong(m[2]) {
		return []string{m[2]}, m[1]
	}
	return nil, whole
}

// codesInSpans returns the code spans before other text, or all of them if text is in
// front.
func codesInSpans(t facts.Text) (codes []string, rest string) {
	var others facts.Text
	for _, s := range t {
		switch c := wireText(s.Text); {
		case s.IsCode && (len(others) == 0 || len(codes) == 0):
			if c != "" {
				codes = append(codes, c)
			}
		case strings.Trim(s.Text, " ,;/|\n\t") != "":
			others = append(others, s)
		}
	}
	return codes, strings.Trim(draft.Line(others.Prose()), " :：-–—|()[]（）")
}

// splitCodes returns the parts of a text that lists one or more codes. It returns nil if
// a part does not look like a code.
func splitCodes(s string) []string {
	if codeRange.MatchString(wireText(s)) {
		return nil
	}
	if c := wireText(s); shapeOf(c) != noShape {
		return []string{c}
	}
	var codes []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;/|\n、，", r) }) {
		if part = wireText(part); part == "" {
			continue
		}
		if shapeOf(part) == noShape {
			return nil
		}
		codes = append(codes, part)
	}
	return codes
}

// isNothing reports whether a cell is a mark for an empty cell.
func isNothing(s string) bool {
	return slices.Contains([]string{"", "-", "–", "—", "n/a", "null", "tbd", "/", "--", "无"}, strings.ToLower(strings.TrimSpace(s)))
}
