package main

import (
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/names"
)

func newExport() *cobra.Command {
	var public bool
	cmd := &cobra.Command{
		Use:   "export [TABLE|-]",
		Short: "Print a table as JSON, resolved",
		Long: `Print a table as JSON: the keys of the table format, defaults filled in, waits as Go
durations, and for each code and sub-type its Go constant (x-errspec-ident), its
anchor (x-errspec-anchor) and its address (x-errspec-url). The result is a table
itself. Scripts can rely on this form.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return printExport(cmd, args, public)
		},
	}
	cmd.Flags().BoolVar(&public, "public", false, "leave internal codes out")
	return cmd
}

func printExport(cmd *cobra.Command, args []string, public bool) error {
	// Standard output is for the table: findings mean that there is none.
	stderr := cmd.ErrOrStderr()
	refs, err := tables(cmd, args, stderr, diag.FormatText)
	if err != nil {
		return err
	}
	if len(refs) != 1 {
		return usagef("name one of them", "%s lists %d tables, and export prints one", config.FileName, len(refs))
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
	return printData(cmd.OutOrStdout(), export.JSON(table, export.Options{Names: n, Public: public}))
}
