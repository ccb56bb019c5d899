package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
)

// checkOptions is a parsed command line of errspec check.
type checkOptions struct {
	against string
	allow   string
	failOn  string
	format  string
	diff    bool
}

func newCheck() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [TABLE]",
		Short: "Run all checks, for CI",
		Long: `Run every check that a repository with tables needs in CI and print one
report: formatting (fmt --check), lint findings (lint), stale outputs
(generate --check) and, with --against, breaking changes (breaking). check
writes no files.

Without TABLE, check all tables of the nearest errspec.yaml. If TABLE is -, read
standard input.

Exit status:
  0  no problems
  1  findings at or above --fail-on, unformatted tables, outputs that are not
     up to date, or changes that exceed --allow
  2  an input cannot be read or compared`,
		Example: `  errspec check
  errspec check --against origin/main --format github`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error { return check(cmd, args, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.against, "against", "", "`REF` to compare tables with, as for errspec breaking (default: no comparison)")
	flags.StringVar(&o.allow, "allow", "minor", "largest change `LEVEL` that passes: none (texts only), minor or major")
	flags.StringVar(&o.failOn, "fail-on", diag.Error.String(), "lowest `SEVERITY` of a lint finding that fails: error, warning or info")
	flags.BoolVar(&o.diff, "diff", false, "also print the diffs of outputs that are not up to date, with --format text")
	addFormat(cmd, &o.format)
	return cmd
}

// A checker collects the findings of all checks.
type checker struct {
	cmd      *cobra.Command
	options  checkOptions
	scope    scope
	tables   map[string]*spec.Table // valid tables, by reference
	findings diag.List
	failures []error
	diffs    []output.Change
	comparer *comparer
}

func check(cmd *cobra.Command, args []string, o checkOptions) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	failOn, err := severityOf(o.failOn)
	if err != nil {
		return err
	}
	if _, ok := allowed[o.allow]; !ok {
		return usagef("use none, minor or major", "invalid value for --allow: %s", o.allow)
	}
	scope, err := scopeOf(cmd, args, cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	c := checker{cmd: cmd, options: o, scope: scope, tables: make(map[string]*spec.Table), comparer: &comparer{cmd: cmd, scope: scope, against: o.against}}
	l := linter{cmd: cmd, scope: scope}
	for _, ref := range scope.refs {
		t, err := l.once(ref, nil)
		if err != nil {
			c.failures = append(c.failures, err)
			continue
		}
		if t.valid {
			c.tables[ref] = t.table
		}
		c.add(t.findings, failOn)
		c.formatted(t, len(args) > 0)
		c.compatible(t)
	}
	if removed := c.comparer.removed(); removed != nil && len(args) == 0 {
		c.judge(removed)
	}
	c.upToDate(args)
	if len(c.findings) > 0 || format.IsDocument() {
		c.failures = append(c.failures, printFindings(cmd.OutOrStdout(), format, c.findings))
	}
	if o.diff && format == diag.FormatText {
		for _, change := range c.diffs {
			c.failures = append(c.failures, printText(cmd.OutOrStdout(), string(change.Diff)))
		}
	}
	c.comparer.printVerdicts()
	return failureFirst(errors.Join(c.failures...))
}

// add adds findings, and errFindings if one of them has the severity least or a higher
// one.
func (c *checker) add(findings diag.List, least diag.Severity) {
	c.findings = append(c.findings, findings...)
	c.failures = append(c.failures, failing(findings, least))
}

// formatted adds a finding for each file of a table that is not in canonical format. If
// the command line names the table, only its main file is checked. Files of modules
// are skipped: only their publisher can format them.
func (c *checker) formatted(t linted, named bool) {
	files := t.files
	if named && len(files) > 1 {
		files = files[:1]
	}
	for _, f := range files {
		if isJSON(f.Name) || !spec.IsFile(f.Name) {
			continue
		}
		formatted, findings := canonical.FormatFile(f)
		if len(findings) > 0 || formatted == f.Text {
			continue // lint reports the errors of the file
		}
		help := "run errspec fmt -w " + shellQuote(f.Name)
		if t.ref == "-" {
			help = "run errspec fmt - to print it formatted"
		}
		c.add(diag.List{{
			Rule: gen.RuleUnformatted, Message: "file is not formatted", Subject: f.Name,
			Location: f.AtLine(1), Help: help,
		}}, diag.Error)
	}
}

// upToDate adds a finding for each output of the configuration that is not up to date.
func (c *checker) upToDate(args []string) {
	if c.scope.config == nil {
		c.failures = append(c.failures, c.scope.unread)
		return
	}
	var all []*gen.Rendered
	for _, entry := range c.scope.config.Tables {
		if len(args) > 0 && !entry.IsOf(args[0]) || entry.Outputs() == 0 {
			continue
		}
		rendered, findings, err := c.render(entry)
		if err != nil || findings.HasErrors() {
			c.add(findings, diag.Error) // duplicates of lint findings are printed once
			c.failures = append(c.failures, err)
			continue
		}
		all = append(all, rendered)
	}
	changes, err := gen.Check(all...)
	for _, change := range changes {
		c.add(diag.List{{
			Rule: gen.RuleStale, Message: staleMessages[change.Status], Subject: change.Path,
			Location: (&diag.File{Name: filepath.ToSlash(change.Path)}).AtLine(1), Help: "run errspec generate",
		}}, diag.Error)
	}
	c.diffs = changes
	c.failures = append(c.failures, err)
}

// render renders the outputs of an entry. A table in a file is not read again; a table
// of a module is, because its checksum is compared first.
func (c *checker) render(entry config.Entry) (*gen.Rendered, diag.List, error) {
	if table := c.tables[entry.Table]; table != nil && spec.IsFile(entry.Table) {
		return gen.RenderTable(entry, table)
	}
	return gen.RenderContext(c.cmd.Context(), entry)
}

// staleMessages contains the message of a finding for each status of an output.
var staleMessages = map[output.Status]string{
	output.Missing:  "output is missing",
	output.Changed:  "output is stale: the table changed, or the file was edited by hand",
	output.Orphaned: "output is orphaned: its table no longer generates it",
}

// compatible compares a table with its earlier version.
func (c *checker) compatible(t linted) {
	if c.options.against == "" {
		return
	}
	if t.findings.HasErrors() { // the findings determine the exit status
		c.comparer.failed = true
		return
	}
	compared, err := c.comparer.compare(t.ref, func(context.Context) (*spec.Table, diag.List, error) { return t.table, nil, nil })
	c.failures = append(c.failures, err)
	if compared != nil {
		c.judge(compared)
	}
}

// judge adds the findings of a comparison, and the failure if its changes do not pass.
func (c *checker) judge(compared *compared) {
	c.findings = append(c.findings, compared.verdict.Findings...)
	if compared.verdict.Bump > allowed[c.options.allow] {
		c.failures = append(c.failures, errFindings)
	}
}
