package facts

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// maxSize limits the size of a source. A page about 20,000 codes has about 10 MB.
const maxSize = 32 << 20

// maxParagraph limits the size of a paragraph in bytes. The Markdown parser takes
// quadratic time for some paragraphs; the worst with 8 KiB take about 20 ms.
const maxParagraph = 8 << 10

// dataURI matches an image in the page, which is not read.
var dataURI = lazyregexp.New(`data:[A-Za-z]+/[^)\s"'>]{100,}`)

var (
	tableRule = lazyregexp.New(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
	// ownBlock matches the start of a line that is a separate block.
	ownBlock = lazyregexp.New(`^\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|<)`)
)

// tooLarge reports a source above the limit.
func (r *reader) tooLarge() bool {
	if len(r.file.Text) <= maxSize {
		return false
	}
	r.report(problem{diag.Error, diag.Pos{Line: 1, Column: 1},
		fmt.Sprintf("the file has %d MiB, the limit is %d MiB", len(r.file.Text)>>20, maxSize>>20), "split the file"})
	return true
}

// withinLimits reports paragraphs above the limit.
func (r *reader) withinLimits(page string) bool {
	size, inTable, number := 0, false, 0
	f := fence{}
	for row := range strings.SplitSeq(page, "\n") {
		number++
		isTable := inTable && strings.Contains(row, "|")
		switch {
		case f.line(row), strings.TrimSpace(row) == "":
			size, inTable = 0, false
			continue
		case tableRule.MatchString(row) && strings.ContainsAny(row, "|:"):
			inTable = true
			size += len(row)
		case isTable || ownBlock.MatchString(row):
			size = len(row)
		default:
			size += len(row)
		}
		if size > maxParagraph {
			r.report(problem{diag.Error, diag.Pos{Line: number, Column: 1},
				fmt.Sprintf("a paragraph is larger than %d KiB, the limit", maxParagraph>>10), "put empty lines between its parts"})
			return false
		}
	}
	return true
}

// A fence tracks fenced code blocks.
type fence struct {
	mark string // of the open block, or ""
}

// line reads the next line. It reports whether the line is part of a code block or one
// of its fences.
func (f *fence) line(s string) bool {
	s = strings.TrimSpace(s)
	if f.mark != "" {
		if strings.HasPrefix(s, f.mark) && strings.Trim(s, f.mark[:1]) == "" {
			f.mark = ""
		}
		return true
	}
	for _, c := range []string{"`", "~"} {
		rest := strings.TrimLeft(s, c)
		if n := len(s) - len(rest); n >= 3 && (c == "~" || !strings.Contains(rest, c)) {
			f.mark = s[:n]
			return true
		}
	}
	return false
}
