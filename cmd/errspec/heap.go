package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection makes the first garbage collection wait until the heap has 16
// MB, in place of 4: few runs come that far, and for those on small tables a
// collection takes longer than most of what they do. Thereafter the collector has its
// usual pace, so that large tables do not take more memory for it. The Go compiler
// does likewise.
func firstCollection() {
	if os.Getenv("GOGC") != "" {
		return // somebody has decided
	}
	usual := debug.SetGCPercent(400)
	type pointer struct{ _ *int } // not allocated together with other objects, as what has no pointers is
	runtime.AddCleanup(new(pointer), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
