//go:build !unix

package main

import "os"

// endBySignal returns the exit status of a program that a signal ends.
func endBySignal(sig os.Signal) int { return statusOf(sig) }
