package gen

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec/diag"
)

var update = flag.Bool("update", false, "rewrite the expected outputs of the golden cases")

// files are texts by path, with slashes.
type files map[string]string

func (f files) names() []string { return slices.Sorted(maps.Keys(f)) }

// writeTo writes the files to a directory.
func (f files) writeTo(t *testing.T, dir string) {
	t.Helper()
	for name, text := range f {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// outputs returns rendered files by path.
func (r *Rendered) outputs() files {
	out := make(files)
	for _, f := range r.set.Files {
		out[filepath.ToSlash(f.Path)] = string(f.Data)
	}
	return out
}

// render renders an entry and fails if there are findings.
func render(t *testing.T, c config.Entry) files {
	t.Helper()
	rendered, findings, err := Render(c)
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v\n%s", err, printed(findings))
	}
	return rendered.outputs()
}

// renderText renders the Go package and the page of a table without includes.
func renderText(t *testing.T, table string) files {
	t.Helper()
	name := filepath.Join(t.TempDir(), "table.yaml")
	if err := os.WriteFile(name, []byte(table), 0o666); err != nil {
		t.Fatal(err)
	}
	return render(t, config.Entry{Table: name, Go: &config.Go{Dir: "go"}, Markdown: &config.Markdown{File: "page.md"}})
}

// printed writes findings as in golden cases: the line form, related locations, and
// the fix.
func printed(findings diag.List) string {
	var b strings.Builder
	for _, d := range findings.Sorted() {
		b.WriteString(d.String() + "\n")
		for _, r := range d.Related {
			b.WriteString("\t" + r.Location.String() + ": " + r.Message + "\n")
		}
		if d.Help != "" {
			b.WriteString("\thelp: " + d.Help + "\n")
		}
	}
	return b.String()
}

// wantSame reports the differences between two sets of files.
func wantSame(t *testing.T, got, want files) {
	t.Helper()
	for _, name := range got.names() {
		if _, ok := want[name]; !ok {
			t.Errorf("unexpected file %s:\n%s", name, got[name])
		}
	}
	for _, name := range want.names() {
		if d := diff.Diff("want/"+name, []byte(want[name]), "got/"+name, []byte(got[name])); d != nil {
			t.Errorf("%s", d)
		}
	}
}

// writeAll writes outputs. It creates locks in a directory of the test.
func writeAll(t *testing.T, all ...*Rendered) []output.Change {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	changes, err := Write(t.Context(), all...)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// A module is a Go module for one test. It has no requirements, and its Go version
// is the oldest one that generated code supports. Workspaces, flags and the network
// of the machine do not affect it. With -trimpath, the go command compiles and tests a
// package only if it has changed since the last run, whatever the directory is called.
type module struct {
	t   *testing.T
	dir string
}

const modulePath = "module.test"

func newModule(t *testing.T) *module {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the go command")
	}
	m := &module{t, t.TempDir()}
	m.write(files{"go.mod": "module " + modulePath + "\n\ngo 1.22\n"})
	return m
}

func (m *module) write(f files) {
	m.t.Helper()
	f.writeTo(m.t, m.dir)
}

// try runs the go command in the module and returns its output.
func (m *module) try(args ...string) (stdout, stderr string, err error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "PWD="+m.dir, "GOFLAGS=-mod=mod -trimpath", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "GO111MODULE=on")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

// run is like try, and fails the test if the command fails.
func (m *module) run(args ...string) string {
	m.t.Helper()
	stdout, stderr, err := m.try(args...)
	if err != nil {
		m.t.Fatalf("go %s: %v\n%s%s", strings.Join(args, " "), err, stdout, stderr)
	}
	return stdout
}

// writeGo writes a rendered Go package to a directory of its name.
func (m *module) writeGo(name string, rendered files) {
	m.t.Helper()
	sources := make(files)
	for path, text := range rendered {
		if in, ok := strings.CutPrefix(path, "go/"); ok {
			sources[name+"/"+in] = text
		}
	}
	m.write(sources)
}
