package lookup

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// A Table contains the fields of the type lookup in the copied files.
type Table struct {
	Seed        uint64
	BucketShift uint
	SlotShift   uint
	KeyBits     uint
	Pilots      []uint16
	Slots       []uint32
}

// Texts creates the table of keys that are text. The keys must be unique.
func Texts(keys []string) (Table, error) {
	return build(len(keys), func(i int, seed uint64) uint64 { return hashText(keys[i], seed) })
}

// Numbers creates the table of keys that are numbers. The keys must be unique.
func Numbers(keys []int64) (Table, error) {
	return build(len(keys), func(i int, seed uint64) uint64 { return hashNumber(keys[i], seed) })
}

// maxKeys leaves at least one bit of a slot for the hash. Real tables have at most
// some ten thousand keys.
const maxKeys = 1<<31 - 1

// maxSeeds limits the number of seeds. Two different keys have equal hashes for one
// seed in 2^64, so that a second seed is only necessary for keys that were
// constructed to collide.
const maxSeeds = 100

// build creates the table of n keys. hash returns the hash of a key for a seed. The
// result depends only on the keys.
func build(n int, hash func(i int, seed uint64) uint64) (Table, error) {
	if n > maxKeys {
		return Table{}, fmt.Errorf("%d keys are too many", n)
	}
	hashes := make([]uint64, n)
	for attempt := range uint64(maxSeeds) {
		seed := finish(attempt * mix4)
		for i := range hashes {
			hashes[i] = hash(i, seed)
		}
		l, ok := newLookup(seed, hashes)
		if ok && l.finds(hashes) {
			return Table{
				Seed: l.seed, BucketShift: l.bucketShift, SlotShift: l.slotShift, KeyBits: l.keyBits,
				Pilots: l.pilots, Slots: l.slots,
			}, nil
		}
	}
	return Table{}, errors.New("duplicate key")
}

// newLookup creates the lookup for keys with these hashes. It fails if two hashes
// are equal, and rarely for other reasons.
func newLookup(seed uint64, hashes []uint64) (*lookup, bool) {
	// Two to four keys share a pilot, and some slots remain free. Otherwise,
	// finding the last pilots would take too long.
	buckets := atLeast(len(hashes) / 4)
	slots := atLeast(len(hashes) + len(hashes)/32)
	l := &lookup{
		seed:        seed,
		bucketShift: uint(64 - bits.TrailingZeros(uint(buckets))),
		slotShift:   uint(64 - bits.TrailingZeros(uint(slots))),
		keyBits:     uint(bits.Len(uint(len(hashes)))),
		pilots:      make([]uint16, buckets),
		slots:       make([]uint32, slots),
	}
	taken := make([]bool, slots)
	for _, keys := range l.divide(hashes) {
		if !l.place(keys, hashes, taken) {
			return nil, false
		}
	}
	return l, true
}

// atLeast returns the smallest power of two that is at least n and at least 2.
func atLeast(n int) int { return 1 << max(1, bits.Len(uint(max(n, 1)-1))) }

// divide returns the keys of each bucket, starting with the largest bucket: many
// keys fit easily only while most slots are free.
func (l *lookup) divide(hashes []uint64) [][]int {
	all := make([][]int, len(l.pilots))
	for i, h := range hashes {
		bucket := h >> l.bucketShift
		all[bucket] = append(all[bucket], i)
	}
	slices.SortStableFunc(all, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return all
}

// place finds a pilot that maps the keys of a bucket to free slots.
func (l *lookup) place(keys []int, hashes []uint64, taken []bool) bool {
	if len(keys) == 0 {
		return true
	}
	chosen := make([]uint64, len(keys))
	for pilot := range 1 << 16 {
		if !l.fits(chosen, keys, hashes, uint16(pilot), taken) {
			continue
		}
		l.pilots[hashes[keys[0]]>>l.bucketShift] = uint16(pilot)
		for i, key := range keys {
			taken[chosen[i]] = true
			l.slots[chosen[i]] = uint32(hashes[key])>>l.keyBits<<l.keyBits | uint32(key)
		}
		return true
	}
	return false
}

// fits writes the slots of keys for a pilot to chosen. It reports whether they are
// free and different.
func (l *lookup) fits(chosen []uint64, keys []int, hashes []uint64, pilot uint16, taken []bool) bool {
	for i, key := range keys {
		slot := l.slot(hashes[key], pilot)
		if taken[slot] || slices.Contains(chosen[:i], slot) {
			return false
		}
		chosen[i] = slot
	}
	return true
}

// finds reports whether each key is found by its hash.
func (l *lookup) finds(hashes []uint64) bool {
	for i, h := range hashes {
		if l.candidate(h) != i {
			return false
		}
	}
	return true
}

// The names of the copied files.
const (
	FileFind   = "find.go"
	FileText   = "text.go"
	FileNumber = "number.go"
)

//go:embed find.go text.go number.go
var copied embed.FS

// Source returns a copied file as in this package: a comment, the package clause,
// the code.
func Source(name string) ([]byte, error) { return copied.ReadFile(name) }
