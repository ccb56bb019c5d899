// Finding the best phrase of a set that occurs in a message.
//
// A message is read once, at few positions: see [filter]. Phrases that may occur there are compared
// byte by byte. This takes linear time and allocates no memory.

package match

import "math/bits"

// A phraseSet contains phrases in order of precedence.
type phraseSet struct {
	phrases []phrase
	filters []filter
}

// find returns the index of the best phrase that occurs in message, or -1 if none does.
func (s *phraseSet) find(message string) int {
	message = head(message)
	best := len(s.phrases)
	var later candidates
	for i := range s.filters {
		best = s.scan(&s.filters[i], message, best, &later)
	}
	if later.n > 0 {
		best = s.settle(&later, message, best)
	}
	if best == len(s.phrases) {
		return -1
	}
	return best
}

// scan returns the best phrase that f finds in message, or best if none is better. It adds phrases
// that may be better but need a search to later.
func (s *phraseSet) scan(f *filter, message string, best int, later *candidates) int {
	for at := 0; ; {
		start, windows, from := f.next(message, at)
		if windows == nil {
			return best
		}
		at = from
		if f.sorted {
			best = s.narrow(windows, message, start, best, later)
			continue
		}
		for _, w := range windows {
			i := int(w.phrase)
			if i >= best {
				break
			}
			if c := s.phrases[i].text[w.at]; c > ' ' && c != fold(message[start]) {
				continue // true for most of the windows that share a word of the bitmap
			}
			best = s.compare(w, message, start, best, later)
		}
	}
}

// compare returns the phrase of a window at message[start:] if it occurs there and is better than
// best, or best otherwise. It adds the phrase to later if it may be better but needs a search.
func (s *phraseSet) compare(w window, message string, start, best int, later *candidates) int {
	i := int(w.phrase)
	p := &s.phrases[i]
	switch {
	case i >= best || !p.surrounds(int(w.at), message, start):
		return best
	case p.search == nil:
		return i
	}
	later.add(w.phrase)
	return best
}

// surrounds reports whether the text around message[start:] matches the pattern around text[at:]. It
// compares the whole pattern or, if the phrase needs a search, the part between placeholders.
func (p *phrase) surrounds(at int, message string, start int) bool {
	to := len(p.text)
	if p.search != nil {
		for to = at; to < len(p.text) && p.text[to] > gapByte; {
			to++
		}
	}
	return matchAt(p.text, at, to, message, start) >= 0 && endsWith(p.text, at, message, start)
}

// endsWith reports whether message[:at] ends with text[:to]. It reads backwards up to a placeholder.
// If the pattern starts with a word byte, a word must start there in the message.
func endsWith(text string, to int, message string, at int) bool {
	for to--; to >= 0; to-- {
		if text[to] == gapByte {
			return true
		}
		at--
		if at < 0 {
			return false
		}
		switch c := text[to]; {
		case c > ' ':
			if fold(message[at]) != c {
				return false
			}
		case c == numByte:
			return isDigit(message[at])
		case !isSpace(message[at]):
			return false
		default:
			for at > 0 && isSpace(message[at-1]) {
				at--
			}
		}
	}
	return at == 0 || !isWord(text[0]) || !isWord(message[at-1])
}

// settle searches for the phrases of later and returns the best one that occurs, or best if none is
// better. A search reads the whole message, so each phrase is searched at most once.
func (s *phraseSet) settle(later *candidates, message string, best int) int {
	if later.n <= len(later.first) {
		for _, i := range later.first[:later.n] {
			if s.occurs(int(i), message, best) {
				return int(i)
			}
		}
		return best
	}
	for from := 0; from < best; from += candidateBits {
		for word, set := range later.words {
			for ; set != 0; set &= set - 1 {
				if i := from + 64*word + bits.TrailingZeros64(set); s.occurs(i, message, best) {
					return i
				}
			}
		}
	}
	return best
}

// occurs reports whether a phrase that needs a search is better than best and occurs in message.
func (s *phraseSet) occurs(i int, message string, best int) bool {
	if i >= best || s.phrases[i].search == nil {
		return false
	}
	lo, _ := s.phrases[i].search(s.phrases[i].text, message, -1)
	return lo >= 0
}

// candidates is a set of indexes of phrases. It contains the indexes themselves if they are few.
// Otherwise it has one bit for all indexes that are equal modulo candidateBits, which limits its
// size but causes some unnecessary searches in a large phraseSet.
type candidates struct {
	n     int        // number of indexes; at most len(first)+1
	first [32]uint32 // the sorted indexes, if there are at most len(first)
	words [candidateBits / 64]uint64
}

const candidateBits = 1024

func (c *candidates) add(phrase uint32) {
	word, bit := &c.words[phrase%candidateBits/64], uint64(1)<<(phrase%64)
	seen := *word&bit != 0
	*word |= bit
	if c.n > len(c.first) {
		return
	}
	at := c.n
	for at > 0 && c.first[at-1] >= phrase {
		at--
	}
	if seen && at < c.n && c.first[at] == phrase {
		return
	}
	if c.n++; c.n > len(c.first) {
		return
	}
	copy(c.first[at+1:c.n], c.first[at:])
	c.first[at] = phrase
}
