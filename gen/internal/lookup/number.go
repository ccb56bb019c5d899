// Keys that are numbers.

package lookup

// hashNumber returns a hash of n. Different numbers have different hashes.
func hashNumber(n int64, seed uint64) uint64 {
	return finish((uint64(n) ^ seed) * mix3)
}
