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
	"github.com/errspec/errspec/spec/logstream/overview"
	"github.com/errspec/errspec/spec/revision"
)

// lintOptions is a parsed command line of errspec lint.
type lintOptions struct {
	tables  []string // the argument, if there is one
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
		Long: `Report errors in a table: invalid values, broken references, contradictions
and names that are not usable in Go. Also report valid entries that are
probably mistakes: phrases that never match, codes without advice, unfinished
prose. If TABLE is -, read standard input.

To change the severity of a rule, set lint: {RULE: off|info|warning|error} for
a table in errspec.yaml. To ignore a rule for one entry, add a comment with a
reason on the line above it:

  # errspec:ignore no-fixes the service documents no fix

Findings that make a table invalid are always errors and cannot be ignored.

--fix applies every unambiguous fix to the table and the files it includes. It
fixes misspelled keys, actions and references with a single close match,
missing quotes, white space and unused ignore comments.

--new-from reports only findings about codes, subtypes, classes and settings
that are new or changed since the git revision, and everything that makes the
table invalid. The revision is read from the local repository.

Exit status:
  0  no findings at or above --fail-on
  1  findings at or above --fail-on
  2  a table or the revision cannot be read, or a fix cannot be written`,
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
	flags.StringVar(&o.newFrom, "new-from", "", "report only findings about entries that are new or changed since the git `REVISION` (default: all findings)")
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
	return failureFirst(errors.Join(failures...))
}

// A linter applies the rules to tables.
type linter struct {
	cmd     *cobra.Command
	options lintOptions
	scope   scope
}

// A linted is a table with its findings.
type linted struct {
	ref      string
	table    *spec.Table // nil if nothing could be decoded
	files    []*diag.File
	findings diag.List
	valid    bool // whether reading and validating it found no error
}

// lint returns the findings of one table, without the fixed ones.
func (l linter) lint(ref string) (diag.List, error) {
	isFile := spec.IsFile(ref)
	switch {
	case l.options.fix && !isFile:
		return nil, usagef("name a file", "cannot fix %s: it is not a file", ref)
	case l.options.newFrom != "" && !isFile:
		return nil, usagef("name a file", "--new-from requires a file, but %s is not a file", ref)
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

// since returns the revision of --new-from in the repository of a table. It returns nil
// without the flag.
func (l linter) since(ref string) (*revision.Revision, error) {
	if l.options.newFrom == "" {
		return nil, nil
	}
	if _, err := os.Stat(ref); err != nil { // clearer than the error of git
		return nil, err
	}
	repository, _, err := repositoryOf(l.cmd.Context(), l.scope, ref)
	if err != nil {
		return nil, about(l.options.newFrom, err)
	}
	return repository.At(l.cmd.Context(), l.options.newFrom)
}

// reportFixed prints the number of fixed findings of each file.
func reportFixed(cmd *cobra.Command, fixed map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		_ = printLine(cmd.ErrOrStderr(), "errspec: %s: fixed %s", name, overview.Plural(int64(fixed[name]), "finding"))
	}
}

// maxRounds is the maximum number of times that a table is read again after fixes: a
// fix may reveal further findings.
const maxRounds = 10

// once reads a table and applies the rules to it.
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

// textAt returns the text of a file at a revision. It returns false if the revision does
// not contain the file.
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

// fix applies the unambiguous fixes to the files of a table, and counts them. It
// reports whether there were any.
func (l linter) fix(t linted, fixed map[string]int) (progress bool, err error) {
	for _, f := range t.files {
		text, n := t.findings.Edited(f)
		if n == 0 {
			continue
		}
		if err := uninterrupted(l.cmd.Context(), func() error { return gen.Rewrite(l.cmd.Context(), f, text) }); err != nil {
			return progress, err
		}
		progress = true
		fixed[f.Name] += n
	}
	return progress, nil
}
