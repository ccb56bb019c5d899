//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A process is a running command.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	out bytes.Buffer
}

func start(t *testing.T, stdin *os.File, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command("errspec", args...)}
	if stdin != nil {
		p.cmd.Stdin = stdin
	}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// endsBySignal sends a signal, and reports an error unless the process ends by it and
// prints nothing.
func (p *process) endsBySignal(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
	var exit *exec.ExitError
	err := p.cmd.Wait()
	if !errors.As(err, &exit) {
		p.t.Fatalf("errspec %q: %v after %v", p.cmd.Args[1:], err, sig)
	}
	if state := exit.Sys().(syscall.WaitStatus); !state.Signaled() || state.Signal() != sig {
		p.t.Errorf("errspec %q: %v after %v", p.cmd.Args[1:], err, sig)
	}
	if p.out.Len() > 0 {
		p.t.Errorf("errspec %q prints %q", p.cmd.Args[1:], p.out.String())
	}
}

var endingSignals = []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}

// A signal ends a command that waits for standard input.
func TestInterruptedInput(t *testing.T) {
	t.Chdir(t.TempDir())
	head := []byte(strings.Repeat("# 345678\n", 20_000)) // more than the buffer of a pipe
	for _, args := range []string{
		"explain - --table builtin:evolink", "lint -", "fmt -", "export -", "import csv -", "import markdown -",
		"classify --table builtin:evolink", "breaking - --against builtin:evolink", "check -",
	} {
		for _, sig := range endingSignals {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			p := start(t, r, strings.Fields(args)...)
			r.Close()
			if _, err := w.Write(head); err != nil { // returns when most of it has been read
				t.Fatalf("errspec %s: %v: %s", args, err, p.out.String())
			}
			p.endsBySignal(sig)
			w.Close()
		}
	}
}

// A signal also ends the program that a command waits for.
func TestInterruptedPrograms(t *testing.T) {
	for _, c := range []struct{ program, args string }{
		{"go", "lint mod:example.com/a@v1.0.0/a.yaml"},
		{"go", "generate --table mod:example.com/a@v1.0.0/a.yaml --markdown a.md"},
		{"go", "vet ./..."},
		{"git", "breaking builtin:evolink --against HEAD:a.yaml"},
		{"git", "lint t.yaml --new-from HEAD"},
	} {
		for _, sig := range endingSignals {
			dir := t.TempDir()
			t.Chdir(dir)
			write(t, "t.yaml", "errspec: 1\nname: a\ntitle: A\ncodes: [{code: a, title: A, description: It is so.}]\n")
			write(t, "bin/"+c.program, "#!/bin/sh\necho $$ > "+dir+"/pid.new && mv "+dir+"/pid.new "+dir+"/pid\nexec sleep 600\n")
			if err := os.Chmod("bin/"+c.program, 0o755); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
			p := start(t, nil, strings.Fields(c.args)...)
			var pid int
			for pid == 0 {
				text, _ := os.ReadFile("pid")
				pid, _ = strconv.Atoi(strings.TrimSpace(string(text)))
				time.Sleep(time.Millisecond)
			}
			p.endsBySignal(sig)
			for syscall.Kill(pid, 0) == nil && !isZombie(pid) { // until init has reaped it
				time.Sleep(time.Millisecond)
			}
		}
	}
}

// isZombie reports whether a process has ended and was not reaped.
func isZombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, state, _ := strings.Cut(string(stat), ") ")
	return err == nil && strings.HasPrefix(state, "Z")
}

func init() { testCommands["change-slowly"] = changeSlowly }

// changeSlowly is a command that is interrupted while it changes files.
func changeSlowly() {
	os.Exit(interruptible(func(ctx context.Context) int {
		_ = uninterrupted(ctx, func() error {
			_ = os.WriteFile("half", nil, 0o666)
			<-ctx.Done()
			time.Sleep(3 * gracePeriod)
			return os.Rename("half", "whole")
		})
		select {} // the program does not wait after the change
	}))
}

