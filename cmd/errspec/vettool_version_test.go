package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// vetUnit runs errspec like the go command does, on a package p of one file.
func vetUnit(t *testing.T, unit unitchecker.Config, source string) (stderr string) {
	t.Helper()
	dir := t.TempDir()
	unit.ID, unit.Compiler, unit.ImportPath = "p", "gc", "p"
	unit.GoFiles, unit.VetxOutput = []string{filepath.Join(dir, "p.go")}, filepath.Join(dir, "vet.out")
	config, err := json.Marshal(unit)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{unit.GoFiles[0]: []byte(source), filepath.Join(dir, "vet.cfg"): config} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	c := exec.Command("errspec", filepath.Join(dir, "vet.cfg"))
	c.Stderr = &buf
	err = c.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != statusFindings) {
		t.Errorf("%v\n%s", err, &buf)
	}
	return buf.String()
}

// If a package was compiled by a newer version of Go, or requires one, a single line
// explains it.
func TestVetToolOlderThanGo(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	out, err := exec.Command("go", "list", "-export", "-f", "{{.Export}}", "errors").Output()
	if err != nil {
		t.Skip(err)
	}
	export, err := os.ReadFile(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	const source = "package p\n\nimport \"errors\"\n\nvar E = errors.New(\"x\")\n"
	unit := func(change func(export []byte) []byte) unitchecker.Config {
		name := filepath.Join(t.TempDir(), "errors.a")
		if err := os.WriteFile(name, change(bytes.Clone(export)), 0o666); err != nil {
			t.Fatal(err)
		}
		return unitchecker.Config{ImportMap: map[string]string{"errors": "errors"}, PackageFile: map[string]string{"errors": name}}
	}
	newer := func(export []byte) []byte { return bytes.Replace(export, []byte(" go1."), []byte(" go9."), 1) }
	unreadable := func(export []byte) []byte {
		at := bytes.Index(export, []byte("$$B\nu")) + len("$$B\nu")
		binary.LittleEndian.PutUint32(export[at:], 99)
		return export
	}
	noFormat := func(export []byte) []byte { return bytes.Replace(export, []byte("$$B\nu"), []byte("$$B\nZ"), 1) }
	built := versionIn(runtime.Version())
	want := regexp.MustCompile("^errspec: built with " + regexp.QuoteMeta(built) + `, too old for packages of go9\.[0-9.]+; build errspec with the Go that runs it: go install [^\n]+\n$`)
	for name, c := range map[string]struct {
		unit    unitchecker.Config
		source  string
		explain bool
	}{
		"a newer format":                         {unit(func(e []byte) []byte { return unreadable(newer(e)) }), source, true},
		"another format":                         {unit(func(e []byte) []byte { return noFormat(newer(e)) }), source, true},
		"a newer language":                       {unitchecker.Config{GoVersion: "go9.1"}, "package p\n", true},
		"readable":                               {unit(newer), source, false},
		"an error in the package":                {unit(newer), source + "var F = missing\n", false},
		"unreadable, but not of a newer version": {unit(noFormat), source, false},
	} {
		if stderr := vetUnit(t, c.unit, c.source); want.MatchString(stderr) != c.explain || strings.Contains(stderr, "goroutine") {
			t.Errorf("%s: it prints\n%s", name, stderr)
		}
	}
}

func TestVersionIn(t *testing.T) {
	for text, want := range map[string]string{
		"go1.25.0":                      "go1.25.0",
		"go1.26.8 X:nodwarf5":           "go1.26.8",
		"devel go1.27-abc Mon Jan 1":    "go1.27",
		"linux amd64 go1.26rc1 GOAMD64": "go1.26rc1",
		"devel +abc":                    "",
		"":                              "",
	} {
		if got := versionIn(text); got != want {
			t.Errorf("versionIn(%q) = %q, want %q", text, got, want)
		}
	}
}
