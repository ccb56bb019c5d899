// Ablate leaves out the rules of retries one at a time, and runs the schedules of the
// example worker (see generated/examples/worker) without each. It prints which rule
// prevents that work is paid twice, which finishes work, and which changes nothing.
//
//	GOWORK=off go run ./ablate                # 20,000 schedules
//	GOWORK=off go run ./ablate -n 2000 -only 'key|conflict'
//
// The rules are removed from a copy of the sources, by the changes in rules.go. If a
// change does not find its text exactly once, Ablate fails.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/errspec/errspec/bench/internal/repository"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "ablate:", err)
		os.Exit(1)
	}
}

func start(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("ablate", flag.ContinueOnError)
	n := flags.Int("n", 20_000, "number of schedules")
	only := flags.String("only", "", "only rules whose name matches this regular expression")
	if err := flags.Parse(args); err != nil {
		return err
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	root, err := repository.Root()
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "errspec-ablate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := repository.Copy(root, temp, "generated"); err != nil {
		return err
	}
	c := sources{ctx: ctx, dir: filepath.Join(temp, "generated"), schedules: *n}
	return run(c, pattern, stdout)
}

// run prints the figures with all rules, and without each.
func run(c sources, pattern *regexp.Regexp, stdout io.Writer) error {
	all, err := c.simulate()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d schedules, of which %d can be finished\n\n", all.Schedules, all.Possible)
	fmt.Fprintln(stdout, "| without the rule | finished with keys | paid twice | finished without keys | paid twice | result |")
	fmt.Fprintln(stdout, "|---|--:|--:|--:|--:|---|")
	printRow(stdout, "(all rules)", all, "")
	for _, rules := range [][]rule{settledRules, attemptRules} {
		for _, r := range rules {
			if !pattern.MatchString(r.name) {
				continue
			}
			f, err := c.without(r)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			printRow(stdout, r.name, f, result(all, f))
		}
	}
	return nil
}

// sources are a copy of the sources, in which rules are removed.
type sources struct {
	ctx       context.Context
	dir       string
	schedules int
}

// without returns the figures without a rule, and restores the sources.
func (c sources) without(r rule) (f figures, err error) {
	originals := make(map[string][]byte)
	defer func() {
		for name, data := range originals {
			err = errors.Join(err, os.WriteFile(name, data, 0o666))
		}
	}()
	for _, change := range r.changes {
		name := filepath.Join(c.dir, change.file)
		data, err := os.ReadFile(name)
		if err != nil {
			return f, err
		}
		if originals[name] == nil {
			originals[name] = data
		}
		text, err := change.apply(string(data))
		if err != nil {
			return f, err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return f, err
		}
	}
	return c.simulate()
}

// apply returns the source with the change.
func (c change) apply(source string) (string, error) {
	if n := strings.Count(source, c.old); n != 1 {
		return "", fmt.Errorf("%s contains %q %d times, expected once: adapt rules.go", c.file, c.old, n)
	}
	return strings.Replace(source, c.old, c.new, 1), nil
}

// figures are those that the test of the example worker prints.
type figures struct {
	Schedules, Possible int
	Keys, NoKeys        counts
}

type counts struct{ Finished, All, Twice, Submissions int }

// simulate runs the schedules.
func (c sources) simulate() (f figures, err error) {
	test := filepath.Join(c.dir, "worker.test")
	if out, err := c.command("go", "test", "-c", "-o", test, "./examples/worker").CombinedOutput(); err != nil {
		return f, fmt.Errorf("%w\n%s", err, out)
	}
	out, err := c.command(test, "-test.run=^TestPaidOnce$", "-figures", fmt.Sprintf("-schedules=%d", c.schedules)).CombinedOutput()
	if err != nil {
		return f, fmt.Errorf("%w\n%s", err, out)
	}
	_, text, ok := strings.Cut(string(out), "figures: ")
	if !ok {
		return f, fmt.Errorf("no figures in the output of the test:\n%s", out)
	}
	text, _, _ = strings.Cut(text, "\n")
	return f, json.Unmarshal([]byte(text), &f)
}

func (c sources) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(c.ctx, name, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	return cmd
}

// result describes the effect of a rule by the figures with all rules and without it.
func result(all, without figures) string {
	switch lost := all.Keys.All - without.Keys.All + all.NoKeys.All - without.NoKeys.All; {
	case without.Keys.Twice+without.NoKeys.Twice > 0:
		return "pays twice"
	case without == all:
		return "nothing changes"
	case lost > 0:
		return fmt.Sprintf("finishes %d less", lost)
	case lost < 0:
		return fmt.Sprintf("finishes %d more", -lost)
	}
	return fmt.Sprintf("%+d submissions", without.Keys.Submissions-all.Keys.Submissions+without.NoKeys.Submissions-all.NoKeys.Submissions)
}

func printRow(w io.Writer, name string, f figures, result string) {
	share := func(n int) float64 { return 100 * float64(n) / float64(max(f.Possible, 1)) }
	fmt.Fprintf(w, "| %s | %.1f %% | %d | %.1f %% | %d | %s |\n", name, share(f.Keys.Finished), f.Keys.Twice, share(f.NoKeys.Finished), f.NoKeys.Twice, result)
}
