package main

import (
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/config"
	responses "github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/names"
)

func newExport() *cobra.Command {
	var public, openapi bool
	cmd := &cobra.Command{
		Use:   "export [TABLE|-]",
		Short: "Print the resolved table as JSON",
		Long: `Print the resolved table as JSON, with includes, base table and defaults
applied. The keys are those of the table format, waits are Go durations, and
each code and subtype has its Go constant (x-errspec-ident), anchor
(x-errspec-anchor) and URL (x-errspec-url). The output is itself a valid
table, and its format is stable.

--openapi prints an OpenAPI 3.0 file instead. Its components are the schemas
Error and ErrorCode, and a response for each HTTP status with its codes and
their retry settings (x-errspec-codes). errspec import openapi reads the codes
again. If the table has response.send, the examples are the responses that the
service sends, and internal codes are omitted.

Without TABLE, errspec.yaml must list a single table. If TABLE is -, read
standard input.

Exit status:
  0  the table was printed
  1  the table or errspec.yaml is invalid
  2  a file cannot be read, or errspec.yaml lists several tables`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return printExport(cmd, args, export.Options{Public: public}, openapi)
		},
	}
	cmd.Flags().BoolVar(&public, "public", false, "omit internal codes")
	cmd.Flags().BoolVar(&openapi, "openapi", false, "print an OpenAPI file with components for errors")
	return cmd
}

func printExport(cmd *cobra.Command, args []string, o export.Options, openapi bool) error {
	// Standard output is reserved for the table, so findings are printed to standard error.
	stderr := cmd.ErrOrStderr()
	refs, err := tables(cmd, args, stderr, diag.FormatText)
	if err != nil {
		return err
	}
	if len(refs) != 1 {
		return usagef("name one table", "%s lists %d tables, but export prints only one", config.FileName, len(refs))
	}
	table, findings, err := load(cmd, refs[0])
	if err != nil {
		return err
	}
	var n *names.Names
	if !findings.HasErrors() {
		var found diag.List
		n, found = names.Of(table, names.Options{})
		findings = append(findings, found...)
	}
	if findings.HasErrors() {
		return report(stderr, diag.FormatText, findings)
	}
	o.Names = n
	if openapi {
		return printData(cmd.OutOrStdout(), export.OpenAPI(table, o, responses.SentExamples(table)))
	}
	return printData(cmd.OutOrStdout(), export.JSON(table, o))
}
