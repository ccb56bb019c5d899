// Search for one pattern in a message.

package match

// plain searches for a pattern without gaps in which the end of no number is ambiguous. It returns
// the bounds of the placeholder text[want]. If the pattern does not occur, lo is negative.
func plain(text, message string, want int) (lo, hi int) {
	start := seek(text, 0, len(text), message, 0)
	if start < 0 || want < 0 {
		return start, start
	}
	lo = matchAt(text, 0, want, message, start)
	return lo, matchAt(text, want, want+1, message, lo)
}

// seek returns the first position from message[at:] on at which text[from:to], which contains no
// gap, matches. It returns -1 if there is no such position.
//
// It takes linear time, although each attempt may read a long run of white space or digits. If the
// run is inside the pattern, it is read only in one or two attempts. If the pattern starts with a
// run, only the first byte of a run in the message is tried, because from the others a match would
// have the same end.
func seek(text string, from, to int, message string, at int) int {
	if from == to {
		return at
	}
	c := text[from]
	for i := at; i < len(message); i++ {
		switch {
		case c > ' ':
			if fold(message[i]) != c || from == 0 && !canStart(c, message, i) {
				continue
			}
		case c == numByte:
			if !isDigit(message[i]) || i > at && isDigit(message[i-1]) {
				continue
			}
		default:
			if !isSpace(message[i]) || i > at && isSpace(message[i-1]) {
				continue
			}
		}
		if matchAt(text, from, to, message, i) >= 0 {
			return i
		}
	}
	return -1
}

// canStart reports whether a pattern whose first byte is c can start at message[at:]. If c is a word
// byte, the byte before must not be one.
func canStart(c byte, message string, at int) bool {
	return at == 0 || !isWord(c) || !isWord(message[at-1])
}
