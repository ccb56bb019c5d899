package sample

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Languages differ in the escape for characters above U+FFFF. In Python, a surrogate
// pair is not one character.
const (
	longEscape       = `\U%08x` // Go and Python
	javascriptEscape = `\u{%x}`
)

// literal returns s between double quotes. It escapes characters that are not printable,
// and those that have a meaning in pages that show the program: the delimiters of
// template engines, and "<", which could end a script in HTML.
func literal(s, long string) string {
	var b strings.Builder
	b.WriteByte('"')
	before := ' '
	for _, r := range s {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r) && r != '<' && !(before == '{' && strings.ContainsRune("{%#", r)):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, long, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		before = r
	}
	b.WriteByte('"')
	return b.String()
}

// seconds returns a duration as a number.
func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64)
}
