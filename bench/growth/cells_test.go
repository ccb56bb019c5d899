package main

import (
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"

	"github.com/errspec/errspec/bench/internal/tables"
)

// The tables must stay valid as the format grows, or the commands end before they have done
// what is measured; and they must have as much as they are asked for.
func TestShapes(t *testing.T) {
	counts := map[string]func(*spec.Table) int{
		"codes":      func(t *spec.Table) int { return len(t.Codes) },
		"subtypes":   func(t *spec.Table) int { return len(t.Codes[0].Subtypes) },
		"beginnings": func(t *spec.Table) int { return len(t.Codes[0].Subtypes) },
		"aliases":    func(t *spec.Table) int { return len(t.Codes[0].Aliases) },
		"former":     func(t *spec.Table) int { return len(t.Codes[0].RenamedFrom) },
		"includes":   func(t *spec.Table) int { return len(t.Files()) - 1 },
		"prose":      func(t *spec.Table) int { return len(t.Codes[0].Causes) },
		"comments":   nil,
		"misspelt":   nil,
	}
	for _, shape := range tables.Shapes() {
		count, known := counts[shape.Name]
		if !known || sizes[shape.Name] == 0 {
			t.Errorf("%s: nothing is known of it", shape.Name)
		}
		for _, later := range []bool{false, true} {
			files := fstest.MapFS{}
			for name, text := range shape.Make(60, later) {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			table, findings := spec.Parse(tables.File, string(files[tables.File].Data), files)
			if shape.Name == "misspelt" {
				if len(findings) != 60 {
					t.Errorf("misspelt: %d findings, want 60", len(findings))
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

// A phrase is found in the messages of which the time is measured, and in no others.
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
