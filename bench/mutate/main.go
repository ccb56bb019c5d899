// Mutate measures the coverage of tests by mutation. It changes one location of the
// source at a time (see operators) and runs the tests. If no test fails for a mutant,
// no test covers the behavior.
//
//	GOWORK=off go run ./mutate                       # both areas, a sample of each
//	GOWORK=off go run ./mutate -area match -n 0      # all mutants of one area
//	GOWORK=off go run ./mutate -only list.go:33,text.go
//
// Mutants run in copies of the repository. The short tests of the package run first. If
// they pass, its long tests run if they can find faults that no short test finds, such
// as time that is not linear. Mutants that do not change the behavior of the program
// cannot be detected. They are listed in equivalent.txt with a reason; they are run and
// printed, but excluded from the percentage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/errspec/errspec/bench/internal/repository"
)

// An area is a part of the program with one percentage for its mutants.
type area struct {
	name  string
	parts []part
}

// A part contains files of one package and the tests that cover them.
type part struct {
	dir   string
	files string
	tests string // pattern of the package's short tests; "" for all
	slow  string // pattern of its long tests, for mutants that survive the short ones; "" for none
}

var areas = []area{
	{"match", []part{
		{"spec/match", "text.go list.go search.go find.go sorted.go gapped.go ambiguous.go value.go filter.go", "", "Linear"},
	}},
	{"decisions", []part{
		{"gen/internal/golang/runtime", "attempts.go attempts_keys.go attempts_json.go error.go policy.go decode.go waiter.go classify.go", "", ""},
		{"spec/classify", "classify.go", "", ""},
	}},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

type options struct {
	area    string
	only    []string
	size    int
	seed    uint64
	workers int
	atLeast float64
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.StringVar(&o.area, "area", "", "match or decisions; both by default")
	only := flags.String("only", "", "only mutants of these files or lines, comma-separated: FILE or FILE:LINE")
	flags.IntVar(&o.size, "n", 170, "how many mutants to draw in an area; 0 for all")
	flags.Uint64Var(&o.seed, "seed", 1, "another seed, another sample")
	flags.IntVar(&o.workers, "workers", 2, "mutants to try at a time, each on one CPU")
	flags.Float64Var(&o.atLeast, "min", 95, "fail when fewer percent of the mutants of an area are killed")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	if o.workers < 1 {
		return o, errors.New("-workers must be at least 1")
	}
	if !slices.ContainsFunc(areas, func(a area) bool { return o.area == "" || o.area == a.name }) {
		return o, fmt.Errorf("-area: unknown area %q", o.area)
	}
	return o, nil
}

func start(ctx context.Context, args []string, stdout io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	root, err := repository.Root()
	if err != nil {
		return err
	}
	reasons, err := readReasons(filepath.Join(root, "bench", "mutate", "equivalent.txt"))
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "errspec-mutate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	var trees []*tree
	for i := range o.workers {
		t := &tree{dir: filepath.Join(temp, fmt.Sprint(i))}
		if err := repository.Copy(root, t.dir); err != nil {
			return err
		}
		trees = append(trees, t)
	}
	var failures []error
	for _, a := range areas {
		if o.area == "" || o.area == a.name {
			failures = append(failures, runArea(ctx, a, o, root, reasons, trees, stdout))
		}
	}
	return errors.Join(failures...)
}

func runArea(ctx context.Context, a area, o options, root string, reasons map[string]string, trees []*tree, stdout io.Writer) error {
	all, err := mutantsOf(a, root)
	if err != nil {
		return err
	}
	drawn := draw(all, o)
	if len(drawn) == 0 {
		return nil // -only selects the other area
	}
	fmt.Fprintf(stdout, "%s: %d of %d mutants, seed %d\n", a.name, len(drawn), len(all), o.seed)
	for _, p := range a.parts {
		for _, t := range trees {
			if err := t.sound(ctx, p); err != nil {
				return err
			}
		}
	}
	if err := tryAll(ctx, drawn, trees); err != nil {
		return err
	}
	return report(a.name, drawn, reasons, o, stdout)
}

// draw returns the mutants that the options select.
func draw(all []*mutant, o options) []*mutant {
	if o.only != nil {
		return slices.DeleteFunc(slices.Clone(all), func(m *mutant) bool {
			return !slices.Contains(o.only, m.file) && !slices.Contains(o.only, fmt.Sprintf("%s:%d", m.file, m.line))
		})
	}
	rnd := rand.New(rand.NewPCG(o.seed, 0))
	drawn := make([]*mutant, 0, len(all))
	for _, i := range rnd.Perm(len(all)) {
		drawn = append(drawn, all[i])
	}
	if o.size > 0 && o.size < len(drawn) {
		drawn = drawn[:o.size]
	}
	return drawn
}

// tryAll runs all mutants, one at a time in each tree.
func tryAll(ctx context.Context, mutants []*mutant, trees []*tree) error {
	queue := make(chan *mutant)
	failures := make([]error, len(trees))
	var wg sync.WaitGroup
	for i, t := range trees {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range queue {
				if failures[i] != nil {
					continue
				}
				if m.fate, failures[i] = t.try(ctx, m); m.fate == survived {
					fmt.Fprintln(os.Stderr, "survived:", m)
				}
			}
		}()
	}
	for i, m := range mutants {
		queue <- m
		if i%20 == 19 {
			fmt.Fprintf(os.Stderr, "%d of %d\n", i+1, len(mutants))
		}
	}
	close(queue)
	wg.Wait()
	return errors.Join(failures...)
}
