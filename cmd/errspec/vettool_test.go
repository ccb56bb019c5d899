package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errspec/errspec/gen/vet"
)

// Only command lines of the go command select the vet tool.
func TestIsVetTool(t *testing.T) {
	for args, want := range map[string]bool{
		"-V=full":                 true,
		"-flags":                  true,
		"/tmp/b001/vet.cfg":       true,
		"-json /tmp/vet.cfg":      true,
		"-fix -diff vet.cfg":      true,
		"-errspec.x=1 -c=2 a.cfg": true,
		"":                        false,
		"lint table.cfg":          false,
		"vet -- -json a.cfg":      false,
		"--help":                  false,
		"-V":                      false,
		"-flags now":              false,
		"vet.cfg -json":           false,
	} {
		if got := isVetTool(strings.Fields(args)); got != want {
			t.Errorf("errspec %s: %v", args, got)
		}
	}
}

// A package is skipped only if it has no facts.
func TestSkipUnit(t *testing.T) {
	file := func(name, text string) string {
		name = filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	plain, none, some := file("plain.go", "package p\n"), file("none", ""), file("some", "facts")
	generated := file("codes.go", "//go:build go1.22\n\n"+vet.HeaderPrefix+"x.yaml. DO NOT EDIT.\n\npackage p\n")
	for name, c := range map[string]struct {
		unit unitchecker.Config
		want bool
	}{
		"no facts in imports": {unitchecker.Config{VetxOnly: true, GoFiles: []string{plain}, PackageVetx: map[string]string{"a": none}}, true},
		"to be reported":      {unitchecker.Config{GoFiles: []string{plain}}, false},
		"facts in imports":    {unitchecker.Config{VetxOnly: true, GoFiles: []string{plain}, PackageVetx: map[string]string{"a": none, "b": some}}, false},
		"unreadable facts":    {unitchecker.Config{VetxOnly: true, GoFiles: []string{plain}, PackageVetx: map[string]string{"a": none + "x"}}, false},
		"generated":           {unitchecker.Config{VetxOnly: true, GoFiles: []string{plain, generated}}, false},
		"unreadable":          {unitchecker.Config{VetxOnly: true, GoFiles: []string{plain + "x"}}, false},
	} {
		c.unit.VetxOutput = filepath.Join(t.TempDir(), "vet.out")
		data, err := json.Marshal(c.unit)
		if err != nil {
			t.Fatal(err)
		}
		if got := skipUnit(file("vet.cfg", string(data))); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if _, err := os.Stat(c.unit.VetxOutput); (err == nil) != c.want {
			t.Errorf("%s: unexpected result of writing the facts: %v", name, err)
		}
	}
	for _, config := range []string{"-V=full", file("vet.cfg", "no JSON"), file("vet.cfg", `{"VetxOnly": true}`)} {
		if skipUnit(config) {
			t.Errorf("%s is skipped", config)
		}
	}
}
