//go:build !unix

package main

import "os"

// dieOf returns the exit status of a program that a signal ends.
func dieOf(sig os.Signal) int { return statusOf(sig) }
