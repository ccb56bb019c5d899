package config

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

// Modules have the extension of their language, which is not that of a declaration file.
func TestModuleNames(t *testing.T) {
	for _, c := range []struct {
		key, file string
		ok        bool
	}{
		{"typescript", "src/a.ts", true}, {"typescript", "a.mts", true}, {"typescript", "a.js", false}, {"typescript", "a.d.ts", false}, {"typescript", ".ts", false}, {"typescript", "a", false},
		{"javascript", "src/a.js", true}, {"javascript", "a.mjs", true}, {"javascript", "a.ts", false}, {"vectors", "a.txt", true},
	} {
		text := "version: 1\ntables:\n  - table: a.yaml\n    " + c.key + ": {file: " + c.file + "}\n"
		parsed, findings := Parse(&diag.File{Name: FileName, Text: text})
		if ok := !findings.HasErrors(); ok != c.ok {
			t.Errorf("%s: %s: %v", c.key, c.file, findings)
		} else if ok && parsed.Tables[0].Outputs() != 1 {
			t.Errorf("%s: %d outputs", c.key, parsed.Tables[0].Outputs())
		}
	}
}

// The declarations of a JavaScript module are an output too.
func TestDeclarations(t *testing.T) {
	for file, want := range map[string]string{"src/a.js": "src/a.d.ts", "a.b.mjs": "a.b.d.mts"} {
		if got := (&File{File: file}).Declarations(); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
	text := "version: 1\ntables:\n  - {table: a.yaml, javascript: {file: a.js}, vectors: {file: a.d.ts}}\n"
	_, findings := Parse(&diag.File{Name: FileName, Text: text})
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "two outputs use") {
		t.Errorf("got %v", findings)
	}
}
