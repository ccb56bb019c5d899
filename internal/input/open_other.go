//go:build !unix

package input

import "os"

// openNow opens a file for reading. Opening does not wait on these systems.
func openNow(name string) (*os.File, error) { return os.Open(name) }
