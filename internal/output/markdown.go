// The mark in Markdown and MDX, which may stand below front matter and must not be
// believed where a page only shows it, inside of fenced code.

package output

import (
	"bytes"

	"github.com/errspec/errspec/internal/frontmatter"
)

// findMarkdown looks at whole lines of the first 4 KiB behind front matter. Where
// nothing ends that, there is no telling where the page begins.
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

// isHTML tells an HTML document from Markdown. Their marks are the same line,
// and an HTML page must not become an orphan among Markdown files.
func isHTML(page []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(page[:min(len(page), 512)], " \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype")) || bytes.HasPrefix(start, []byte("<html"))
}

// A fence is a line that can open or close fenced code, as CommonMark has it:
// three or more backticks or tildes, at most three spaces before them.
type fence struct {
	char byte
	run  int    // number of chars; 0 if the line is no fence
	info []byte // what follows them
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

// opens leaves out inline code such as ```x```.
func (f fence) opens() bool {
	return f.run > 0 && (f.char == '~' || !bytes.Contains(f.info, []byte("`")))
}

func (f fence) closedBy(g fence) bool {
	return g.char == f.char && g.run >= f.run && len(bytes.TrimSpace(g.info)) == 0
}
