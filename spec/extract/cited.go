package extract

import (
	"strings"
	"unicode/utf8"
)

// isCited reports whether line[at:] is inside quotes that are open at that index. A
// quote after a backslash may or may not be a quote.
func isCited(line string, at int) bool {
	last, _ := utf8.DecodeLastRuneInString(line[:at])
	return isQuoted(line, at, false) || isQuoted(line, at, true) || last != utf8.RuneError && strings.ContainsRune("“”„‘’«»", last)
}

// isQuoted reports the same for one interpretation of backslashes. An apostrophe within
// a word is not a quote.
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

// keyBefore returns the key of the pair whose value starts at line[at:]: key=value,
// key: value or "key": value. It returns "" for an element of a list, and "err" for any
// other text.
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

// mayBeResponse reports whether the value of a key may be a response as text. The value
// of other keys may be a message that cites a response.
func mayBeResponse(key string) bool {
	switch strings.ToLower(key) {
	case "message", "msg", "detail", "details", "reason", "event":
		return false
	}
	return isIdentifying(key)
}
