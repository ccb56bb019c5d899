// Package overview formats the rows of a [logstream.Summary]: as a text table, or as
// suggested entries for a table of errspec. Package logstream does not depend on it and
// writes the JSON lines of decisions itself, while it reads a stream.
package overview

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/logstream"
	"github.com/errspec/errspec/spec/prose"
)

// Summary returns a text table of the rows, followed by the numbers of errors and
// records. more is the result of [logstream.Summary.More].
func Summary(rows []logstream.Row, more int64, stats logstream.Stats) string {
	var b strings.Builder
	summaryTable(&b, rows)
	totals(&b, rows, more, stats)
	return b.String()
}

// summaryTable writes a line for each code and subtype:
//
//	CODE             SUBTYPE        ERRORS  ACTION   SAMPLE
//	upstream_error   (unlisted)          12  support  The upstream provider returned an error
//	quota_exceeded                    1,208  wait
func summaryTable(b *strings.Builder, rows []logstream.Row) {
	if len(rows) == 0 {
		return
	}
	width := len("ERRORS")
	for _, r := range rows {
		width = max(width, len(Thousands(r.Count)))
	}
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	line := func(cells ...string) {
		// The last cell of a line has no padding.
		for len(cells) > 1 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	line("CODE", "SUBTYPE", fmt.Sprintf("%*s", width, "ERRORS"), "ACTION", "SAMPLE")
	for _, r := range rows {
		code, subtype, sample := r.Code, r.Subtype, ""
		_, subtype, _ = strings.Cut(strings.TrimPrefix(subtype, r.Code), "/")
		if !r.Known {
			subtype = "(unlisted)"
			if len(r.Samples) > 0 {
				sample = r.Samples[0]
			}
		}
		if code == "" {
			code, subtype = "(no code)", ""
		}
		line(cell(code), subtype, fmt.Sprintf("%*s", width, Thousands(r.Count)), r.Action, cell(sample))
	}
	t.Flush()
}

// cell returns a text of the input as one cell of a table.
func cell(s string) string {
	return prose.Shorten(strings.Join(strings.Fields(diag.Printable(s)), " "), 80)
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
	b.WriteString(Plural(stats.Errors, "error") + " in " + Plural(stats.Records, "record"))
	parts := []string{}
	add := func(n int64, what string) {
		if n > 0 {
			parts = append(parts, Thousands(n)+" "+what)
		}
	}
	add(unlisted+more, "with unlisted codes")
	add(phrase, "identified by a phrase only")
	if len(parts) > 0 {
		b.WriteString("; " + strings.Join(parts, ", "))
	}
	b.WriteString("\n")
	if more > 0 {
		b.WriteString(Plural(more, "error") + " with unlisted codes not shown: too many distinct codes\n")
	}
	if stats.Bad > 0 {
		b.WriteString(Plural(stats.Bad, "record") + " could not be read\n")
	}
}

// Plural returns a number with a noun: "1 error", "1,208 errors".
func Plural(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return Thousands(n) + " " + what + "s"
}

// Thousands returns a number with commas.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
