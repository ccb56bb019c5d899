package main

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
)

// fmtOptions are the output modes of errspec fmt. At most one is set; if none is set,
// the formatted text is printed.
type fmtOptions struct {
	write, diff, check bool
}

func newFmt() *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt [FILE|-]",
		Short: "Format tables",
		Long: `Print a table in canonical format: keys in a fixed order, quotes only where
YAML needs them, wrapped prose, and blank lines between codes. Comments are
kept, and the meaning of the table does not change. Files that are not valid
YAML, or that contain anything a table must not contain, are not changed.

FILE is a table or an included file. Without FILE, format all tables of the
nearest errspec.yaml and the files they include. Tables in JSON are skipped.
If FILE is -, read standard input.

Exit status:
  0  all files are formatted or were written
  1  a file is not formatted (-d, --check) or cannot be formatted
  2  a file cannot be read or written`,
		Example: `  errspec fmt -w
  errspec fmt --check
  errspec fmt errors.yaml -d`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFmt(cmd, args, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVarP(&o.write, "write", "w", false, "write the result to the files instead of printing it")
	flags.BoolVarP(&o.diff, "diff", "d", false, "print a unified diff instead of the result")
	flags.BoolVar(&o.check, "check", false, "list the files that are not formatted, and write nothing")
	return cmd
}

func runFmt(cmd *cobra.Command, args []string, o fmtOptions) error {
	if chosen := []bool{o.write, o.diff, o.check}; len(slices.DeleteFunc(chosen, func(is bool) bool { return !is })) > 1 {
		return usagef("use only one of them", "-w, -d and --check cannot be combined")
	}
	files, err := o.files(cmd, args)
	if err != nil {
		return err
	}
	var failures []error
	unformatted := 0
	for _, file := range files {
		differs, err := o.file(cmd, file)
		if differs && err == nil && !o.write {
			unformatted++
			err = errFindings
		}
		failures = append(failures, err)
	}
	if o.check && unformatted > 0 && !slices.Contains(args, "-") {
		words := []string{cmd.CommandPath(), "-w"}
		for _, arg := range args {
			words = append(words, shellQuote(arg))
		}
		failures = append(failures, printLine(cmd.OutOrStdout(), "run \"%s\" to fix this", strings.Join(words, " ")))
	}
	return failureFirst(errors.Join(failures...))
}

// files returns the files to format: the argument, otherwise the tables of the
// configuration and the files that they include. Files of modules are skipped.
func (o fmtOptions) files(cmd *cobra.Command, args []string) ([]string, error) {
	if len(args) == 1 && isJSON(args[0]) {
		return nil, usagef("run errspec export to print canonical JSON", "%s is JSON; fmt formats only YAML", args[0])
	}
	refs, err := tables(cmd, args, cmd.OutOrStdout(), diag.FormatText)
	if err != nil || len(args) == 1 {
		return refs, err
	}
	var files []string
	listed := make(map[string]bool)
	for _, ref := range refs {
		own := []string{ref}
		table, _, err := spec.LoadWithin(cmd.Context(), ref, quotable(cmd, ref))
		if err != nil {
			return nil, err
		}
		if table != nil {
			for _, file := range table.Files()[1:] {
				own = append(own, file.Name)
			}
		}
		for _, file := range own {
			if spec.IsFile(file) && !isJSON(file) && !listed[file] {
				listed[file] = true
				files = append(files, file)
			}
		}
	}
	if len(files) > 1 && o == (fmtOptions{}) {
		return nil, usagef("add -w, -d or --check, or name one file", "fmt prints one file, but there are %d", len(files))
	}
	return files, nil
}

func isJSON(file string) bool { return strings.EqualFold(path.Ext(file), ".json") }

// file formats one file, and reports whether it differs from its canonical format; it
// returns false if it prints the formatted text instead. Findings are printed to
// standard output, or to standard error if standard output is for the formatted text.
func (o fmtOptions) file(cmd *cobra.Command, ref string) (differs bool, err error) {
	out := cmd.OutOrStdout()
	source, err := sourceOf(cmd, ref)
	if err != nil {
		return false, err
	}
	name, text := source.Name, source.Text
	formatted, findings := canonical.FormatFile(source)
	if len(findings) > 0 {
		if o == (fmtOptions{}) {
			out = cmd.ErrOrStderr()
		}
		return false, report(out, diag.FormatText, findings)
	}
	differs = formatted != text
	switch {
	case o == (fmtOptions{}):
		return false, printData(out, []byte(formatted))
	case o.write && ref == "-":
		return false, usagef("remove -w", "cannot use -w with standard input")
	case o.write && !spec.IsFile(ref):
		return false, usagef("name a local file", "cannot write %s: it is not a local file", ref)
	case !differs:
	case o.write:
		err = uninterrupted(cmd.Context(), func() error { return gen.Rewrite(cmd.Context(), source, formatted) })
	case o.diff:
		err = printText(out, string(output.Diff(name, []byte(text), []byte(formatted))))
	default:
		err = printLine(out, "%s: not formatted", name)
	}
	return differs, err
}

// sourceOf returns the file of a table. The name - means standard input.
func sourceOf(cmd *cobra.Command, ref string) (*diag.File, error) {
	if ref != "-" {
		return spec.Source(cmd.Context(), ref, quotable(cmd, ref))
	}
	name, data, err := readArgument(cmd, ref)
	return &diag.File{Name: name, Text: string(data)}, err
}
