package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/plaintext"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/drift"
	"github.com/errspec/errspec/spec/importer"
)

// driftOptions is a parsed command line of errspec drift.
type driftOptions struct {
	source       string
	sourceFormat string
	maps         []string
	tables       []int
	format       string
	prose        bool
}

func newDrift() *cobra.Command {
	var o driftOptions
	cmd := &cobra.Command{
		Use:   "drift [TABLE] --source FILE|-",
		Short: "Compare a table with published documentation",
		Long: `Compare a table with the documentation that a service publishes: a Markdown or
MDX page, a CSV file, an OpenAPI file, or the text of a page as copied from a
browser. errspec does not use the network; pipe the documentation to
--source -.

Report codes and subtypes that only one side has, and cells that differ: title,
description, advice, hint, HTTP status and example messages. A cell is compared
if the source has such cells. --prose also compares details, causes, and how to
avoid and fix errors.

source: of a table in errspec.yaml holds the address of the documentation, its
format, the columns that errspec import takes with --map, and accepted
differences with their reasons. Accepted differences that do not exist are
findings. Codes with a separate url: are not expected in the source.

Without TABLE, errspec.yaml must have source: for a single table.

Exit status:
  0  no differences, except for accepted ones
  1  differences, or the source or the table is invalid
  2  usage or I/O error`,
		Example: `  errspec drift errors.yaml --source docs/errors.md
  curl -s https://example.com/errors.md | errspec drift --source -`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.source, "source", "", "published documentation: a `FILE`, or - for standard input (required)")
	flags.StringVar(&o.sourceFormat, "source-format", "", "`FORMAT` of the source: "+strings.Join(drift.Formats(), ", ")+" (default: from errspec.yaml, otherwise guessed)")
	flags.StringArrayVar(&o.maps, "map", nil, "read the table key KEY from column COLUMN (`KEY=COLUMN`); may be repeated (default: from errspec.yaml)")
	flags.IntSliceVar(&o.tables, "tables", nil, "read codes from the tables with these `NUMBERS` only (default: from errspec.yaml)")
	flags.BoolVar(&o.prose, "prose", false, "also compare details, causes, avoid and fixes")
	_ = cmd.RegisterFlagCompletionFunc("source-format", cobra.FixedCompletions(drift.Formats(), cobra.ShellCompDirectiveNoFileComp))
	addFormat(cmd, &o.format)
	return cmd
}

func (o driftOptions) run(cmd *cobra.Command, args []string) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	switch {
	case o.source == "":
		return usagef("add --source FILE, or --source - for standard input", "--source is required")
	case o.source == "-" && len(args) > 0 && args[0] == "-":
		return usagef("save one of them to a file", "the table and the source cannot both be standard input")
	case o.sourceFormat != "" && !slices.Contains(drift.Formats(), o.sourceFormat):
		return usagef("use one of "+strings.Join(drift.Formats(), ", "), "unknown format %q of the source", o.sourceFormat)
	}
	scope, err := scopeOf(cmd, args, cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	ref, err := driftTable(scope)
	if err != nil {
		return err
	}
	table, findings, err := load(cmd, ref)
	if err != nil {
		return err
	}
	if !findings.HasErrors() {
		if findings, err = o.compare(cmd, scope.config.Published(ref), table); err != nil {
			return err
		}
	}
	if len(findings) > 0 || format.IsDocument() {
		err = printFindings(cmd.OutOrStdout(), format, findings)
	}
	return failureFirst(errors.Join(err, failing(findings, diag.Error)))
}

// driftTable returns the only table of a scope, or the only one with a source.
func driftTable(s scope) (string, error) {
	refs := s.refs
	if len(refs) > 1 {
		refs = slices.DeleteFunc(slices.Clone(refs), func(ref string) bool { return s.config.Published(ref) == nil })
	}
	if len(refs) != 1 {
		return "", usagef("name one table", "%s lists %d tables, and %d of them have source:, but drift compares one", config.FileName, len(s.refs), len(refs))
	}
	return refs[0], nil
}

// compare returns the differences between the table and the source, or the problems of the
// source.
func (o driftOptions) compare(cmd *cobra.Command, settings *config.Published, table *spec.Table) (diag.List, error) {
	options, err := o.importOptions(settings)
	if err != nil {
		return nil, err
	}
	name, data, err := readArgument(cmd, o.source)
	if err != nil {
		return nil, err
	}
	if data, err = plaintext.Decode(data); err != nil {
		return nil, fmt.Errorf("%s: %w", diag.Printable(name), err)
	}
	compared := drift.Options{Prose: o.prose, Accept: settings.Accepted()}
	format := o.sourceFormat
	if settings != nil {
		compared.URL = settings.URL
		if format == "" {
			format = settings.Format
		}
	}
	if format == "" {
		format = drift.FormatOf(name, string(data))
	}
	file := &diag.File{Name: name, Text: string(data), Elsewhere: o.source == "-"}
	source, findings := drift.Read(file, format, table, options)
	if source == nil {
		return findings, nil
	}
	return drift.Compare(table, source, findings, compared), nil
}

// importOptions returns the mapping of the source: that of the command line, or else of
// errspec.yaml.
func (o driftOptions) importOptions(settings *config.Published) (importer.Options, error) {
	columns, err := parseMaps(o.maps)
	if err != nil {
		return importer.Options{}, err
	}
	options := importer.Options{Columns: columns, Tables: o.tables}
	if settings != nil && len(columns) == 0 {
		options.Columns = settings.Map
	}
	if settings != nil && len(o.tables) == 0 {
		for _, n := range settings.Tables {
			options.Tables = append(options.Tables, int(n))
		}
	}
	return options, nil
}
