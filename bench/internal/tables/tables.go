// Package tables makes tables of any size, for measuring.
package tables

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/spec"
)

// A Table is the input of one case. Every tool gets the same codes.
type Table struct {
	Name  string // also the name of the Go package
	Codes []Code
	YAML  string // input of errspec
}

// Code is one code of a table.
type Code struct {
	Wire  string // service_error
	Ident string // ServiceError
}

func newCode(wire string) Code {
	var ident strings.Builder
	for word := range strings.SplitSeq(wire, "_") {
		ident.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return Code{Wire: wire, Ident: ident.String()}
}

// Of returns the EvoLink table when it has the wanted number of codes, and a
// synthetic table otherwise.
func Of(size int, full bool, root string) (Table, error) {
	file := filepath.Join(root, "spec", "evolink.yaml")
	evolink, _, err := spec.Load(file)
	if err != nil {
		return Table{}, err
	}
	if evolink == nil || len(evolink.Codes) != size {
		return Synthetic(size, full), nil
	}
	text, err := whole(file)
	t := Table{Name: evolink.Name, YAML: text}
	for _, c := range evolink.Codes {
		t.Codes = append(t.Codes, newCode(c.Wire))
	}
	return t, err
}

// whole returns the text of the EvoLink table with the codes of the file that it includes.
// Both end with their codes.
func whole(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	gateway, err := os.ReadFile(filepath.Join(filepath.Dir(file), "evolink-gateway.yaml"))
	if err != nil {
		return "", err
	}
	_, codes, _ := strings.Cut(string(gateway), "\ncodes:\n")
	return strings.Replace(string(text), "include: [evolink-gateway.yaml]\n", "", 1) + "\n" + codes, nil
}

// The codes of a synthetic table are all combinations of these words, so that
// their lengths and common starts are realistic.
var (
	areas = strings.Fields(`account address batch billing cart catalog contract coupon customer delivery
		document export invoice ledger message order payment profile session warehouse`)
	things = strings.Fields(`access amount approval archive attachment authorization balance barcode budget
		callback capacity card certificate channel checksum comment contact credential currency date
		device discount encoding field file format header identifier image item key label language
		limit link location lock mandate media name note owner password period permission phone
		quantity region schema signature`)
	faults = strings.Fields(`ambiguous blocked closed conflict declined disabled duplicate empty expired
		incomplete invalid locked malformed missing outdated pending rejected too_large unavailable
		unsupported`)
)

// Max is how many codes a synthetic table can have.
var Max = len(areas) * len(things) * len(faults) // 20,000

// Synthetic makes a table of any number of codes up to [Max]. A table holds the
// codes of every smaller one, in the same order. A full one says all that a careful
// author fills in, another one little more than the format requires.
func Synthetic(size int, full bool) Table {
	t := Table{Name: "synthetic"}
	if full {
		t.Name = "full"
	}
	for i := range size {
		// Neighbours share their area and their thing: the first codes of a
		// table are not all of one fault.
		fault := faults[i%len(faults)]
		thing := things[i/len(faults)%len(things)]
		area := areas[i/len(faults)/len(things)]
		t.Codes = append(t.Codes, newCode(area+"_"+thing+"_"+fault))
	}
	t.YAML = syntheticYAML(t, full)
	return t
}

// syntheticYAML writes the table: of each code a title, a class, a description and
// an action, and in a full one also details, advice, causes and fixes, and subtypes
// for one code in eight.
func syntheticYAML(t Table, full bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `errspec: 1
name: %s
title: Synthetic error codes
description: %d codes, made up for measuring.
classes:
  - {name: client, title: Client errors, description: Fixable by the caller, fault: client}
  - {name: server, title: Server errors, description: Not the caller's fault, fault: server}
codes:
`, t.Name, len(t.Codes))
	for i, c := range t.Codes {
		words := strings.ReplaceAll(c.Wire, "_", " ")
		fmt.Fprintf(&b, `  - code: %s
    title: %s
    class: %s
    description: The request failed because of %s
`, c.Wire, strings.ToUpper(words[:1])+words[1:], []string{"client", "server"}[i%2], words)
		if !full {
			fmt.Fprintf(&b, "    retry: {action: %s}\n", actions[i%len(actions)])
			continue
		}
		fmt.Fprintf(&b, "    details: The service looked at the request, found %s, and stopped before anything was changed.\n    retry: %s\n",
			words, retries[i%len(retries)])
		fmt.Fprintf(&b, "    causes: [Another request came first, The %s was set long ago]\n", words)
		fmt.Fprintf(&b, "    fixes: [Look at the %s in the request, Ask the support team]\n", words)
		if i%8 == 0 {
			fmt.Fprintf(&b, `    subtypes:
      - name: limit
        title: Limit exceeded
        description: The limit of the plan is used up
        examples: [%s limit of 10 reached]
      - name: other
        title: Other cases
        description: Everything else
        fallback: true
`, words)
		}
	}
	return b.String()
}

// actions are those of the codes of a synthetic table, in turn; retries are the same
// and more, for a full one.
var actions = []string{"fix", "wait", "check", "retry", "support"}

// retries are the kinds of advice that the codes of a synthetic table get in turn.
var retries = []string{
	"{action: fix, advice: Fix the request, hint: Fix it}",
	"{action: wait, automatic: true, wait: {min: 30s, max: 1m}, advice: Retry after a minute}",
	"{action: check, advice: Check the reference}",
	"{action: retry, automatic: true, advice: Try again}",
	"{action: support, advice: Contact support}",
}
