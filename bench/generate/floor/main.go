// Floor reads a table and writes files of given sizes: a run of errspec without its work.
// Each line of the list has a size in bytes and a path.
//
//	floor table.yaml list.txt
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(table, list string) error {
	if _, err := os.ReadFile(table); err != nil {
		return err
	}
	files, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(files)) {
		var size int
		var path string
		if _, err := fmt.Sscan(line, &size, &path); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, make([]byte, size), 0o666); err != nil {
			return err
		}
	}
	return nil
}
