// Finding the only key that a value can be.

package lookup

// A lookup is a perfect hash of a table's keys: every key has a slot of its own.
// Which it is takes two steps, since it would take long to find one function that
// sends all keys to different slots: the hash chooses a pilot, and hash and pilot
// the slot.
type lookup struct {
	seed        uint64   // of the hash, so that no two keys have the same
	bucketShift uint     // leaves of a hash the index of its pilot
	slotShift   uint     // leaves of a hash and its pilot, mixed, the index of the slot
	keyBits     uint     // how many bits of a slot are the number of its key
	pilots      []uint16 // small numbers that keep the keys of a bucket off each other and off all others
	slots       []uint32 // the number of a key, and above it what its hash has in these bits
}

// Odd numbers without a pattern: the first bits of the fractions of the golden
// ratio and of the square roots of 2, 3, 5 and 7. In a product with one of them,
// each bit of a word reaches all higher bits.
const (
	mix1 = 0x9e3779b97f4a7c15
	mix2 = 0x6a09e667f3bcc909
	mix3 = 0xbb67ae8584caa73b
	mix4 = 0x3c6ef372fe94f82b
	mix5 = 0xa54ff53a5f1d36f1
)

// candidate returns the number of the only key whose hash can be h, -1 if there
// is none. It is right for every key; for anything else it may be any number, so
// the caller compares.
func (l *lookup) candidate(h uint64) int {
	pilot := l.pilots[h>>(l.bucketShift&63)]
	slot := l.slots[l.slot(h, pilot)]
	if (slot^uint32(h))>>(l.keyBits&31) != 0 {
		return -1
	}
	return int(slot & (1<<(l.keyBits&31) - 1))
}

// slot returns the index of the slot to which a pilot sends a hash.
func (l *lookup) slot(h uint64, pilot uint16) uint64 {
	return (h ^ uint64(pilot)*mix2) * mix1 >> (l.slotShift & 63)
}

// finish lets the high bits of h reach the low ones, and those the high ones. No
// two numbers come out the same.
func finish(h uint64) uint64 { return (h ^ h>>32) * mix1 }
