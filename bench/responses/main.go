// Responses writes generated responses of a task API up to the given size, as input for
// measuring and testing errspec classify and similar tools.
//
// The same flags produce the same bytes on every machine. The mix is that of a running
// service: most tasks are completed or running, and a fifth has failed. Failed tasks
// have the codes of the EvoLink table and a few unlisted ones. Their messages are those
// of the table, alone, followed by troubleshooting tips, in other scripts, or missing.
//
//	GOWORK=off go run ./responses -mb 100 > responses.ndjson
//	GOWORK=off go run ./responses -mb 100 -form pretty   # over several lines each
//	GOWORK=off go run ./responses -mb 100 -form array    # one JSON array
//	GOWORK=off go run ./responses -mb 100 -form log      # log lines of a client
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
)

func main() {
	if err := start(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "responses:", err)
		os.Exit(1)
	}
}

func start(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("responses", flag.ContinueOnError)
	size := flags.Float64("mb", 1, "how much to write, in millions of bytes; the last response may exceed it")
	seed := flags.Uint64("seed", 1, "another seed, other responses")
	form := flags.String("form", "ndjson", strings.Join(formNames(), ", "))
	if err := flags.Parse(args); err != nil {
		return err
	}
	i := slices.Index(formNames(), *form)
	if i < 0 {
		return fmt.Errorf("-form: unknown form %q; use %s", *form, strings.Join(formNames(), ", "))
	}
	errs, err := failures()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(stdout, 1<<16)
	write(out, int64(*size*1e6), forms[i], &source{rand: rand.New(rand.NewPCG(*seed, 0)), failures: errs})
	return out.Flush() // also returns earlier errors
}

// write writes responses in one form until the size is reached.
func write(out io.Writer, size int64, f form, s *source) {
	written := int64(0)
	put := func(text string) {
		io.WriteString(out, text) // the bufio.Writer keeps its first error
		written += int64(len(text))
	}
	put(f.before)
	for first := true; written < size; first = false {
		if !first {
			put(f.between)
		}
		put(f.render(s.next(), s))
	}
	put(f.after)
}

// A failure is a possible error of a task.
type failure struct {
	code     string
	messages []string
}

// failures returns the errors of the EvoLink table with their example messages, and
// some unlisted codes.
func failures() ([]failure, error) {
	table, findings, err := spec.Load("builtin:evolink")
	if err != nil || findings.HasErrors() {
		return nil, errors.Join(err, errors.New("the builtin table is not valid"))
	}
	var all []failure
	for _, c := range table.Codes {
		f := failure{c.Wire, []string{c.Description}}
		for _, s := range c.Subtypes {
			f.messages = append(f.messages, s.Examples...)
		}
		all = append(all, f)
	}
	return append(all,
		failure{"upstream_error", []string{"The upstream provider returned an error", "bad gateway"}},
		failure{"model_unavailable", []string{"model is being updated"}},
	), nil
}
