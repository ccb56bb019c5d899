// Lint times errspec lint against what it cannot do without: yaml.v3 reading the
// same table into nodes. Both are whole processes, run in turn.
//
//	GOWORK=off go run ./lint                  # 20,000 codes
//	GOWORK=off go run ./lint -codes 260
//	GOWORK=off go run ./lint -max-ratio 3     # exit status 1 if lint takes longer than that
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/bench/internal/measure"
	"github.com/errspec/errspec/bench/internal/tables"
)

// parseArg makes the program the process that only parses.
const parseArg = "-parse-only"

const warmUps = 2

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) > 1 && args[0] == measure.Arg:
		err = measure.Here(args[1:])
	case len(args) == 2 && args[0] == parseArg:
		err = parse(args[1])
	default:
		err = start(args)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "lint:", err)
		os.Exit(1)
	}
}

// parse reads a table into nodes, as errspec does.
func parse(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var node yaml.Node
	return yaml.Unmarshal(data, &node)
}

func start(args []string) error {
	flags := flag.NewFlagSet("lint", flag.ContinueOnError)
	rounds := flags.Int("n", 9, "rounds to count, after the warm-up")
	size := flags.Int("codes", tables.Max, "codes of the table")
	maxRatio := flags.Float64("max-ratio", 0, "fail when lint takes more than this times the parsing (0: never)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *size < 1 || *size > tables.Max {
		return fmt.Errorf("-n is at least 1, -codes from 1 to %d", tables.Max)
	}
	dir, err := os.MkdirTemp("", "errspec-bench-lint-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	commands, err := prepare(dir, *size)
	if err != nil {
		return err
	}
	return compare(commands, *rounds, *size, *maxRatio)
}

// prepare writes the table, builds errspec and returns the two command lines.
func prepare(dir string, size int) ([2][]string, error) {
	var commands [2][]string
	table := filepath.Join(dir, "synthetic.yaml")
	if err := os.WriteFile(table, []byte(tables.Synthetic(size, true).YAML), 0o644); err != nil {
		return commands, err
	}
	command := filepath.Join(dir, "errspec")
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/errspec/errspec").Output()
	if err != nil {
		return commands, err
	}
	build := exec.Command("go", "build", "-o", command, "./cmd/errspec")
	build.Dir, build.Env, build.Stderr = strings.TrimSpace(string(root)), append(os.Environ(), "GOWORK=off"), os.Stderr
	if err := build.Run(); err != nil {
		return commands, err
	}
	self, err := os.Executable()
	return [2][]string{{self, parseArg, table}, {command, "lint", table, "--format", "line"}}, err
}

func compare(commands [2][]string, rounds, size int, maxRatio float64) error {
	var samples [2][]measure.Sample
	for round := range warmUps + rounds {
		for i, args := range commands {
			s, err := measure.Run(".", args)
			if err != nil {
				return err
			}
			if round >= warmUps {
				samples[i] = append(samples[i], s)
			}
		}
	}
	fmt.Printf("%d codes, medians of %d rounds\n\n| | wall ms | CPU ms | peak MiB |\n|---|--:|--:|--:|\n", size, rounds)
	var wall, cpu [2]float64
	for i, name := range []string{"yaml.v3, into nodes", "errspec lint"} {
		wall[i] = ms(measure.Median(measure.Sorted(samples[i], func(s measure.Sample) time.Duration { return s.Wall })))
		cpu[i] = ms(measure.Median(measure.Sorted(samples[i], func(s measure.Sample) time.Duration { return s.CPU })))
		peak := measure.Median(measure.Sorted(samples[i], func(s measure.Sample) int64 { return s.Peak }))
		fmt.Printf("| %s | %.0f | %.0f | %d |\n", name, wall[i], cpu[i], peak>>20)
	}
	ratio := wall[1] / wall[0]
	fmt.Printf("| ratio | %.2f | %.2f | |\n", ratio, cpu[1]/cpu[0])
	if maxRatio > 0 && ratio > maxRatio {
		return fmt.Errorf("lint takes %.2f times the parsing, more than %.2f", ratio, maxRatio)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
