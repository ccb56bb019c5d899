package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/internal/plaintext"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/explain"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/logstream"
	"github.com/errspec/errspec/spec/names"
)

// maxPasted is the maximum size of a pasted text, in bytes.
const maxPasted = 16 << 20

var errNotText = errors.New("not text: contains a NUL byte")

// explainPasted explains the error in standard input.
func explainPasted(cmd *cobra.Command, o explainOptions) error {
	table, extractor, err := loadExtractor(cmd, o.table, true)
	if err != nil {
		return err
	}
	text, err := readPasted(cmd.InOrStdin())
	if err != nil {
		return err
	}
	found := logstream.Paste(extractor, text)
	p := newPage(cmd.OutOrStdout())
	out := cmd.OutOrStdout()
	switch found.Best.Source {
	case extract.None:
		if o.json {
			out = cmd.ErrOrStderr() // standard output is reserved for JSON
		}
		p.nothing(table, found.Best)
	case extract.PollStopped:
		p.pollStopped(found.Best)
	default:
		p.failure(table, extractor.Decide(found.Best))
	}
	if o.json && found.Best.Source != extract.None {
		return printExplanations(cmd, found.Count, explainFound(table, extractor, found)...)
	}
	if found.Count > 1 {
		p.heading("")
		p.line(fmt.Sprintf("The text contains %d errors. This is the first of the most reliable matches; run errspec classify to list all of them.", found.Count))
	}
	if err := unlessClosed(printPage(out, p)); err != nil {
		return err
	}
	if found.Best.Source == extract.None {
		return errFindings
	}
	return nil
}

// readPasted reads a pasted text.
func readPasted(in io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxPasted+1))
	if err != nil {
		return "", fmt.Errorf("standard input: %w", err)
	}
	if len(text) > maxPasted {
		return "", usagef("run errspec classify, which reads input of any length", "standard input is larger than %d MiB", maxPasted>>20)
	}
	if text, err = plaintext.Decode(text); err == nil && bytes.IndexByte(text, 0) >= 0 {
		err = errNotText
	}
	if err != nil {
		return "", fmt.Errorf("standard input: %w", err)
	}
	return string(text), nil
}

// noText is the number of errors if there is no text that contains them.
const noText = -1

// printExplanations prints explanations as JSON.
func printExplanations(cmd *cobra.Command, count int, all ...explain.Explanation) error {
	return unlessClosed(printData(cmd.OutOrStdout(), explain.Document(count, all...)))
}

// explainFound returns the explanations of all errors in a text, the most reliable one first.
func explainFound(table *spec.Table, x *extract.Extractor, found logstream.Pasted) []explain.Explanation {
	entries, _ := names.Entries(table)
	var all []explain.Explanation
	if found.Best.Source == extract.PollStopped {
		all = append(all, explain.PollStopped(table, found.Best))
	} else {
		all = append(all, explain.Error(table, entries, x.Decide(found.Best)))
	}
	for _, f := range found.Others {
		all = append(all, explain.Error(table, entries, x.Decide(f)))
	}
	return all
}
