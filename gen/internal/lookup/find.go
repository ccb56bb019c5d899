// Finding the only candidate for a value.

package lookup

// A lookup is a perfect hash of a table's keys: every key has a different slot.
// Finding one function that maps all keys to different slots would take too long.
// Therefore there are two steps: the hash selects a pilot, and both select the
// slot.
type lookup struct {
	seed        uint64   // of the hash, so that all keys have different hashes
	bucketShift uint     // shifts a hash to the index of its pilot
	slotShift   uint     // shifts the mix of a hash and its pilot to the index of the slot
	keyBits     uint     // number of bits of a slot that contain the number of its key
	pilots      []uint16 // small numbers that map the keys of a bucket to free slots
	slots       []uint32 // number of a key in the low bits, the bits of its hash in the high bits
}

// The constants are odd numbers without a pattern. They are the first bits of the
// fractions of the golden ratio and of the square roots of 2, 3, 5 and 7.
// Multiplying a word by one of them propagates each bit to all higher bits.
const (
	mix1 = 0x9e3779b97f4a7c15
	mix2 = 0x6a09e667f3bcc909
	mix3 = 0xbb67ae8584caa73b
	mix4 = 0x3c6ef372fe94f82b
	mix5 = 0xa54ff53a5f1d36f1
)

// candidate returns the number of the only key whose hash can be h, or -1 if there
// is none. The result is exact for the hash of a key, and arbitrary for other
// hashes. The caller must compare the key.
func (l *lookup) candidate(h uint64) int {
	pilot := l.pilots[h>>(l.bucketShift&63)]
	slot := l.slots[l.slot(h, pilot)]
	if (slot^uint32(h))>>(l.keyBits&31) != 0 {
		return -1
	}
	return int(slot & (1<<(l.keyBits&31) - 1))
}

// slot returns the index of the slot for a hash and its pilot.
func (l *lookup) slot(h uint64, pilot uint16) uint64 {
	return (h ^ uint64(pilot)*mix2) * mix1 >> (l.slotShift & 63)
}

// finish mixes the high bits of h into the low bits, and those into the high bits.
// Different numbers have different results.
func finish(h uint64) uint64 { return (h ^ h>>32) * mix1 }