// A change of files is completed, however long it takes.
func TestInterruptedChange(t *testing.T) {
	t.Chdir(t.TempDir())
	p := &process{t: t, cmd: exec.Command("change-slowly")}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat("half"); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	p.endsBySignal(syscall.SIGTERM)
	if _, err := os.Stat("whole"); err != nil {
		t.Error(err)
	}
}

// No change of files starts after an interrupt.
func TestNoChangeAfterInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := uninterrupted(ctx, func() error { t.Error("a change started"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A program that started with the signal ignored, such as in the background of a script,
// ends with an exit status.
func TestInterruptedInBackground(t *testing.T) {
	t.Chdir(t.TempDir())
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	self, err := exec.LookPath("errspec")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", "trap '' INT; exec "+shellQuote(self)+" lint -")
	cmd.Stdin = r
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, err := w.Write(bytes.Repeat([]byte("# 345678\n"), 20_000)); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Process.Signal(syscall.SIGINT)
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Errorf("got %v", err)
	}
}

// No file that a table or a command line names makes a command wait for a pipe or read
// from a device.
func TestSpecialFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	const head = "errspec: 1\nname: a\ntitle: A\n"
	const codes = "codes: [{code: a, title: A, description: It is so.}]\n"
	write(t, "include.yaml", head+"include: [\"e/*.yaml\"]\n"+codes)
	write(t, "extends.yaml", head+"extends: pipe\ncodes: []\n")
	write(t, "zero.yaml", head+"extends: /dev/zero\ncodes: []\n")
	write(t, "good.yaml", head+codes)
	write(t, "conf/errspec.yaml", "version: 1\ntables: [{table: ../pipe, markdown: {file: a.md}}]\n")
	write(t, "e/.keep", "")
	for _, name := range []string{"e/p.yaml", "pipe"} {
		if err := syscall.Mkfifo(name, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args   string
		status int
		want   string
	}{
		{"lint include.yaml", 1, "cannot read e/p.yaml: expected a regular file, got a named pipe"},
		{"lint extends.yaml", 1, `cannot read table "pipe": expected a regular file, got a named pipe`},
		{"lint zero.yaml", 1, `cannot read table "/dev/zero": expected a regular file, got a device`},
		{"lint pipe", 2, "got a named pipe"}, {"lint e", 2, "got a directory"}, {"lint /dev/zero", 2, "got a device"},
		{"fmt pipe", 2, "got a named pipe"}, {"fmt -w e", 2, "got a directory"}, {"export pipe", 2, "got a named pipe"},
		{"check pipe", 2, "got a named pipe"}, {"breaking good.yaml --against ./pipe", 2, ""},
		{"import csv pipe", 2, "got a named pipe"}, {"import markdown /dev/zero", 2, "got a device"}, {"import csv e", 2, "got a directory"},
		{"classify --table pipe pipe", 2, "got a named pipe"}, {"classify --table good.yaml e", 2, "got a directory"},
		{"explain a --table pipe", 2, "got a named pipe"},
		{"generate --table pipe --markdown a.md", 2, "got a named pipe"},
		{"generate --table good.yaml --inject pipe", 2, "got a named pipe"}, {"generate --table good.yaml --markdown pipe", 2, "not a regular file"},
	} {
		var out bytes.Buffer
		status := run(t.Context(), strings.Fields(c.args), strings.NewReader(""), &out, &out)
		if status != c.status || !strings.Contains(out.String(), c.want) {
			t.Errorf("errspec %s: status %d, want %d\n%swant %s", c.args, status, c.status, out.String(), c.want)
		}
	}
	t.Chdir("conf")
	for _, args := range []string{"lint", "check", "generate", "fmt -w"} {
		var out bytes.Buffer
		if status := run(t.Context(), strings.Fields(args), nil, &out, &out); status != 2 || !strings.Contains(out.String(), "got a named pipe") {
			t.Errorf("errspec %s: status %d\n%s", args, status, out.String())
		}
	}
}

// write writes a file and creates its directory.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
