// Checks measures the time of errspec lint and errspec breaking relative to their
// minimum: yaml.v3 decoding the same table into nodes. All are whole processes, which
// take turns.
//
//	GOWORK=off go run ./checks                  # 20,000 codes
//	GOWORK=off go run ./checks -codes 260
//	GOWORK=off go run ./checks -max-ratio 3     # exit status 1 if lint takes longer than that
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/bench/internal/measure"
	"github.com/errspec/errspec/bench/internal/tables"
)

// parseArg is the argument that makes this program only parse a table.
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
		fmt.Fprintln(os.Stderr, "checks:", err)
		os.Exit(1)
	}
}

// parse decodes a table into nodes, like errspec.
func parse(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var node yaml.Node
	return yaml.Unmarshal(data, &node)
}

func start(args []string) error {
	flags := flag.NewFlagSet("checks", flag.ContinueOnError)
	rounds := flags.Int("n", 9, "rounds to count, after the warm-up")
	size := flags.Int("codes", tables.Max, "codes of the table")
	maxRatio := flags.Float64("max-ratio", 0, "fail when lint takes more than this times the parsing (0: never)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *size < 1 || *size > tables.Max {
		return fmt.Errorf("-n must be at least 1, and -codes from 1 to %d", tables.Max)
	}
	dir, err := os.MkdirTemp("", "errspec-bench-checks-")
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

// A contender is a measured command line.
type contender struct {
	name    string
	command []string
}

// prepare writes a table and a later version of it, builds errspec, and returns the
// contenders, the parsing first.
func prepare(dir string, size int) ([]contender, error) {
	table, later := filepath.Join(dir, "synthetic.yaml"), filepath.Join(dir, "later.yaml")
	text := tables.Synthetic(size, true).YAML
	if err := os.WriteFile(table, []byte(text), 0o644); err != nil {
		return nil, err
	}
	changed := strings.Replace(text, "automatic: true", "automatic: false", 1) + "    x-note: new\n"
	if err := os.WriteFile(later, []byte(changed), 0o644); err != nil {
		return nil, err
	}
	command, err := measure.Build(filepath.Join(dir, "errspec"), "./cmd/errspec")
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	return []contender{
		{"yaml.v3, into nodes", []string{self, parseArg, table}},
		{"errspec lint", []string{command, "lint", table, "--format", "line"}},
		{"errspec breaking, two tables", []string{command, "breaking", later, "--against", table, "--allow", "major", "--format", "line"}},
	}, err
}

func compare(all []contender, rounds, size int, maxRatio float64) error {
	samples := make([][]measure.Sample, len(all))
	for round := range warmUps + rounds {
		for i, c := range all {
			s, err := measure.Run(".", c.command)
			if err != nil {
				return err
			}
			if round >= warmUps {
				samples[i] = append(samples[i], s)
			}
		}
	}
	fmt.Printf("%d codes, medians of %d rounds\n\n| | wall ms | CPU ms | peak MiB | wall / parsing | CPU / parsing |\n|---|--:|--:|--:|--:|--:|\n", size, rounds)
	wall, cpu := make([]float64, len(all)), make([]float64, len(all))
	for i, c := range all {
		wall[i] = ms(measure.Median(measure.Sorted(samples[i], func(s measure.Sample) time.Duration { return s.Wall })))
		cpu[i] = ms(measure.Median(measure.Sorted(samples[i], func(s measure.Sample) time.Duration { return s.CPU })))
		peak := measure.Median(measure.Sorted(samples[i], func(s measure.Sample) int64 { return s.Peak }))
		fmt.Printf("| %s | %.0f | %.0f | %d | %.2f | %.2f |\n", c.name, wall[i], cpu[i], peak>>20, wall[i]/wall[0], cpu[i]/cpu[0])
	}
	if ratio := wall[1] / wall[0]; maxRatio > 0 && ratio > maxRatio {
		return fmt.Errorf("lint takes %.2f times the parsing, more than %.2f", ratio, maxRatio)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
