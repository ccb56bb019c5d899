package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec/diag"
)

// A vetTree is the output of go vet -json for a package: by the package's ID and the
// analyzer's name, diagnostics or an error.
type vetTree map[string]map[string]json.RawMessage

type vetDiagnostic struct {
	Category       string   `json:"category"`
	Posn           string   `json:"posn"` // file:line:column, in bytes
	End            string   `json:"end"`
	Message        string   `json:"message"`
	SuggestedFixes []vetFix `json:"suggested_fixes"`
	Related        []struct {
		Message string `json:"message"`
	} `json:"related"`
}

// realFile returns the name of the file that the edits of the diagnostic change. The
// name in the output, shown, may come from a //line comment.
func (d vetDiagnostic) realFile(shown string) string {
	for _, r := range d.Related {
		if name, ok := strings.CutPrefix(r.Message, vet.RealFile); ok {
			return name
		}
	}
	return shown
}

type vetFix struct {
	Message string    `json:"message"`
	Edits   []vetEdit `json:"edits"`
}

type vetEdit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	New      string `json:"new"`
}

// splitVetOutput separates the documents of the tool, each from a line { to a line },
// from the messages of the go command. It skips lines that contain only the name of a
// package.
func splitVetOutput(outputs ...[]byte) (documents []byte, messages string) {
	var b strings.Builder
	inside := false
	for line := range bytes.Lines(bytes.Join(outputs, []byte("\n"))) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case inside || text == "{":
			documents = append(documents, line...)
			inside = text != "}"
		case text == "" || text == "{}" || strings.HasPrefix(text, "# "):
		default:
			b.WriteString(text + "\n")
		}
	}
	return documents, b.String()
}

// vetFindings reads documents of go vet -json.
func vetFindings(documents []byte) (diag.List, error) {
	files := make(map[string]*diag.File)
	var findings diag.List
	var failures []error
	for decoder := json.NewDecoder(bytes.NewReader(documents)); decoder.More(); {
		var tree vetTree
		if err := decoder.Decode(&tree); err != nil {
			return findings, fmt.Errorf("cannot read the output of go vet: %w", err)
		}
		for id, analyzers := range tree {
			for _, message := range analyzers {
				var all []vetDiagnostic
				if err := json.Unmarshal(message, &all); err != nil {
					failures = append(failures, fmt.Errorf("%s: %s", id, message))
				}
				for _, d := range all {
					findings = append(findings, d.finding(files))
				}
			}
		}
	}
	return findings, errors.Join(failures...)
}

// finding returns the diagnostic in the form of the other commands of errspec.
func (d vetDiagnostic) finding(files map[string]*diag.File) diag.Diagnostic {
	file, start := position(d.Posn, files)
	_, end := position(cmp.Or(d.End, d.Posn), files)
	f := diag.Diagnostic{
		Rule: d.Category, Severity: severityOfRule(d.Category),
		Message:  strings.TrimSuffix(d.Message, " ["+d.Category+"]"),
		Location: diag.Location{File: file, Start: start, End: end},
	}
	if len(d.SuggestedFixes) > 0 {
		fix := d.SuggestedFixes[0] // the one that go vet -fix applies
		f.Help, f.Fix = fix.Message, &diag.Fix{Message: fix.Message}
		for _, e := range fix.Edits {
			f.Fix.Edits = append(f.Fix.Edits, diag.Edit{File: vetFile(d.realFile(e.Filename), files), Start: e.Start, End: e.End, Text: e.New})
		}
	}
	return f
}

func severityOfRule(id string) diag.Severity {
	for _, r := range vet.Rules() {
		if r.ID == id {
			return r.Severity
		}
	}
	return diag.Error
}

// position parses "file:line:column", with the column in bytes, or "file:line".
func position(posn string, files map[string]*diag.File) (*diag.File, diag.Pos) {
	rest, column := cutLast(posn)
	name, line := cutLast(rest)
	if line == 0 { // a //line comment without a column
		line, column = column, 1
	}
	file := vetFile(name, files)
	text := file.Line(line)
	return file, diag.Pos{Line: line, Column: utf8.RuneCountInString(text[:min(max(column-1, 0), len(text))]) + 1}
}

// cutLast splits a text at its last colon, which a number must follow.
func cutLast(s string) (string, int) {
	i := strings.LastIndexByte(s, ':')
	n, err := strconv.Atoi(s[i+1:])
	if i < 0 || err != nil {
		return s, 0
	}
	return s[:i], n
}

// vetFile returns a source file, which it reads once. Its text is empty if the file
// cannot be read, or if it may not be source: a //line comment can name any file.
func vetFile(name string, files map[string]*diag.File) *diag.File {
	if f := files[name]; f != nil {
		return f
	}
	f := &diag.File{Name: shownName(name)}
	if isSource(name) {
		text, _ := input.ReadFile(name)
		f.Text = string(text)
	}
	files[name] = f
	return f
}

// isSource reports whether findings may quote a file: it is a Go file, or inside the
// current directory.
func isSource(name string) bool {
	real, err := filepath.EvalSymlinks(name)
	return err == nil && filepath.Ext(real) == ".go" || input.Inside(".", name)
}
