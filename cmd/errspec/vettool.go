package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/internal/input"
)

// isVetTool reports whether the go command runs errspec as a vet tool, by the protocol of
// golang.org/x/tools/go/analysis/unitchecker: -V=full, -flags, or flags and the
// description of a package. No other command line of errspec has this form.
func isVetTool(args []string) bool {
	if len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") {
		return true
	}
	for i, arg := range args {
		if i == len(args)-1 {
			return strings.HasSuffix(arg, ".cfg")
		}
		if !strings.HasPrefix(arg, "-") {
			return false
		}
	}
	return false
}

// runVetTool runs the vet tool, and ends the program.
func runVetTool(args []string) {
	if skipUnit(args[len(args)-1]) {
		os.Exit(statusClean)
	}
	defer explainOldGo(args[len(args)-1])()
	unitchecker.Main(vet.Analyzer)
}

// skipUnit reports whether a package has no facts, and then writes an empty result for
// the go command. This applies to nearly all dependencies of a program, such as the
// standard library: they are analyzed only for facts, none of their imports has any, and
// errspec did not generate them. Type-checking them would take most of the time.
func skipUnit(config string) bool {
	data, err := input.ReadFile(config)
	if err != nil {
		return false
	}
	var unit unitchecker.Config
	if json.Unmarshal(data, &unit) != nil || !unit.VetxOnly || unit.VetxOutput == "" {
		return false
	}
	for _, name := range unit.PackageVetx {
		if facts, err := os.Stat(name); err != nil || facts.Size() > 0 {
			return false
		}
	}
	for _, name := range unit.GoFiles {
		text, err := input.ReadFile(name)
		if err != nil || bytes.Contains(text, []byte(vet.HeaderPrefix)) {
			return false
		}
	}
	return os.WriteFile(unit.VetxOutput, nil, 0o666) == nil
}
