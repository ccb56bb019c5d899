// Typescript compares the time of Classify in the generated TypeScript module with that of
// the generated Go package, and measures how the time of the module grows with hostile
// text. It prints the medians of CPU times as Markdown; rounds take turns. It requires
// Node, and runs on Linux and macOS.
//
//	GOWORK=off go run ./typescript
//	GOWORK=off go run ./typescript -n 9 -found 6 -none 9 -max-ratio 7 # exit status 1 above these
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

const (
	module  = "../generated/javascript/evolink.js"
	measure = "typescript/measure.mjs"
)

// A message is classified in both languages.
type message struct {
	Name    string `json:"name"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

var messages = []message{
	{"a phrase", "invalid_parameters", "Reference image 2: file size exceeds 10 MB, the limit of the model"},
	{"no phrase", "invalid_parameters", "The value of the parameter aspect_ratio is not one of the supported values"},
	{"a code without subtypes", "service_error", "An internal error occurred, please try again later"},
	{"an unlisted code", "not_listed", "An internal error occurred, please try again later"},
}

func main() {
	if err := start(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "typescript:", err)
		os.Exit(1)
	}
}

func start(args []string) error {
	flags := flag.NewFlagSet("typescript", flag.ContinueOnError)
	rounds := flags.Int("n", 5, "rounds of which the median counts")
	found := flags.Float64("found", 0, "fail if the module takes more than this multiple of Go's time for a phrase (0: never)")
	none := flags.Float64("none", 0, "the same for a message without a phrase")
	maxRatio := flags.Float64("max-ratio", 0, "fail if four times the text takes more than this multiple of the time (0: never)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 {
		return errors.New("-n must be at least 1")
	}
	limits := map[string]float64{messages[0].Name: *found, messages[1].Name: *none}
	return errors.Join(compare(*rounds, limits), grow(*rounds, *maxRatio))
}

// compare prints the times of both languages.
func compare(rounds int, limits map[string]float64) error {
	goTimes, ratios := make(map[string][]float64), make(map[string][]float64)
	input, err := json.Marshal(messages)
	if err != nil {
		return err
	}
	for range rounds {
		times, err := node(input, module)
		if err != nil {
			return err
		}
		for _, m := range messages {
			t := nanoseconds(m)
			goTimes[m.Name] = append(goTimes[m.Name], t)
			ratios[m.Name] = append(ratios[m.Name], times[m.Name]/t)
		}
	}
	fmt.Print("| | Go ns | TypeScript, times Go |\n|---|--:|--:|\n")
	for _, m := range messages {
		ratio := median(ratios[m.Name])
		fmt.Printf("| %s, %d bytes | %.0f | %.1f |\n", m.Name, len(m.Message), median(goTimes[m.Name]), ratio)
		if limit := limits[m.Name]; limit > 0 && ratio > limit {
			err = errors.Join(err, fmt.Errorf("%s takes %.1f times as long as in Go, above %v", m.Name, ratio, limit))
		}
	}
	return err
}

// grow prints the ratios of the times for 1 MB and for 256 kB of text.
func grow(rounds int, limit float64) error {
	ratios := make(map[string][]float64)
	for range rounds {
		found, err := node(nil, module, "growth")
		if err != nil {
			return err
		}
		for name, ratio := range found {
			ratios[name] = append(ratios[name], ratio)
		}
	}
	fmt.Print("\n| 1 MB of hostile text | ratio to 256 kB |\n|---|--:|\n")
	var err error
	for _, name := range slices.Sorted(maps.Keys(ratios)) {
		ratio := median(ratios[name])
		fmt.Printf("| %s | %.2f |\n", name, ratio)
		if limit > 0 && ratio > limit {
			err = errors.Join(err, fmt.Errorf("%s: the ratio %.2f is above %v", name, ratio, limit))
		}
	}
	return err
}

// node runs the script, and returns the object that it prints.
func node(stdin []byte, args ...string) (map[string]float64, error) {
	command := exec.Command("node", append([]string{measure}, args...)...)
	command.Stdin = bytes.NewReader(stdin)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	var result map[string]float64
	return result, json.Unmarshal(out, &result)
}

// nanoseconds returns the time of a message in Go.
func nanoseconds(m message) float64 {
	code, _ := evolink.ParseCode(m.Code)
	var times []float64
	for range 9 {
		const count = 100_000
		var last evolink.Decision
		start := cpu()
		for range count {
			last = evolink.Classify(code, m.Message)
		}
		runtime.KeepAlive(last)
		times = append(times, float64((cpu()-start).Nanoseconds())/count)
	}
	return median(times)
}

// cpu returns the CPU time of this process, which other processes do not change.
func cpu() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
