// Code, links, and the prose that contains them.

package markdown

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
	"github.com/errspec/errspec/spec/prose"
)

// inline returns prose on one line: a heading, a cell, part of a sentence. White
// space is trimmed, because asterisks next to it would not make the text bold.
// Unicode has more white space than Markdown removes.
func inline(s string, at place) md { return render(prose.Inline(strings.TrimSpace(s)), at) }

// paragraphs returns prose as blocks. The first one continues the line of lead,
// unless lead is "".
func paragraphs(lead md, s string) []md {
	var blocks []md
	for i, p := range prose.Parse(s) {
		if i == 0 && lead != "" {
			blocks = append(blocks, lead+render(p, 0))
		} else {
			blocks = append(blocks, render(p, lineStart))
		}
	}
	return blocks
}

func render(p prose.Paragraph, at place) md {
	var parts []md
	for i, s := range p {
		switch s.Kind {
		case prose.Code:
			if i > 0 && p[i-1].Kind == prose.Code {
				parts = append(parts, tagged(s.Text, at&inCell)) // adjacent backticks would join two spans
			} else {
				parts = append(parts, code(s.Text, at))
			}
		case prose.Link:
			parts = append(parts, link(render(s.Label(), at&(inCell|inStrong)|inLabel), s.URL))
		default:
			here := at
			if i+1 < len(p) && p[i+1].Kind == prose.Link {
				here |= beforeLink
			}
			parts = append(parts, text(s.Text, here))
		}
		at &^= lineStart
	}
	return join(parts, "")
}

// sentence returns inline prose with a period at the end, unless the text ends with
// a punctuation mark.
func sentence(s string, at place) md {
	return inline(prose.Sentence(s), at) // the period first, because it can make a number a list marker
}

func strong(text md) md { return "**" + text + "**" }

// struck strikes text through. It uses no tildes, because they could not enclose a
// text that starts or ends with a tilde, and not all parsers support them.
func struck(text md) md { return "<del>" + text + "</del>" }

// verbatim returns a message unchanged: every character is text, and line ends
// remain.
func verbatim(s string) md {
	return text(strings.TrimLeft(trimLines(s), " \t"), lineStart)
}

// messages returns messages for a cell, one on each line. A message of several
// lines is one code element, so that it does not look like several messages.
func messages(all []string) md {
	var items []md
	for _, message := range all {
		if message = trimLines(message); strings.Contains(message, "\n") {
			items = append(items, tagged(message, inCell))
		} else {
			items = append(items, code(message, inCell))
		}
	}
	return join(items, lineBreak)
}

// code returns s as code, on one line.
func code(s string, at place) md {
	s = codeSpaces.Replace(s)
	if s == "" {
		return ""
	}
	if needsTags(s, at) {
		return tagged(s, at&inCell)
	}
	fence := spanFence(s)
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' || isPadded(s) {
		pad = " "
	}
	return md(fence + pad + s + pad + fence)
}

// needsTags reports whether code must be written in tags, where it is text. Between
// backticks, nothing can be escaped or be a character reference: neither delimiters of
// template engines, nor text that Prettier interprets as the end of bold text or a label in
// MDX, nor the "|" of a cell, for which parsers differ, nor characters that make its width
// uncertain.
func needsTags(s string, at place) bool {
	switch {
	case hasTemplate(s),
		at&inStrong != 0 && strings.Contains(s, "**"),
		at&inLabel != 0 && strings.ContainsAny(s, "[]"):
		return true
	}
	return at&inCell != 0 && (strings.ContainsRune(s, '|') || strings.ContainsFunc(s, displaywidth.Joins))
}

// codeSpaces replaces white space that a code span shows as a space. Linters report tabs.
var codeSpaces = strings.NewReplacer("\n", " ", "\t", " ")

// spanFence returns the shortest run of backticks that s does not contain, as Prettier does.
func spanFence(s string) string {
	runs := make(map[int]bool)
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return r != '`' }) {
		runs[len(run)] = true
	}
	n := 1
	for runs[n] {
		n++
	}
	return strings.Repeat("`", n)
}

// tagged returns s as code in tags. A line end becomes a line break.
func tagged(s string, at place) md { return "<code>" + text(s, at|inLabel) + "</code>" }

// isPadded reports whether a parser would remove a space at each end of s.
func isPadded(s string) bool {
	return s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != ""
}

// hasTemplate reports whether s contains a delimiter of a template engine.
func hasTemplate(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#")
}

// codeIndent replaces tabs in blocks of code. Linters report tabs, and markdownlint --fix
// replaces each with one space.
const codeIndent = "    "

// codeBlock writes s in a fence that s cannot close.
func (w *page) codeBlock(language md, s string) { w.block(codeBlock(language, s, w.mdx)) }

// codeBlock returns s in a fence, or in tags if s contains a delimiter of a template
// engine. Template engines do not read MDX, where Prettier formats tags.
func codeBlock(language md, s string, mdx bool) md {
	s = strings.ReplaceAll(trimLines(s), "\t", codeIndent)
	if hasTemplate(s) && !mdx {
		return "<pre><code>" + preformatted(s) + "</code></pre>"
	}
	fence := md(strings.Repeat("`", max(3, longestRun(s, '`')+1)))
	return fence + language + "\n" + md(s) + "\n" + fence
}

// preformatted returns s for an HTML block. All characters except letters, digits
// and white space are entities, so that neither Markdown nor a template engine
// interprets them.
func preformatted(s string) md {
	var b strings.Builder
	for _, r := range s {
		if r >= 0x80 || isAlphanumeric(r) || r == ' ' || r == '\t' || r == '\n' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return md(b.String())
}

// link returns a link. The label must not contain a link.
func link(label md, url string) md { return "[" + label + "](" + destination(url) + ")" }

// destination returns a URL for use between parentheses. A URL with parentheses is put
// between angle brackets. Characters that a URL must not contain are percent-encoded. So
// are the semicolon of a character reference, because Prettier and MDX disagree on how to
// escape one, and characters that make the width of a table cell uncertain.
func destination(url string) md {
	var b strings.Builder
	reference := -1 // where one ends
	for i, r := range url {
		if r == '&' && isEntity(url[i:]) {
			reference = i + strings.IndexByte(url[i:], ';')
		}
		switch {
		case i == reference, r <= ' ' || r == 0x7F || strings.ContainsRune("\"<>\\^`{|}", r), displaywidth.Joins(r):
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		default:
			b.WriteRune(r)
		}
	}
	if strings.ContainsAny(url, "()") {
		return md("<" + b.String() + ">")
	}
	return md(b.String())
}

// trimLines removes empty lines around s and white space at the end of each line.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
