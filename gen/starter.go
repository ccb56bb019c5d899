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

// TableName is the table's file of a [Starter].
const TableName = "errors.yaml"

// schemaName is the file that editors check a table with.
const schemaName = "errspec.schema.json"

// generateName is the file of a [Starter] that holds the directive.
const generateName = "generate.go"

// A Starter is what a first table is made for.
type Starter struct {
	// Name is that of the table and of its Go package.
	Name string
	// Package is the name of the Go package in the folder; "" makes a table
	// without Go, in a folder that is part of no module.
	Package string
	// Command is how go generate is to run errspec: "errspec", "go tool errspec".
	Command string
}

// Files returns the files of a first table: the table itself with two codes, an
// errspec.yaml, the schema for editors, and the line that makes go generate run
// errspec.
func (s Starter) Files() map[string][]byte {
	files := map[string][]byte{
		TableName:       []byte(fmt.Sprintf(starterTable, s.Name)),
		config.FileName: []byte(s.config()),
		schemaName:      Schemas()[0].Write(),
	}
	if s.Package != "" {
		files[generateName] = []byte(fmt.Sprintf("package %s\n\n//go:generate %s generate\n", s.Package, s.Command))
	}
	return files
}

func (s Starter) config() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# What is made from %s. Paths are relative to this file.\nversion: 1\ntables:\n  - table: %s\n", TableName, TableName)
	if s.Package != "" {
		fmt.Fprintf(&b, "    go: {dir: %s}\n", s.Name)
	}
	fmt.Fprintf(&b, "    markdown: {file: %s.md}\n", s.Name)
	return b.String()
}

// Check returns what is wrong with the name, "" if nothing.
func (s Starter) Check() string {
	if !form.IsName(s.Name) {
		return "a name is made of lower-case letters, digits and _, and begins with a letter"
	}
	return names.PackageProblem(s.Name)
}

// PackageOf returns the name that a package has by convention, going by the last
// element of its path.
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
# The error codes of the API. Everything else is made from this file: run
# go generate, or errspec generate. errspec lint says what is missing.
errspec: 1
name: %s
title: API error codes
description: Every error that the API returns, what it means, and whether to try again.

classes:
  - name: client
    title: Client errors
    description: The caller can fix these.
    fault: client

  - name: server
    title: Server errors
    description: These pass by themselves, or somebody else has to act.
    fault: server

codes:
  - code: invalid_request
    title: Invalid request
    class: client
    description: The request is not one that the API understands.
    retry:
      action: fix
      advice: Fix the request, then send it again
    http: 400
    subtypes:
      # A sub-type is told by the message. Its examples prove the phrases: numbers
      # in them stand for any number.
      - name: too_large
        title: Too large
        description: A file is larger than the limit.
        examples: [file exceeds 10MB]
        match: ["file exceeds <num:limit_mb>MB"]
    causes:
      - A field is missing, or has a value that is not allowed.
    fixes:
      - Compare the request with the reference of the API.

  - code: unavailable
    title: Temporarily unavailable
    class: server
    description: The API cannot answer for the moment.
    retry:
      action: wait
      automatic: true # a program may send the unchanged request again on its own
      wait: {min: 1s, max: 30s}
      advice: Wait a little, then send it again
    http: 503
    causes:
      - The API is being updated, or has too much to do.
    fixes:
      - Look at the status page if it goes on for minutes.
`
