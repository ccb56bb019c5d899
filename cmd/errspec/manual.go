package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/errspec/errspec/gen"
)

// newManual returns the hidden command that writes the generated part of errspec's own
// documentation. go generate runs it in the root of the repository.
func newManual() *cobra.Command {
	return &cobra.Command{
		Use:    "manual DIR",
		Short:  "Write the reference pages of errspec's documentation",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return gen.WriteManual(cmd.Context(), args[0], manualCommands(cmd.Root()))
		},
	}
}

// manualCommands returns all commands that help lists, and their subcommands.
func manualCommands(root *cobra.Command) []gen.ManualCommand {
	var all []gen.ManualCommand
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		long := c.Long
		if long == "" {
			long = c.Short + "."
		}
		m := gen.ManualCommand{Path: c.CommandPath(), Use: c.UseLine(), Short: c.Short, Long: strings.TrimSpace(long), Examples: dedent(c.Example)}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" || f.Hidden {
				return
			}
			value, usage := pflag.UnquoteUsage(f)
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" && !strings.Contains(usage, "default") {
				usage += " (default: " + f.DefValue + ")"
			}
			m.Flags = append(m.Flags, gen.ManualFlag{Name: f.Name, Shorthand: f.Shorthand, Value: value, Usage: usage})
		})
		all = append(append(all, m), manualCommands(c)...)
	}
	return all
}

// dedent removes the two spaces that cobra prints before the lines of examples.
func dedent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "  ")
	}
	return strings.Join(lines, "\n")
}
