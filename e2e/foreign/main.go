// Foreign runs errspec vet on unrelated code, in which every finding is a false
// positive.
//
//	GOWORK=off go run ./foreign            # the standard library and three large modules
//	GOWORK=off go run ./foreign std golang.org/x/tools@v0.49.0
//
// The standard library is analyzed unchanged. A module is copied first. Each package of
// the copy gets a file that imports a generated package with common words as codes,
// because the rules skip packages that cannot reach a table. The file contains one
// error, which must be found.
//
// The program needs the module proxy and takes minutes, so it is not a test.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// modules are large modules with many errors, codes, retries and switches.
var modules = []string{"k8s.io/apimachinery@v0.34.1", "google.golang.org/grpc@v1.76.0", "golang.org/x/net@v0.58.0"}

func main() {
	targets := os.Args[1:]
	if len(targets) == 0 {
		targets = append([]string{"std"}, modules...)
	}
	if err := run(targets); err != nil {
		fmt.Fprintln(os.Stderr, "foreign:", err)
		os.Exit(1)
	}
}

func run(targets []string) error {
	temp, err := os.MkdirTemp("", "errspec-foreign-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	command := filepath.Join(temp, "errspec")
	if _, err := output("..", "go", "build", "-o", command, "./cmd/errspec"); err != nil {
		return err
	}
	var failures []error
	for i, target := range targets {
		packages, found := 0, ""
		if target == "std" {
			packages, found, err = vet(command, temp, "std")
		} else {
			packages, found, err = vetModule(command, filepath.Join(temp, fmt.Sprint(i)), target)
		}
		if err == nil && found != "" {
			err = errors.New(found)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", target, err))
			continue
		}
		fmt.Printf("%s: %d packages, no finding of its own\n", target, packages)
	}
	return errors.Join(failures...)
}

// vet runs errspec vet, and returns the number of packages and the findings.
func vet(command, dir, pattern string) (packages int, found string, err error) {
	list, err := output(dir, "go", "list", pattern)
	if err != nil {
		return 0, "", err
	}
	cmd := prepared(dir, command, "vet", "--format", "line", "--missing-codes", pattern)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if exit.ExitCode() == 1 {
			return len(strings.Fields(list)), string(out), nil
		}
		err = fmt.Errorf("%w\n%s", err, exit.Stderr)
	}
	return len(strings.Fields(list)), "", err
}

// vetModule analyzes a copy of a module whose packages reach a table.
func vetModule(command, dir, module string) (packages int, found string, err error) {
	out, err := output("", "go", "mod", "download", "-json", module)
	if err != nil {
		return 0, "", err
	}
	var info struct{ Path, Dir string }
	if err := json.Unmarshal([]byte(out), &info); err != nil {
		return 0, "", err
	}
	if err := copyModule(info.Dir, dir); err != nil {
		return 0, "", err
	}
	table := filepath.Join(dir, "words.yaml")
	if err := os.WriteFile(table, []byte(words), 0o666); err != nil {
		return 0, "", err
	}
	if _, err := output(dir, command, "generate", "--table", table, "--go", "errspecwords", "--package", "errspecwords"); err != nil {
		return 0, "", err
	}
	planted, err := importEverywhere(dir, info.Path+"/errspecwords")
	if err != nil {
		return 0, "", err
	}
	packages, found, err = vet(command, dir, "./...")
	var rest []string
	for line := range strings.Lines(found) {
		if strings.Contains(line, plantedFile) {
			planted--
		} else {
			rest = append(rest, line)
		}
	}
	if err == nil && planted > 0 {
		err = fmt.Errorf("%d of the added errors were not found", planted)
	}
	return packages, strings.Join(rest, ""), err
}

// words is a table with codes that programs may contain as other texts.
const words = `errspec: 1
name: words
title: Common words
codes:
  - {code: error, title: Error, description: Something failed.}
  - {code: timeout, title: Timeout, description: It took too long.}
  - {code: not_found, title: Not found, description: It is not there.}
  - {code: NotFound, name: absent, title: Not found, description: It is not there.}
  - {code: EOF, title: End, description: It has ended.}
  - {code: canceled, title: Canceled, description: Somebody gave up.}
  - {code: unavailable, title: Unavailable, description: Nobody is there.}
`

// copyModule copies a module without nested modules.
func copyModule(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if _, err := os.Stat(filepath.Join(name, "go.mod")); rel != "." && err == nil {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, rel), 0o777)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o666)
	})
}

const plantedFile = "errspec_words.go"

// importEverywhere adds a file to each package that imports the given package, and
// returns the number of packages. It skips packages for other systems.
func importEverywhere(dir, path string) (planted int, err error) {
	err = filepath.WalkDir(dir, func(folder string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || filepath.Base(path) == d.Name() {
			return err
		}
		if d.Name() == "testdata" {
			return filepath.SkipDir // not matched by ./...
		}
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return err
		}
		for _, name := range files {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly)
			if err != nil || strings.HasSuffix(name, "_test.go") || f.Name.Name == "documentation" {
				continue
			}
			if match, err := build.Default.MatchFile(folder, filepath.Base(name)); err != nil || !match {
				continue
			}
			planted++
			text := fmt.Sprintf("package %s\n\nimport %q\n\nvar _ errspecwords.Code = \"timeout\"\n", f.Name.Name, path)
			return os.WriteFile(filepath.Join(folder, plantedFile), []byte(text), 0o666)
		}
		return nil
	})
	return planted, err
}

func prepared(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	return cmd
}

func output(dir, name string, args ...string) (string, error) {
	out, err := prepared(dir, name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, exit.Stderr)
	}
	return string(out), err
}
