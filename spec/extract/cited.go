package extract

import (
	"strings"
	"unicode/utf8"
)

// isCited reports whether line[at:] is in quotes that are open there. A quote
// behind a backslash may be one or not.
func isCited(line string, at int) bool {
	last, _ := utf8.DecodeLastRuneInString(line[:at])
	return isQuoted(line, at, false) || isQuoted(line, at, true) || last != utf8.RuneError && strings.ContainsRune("“”„‘’«»", last)
}

// isQuoted reports the same of one way to read backslashes. An apostrophe within a
// word is no quote.
func isQuoted(line string, at int, escapes bool) bool {
	double, single, back := false, false, false
	for i := 0; i < at; i++ {
		switch line[i] {
		case '\\':
			if escapes {
				i++
			}
		case '"':
			double = !double
		case '`':
			back = !back
		case '\'':
			if i == 0 || !isWord(line[i-1]) || i+1 == len(line) || !isWord(line[i+1]) {
				single = !single
			}
		}
	}
	return double || single || back
}

// keyBefore returns the key of the pair whose value begins at line[at:]: of
// key=value, key: value or "key": value. It returns "" for an element of a list,
// and "err" for what is neither, such as a text of its own.
func keyBefore(line string, at int) string {
	before := strings.TrimRight(line[:at], " ")
	if before == "" {
		return "err"
	}
	switch before[len(before)-1] {
	case '[', ',':
		return ""
	case '=', ':', '>':
		before = strings.TrimRight(before, "=:> ")
	default:
		return "err"
	}
	before = strings.TrimRight(before, `"'\`)
	start := len(before)
	for start > 0 && isWord(before[start-1]) {
		start--
	}
	return before[start:]
}

// mayBeResponse reports whether a key is one for a response as text, and not for a
// message, which may cite one.
func mayBeResponse(key string) bool {
	switch strings.ToLower(key) {
	case "message", "msg", "detail", "details", "reason", "event":
		return false
	}
	return isIdentifying(key)
}
