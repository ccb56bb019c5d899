// Keys that are text.

package lookup

import "math/bits"

// hashText returns a hash of all bytes of s. For 8 to 32 bytes, the usual length of
// codes, it always reads four words, which may overlap. Branches on the length
// would often be mispredicted. The words are rotated, so that a byte in two words
// does not cancel out.
func hashText(s string, seed uint64) uint64 {
	n := len(s)
	h := uint64(n) * mix5
	switch {
	case n < 8:
		h += (shortWord(s) ^ seed) * mix1
	case n <= 32:
		second, third := min(n-8, 8), max(n-16, 0)
		h += (wordAt(s, 0) ^ seed) * mix1
		h ^= bits.RotateLeft64((wordAt(s, second)^seed)*mix2, 16)
		h ^= bits.RotateLeft64((wordAt(s, third)^seed)*mix3, 32)
		h ^= bits.RotateLeft64((wordAt(s, n-8)^seed)*mix4, 48)
	default:
		for at := 0; at < n-8; at += 8 {
			h = finish(h + (wordAt(s, at)^seed)*mix2)
		}
		h += (wordAt(s, n-8) ^ seed) * mix3
	}
	return finish(h)
}

// sameText reports whether a and b, which have the same hash, are equal. For 8 to
// 32 bytes it compares the words that hashText reads.
func sameText(a, b string) bool {
	n := len(a)
	if n != len(b) {
		return false
	}
	if n < 8 || n > 32 {
		return a == b
	}
	second, third := min(n-8, 8), max(n-16, 0)
	return (wordAt(a, 0)^wordAt(b, 0))|(wordAt(a, second)^wordAt(b, second))|
		(wordAt(a, third)^wordAt(b, third))|(wordAt(a, n-8)^wordAt(b, n-8)) == 0
}

// wordAt returns the eight bytes at s[at:] in little-endian order.
func wordAt(s string, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// shortWord returns the bytes of s, which has fewer than eight, in little-endian
// order.
func shortWord(s string) uint64 {
	var word uint64
	for i := range len(s) {
		word |= uint64(s[i]) << (8 * i)
	}
	return word
}
