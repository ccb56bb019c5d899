// Package logstream reads streams of task responses and log lines, of any length and
// mixed as they come, and decides about every error in them. Streams are UTF-8, or
// UTF-16 with a byte order mark; one that is compressed is an error, and a line that
// contains a NUL byte cannot be read.
//
// A record is a JSON object, over as many lines as it takes, alone, behind others
// on a line, or in an array of objects; anything else is a line of text. Records
// without an error, such as a completed task, give nothing. JSON that does not
// parse is reported with its place and left; what follows it is read.
//
// One goroutine reads and cuts the stream into batches, several decide, and
// results come out in the order of the stream. All that is kept of a stream are
// some batches of it, so memory does not grow with its length.
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

// DefaultMaxRecord is how long a record may be if a [Job] does not say.
const DefaultMaxRecord = 16 << 20

// An Input is a stream and its name.
type Input struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// A Job says what to read and what becomes of it.
type Job struct {
	Extractor *extract.Extractor
	Inputs    []Input
	Out       io.Writer   // gets the decisions, a line of JSON each; nil for none
	Summary   *Summary    // gets them counted; nil for none
	Bad       func(Bad)   // is told of records that cannot be read, in order; nil for nobody
	Progress  func(Stats) // is told after every batch how far it is; nil for nobody
	Workers   int         // how many batches are worked on at once; 0: as many as there are processors
	MaxRecord int         // how many bytes a record may have; 0: DefaultMaxRecord
}

// Stats are what was read so far.
type Stats struct {
	Bytes   int64
	Records int64 // JSON objects, and lines of text that are not blank
	Errors  int64 // records with an error
	Bad     int64 // records that could not be read
}

// Bad is a record that could not be read.
type Bad struct {
	File   string
	Line   int // where it stops making sense
	Reason string
}

// Run reads all inputs to their ends, or until ctx is done or Out fails, and
// returns what it read. An input that cannot be read does not keep it from the
// others; the error then tells of all such inputs.
//
// Bad and Progress are called, and Out is written to, by the goroutine that calls
// Run. A Read that is under way when ctx ends is not waited for.
func (j *Job) Run(ctx context.Context) (Stats, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := j.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// Both hold so many batches at most: a reader that is ahead waits.
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

// collect takes the batches in the order of the stream.
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

// next returns the next batch when it has been worked on. It is false when there is
// none any more, or ctx is done, whatever the reader is waiting for.
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

// take hands the results of a batch on.
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
