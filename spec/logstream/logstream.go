// Package logstream reads streams of task responses and log lines, in any mix and of
// any length, and classifies every error in them. Streams are UTF-8, or UTF-16 with a
// byte order mark. A compressed stream is an error, and a line that contains a NUL byte
// cannot be read.
//
// A record is a JSON object, which may span lines, follow other objects on a line, or
// be an element of an array. Any other line is a record of text. Records without an
// error, such as a completed task, have no output. Entries of an HTTP archive are records,
// and so are the HTTP responses of an input that starts with one. JSON that does not parse is reported
// with its location, and reading continues after it.
//
// One goroutine reads the stream and splits it into batches, several classify them, and
// the output has the order of the stream. Only a few batches are in memory, so memory
// does not grow with the length of the stream.
package logstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/errspec/errspec/spec/extract"
)

// DefaultMaxRecord is the maximum size of a record if a [Job] does not set it.
const DefaultMaxRecord = 16 << 20

// An Input is a stream and its name.
type Input struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// A Job contains the inputs and the outputs of a run.
type Job struct {
	Extractor *extract.Extractor
	Inputs    []Input
	Out       io.Writer   // receives one line of JSON for each decision; may be nil
	Summary   *Summary    // counts the decisions; may be nil
	Bad       func(Bad)   // called for each record that cannot be read, in order; may be nil
	Progress  func(Stats) // called after each batch; may be nil
	Workers   int         // number of batches that are read at the same time; 0 means the number of processors
	MaxRecord int         // maximum size of a record in bytes; 0 means DefaultMaxRecord
}

// Stats contains the amount of input that was read.
type Stats struct {
	Bytes   int64
	Records int64 // JSON objects, and lines of text that are not blank
	Errors  int64 // records with an error
	Bad     int64 // records that cannot be read
}

// Bad is a record that cannot be read.
type Bad struct {
	File   string
	Line   int // location of the error in it
	Reason string
}

// Run reads all inputs until they end, ctx is done or Out fails. It returns the amount
// of input that was read. If an input cannot be read, Run continues with the others;
// the error contains the errors of all such inputs.
//
// Run calls Bad and Progress, and writes to Out, only in the goroutine of the caller.
// It does not wait for a Read that is in progress when ctx ends.
func (j *Job) Run(ctx context.Context) (Stats, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := j.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// The capacity of both channels limits how far the reader is ahead.
	todo := make(chan *batch, workers)
	ordered := make(chan *batch, 2*workers)
	maxRecord := j.MaxRecord
	if maxRecord <= 0 {
		maxRecord = DefaultMaxRecord
	}
	r := &reader{inputs: j.Inputs, maxRecord: maxRecord, send: func(b *batch) bool {
		return send(ctx, ordered, b) && (b.done == closed || send(ctx, todo, b))
	}}
	go func() {
		defer close(todo)
		defer close(ordered)
		r.run(ctx)
	}()
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for b := range todo {
				j.work(b, maxRecord)
				close(b.done)
			}
		})
	}
	stats, err := j.collect(ctx, ordered)
	if err == nil {
		working.Wait()
	}
	return stats, err
}

func send(ctx context.Context, to chan<- *batch, b *batch) bool {
	select {
	case to <- b:
		return true
	case <-ctx.Done():
		return false
	}
}

// collect receives the batches in the order of the stream.
func (j *Job) collect(ctx context.Context, ordered <-chan *batch) (Stats, error) {
	var stats Stats
	var failures []error
	var joined joiner
	for {
		b, ok := next(ctx, ordered)
		if !ok {
			break
		}
		if b.err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", b.file, pathless(b.err)))
			continue
		}
		if err := j.take(b, &joined, &stats); err != nil {
			return stats, err
		}
	}
	if err := j.write(joined.rest()); err != nil {
		return stats, err
	}
	if err := ctx.Err(); err != nil {
		return stats, err
	}
	return stats, errors.Join(failures...)
}

// next returns the next batch after a worker has read it. It returns false if there are
// no more batches or if ctx is done, even if the reader waits for input.
func next(ctx context.Context, ordered <-chan *batch) (*batch, bool) {
	select {
	case b, ok := <-ordered:
		if !ok {
			return nil, false
		}
		select {
		case <-b.done:
			return b, true
		case <-ctx.Done():
		}
	case <-ctx.Done():
	}
	return nil, false
}

// take passes on the results of a batch.
func (j *Job) take(b *batch, joined *joiner, stats *Stats) error {
	stats.Bytes += b.stats.Bytes
	stats.Records += b.stats.Records
	stats.Errors += b.stats.Errors
	stats.Bad += b.stats.Bad
	if j.Bad != nil {
		for _, bad := range b.bad {
			j.Bad(bad)
		}
	}
	if j.Summary != nil {
		j.Summary.add(b.tally)
	}
	if j.Out != nil {
		if err := j.write(joined.add(b)); err != nil {
			return err
		}
	}
	if j.Progress != nil {
		j.Progress(*stats)
	}
	return nil
}

func (j *Job) write(out []byte) error {
	if len(out) == 0 {
		return nil
	}
	_, err := j.Out.Write(out)
	return err
}
