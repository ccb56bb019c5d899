package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/internal/plaintext"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer"
)

// importOptions are the flags of the formats.
type importOptions struct {
	output    string
	name      string
	title     string
	maps      []string
	tables    []int
	delimiter string
}

// importStatus is the list of exit statuses in the help of import and its formats.
const importStatus = `Exit status:
  0  a table was created, and every part of FILE that looks like codes is in it
  1  FILE has no codes, cannot be parsed, or has parts that look like codes and
     are not in the table
  2  usage or I/O error, or the file for -o exists`

// importReport describes the report in the help of import and its formats.
const importReport = `A report on standard error lists every table, column, row, heading, list item,
paragraph and code block of FILE with its line, and how it is used or why it is
not. Two rows with the same code are never merged: the second one becomes a
comment.`

func newImport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import csv|markdown|openapi FILE",
		Short: "Create a table from existing documentation",
		Long: `Create a draft table from a CSV file, from the tables, sections and lists of a
Markdown or MDX page, or from the error responses of an OpenAPI file. Print it
to standard output, or write it to a new file with -o. Missing information is
marked with TODO comments. import never guesses whether clients may retry
automatically. If FILE is -, read standard input.

` + importReport + `

` + importStatus,
		Example: `  errspec import markdown docs/errors.mdx -o errors.yaml
  errspec import csv codes.csv --map code="Error ID" --map fixes="What to do"
  errspec import openapi openapi.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("run "+cmd.CommandPath()+" --help", "specify a format and a file: import csv FILE, import markdown FILE or import openapi FILE")
			}
			return noSuchCommand(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newImportCSV(), newImportMarkdown(), newImportOpenAPI())
	return cmd
}

func newImportCSV() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "csv FILE|-",
		Short: "Create a table from a CSV file",
		Long: `Create a draft table from a CSV file whose first row names the columns. Common
column names in several languages are recognized, ignoring case and
punctuation: code, error code, title, description, message, retryable,
category, HTTP status, cause, how to fix, since, deprecated and many more.
Other columns of codes, HTTP statuses and descriptions are guessed from their
cells. Use --map to assign columns, by name or by number starting at 1. Cells
with several values are split at line breaks and semicolons. If FILE is -, read
standard input.

` + importReport + `

Keys for --map:
` + mapKeys() + `

` + importStatus,
		Example: `  errspec import csv codes.csv
  errspec import csv codes.csv --map code=Error --map description=Meaning`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0], importer.CSV) },
	}
	o.addFlags(cmd, "page")
	o.addColumnFlags(cmd)
	cmd.Flags().StringVar(&o.delimiter, "delimiter", "", "cell separator: one `CHARACTER`, or tab (default: detected from the header)")
	return cmd
}

func newImportMarkdown() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:     "markdown FILE|-",
		Aliases: []string{"md", "mdx"},
		Short:   "Create a table from a Markdown or MDX page",
		Long: `Create a draft table from a Markdown or MDX page. If FILE is -, read standard
input. import reads:

  - tables with a column of codes, also in HTML; a heading above several of them
    becomes a class
  - sections about one code: headings, or components with a title such as
    accordions and tabs
  - in those sections, tables of subtypes, and lists and paragraphs under labels
    such as Causes, How to avoid, How to fix or Examples
  - lists and paragraphs that start with codes
  - an example response and the table of its fields

Columns and headings of codes are recognized by their form and by common names
in several languages. Use --tables to select the tables of codes by number, and
--map to assign columns, by name or by number starting at 1. The report shows
the number of each table. Pages that errspec generated are refused; use export
to print their table.

` + importReport + `

Keys for --map:
` + mapKeys() + `

