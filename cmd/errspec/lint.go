package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec/diag"
)

func newLint() *cobra.Command {
	var formatName string
	cmd := &cobra.Command{
		Use:   "lint [TABLE|-]",
		Short: "Report everything that is wrong with a table",
		Long: `Report everything that is wrong with a table: what is not valid, refers to nothing,
contradicts itself or gives no usable Go name. - reads standard input.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lint(cmd, args, formatName)
		},
	}
	addFormat(cmd, &formatName)
	return cmd
}

func lint(cmd *cobra.Command, args []string, formatName string) error {
	format, err := formatOf(formatName)
	if err != nil {
		return err
	}
	refs, err := tables(cmd, args, cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	var findings diag.List
	var failures []error
	for _, ref := range refs {
		table, found, err := load(cmd, ref)
		findings = append(findings, found...)
		failures = append(failures, err)
		if err == nil && !found.HasErrors() {
			findings = append(findings, gen.Lint(table)...)
		}
	}
	if len(findings) == 0 && format.IsDocument() {
		failures = append(failures, printFindings(cmd.OutOrStdout(), format, nil))
	}
	failures = append(failures, report(cmd.OutOrStdout(), format, findings))
	return undecidedFirst(errors.Join(failures...))
}
