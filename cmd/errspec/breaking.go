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
		Long: `Compare a table with an earlier version of it. For each change, report which
code it affects and which version bump of the generated package it requires.
Decisions are compared by behavior: both tables classify the examples and
vectors of both.

REF is a table (a path, builtin:evolink or mod:PATH@VERSION/FILE), a git
revision, or REV:PATH. At a revision, the earlier version is the table that
the Go package or the pages were generated from, according to the errspec.yaml
of that revision. Otherwise it is the table with the same path or the same
name. A table that errspec.yaml no longer lists is a breaking change.
Revisions are read from the local git repository: nothing is cloned or
fetched, and no command configured in the repository is run.

  major  a generated name or wire value was removed or changed, automatic
         retries were turned on, a wait was shortened, or a message selects
         another subtype
  minor  retry settings became stricter or changed in another way, or an entry
         was added or deprecated
  patch  only texts changed

All changes are reported; changes up to --allow pass. To accept a breaking
change, list it under breaking: accept: in errspec.yaml.

Exit status:
  0  all changes are allowed, or the table is new
  1  a change exceeds --allow
  2  REF cannot be read, a table is invalid, or its earlier version is unknown`,
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
	flags.StringVar(&o.against, "against", "", "`REF` to compare with: a table, a git revision or REV:PATH (required)")
	flags.StringVar(&o.allow, "allow", "minor", "largest change `LEVEL` that passes: none (texts only), minor or major")
	flags.StringVar(&o.changelog, "changelog", "", "print release notes in `FORMAT`: text, markdown or json (default: print findings)")
	addFormat(cmd, &o.format)
	return cmd
}

// allowed contains the values of --allow.
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
	return failureFirst(errors.Join(failures...))
}

// judge adds the findings of a comparison, and errFindings if its changes do not pass.
// With --changelog, it prints the release notes.
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

// check returns an error if a flag has an invalid value.
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
