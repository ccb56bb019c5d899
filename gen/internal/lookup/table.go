package lookup

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// A Table is what generated code has to hold of a perfect hash, field for field
// as the type lookup of the copied files has it.
type Table struct {
	Seed        uint64
	BucketShift uint
	SlotShift   uint
	KeyBits     uint
	Pilots      []uint16
	Slots       []uint32
}

// Texts makes the table of keys that are text. They must differ.
func Texts(keys []string) (Table, error) {
	return build(len(keys), func(i int, seed uint64) uint64 { return hashText(keys[i], seed) })
}

// Numbers makes the table of keys that are numbers. They must differ.
func Numbers(keys []int64) (Table, error) {
	return build(len(keys), func(i int, seed uint64) uint64 { return hashNumber(keys[i], seed) })
}

// maxKeys leaves a slot one bit of a key's hash at least. A table has no more than
// some ten thousand.
const maxKeys = 1<<31 - 1

// maxSeeds bounds how many seeds are tried. Two keys that differ have the same hash
// for one seed in 2^64, so that a second one is for keys that were made to collide.
const maxSeeds = 100

// build makes the table of n keys, given the hash of each for a seed. The same keys
// give the same table, always.
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
		if ok && l.knows(hashes) {
			return Table{
				Seed: l.seed, BucketShift: l.bucketShift, SlotShift: l.slotShift, KeyBits: l.keyBits,
				Pilots: l.pilots, Slots: l.slots,
			}, nil
		}
	}
	return Table{}, errors.New("two keys are the same")
}

// newLookup places keys with these hashes. It fails if two hashes are equal, and
// rarely else.
func newLookup(seed uint64, hashes []uint64) (*lookup, bool) {
	// Between two and four keys share a pilot, and some slots stay free: with
	// fewer, finding the last pilots would take long.
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

// atLeast returns the least power of two that is not below n, nor below 2.
func atLeast(n int) int { return 1 << max(1, bits.Len(uint(max(n, 1)-1))) }

// divide returns the keys of each bucket, the largest bucket first: while most
// slots are free, it is easy to place many keys at once.
func (l *lookup) divide(hashes []uint64) [][]int {
	all := make([][]int, len(l.pilots))
	for i, h := range hashes {
		bucket := h >> l.bucketShift
		all[bucket] = append(all[bucket], i)
	}
	slices.SortStableFunc(all, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return all
}

// place finds a pilot that sends the keys of a bucket to slots of their own.
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

// fits fills chosen with the slots to which a pilot sends keys, and reports
// whether they are free and differ.
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

// knows reports whether each key is found by its hash.
func (l *lookup) knows(hashes []uint64) bool {
	for i, h := range hashes {
		if l.candidate(h) != i {
			return false
		}
	}
	return true
}

// The files that are copied.
const (
	FileFind   = "find.go"
	FileText   = "text.go"
	FileNumber = "number.go"
)

//go:embed find.go text.go number.go
var copied embed.FS

// Source returns a copied file as it stands in this package: a comment, the
// package clause, the rest.
func Source(name string) ([]byte, error) { return copied.ReadFile(name) }
