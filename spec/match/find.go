// Which of a set's phrases a message chooses.
//
// A message is read once, at few places: see [filter]. What may be a phrase there is compared
// with it byte by byte. Time is linear in the message, whatever it holds, and no memory is
// allocated.

package match

import "math/bits"

// A phraseSet holds the phrases among which a message chooses, the better choice first.
type phraseSet struct {
	phrases []phrase
	filters []filter
}

// find returns the index of the best phrase that occurs in message, -1 if none does.
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

// scan returns the best phrase that f finds in message, best if none is better, and adds to later
// the phrases that may be better but take a search.
func (s *phraseSet) scan(f *filter, message string, best int, later *candidates) int {
	for at := 0; ; {
		place, windows, from := f.next(message, at)
		if windows == nil {
			return best
		}
		at = from
		if f.sorted {
			best = s.narrow(windows, message, place, best, later)
			continue
		}
		for _, w := range windows {
			i := int(w.phrase)
			if i >= best {
				break
			}
			if c := s.phrases[i].text[w.at]; c > ' ' && c != fold(message[place]) {
				continue // of the windows that share a word of the bitmap, most end here
			}
			best = s.compare(w, message, place, best, later)
		}
	}
}

// compare returns the phrase of a window at message[place:] if it occurs there and is better than
// best, else best. It adds the phrase to later if it may be better but takes a search.
func (s *phraseSet) compare(w window, message string, place, best int, later *candidates) int {
	i := int(w.phrase)
	p := &s.phrases[i]
	switch {
	case i >= best || !p.surrounds(int(w.at), message, place):
		return best
	case p.search == nil:
		return i
	}
	later.add(w.phrase)
	return best
}

// surrounds reports whether what stands around text[at:] stands around message[place:]: all of the
// pattern or, if the phrase takes a search, all up to the next placeholders.
func (p *phrase) surrounds(at int, message string, place int) bool {
	to := len(p.text)
	if p.search != nil {
		for to = at; to < len(p.text) && p.text[to] > gapByte; {
			to++
		}
	}
	return matchAt(p.text, at, to, message, place) >= 0 && endsWith(p.text, at, message, place)
}

// endsWith reports whether message[:at] ends with text[:to], reading backwards and no further
// than a placeholder. Where the pattern begins with a word, so must the message's.
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

// settle searches for the phrases of later and returns the best that occurs, best if none is
// better. A search reads the whole message, so there is one for each phrase at most.
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

// occurs reports whether a phrase that takes a search is better than best and occurs in message.
func (s *phraseSet) occurs(i int, message string, best int) bool {
	if i >= best || s.phrases[i].search == nil {
		return false
	}
	lo, _ := s.phrases[i].search(s.phrases[i].text, message, -1)
	return lo >= 0
}

// candidates is a set of indexes of phrases: all of them as long as they are few and, with one bit
// for all that are equal modulo candidateBits, as many as there may be. It is as small for a large
// phraseSet, which then makes some searches in vain.
type candidates struct {
	n     int        // how many there are; beyond len(first), some are counted again
	first [32]uint32 // sorted, if n is not more
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
