// Finding the few positions of a message at which a phrase may occur.

package match

// A filter finds phrases by their windows. A window is width characters of literal text, in which a
// run of white space is one character. Each phrase has stride windows, which start at consecutive
// characters. Wherever the phrase occurs in a message, one of them starts at a multiple of stride.
// So the filter checks only every stride-th character.
type filter struct {
	width, stride int
	multiplier    uint64   // hashes 8 characters and ignores those after width
	shift         uint     // reduces a hash to the bits that index the bitmap
	bitmap        []uint64 // the hashes of the windows
	heads         []uint32 // the windows of word i of the bitmap are windows[heads[i]:heads[i+1]]
	windows       []window // for each word of the bitmap, in order of precedence or sorted by text
	sorted        bool     // windows are sorted by text, for [phraseSet.narrow]
}

// A window starts at phrases[phrase].text[at:].
type window struct {
	phrase uint32
	at     uint16
}

// wordSize is the number of bytes that a filter checks together. It is at least the width and more
// than the stride.
const wordSize = 8

// lowerCase has the bits that turn letters into lower case. It also makes some other bytes equal,
// but the comparison that follows is exact.
const lowerCase = 0x2020202020202020

// next returns the first position from message[at:] on at which windows may start, these windows,
// and the position to continue at. It returns no windows if there is no such position.
func (f *filter) next(message string, at int) (start int, windows []window, from int) {
	for {
		var word uint64
		word, start = f.skip(message, at)
		if start+f.width > len(message) {
			return start, nil, start
		}
		from = start + f.stride
		if word == 0 {
			word, from = squeeze(message, start, f.stride)
		}
		if h := f.hash(word); f.bitmap[h/64]>>(h%64)&1 != 0 {
			return start, f.windows[f.heads[h/64]:f.heads[h/64+1]], from
		}
		at = from
	}
}

// skip skips positions from message[at:] on at which no window starts. It returns the first other
// position and the word there. It stops and returns the word 0 if the bytes are uneven or fewer than
// a word.
func (f *filter) skip(message string, at int) (word uint64, start int) {
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

// uneven reports whether word may contain white space other than single spaces, so that its bytes
// are not its characters. It also returns true for control characters and " !".
func uneven(word uint64) bool {
	const ones, spaces, tops = 0x0101010101010101, 0x2020202020202020, 0x8080808080808080
	control := (word - spaces) &^ word // the top bit of a byte is set if the byte is below ' '
	space := word ^ spaces
	space = (space - ones) &^ space // the top bit of a byte is set if the byte is ' '
	return (control|space&(space>>8))&tops != 0
}

// squeeze returns the word of the characters at message[at:], and the start of the character that
// is stride characters later.
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
