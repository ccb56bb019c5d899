// Package measure runs commands as processes of their own and tells what they
// took. Linux and macOS.
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

// A Sample is what one run of a tool took, the processes that it started
// included.
type Sample struct {
	Wall time.Duration
	CPU  time.Duration // user and system
	Peak int64         // resident bytes of the largest of its processes

	Status int // exit status; negative if a signal ended it
}

// Arg, as first argument, makes a program that calls [Run] run the rest of its
// arguments as a command: such a program has to begin with
//
//	if len(args) > 1 && args[0] == measure.Arg {
//		return measure.Here(args[1:])
//	}
const Arg = "measure"

// Run runs a command in dir, which reads nothing and whose output is thrown away,
// by way of a fresh process of this program. The system counts the memory of the
// process that starts a program as that program's own until it is running, so a
// starter that has grown would put a floor under every peak. The command must
// succeed.
func Run(dir string, command []string) (Sample, error) {
	s, err := RunStatus(dir, command)
	if err == nil && s.Status != 0 {
		err = fmt.Errorf("%s: exit status %d", command[0], s.Status)
	}
	return s, err
}

// RunStatus is [Run] for a command that may exit with any status.
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
		return s, fmt.Errorf("a signal ended %s", command[0])
	}
	return s, nil
}

// Here is the other half of [Run]: it runs the command and prints the sample.
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
		peak *= 1024 // in KiB everywhere else
	}
	return json.NewEncoder(os.Stdout).Encode(Sample{
		Wall:   wall,
		CPU:    cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		Peak:   peak,
		Status: cmd.ProcessState.ExitCode(),
	})
}

// Build builds a command of errspec's own module and returns its file.
func Build(file, pkg string) (string, error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/errspec/errspec").Output()
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-o", file, pkg)
	build.Dir, build.Env, build.Stderr = strings.TrimSpace(string(root)), append(os.Environ(), "GOWORK=off"), os.Stderr
	return file, build.Run()
}

// Median returns the median of sorted figures; of an even number of them, the
// mean of the middle two.
func Median[T int64 | time.Duration](sorted []T) T {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// Sorted returns one figure of all samples, sorted.
func Sorted[T int64 | time.Duration](samples []Sample, figure func(Sample) T) []T {
	var all []T
	for _, s := range samples {
		all = append(all, figure(s))
	}
	slices.Sort(all)
	return all
}
