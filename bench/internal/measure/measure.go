package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// A sample is what one run of a tool took, the processes that it started
// included.
type sample struct {
	Wall time.Duration
	CPU  time.Duration // user and system
	Peak int64         // resident bytes of the largest of its processes
}

// measureArg, as first argument, makes this program run the rest of its
// arguments as a command and print what that took.
const measureArg = "measure"

// measure runs a command in dir by way of a fresh process of this program. The
// system counts the memory of the process that starts a program as that
// program's own until it is running, so a starter that has grown, as this one
// does on large tables, would put a floor under every peak.
func measure(dir string, command []string) (sample, error) {
	self, err := os.Executable()
	if err != nil {
		return sample{}, err
	}
	cmd := exec.Command(self, append([]string{measureArg}, command...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return sample{}, fmt.Errorf("%w\n%s", err, stderr.Bytes())
	}
	var s sample
	err = json.Unmarshal(stdout.Bytes(), &s)
	return s, err
}

// measureHere is the other half of measure: it runs the command and prints the
// sample.
func measureHere(command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	wall := time.Since(start)
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := usage.Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024 // in KiB everywhere else
	}
	return json.NewEncoder(os.Stdout).Encode(sample{
		Wall: wall,
		CPU:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		Peak: peak,
	})
}
