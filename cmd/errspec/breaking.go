package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/revision"
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
		Short: "Say whom the changes of a table would break",
		Long: `Compare a table with what it was, and say of each change what it means: whom it
hurts, and by how much the version of the generated package has to rise. Decisions
are compared by making them: both tables decide about the examples and vectors.

REF is a table (a path, builtin:evolink or mod:PATH@VERSION/FILE), a git revision that
has the table at the same path, or REV:PATH. Revisions are read with git, without a
clone.

  major  a Go name or wire value is gone or changed, automatic turned on, a wait got
         shorter, a message tells another sub-type
  minor  advice got stricter or changed otherwise, something was added or deprecated
  patch  only texts changed

All changes are reported; those up to --allow pass. Breaks that have been decided on
stand under breaking: accept: in errspec.yaml.

Exit status: 0 the changes pass, or the table is new; 1 they do not; 2 REF could not
be read, or a table is not valid.`,
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
	flags.StringVar(&o.against, "against", "", "`REF` to compare with")
	flags.StringVar(&o.allow, "allow", "minor", "the changes that pass: none (texts only), minor or major")
	flags.StringVar(&o.changelog, "changelog", "", "print release notes instead: text, markdown or json")
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
		return undecided(err, gen.ConfigName)
	}
	var findings diag.List
	var failures []error
	with := comparer{cmd, scope, o.against}
	for _, ref := range scope.refs {
		c, err := with.compare(ref, func() (*spec.Table, diag.List, error) { return load(cmd, ref) })
		failures = append(failures, err)
		if c == nil {
			continue
		}
		findings = append(findings, c.verdict.Findings...)
		if c.verdict.Bump > allowed[o.allow] {
			failures = append(failures, errFindings)
		}
		if o.changelog != "" {
			failures = append(failures, printChangelog(cmd, o.changelog, gen.Changelog{Table: c.table, Bump: c.verdict.Bump, Changes: c.changes}))
		}
	}
	if o.changelog == "" && (len(findings) > 0 || format.IsDocument()) {
		failures = append(failures, printFindings(cmd.OutOrStdout(), format, findings))
	}
	return undecidedFirst(errors.Join(failures...))
}

// check refuses what the flags cannot be.
func (o breakingOptions) check() error {
	_, ok := allowed[o.allow]
	switch {
	case o.against == "":
		return usagef("add --against REF, such as --against HEAD", "breaking compares a table with what it was")
	case !ok:
		return usagef("write none, minor or major", "--allow %s is not known", o.allow)
	case o.changelog != "" && o.changelog != "text" && o.changelog != "markdown" && o.changelog != "json":
		return usagef("write text, markdown or json", "--changelog %s is not known", o.changelog)
	}
	return nil
}

// A compared table is one beside what it was.
type compared struct {
	table   *spec.Table
	changes []compat.Change
	verdict compat.Verdict
}

// A comparer compares one table after another with what it was.
type comparer struct {
	cmd     *cobra.Command
	scope   scope
	against string
}

// compare compares the table that load returns. It is nil if the table is new.
func (c comparer) compare(ref string, load func() (*spec.Table, diag.List, error)) (*compared, error) {
	var now, before *spec.Table
	var nowFindings, beforeFindings diag.List
	var nowErr, beforeErr error
	var name string
	var both sync.WaitGroup
	both.Go(func() { now, nowFindings, nowErr = load() })
	both.Go(func() { before, beforeFindings, name, beforeErr = earlier(c.cmd, ref, c.against) })
	both.Wait()
	stderr := c.cmd.ErrOrStderr()
	for _, failure := range []error{
		nowErr, undecided(report(stderr, diag.FormatText, nowFindings), ref),
		beforeErr, undecided(report(stderr, diag.FormatText, beforeFindings), name),
	} {
		if failure != nil {
			return nil, failure
		}
	}
	if before == nil {
		_ = printLine(stderr, "errspec: %s is new: there is no %s", ref, name)
		return nil, nil
	}
	changes, findings, err := gen.Compare(before, now)
	if err != nil || findings.HasErrors() {
		return nil, errors.Join(err, undecided(report(stderr, diag.FormatText, findings), ref))
	}
	verdict := compat.Judge(changes, c.scope.breaks(ref))
	if len(changes) > 0 {
		_ = printLine(stderr, "errspec: %s since %s: %s", ref, c.against, verdict.Bump)
	}
	return &compared{now, changes, verdict}, nil
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

// earlier reads the table that ref is compared with, and validates it. It is nil
// if there was none; name is what was looked for.
func earlier(cmd *cobra.Command, ref, against string) (table *spec.Table, findings diag.List, name string, err error) {
	if !spec.IsFile(against) || isFile(against) {
		table, findings, err = gen.LoadContext(cmd.Context(), against)
		return table, findings, against, err
	}
	rev, file, inRoot := strings.Cut(against, ":")
	dir := "."
	if !inRoot {
		if !spec.IsFile(ref) {
			return nil, nil, "", usagef("write --against REV:PATH", "%s has no path that a revision could have", ref)
		}
		file, dir = ref, filepath.Dir(ref)
	}
	r, err := revision.Resolve(cmd.Context(), dir, rev)
	if err != nil {
		return nil, nil, "", err
	}
	old, found, err := r.File(cmd.Context(), file, inRoot)
	if err != nil {
		return nil, nil, "", err
	}
	if !found {
		return nil, nil, old.Name, nil
	}
	table, findings = gen.Parse(old.Name, old.Text, old.Dir)
	return table, findings, old.Name, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
