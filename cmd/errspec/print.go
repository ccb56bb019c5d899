package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
)

// This file contains all functions that print. File names, table names, codes, arguments,
// texts of tables and logs, and the output of other programs can contain arbitrary text.
// People read all of it on terminals and in the logs of CI services.

// printLine writes a line for people. The arguments cannot end the line, and terminals
// cannot interpret them.
func printLine(w io.Writer, format string, args ...any) error {
	return put(w, diag.Printable(fmt.Sprintf(format, args...))+"\n")
}

// printText writes a text for people, of any number of lines.
func printText(w io.Writer, text string) error { return put(w, diag.PrintableLines(text)) }

// printPage writes a page. It is printable except for its escape sequences for bold text.
func printPage(w io.Writer, p *page) error { return put(w, p.text()) }

// printData writes data for programs or files verbatim.
func printData(w io.Writer, data []byte) error {
	_, err := w.Write(data)
	return err
}

// put writes a printable text.
func put(w io.Writer, text string) error {
	_, err := io.WriteString(people{w}, text)
	return err
}

// people is a stream for people. Each Write must consist of complete lines.
type people struct{ io.Writer }

func (p people) Write(text []byte) (int, error) {
	if !underRunner() {
		return p.Writer.Write(text)
	}
	if _, err := io.WriteString(p.Writer, diag.WithoutCommands(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// underRunner reports whether the output is read by the runner of a CI service, which
// interprets some lines as commands.
func underRunner() bool {
	return os.Getenv(githubActions) == "true" || os.Getenv("TF_BUILD") != "" || os.Getenv("TEAMCITY_VERSION") != ""
}

// githubActions is the environment variable that GitHub Actions sets to true.
const githubActions = "GITHUB_ACTIONS"

// printReport prints the report of an import. It prints nothing if there is no report.
func printReport(w io.Writer, file string, r importer.Report) error {
	if r == nil {
		return nil
	}
	var text strings.Builder
	text.WriteString("Report of " + diag.Printable(file) + ":\n")
	for _, line := range r.Lines() {
		text.WriteString("  " + diag.Printable(line) + "\n")
	}
	return put(w, text.String())
}

// printFindings prints findings. If w is a terminal, it uses its width and colors.
func printFindings(w io.Writer, format diag.Format, findings diag.List) error {
	t := terminalOf(w, os.Getenv)
	if format == diag.FormatText || format == diag.FormatLine {
		w = people{w}
	}
	return diag.Printer{Format: format, Width: t.width, Color: t.color, Rules: gen.Rules(), Path: rootedPath(os.Getenv("GITHUB_WORKSPACE"))}.Print(w, findings)
}
