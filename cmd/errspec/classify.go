package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/logstream"
)

// classifyOptions is a parsed command line of errspec classify.
type classifyOptions struct {
	table   string
	files   []string
	summary bool
	suggest bool
}

func newClassify() *cobra.Command {
	var o classifyOptions
	cmd := &cobra.Command{
		Use:   "classify [FILE...|-]",
		Short: "Classify the errors in responses or logs",
		Long: `Read responses and log lines, in any mix and of any length, and print one line
of JSON for each record that contains an error: file, line, code, known,
subtype, class, action, automatic, wait, charged, values, task, http,
request_id and retry_after. Without FILE, or if FILE is -, read standard input.
Inputs are UTF-8, or UTF-16 with a byte order mark. Records without an error
are skipped.

A record is a JSON object, which may span lines or be an element of an array,
or a line of text. Responses are read as the table's response: describes them,
with the decision of the generated package. These are records of responses:

  - an object with the HTTP status and headers or body, also as response, res
    or resp of another object: status, statusCode, status_code, httpStatus,
    http_status or http; headers, header or responseHeaders; body,
    responseBody or, with headers, data, content or text. Headers are an
    object, or a list of names and values. The body is text or JSON.
  - an entry of an HTTP archive (HAR 1.2) of up to 16 MiB
  - a response as curl -i prints it, if the file starts with one
  - the JSON body alone

In other objects and lines, the code and task ID come from the text of a
generated package's Error or its LogValue, or from a code: [code], code=…,
code: …, "code":"…". Objects that Python, JavaScript or Ruby print on one line
are read like JSON. In a line without a code, classify looks for the table's
phrases.

Less than the whole response can make a decision stricter, never looser.
automatic is true only for a response, or for the text of an Error or a
LogValue that contains the task ID. It is false for:

  - a response without its status or headers, if these could change that
  - the text of an Error, if responses say more about retries than the text
  - a code that is only mentioned, or that only a phrase identifies
  - an error in the message of a response
  - a text with HTTP status 408 or 500 and above, or an interruption such as EOF
  - an Error joined with a report that polling stopped

A record that reports only that polling stopped is skipped: the outcome is
unknown.

Exit status:
  0  every record was read
  1  some records cannot be read; they are reported on standard error
  2  an input or the table cannot be read, or an input is not text`,
		Example: `  errspec classify responses.ndjson
  errspec classify --summary recorded.har
  tail -f client.log | errspec classify
  errspec classify --summary *.log
  errspec classify --suggest *.log > more.yaml  # draft entries`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.files = args
			return classify(cmd, o)
		},
	}
	addTable(cmd, &o.table)
	cmd.Flags().BoolVar(&o.summary, "summary", false, "print a text table with the number of errors per code and subtype instead of JSON")
	cmd.Flags().BoolVar(&o.suggest, "suggest", false, "print draft table entries for unlisted codes instead of JSON")
	return cmd
}

func classify(cmd *cobra.Command, o classifyOptions) error {
	table, extractor, err := loadExtractor(cmd, o.table, readsStdin(o.files))
	if err != nil {
		return err
	}
	bad := &badPrinter{w: cmd.ErrOrStderr()}
	progress := newProgress(cmd, o.summary || o.suggest)
	job := logstream.Job{Extractor: extractor, Inputs: inputs(cmd, o.files), Bad: bad.print, Progress: progress.show}
	if o.summary || o.suggest {
		job.Summary = new(logstream.Summary)
	} else {
		job.Out = cmd.OutOrStdout()
	}
	stats, err := job.Run(cmd.Context())
	progress.end()
	bad.end(stats.Bad)
	err = unlessClosed(err)
	if job.Summary != nil && (err == nil || cmd.Context().Err() == nil) {
		err = errors.Join(err, printSummary(cmd.OutOrStdout(), table, job.Summary, stats, o))
	}
	if stats.Bad > 0 {
		err = errors.Join(err, errFindings)
	}
	return failureFirst(err)
}

// isClosedPipe reports whether a write failed because the reader closed the pipe.
func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}

// unlessClosed returns an error of printing. It returns nil if the reader closed the
// pipe, which is not an error.
func unlessClosed(err error) error {
	if isClosedPipe(err) {
		return nil
	}
	return err
}

// readsStdin reports whether standard input is among the files.
func readsStdin(files []string) bool {
	for _, f := range files {
		if f == "-" {
			return true
		}
	}
	return len(files) == 0
}

// inputs returns the files to read.
func inputs(cmd *cobra.Command, files []string) []logstream.Input {
	if len(files) == 0 {
		files = []string{"-"}
	}
	var all []logstream.Input
	for _, name := range files {
		in := logstream.Input{Name: name, Open: func() (io.ReadCloser, error) { return input.Stream(name) }}
		if name == "-" {
			in = logstream.Input{Name: "stdin", Open: func() (io.ReadCloser, error) { return io.NopCloser(cmd.InOrStdin()), nil }}
		}
		all = append(all, in)
	}
	return all
}

// addTable adds the flag --table.
func addTable(cmd *cobra.Command, table *string) {
	cmd.Flags().StringVar(table, "table", "", "`TABLE` to use (default: the table of the nearest "+config.FileName+")")
}

// loadExtractor reads the table that classifies. Standard output is reserved for
// decisions, so findings about the table are printed to standard error.
func loadExtractor(cmd *cobra.Command, ref string, stdinTaken bool) (*spec.Table, *extract.Extractor, error) {
	var args []string
	if ref != "" {
		args = []string{ref}
	}
	if ref == "-" && stdinTaken {
		return nil, nil, usagef("name the files to read", "cannot read both the table and the input from standard input")
	}
	stderr := cmd.ErrOrStderr()
	refs, err := tables(cmd, args, stderr, diag.FormatText)
	if err != nil {
		return nil, nil, failed(err, config.FileName)
	}
	if len(refs) != 1 {
		return nil, nil, usagef("select one with --table", "%s lists %d tables: %s", config.FileName, len(refs), strings.Join(refs, ", "))
	}
	table, findings, err := load(cmd, refs[0])
	if err != nil {
		return nil, nil, err
	}
	if err := report(stderr, diag.FormatText, findings); err != nil {
		return nil, nil, failed(err, refs[0])
	}
	extractor, err := extract.New(table)
	return table, extractor, err
}

// failed returns an error that is not errFindings if findings make a file unusable.
func failed(err error, name string) error {
	if errors.Is(err, errFindings) {
		return fmt.Errorf("%s is not valid", name)
	}
	return err
}
