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
		Args:  atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printLine(cmd.OutOrStdout(), "errspec %s %s", version(), runtime.Version())
		},
	}
}

// version returns what the go command recorded: a release, or "(devel)" with the
// revision of the sources where it is known.
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
