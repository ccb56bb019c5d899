//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// dieOf ends the program by a signal. It returns the exit status if the signal was
// ignored when the program started, as SIGINT is in the background of a script, and
// so cannot end it.
func dieOf(sig os.Signal) int {
	signal.Reset(sig)
	if n, ok := sig.(syscall.Signal); ok && syscall.Kill(os.Getpid(), n) == nil {
		time.Sleep(windUp) // another thread may get it
	}
	return statusOf(sig)
}
