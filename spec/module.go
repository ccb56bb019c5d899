package spec

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// modulePrefix begins the reference of a table in a Go module:
// mod:PATH@VERSION/FILE.
const modulePrefix = "mod:"

// IsFile reports whether a reference is a path on this machine.
func IsFile(ref string) bool {
	return ref != "-" && !strings.HasPrefix(ref, builtinPrefix) && !strings.HasPrefix(ref, modulePrefix)
}

// A Module is a version of a Go module that a table comes from.
type Module struct {
	Path, Version string
	File          string // of the table, relative to the module's root
	Dir           string // where the module has been downloaded to
	Sum           string // hash of its content, as go.sum has it

	ref string // that the table is known by
}

// moduleVersion is a version that always means the same content.
var moduleVersion = lazyregexp.New(`^v[0-9]+\.[0-9]+\.[0-9]+[-+.0-9A-Za-z]*$`)

// Download fetches the module of a reference mod:PATH@VERSION/FILE with the go command,
// which verifies it by go.sum's checksum database and is stopped if ctx is done. It returns
// nil if the reference is none to a module.
func Download(ctx context.Context, ref string) (*Module, error) {
	rest, ok := strings.CutPrefix(ref, modulePrefix)
	if !ok {
		return nil, nil
	}
	modulePath, behind, _ := strings.Cut(rest, "@")
	version, file, _ := strings.Cut(behind, "/")
	switch {
	case modulePath == "" || strings.HasPrefix(modulePath, "-") || file == "" || file == "." || !fs.ValidPath(file):
		return nil, fmt.Errorf("invalid reference %q: want mod:PATH@VERSION/FILE", ref)
	case !moduleVersion.MatchString(version):
		return nil, fmt.Errorf("%q has no fixed version; use one such as v1.2.0", ref)
	}
	cmd := goCommand(ctx, "mod", "download", "-json", modulePath+"@"+version)
	cmd.Env = append(cmd.Env, "GOFLAGS="+downloadFlags(ctx))
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	var answer struct{ Error, Dir, Sum string }
	switch jsonErr := json.Unmarshal(out, &answer); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("%s: cannot download modules: go command not found", ref)
	case answer.Error != "":
		return nil, fmt.Errorf("%s: %s", ref, firstLine(answer.Error))
	case err != nil:
		return nil, fmt.Errorf("%s: go mod download: %v: %s", ref, err, firstLine(said.String()))
	case jsonErr != nil:
		return nil, fmt.Errorf("%s: go mod download: %w", ref, jsonErr)
	}
	return &Module{Path: modulePath, Version: version, File: file, Dir: answer.Dir, Sum: answer.Sum, ref: ref}, nil
}

// goCommand returns a go command for a directory of no module, so that nothing in
// the user's module determines what is downloaded.
func goCommand(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = os.TempDir()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // so that it ends what it runs
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "PWD="+cmd.Dir)
	return cmd
}

// downloadFlags returns the GOFLAGS of a download: of those of the environment or of
// go env -w, only whether the module cache is writable. The others are about the
// user's module, and some of them name files of it: -modfile, -overlay. The result is
// never empty, since the go command would then use those of go env -w.
func downloadFlags(ctx context.Context) string {
	const writable = "-modcacherw"
	flags := writable + "=false" // the default
	out, err := goCommand(ctx, "env", "GOFLAGS").Output()
	if err != nil {
		return flags
	}
	for _, flag := range strings.Fields(string(out)) {
		flag = strings.Trim(flag, `'"`)
		if name, _, _ := strings.Cut(flag, "="); strings.TrimPrefix(name, "-") == writable || name == writable {
			flags = flag
		}
	}
	return flags
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// Load reads the table, as [Load] does by the reference.
func (m *Module) Load() (*Table, diag.List, error) {
	src, err := m.source(context.Background())
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.parse()
	return table, findings, nil
}

// source returns the table as it lies in the module.
func (m *Module) source(ctx context.Context) (source, error) {
	src, err := openFrom(ctx, input.Dir(m.Dir), m.File, m.ref)
	if err != nil {
		return source{}, fmt.Errorf("%s: module does not contain %s: %w", m.ref, m.File, reason(err))
	}
	src.file = filepath.Join(m.Dir, filepath.FromSlash(m.File))
	src.folder = filepath.Dir(src.file)
	return src, nil
}
