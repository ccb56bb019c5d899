//go:build unix

package input

import (
	"os"
	"syscall"
)

// openNow opens a file for reading without waiting. It does not make a terminal the
// controlling terminal.
func openNow(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
}
