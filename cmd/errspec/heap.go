package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// laterCollections is the percentage by which the heap may grow between two garbage
// collections after the first. With the usual 100, generating from a table of 20,000 codes
// takes a sixth more memory, and up to a twentieth less CPU time.
const laterCollections = 70

// firstCollection delays the first garbage collection until the heap has 40 MB instead
// of 4 MB. Few runs reach this size: with a small table, a collection takes longer than
// most of the other work, and without one, a table of 2,000 codes takes an eighth less CPU
// time. The Go compiler does the same.
func firstCollection() {
	if os.Getenv("GOGC") != "" {
		return // set by the user
	}
	debug.SetGCPercent(1000)
	type pointer struct{ _ *int } // a type with a pointer: values without pointers share an allocation
	runtime.AddCleanup(new(pointer), func(percent int) { debug.SetGCPercent(percent) }, laterCollections)
}
