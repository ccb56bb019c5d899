// Searching a whole message for one pattern.

package match

// plain searches for a pattern without a gap in which no number can run into what follows it. See
// [searchFunc].
func plain(text, message string, want int) (lo, hi int) {
	start := seek(text, 0, len(text), message, 0)
	if start < 0 || want < 0 {
		return start, start
	}
	lo = matchAt(text, 0, want, message, start)
	return lo, matchAt(text, want, want+1, message, lo)
}

// seek returns the first place from message[at:] on at which text[from:to], which holds no gap,
// matches; -1 if there is none.
//
// Time is linear although each try may read a long run of white space or digits: in the middle
// of a pattern, a run of the message is reached from one or two places. Where the pattern begins
// with a run, only the first byte of one is tried: from the others, a match would end alike.
func seek(text string, from, to int, message string, at int) int {
	if from == to {
		return at
	}
	c := text[from]
	for i := at; i < len(message); i++ {
		switch {
		case c > ' ':
			if fold(message[i]) != c || from == 0 && !wordMayBegin(c, message, i) {
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

// wordMayBegin reports whether a pattern whose first byte is c may begin at message[at:]: the byte
// before must not belong to the same word.
func wordMayBegin(c byte, message string, at int) bool {
	return at == 0 || !isWord(c) || !isWord(message[at-1])
}
