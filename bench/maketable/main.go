// Maketable prints a synthetic table, for experiments with a large table.
//
//	GOWORK=off go run ./maketable -codes 20000 >large.yaml
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/errspec/errspec/bench/internal/tables"
)

func main() {
	codes := flag.Int("codes", 2000, "number of codes")
	full := flag.Bool("full", false, "use all keys of codes")
	flag.Parse()
	if *codes < 1 || *codes > tables.Max {
		fmt.Fprintf(os.Stderr, "maketable: -codes: invalid value %d: expected 1 to %d\n", *codes, tables.Max)
		os.Exit(2)
	}
	fmt.Print(tables.Synthetic(*codes, *full).YAML)
}
