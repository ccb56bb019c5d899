package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/lint"
	"github.com/errspec/errspec/spec/revision"
)

// lintOptions is a parsed command line of errspec lint.
type lintOptions struct {
	tables  []string // the argument; none if there is none
	format  string
	failOn  string
	newFrom string
	fix     bool
}

func newLint() *cobra.Command {
	var o lintOptions
	cmd := &cobra.Command{
		Use:   "lint [TABLE|-]",
		Short: "Report errors and questionable entries in a table",
		Long: `Report everything that is wrong with a table: what is not valid, refers to nothing,
contradicts itself or gives no usable Go name; and what is valid and probably not
meant: phrases that never win, codes without advice, unfinished prose. - reads
standard input.

In errspec.yaml, lint: {RULE: off|info|warning|error} of a table sets how grave a
rule is. In the table, a comment on the line above an entry says that a rule does
not apply to it, and why:

  # errspec:ignore no-fixes the service documents no fix

What makes a table invalid is an error whatever these say.

--fix writes every fix that is certain into the table and the files that it
includes: misspelt keys, actions and references with one near candidate, missing
quotes, white space, comments that nothing needs.

--new-from reports what is about codes, subtypes, classes and settings that are new
or say something else than at the revision, as git has it here; invalid is
reported all the same.

Exit status: 0 nothing as grave as --fail-on; 1 findings as grave as that; 2 a table
could not be read, git does not know the revision, or a fix could not be
written.`,
		Example: `  errspec lint
  errspec lint --fail-on warning --new-from origin/main
  errspec lint errors.yaml --fix`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.tables = args
			return lintTables(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.failOn, "fail-on", diag.Error.String(), "lowest `SEVERITY` that fails: error, warning or info")
	flags.StringVar(&o.newFrom, "new-from", "", "report only findings about entries that are new or changed since the git `REVISION`")
	flags.BoolVar(&o.fix, "fix", false, "apply all unambiguous fixes, then report the remaining findings")
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(severityNames(), cobra.ShellCompDirectiveNoFileComp))
	addFormat(cmd, &o.format)
	return cmd
}

func severityNames() []string {
	return []string{diag.Error.String(), diag.Warning.String(), diag.Info.String()}
}

// severityOf resolves the value of --fail-on.
func severityOf(name string) (diag.Severity, error) {
	for i, s := range severityNames() {
		if s == name {
			return diag.Severity(i), nil
		}
	}
	return 0, usagef("use one of "+strings.Join(severityNames(), ", "), "unknown severity %q", name)
}

func lintTables(cmd *cobra.Command, o lintOptions) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	failOn, err := severityOf(o.failOn)
	if err != nil {
		return err
	}
	scope, err := scopeOf(cmd, o.tables, cmd.OutOrStdout(), format)
	if err != nil {
		return err
	}
	l := linter{cmd: cmd, options: o, scope: scope}
	var findings diag.List
	var failures []error
	for _, ref := range scope.refs {
		found, err := l.lint(ref)
		findings = append(findings, found...)
		failures = append(failures, err)
	}
	if len(findings) > 0 || format.IsDocument() {
		failures = append(failures, printFindings(cmd.OutOrStdout(), format, findings))
	}
	failures = append(failures, failing(findings, failOn))
	return undecidedFirst(errors.Join(failures...))
}

// A linter holds one table after another against the rules.
type linter struct {
	cmd     *cobra.Command
	options lintOptions
	scope   scope
}

// A linted table is one with everything that was found about it.
type linted struct {
	ref      string
	table    *spec.Table // nil if nothing could be decoded
	files    []*diag.File
	findings diag.List
	valid    bool // whether reading and validating it found no error
}

// lint returns the findings of one table, those that were fixed aside.
func (l linter) lint(ref string) (diag.List, error) {
	isFile := spec.IsFile(ref)
	switch {
	case l.options.fix && !isFile:
		return nil, usagef("name a file", "cannot fix %s: it is not a file", ref)
	case l.options.newFrom != "" && !isFile:
		return nil, usagef("name a file", "--new-from needs a file, and %s is not one", ref)
	}
	since, err := l.since(ref)
	if err != nil {
		return nil, err
	}
	t, err := l.once(ref, since)
	if !l.options.fix || err != nil {
		return t.findings, err
	}
	fixed := make(map[string]int)
	for range maxRounds {
		progress, err := l.fix(t, fixed)
		if err != nil || !progress {
			reportFixed(l.cmd, fixed)
			return t.findings, err
		}
		if t, err = l.once(ref, since); err != nil {
			return t.findings, err
		}
	}
	reportFixed(l.cmd, fixed)
	return t.findings, nil
}

// since returns the revision of --new-from in the repository of a table; nil without
// the flag.
func (l linter) since(ref string) (*revision.Revision, error) {
	if l.options.newFrom == "" {
		return nil, nil
	}
	if _, err := os.Stat(ref); err != nil { // clearer than that git has no such directory
		return nil, err
	}
	repository, _, err := repositoryOf(l.cmd.Context(), l.scope, ref)
	if err != nil {
		return nil, about(l.options.newFrom, err)
	}
	return repository.At(l.cmd.Context(), l.options.newFrom)
}

// reportFixed says how many findings were fixed in which file.
func reportFixed(cmd *cobra.Command, fixed map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		_ = printLine(cmd.ErrOrStderr(), "errspec: %s: fixed %d", name, fixed[name])
	}
}

// maxRounds bounds how often a table is read again after fixes: one may show what
// another one hid.
const maxRounds = 10

// once reads a table and holds it against the rules.
func (l linter) once(ref string, since *revision.Revision) (linted, error) {
	table, findings, err := load(l.cmd, ref)
	if err != nil {
		return linted{}, err
	}
	t := linted{ref: ref, table: table, findings: findings, valid: table != nil && !findings.HasErrors()}
	if table != nil {
		t.findings = append(t.findings, gen.Lint(table, l.scope.config.Lint(ref))...)
		t.files = table.Files()
	} else if file := findings.FileNamed(nameOf(ref)); file != nil {
		t.files = []*diag.File{file}
	}
	if since != nil {
		t.findings, err = lint.Since(t.findings, func(f *diag.File) (string, bool, error) {
			return textAt(since, f)
		})
	}
	return t, err
}

// textAt returns what a file contained at a revision, and false if the revision does
// not have it.
func textAt(rev *revision.Revision, f *diag.File) (string, bool, error) {
	within, inside := rev.Path(filepath.FromSlash(f.Name))
	if f.Elsewhere || !inside {
		return "", false, nil
	}
	file, found, err := rev.Find(within)
	if err != nil || !found {
		return "", false, err
	}
	text, err := fs.ReadFile(rev.Files(), file)
	if failure := rev.Failure(); failure != nil {
		err = failure
	}
	return string(text), err == nil, err
}

// fix writes the fixes that are certain into the files of a table, and counts
// them. It reports whether there were any.
func (l linter) fix(t linted, fixed map[string]int) (progress bool, err error) {
	for _, f := range t.files {
		text, n := t.findings.Edited(f)
		if n == 0 {
			continue
		}
		if err := whole(l.cmd.Context(), func() error { return gen.Rewrite(l.cmd.Context(), f, text) }); err != nil {
			return progress, err
		}
		progress = true
		fixed[f.Name] += n
	}
	return progress, nil
}
