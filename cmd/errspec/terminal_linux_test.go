package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/errspec/errspec/spec/diag"
)

// pseudoTerminal opens a terminal with the given number of columns. Reads from control
// return the text written to tty.
func pseudoTerminal(t *testing.T, columns int) (control, tty *os.File) {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("cannot open a pseudo-terminal: ", err)
	}
	t.Cleanup(func() { control.Close() })
	ioctl := func(request uintptr, arg unsafe.Pointer) {
		t.Helper()
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, control.Fd(), request, uintptr(arg)); errno != 0 {
			t.Fatalf("ioctl %#x: %v", request, errno)
		}
	}
	var number, unlock uint32
	ioctl(syscall.TIOCGPTN, unsafe.Pointer(&number))
	ioctl(syscall.TIOCSPTLCK, unsafe.Pointer(&unlock))
	size := [4]uint16{24, uint16(columns)}
	ioctl(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return control, tty
}

// shownBy returns the output of a command on a terminal with the given number of columns.
func shownBy(t *testing.T, columns int, args ...string) string {
	t.Helper()
	control, tty := pseudoTerminal(t, columns)
	shown := make(chan string)
	go func() {
		data, _ := io.ReadAll(control) // returns an error when the terminal is closed
		shown <- string(data)
	}()
	run(t.Context(), args, strings.NewReader(""), tty, io.Discard)
	tty.Close()
	return strings.ReplaceAll(<-shown, "\r\n", "\n")
}

// Findings are printed on terminals of 80 and of 40 columns, with and without color, and
// to a pipe.
func TestTerminals(t *testing.T) {
	t.Chdir(t.TempDir())
	table := "errspec: 1\nname: bad\ntitle: Bad\ncodes:\n  - {code: busy, title: 忙しい店, a_key_that_nobody_knows: x, description: The shop is so very busy that nobody answers}\n"
	if err := os.WriteFile("bad.yaml", []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	var pipe bytes.Buffer
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	t.Setenv("GITHUB_ACTIONS", "")
	run(t.Context(), []string{"lint", "bad.yaml"}, nil, &pipe, io.Discard)
	if strings.Contains(pipe.String(), "\x1b") || !strings.Contains(pipe.String(), "nobody answers}\n") {
		t.Errorf("in a pipe:\n%s", pipe.String())
	}
	for _, columns := range []int{80, 40} {
		colored := shownBy(t, columns, "lint", "bad.yaml")
		plain := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "")
		if !strings.Contains(colored, "\x1b[1;31merror:\x1b[0m") {
			t.Errorf("no color:\n%s", colored)
		}
		for line := range strings.Lines(plain) {
			if n := diag.Cells(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("%d columns on a terminal of %d: %s", n, columns, line)
			}
		}
		if strings.Count(plain, "\n") <= strings.Count(pipe.String(), "\n") || strings.Contains(plain, "nobody answers}\n") {
			t.Errorf("no line is wrapped or cut at %d columns:\n%s", columns, plain)
		}
		for name, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb"} {
			t.Run(name, func(t *testing.T) {
				t.Setenv(name, value)
				if got := shownBy(t, columns, "lint", "bad.yaml"); got != plain {
					t.Errorf("with %s=%s:\n%q\nwant\n%q", name, value, got, plain)
				}
			})
		}
	}
	// A terminal without a known width uses COLUMNS.
	t.Setenv("COLUMNS", "40")
	if got := shownBy(t, 0, "lint", "bad.yaml"); got != shownBy(t, 40, "lint", "bad.yaml") {
		t.Errorf("with COLUMNS=40:\n%s", got)
	}
	t.Setenv("COLUMNS", "many")
	if got := shownBy(t, 0, "lint", "bad.yaml"); got != shownBy(t, 80, "lint", "bad.yaml") {
		t.Errorf("without a width:\n%s", got)
	}
}
