package tables

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shape is a kind of table that grows in one dimension.
type Shape struct {
	Name string
	// Make returns the files of a table of size n, including [File] and an
	// errspec.yaml. In a later version of the table, every second name is different.
	Make func(n int, later bool) map[string]string
}

// File is the name of the main file of the table of a [Shape].
const File = "table.yaml"

// Shapes returns all kinds of tables.
func Shapes() []Shape {
	return []Shape{
		{"codes", func(n int, later bool) map[string]string { return oneFile(codes(n, later)) }},
		{"subtypes", func(n int, later bool) map[string]string {
			return oneFile(subtypes(n, later, "%[1]s has failed in the %[2]s service"))
		}},
		{"shared-start", func(n int, later bool) map[string]string { return oneFile(subtypes(n, later, SharedStart)) }},
		{"aliases", func(n int, later bool) map[string]string { return oneFile(names("aliases", n, later)) }},
		{"former", func(n int, later bool) map[string]string { return oneFile(names("renamed_from", n, later)) }},
		{"comments", func(n int, later bool) map[string]string { return oneFile(comments(n, later)) }},
		{"includes", includes},
		{"prose", func(n int, later bool) map[string]string { return oneFile(prose(n, later)) }},
		{"misspelled", func(n int, later bool) map[string]string { return oneFile(misspelled(n, later)) }},
	}
}

// SharedStart is the format of messages whose phrases differ only in a word at the end,
// after a number.
const SharedStart = "the request to the upstream provider was rejected after 7 attempts because of %[1]s"

// Word returns one of many words that consist of letters.
func Word(i int) string {
	var b []byte
	for i += 26 * 26 * 26; i > 0; i /= 26 {
		b = append(b, 'a'+byte(i%26))
	}
	return string(b)
}

const shapeHead = `errspec: 1
name: grown
title: Grown error codes
description: Made up for measuring.
classes:
  - {name: client, title: Client errors, description: Fixable by the caller, fault: client}
codes:
`

const config = "version: 1\ntables:\n  - table: " + File + "\n    markdown: {file: page.md}\n"

func oneFile(codes string) map[string]string {
	return map[string]string{File: shapeHead + codes, "errspec.yaml": config}
}

// name returns a name for item i. Every second name exists in only one version.
func name(i int, later bool) string {
	if later && i%2 == 1 {
		return "later_" + Word(i)
	}
	return "name_" + Word(i)
}

func code(wire string) string {
	return fmt.Sprintf(`  - code: %s
    title: Code %[1]s
    class: client
    description: The request failed because of %[1]s
    retry: {action: fix, advice: Fix the request}
    fixes: [Look at the request]
`, wire)
}

func codes(n int, later bool) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(code(name(i, later)))
	}
	return b.String()
}

func subtypes(n int, later bool, example string) string {
	var b strings.Builder
	b.WriteString(code("failed") + "    subtypes:\n")
	for i := range n {
		fmt.Fprintf(&b, "      - name: %s\n        title: Subtype %d\n        description: One of many\n", name(i, later), i)
		fmt.Fprintf(&b, "        examples: ["+example+"]\n", Word(i), Word(7*i))
	}
	return b.String()
}

func names(key string, n int, later bool) string {
	var b strings.Builder
	b.WriteString(code("failed") + "    " + key + ":\n")
	for i := range n {
		b.WriteString("      - " + name(i, later) + "\n")
	}
	return b.String()
}

// comments writes a third of the comments above a code, a third behind it, and a
// third to the items of a list.
func comments(n int, later bool) string {
	var b strings.Builder
	block := func(indent string) {
		for i := range n / 3 {
			b.WriteString(indent + "# This is comment " + strconv.Itoa(i) + " of the table.\n")
		}
	}
	block("  ")
	b.WriteString(code("failed"))
	block("    ")
	b.WriteString(code("stopped") + "    aliases:\n")
	for i := range n / 6 {
		fmt.Fprintf(&b, "      # Comment %d.\n      - %s # and one behind it\n", i, name(i, later))
	}
	return b.String()
}

func includes(n int, later bool) map[string]string {
	files := oneFile(code("failed") + "include: [errors/*.yaml]\n")
	for i := range n {
		files[fmt.Sprintf("errors/%06d.yaml", i)] = "codes:\n" + code(name(i, later))
	}
	return files
}

// prose writes a text of n paragraphs, and one of n causes.
func prose(n int, later bool) string {
	var b strings.Builder
	b.WriteString(code("failed") + "    details: |\n")
	for i := range n {
		fmt.Fprintf(&b, "      The `%s` of a request is what the service [documents](https://example.com/%d) of it.\n\n", name(i, later), i)
	}
	b.WriteString("    causes:\n")
	for i := range n {
		fmt.Fprintf(&b, "      - Another request of %s came first, and the service has accepted it.\n", Word(i))
	}
	return b.String()
}

func misspelled(n int, later bool) string {
	var b strings.Builder
	b.WriteString(code("failed"))
	for i := range n {
		fmt.Fprintf(&b, "    titel_%s: Failed\n", name(i, later))
	}
	return b.String()
}
