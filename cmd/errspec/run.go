package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/revision"
)

// Exit statuses. If a command both fails and has findings, it exits with
// statusFailure.
const (
	statusClean    = 0
	statusFindings = 1 // problems in a table or an output
	statusFailure  = 2 // usage or I/O error, refusal to overwrite
)

// errFindings is the error of a command that printed findings. Its message is not
// printed.
var errFindings = errors.New("findings")

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return statusClean
	case errors.Is(err, errFindings):
		return statusFindings
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return statusFailure // the user interrupted it and needs no message
	}
	printFailure(stderr, err)
	return statusFailure
}

// printFailure writes each failure as "errspec: PROBLEM" and, if the fix is known,
// "  help: FIX".
func printFailure(w io.Writer, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			printFailure(w, e)
		}
		return
	}
	_ = printLine(w, "errspec: %s", strings.TrimPrefix(err.Error(), "errspec: "))
	if help := helpOf(err); help != "" {
		_ = printLine(w, "  help: %s", help)
	}
}

// helpOf returns the text that describes the fix of a failure. It returns "" if there
// is no known fix.
func helpOf(err error) string {
	var usage *usageError
	var write *output.Error
	var unread *revision.Error
	var kind *input.KindError
	switch {
	case errors.As(err, &usage):
		return usage.help
	case errors.As(err, &write):
		return write.Help
	case errors.As(err, &unread):
		return unread.Help
	case errors.As(err, &kind) && kind.Mode&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0:
		return "redirect it to standard input, and use - as the file name"
	}
	return ""
}

// A usageError reports an invalid command line.
type usageError struct {
	message, help string
}

func (e *usageError) Error() string { return e.message }

func usagef(help, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...), help}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "errspec",
		Short: "Generate Go code and documentation from a table of error codes",
		Long: `errspec generates a Go package (constants, a classifier, retry advice) and
reference pages in Markdown and HTML from one YAML table of an API's error
codes.

TABLE is a path, builtin:evolink, or a file of a Go module:
mod:PATH@VERSION/FILE. Without TABLE, errspec uses the tables of the nearest
errspec.yaml in the current directory or a parent, up to the root of the
repository, and otherwise builtin:evolink.

Exit status:
  0  success
  1  findings
  2  error, for example an unreadable file or a refusal to overwrite one

An interrupted command completes a change of files that it has started, and
then ends by the signal.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              noSuchCommand,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		help := "run " + cmd.CommandPath() + " --help"
		switch {
		case cmd.Flags().Lookup("table") != nil && err.Error() == "unknown flag: --spec":
			help = "use --table; the flag was renamed"
		case cmd == root && err.Error() == "unknown flag: --version":
			help = "run errspec version"
		}
		return usagef(help, "%v", err)
	})
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", fmt.Sprintf(".FlagUsagesWrapped %d", pageWidth)))
	root.AddCommand(newInit(), newGenerate(), newLint(), newFmt(), newBreaking(), newCheck(), newImport(), newDrift(), newClassify(), newExplain(), newExport(), newSchema(), newVet(), newVersion(), newManual())
	return root
}

// noSuchCommand returns an error if a command line has an argument where the name of a
// command is expected. Its help suggests the closest name.
func noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	help := "run " + root.CommandPath() + " --help"
	if meant := diag.Suggest(args[0], names); meant != "" {
		help = "did you mean " + root.CommandPath() + " " + meant + "?"
	}
	return usagef(help, "unknown command %q", args[0])
}

// atMost limits the arguments of a command.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := cobra.MaximumNArgs(n)(cmd, args); err != nil {
			return usagef("run "+cmd.CommandPath()+" --help", "%v", err)
		}
		return nil
	}
}
