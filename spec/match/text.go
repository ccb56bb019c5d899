// Byte-by-byte matching of patterns with messages.

package match

import "unicode/utf8"

// maxMessage is the number of bytes of a message that are matched. There is a limit because each
// method that depends on the message matches it again.
const maxMessage = 64 << 10

// head returns the part of a message that is matched: its first maxMessage bytes, without a
// character that would be split.
func head(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	end := maxMessage
	for end > maxMessage-utf8.UTFMax && !utf8.RuneStart(message[end]) {
		end--
	}
	return message[:end]
}

// A pattern is a phrase in lower case, with one ' ' for each run of white space and these two
// bytes for its placeholders. Phrases contain no control characters, so neither byte can be text.
const (
	num, numByte = "\x01", '\x01' // <num>: a whole number, [0-9]+(\.[0-9]+)?
	gap, gapByte = "\x02", '\x02' // <any>: any text, as short as possible
)

// A phrase is a pattern and its owner.
type phrase struct {
	text  string // the pattern: see num and gap
	names string // names of the placeholders in order, such as "min max"; "_" is no name
	owner int    // number of the code or subtype of the phrase
	//errspec:if searches
	// search is nil if a comparison at a few positions of the message is enough.
	search searchFunc
	//errspec:end
}

//errspec:if searches

// A searchFunc searches for the pattern text in the whole message. It returns the bounds of the
// placeholder text[want]. If want is -1, the bounds have no meaning. If the pattern does not occur,
// lo is negative.
type searchFunc func(text, message string, want int) (lo, hi int)

//errspec:end

// matchAt matches text[from:to], which contains no gap, at message[at:] and returns the end of the
// match, or -1. If the pattern ends with a word character, a word must end there in the message.
func matchAt(text string, from, to int, message string, at int) int {
	for ; from < to; from++ {
		if at == len(message) {
			return -1
		}
		switch c := text[from]; {
		case c > ' ':
			if fold(message[at]) != c {
				return -1
			}
			at++
		case c == numByte:
			at = numberEnd(message, at, text[from+1:] == ".")
			if at < 0 {
				return -1
			}
		case !isSpace(message[at]):
			return -1
		case from+1 < len(text) && text[from+1] == gapByte:
			at++ // one is enough: the text after the gap may need the others
		default:
			at = skipSpace(message, at)
		}
	}
	if to == len(text) && at < len(message) && isWord(text[to-1]) && isWord(message[at]) {
		return -1
	}
	return at
}

// numberEnd returns the end of the number at message[at:], or -1 if there is none. stop reports
// whether the rest of the pattern is a full stop, which the number must not include: in "10.5", the
// number is then 10.
func numberEnd(message string, at int, stop bool) int {
	end := skipDigits(message, at)
	if end == at {
		return -1
	}
	if end == len(message) || message[end] != '.' {
		return end
	}
	decimals := skipDigits(message, end+1)
	if decimals == end+1 || stop && (decimals == len(message) || message[decimals] != '.') {
		return end
	}
	return decimals
}

func skipDigits(message string, at int) int {
	for at < len(message) && isDigit(message[at]) {
		at++
	}
	return at
}

func skipSpace(message string, at int) int {
	for at < len(message) && isSpace(message[at]) {
		at++
	}
	return at
}

// fold returns c in lower case if it is an ASCII letter, and c otherwise.
func fold(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWord reports whether c is one of [A-Za-z0-9_].
func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || isDigit(c) || c == '_'
}
