package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec/diag"
)

// generateOptions is a parsed command line of errspec generate.
type generateOptions struct {
	names                           []string // of tables; empty for all
	check                           bool
	format                          string
	table                           string
	goDir                           string
	pkg                             string
	typescript, javascript, vectors string
	python                          string
	markdown                        string
	html                            string
	inject                          []string
}

func newGenerate() *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use:   "generate [NAME...]",
		Short: "Generate code and pages from tables",
		Long: `Write the outputs that errspec.yaml lists, of all tables or of those named.
The NAME of a table is the name of its file without the extension. Flags
override errspec.yaml.

All outputs are rendered before any file is written. Each file is replaced
atomically, files that are up to date are not touched, and orphaned files of
the same table are removed. Files that errspec did not generate are never
overwritten. In files listed under inject:, only the text between the markers
<!-- errspec:begin NAME --> and <!-- errspec:end --> is replaced. In .mdx
files, the markers may also be {/* errspec:begin NAME */} and
{/* errspec:end */}.

Changed decisions are printed to standard error: each code and message that
the new outputs classify differently from the existing ones. The decisions
of the existing outputs are read from testdata/vectors.json of the Go
package, or from the file listed under vectors:.

Exit status:
  0  all outputs were written, or are up to date (--check)
  1  a table or errspec.yaml is invalid, or an output is stale (--check)
  2  a file cannot be read or written, or errspec refuses to overwrite it`,
		Example: `  errspec generate
  errspec generate --check
  errspec generate --table errors.yaml --go internal/apierr --package apierr
  errspec generate --table errors.yaml --typescript src/errors.ts
  errspec generate --table errors.yaml --python app/apierr
  errspec generate --table errors.yaml --markdown errors.md --html errors.html`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.names = args
			return generate(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.check, "check", false, "write nothing; list missing, changed and orphaned files, with diffs")
	flags.StringVar(&o.table, "table", "", "`TABLE` to generate from (default: the tables of errspec.yaml)")
	flags.StringVar(&o.goDir, "go", "", "write the Go package to `DIR` (default: as in errspec.yaml)")
	flags.StringVar(&o.pkg, "package", "", "`NAME` of the Go package (default: the table's name)")
	flags.StringVar(&o.typescript, "typescript", "", "write the TypeScript module to `FILE` (default: as in errspec.yaml)")
	flags.StringVar(&o.javascript, "javascript", "", "write the JavaScript module and its declarations to `FILE` (default: as in errspec.yaml)")
	flags.StringVar(&o.vectors, "vectors", "", "write the vectors as JSON to `FILE` (default: as in errspec.yaml)")
	flags.StringVar(&o.python, "python", "", "write the Python package to `DIR` (default: as in errspec.yaml)")
	flags.StringVar(&o.markdown, "markdown", "", "write the Markdown page to `FILE` (default: as in errspec.yaml)")
	flags.StringVar(&o.html, "html", "", "write the HTML page to `FILE` (default: as in errspec.yaml)")
	flags.StringArrayVar(&o.inject, "inject", nil, "replace the marked blocks in the Markdown `FILE`; may be repeated (default: as in errspec.yaml)")
	addFormat(cmd, &o.format)
	return cmd
}

func generate(cmd *cobra.Command, o generateOptions) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	entries, err := o.entries(cmd, format)
	if err != nil {
		return err
	}
	var all []*gen.Rendered
	var findings diag.List
	var failures []error
	for _, c := range entries {
		rendered, found, err := gen.RenderContext(cmd.Context(), c)
		findings = append(findings, found...)
		failures = append(failures, err)
		all = append(all, rendered)
	}
	failures = append(failures, report(cmd.OutOrStdout(), format, findings))
	if err := failureFirst(errors.Join(failures...)); err != nil {
		return err
	}
	if o.check {
		return checkOutputs(cmd, all)
	}
	decisions, err := decisionChanges(all)
	if err != nil {
		return err
	}
	if err := uninterrupted(cmd.Context(), func() error {
		_, err := gen.Write(cmd.Context(), all...)
		return err
	}); err != nil {
		return err
	}
	printDecisionChanges(cmd.ErrOrStderr(), decisions)
	return nil
}

