package main

import (
	"fmt"
	"io"
	"os"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec/diag"
)

// Everything that the command prints goes through this file. Names of files, tables and
// codes, arguments, texts of tables and logs and what other programs say can hold
// anything, and people read all of it on terminals and in the logs of CI services.

// printLine writes a line for people. Nothing that the arguments hold can end the line
// or be obeyed.
func printLine(w io.Writer, format string, args ...any) error {
	return put(w, diag.Printable(fmt.Sprintf(format, args...))+"\n")
}

// printText writes a text for people, of any number of lines.
func printText(w io.Writer, text string) error { return put(w, diag.PrintableLines(text)) }

// printPage writes a page, which is printable but for its own styles.
func printPage(w io.Writer, p *page) error { return put(w, p.text()) }

// printData writes what programs read, or becomes a file, as it is.
func printData(w io.Writer, data []byte) error {
	_, err := w.Write(data)
	return err
}

// put writes a printable text.
func put(w io.Writer, text string) error {
	_, err := io.WriteString(people{w}, text)
	return err
}

// people is a stream that people read. Each write to it is of whole lines.
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

// underRunner reports whether what is printed goes to the runner of a CI service, which
// obeys some of it.
func underRunner() bool {
	return os.Getenv(githubActions) == "true" || os.Getenv("TF_BUILD") != "" || os.Getenv("TEAMCITY_VERSION") != ""
}

// githubActions is set where GitHub runs the command.
const githubActions = "GITHUB_ACTIONS"

// printFindings prints findings as suits the terminal, if w is one.
func printFindings(w io.Writer, format diag.Format, findings diag.List) error {
	t := terminalOf(w, os.Getenv)
	if format == diag.FormatText || format == diag.FormatLine {
		w = people{w}
	}
	return diag.Printer{Format: format, Width: t.width, Color: t.color, Rules: gen.Rules(), Path: rootedPath(os.Getenv("GITHUB_WORKSPACE"))}.Print(w, findings)
}
