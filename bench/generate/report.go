package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
	"github.com/errspec/errspec/bench/internal/tables"
)

// A result contains the measurements of one tool with one table.
type result struct {
	tool    builtTool
	samples []measure.Sample
}

func (r result) walls() []time.Duration {
	return measure.Sorted(r.samples, func(s measure.Sample) time.Duration { return s.Wall })
}

func (r result) cpus() []time.Duration {
	return measure.Sorted(r.samples, func(s measure.Sample) time.Duration { return s.CPU })
}

// ratio returns the ratio of the median times of a tool and the baseline. It returns false
// if one of them was not measured.
func ratio(results []result, name string, times func(result) []time.Duration) (r float64, ok bool) {
	find := func(name string) int {
		return slices.IndexFunc(results, func(r result) bool { return r.tool.name == name })
	}
	a, b := find(name), find(baseline)
	if a < 0 || b < 0 {
		return 0, false
	}
	return float64(measure.Median(times(results[a]))) / float64(measure.Median(times(results[b]))), true
}

// checkRatio returns an error if errspec is slower than the limit.
func checkRatio(results []result, limit float64) error {
	if limit <= 0 {
		return nil
	}
	r, ok := ratio(results, subject, result.walls)
	if !ok {
		return fmt.Errorf("-max-ratio requires both %s and %s", subject, baseline)
	}
	if r > limit {
		return fmt.Errorf("%s takes %.3f times as long as %s, more than %.3f", subject, r, baseline, limit)
	}
	return nil
}

func printMachine(w io.Writer, rounds int) error {
	version, err := goCommand("", "env", "GOVERSION").Output()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, %s/%s, %d CPUs; %d rounds, tools in turn, whole processes.\n",
		strings.TrimSpace(string(version)), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), rounds)
	return nil
}

func printResults(w io.Writer, t tables.Table, results []result) {
	fmt.Fprintf(w, "\n%d codes (%s):\n\n", len(t.Codes), t.Name)
	fmt.Fprintf(w, "| tool | version | wall ms, median | min | max | CPU ms, median | peak MiB, median | wall / %[1]s's | CPU / %[1]s's |\n", baseline)
	fmt.Fprintln(w, "|---|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range results {
		walls := r.walls()
		wall, cpu := "-", "-"
		if x, ok := ratio(results, r.tool.name, result.walls); ok {
			wall = fmt.Sprintf("%.3f", x)
		}
		if x, ok := ratio(results, r.tool.name, result.cpus); ok {
			cpu = fmt.Sprintf("%.3f", x)
		}
		fmt.Fprintf(w, "| %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f | %s | %s |\n",
			r.tool.name, r.tool.version,
			ms(measure.Median(walls)), ms(walls[0]), ms(walls[len(walls)-1]),
			ms(measure.Median(r.cpus())),
			float64(measure.Median(measure.Sorted(r.samples, func(s measure.Sample) int64 { return s.Peak })))/(1<<20),
			wall, cpu)
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
