package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/explain"
	"github.com/errspec/errspec/spec/names"
)

// explainOptions is a parsed command line of errspec explain.
type explainOptions struct {
	table string
	json  bool
}

func newExplain() *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain CODE|RULE|-",
		Short: "Explain a code, a rule, or a pasted error",
		Long: `Print the documentation of a code: its meaning, advice, whether clients may
retry automatically, causes and fixes. CODE is a wire value, an alias, a
former name, a subtype, a Go constant, a title, an HTTP status, or the start
of a code, subtype or constant. If the argument is the RULE of a finding,
print its purpose and an example.

With -, read an error from standard input: a response as curl -i prints it, its
JSON body, a log line or the text of a Go error, with or without other text
around it. Print the advice, whether clients may retry automatically, and a
table of the parts that were found: HTTP status, code, subtype, message, task,
request ID and delay, with the field or header each was read from. A whole
response has the decision of the generated package. A body without its status
and headers is not automatic if these could change the decision.

With --json, print an object with the code, subtype, title, decision, values of
the message and URL, whether the service charges for the request (charged), who
has to act (x-errspec-acts: client, service, support or unknown) and what to do
next (x-errspec-next-step). Its keys are those of errspec export and errspec
classify. If a text contains several errors, each has an object, and the most
reliable one is first. Each decision is that of errspec classify, or stricter.
errspec schema explanation prints the JSON Schema.

Exit status:
  0  the code, rule or error was explained
  1  no such code or rule, or no error in the text
  2  standard input or the table cannot be read`,
		Example: `  errspec explain service_error
  errspec explain CodeQuotaExceeded --json
  errspec explain looser-retry
  curl -is https://api.example.com/v1/tasks/1 | errspec explain -
  errspec explain - --json < response.json
  errspec explain - < client.log`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("run errspec explain CODE, in quotes if it contains spaces, or errspec explain - and paste the error", "explain takes one argument: a code, a rule, or - for a pasted error")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] != "-" {
				return explainCode(cmd, args[0], o)
			}
			return explainPasted(cmd, o)
		},
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		cmd.SetErr(io.Discard)
		all, err := allEntries(cmd, o.table)
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var values []cobra.Completion
		for _, e := range all {
			values = append(values, e.Value())
		}
		for _, r := range gen.Rules() {
			values = append(values, r.ID)
		}
		return values, cobra.ShellCompDirectiveNoFileComp
	}
	addTable(cmd, &o.table)
	cmd.Flags().BoolVar(&o.json, "json", false, "print JSON, as errspec schema explanation describes it")
	return cmd
}

// explainCode prints the page of the code, subtype or rule with the given name.
func explainCode(cmd *cobra.Command, name string, o explainOptions) error {
	all, err := allEntries(cmd, o.table)
	if err != nil {
		return err
	}
	found := find(all, name)
	if rules := findRules(name); len(found) != 1 && len(rules) == 1 {
		return printRule(cmd, rules[0], o.json)
	}
	if len(found) != 1 {
		w := cmd.OutOrStdout()
		if o.json {
			w = cmd.ErrOrStderr() // standard output is reserved for JSON
		}
		reportNoMatch(w, name, found, all)
		return errFindings
	}
	if o.json {
		return printExplanations(cmd, noText, explain.Entry(found[0]))
	}
	p := newPage(cmd.OutOrStdout())
	p.entry(found[0])
	return unlessClosed(printPage(cmd.OutOrStdout(), p))
}

// findRules returns the rule with the given name, otherwise the rules that start with
// the name.
func findRules(name string) []diag.Rule {
	if now, ok := diag.RenamedRule(name); ok {
		name = now
	}
	var found []diag.Rule
	for _, r := range gen.Rules() {
		switch {
		case r.ID == name:
			return []diag.Rule{r}
		case name != "" && strings.HasPrefix(r.ID, name):
			found = append(found, r)
		}
	}
	return found
}

func printRule(cmd *cobra.Command, r diag.Rule, asJSON bool) error {
	if asJSON {
		return printExplanations(cmd, noText, explain.Rule(r))
	}
	p := newPage(cmd.OutOrStdout())
	p.rule(r)
	return printPage(cmd.OutOrStdout(), p)
}

// allEntries returns the entries of a table, or of all tables of errspec.yaml.
func allEntries(cmd *cobra.Command, ref string) ([]names.Entry, error) {
	var args []string
	if ref != "" {
		args = []string{ref}
	}
	stderr := cmd.ErrOrStderr()
	refs, err := tables(cmd, args, stderr, diag.FormatText)
	if err != nil {
		return nil, failed(err, config.FileName)
	}
	var all []names.Entry
	for _, ref := range refs {
		table, findings, err := load(cmd, ref)
		if err != nil {
			return nil, err
		}
		var entries []names.Entry
		if !findings.HasErrors() {
			var found diag.List
			entries, found = names.Entries(table)
			findings = append(findings, found...)
		}
		if err := report(stderr, diag.FormatText, findings); err != nil {
			return nil, failed(err, ref)
		}
		all = append(all, entries...)
	}
	return all, nil
}

// maxChoices is the maximum number of entries that are printed for an ambiguous name.
const maxChoices = 10

// reportNoMatch prints that a name matches no entry, or several.
func reportNoMatch(w io.Writer, name string, found, all []names.Entry) {
	if len(found) == 0 {
		_ = printLine(w, "no code, subtype or rule named %q", name)
		if strings.Contains(name, " ") {
			_ = printLine(w, "to explain the text of an error, run errspec explain - and paste it")
			return
		}
		known := namesOf(all)
		for _, r := range gen.Rules() {
			known = append(known, r.ID)
		}
		if meant := diag.Suggest(name, known); meant != "" {
			_ = printLine(w, "did you mean %s?", meant)
		}
		return
	}
	_ = printLine(w, "%q is ambiguous: %d matches", name, len(found))
	for i, e := range found {
		if i == maxChoices {
			_ = printLine(w, "  and %d more", len(found)-i)
			break
		}
		_ = printLine(w, "  %s (%s)", e.Value(), e.Table.Title)
	}
}

// docsURL returns the URL of the documentation of a code. It returns "" if there is
// none.
func docsURL(table *spec.Table, wire string) string {
	all, _ := names.Entries(table)
	for _, e := range all {
		if e.Subtype == nil && e.Code.Wire == wire {
			return e.URL
		}
	}
	return ""
}
