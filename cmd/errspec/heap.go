package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection delays the first garbage collection until the heap has 16 MB instead
// of 4 MB. Few runs reach this size, and with a small table a collection takes longer
// than most of the other work. After the first collection, the usual settings apply, so
// that large tables do not need more memory. The Go compiler does the same.
func firstCollection() {
	if os.Getenv("GOGC") != "" {
		return // set by the user
	}
	usual := debug.SetGCPercent(400)
	type pointer struct{ _ *int } // a type with a pointer: values without pointers share an allocation
	runtime.AddCleanup(new(pointer), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