// entries returns the entries to generate: those of the configuration, or one that the
// flags define.
func (o generateOptions) entries(cmd *cobra.Command, format diag.Format) ([]config.Entry, error) {
	if o.table != "" {
		if len(o.names) > 0 {
			return nil, usagef("remove the names or --table", "table names cannot be combined with --table")
		}
		return o.override(config.Entry{Table: o.table})
	}
	conf, err := nearestConfig(cmd.OutOrStdout(), format)
	if err != nil {
		return nil, err
	}
	if conf == nil {
		if len(o.names) > 0 {
			return nil, usagef("run it in a directory with an errspec.yaml, or use --table", "no %s found, so there is no table %s", config.FileName, strings.Join(o.names, ", "))
		}
		if o.overrides() {
			reportBuiltin(cmd.ErrOrStderr())
		}
		return o.override(config.Entry{Table: builtinTable})
	}
	entries, err := named(conf.Tables, o.names)
	if err != nil || !o.overrides() {
		return entries, err
	}
	if len(entries) != 1 {
		return nil, usagef("name one table, or use --table", "output flags apply to one table, but %s lists %d", config.FileName, len(entries))
	}
	return o.override(entries[0])
}

// named returns the entries with the given names, or all.
func named(entries []config.Entry, names []string) ([]config.Entry, error) {
	if len(names) == 0 {
		return entries, nil
	}
	var chosen []config.Entry
	var all []string
	for _, c := range entries {
		all = append(all, c.Name())
		if slices.Contains(names, c.Name()) {
			chosen = append(chosen, c)
		}
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			help := "tables: " + strings.Join(all, ", ")
			if meant := diag.Suggest(name, all); meant != "" {
				help = "did you mean " + meant + "?"
			}
			return nil, usagef(help, "%s lists no table %q", config.FileName, name)
		}
	}
	return chosen, nil
}

// checkOutputs prints the differences between the files on disk and the outputs.
func checkOutputs(cmd *cobra.Command, all []*gen.Rendered) error {
	changes, err := gen.Check(all...)
	out := cmd.OutOrStdout()
	for _, c := range changes {
		err = errors.Join(err, printLine(out, "%s: %s", c.Path, c.Status), printText(out, string(c.Diff)))
	}
	if len(changes) > 0 {
		err = errors.Join(err, printLine(out, "run %s to fix this", fixCommand(cmd)), errFindings)
	}
	return failureFirst(err)
}

// fixCommand returns the command line without --check.
func fixCommand(cmd *cobra.Command) string {
	words := []string{cmd.CommandPath()}
	for _, name := range cmd.Flags().Args() {
		words = append(words, shellQuote(name))
	}
	for _, name := range []string{"table", "go", "package", "python", "typescript", "javascript", "vectors", "markdown", "html"} {
		if f := cmd.Flags().Lookup(name); f.Changed {
			words = append(words, "--"+name, shellQuote(f.Value.String()))
		}
	}
	files, _ := cmd.Flags().GetStringArray("inject")
	for _, file := range files {
		words = append(words, "--inject", shellQuote(file))
	}
	return "\"" + strings.Join(words, " ") + "\""
}

// shellQuote returns a word quoted for a POSIX shell.
func shellQuote(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@=-") == "" && s != "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// failureFirst removes errFindings from joined errors if there is another error, which
// determines the exit status.
func failureFirst(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var rest []error
	for _, e := range joined.Unwrap() {
		if e != errFindings {
			rest = append(rest, e)
		}
	}
	if len(rest) == 0 {
		return errFindings
	}
	return errors.Join(rest...)
}
