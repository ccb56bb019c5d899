package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

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

REF is a table (a path, or builtin:evolink), a git revision that has the table at
the same path, or REV:PATH. Revisions are read with git, without a clone.

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
	limit, ok := allowed[o.allow]
	switch {
	case o.against == "":
		return usagef("add --against REF, such as --against HEAD", "breaking compares a table with what it was")
	case !ok:
		return usagef("write none, minor or major", "--allow %s is not known", o.allow)
	case o.changelog != "" && o.changelog != "text" && o.changelog != "markdown" && o.changelog != "json":
		return usagef("write text, markdown or json", "--changelog %s is not known", o.changelog)
	}
	refs, err := tables(cmd, o.tables, cmd.ErrOrStderr(), format)
	if err != nil {
		return undecided(err, gen.ConfigName)
	}
	var findings diag.List
	var failures []error
	for _, ref := range refs {
		v, err := compareWith(cmd, ref, o)
		failures = append(failures, err)
		if v == nil {
			continue
		}
		findings = append(findings, v.Findings...)
		if v.Bump > limit {
			failures = append(failures, errFindings)
		}
	}
	if o.changelog == "" {
		if err := diag.Print(cmd.OutOrStdout(), format, findings); err != nil {
			failures = append(failures, err)
		}
	}
	return undecidedFirst(errors.Join(failures...))
}

// compareWith compares one table with what it was. The verdict is nil if the
// table is new.
func compareWith(cmd *cobra.Command, ref string, o breakingOptions) (*compat.Verdict, error) {
	now, err := valid(load(cmd, ref))(cmd, ref)
	if err != nil {
		return nil, err
	}
	before, name, err := earlier(cmd, ref, o.against)
	switch {
	case err != nil:
		return nil, err
	case before == nil:
		fmt.Fprintf(cmd.ErrOrStderr(), "errspec: %s is new: there is no %s\n", diag.Printable(ref), diag.Printable(name))
		return nil, nil
	}
	changes, findings, err := gen.Compare(before, now)
	if err != nil || findings.HasErrors() {
		return nil, errors.Join(err, undecided(report(cmd.ErrOrStderr(), diag.FormatText, findings), ref))
	}
	v := compat.Judge(changes, nil)
	if len(changes) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "errspec: %s since %s: %s\n", diag.Printable(ref), diag.Printable(o.against), v.Bump)
	}
	if o.changelog != "" {
		return &v, printChangelog(cmd, o.changelog, gen.Changelog{Table: now, Bump: v.Bump, Changes: changes})
	}
	return &v, nil
}

func printChangelog(cmd *cobra.Command, form string, c gen.Changelog) error {
	text := c.Text
	switch form {
	case "markdown":
		text = c.Markdown
	case "json":
		text = c.JSON
	}
	data := text()
	if form == "text" {
		data = []byte(printableLines(string(data)))
	}
	_, err := cmd.OutOrStdout().Write(data)
	return err
}

// printableLines keeps line ends and leaves out whatever drives a terminal.
func printableLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(diag.Printable(strings.TrimSuffix(line, "\n")) + "\n")
	}
	return b.String()
}

// valid turns findings of a table that has to be valid into a failure.
func valid(table *spec.Table, findings diag.List, err error) func(cmd *cobra.Command, what string) (*spec.Table, error) {
	return func(cmd *cobra.Command, what string) (*spec.Table, error) {
		if err != nil {
			return nil, err
		}
		return table, undecided(report(cmd.ErrOrStderr(), diag.FormatText, findings), what)
	}
}

// earlier reads the table that ref is compared with. It is nil if there was none;
// name is what was looked for.
func earlier(cmd *cobra.Command, ref, against string) (table *spec.Table, name string, err error) {
	if strings.HasPrefix(against, "builtin:") || isFile(against) {
		table, err := valid(gen.Load(against))(cmd, against)
		return table, against, err
	}
	rev, file, inRoot := strings.Cut(against, ":")
	dir := "."
	if !inRoot {
		if strings.HasPrefix(ref, "builtin:") || ref == "-" {
			return nil, "", usagef("write --against REV:PATH", "%s has no path that a revision could have", ref)
		}
		file, dir = ref, filepath.Dir(ref)
	}
	r, err := revision.Resolve(cmd.Context(), dir, rev)
	if err != nil {
		return nil, "", err
	}
	old, found, err := r.File(cmd.Context(), file, inRoot)
	if err != nil {
		return nil, "", err
	}
	if !found {
		return nil, old.Name, nil
	}
	t, findings := spec.Parse(old.Name, old.Text, old.Dir)
	if t != nil {
		findings = append(findings, spec.Validate(t)...)
	}
	table, err = valid(t, findings, nil)(cmd, old.Name)
	return table, old.Name, err
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
