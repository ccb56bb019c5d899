package main

import (
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"

	"github.com/errspec/errspec/bench/internal/tables"
)

// The tables must be valid in the current table format, otherwise the commands end
// before the measured operation. They must also have the requested size.
func TestShapes(t *testing.T) {
	counts := map[string]func(*spec.Table) int{
		"codes":        func(t *spec.Table) int { return len(t.Codes) },
		"subtypes":     func(t *spec.Table) int { return len(t.Codes[0].Subtypes) },
		"shared-start": func(t *spec.Table) int { return len(t.Codes[0].Subtypes) },
		"aliases":      func(t *spec.Table) int { return len(t.Codes[0].Aliases) },
		"former":       func(t *spec.Table) int { return len(t.Codes[0].RenamedFrom) },
		"includes":     func(t *spec.Table) int { return len(t.Files()) - 1 },
		"prose":        func(t *spec.Table) int { return len(t.Codes[0].Causes) },
		"comments":     nil,
		"misspelled":   nil,
	}
	for _, shape := range tables.Shapes() {
		count, known := counts[shape.Name]
		if !known || sizes[shape.Name] == 0 {
			t.Errorf("%s: unknown shape", shape.Name)
		}
		for _, later := range []bool{false, true} {
			files := fstest.MapFS{}
			for name, text := range shape.Make(60, later) {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			table, findings := spec.Parse(tables.File, string(files[tables.File].Data), files)
			if shape.Name == "misspelled" {
				if len(findings) != 60 {
					t.Errorf("misspelled: %d findings, want 60", len(findings))
				}
				continue
			}
			for _, f := range append(findings, validate.Run(table)...) {
				t.Fatalf("%s: %v", shape.Name, f)
			}
			if count != nil && count(table) != 60 {
				t.Errorf("%s: %d, want 60", shape.Name, count(table))
			}
		}
	}
}

// Each phrase matches exactly the expected messages of the measurement.
func TestMessages(t *testing.T) {
	run, err := messages(300)
	if err == nil {
		_, err = run()
	}
	if err != nil {
		t.Error(err)
	}
}

// The responses of which the time is measured are read as their cells say.
func TestResponses(t *testing.T) {
	for _, c := range responseCells() {
		run, err := c.prepare(workshop{}, "", "", 100)
		if err == nil {
			_, err = run()
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
