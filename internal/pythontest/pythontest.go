// Package pythontest runs Python interpreters in tests.
package pythontest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The versions of Python 3 that generated packages support, and the newest one that tests
// look for.
const oldest, newest = 9, 14

// An Interpreter is a Python interpreter.
type Interpreter struct {
	Path    string
	Version string // "3.9"
}

// One returns the interpreter python3. It skips the test if there is none that generated
// packages support.
func One(t testing.TB) Interpreter {
	t.Helper()
	python, ok := open("python3")
	if !ok {
		t.Skip("Python 3.9 or later is not installed")
	}
	return python
}

// All returns an interpreter of each installed version that generated packages support:
// python3, python3.9 and so on, in PATH or installed by pyenv. It skips the test if there
// is none.
func All(t testing.TB) []Interpreter {
	t.Helper()
	root := os.Getenv("PYENV_ROOT")
	if home, err := os.UserHomeDir(); root == "" && err == nil {
		root = filepath.Join(home, ".pyenv")
	}
	byVersion := make(map[string]Interpreter)
	for minor := oldest; minor <= newest; minor++ {
		name := fmt.Sprintf("python3.%d", minor)
		installed, _ := filepath.Glob(filepath.Join(root, "versions", fmt.Sprintf("3.%d.*", minor), "bin", name))
		for _, candidate := range append([]string{"python3", name}, installed...) {
			if python, ok := open(candidate); ok && byVersion[python.Version].Path == "" {
				byVersion[python.Version] = python
			}
		}
	}
	var all []Interpreter
	for minor := oldest; minor <= newest; minor++ {
		if python, ok := byVersion[fmt.Sprintf("3.%d", minor)]; ok {
			all = append(all, python)
		}
	}
	if len(all) == 0 {
		t.Skip("Python 3.9 or later is not installed")
	}
	return all
}

// open returns the interpreter with a name or path, if it starts and is supported.
func open(name string) (Interpreter, bool) {
	path, err := exec.LookPath(name)
	if err != nil {
		return Interpreter{}, false
	}
	out, err := exec.Command(path, "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").Output()
	version := strings.TrimSpace(string(out))
	var minor int
	if _, scanned := fmt.Sscanf(version, "3.%d", &minor); err != nil || scanned != nil || minor < oldest {
		return Interpreter{}, false
	}
	return Interpreter{path, version}, true
}

// Command returns a command with the packages of dir in the module search path. Warnings
// are errors.
func (i Interpreter) Command(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(i.Path, append([]string{"-W", "error"}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1")
	return cmd
}

// Run runs a command and fails the test if the command fails.
func (i Interpreter) Run(t testing.TB, dir string, args ...string) {
	t.Helper()
	if out, err := i.Command(dir, args...).CombinedOutput(); err != nil {
		t.Errorf("Python %s: %v\n%.8000s", i.Version, err, out)
	}
}
