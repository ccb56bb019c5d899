package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec/diag"
)

func newSchema() *cobra.Command {
	var names []string
	var lines []string
	for _, s := range gen.Schemas() {
		names = append(names, s.Name)
		lines = append(lines, "  "+s.Name+strings.Repeat(" ", 10-len(s.Name))+s.What)
	}
	return &cobra.Command{
		Use:   "schema [" + strings.Join(names, "|") + "]",
		Short: "Print a JSON Schema, for editors",
		Long: `Print a JSON Schema (draft 2020-12); that of tables if none is named.

` + strings.Join(lines, "\n") + `

Editors with the YAML language server check and complete a table that begins with

  # yaml-language-server: $schema=errspec.schema.json

The schema allows every table that errspec accepts. What only a whole table can
break, errspec lint finds.`,
		Example:   "  errspec schema > errspec.schema.json",
		Args:      atMost(1),
		ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "table"
			if len(args) > 0 {
				name = args[0]
			}
			for _, s := range gen.Schemas() {
				if s.Name == name {
					return printData(cmd.OutOrStdout(), s.Write())
				}
			}
			hint := "write one of " + strings.Join(names, ", ")
			if meant := diag.Suggest(name, names); meant != "" {
				hint = "did you mean " + meant + "?"
			}
			return usagef(hint, "no schema %q", name)
		},
	}
}
