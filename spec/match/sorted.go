// Finding phrases among many that share the text at which a filter looks.

package match

// narrow does for a sorted filter what comparing with one window after the other does for others:
// it returns the best phrase that has one of the windows at message[place:], best if none is
// better, and adds to later those that take a search.
//
// The windows are in the order of the text that begins there, up to its end or, in phrases that
// take a search, to the next placeholder. Those that go on as the message does lie together, so
// that of thousands of phrases with the same beginning a few are compared.
func (s *phraseSet) narrow(windows []window, message string, place, best int, later *candidates) int {
	return s.narrowFrom(windows, 0, message, place, place, best, later)
}

// narrowFrom is narrow for windows whose first depth bytes stand in message[place:at].
func (s *phraseSet) narrowFrom(windows []window, depth int, message string, place, at, best int, later *candidates) int {
	for len(windows) > 0 {
		for len(windows) > 0 && s.textAt(windows[0], depth) == 0 {
			best = s.compare(windows[0], message, place, best, later)
			windows = windows[1:]
		}
		if len(windows) == 1 {
			return s.compare(windows[0], message, place, best, later)
		}
		if len(windows) == 0 || at == len(message) {
			return best
		}
		if s.textAt(windows[0], depth) == numByte && isDigit(message[at]) { // other bytes come after it
			best = s.narrowNumber(s.goingOn(windows, depth, numByte), depth+1, message, place, at, best, later)
		}
		c := fold(message[at])
		if at++; isSpace(c) {
			c, at = ' ', skipSpace(message, at)
		}
		windows = s.goingOn(windows, depth, c)
		depth++
	}
	return best
}

// narrowNumber is narrowFrom for windows with a number before depth, where message has one. Where
// a full stop ends the phrase, the number may leave one to it: see numberEnd.
func (s *phraseSet) narrowNumber(windows []window, depth int, message string, place, at, best int, later *candidates) int {
	for _, w := range s.goingOn(windows, depth, '.') {
		if s.textAt(w, depth+1) != 0 {
			break
		}
		best = s.compare(w, message, place, best, later)
	}
	return s.narrowFrom(windows, depth, message, place, numberEnd(message, at, false), best, later)
}

// goingOn returns the windows that have the byte c at depth. All of them have the same before it.
func (s *phraseSet) goingOn(windows []window, depth int, c byte) []window {
	if s.textAt(windows[0], depth) == c && s.textAt(windows[len(windows)-1], depth) == c {
		return windows
	}
	windows = windows[s.below(windows, depth, int(c)):]
	return windows[:s.below(windows, depth, int(c)+1)]
}

// below returns how many of the windows have a lower byte than c at depth.
func (s *phraseSet) below(windows []window, depth, c int) int {
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

// textAt returns the byte of a window's phrase that is depth bytes behind the window's first one, 0
// where the text by which windows are sorted has ended.
func (s *phraseSet) textAt(w window, depth int) byte {
	p := &s.phrases[w.phrase]
	i := int(w.at) + depth
	if i >= len(p.text) || p.search != nil && p.text[i] <= gapByte {
		return 0
	}
	return p.text[i]
}
