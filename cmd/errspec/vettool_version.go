// An errspec that was built with an older Go than the one that runs it as a vet tool
// may not be able to read what that has compiled. golang.org/x/tools and go/types
// then fail in several ways, one of them a panic; this file says why, in one line.

package main

import (
	"encoding/json"
	"fmt"
	goversion "go/version"
	"io"
	"log"
	"os"
	"runtime"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errspec/errspec/internal/input"
)

// tooOld begins the line that says that errspec has to be built again.
const tooOld = "errspec: built with "

// rebuildHint says how.
const rebuildHint = "build errspec with the Go that runs it: go install github.com/errspec/errspec/cmd/errspec@latest"

// explainOldGo makes the failures of a vet tool that come of an older Go one line.
// The function that it returns is to be deferred.
func explainOldGo(config string) (recoverPanic func()) {
	e := &oldGo{config: config, out: os.Stderr}
	log.SetOutput(e)
	return func() {
		r := recover()
		if r == nil {
			return
		}
		line, ok := e.line()
		if !ok {
			panic(r)
		}
		_ = printLine(e.out, "%s", line)
		os.Exit(statusFindings)
	}
}

// An oldGo is where the log of the vet tool goes. The package unitchecker ends the
// program after it has logged an error.
type oldGo struct {
	config string // of the package that is looked at
	out    io.Writer
}

// Write writes a message of the log, or what is behind it.
func (e *oldGo) Write(message []byte) (int, error) {
	text := string(message)
	if _, needed, ok := strings.Cut(text, " requires newer Go version "); ok {
		needed, _, _ = strings.Cut(needed, " ")
		return len(message), printLine(e.out, "%s", oldGoLine(strings.TrimSpace(needed)))
	}
	if line, ok := e.line(); ok && strings.Contains(text, "could not import ") {
		return len(message), printLine(e.out, "%s", line)
	}
	return len(message), printText(e.out, text)
}

// line returns the line to print if the packages that are imported were compiled by
// a newer Go than that of this program.
func (e *oldGo) line() (line string, ok bool) {
	compiler := compilerOf(e.config)
	if compiler == "" || goversion.Compare(compiler, versionIn(runtime.Version())) <= 0 {
		return "", false
	}
	return oldGoLine(compiler), true
}

func oldGoLine(needed string) string {
	return fmt.Sprintf("%s%s, too old for packages of %s; %s", tooOld, versionIn(runtime.Version()), needed, rebuildHint)
}

// compilerOf returns the version of Go that compiled what a package imports, or "".
func compilerOf(config string) string {
	data, err := input.ReadFile(config)
	var unit unitchecker.Config
	if err != nil || json.Unmarshal(data, &unit) != nil {
		return ""
	}
	for _, name := range unit.PackageFile {
		f, err := input.Regular(name)
		if err != nil {
			continue
		}
		head, err := io.ReadAll(io.LimitReader(f, 512))
		f.Close()
		_, line, ok := strings.Cut(string(head), "go object ") // the first line of export data
		if line, _, _ = strings.Cut(line, "\n"); err == nil && ok {
			return versionIn(line)
		}
	}
	return ""
}

// versionIn returns the first word of a text that is a version of Go, or "". In
// versions between releases, other words precede it.
func versionIn(text string) string {
	for word := range strings.FieldsSeq(text) {
		word, _, _ = strings.Cut(word, "-")
		if goversion.IsValid(word) {
			return word
		}
	}
	return ""
}
