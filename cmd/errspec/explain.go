package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/triage"
)

func newExplain() *cobra.Command {
	var table string
	cmd := &cobra.Command{
		Use:   "explain -",
		Short: "Explain a pasted error to a person",
		Long: `Read an error from standard input, as it was found: the service's JSON response, a
line of a log, the text of a Go error, also with other text around it. Print what
happened, to which task, what to do about it and what a program may do.

Exit status: 0 explained; 1 no error was found in the text; 2 standard input or the
table could not be read.`,
		Example: `  errspec explain - < response.json
  echo 'evolink: invalid_parameters: file size exceeds 10MB (task t-1)' | errspec explain -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "-" {
				return usagef("write errspec explain - and paste the error", "explain reads what it is to explain from standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return explainPasted(cmd, table)
		},
	}
	addTable(cmd, &table)
	return cmd
}

// maxPasted bounds how much is read of what was pasted.
const maxPasted = 16 << 20

// explainPasted explains the error in standard input.
func explainPasted(cmd *cobra.Command, ref string) error {
	table, extractor, err := loadExtractor(cmd, ref, true)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxPasted+1))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	if len(text) > maxPasted {
		return usagef("errspec classify reads texts of any length", "standard input has more than %d MiB", maxPasted>>20)
	}
	f, count := triage.Best(extractor, string(text))
	p := &page{}
	switch f.Source {
	case extract.None:
		p.line("There is no error of " + table.Name + " in the text: no code, and no phrase that its table knows.")
	case extract.Lost:
		p.lost(f)
	default:
		p.failure(table, extractor.Decide(f))
	}
	if count > 1 {
		p.heading("")
		p.line(fmt.Sprintf("The text holds %d errors. This is about the first of the most certain; errspec classify lists them all.", count))
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), p.text()); err != nil && !isClosedPipe(err) {
		return err
	}
	if f.Source == extract.None {
		return errFindings
	}
	return nil
}

// docsAddress returns where a code is documented, "" if nowhere. Addresses are
// settled where all other names are, which export tells of.
func docsAddress(table *spec.Table, wire string) string {
	data, findings := gen.Export(table, false)
	if findings.HasErrors() {
		return ""
	}
	var export struct {
		Codes []struct {
			Code json.RawMessage `json:"code"`
			URL  string          `json:"x-errspec-url"`
		} `json:"codes"`
	}
	if json.Unmarshal(data, &export) != nil {
		return ""
	}
	for _, c := range export.Codes {
		var text string
		if json.Unmarshal(c.Code, &text) != nil {
			text = string(c.Code) // a number
		}
		if text == wire {
			return c.URL
		}
	}
	return ""
}
