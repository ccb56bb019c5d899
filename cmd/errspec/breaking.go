package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
)

// breakingOptions is a parsed command line of errspec breaking.
type breakingOptions struct {
	tables    []string
	against   string
	allow     string
	changelog string
	format    string
}

func newBreaking() *cobra.Command {
	var o breakingOptions
	cmd := &cobra.Command{
		Use:   "breaking [TABLE] --against REF",
		Short: "Report breaking changes to a table",
		Long: `Compare a table with what it was, and say of each change what it means: whom it
hurts, and by how much the version of the generated package has to rise. Decisions
are compared by making them: both tables decide about the examples and vectors.

REF is a table (a path, builtin:evolink or mod:PATH@VERSION/FILE), a git revision, or
REV:PATH. At a revision, a table is compared with the one that its Go package, or its
pages, were generated from according to the errspec.yaml of that revision, or else with
the one at the same path or of the same name. A table that errspec.yaml no longer lists
is a breaking change. Revisions are read with git, without a clone; nothing is fetched,
and no command that the repository names is run.

  major  a Go name or wire value is gone or changed, automatic turned on, a wait got
         shorter, a message tells another subtype
  minor  advice got stricter or changed otherwise, something was added or deprecated
  patch  only texts changed

All changes are reported; those up to --allow pass. Breaks that have been decided on
stand under breaking: accept: in errspec.yaml.

Exit status: 0 the changes pass, or the table is new; 1 they do not; 2 REF could not
be read, a table is not valid, or it is unknown what to compare a table with.`,
		Example: `  errspec breaking --against v1.2.0
  errspec breaking errors.yaml --against main:errors.yaml --allow none
  errspec breaking --against HEAD --changelog markdown`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.tables = args
			return breaking(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.against, "against", "", "`REF` to compare with: a table, a git revision or REV:PATH")
	flags.StringVar(&o.allow, "allow", "minor", "largest change that passes: none (texts only), minor or major")
	flags.StringVar(&o.changelog, "changelog", "", "print release notes instead of findings: text, markdown or json")
	addFormat(cmd, &o.format)
	return cmd
}

// allowed are the values of --allow.
var allowed = map[string]compat.Bump{"none": compat.Patch, "minor": compat.Minor, "major": compat.Major}

func breaking(cmd *cobra.Command, o breakingOptions) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	scope, err := scopeOf(cmd, o.tables, cmd.ErrOrStderr(), format)
	if err != nil {
		return failed(err, config.FileName)
	}
	var findings diag.List
	var failures []error
	with := &comparer{cmd: cmd, scope: scope, against: o.against}
	for _, ref := range scope.refs {
		c, err := with.compare(ref, func(context.Context) (*spec.Table, diag.List, error) { return load(cmd, ref) })
		failures = append(failures, err)
		if c != nil {
			findings, failures = o.judge(cmd, c, findings, failures)
		}
	}
	if len(o.tables) == 0 {
		if c := with.removed(); c != nil {
			findings, failures = o.judge(cmd, c, findings, failures)
		}
	}
	if o.changelog == "" && (len(findings) > 0 || format.IsDocument()) {
		failures = append(failures, printFindings(cmd.OutOrStdout(), format, findings))
	}
	with.printVerdicts()
	return undecidedFirst(errors.Join(failures...))
}

// judge adds the findings of a comparison, and the failure if its changes do not
// pass. With --changelog, it prints that.
func (o breakingOptions) judge(cmd *cobra.Command, c *compared, findings diag.List, failures []error) (diag.List, []error) {
	findings = append(findings, c.verdict.Findings...)
	if c.verdict.Bump > allowed[o.allow] {
		failures = append(failures, errFindings)
	}
	if o.changelog != "" {
		failures = append(failures, printChangelog(cmd, o.changelog, gen.Changelog{Table: c.table, Bump: c.verdict.Bump, Changes: c.changes}))
	}
	return findings, failures
}

// check refuses what the flags cannot be.
func (o breakingOptions) check() error {
	_, ok := allowed[o.allow]
	switch {
	case o.against == "":
		return usagef("add --against REF, for example --against HEAD", "--against is required")
	case !ok:
		return usagef("use none, minor or major", "invalid value for --allow: %s", o.allow)
	case o.changelog != "" && o.changelog != "text" && o.changelog != "markdown" && o.changelog != "json":
		return usagef("use text, markdown or json", "invalid value for --changelog: %s", o.changelog)
	}
	return nil
}

func printChangelog(cmd *cobra.Command, form string, c gen.Changelog) error {
	text := c.Text
	switch form {
	case "markdown":
		text = c.Markdown
	case "json":
		text = c.JSON
	}
	if form == "text" {
		return printText(cmd.OutOrStdout(), string(text()))
	}
	return printData(cmd.OutOrStdout(), text())
}
