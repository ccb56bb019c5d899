package gen

import (
	"fmt"
	"path"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/names"
)

// TableName is the file name of the table of a [Starter].
const TableName = "errors.yaml"

// schemaName is the file name of the JSON Schema for editors.
const schemaName = "errspec.schema.json"

// generateName is the file name of the go:generate directive of a [Starter].
const generateName = "generate.go"

// A Starter creates the files of a first table.
type Starter struct {
	// Name is the name of the table and of its Go package.
	Name string
	// Package is the name of the Go package in the directory. If it is "", the
	// directory is not part of a module, and no Go is generated.
	Package string
	// TypeScript reports whether a TypeScript module is an output.
	TypeScript bool
	// Python reports whether a Python package is generated. If so, no Go is generated.
	Python bool
	// Command is the command that go generate runs: "errspec", "go tool errspec".
	Command string
}

// Files returns the files of a first table: a table with two codes, an
// errspec.yaml, the schema for editors, and the go:generate line.
func (s Starter) Files() map[string][]byte {
	files := map[string][]byte{
		TableName:       []byte(fmt.Sprintf(starterTable, s.Name)),
		config.FileName: []byte(s.config()),
		schemaName:      Schemas()[0].Write(),
	}
	if s.Package != "" && !s.Python {
		files[generateName] = []byte(fmt.Sprintf("package %s\n\n//go:generate %s generate\n", s.Package, s.Command))
	}
	return files
}

func (s Starter) config() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Outputs generated from %s. Paths are relative to this file.\nversion: 1\ntables:\n  - table: %s\n", TableName, TableName)
	switch {
	case s.Python:
		fmt.Fprintf(&b, "    python: {dir: %s}\n", s.Name)
	case s.Package != "":
		fmt.Fprintf(&b, "    go: {dir: %s}\n", s.Name)
	}
	if s.TypeScript {
		fmt.Fprintf(&b, "    typescript: {file: %s.ts}\n", s.Name)
	}
	fmt.Fprintf(&b, "    markdown: {file: %s.md}\n", s.Name)
	return b.String()
}

// Check returns the problem with the name, or "".
func (s Starter) Check() string {
	if !form.IsName(s.Name) {
		return "a name must start with a lower-case letter and contain only lower-case letters, digits and _"
	}
	if s.Python && names.IsPythonKeyword(s.Name) {
		return s.Name + " is a keyword of Python"
	}
	return names.PackageProblem(s.Name)
}

// PackageOf returns the conventional package name for an import path, derived from
// its last element. It returns "root" if that is not a valid name.
func PackageOf(importPath string) string {
	base := path.Base(importPath)
	if majorVersion.MatchString(base) {
		base = path.Base(path.Dir(importPath))
	}
	base = strings.TrimPrefix(strings.TrimPrefix(base, "go-"), "go.")
	name := strings.Trim(notInName.ReplaceAllString(strings.ToLower(base), "_"), "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' || names.PackageProblem(name) != "" {
		return "root"
	}
	return name
}

var (
	majorVersion = lazyregexp.New(`^v[0-9]+$`)
	notInName    = lazyregexp.New(`[^a-z0-9]+`)
)

const starterTable = `# yaml-language-server: $schema=errspec.schema.json
# The error codes of the API. To generate the outputs, run go generate or errspec
# generate. To check this file, run errspec lint.
errspec: 1
name: %s
title: API error codes
description: The errors that the API returns, their meaning, and whether to retry.

# Where responses contain the code and the message of an error. errspec lint checks
# that each example has the meaning that it gives. For an API of tasks, which clients submit and
# then poll, add fields such as
#
#   id: {role: id}
#   status: {role: status, completed: [completed], failed: [failed]}
response:
  headers:
    x-request-id: {role: request_id}
  fields:
    error.code: {role: code}
    error.message: {role: message}
  examples:
    - name: invalid request
      http: 400
      body: '{"error": {"code": "invalid_request", "message": "file exceeds 10MB"}}'
      gives: {outcome: error, code: invalid_request, subtype: too_large}

classes:
  - name: client
    title: Client errors
    description: Errors that the caller can fix.
    fault: client

  - name: server
    title: Server errors
    description: Temporary errors, or errors that only the API's operator can fix.
    fault: server

codes:
  - code: invalid_request
    title: Invalid request
    class: client
    description: The API cannot process the request.
    retry:
      action: fix
      advice: Fix the request, then retry
    http: 400
    subtypes:
      # The message selects the subtype if it matches a phrase; <num:limit_mb> matches
      # any number. Without match:, errspec derives phrases from the examples.
      - name: too_large
        title: Too large
        description: A file is larger than the limit.
        examples: [file exceeds 10MB]
        match: ["file exceeds <num:limit_mb>MB"]
    causes:
      - A field is missing or has an invalid value.
    fixes:
      - Compare the request with the API reference.

  - code: unavailable
    title: Temporarily unavailable
    class: server
    description: The API is temporarily unavailable.
    retry:
      action: wait
      automatic: true # clients may retry the unchanged request automatically
      wait: {min: 1s, max: 30s}
      advice: Wait, then retry
    http: 503
    causes:
      - The API is being updated or is overloaded.
    fixes:
      - If the error persists for minutes, check the status page.
`
