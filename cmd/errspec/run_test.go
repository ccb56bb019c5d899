package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"
)

// A command that is interrupted before it writes exits with 2, writes no file and
// prints nothing.
func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"generate", "--table", "builtin:evolink", "--go", "out"}, strings.NewReader(""), &stdout, &stderr)
	if status != 2 || stdout.Len() > 0 || stderr.Len() > 0 {
		t.Errorf("status %d, %q, %q", status, stdout.String(), stderr.String())
	}
	if _, err := os.Stat("out/codes.go"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was written: %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }
func (brokenPipe) Read([]byte) (int, error)  { return 0, errors.New("broken pipe") }

// A failure to print or to read is never a clean result.
func TestBrokenStreams(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range []string{"export builtin:evolink", "lint -", "lint builtin:evolink --format json", "version"} {
		var stderr bytes.Buffer
		if status := run(t.Context(), strings.Fields(args), brokenPipe{}, brokenPipe{}, &stderr); status != 2 || !strings.Contains(stderr.String(), "broken pipe") {
			t.Errorf("errspec %s: status %d, %q", args, status, stderr.String())
		}
	}
}

func TestFailureFirst(t *testing.T) {
	failure, other := errors.New("failure"), errors.New("other")
	for _, c := range []struct {
		err    error
		status int
		stderr string
	}{
		{nil, 0, ""},
		{errors.Join(nil, nil), 0, ""},
		{errFindings, 1, ""},
		{errors.Join(errFindings, nil, errFindings), 1, ""},
		{failure, 2, "errspec: failure\n"},
		{errors.Join(failure, errFindings), 2, "errspec: failure\n"},
		{errors.Join(errFindings, failure, other), 2, "errspec: failure\nerrspec: other\n"},
		{errors.Join(errors.Join(failure, other), errFindings), 2, "errspec: failure\nerrspec: other\n"},
		{usagef("the fix", "no %s", "x"), 2, "errspec: no x\n  help: the fix\n"},
	} {
		got, stderr := statusClean, &bytes.Buffer{}
		switch err := failureFirst(c.err); {
		case errors.Is(err, errFindings):
			got = statusFindings
		case err != nil:
			got = statusFailure
			printFailure(stderr, err)
		}
		if got != c.status || stderr.String() != c.stderr {
			t.Errorf("%v: status %d, %q; want %d, %q", c.err, got, stderr, c.status, c.stderr)
		}
	}
}

// The help lists every command, and each command has its own help.
func TestHelpListsEveryCommand(t *testing.T) {
	help := func(args ...string) string {
		var stdout, stderr bytes.Buffer
		if status := run(t.Context(), args, nil, &stdout, &stderr); status != 0 || stderr.Len() > 0 {
			t.Errorf("errspec %q: status %d, %q", args, status, stderr.String())
		}
		return stdout.String()
	}
	all := help("help")
	for _, c := range newRoot().Commands() {
		if c.Hidden {
			continue
		}
		if !strings.Contains(all, "\n  "+c.Name()+" ") {
			t.Errorf("errspec help does not list %s", c.Name())
		}
		if own := help(c.Name(), "--help"); !strings.Contains(own, c.Long) || !strings.Contains(own, "Usage:\n  errspec "+c.Name()) {
			t.Errorf("errspec %s --help prints\n%s", c.Name(), own)
		}
		if len(c.Short) == 0 || len(c.Short) > 60 || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s has the summary %q; want at most 60 characters, without a period", c.Name(), c.Short)
		}
	}
	for _, args := range []string{"", "import csv", "import markdown", "breaking", "check", "classify", "explain", "export", "fmt", "generate", "import", "init", "lint", "schema", "version", "vet"} {
		for line := range strings.Lines(help(append(strings.Fields(args), "--help")...)) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > pageWidth {
				t.Errorf("errspec %s --help has a line of %d characters: %s", args, n, line)
			}
		}
	}
}

// A shell reads each quoted word back unchanged.
func TestShellQuote(t *testing.T) {
	words := []string{"plain/path-1.yaml", "", "a b", "it's", `"`, "$HOME", "`x`", "a\nb", "*", "~", `\`, "#", "!", "a;b", "é", "-", "builtin:evolink", "(x)"}
	for _, w := range words[:1] {
		if shellQuote(w) != w {
			t.Errorf("%q is quoted unnecessarily", w)
		}
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	for _, w := range words {
		cmd := exec.Command(sh, "-c", "printf %s. "+shellQuote(w))
		if got, err := cmd.Output(); err != nil || string(got) != w+"." {
			t.Errorf("%q is quoted %s, which is %q, %v", w, shellQuote(w), got, err)
		}
	}
}

// Only generate may write files, and no command may panic: every combination of
// command, table and format exits with 0, 1 or 2.
func TestEveryCommandExits(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, command := range []string{"generate", "generate --check", "lint", "export", "explain", "classify", "classify --summary", "version", "help", "nothing"} {
		for _, table := range []string{"", "-", "builtin:evolink", "nowhere.yaml", "--table=builtin:evolink", "\x00"} {
			for _, format := range []string{"", "--format=line", "--format=json", "--format=nothing"} {
				args := append(strings.Fields(command), table, format)
				for i := len(args) - 1; i >= 0; i-- {
					if args[i] == "" {
						args = append(args[:i], args[i+1:]...)
					}
				}
				var stderr bytes.Buffer
				status := run(t.Context(), args, strings.NewReader(""), io.Discard, &stderr)
				if status < 0 || status > 2 || (status == 2) != strings.HasPrefix(strings.TrimPrefix(stderr.String(), "errspec: no table named and no errspec.yaml found; using builtin:evolink\n"), "errspec: ") {
					t.Errorf("errspec %q: status %d, %q", args, status, stderr.String())
				}
			}
		}
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("written: %v, %v", left, err)
	}
}
