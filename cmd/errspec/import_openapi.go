package main

import (
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/spec/importer/openapi"
)

func newImportOpenAPI() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:     "openapi FILE|-",
		Aliases: []string{"oas"},
		Short:   "Create a table from an OpenAPI file",
		Long: `Create a draft table from an OpenAPI file of version 3.0, 3.1 or 3.2, in YAML or
JSON. If FILE is -, read standard input. import reads:

  - the fields of error responses, in schemas and examples: code, message, type,
    parameter and ID of the request, lists of errors, and problems (RFC 9457)
  - codes from enumerations, constants and examples of these fields, and from
    extensions such as x-error-codes
  - HTTP statuses, descriptions of responses and of enumerated values, and
    messages in examples
  - the HTTP statuses as codes, if the file has no other codes

References within the file are followed. Each example must give its code when it
is decoded with the table; the table contains one for each code and status.

A report on standard error lists every response, enumeration, example and
extension about errors with its line, and how it is used or why it is not.

` + importStatus,
		Example: `  errspec import openapi openapi.yaml -o errors.yaml
  curl -s https://api.example.com/openapi.json | errspec import openapi -`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0], openapi.Read) },
	}
	o.addFlags(cmd, "API")
	return cmd
}
