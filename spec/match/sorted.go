// Finding phrases among many that share a window.

package match

// narrow compares the windows of a sorted filter. It returns the best phrase that has one of the
// windows at message[start:], or best if none is better, and adds phrases that need a search to
// later.
//
// The windows are sorted by the text from the window on, up to its end or, in phrases that need a
// search, to the next placeholder. Windows that continue like the message are adjacent, so only a
// few of thousands of phrases with the same start are compared.
func (s *phraseSet) narrow(windows []window, message string, start, best int, later *candidates) int {
	return s.narrowFrom(windows, 0, message, start, start, best, later)
}

// narrowFrom is narrow for windows whose first depth bytes match message[start:at].
func (s *phraseSet) narrowFrom(windows []window, depth int, message string, start, at, best int, later *candidates) int {
	for len(windows) > 0 {
		for len(windows) > 0 && s.textAt(windows[0], depth) == 0 {
			best = s.compare(windows[0], message, start, best, later)
			windows = windows[1:]
		}
		if len(windows) == 1 {
			return s.compare(windows[0], message, start, best, later)
		}
		if len(windows) == 0 || at == len(message) {
			return best
		}
		if s.textAt(windows[0], depth) == numByte && isDigit(message[at]) { // numByte sorts before other bytes
			best = s.narrowNumber(s.withByte(windows, depth, numByte), depth+1, message, start, at, best, later)
		}
		c := fold(message[at])
		if at++; isSpace(c) {
			c, at = ' ', skipSpace(message, at)
		}
		windows = s.withByte(windows, depth, c)
		depth++
	}
	return best
}

// narrowNumber is narrowFrom for windows with a number before depth, and a message with a number at
// message[at:]. Phrases that end with a full stop after the number are compared separately, because
// the number must not include that full stop: see numberEnd.
func (s *phraseSet) narrowNumber(windows []window, depth int, message string, start, at, best int, later *candidates) int {
	for _, w := range s.withByte(windows, depth, '.') {
		if s.textAt(w, depth+1) != 0 {
			break
		}
		best = s.compare(w, message, start, best, later)
	}
	return s.narrowFrom(windows, depth, message, start, numberEnd(message, at, false), best, later)
}

// withByte returns the windows with the byte c at depth. The windows must have the same text before
// depth.
func (s *phraseSet) withByte(windows []window, depth int, c byte) []window {
	if s.textAt(windows[0], depth) == c && s.textAt(windows[len(windows)-1], depth) == c {
		return windows
	}
	windows = windows[s.countLess(windows, depth, int(c)):]
	return windows[:s.countLess(windows, depth, int(c)+1)]
}

// countLess returns the number of windows with a byte less than c at depth.
func (s *phraseSet) countLess(windows []window, depth, c int) int {
	low, high := 0, len(windows)
	for low < high {
		if mid := (low + high) / 2; int(s.textAt(windows[mid], depth)) < c {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// textAt returns the byte at depth of the text by which a window is sorted, or 0 after its end.
func (s *phraseSet) textAt(w window, depth int) byte {
	p := &s.phrases[w.phrase]
	i := int(w.at) + depth
	if i >= len(p.text) || p.search != nil && p.text[i] <= gapByte {
		return 0
	}
	return p.text[i]
}
