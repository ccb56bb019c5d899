package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// toolModule creates a module with errspec as a tool, and returns its go.mod. It builds
// the tool once for all parallel scripts.
func (s sandbox) toolModule(t *testing.T) (file string) {
	t.Helper()
	dir := s.mkdir(t, "tool")
	file = filepath.Join(dir, "go.mod")
	check(t, os.WriteFile(file, []byte("module example.com/app\n\ngo 1.25.0\n"), 0o666))
	s.goCommand(t, dir, "get", "-tool", "github.com/errspec/errspec/cmd/errspec")
	s.goCommand(t, dir, "mod", "tidy")
	s.goCommand(t, dir, "tool", "errspec", "version")
	return file
}

// testToolRequirements compares the requirements that go get -tool adds to a go.mod
// with the list in CONTRIBUTING.md, which gives the reason for each module.
func testToolRequirements(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	check(t, err)
	mod, err := modfile.Parse(file, data, nil)
	check(t, err)
	if mod.Go.Version != "1.25.0" || mod.Toolchain != nil {
		t.Errorf("the go line has changed:\n%s", data)
	}
	var added []string
	for _, r := range mod.Require {
		added = append(added, r.Mod.Path)
		if !r.Indirect {
			t.Errorf("%s is required directly", r.Mod.Path)
		}
	}
	slices.Sort(added)
	if recorded := recordedRequirements(t); !slices.Equal(added, recorded) {
		t.Errorf("go get -tool adds\n\t%s\nbut CONTRIBUTING.md lists\n\t%s",
			strings.Join(added, "\n\t"), strings.Join(recorded, "\n\t"))
	}
	if len(mod.Tool) != 1 || len(mod.Replace)+len(mod.Exclude) > 0 {
		t.Errorf("there is more than one line for the tool:\n%s", data)
	}
}

var recordedLine = regexp.MustCompile("(?m)^\\| `([^`]+)` +\\| [^|]+ \\|$")

// recordedRequirements returns the modules in the table of CONTRIBUTING.md, sorted.
func recordedRequirements(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../CONTRIBUTING.md")
	check(t, err)
	_, section, ok := strings.Cut(string(data), "\n### What `go get -tool` adds\n")
	if !ok {
		t.Fatal("CONTRIBUTING.md does not list the requirements of go get -tool")
	}
	section, _, _ = strings.Cut(section, "\n#")
	var modules []string
	for _, match := range recordedLine.FindAllStringSubmatch(section, -1) {
		modules = append(modules, match[1])
	}
	slices.Sort(modules)
	return modules
}
