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
	var later phraseBits
	for i := range s.filters {
		best = s.scan(&s.filters[i], message, best, &later)
	}
	if later.any {
		best = s.settle(&later, message, best)
	}
	if best == len(s.phrases) {
		return -1
	}
	return best
}

// scan returns the best phrase that f finds in message, best if none is better, and adds to later
// the phrases that may be better but take a search.
func (s *phraseSet) scan(f *filter, message string, best int, later *phraseBits) int {
	for at := 0; ; {
		place, windows, from := f.next(message, at)
		if windows == nil {
			return best
		}
		for _, w := range windows {
			i := int(w.phrase)
			if i >= best {
				break
			}
			p := &s.phrases[i]
			if c := p.text[w.at]; c > ' ' && c != fold(message[place]) {
				continue // of the windows that share a word of the bitmap, most end here
			}
			if !p.surrounds(int(w.at), message, place) {
				continue
			}
			if p.search == nil {
				best = i
				break
			}
			later.add(i)
		}
		at = from
	}
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
func (s *phraseSet) settle(later *phraseBits, message string, best int) int {
	for from := 0; from < best; from += phraseBitsLen {
		for word, set := range later.words {
			for ; set != 0; set &= set - 1 {
				i := from + 64*word + bits.TrailingZeros64(set)
				if i >= best {
					return best
				}
				p := &s.phrases[i]
				if p.search == nil {
					continue // it only shares the bit
				}
				if lo, _ := p.search(p.text, message, -1); lo >= 0 {
					return i
				}
			}
		}
	}
	return best
}

// phraseBits is a set of indexes of phrases, with one bit for all that are equal modulo
// phraseBitsLen: it is as small for a large phraseSet, which then makes some searches in vain.
type phraseBits struct {
	any   bool
	words [phraseBitsLen / 64]uint64
}

const phraseBitsLen = 1024

func (b *phraseBits) add(i int) {
	b.any = true
	b.words[i%phraseBitsLen/64] |= 1 << (i % 64)
}
