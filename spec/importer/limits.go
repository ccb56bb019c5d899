package importer

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// maxParagraph bounds what the Markdown parser reads as one paragraph, in bytes:
// it takes quadratic time for some, and 8 KiB of the worst take some 20 ms.
const maxParagraph = 8 << 10

// dataURI is an image inside of the page, of which nothing is needed.
var dataURI = lazyregexp.New(`data:[A-Za-z]+/[^)\s"'>]{100,}`)

var (
	tableRule = lazyregexp.New(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
	// ownBlock begins a line that is a block of its own.
	ownBlock = lazyregexp.New(`^\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|<)`)
)

// withinLimits reports paragraphs that are too long to be read.
func (s *source) withinLimits(page string, longest int) bool {
	size, inTable, number := 0, false, 0
	f := fence{}
	for row := range strings.SplitSeq(page, "\n") {
		number++
		isTable := inTable && strings.HasPrefix(strings.TrimLeft(row, " "), "|")
		switch {
		case f.line(row), strings.TrimSpace(row) == "":
			size, inTable = 0, false
			continue
		case tableRule.MatchString(row) && strings.Contains(row, "|"):
			inTable = true
			size += len(row)
		case isTable || ownBlock.MatchString(row):
			size = len(row)
		default:
			size += len(row)
		}
		if size > longest {
			s.report(diag.Error, RuleSource, diag.Pos{Line: number, Column: 1}, "put empty lines between its parts",
				"a paragraph that ends here has more than %d KiB, which is more than is read", longest>>10)
			return false
		}
	}
	return true
}

// A fence knows whether a line is inside of a fenced code block.
type fence struct {
	mark string // that opened the block, "" outside
}

// line takes the next line. It reports whether it is part of a block, the fences
// included.
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
