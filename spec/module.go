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

// modulePrefix starts the reference of a table in a Go module, mod:PATH@VERSION/FILE.
const modulePrefix = "mod:"

// IsFile reports whether ref is a local path.
func IsFile(ref string) bool {
	return ref != "-" && !strings.HasPrefix(ref, builtinPrefix) && !strings.HasPrefix(ref, modulePrefix)
}

// A Module is a version of a Go module that contains a table.
type Module struct {
	Path, Version string
	File          string // path of the table, relative to the module's root
	Dir           string // directory of the downloaded module
	Sum           string // hash of the content, as in go.sum

	ref string // reference of the table
}

// moduleVersion matches versions that always have the same content.
var moduleVersion = lazyregexp.New(`^v[0-9]+\.[0-9]+\.[0-9]+[-+.0-9A-Za-z]*$`)

// Download downloads the module of a reference mod:PATH@VERSION/FILE with the go command,
// which verifies it against the checksum database. The command is stopped when ctx is done.
// Download returns nil, nil if ref is not a reference to a module.
func Download(ctx context.Context, ref string) (*Module, error) {
	rest, ok := strings.CutPrefix(ref, modulePrefix)
	if !ok {
		return nil, nil
	}
	modulePath, versionFile, _ := strings.Cut(rest, "@")
	version, file, _ := strings.Cut(versionFile, "/")
	switch {
	case modulePath == "" || strings.HasPrefix(modulePath, "-") || file == "" || file == "." || !fs.ValidPath(file):
		return nil, fmt.Errorf("invalid reference %q: expected mod:PATH@VERSION/FILE", ref)
	case !moduleVersion.MatchString(version):
		return nil, fmt.Errorf("%q has no fixed version; use one such as v1.2.0", ref)
	}
	cmd := goCommand(ctx, "mod", "download", "-json", modulePath+"@"+version)
	cmd.Env = append(cmd.Env, "GOFLAGS="+downloadFlags(ctx))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var result struct{ Error, Dir, Sum string }
	switch jsonErr := json.Unmarshal(out, &result); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("%s: cannot download modules: go command not found", ref)
	case result.Error != "":
		return nil, fmt.Errorf("%s: %s", ref, firstLine(result.Error))
	case err != nil:
		return nil, fmt.Errorf("%s: go mod download: %v: %s", ref, err, firstLine(stderr.String()))
	case jsonErr != nil:
		return nil, fmt.Errorf("%s: go mod download: %w", ref, jsonErr)
	}
	return &Module{Path: modulePath, Version: version, File: file, Dir: result.Dir, Sum: result.Sum, ref: ref}, nil
}

// goCommand returns a go command that runs outside of any module, so that the user's module
// does not affect the download.
func goCommand(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = os.TempDir()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // lets it stop its own child processes
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "PWD="+cmd.Dir)
	return cmd
}

// downloadFlags returns the GOFLAGS of a download: of the user's flags, from the environment or
// go env -w, only -modcacherw. The others are for the user's module, and -modfile and -overlay
// name files of it. The result is never empty, because the go command would then use the flags
// of go env -w.
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

// Load reads the table of the module, as [Load] does for its reference.
func (m *Module) Load() (*Table, diag.List, error) {
	src, err := m.source(context.Background())
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.parse()
	return table, findings, nil
}

// source reads the table from the module's directory.
func (m *Module) source(ctx context.Context) (source, error) {
	src, err := openFrom(ctx, input.Dir(m.Dir), m.File, m.ref)
	if err != nil {
		return source{}, fmt.Errorf("%s: module does not contain %s: %w", m.ref, m.File, reason(err))
	}
	src.file = filepath.Join(m.Dir, filepath.FromSlash(m.File))
	src.quotable = filepath.Dir(src.file)
	return src, nil
}
