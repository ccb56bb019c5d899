package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// builtinTable is the table of commands if neither the command line nor an errspec.yaml
// specifies one.
const builtinTable = "builtin:evolink"

// A scope contains the tables of a command and their configuration.
type scope struct {
	refs   []string       // references of the tables
	config *config.Config // the nearest errspec.yaml; nil if it is missing or invalid
	unread error          // why the configuration could not be read
}

// scopeOf returns the tables of a command, as [tables] does, with their settings in the
// nearest errspec.yaml. If the command line names a table, an invalid errspec.yaml is
// ignored.
func scopeOf(cmd *cobra.Command, args []string, w io.Writer, format diag.Format) (scope, error) {
	if len(args) == 0 {
		return configured(cmd, w, format)
	}
	s := scope{refs: args}
	file, err := config.Find(".")
	if err != nil || file == "" {
		s.unread = err
		return s, nil
	}
	conf, findings, err := config.Read(relative(file))
	if err != nil || findings.HasErrors() {
		_ = printLine(cmd.ErrOrStderr(), "errspec: ignoring the settings in %s: the file has errors", filepath.ToSlash(relative(file)))
		s.unread = err
		return s, nil
	}
	s.config = conf
	return s, nil
}

// tables returns the references of the tables of a command: its argument, otherwise
// the tables of the nearest errspec.yaml, otherwise the builtin table. Findings about
// errspec.yaml are written to w.
func tables(cmd *cobra.Command, args []string, w io.Writer, format diag.Format) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	s, err := configured(cmd, w, format)
	return s.refs, err
}

// configured returns the tables of the nearest errspec.yaml, or the builtin table.
func configured(cmd *cobra.Command, w io.Writer, format diag.Format) (scope, error) {
	conf, err := nearestConfig(w, format)
	if err != nil {
		return scope{}, err
	}
	if conf == nil {
		reportBuiltin(cmd.ErrOrStderr())
		return scope{refs: []string{builtinTable}}, nil
	}
	s := scope{config: conf, refs: conf.Refs()}
	if len(s.refs) == 0 {
		return scope{}, usagef("list a table under tables:", "errspec.yaml lists no tables")
	}
	return s, nil
}

func reportBuiltin(w io.Writer) {
	_ = printLine(w, "errspec: no table named and no %s found; using %s", config.FileName, builtinTable)
}

// nearestConfig reads the nearest errspec.yaml. It returns nil if there is no such file. It
// prints findings, and returns an error if one of them is an error.
func nearestConfig(w io.Writer, format diag.Format) (*config.Config, error) {
	file, err := config.Find(".")
	if err != nil || file == "" {
		return nil, err
	}
	conf, findings, err := config.Read(relative(file))
	if err != nil {
		return nil, err
	}
	if err := report(w, format, findings); err != nil {
		return nil, err
	}
	return conf, nil
}

// relative returns a path relative to the current directory, so that no output and no
// message depends on the location of the repository.
func relative(file string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(here, file)
	if err != nil {
		return file
	}
	return rel
}

// load reads a table by reference; "-" is standard input.
func load(cmd *cobra.Command, ref string) (*spec.Table, diag.List, error) {
	if ref != "-" {
		return gen.LoadWithin(cmd.Context(), ref, quotable(cmd, ref))
	}
	text, err := input.ReadAll(cmd.InOrStdin())
	if err != nil {
		return nil, nil, fmt.Errorf("standard input: %w", err)
	}
	table, findings := gen.Parse(stdin, string(text), nil)
	return table, findings, nil
}

// quotable returns the directory that a table must be in for findings to quote it: the
// directory of the repository if its configuration names the table. It returns "" if
// the command line names the table, which then may be anywhere.
func quotable(cmd *cobra.Command, ref string) string {
	if flag := cmd.Flags().Lookup("table"); slices.Contains(cmd.Flags().Args(), ref) || flag != nil && flag.Value.String() == ref {
		return ""
	}
	if file, err := config.Find("."); err == nil && file != "" {
		return config.Repository(file)
	}
	return ""
}

// stdin is the file name of standard input in findings.
const stdin = "stdin"

// nameOf returns the name that findings use for the file of a table.
func nameOf(ref string) string {
	if ref == "-" {
		return stdin
	}
	return filepath.ToSlash(ref)
}

// addFormat adds the flag --format.
func addFormat(cmd *cobra.Command, format *string) {
	names := formatNames()
	cmd.Flags().StringVar(format, "format", autoFormat, "output `FORMAT` of findings: "+strings.Join(names, ", ")+
		"; auto is github if GITHUB_ACTIONS is true, otherwise text")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

const autoFormat = "auto"

func formatNames() []string {
	names := []string{autoFormat}
	for _, f := range diag.Formats() {
		names = append(names, string(f))
	}
	return names
}

// formatOf resolves the value of --format.
func formatOf(name string) (diag.Format, error) {
	if name == autoFormat {
		if os.Getenv(githubActions) == "true" {
			return diag.FormatGitHub, nil
		}
		return diag.FormatText, nil
	}
	for _, f := range diag.Formats() {
		if name == string(f) {
			return f, nil
		}
	}
	return "", usagef("use one of "+strings.Join(formatNames(), ", "), "unknown format %q", name)
}

// report prints findings and returns errFindings if one of them is an error. It prints
// nothing if there are no findings, not even an empty document.
func report(w io.Writer, format diag.Format, findings diag.List) error {
	if len(findings) == 0 {
		return nil
	}
	if err := printFindings(w, format, findings); err != nil {
		return err
	}
	return failing(findings, diag.Error)
}

// failing returns errFindings if a finding has the severity least or a higher one.
func failing(findings diag.List, least diag.Severity) error {
	if worst, ok := findings.Worst(); ok && worst <= least {
		return errFindings
	}
	return nil
}
