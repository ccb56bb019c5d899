// If errspec was built with an older version of Go than the version that runs it as a
// vet tool, it may not be able to read compiled packages. golang.org/x/tools and
// go/types then fail in several ways, one of them a panic. This file replaces these
// failures with one line that gives the reason.

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

// tooOld is the start of the line that requests a rebuild of errspec.
const tooOld = "errspec: built with "

// rebuildHelp describes how to rebuild errspec.
const rebuildHelp = "build errspec with the Go that runs it: go install github.com/errspec/errspec/cmd/errspec@latest"

// explainOldGo replaces the failures of a vet tool that was built with an older version
// of Go with one line. The caller must defer the returned function.
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

// An oldGo is the writer of the vet tool's log. The package unitchecker ends the program
// after it has logged an error.
type oldGo struct {
	config string // file that describes the analyzed package
	out    io.Writer
}

// Write writes a message of the log, or the line that explains it.
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

// line returns the line to print if the imported packages were compiled by a newer
// version of Go than this program.
func (e *oldGo) line() (line string, ok bool) {
	compiler := compilerOf(e.config)
	if compiler == "" || goversion.Compare(compiler, versionIn(runtime.Version())) <= 0 {
		return "", false
	}
	return oldGoLine(compiler), true
}

func oldGoLine(needed string) string {
	return fmt.Sprintf("%s%s, too old for packages of %s; %s", tooOld, versionIn(runtime.Version()), needed, rebuildHelp)
}

// compilerOf returns the version of Go that compiled the imports of a package. It
// returns "" if it is unknown.
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

// versionIn returns the first word of a text that is a version of Go. It returns "" if
// there is none. In development versions, other words precede it.
func versionIn(text string) string {
	for word := range strings.FieldsSeq(text) {
		word, _, _ = strings.Cut(word, "-")
		if goversion.IsValid(word) {
			return word
		}
	}
	return ""
}
