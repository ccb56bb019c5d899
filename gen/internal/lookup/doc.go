// Package lookup finds the index of a code among thousands. It creates static
// perfect hashes and contains the functions that generated packages use to search
// them.
//
// [Texts] and [Numbers] create a [Table]. The files that [Source] returns are copied
// into generated packages. They require only Go 1.22 and no initialization. The
// generator calls the functions that it copies, so that a table is always consistent
// with them.
//
// # Why not a switch, or a map
//
// The compiler implements a switch as a binary search. That is fast if a benchmark
// loops over a few keys. With 260 keys in random order, as errors occur, most
// branches are mispredicted. Compiling a switch of 20,000 keys takes more than half a
// minute. A map is filled when the program starts.
package lookup
