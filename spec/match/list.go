// Matching of a message with a short list of phrases.

package match

// A phraseList is a short list of phrases, in order of precedence.
type phraseList struct {
	starts  [16]uint64 // the values of startHash of the patterns
	phrases []phrase
}

// find returns the index of the first phrase in order of precedence that occurs in message and whose
// owner is between low and high, or -1.
//
// The first four bytes of most phrases are literal. They occur at few positions of a message.
func (l *phraseList) find(message string, low, high int) int {
	message = head(message)
	best := len(l.phrases)
	//errspec:if searches
	best = min(best, l.searched(message, low, high))
	//errspec:end
	for at := 0; at+4 <= len(message); at++ {
		if h := startHash(message[at : at+4]); l.starts[h/64]>>(h%64)&1 != 0 {
			best = l.findAt(message, at, low, high, best)
		}
	}
	if best == len(l.phrases) {
		return -1
	}
	return best
}

// startHash returns a hash of four bytes, less than 1024. It ignores the case of letters.
func startHash(s string) uint32 {
	four := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return (four | 0x20202020) * 0x9e3779b1 >> 22
}

// findAt returns the best phrase that starts at message[at:], or best if none is better. Phrases
// start at the start of a word.
func (l *phraseList) findAt(message string, at, low, high, best int) int {
	if at > 0 && isWord(message[at-1]) {
		return best
	}
	for i := range l.phrases[:best] {
		p := &l.phrases[i]
		//errspec:if searches
		if p.search != nil {
			continue
		}
		//errspec:end
		if low <= p.owner && p.owner <= high && matchAt(p.text, 0, len(p.text), message, at) >= 0 {
			return i
		}
	}
	return best
}

//errspec:if searches

// searched returns the best of the phrases that have a search, because they start otherwise. It
// returns len(l.phrases) if none of them occurs.
func (l *phraseList) searched(message string, low, high int) int {
	for i := range l.phrases {
		p := &l.phrases[i]
		if p.search == nil || p.owner < low || p.owner > high {
			continue
		}
		if lo, _ := p.search(p.text, message, -1); lo >= 0 {
			return i
		}
	}
	return len(l.phrases)
}

//errspec:end
