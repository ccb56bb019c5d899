// Finding the few places of a message at which a phrase may stand.

package match

// A filter finds phrases by their windows: width characters of literal text each, where a run of
// white space is one character. Of each phrase it knows stride windows, which begin at
// consecutive characters. Wherever the phrase stands in a message, one of them begins at a
// multiple of stride, so the filter looks at every stride-th character and at no other.
type filter struct {
	width, stride int
	multiplier    uint64   // hashes 8 characters, of which it ignores those beyond width
	shift         uint     // leaves of a hash the bits that index the bitmap
	bitmap        []uint64 // by hash: whether a window has it
	heads         []uint32 // by word of the bitmap: its windows are windows[heads[i]:heads[i+1]]
	windows       []window // for each word of the bitmap: the better phrases first, unless they are sorted
	sorted        bool     // whether windows are in the order of their text, for [phraseSet.narrow]
}

// A window begins at phrases[phrase].text[at:].
type window struct {
	phrase uint32
	at     uint16
}

// wordSize is how many bytes a filter looks at together: no fewer than its width, and more than
// its stride.
const wordSize = 8

// lowerCase, set in letters, makes them lower case. It makes some other bytes equal too: a filter
// may let through what is no window, and the comparison that follows is exact.
const lowerCase = 0x2020202020202020

// next returns the first place from message[at:] on at which windows may begin, these windows,
// and from where to go on. There are no windows if there is no such place.
func (f *filter) next(message string, at int) (place int, windows []window, from int) {
	for {
		var word uint64
		word, place = f.skip(message, at)
		if place+f.width > len(message) {
			return place, nil, place
		}
		from = place + f.stride
		if word == 0 {
			word, from = squeeze(message, place, f.stride)
		}
		if h := f.hash(word); f.bitmap[h/64]>>(h%64)&1 != 0 {
			return place, f.windows[f.heads[h/64]:f.heads[h/64+1]], from
		}
		at = from
	}
}

// skip passes over places from message[at:] on that are even and no window. It returns the first
// other place and the bytes there, or 0 for them if they are uneven or fewer than a word.
func (f *filter) skip(message string, at int) (word uint64, place int) {
	bitmap, stride, multiplier, shift := f.bitmap, f.stride, f.multiplier, f.shift&63
	for ; at+wordSize <= len(message); at += stride {
		word := load(message, at)
		if uneven(word) {
			return 0, at
		}
		if h := (word | lowerCase) * multiplier >> shift; bitmap[h/64]>>(h%64)&1 != 0 {
			return word, at
		}
	}
	return 0, at
}

func (f *filter) hash(word uint64) uint64 {
	return (word | lowerCase) * f.multiplier >> (f.shift & 63)
}

// load returns the word at s[at:], its first byte lowest.
func load(s string, at int) uint64 {
	s = s[at : at+wordSize]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// uneven reports whether word may hold white space other than single ' ', so that its bytes are
// not its characters. It takes control characters and " !" for such.
func uneven(word uint64) bool {
	const ones, spaces, tops = 0x0101010101010101, 0x2020202020202020, 0x8080808080808080
	control := (word - spaces) &^ word // the top bit of a byte is set if the byte is below ' '
	space := word ^ spaces
	space = (space - ones) &^ space // the top bit of a byte is set if the byte is ' '
	return (control|space&(space>>8))&tops != 0
}

// squeeze returns the word of the characters at message[at:], as many as there are, and where the
// character that is stride further on begins.
func squeeze(message string, at, stride int) (word uint64, from int) {
	from = len(message)
	for i := 0; i < wordSize && at < len(message); i++ {
		if i == stride {
			from = at
		}
		c := message[at]
		if isSpace(c) {
			c, at = ' ', skipSpace(message, at)
		} else {
			at++
		}
		word |= uint64(c) << (8 * i)
	}
	return word, from
}
