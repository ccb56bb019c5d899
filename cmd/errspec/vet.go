package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/spec/diag"
)

// vetOptions is a parsed command line of errspec vet.
type vetOptions struct {
	packages     []string
	goFlags      []string
	format       string
	fix          bool
	missingCodes bool
}

func newVet() *cobra.Command {
	var o vetOptions
	cmd := &cobra.Command{
		Use:   "vet [PACKAGE…] [-- GO-FLAG…]",
		Short: "Report misuse of generated packages in Go code",
		Long: `Report misuse of Go packages that errspec generated, under any import path or
package name: literals instead of constants, errors compared with ==, switches
without a default, codes searched for in error texts, deprecated codes,
discarded decisions, and submissions retried without a check.

PACKAGE is a pattern as for go vet; the default is the package in the current
directory. errspec vet runs go vet -vettool=errspec, which loads packages and
caches results, and prints the findings like the other errspec commands.
Arguments after -- are passed to go vet, for example -tags or -mod. Test files
are included.

To ignore a rule, add a comment with a reason on the line or on the line above:

  //errspec:ignore missing-default all other codes are handled by the caller

--fix applies the suggested fixes to the packages of this module and reports the
remaining findings. It requires Go 1.26 or later.

Rules:

` + vetRules() + `
Exit status:
  0  no findings
  1  findings
  2  a package could not be loaded, or the go command failed`,
		Example: `  errspec vet ./...
  errspec vet --fix ./...
  errspec vet ./... -- -tags=integration
  go vet -vettool=$(which errspec) ./...`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.packages = args
			if n := cmd.ArgsLenAtDash(); n >= 0 {
				o.packages, o.goFlags = args[:n], args[n:]
			}
			return vetPackages(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.fix, "fix", false, "apply the suggested fixes, then report the remaining findings")
	flags.BoolVar(&o.missingCodes, vet.MissingCodesFlag, false, "also report switches over a Code that do not cover all listed codes")
	addFormat(cmd, &o.format)
	return cmd
}

// vetRules lists the rules for the help text.
func vetRules() string {
	p := page{width: pageWidth}
	for _, r := range vet.Rules() {
		p.wrapped(fmt.Sprintf("  %-18s", r.ID), strings.Repeat(" ", 20), r.Purpose)
	}
	return p.text()
}

func vetPackages(cmd *cobra.Command, o vetOptions) error {
	format, err := formatOf(o.format)
	if err != nil {
		return err
	}
	findings, failure := goVet(cmd, o)
	if o.fix && failure == nil {
		findings, failure = fixPackages(cmd, o, findings)
	}
	if len(findings) > 0 || format.IsDocument() {
		failure = errors.Join(failure, printFindings(cmd.OutOrStdout(), format, findings))
	}
	return failureFirst(errors.Join(failure, failing(findings, diag.Info)))
}

// fixPackages applies fixes until nothing changes: a fix may reveal further findings.
// The go command applies them, because several packages can have fixes for one file.
func fixPackages(cmd *cobra.Command, o vetOptions, findings diag.List) (diag.List, error) {
	fixed := make(map[string]int)
	defer reportFixed(cmd, fixed)
	for range maxRounds {
		before := fixable(findings)
		if len(before) == 0 {
			break
		}
		if _, err := runGoVet(cmd, o, "-fix"); err != nil {
			return findings, err
		}
		var err error
		if findings, err = goVet(cmd, o); err != nil {
			return findings, err
		}
		after, progress := fixable(findings), false
		for name, n := range before {
			if after[name] < n {
				fixed[name] += n - after[name]
				progress = true
			}
		}
		if !progress {
			break
		}
	}
	return findings, nil
}

// fixable returns the number of findings with a fix for each file.
func fixable(findings diag.List) map[string]int {
	count := make(map[string]int)
	for _, d := range findings {
		if d.Fix != nil && len(d.Fix.Edits) > 0 {
			count[d.Fix.Edits[0].File.Name]++
		}
	}
	return count
}

// goVet returns the findings of the analyzer.
func goVet(cmd *cobra.Command, o vetOptions) (diag.List, error) {
	output, err := runGoVet(cmd, o, "-json")
	findings, unread := vetFindings(output)
	return findings, errors.Join(err, unread)
}

// runGoVet runs go vet with this program as its tool, and returns the JSON output of the
// tool. It prints all other output of the go command to standard error.
func runGoVet(cmd *cobra.Command, o vetOptions, mode string) ([]byte, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := append([]string{"vet", "-vettool=" + self, mode}, o.goFlags...)
	if o.missingCodes {
		args = append(args, "-"+vet.Analyzer.Name+"."+vet.MissingCodesFlag)
	}
	c := exec.CommandContext(cmd.Context(), "go", append(args, o.packages...)...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // to let it remove its files
	c.WaitDelay = 5 * time.Second
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err = uninterrupted(cmd.Context(), c.Run)
	if stop := cmd.Context().Err(); stop != nil {
		return nil, stop
	}
	// Before Go 1.26, go vet prints the output of tools to standard error.
	documents, messages := splitVetOutput(stdout.Bytes(), stderr.Bytes())
	if strings.Contains(messages, "flag provided but not defined: -fix") {
		return nil, usagef("upgrade to Go 1.26 or later, or apply the fixes by hand", "--fix requires Go 1.26 or later")
	}
	if _, line, ok := strings.Cut("\n"+messages, "\n"+tooOld); ok {
		line, _, _ = strings.Cut(line, "; ")
		return nil, usagef(rebuildHelp, "errspec was built with %s", line)
	}
	_ = printText(cmd.ErrOrStderr(), messages)
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, usagef("install Go: https://go.dev/doc/install", "go command not found in PATH")
	case errors.As(err, &exit):
		return documents, usagef("", "go vet could not analyze all packages (%s)", exit)
	}
	return documents, err
}

// shownName returns the name of a file in findings.
func shownName(file string) string {
	if rel := relative(file); filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}
