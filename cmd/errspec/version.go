package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of errspec",
		Long: `Print the version of errspec and the version of Go that it was built with.

Exit status:
  0  the version was printed`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printLine(cmd.OutOrStdout(), "errspec %s %s", version(), runtime.Version())
		},
	}
}

// version returns the version that the go command recorded: a release, or "(devel)"
// with the revision of the sources if it is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	if info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "(devel) " + s.Value
		}
	}
	return "(devel)"
}
