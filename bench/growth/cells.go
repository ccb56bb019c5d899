package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
	"github.com/errspec/errspec/bench/internal/tables"
	"github.com/errspec/errspec/spec/match"
)

// A run executes the measured operation once and returns its CPU time.
type run func() (time.Duration, error)

// A cell is an operation on a kind of table.
type cell struct {
	name  string // "lint codes"
	size  int    // n
	shape tables.Shape
	// prepare returns the run for a table of a size, whose directories later and earlier
	// contain two versions, or for a response of a size if the cell has no shape.
	prepare func(w workshop, later, earlier string, size int) (run, error)
}

// A workshop contains the tables and the measured command.
type workshop struct {
	dir     string
	errspec string // the command
	scale   float64
}

func (w workshop) size(c cell) int { return max(1, int(float64(c.size)*w.scale)) }

func (w workshop) cellDir(c cell) string { return filepath.Join(w.dir, "tables", c.shape.Name) }

// sizes contains the n of each kind of table. With it, lint takes about ten times as
// long as starting the program.
var sizes = map[string]int{
	"codes": 4000, "subtypes": 3000, "aliases": 20000, "former": 10000, "comments": 30000, "includes": 1000, "prose": 6000,
	"shared-start": 2500, "misspelled": 4000,
}

// allCells returns the cells: the commands that run for every change of a table, for
// everything that a table may have many of, and operations that were slow before.
func allCells() []cell {
	var cells []cell
	for _, shape := range tables.Shapes() {
		c := cell{size: sizes[shape.Name], shape: shape}
		for _, name := range commandsFor(shape.Name) {
			c.name, c.prepare = name+" "+shape.Name, commands[name]
			cells = append(cells, c)
		}
	}
	return append(append(cells, responseCells()...), pythonCells()...)
}

// commandsFor returns the measured commands for a kind of table.
func commandsFor(shape string) []string {
	switch shape {
	case "misspelled":
		return []string{"lint", "fmt"}
	case "former":
		return []string{"generate", "breaking"}
	case "shared-start":
		return []string{"lint", "generate", "breaking", "message"}
	}
	return []string{"lint", "fmt", "generate", "breaking"}
}

// commands contains the measured commands by name.
var commands = map[string]func(w workshop, later, earlier string, size int) (run, error){
	"lint": func(w workshop, later, _ string, _ int) (run, error) {
		return w.command(later, "lint", tables.File), nil
	},
	"fmt": func(w workshop, later, _ string, _ int) (run, error) {
		return w.command(later, "fmt", "--check"), nil // all files of the table in errspec.yaml
	},
	"generate": func(w workshop, later, _ string, _ int) (run, error) {
		return w.command(later, "generate", "--table", tables.File, "--go", "grown", "--markdown", "page.md", "--html", "page.html"), nil
	},
	"breaking": func(w workshop, later, earlier string, _ int) (run, error) {
		return w.command(later, "breaking", tables.File, "--against", filepath.Join(earlier, tables.File)), nil
	},
	"message": func(_ workshop, _, _ string, size int) (run, error) { return messages(size) },
}

// command returns the run of an errspec command in a directory. Findings are not a
// failure.
func (w workshop) command(dir string, args ...string) run {
	return func() (time.Duration, error) {
		s, err := measure.RunStatus(dir, append([]string{w.errspec}, args...))
		if err == nil && s.Status > 1 {
			err = fmt.Errorf("%q: exit status %d", args, s.Status)
		}
		return s.CPU, err
	}
}

// prepare writes the tables of a cell, unless they exist, and returns the runs for both
// sizes.
func (w workshop) prepare(c cell) (runs [2]run, err error) {
	for i, size := range []int{w.size(c), times * w.size(c)} {
		var dirs [2]string
		for j, state := range []string{"later", "earlier"} {
			if c.shape.Make == nil {
				break
			}
			dirs[j] = filepath.Join(w.cellDir(c), fmt.Sprint(size), state)
			if err := write(dirs[j], c.shape.Make(size, state == "later")); err != nil {
				return runs, err
			}
		}
		if runs[i], err = c.prepare(w, dirs[0], dirs[1], size); err != nil {
			return runs, err
		}
	}
	return runs, nil
}

func write(dir string, files map[string]string) error {
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const messagesAsked = 100_000

// messages returns a run that matches [messagesAsked] messages with phrases that have
// the same start. Some messages contain a phrase, and some only its start.
func messages(phrases int) (run, error) {
	var entries []match.Entry
	var texts []string
	for i := range phrases {
		text := fmt.Sprintf(tables.SharedStart, tables.Word(i))
		p, err := match.Parse(match.Derive(text))
		if err != nil {
			return nil, err
		}
		entries = append(entries, match.Entry{Phrase: p})
		texts = append(texts, "Upstream error: "+text+". The task was not charged.", text+"x, and no phrase")
	}
	set, err := match.Compile(entries)
	if err != nil {
		return nil, err
	}
	return func() (time.Duration, error) {
		start := cpuTime()
		for i := range messagesAsked { // the same number at both sizes, from all parts of the list
			i = i * 7919 % len(texts)
			if _, ok := set.Find(texts[i]); ok != (i%2 == 0) {
				return 0, fmt.Errorf("Find(%q): %v", texts[i], ok)
			}
		}
		return cpuTime() - start, nil
	}, nil
}

// cpuTime returns the CPU time of the process.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
