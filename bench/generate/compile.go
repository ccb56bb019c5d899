package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/bench/internal/measure"
)

// timeCompile runs only the compiler on the package in a subdirectory of dir, like the
// go command does. The dependencies are already compiled.
func timeCompile(dir, pkg string) (measure.Sample, error) {
	list := func(format string, args ...string) (string, error) {
		out, err := goCommand(dir, append([]string{"list", "-f", format}, append(args, "./"+pkg)...)...).CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("go list: %w\n%s", err, out)
		}
		return strings.TrimSpace(string(out)), nil
	}
	deps, err := list("{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "-export", "-deps")
	if err != nil {
		return measure.Sample{}, err
	}
	if err := writeFile(dir, "importcfg", deps+"\n"); err != nil {
		return measure.Sample{}, err
	}
	files, err := list(`{{join .GoFiles "\n"}}`)
	if err != nil {
		return measure.Sample{}, err
	}
	command := []string{"go", "tool", "compile", "-p", "example.com/bench/x", "-importcfg", "importcfg", "-pack", "-o", "x.a"}
	for file := range strings.SplitSeq(files, "\n") {
		command = append(command, filepath.Join(pkg, file))
	}
	return measure.Run(dir, command)
}
