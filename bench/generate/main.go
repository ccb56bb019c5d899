// Generate measures the time that errspec and similar tools take to generate code, as
// whole processes with the same input.
//
// It builds every tool, writes the same codes in the input format of each, runs the
// tools in random order in each round, and prints the results as Markdown. errspec does
// more than the others: it also validates its table, generates decisions on retries and
// writes the documentation.
//
//	GOWORK=off go run ./generate                        # the table of 79 codes
//	GOWORK=off go run ./generate -codes 79,260,2000     # and synthetic ones
//	GOWORK=off go run ./generate -max-ratio 0.15        # exit status 1 if errspec takes longer than that
//	GOWORK=off go run ./generate -compile -codes 260    # measure the compiler with the generated code
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/bench/internal/measure"
	"github.com/errspec/errspec/bench/internal/tables"
)

// warmUps is the number of rounds that are not counted. They fill the caches of the
// file system and of the go command, which some tools start.
const warmUps = 2

func main() {
	if err := start(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func start(args []string) error {
	if len(args) > 1 && args[0] == measure.Arg {
		return measure.Here(args[1:])
	}
	o, err := parse(args)
	if err != nil {
		return err
	}
	return run(o, os.Stdout)
}

type options struct {
	rounds   int
	sizes    []int
	tools    []tool
	full     bool
	compile  bool
	maxRatio float64 // 0: no limit
}

func parse(args []string) (options, error) {
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	rounds := flags.Int("n", 15, "rounds to count, after the warm-up")
	sizes := flags.String("codes", "79", "numbers of codes, comma-separated; 79 is the EvoLink table, others are synthetic")
	full := flags.Bool("full", false, "give errspec all that a table can say of the codes, the others have only names")
	withClients := flags.Bool("clients", false, "also time errspec with the TypeScript module and the Python package")
	compile := flags.Bool("compile", false, "measure the compiler with the generated code instead of the tools")
	names := flags.String("tools", strings.Join(toolNames(), ","), "tools to time, comma-separated")
	maxRatio := flags.Float64("max-ratio", 0, "fail when errspec's median is more than this times stringer's")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	o := options{rounds: *rounds, full: *full, compile: *compile, maxRatio: *maxRatio}
	if o.rounds < 1 {
		return o, errors.New("-n must be at least 1")
	}
	for _, s := range strings.Split(*sizes, ",") {
		size, err := strconv.Atoi(s)
		if err != nil || size < 1 || size > tables.Max {
			return o, fmt.Errorf("-codes: invalid value %q: expected a number from 1 to %d", s, tables.Max)
		}
		o.sizes = append(o.sizes, size)
	}
	for _, name := range strings.Split(*names, ",") {
		if !slices.Contains(toolNames(), name) {
			return o, fmt.Errorf("-tools: unknown tool %q; use %s", name, strings.Join(toolNames(), ", "))
		}
		o.tools = append(o.tools, toolNamed(name))
	}
	if *withClients {
		o.tools = append(o.tools, toolNamed(clients))
	}
	return o, nil
}

func run(o options, stdout io.Writer) error {
	bench, err := benchDir()
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "errspec-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	built, err := build(o.tools, bench, filepath.Join(temp, "bin"))
	if err != nil {
		return err
	}
	if err := printMachine(stdout, o.rounds); err != nil {
		return err
	}
	for _, size := range o.sizes {
		t, err := tables.Of(size, o.full, filepath.Dir(bench))
		if err != nil {
			return err
		}
		results, err := timeAll(built, t, o.rounds, o.compile, filepath.Join(temp, strconv.Itoa(size)))
		if err != nil {
			return fmt.Errorf("%d codes: %w", size, err)
		}
		printResults(stdout, t, results)
		if err := checkRatio(results, o.maxRatio); err != nil {
			return fmt.Errorf("%d codes: %w", size, err)
		}
	}
	return nil
}

// benchDir returns the directory of this module.
func benchDir() (string, error) {
	out, err := goCommand("", "list", "-m", "-f", "{{.Path}}\t{{.Dir}}").Output()
	path, dir, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
	if err != nil || path != "github.com/errspec/errspec/bench" {
		return "", errors.New("run this in the directory bench of the repository")
	}
	return dir, nil
}

// goCommand returns a go command outside the workspace.
func goCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	return cmd
}

// timeAll runs every tool with one table, taking turns.
func timeAll(built []builtTool, t tables.Table, rounds int, compile bool, work string) ([]result, error) {
	if err := os.MkdirAll(work, 0o777); err != nil {
		return nil, err
	}
	if err := writeFile(work, "go.mod", "module example.com/bench\n\ngo 1.25\n"); err != nil {
		return nil, err
	}
	if err := listFloor(built, t, work); err != nil {
		return nil, err
	}
	results := make([]result, len(built))
	for round := range warmUps + rounds {
		for _, i := range rand.Perm(len(built)) {
			sample, err := timeOne(built[i], t, filepath.Join(work, "case"))
			if err == nil && compile { // the output of this run
				sample, err = timeCompile(filepath.Join(work, "case"), built[i].output(t))
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", built[i].name, err)
			}
			if round == 0 && built[i].name != floor {
				if err := checkOutput(filepath.Join(work, "case"), t); err != nil {
					return nil, fmt.Errorf("%s: %w", built[i].name, err)
				}
			}
			if round >= warmUps {
				results[i].samples = append(results[i].samples, sample)
			}
		}
	}
	for i := range results {
		results[i].tool = built[i]
	}
	return results, nil
}

// listFloor lists the files that errspec writes, if the program that only writes such files
// is one of the tools.
func listFloor(built []builtTool, t tables.Table, work string) error {
	find := func(name string) int {
		return slices.IndexFunc(built, func(b builtTool) bool { return b.name == name })
	}
	if find(floor) < 0 {
		return nil
	}
	if find(subject) < 0 {
		return fmt.Errorf("-tools: %s requires %s", floor, subject)
	}
	dir := filepath.Join(work, "case")
	if _, err := timeOne(built[find(subject)], t, dir); err != nil {
		return fmt.Errorf("%s: %w", subject, err)
	}
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "table.yaml" {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		fmt.Fprintf(&list, "%d %s\n", info.Size(), name)
		return err
	})
	if err != nil {
		return err
	}
	return writeFile(work, floorList, list.String())
}

// timeOne runs a tool once, in a new directory that contains only its input.
func timeOne(b builtTool, t tables.Table, dir string) (measure.Sample, error) {
	if err := os.RemoveAll(dir); err != nil {
		return measure.Sample{}, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return measure.Sample{}, err
	}
	if err := writeFile(dir, b.inputFile, b.input(t)); err != nil {
		return measure.Sample{}, err
	}
	return measure.Run(dir, append([]string{b.binary}, b.args(t)...))
}

// checkOutput checks that the output of a tool compiles and contains every code.
func checkOutput(dir string, t tables.Table) error {
	if out, err := goCommand(dir, "build", "./...").CombinedOutput(); err != nil {
		return fmt.Errorf("its output does not compile: %w\n%s", err, out)
	}
	all, err := generated(dir)
	if err != nil {
		return err
	}
	for _, c := range t.Codes {
		if !strings.Contains(all, c.Wire) {
			return fmt.Errorf("its output does not contain the code %s", c.Wire)
		}
	}
	return nil
}

// generated returns the text of the generated Go files in a directory tree.
func generated(dir string) (string, error) {
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || filepath.Base(path) == goInput {
			return err
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	return all.String(), err
}

func writeFile(dir, name, text string) error {
	return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)
}
