// Maketable prints a synthetic table, for trying things out on a large one.
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
	full := flag.Bool("full", false, "with all that a table can say of them")
	flag.Parse()
	if *codes < 1 || *codes > tables.Max {
		fmt.Fprintf(os.Stderr, "maketable: -codes: %d is not from 1 to %d\n", *codes, tables.Max)
		os.Exit(2)
	}
	fmt.Print(tables.Synthetic(*codes, *full).YAML)
}
