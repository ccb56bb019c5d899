package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/logstream"
)

// maxBadShown is how many records that cannot be read are told one by one.
const maxBadShown = 10

// A badPrinter tells of records that cannot be read.
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

// end tells how many there were beside those shown.
func (p *badPrinter) end(all int64) {
	if more := all - p.shown; more > 0 {
		_ = printLine(p.w, "errspec: %s more could not be read", plural(more, "record"))
	}
}

// printSummary prints what people want to know of all errors at once.
func printSummary(w io.Writer, table *spec.Table, s *logstream.Summary, stats logstream.Stats, o classifyOptions) error {
	order := make(map[string]int, len(table.Codes))
	for i := range table.Codes {
		order[table.Codes[i].Wire] = i
	}
	rows := s.Rows(func(code string) int { return order[code] })
	var b strings.Builder
	var err error
	if o.summary {
		summaryTable(&b, rows)
		totals(&b, rows, s.More(), stats)
		err = printText(w, b.String())
	}
	if text := logstream.Suggest(rows, table.Wire); o.suggest && text != "" && err == nil {
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

// summaryTable writes a line for each code and sub-type:
//
//	CODE             SUB-TYPE        ERRORS  ACTION   SAMPLE
//	upstream_error   (not listed)        12  support  The upstream provider returned an error
//	quota_exceeded                    1,208  wait
func summaryTable(b *strings.Builder, rows []logstream.Row) {
	if len(rows) == 0 {
		return
	}
	width := len("ERRORS")
	for _, r := range rows {
		width = max(width, len(thousands(r.Count)))
	}
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	line := func(cells ...string) {
		// A cell that ends the line is not filled up with blanks.
		for len(cells) > 1 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		_ = printData(t, []byte(strings.Join(cells, "\t")+"\n"))
	}
	line("CODE", "SUB-TYPE", fmt.Sprintf("%*s", width, "ERRORS"), "ACTION", "SAMPLE")
	for _, r := range rows {
		code, subtype, sample := r.Code, r.Subtype, ""
		_, subtype, _ = strings.Cut(strings.TrimPrefix(subtype, r.Code), "/")
		if !r.Known {
			subtype = "(not listed)"
			if len(r.Samples) > 0 {
				sample = r.Samples[0]
			}
		}
		if code == "" {
			code, subtype = "(no code)", ""
		}
		line(cell(code), subtype, fmt.Sprintf("%*s", width, thousands(r.Count)), r.Action, cell(sample))
	}
	t.Flush()
}

// cell returns a text of the input as one cell of a table.
func cell(s string) string {
	return shorten(strings.Join(strings.Fields(diag.Printable(s)), " "), 80)
}

// shorten cuts a text to so many characters.
func shorten(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit-1]) + "…"
}

// totals writes the line under the table.
func totals(b *strings.Builder, rows []logstream.Row, more int64, stats logstream.Stats) {
	var phrase, unlisted int64
	for _, r := range rows {
		phrase += r.Phrase
		if !r.Known && r.Code != "" {
			unlisted += r.Count
		}
	}
	if len(rows) > 0 {
		b.WriteString("\n")
	}
	b.WriteString(plural(stats.Errors, "error") + " in " + plural(stats.Records, "record"))
	parts := []string{}
	add := func(n int64, what string) {
		if n > 0 {
			parts = append(parts, thousands(n)+" "+what)
		}
	}
	add(unlisted+more, "with codes that the table does not list")
	add(phrase, "told by a phrase alone")
	if len(parts) > 0 {
		b.WriteString("; " + strings.Join(parts, ", "))
	}
	b.WriteString("\n")
	if more > 0 {
		b.WriteString(plural(more, "error") + " have unlisted codes that are not shown: there are too many different ones\n")
	}
	if stats.Bad > 0 {
		b.WriteString(plural(stats.Bad, "record") + " could not be read\n")
	}
}

func plural(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

// thousands writes a number with commas.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A progress says on a terminal how far a long run is.
type progress struct {
	w     io.Writer // nil if nobody watches
	start time.Time
	next  time.Time
	shown bool
}

// Nothing is said of a run that is shorter than the first pause.
const (
	firstProgress = time.Second
	everyProgress = 200 * time.Millisecond
)

// newProgress returns a progress for standard error. It is silent unless that is
// a terminal, and if decisions go to a terminal too, between which it would stand.
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
	line := fmt.Sprintf("\r%s MB, %.0f MB/s, %s, %s\x1b[K", thousands(s.Bytes/1e6), rate, plural(s.Records, "record"), plural(s.Errors, "error"))
	_ = printData(p.w, []byte(line))
}

// end takes the line away again.
func (p *progress) end() {
	if p.shown {
		_ = printData(p.w, []byte("\r\x1b[K"))
	}
}

// isTerminal reports whether a stream is a character device, as terminals are.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
