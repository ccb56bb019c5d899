// Package lookup finds the place of a code among thousands: it makes static
// perfect hashes and is what generated packages look into them with.
//
// [Texts] and [Numbers] make a [Table]. The files that [Source] returns are
// copied into generated packages; they need nothing but Go 1.22 and have nothing to
// initialise. The generator calls the very functions that it copies, so a table
// cannot disagree with them.
//
// # Why not a switch, or a map
//
// The compiler makes a binary search of a switch. It is fast on the few keys that
// a loop of a benchmark asks for; of 260 keys in random order, as errors come, it
// predicts hardly any branch, and a switch of 20,000 takes the compiler more than
// half a minute. A map is filled when the program starts.
package lookup
