package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// pythonCells returns the cells of the generated Python package with hostile text of a
// number of bytes, up to 64 KiB for messages and 1 MB for responses. It returns none if
// python3 is not installed.
func pythonCells() []cell {
	python, err := exec.LookPath("python3")
	if err != nil {
		return nil
	}
	var cells []cell
	for _, kind := range []struct {
		name string
		size int
	}{{"classify", 16_000}, {"decode_error", 250_000}, {"str", 250_000}} {
		cells = append(cells, cell{name: "python " + kind.name, size: kind.size, prepare: func(_ workshop, _, _ string, n int) (run, error) {
			return func() (time.Duration, error) { return hostile(python, kind.name, n) }, nil
		}})
	}
	return cells
}

// hostile returns the CPU time of one kind of calls with hostile text of a size.
func hostile(python, kind string, size int) (time.Duration, error) {
	cmd := exec.Command(python, "growth/python/hostile.py", kind, strconv.Itoa(size))
	cmd.Env = append(os.Environ(), "PYTHONPATH=../generated/python", "PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, err
	}
	ns, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("unexpected output %q", out)
	}
	return time.Duration(ns), nil
}