` + importStatus,
		Example: `  errspec import markdown docs/errors.mdx -o errors.yaml
  errspec import markdown docs/errors.md --tables 1 --map code=Code`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0], importer.Markdown) },
	}
	o.addFlags(cmd, "page")
	o.addColumnFlags(cmd)
	return cmd
}

// addFlags adds the flags of all formats. The source is a page or an API.
func (o *importOptions) addFlags(cmd *cobra.Command, source string) {
	flags := cmd.Flags()
	flags.StringVarP(&o.output, "output", "o", "", "write the table to a new `FILE` instead of standard output")
	flags.StringVar(&o.name, "name", "", "`NAME` of the table (default: derived from the file name)")
	flags.StringVar(&o.title, "title", "", "`TITLE` of the table (default: the title of the "+source+")")
}

// addColumnFlags adds the flags of formats with tables.
func (o *importOptions) addColumnFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&o.maps, "map", nil, "read the table key KEY from column COLUMN (`KEY=COLUMN`); may be repeated")
	flags.IntSliceVar(&o.tables, "tables", nil, "read codes from the tables with these `NUMBERS` only (default: guessed)")
}

// oneFile returns an error unless there is exactly one argument.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("run "+cmd.CommandPath()+" --help", "%s takes one file, not %d", cmd.CommandPath(), len(args))
	}
	return nil
}

// mapKeys returns the keys of --map for the help text.
func mapKeys() string {
	p := page{width: pageWidth}
	p.wrapped("  ", "  ", strings.Join(importer.Keys(), ", "))
	return strings.TrimSuffix(p.text(), "\n")
}

// parseMaps reads the values of --map.
func parseMaps(all []string) (map[string]string, error) {
	keys := importer.Keys()
	columns := make(map[string]string)
	for _, s := range all {
		key, column, ok := strings.Cut(s, "=")
		switch {
		case !ok || key == "" || column == "":
			return nil, usagef(`for example --map description="What it means"`, "invalid value %q for --map: expected KEY=COLUMN", s)
		case !slices.Contains(keys, key):
			help := "keys: " + strings.Join(keys, ", ")
			if meant := diag.Suggest(key, keys); meant != "" {
				help = "did you mean " + meant + "?"
			}
			return nil, usagef(help, "unknown key %q in --map", key)
		case columns[key] != "":
			return nil, usagef("remove one of them", "--map assigns two columns to %s", key)
		}
		columns[key] = column
	}
	return columns, nil
}

// parseDelimiter reads the value of --delimiter. It returns 0 for "".
func parseDelimiter(s string) (rune, error) {
	switch s {
	case "":
		return 0, nil
	case "tab", `\t`:
		return '\t', nil
	}
	r, size := utf8.DecodeRuneInString(s)
	if size != len(s) || r == utf8.RuneError || strings.ContainsRune("\"\r\n", r) {
		return 0, usagef(`for example --delimiter ";" or --delimiter tab`, "invalid delimiter %q", s)
	}
	return r, nil
}

// options returns the options of the importer, or an error if a flag is invalid.
func (o *importOptions) options() (importer.Options, error) {
	if o.name != "" && !form.IsName(o.name) {
		return importer.Options{}, usagef("start with a-z, then use a-z, 0-9 and _", "invalid name %q", o.name)
	}
	columns, err := parseMaps(o.maps)
	if err != nil {
		return importer.Options{}, err
	}
	delimiter, err := parseDelimiter(o.delimiter)
	return importer.Options{Name: o.name, Title: o.title, Delimiter: delimiter, Columns: columns, Tables: o.tables}, err
}

// run imports a file. A table that lacks parts of the file is written too.
func (o *importOptions) run(cmd *cobra.Command, file string, read func(file, text string, o importer.Options) importer.Result) error {
	options, err := o.options()
	if err != nil {
		return err
	}
	name, data, err := readArgument(cmd, file)
	if err != nil {
		return err
	}
	if data, err = plaintext.Decode(data); err != nil {
		return fmt.Errorf("%s: %w", diag.Printable(name), err)
	}
	result := read(name, string(data), options)
	// Standard output is reserved for the table.
	if err := printReport(cmd.ErrOrStderr(), name, result.Report); err != nil {
		return err
	}
	found := report(cmd.ErrOrStderr(), diag.FormatText, result.Findings)
	if result.Table == "" || found != nil && !errors.Is(found, errFindings) {
		return found
	}
	if o.output != "" {
		err = uninterrupted(cmd.Context(), func() error { return output.Create(map[string][]byte{o.output: []byte(result.Table)}) })
	} else {
		err = printData(cmd.OutOrStdout(), []byte(result.Table))
	}
	if err != nil {
		return err
	}
	return found
}

// readArgument reads a file, or standard input, and returns the name that findings use
// for it.
func readArgument(cmd *cobra.Command, file string) (name string, data []byte, err error) {
	if file != "-" {
		data, err = input.ReadFile(file)
		return filepath.ToSlash(file), data, err
	}
	if data, err = input.ReadAll(cmd.InOrStdin()); err != nil {
		return "", nil, fmt.Errorf("standard input: %w", err)
	}
	return stdin, data, nil
}
