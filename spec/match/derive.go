package match

import "strings"

// Derive returns the source of a phrase for an example message. It replaces each whole number by
// <num>, escapes "<" and "\" where they have a meaning, replaces each run of white space by one
// space, and removes white space at the ends. [Parse] may return an error for the result, for
// example if the message is "42" or contains control characters.
func Derive(example string) string {
	example = strings.Join(strings.FieldsFunc(example, func(r rune) bool {
		return r < 0x80 && isSpace(byte(r))
	}), " ")
	var b strings.Builder
	for at := 0; at < len(example); {
		if end := numberEnd(example, at, false); end >= 0 {
			b.WriteString("<num>")
			at = end
			continue
		}
		if c := example[at]; c == '\\' || placeholderAt(example, at) != 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(example[at])
		at++
	}
	return b.String()
}
