// Package e2e tests errspec from the outside: the built command, and the use of its
// outputs by other software. It is a separate module, so that its dependencies are not
// dependencies of errspec.
package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// command is the path of the errspec command that TestMain built.
var command string

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "errspec-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "errspec.exe") // the extension is for Windows
	build := exec.Command("go", "build", "-o", command, "./cmd/errspec")
	build.Dir = ".."
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot build errspec: %v\n%s", err, out)
		return 2
	}
	defer func() { stopBrowser() }()
	return m.Run()
}

// errspec runs the command, which must succeed, and returns its output.
func errspec(t *testing.T, args ...string) []byte {
	t.Helper()
	return errspecIn(t, "", args...)
}

// errspecIn does the same in a directory.
func errspecIn(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("errspec %q: %v\n%s%s", args, err, out, exit.Stderr)
		}
		t.Fatal(err)
	}
	return out
}
