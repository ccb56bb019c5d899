package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/logstream"
	"github.com/errspec/errspec/spec/logstream/overview"
)

// maxBadShown is the maximum number of unreadable records that are printed.
const maxBadShown = 10

// A badPrinter prints the records that cannot be read.
type badPrinter struct {
	w     io.Writer
	shown int64
}

func (p *badPrinter) print(b logstream.Bad) {
	if p.shown < maxBadShown {
		_ = printLine(p.w, "%s:%d: %s", b.File, b.Line, b.Reason)
		p.shown++
	}
}

// end prints the number of unreadable records that were not printed.
func (p *badPrinter) end(all int64) {
	if more := all - p.shown; more > 0 {
		_ = printLine(p.w, "errspec: %s more could not be read", overview.Plural(more, "record"))
	}
}

// printSummary prints the summary and the suggested entries that the flags select.
func printSummary(w io.Writer, table *spec.Table, s *logstream.Summary, stats logstream.Stats, o classifyOptions) error {
	order := make(map[string]int, len(table.Codes))
	for i := range table.Codes {
		order[table.Codes[i].Wire] = i
	}
	rows := s.Rows(func(code string) int { return order[code] })
	var err error
	if o.summary {
		err = printText(w, overview.Summary(rows, s.More(), stats))
	}
	if text := overview.Suggest(rows, table.Wire); o.suggest && text != "" && err == nil {
		if o.summary {
			text = "\n" + text
		}
		err = printData(w, []byte(text))
	}
	if isClosedPipe(err) {
		return nil
	}
	return err
}

// A progress shows the progress of a long run on a terminal.
type progress struct {
	w     io.Writer // nil if no progress is shown
	start time.Time
	next  time.Time
	shown bool
}

// No progress is shown for a run that is shorter than firstProgress.
const (
	firstProgress = time.Second
	everyProgress = 200 * time.Millisecond
)

// newProgress returns a progress for standard error. It shows nothing unless standard
// error is a terminal. It also shows nothing if decisions are printed to a terminal,
// because the progress would appear between them.
func newProgress(cmd *cobra.Command, quietOut bool) *progress {
	now := time.Now()
	p := &progress{start: now, next: now.Add(firstProgress)}
	if isTerminal(cmd.ErrOrStderr()) && (quietOut || !isTerminal(cmd.OutOrStdout())) {
		p.w = cmd.ErrOrStderr()
	}
	return p
}

func (p *progress) show(s logstream.Stats) {
	if p.w == nil {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(everyProgress), true
	rate := float64(s.Bytes) / 1e6 / cmp.Or(now.Sub(p.start).Seconds(), 1)
	line := fmt.Sprintf("\r%s MB, %.0f MB/s, %s, %s\x1b[K", overview.Thousands(s.Bytes/1e6), rate, overview.Plural(s.Records, "record"), overview.Plural(s.Errors, "error"))
	_ = printData(p.w, []byte(line))
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		_ = printData(p.w, []byte("\r\x1b[K"))
	}
}

// isTerminal reports whether a stream is a character device, such as a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
