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
		lines = append(lines, "  "+s.Name+strings.Repeat(" ", 13-len(s.Name))+s.About)
	}
	return &cobra.Command{
		Use:   "schema [" + strings.Join(names, "|") + "]",
		Short: "Print a JSON Schema for editors",
		Long: `Print a JSON Schema (draft 2020-12). Its name is one of these (default: table):

` + strings.Join(lines, "\n") + `

Editors that use the YAML language server validate and complete tables that
start with

  # yaml-language-server: $schema=errspec.schema.json

The schema accepts every table that errspec accepts. Rules that involve the
whole table are checked only by errspec lint.

Exit status:
  0  the schema was printed
  2  the name of the schema is unknown`,
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
			help := "use one of " + strings.Join(names, ", ")
			if meant := diag.Suggest(name, names); meant != "" {
				help = "did you mean " + meant + "?"
			}
			return usagef(help, "unknown schema %q", name)
		},
	}
}
