package match

import "strings"

// Derive returns the source of the phrase that an example message stands for: each whole number
// replaced by <num>, "<" and "\" escaped where they would mean something else, each run of white
// space made one space and none left at the ends. The result may still not [Parse]: "42" does
// not, nor an example with control characters.
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
