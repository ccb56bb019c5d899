// Command errspec turns a YAML table of error codes into a Go package and
// reference pages. Run errspec help for its commands.
package main

import (
	"context"
	"os"
)

func main() {
	if isVetTool(os.Args[1:]) {
		runVetTool(os.Args[1:]) // never returns
	}
	firstCollection()
	os.Exit(interruptible(func(ctx context.Context) int {
		return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	}))
}
