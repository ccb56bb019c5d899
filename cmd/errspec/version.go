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

The version is that of the Go module: a release, or a pseudo-version with the
revision of the sources, which ends with +dirty if they were changed. If the go
command recorded no version, it is (devel), with the revision if it is known.

Exit status:
  0  the version was printed`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			info, _ := debug.ReadBuildInfo()
			return printLine(cmd.OutOrStdout(), "errspec %s %s", version(info), runtime.Version())
		},
	}
}

// version returns the version that the go command recorded in the command. It returns
// "(unknown)" if info is nil.
func version(info *debug.BuildInfo) string {
	switch {
	case info == nil:
		return "(unknown)"
	case info.Main.Replace != nil && info.Main.Replace.Version == "":
		return "(devel)" // a directory; the version before the replacement says nothing about it
	case info.Main.Replace != nil:
		return info.Main.Replace.Version
	case info.Main.Version != "" && info.Main.Version != "(devel)":
		return info.Main.Version
	}
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	v := "(devel)"
	if revision := settings["vcs.revision"]; revision != "" {
		v += " " + revision
		if settings["vcs.modified"] == "true" {
			v += "+dirty"
		}
	}
	return v
}
