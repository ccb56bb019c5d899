//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// endBySignal ends the program by a signal. It returns the exit status if the signal was
// ignored when the program started, and so cannot end it. An example is SIGINT in the
// background of a script.
func endBySignal(sig os.Signal) int {
	signal.Reset(sig)
	if n, ok := sig.(syscall.Signal); ok && syscall.Kill(os.Getpid(), n) == nil {
		time.Sleep(gracePeriod) // another thread may get it
	}
	return statusOf(sig)
}
