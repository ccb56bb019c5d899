// Vet measures the time of go vet with errspec as its tool, compared with plain go vet,
// for a module of 500 files that use a generated package.
//
// Every run starts with a cache that contains all compiled packages and no results of
// vet, so both analyze the module and all its dependencies. They run in random order in
// each round. The program runs on Linux and macOS.
//
//	GOWORK=off go run ./vet
//	GOWORK=off go run ./vet -files 1000 -n 9
//	GOWORK=off go run ./vet -max-ratio 1.5   # exit status 1 if the tool takes longer than that
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
)

func main() {
	if err := start(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "vet:", err)
		os.Exit(1)
	}
}

func start(args []string, stdout io.Writer) error {
	if len(args) > 1 && args[0] == measure.Arg {
		return measure.Here(args[1:])
	}
	flags := flag.NewFlagSet("vet", flag.ContinueOnError)
	files := flags.Int("files", 500, "files of the module, ten to a package")
	rounds := flags.Int("n", 7, "rounds to count, after one that fills the caches")
	maxRatio := flags.Float64("max-ratio", 0, "fail when the tool's median CPU time is more than this times that of plain go vet")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *files < 1 {
		return errors.New("-n and -files must be at least 1")
	}
	temp, err := os.MkdirTemp("", "errspec-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	b := bench{
		module: filepath.Join(temp, "module"), command: filepath.Join(temp, "errspec"),
		compiled: filepath.Join(temp, "compiled"), cache: filepath.Join(temp, "cache"),
	}
	if err := b.prepare(*files); err != nil {
		return err
	}
	if err := b.time(*rounds); err != nil {
		return err
	}
	return b.print(stdout, *files, *maxRatio)
}

type bench struct {
	module, command string
	compiled, cache string // build caches: the initial one, and the one of a run
	plain, tool     []measure.Sample
}

// prepare builds errspec, writes the module and compiles all packages that vet needs.
func (b *bench) prepare(files int) error {
	if err := quietly("..", nil, "go", "build", "-o", b.command, "./cmd/errspec"); err != nil {
		return err
	}
	if err := writeModule(b.module, files); err != nil {
		return err
	}
	if err := quietly(b.module, nil, b.command, "generate", "--table", "builtin:evolink", "--go", "evolink"); err != nil {
		return err
	}
	return quietly(b.module, []string{"GOCACHE=" + b.compiled}, "go", "build", "./...")
}

func quietly(dir string, env []string, command ...string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOWORK=off"), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
	}
	return nil
}

// time runs the two commands, taking turns. The first round is not counted.
func (b *bench) time(rounds int) error {
	if err := os.Setenv("GOCACHE", b.cache); err != nil {
		return err
	}
	commands := [][]string{{"go", "vet", "./..."}, {"go", "vet", "-vettool=" + b.command, "./..."}}
	samples := make([][]measure.Sample, len(commands))
	for round := range rounds + 1 {
		for _, i := range rand.Perm(len(commands)) {
			if err := linkTree(b.compiled, b.cache); err != nil {
				return err
			}
			s, err := measure.Run(b.module, commands[i])
			if err != nil {
				return err
			}
			if round > 0 {
				samples[i] = append(samples[i], s)
			}
		}
	}
	b.plain, b.tool = samples[0], samples[1]
	return nil
}

// linkTree makes to a directory tree of links to the files in from. The go command
// never writes to a file of its cache.
func linkTree(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o777)
		}
		return os.Link(name, filepath.Join(to, rel))
	})
}

func (b *bench) print(w io.Writer, files int, maxRatio float64) error {
	wall := func(s measure.Sample) time.Duration { return s.Wall }
	cpu := func(s measure.Sample) time.Duration { return s.CPU }
	peak := func(s measure.Sample) int64 { return s.Peak }
	fmt.Fprintf(w, "%s, %s/%s, %d CPUs; %d files; medians of %d rounds\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), files, len(b.plain))
	fmt.Fprint(w, "| | wall s | CPU s | peak MiB |\n|---|--:|--:|--:|\n")
	for _, row := range []struct {
		name    string
		samples []measure.Sample
	}{{"go vet", b.plain}, {"go vet -vettool=errspec", b.tool}} {
		fmt.Fprintf(w, "| %s | %.2f | %.2f | %.1f |\n", row.name,
			measure.Median(measure.Sorted(row.samples, wall)).Seconds(), measure.Median(measure.Sorted(row.samples, cpu)).Seconds(),
			float64(measure.Median(measure.Sorted(row.samples, peak)))/(1<<20))
	}
	ratio := func(figure func(measure.Sample) time.Duration) float64 {
		return float64(measure.Median(measure.Sorted(b.tool, figure))) / float64(measure.Median(measure.Sorted(b.plain, figure)))
	}
	fmt.Fprintf(w, "\nThe tool takes %.2f of plain go vet by CPU time, %.2f by the clock.\n", ratio(cpu), ratio(wall))
	if r := ratio(cpu); maxRatio > 0 && r > maxRatio {
		return fmt.Errorf("the tool takes %.2f of plain go vet, more than %.2f", r, maxRatio)
	}
	return nil
}
