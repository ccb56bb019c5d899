package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// checkOptions is a parsed command line of errspec check.
type checkOptions struct {
	against string
	allow   string
	failOn  string
	format  string
}

func newCheck() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [TABLE]",
		Short: "Check all there is to check, for CI",
		Long: `Do in one step what the CI of a repository with tables needs, and report all of it
together: whether tables are formatted (fmt --check), what is wrong with them or could
be better (lint), whether what was made from them is up to date (generate --check),
and with --against, whom their changes break (breaking). Nothing is written.

Exit status: 0 all is well; 1 there are findings at or above --fail-on, unformatted
tables, outputs that are not up to date, or changes beyond --allow; 2 something could
not be read or decided.`,
		Example: `  errspec check
  errspec check --against origin/main --format github`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error { return check(cmd, args, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.against, "against", "", "`REF` to compare tables with; see errspec help breaking")
	flags.StringVar(&o.allow, "allow", "minor", "the changes that pass: none (texts only), minor or major")
	flags.StringVar(&o.failOn, "fail-on", diag.Error.String(), "least `SEVERITY` of lint that fails: error, warning or info")
	addFormat(cmd, &o.format)
	return cmd
}

// A checker collects what is found in each step.
type checker struct {
	cmd      *cobra.Command
	options  checkOptions
	findings diag.List
	failures []error
	diffs    []gen.Change
	invalid  map[string]bool // tables that cannot be compared
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
		return usagef("write none, minor or major", "--allow %s is not known", o.allow)
	}
	refs, err := tables(cmd, args, cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	c := checker{cmd: cmd, options: o, invalid: make(map[string]bool)}
	c.formatted(args)
	c.linted(refs, len(args) > 0, failOn)
	if err := c.upToDate(args); err != nil {
		c.failures = append(c.failures, err)
	}
	c.compatible(refs)
	if len(c.findings) > 0 || format.IsDocument() {
		c.failures = append(c.failures, printFindings(cmd.OutOrStdout(), format, c.findings))
	}
	if format == diag.FormatText {
		for _, change := range c.diffs {
			fmt.Fprintf(cmd.OutOrStdout(), "%s", change.Diff)
		}
	}
	return undecidedFirst(errors.Join(c.failures...))
}

// add keeps findings, and what they mean for the exit status.
func (c *checker) add(findings diag.List, least diag.Severity) {
	c.findings = append(c.findings, findings...)
	c.failures = append(c.failures, failing(findings, least))
}

// formatted finds files that are not in their canonical form.
func (c *checker) formatted(args []string) {
	if len(args) == 1 && isJSON(args[0]) {
		return
	}
	files, err := fmtOptions{check: true}.files(c.cmd, args)
	c.failures = append(c.failures, err)
	for _, file := range files {
		name, text, err := source(c.cmd, file)
		if err != nil {
			c.failures = append(c.failures, err)
			continue
		}
		formatted, findings := spec.Format(name, text)
		if len(findings) > 0 || formatted == text {
			continue // lint reports what is wrong with it
		}
		c.add(diag.List{{
			Rule: gen.RuleUnformatted, Message: "the file is not in its canonical form", Subject: name,
			Location: startOf(name, text), Help: "run errspec fmt -w " + shellQuote(name),
		}}, diag.Error)
	}
}

// linted holds the tables against all rules.
func (c *checker) linted(refs []string, named bool, failOn diag.Severity) {
	l := linter{cmd: c.cmd, settings: settingsOf(c.cmd, refs, named)}
	for _, ref := range refs {
		found, err := l.lint(ref)
		c.failures = append(c.failures, err)
		c.add(found, failOn)
		c.invalid[ref] = err != nil || found.HasErrors()
	}
}

// upToDate finds outputs of the configuration that are not what would be made now.
func (c *checker) upToDate(args []string) error {
	file, err := gen.FindConfig(".")
	if err != nil || file == "" {
		return err
	}
	config, _, err := gen.ReadConfig(relative(file))
	if err != nil || config == nil {
		return err // tables has reported what is wrong with it
	}
	var all []*gen.Rendered
	for _, catalog := range config.Catalogs {
		if len(args) > 0 && !sameTable(catalog.Table, args[0]) || catalog.Outputs() == 0 {
			continue
		}
		rendered, findings, err := gen.Render(catalog)
		if err != nil || findings.HasErrors() {
			c.add(findings, diag.Error) // with what lint has found, if it is the same
			c.failures = append(c.failures, err)
			continue
		}
		all = append(all, rendered)
	}
	changes, err := gen.Check(all...)
	for _, change := range changes {
		c.add(diag.List{{
			Rule: gen.RuleStale, Message: staleness[change.Status], Subject: change.Path,
			Location: startOf(change.Path, ""), Help: "run errspec generate",
		}}, diag.Error)
	}
	c.diffs = changes
	return err
}

// staleness says in what way an output is not what it should be.
var staleness = map[gen.Status]string{
	gen.Missing:  "the file is missing",
	gen.Changed:  "the file is out of date, or has been edited by hand",
	gen.Orphaned: "the file is made from nothing any more",
}

// compatible compares the tables with what they were.
func (c *checker) compatible(refs []string) {
	if c.options.against == "" {
		return
	}
	for _, ref := range refs {
		if c.invalid[ref] {
			continue
		}
		compared, err := compareWith(c.cmd, ref, c.options.against)
		c.failures = append(c.failures, err)
		if compared == nil {
			continue
		}
		c.findings = append(c.findings, compared.verdict.Findings...)
		if compared.verdict.Bump > allowed[c.options.allow] {
			c.failures = append(c.failures, errFindings)
		}
	}
}

// startOf returns the beginning of a file, for what is about all of it.
func startOf(name, text string) diag.Location {
	start := diag.Pos{Line: 1, Column: 1}
	return diag.Location{File: &diag.File{Name: filepath.ToSlash(name), Text: text}, Start: start, End: start}
}
