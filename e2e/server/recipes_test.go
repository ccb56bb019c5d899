package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const page = "../../docs/server.md"

var fenced = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

// blocks returns the blocks of the page in a language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	data, err := os.ReadFile(page)
	check(t, err)
	var all []string
	for _, m := range fenced.FindAllStringSubmatch(string(data), -1) {
		if m[1] == language {
			all = append(all, m[2])
		}
	}
	if len(all) == 0 {
		t.Fatalf("no blocks of %q", language)
	}
	return all
}

// newShop returns the directory of a module with the table of the page, the files that
// errspec generates as the page configures, and the requirements of this module.
func newShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	command := filepath.Join(t.TempDir(), "errspec.exe")
	run(t, "../..", "go", "build", "-o", command, "./cmd/errspec")
	for _, text := range blocks(t, "yaml") {
		name := "errors.yaml"
		if strings.HasPrefix(text, "version:") {
			name = "errspec.yaml"
		}
		write(t, filepath.Join(dir, name), text)
	}
	requirements, err := os.ReadFile("go.mod")
	check(t, err)
	write(t, filepath.Join(dir, "go.mod"), strings.Replace(string(requirements), "module github.com/errspec/errspec/e2e/server\n", "module example.com/shop\n", 1))
	sums, err := os.ReadFile("go.sum")
	check(t, err)
	write(t, filepath.Join(dir, "go.sum"), string(sums))
	run(t, dir, command, "generate")
	return dir
}

// imports are the packages that functions of the page may use.
var imports = map[string]string{"apierr.": "example.com/shop/apierr", "os.": "os", "slog.": "log/slog", "errors.": "errors"}

// Each block of Go in docs/server.md compiles. A block with a package clause is a recipe, and
// the test of the same name in testdata runs it. The other blocks are functions.
func TestRecipes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := newShop(t)
	check(t, os.CopyFS(filepath.Join(dir, "shoptest"), os.DirFS("testdata/shoptest")))
	recipes := 0
	for i, text := range blocks(t, "go") {
		name := fmt.Sprint("block", i)
		if m := regexp.MustCompile(`^package (\w+)\n`).FindStringSubmatch(text); m != nil {
			recipes++
			name = m[1]
			test, err := os.ReadFile(filepath.Join("testdata", name+"_test.go"))
			check(t, err)
			check(t, os.Mkdir(filepath.Join(dir, name), 0o777))
			write(t, filepath.Join(dir, name, name+"_test.go"), string(test))
		} else {
			var file strings.Builder
			fmt.Fprintf(&file, "package %s\n\n", name)
			for use, path := range imports {
				if strings.Contains(text, use) {
					fmt.Fprintf(&file, "import %q\n", path)
				}
			}
			text = file.String() + text
			check(t, os.Mkdir(filepath.Join(dir, name), 0o777))
		}
		write(t, filepath.Join(dir, name, name+".go"), text)
	}
	tests, err := filepath.Glob("testdata/*_test.go")
	check(t, err)
	if recipes != len(tests) || recipes != 5 {
		t.Errorf("%d recipes and %d tests", recipes, len(tests))
	}
	run(t, dir, "go", "vet", "./...")
	run(t, dir, "go", "test", "./...")
}

// The response on the page is that of the constructor.
func TestDocumentedResponse(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := newShop(t)
	write(t, filepath.Join(dir, "main.go"), `package main

import (
	"fmt"

	"example.com/shop/apierr"
)

func main() {
	status, _, body := apierr.NewTooLargeSize(7).WithParam("file").Encode()
	fmt.Printf("%d %s", status, body)
}
`)
	var want bytes.Buffer
	check(t, json.Compact(&want, []byte(blocks(t, "json")[0])))
	if got := run(t, dir, "go", "run", "."); got != "413 "+want.String() {
		t.Errorf("sent: %s\nshown: %s", got, &want)
	}
}

// run runs a command, which must succeed, and returns its output.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, &stdout, &stderr)
	}
	return stdout.String()
}

func write(t *testing.T, file, text string) {
	t.Helper()
	check(t, os.WriteFile(file, []byte(text), 0o666))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
