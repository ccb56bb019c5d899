// Growth measures how the time of errspec grows with its input. For each command and
// each kind of table, it creates a table of size n and one of size 4n, and compares the
// CPU times of the command. A ratio of 4 is linear, 16 is quadratic.
//
//	GOWORK=off go run ./growth                    # all cells, 5 rounds
//	GOWORK=off go run ./growth -only 'fmt .*' -n 3
//	GOWORK=off go run ./growth -scale 4           # tables four times as large
//	GOWORK=off go run ./growth -max-ratio 5       # exit status 1 if a ratio is above that, twice
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
)

func main() {
	var err error
	if args := os.Args[1:]; len(args) > 1 && args[0] == measure.Arg {
		err = measure.Here(args[1:])
	} else {
		err = start(args)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
}

func start(args []string) error {
	flags := flag.NewFlagSet("growth", flag.ContinueOnError)
	rounds := flags.Int("n", 5, "rounds of which the median counts")
	scale := flags.Float64("scale", 1, "factor for the sizes of all tables")
	only := flags.String("only", "", "measure the cells whose whole names match this regular expression only")
	maxRatio := flags.Float64("max-ratio", 0, "fail if a ratio is above this, measured a second time as well (0: never)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *scale <= 0 {
		return errors.New("-n and -scale must be positive")
	}
	wanted, err := regexp.Compile("^(?:" + *only + ")$")
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	cells := slices.DeleteFunc(allCells(), func(c cell) bool { return *only != "" && !wanted.MatchString(c.name) })
	if len(cells) == 0 {
		return fmt.Errorf("-only: no cell matches %q", *only)
	}
	dir, err := os.MkdirTemp("", "errspec-bench-growth-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// With one processor, the garbage collector does not use idle processors, which
	// would count as CPU time.
	os.Setenv("GOMAXPROCS", "1")
	w := workshop{dir: dir, scale: *scale}
	if w.errspec, err = measure.Build(filepath.Join(dir, "errspec"), "./cmd/errspec"); err != nil {
		return err
	}
	return w.measureAll(cells, *rounds, *maxRatio)
}

// times is the ratio of the sizes of the two tables of a cell.
const times = 4

// measureAll measures the cells and prints their ratios as Markdown. Cells above
// maxRatio are measured again, because another process may have affected the first
// measurement.
func (w workshop) measureAll(cells []cell, rounds int, maxRatio float64) error {
	fmt.Print("| | n | CPU ms | at 4n | ratio |\n|---|--:|--:|--:|--:|\n")
	var failed []string
	for _, c := range cells {
		runs, err := w.prepare(c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		for attempt := 1; ; attempt++ {
			cpu, err := medians(runs, rounds)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			ratio := float64(cpu[1]) / float64(cpu[0])
			above := maxRatio > 0 && ratio > maxRatio
			if above && attempt == 1 {
				continue
			}
			fmt.Printf("| %s | %d | %.1f | %.1f | %.2f |\n", c.name, w.size(c), ms(cpu[0]), ms(cpu[1]), ratio)
			if above {
				failed = append(failed, fmt.Sprintf("%s: %.2f", c.name, ratio))
			}
			break
		}
		if err := os.RemoveAll(w.cellDir(c)); err != nil {
			return err
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("with %d times the input, these take more than %.2f times as long:\n\t%s", times, maxRatio, strings.Join(failed, "\n\t"))
	}
	return nil
}

// medians returns the median CPU times of both runs, which take turns.
func medians(runs [2]run, rounds int) (cpu [2]time.Duration, err error) {
	var samples [2][]time.Duration
	for range rounds {
		for i, run := range runs {
			d, err := run()
			if err != nil {
				return cpu, err
			}
			samples[i] = append(samples[i], d)
		}
	}
	for i, all := range samples {
		slices.Sort(all)
		cpu[i] = max(measure.Median(all), 1)
	}
	return cpu, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
