// The mark of Markdown and MDX may follow front matter. It is ignored in fenced code,
// where a page only shows it.

package output

import (
	"bytes"

	"github.com/errspec/errspec/internal/frontmatter"
)

// findMarkdown searches whole lines of the first 4 KiB after front matter. If front
// matter is not closed, the start of the page is unknown, and findMarkdown finds no
// mark.
func findMarkdown(head []byte) (mark, bool) {
	end, closed := frontmatter.End(string(head))
	if !closed {
		return mark{}, false
	}
	head = head[end:]
	if len(head) > markdownSize {
		head = head[:bytes.LastIndexByte(head[:markdownSize], '\n')+1]
	}
	if isHTML(head) {
		return mark{}, false
	}
	var open fence
	at := end
	for line := range bytes.Lines(head) {
		here := at
		at += len(line)
		line = trimEOL(line)
		switch f := fenceOf(line); {
		case open.run > 0:
			if open.closedBy(f) {
				open = fence{}
			}
		case f.opens():
			open = f
		default:
			for _, form := range [...][2]string{{htmlBefore, htmlAfter}, {mdxBefore, mdxAfter}} {
				if source, ok := cutMark(string(line), form[0], form[1]); ok {
					return mark{source, end, here}, true
				}
			}
		}
	}
	return mark{}, false
}

// isHTML reports whether a page is an HTML document. The mark of HTML is the same
// line, and an HTML page must not become an orphan among Markdown files.
func isHTML(page []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(page[:min(len(page), 512)], " \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype")) || bytes.HasPrefix(start, []byte("<html"))
}

// A fence is a line that can open or close fenced code, as in CommonMark: three or
// more backticks or tildes after at most three spaces.
type fence struct {
	char byte
	run  int    // number of chars; 0 if the line is not a fence
	info []byte // text after them
}

func fenceOf(line []byte) fence {
	text := bytes.TrimLeft(line, " ")
	if len(line)-len(text) > 3 || len(text) == 0 || text[0] != '`' && text[0] != '~' {
		return fence{}
	}
	info := bytes.TrimLeft(text, string(text[:1]))
	run := len(text) - len(info)
	if run < 3 {
		return fence{}
	}
	return fence{text[0], run, info}
}

// opens reports whether a fence can open fenced code. It excludes inline code such
// as ```x```.
func (f fence) opens() bool {
	return f.run > 0 && (f.char == '~' || !bytes.Contains(f.info, []byte("`")))
}

func (f fence) closedBy(g fence) bool {
	return g.char == f.char && g.run >= f.run && len(bytes.TrimSpace(g.info)) == 0
}
