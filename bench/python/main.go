// Python measures the generated Python package of the EvoLink table: the time of Classify
// in Go and of classify in Python for the same errors, in one run, and the CPU time of the
// first import.
//
//	GOWORK=off go run ./python
//	GOWORK=off go run ./python -python python3.13 -n 9
//	GOWORK=off go run ./python -max-import 45      # exit status 1 if the import takes longer, in ms
package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"github.com/errspec/errspec/generated/evolink"

	"github.com/errspec/errspec/bench/internal/measure"
)

//go:embed measure.py
var script string

func main() {
	if err := start(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "python:", err)
		os.Exit(1)
	}
}

// errorsOf are the measured errors.
var errorsOf = []struct {
	name    string
	code    evolink.Code
	message string
}{
	{"phrase found, 66 bytes", evolink.CodeContentPolicyViolation, "Request failed: photorealistic people detected in the input image."},
	{"value found, 54 bytes", evolink.CodeInvalidParameters, "Upload rejected: file size exceeds 10MB, please resize"},
	{"no phrase found, 74 bytes", evolink.CodeContentPolicyViolation, "The request was stopped by a filter that does not describe what it found."},
	{"code without subtypes", evolink.CodeServiceError, "internal error"},
	{"unlisted code", evolink.Code("no_such_code"), "internal error"},
}

// A result is what measure.py prints: nanoseconds of each call, and milliseconds of CPU
// time that the import takes, without the modules of the standard library.
type result struct {
	Version string
	Calls   []float64
	Import  float64
	Library float64
}

func start(args []string) error {
	flags := flag.NewFlagSet("python", flag.ContinueOnError)
	python := flags.String("python", "python3", "the interpreter")
	rounds := flags.Int("n", 7, "rounds of which the median counts")
	maxImport := flags.Float64("max-import", 0, "fail if the import takes more milliseconds of CPU time (0: never)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 {
		return errors.New("-n must be at least 1")
	}
	inGo, inPython := make([][]time.Duration, len(errorsOf)), make([][]time.Duration, len(errorsOf))
	var imports, library []time.Duration
	var version string
	for range *rounds {
		got, err := runPython(*python)
		if err != nil {
			return err
		}
		version = got.Version
		imports = append(imports, time.Duration(got.Import*float64(time.Millisecond)))
		library = append(library, time.Duration(got.Library*float64(time.Millisecond)))
		for i, e := range errorsOf {
			inPython[i] = append(inPython[i], time.Duration(got.Calls[i]))
			inGo[i] = append(inGo[i], timeOf(e.code, e.message))
		}
	}
	fmt.Printf("Python %s, medians of %d rounds.\n\n| | Go ns | Python ns | ratio |\n|---|--:|--:|--:|\n", version, *rounds)
	for i, e := range errorsOf {
		a, b := median(inGo[i]), median(inPython[i])
		fmt.Printf("| %s | %d | %d | %.0f |\n", e.name, a.Nanoseconds(), b.Nanoseconds(), float64(b)/float64(a))
	}
	own := slices.Min(imports) // other load only adds to CPU time
	fmt.Printf("\nimport without .pyc: %.1f ms of CPU time, and %.1f ms for modules of the standard library\n", ms(own), ms(slices.Min(library)))
	if *maxImport > 0 && ms(own) > *maxImport {
		return fmt.Errorf("the import takes %.1f ms, more than %.1f", ms(own), *maxImport)
	}
	return nil
}

// runPython measures in a new process.
func runPython(python string) (result, error) {
	var calls [][2]string
	for _, e := range errorsOf {
		calls = append(calls, [2]string{string(e.code), e.message})
	}
	input, err := json.Marshal(calls)
	if err != nil {
		return result{}, err
	}
	cmd := exec.Command(python, "-S", "-c", script, string(input))
	cmd.Env = append(os.Environ(), "PYTHONPATH=../generated/python", "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return result{}, err
	}
	var r result
	if err := json.Unmarshal(out, &r); err != nil {
		return result{}, err
	}
	if len(r.Calls) != len(errorsOf) {
		return result{}, fmt.Errorf("unexpected output %s", out)
	}
	return r, nil
}

// timeOf returns the time of one call.
func timeOf(code evolink.Code, message string) time.Duration {
	const calls = 100_000
	var last evolink.Decision
	start := time.Now()
	for range calls {
		last = evolink.Classify(code, message)
	}
	runtime.KeepAlive(last)
	return time.Since(start) / calls
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return max(measure.Median(all), 1)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
