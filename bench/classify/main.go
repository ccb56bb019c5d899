// Classify measures the time of errspec classify for task responses, as a whole
// process, compared with jq, which only prints the code and the message.
//
// It creates the responses with ../responses, runs the two commands in random order in
// each round, and prints medians as Markdown. It runs on Linux and macOS.
//
//	GOWORK=off go run ./classify
//	GOWORK=off go run ./classify -mb 100 -n 9
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
)

func main() {
	if err := start(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "classify:", err)
		os.Exit(1)
	}
}

func start(args []string, stdout io.Writer) error {
	if len(args) > 1 && args[0] == measure.Arg {
		return measure.Here(args[1:])
	}
	flags := flag.NewFlagSet("classify", flag.ContinueOnError)
	megabytes := flags.Int("mb", 100, "how many millions of bytes of responses")
	rounds := flags.Int("n", 7, "rounds to count, after one that fills the caches")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *megabytes < 1 {
		return errors.New("-n and -mb must be at least 1")
	}
	temp, err := os.MkdirTemp("", "errspec-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	responses := filepath.Join(temp, "responses.ndjson")
	if err := writeResponses(responses, *megabytes, temp); err != nil {
		return err
	}
	contenders, err := prepare(temp, responses)
	if err != nil {
		return err
	}
	if err := sameCodes(contenders); err != nil {
		return err
	}
	for round := range 1 + *rounds {
		for _, i := range rand.Perm(len(contenders)) {
			sample, err := measure.Run(temp, contenders[i].command)
			if err != nil {
				return err
			}
			if round > 0 {
				contenders[i].samples = append(contenders[i].samples, sample)
			}
		}
	}
	return report(stdout, contenders, responses, *rounds)
}

// writeResponses writes task responses to a file, one per line.
func writeResponses(name string, megabytes int, temp string) error {
	program := filepath.Join(temp, "responses")
	if err := build(".", program, "./responses"); err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	cmd := exec.Command(program, "-mb", fmt.Sprint(megabytes))
	cmd.Stdout, cmd.Stderr = file, os.Stderr
	return errors.Join(cmd.Run(), file.Close())
}

// build compiles a command of the module in dir, as that module resolves it.
func build(dir, program, pkg string) error {
	cmd := exec.Command("go", "build", "-o", program, pkg)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s in the directory bench of the repository: %w\n%s", pkg, err, out)
	}
	return nil
}

// A contender is a command, with the samples of its runs.
type contender struct {
	name    string
	command []string
	samples []measure.Sample
}

// prepare returns the commands, errspec first.
func prepare(temp, responses string) ([]contender, error) {
	errspec := filepath.Join(temp, "errspec")
	if err := build("..", errspec, "./cmd/errspec"); err != nil {
		return nil, err
	}
	version, err := exec.Command("jq", "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("jq is required: %w", err)
	}
	return []contender{
		{name: "errspec classify", command: []string{errspec, "classify", responses}},
		{name: strings.TrimSpace(string(version)) + " -c", command: []string{"jq", "-c", "{code: .error.code, message: .error.message}", responses}},
	}, nil
}

// sameCodes checks that both commands print the same codes in the same order.
func sameCodes(contenders []contender) error {
	var all [][]string
	for _, c := range contenders {
		cmd := exec.Command(c.command[0], c.command[1:]...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		codes, err := codesIn(out)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		all = append(all, codes)
	}
	if len(all[0]) == 0 || !slices.Equal(all[0], all[1]) {
		return fmt.Errorf("%s finds %d codes and %s %d, or different ones", contenders[0].name, len(all[0]), contenders[1].name, len(all[1]))
	}
	return nil
}

// codesIn returns the codes of JSON lines. Lines without a code are skipped.
func codesIn(output []byte) ([]string, error) {
	var codes []string
	lines := bufio.NewScanner(bytes.NewReader(output))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct{ Code string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, err
		}
		if line.Code != "" {
			codes = append(codes, line.Code)
		}
	}
	return codes, lines.Err()
}

func report(w io.Writer, contenders []contender, responses string, rounds int) error {
	info, err := os.Stat(responses)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, %s/%s, %d CPUs; %.1f MB, medians of %d rounds of whole processes in turn.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), float64(info.Size())/1e6, rounds)
	fmt.Fprintln(w, "| | wall s | min | max | CPU s | peak MiB | MB/s of wall | MB/s of CPU |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, c := range contenders {
		walls := measure.Sorted(c.samples, func(s measure.Sample) time.Duration { return s.Wall })
		wall, cpu := measure.Median(walls), measure.Median(measure.Sorted(c.samples, func(s measure.Sample) time.Duration { return s.CPU }))
		rate := func(d time.Duration) float64 { return float64(info.Size()) / 1e6 / d.Seconds() }
		fmt.Fprintf(w, "| %s | %.2f | %.2f | %.2f | %.2f | %.1f | %.0f | %.0f |\n", c.name,
			wall.Seconds(), walls[0].Seconds(), walls[len(walls)-1].Seconds(), cpu.Seconds(),
			float64(measure.Median(measure.Sorted(c.samples, func(s measure.Sample) int64 { return s.Peak })))/(1<<20),
			rate(wall), rate(cpu))
	}
	return nil
}
