package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A workplace is a git repository in which documented commands are run.
type workplace struct {
	t        *testing.T
	dir, bin string
}

// programs are the stand-ins in the PATH of a workplace. curl prints or writes a page without
// the network, gh finds no issue, tail does not wait for more lines, and go runs errspec as a
// tool of any module.
var programs = map[string]string{
	"curl": `out=/dev/stdout
while [ $# -gt 0 ]; do
	case $1 in
		-o) out=$2; shift ;;
		*openapi.json) page=openapi.yaml ;;
		*errors.md) page=docs/errors.md ;;
		*/v1/*) page=response.txt ;;
	esac
	shift
done
cat "$page" >"$out"
`,
	"gh": `case "$1 $2" in
	"issue list") echo 0 ;;
	"issue create") cat >>created.txt ;;
	*) exit 2 ;;
esac
`,
	"tail": `cat "${@: -1}"
`,
	"go": `if [ "$1 ${2-}" = "tool errspec" ]; then shift 2; exec errspec "$@"; fi
exec "$REAL_GO" "$@"
`,
}

// newWorkplace creates an empty repository with the command in PATH.
func newWorkplace(t *testing.T) *workplace {
	t.Helper()
	s := &workplace{t, t.TempDir(), t.TempDir()}
	check(t, os.Symlink(command, filepath.Join(s.bin, "errspec")))
	for name, script := range programs {
		s.program(name, script)
	}
	s.mustRun("git init -q -b main")
	return s
}

// program adds a stand-in for a program.
func (s *workplace) program(name, script string) {
	s.t.Helper()
	check(s.t, os.WriteFile(filepath.Join(s.bin, name), []byte("#!/bin/bash\nset -eu\n"+script), 0o777))
}

// write writes a file.
func (s *workplace) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, filepath.FromSlash(name))
	check(s.t, os.MkdirAll(filepath.Dir(name), 0o777))
	check(s.t, os.WriteFile(name, []byte(text), 0o666))
}

// remove removes files.
func (s *workplace) remove(names ...string) {
	s.t.Helper()
	for _, name := range names {
		check(s.t, os.Remove(filepath.Join(s.dir, name)))
	}
}

// run runs a script, and returns its output.
func (s *workplace) run(script string) (string, error) {
	s.t.Helper()
	real, err := exec.LookPath("go")
	check(s.t, err)
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", script)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "PATH="+s.bin+string(os.PathListSeparator)+os.Getenv("PATH"), "REAL_GO="+real,
		"GOWORK=off", "GOPROXY=off", "GITHUB_ACTIONS=", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=n@example.com", "GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=n@example.com")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// mustRun runs a script, which must succeed.
func (s *workplace) mustRun(script string) {
	s.t.Helper()
	if out, err := s.run(script); err != nil {
		s.t.Fatalf("%s: %v\n%s", script, err, out)
	}
}
