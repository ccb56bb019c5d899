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

// Exit statuses. Two beats one: when something could not be decided, findings
// elsewhere do not hide it.
const (
	statusClean     = 0
	statusFindings  = 1 // the table, or an output, is not as it should be
	statusUndecided = 2 // usage, I/O, refusal to overwrite
)

// errFindings ends a command that has printed findings. It has no message of
// its own.
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
		return statusUndecided // whoever interrupted it knows
	}
	printFailure(stderr, err)
	return statusUndecided
}

// printFailure writes each failure as "errspec: what" and, when the fix is
// known, "  hint: fix".
func printFailure(w io.Writer, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			printFailure(w, e)
		}
		return
	}
	_ = printLine(w, "errspec: %s", strings.TrimPrefix(err.Error(), "errspec: "))
	if hint := hintOf(err); hint != "" {
		_ = printLine(w, "  hint: %s", hint)
	}
}

// hintOf returns the fix of a failure, "" if none is known.
func hintOf(err error) string {
	var usage *usageError
	var write *output.Error
	var unread *revision.Error
	var kind *input.KindError
	switch {
	case errors.As(err, &usage):
		return usage.hint
	case errors.As(err, &write):
		return write.Help
	case errors.As(err, &unread):
		return unread.Help
	case errors.As(err, &kind) && kind.Mode&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0:
		return "redirect it to standard input, and write - for the file"
	}
	return ""
}

// A usageError is a command line that cannot be carried out.
type usageError struct {
	message, hint string
}

func (e *usageError) Error() string { return e.message }

func usagef(hint, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...), hint}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "errspec",
		Short: "Generate Go code and documentation from a table of error codes",
		Long: `errspec generates a Go package (constants, a classifier, retry advice) and reference
pages in Markdown and HTML from one YAML table of an API's error codes.

TABLE is a path, builtin:evolink, or a file of a Go module: mod:PATH@VERSION/FILE.
Without TABLE, errspec uses the tables of the nearest errspec.yaml in the current
directory or a parent, up to the root of the repository, and otherwise
builtin:evolink.

Exit status:
  0  success
  1  findings
  2  error, for example a file that cannot be read or that errspec refuses to overwrite An interrupted command finishes
a change of files that it has begun, and dies of the signal.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              noSuchCommand,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		hint := "run " + cmd.CommandPath() + " --help"
		if cmd.Flags().Lookup("table") != nil && err.Error() == "unknown flag: --spec" {
			hint = "write --table, as the flag is called now"
		}
		return usagef(hint, "%v", err)
	})
	root.AddCommand(newInit(), newGenerate(), newLint(), newFmt(), newBreaking(), newCheck(), newImport(), newClassify(), newExplain(), newExport(), newSchema(), newVet(), newVersion(), newManual())
	return root
}

// noSuchCommand refuses a word in the place of a command, and says which one was
// probably meant.
func noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	hint := "run " + root.CommandPath() + " --help"
	if meant := diag.Suggest(args[0], names); meant != "" {
		hint = "did you mean " + root.CommandPath() + " " + meant + "?"
	}
	return usagef(hint, "unknown command %q", args[0])
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
