// Package measure runs commands as separate processes and measures their resources. It
// runs on Linux and macOS.
package measure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A Sample contains the resources of one run of a command, including the processes that
// it started.
type Sample struct {
	Wall time.Duration
	CPU  time.Duration // user and system
	Peak int64         // resident bytes of the largest of its processes

	Status int // exit status; negative if a signal ended it
}

// Arg is the first argument that makes a program that calls [Run] execute its other
// arguments as a command. Such a program must start with
//
//	if len(args) > 1 && args[0] == measure.Arg {
//		return measure.Here(args[1:])
//	}
const Arg = "measure"

// Run runs a command in dir without input, discards its output, and returns an error if
// it fails. A new process of this program starts the command. The system counts the
// memory of the starting process for the new program until it is running, so a large
// process would increase every peak.
func Run(dir string, command []string) (Sample, error) {
	s, err := RunStatus(dir, command)
	if err == nil && s.Status != 0 {
		err = fmt.Errorf("%s: exit status %d", command[0], s.Status)
	}
	return s, err
}

// RunStatus is like [Run], but accepts any exit status.
func RunStatus(dir string, command []string) (Sample, error) {
	self, err := os.Executable()
	if err != nil {
		return Sample{}, err
	}
	cmd := exec.Command(self, append([]string{Arg}, command...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return Sample{}, fmt.Errorf("%w\n%s", err, stderr.Bytes())
	}
	var s Sample
	if err := json.Unmarshal(stdout.Bytes(), &s); err != nil {
		return s, err
	}
	if s.Status < 0 {
		return s, fmt.Errorf("%s was ended by a signal", command[0])
	}
	return s, nil
}

// Here is the counterpart of [Run]: it runs the command and prints the sample.
func Here(command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	wall := time.Since(start)
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := usage.Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024 // in KiB on other systems
	}
	return json.NewEncoder(os.Stdout).Encode(Sample{
		Wall:   wall,
		CPU:    cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		Peak:   peak,
		Status: cmd.ProcessState.ExitCode(),
	})
}

// Build builds a command of errspec's own module and returns its path.
func Build(file, pkg string) (string, error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/errspec/errspec").Output()
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-o", file, pkg)
	build.Dir, build.Env, build.Stderr = strings.TrimSpace(string(root)), append(os.Environ(), "GOWORK=off"), os.Stderr
	return file, build.Run()
}

// Median returns the median of sorted values. For an even number of values, it is the
// mean of the middle two.
func Median[T int64 | time.Duration](sorted []T) T {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// Sorted returns one value of all samples, sorted.
func Sorted[T int64 | time.Duration](samples []Sample, figure func(Sample) T) []T {
	var all []T
	for _, s := range samples {
		all = append(all, figure(s))
	}
	slices.Sort(all)
	return all
}
