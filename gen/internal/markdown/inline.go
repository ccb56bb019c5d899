// Code, links, and the prose that contains them.

package markdown

import (
	"fmt"
	"strings"

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
				parts = append(parts, tagged(s.Text)) // adjacent backticks would join two spans
			} else {
				parts = append(parts, code(s.Text, at))
			}
		case prose.Link:
			parts = append(parts, link(render(s.Label(), at&inCell), s.URL))
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
			items = append(items, tagged(message))
		} else {
			items = append(items, code(message, inCell))
		}
	}
	return join(items, lineBreak)
}

// code returns s as code, on one line.
func code(s string, at place) md {
	s = strings.ReplaceAll(s, "\n", " ")
	if s == "" {
		return ""
	}
	if hasTemplate(s) || at&inCell != 0 && strings.ContainsRune(s, '|') {
		// Delimiters of template engines cannot be escaped between backticks, and
		// parsers interpret "\|" there differently. In tags, all of it is text.
		return tagged(s)
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' || isPadded(s) {
		pad = " "
	}
	return md(fence + pad + s + pad + fence)
}

// tagged returns s as code in tags. A line end becomes a line break.
func tagged(s string) md { return "<code>" + text(s, inLabel) + "</code>" }

// isPadded reports whether a parser would remove a space at each end of s.
func isPadded(s string) bool {
	return s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != ""
}

// hasTemplate reports whether s contains a delimiter of a template engine.
func hasTemplate(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#")
}

// codeBlock returns s in a fence that s cannot close.
func codeBlock(language md, s string) md {
	s = trimLines(s)
	if hasTemplate(s) {
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

// destination returns a URL for use between parentheses. Characters that a URL must
// not contain are percent-encoded.
func destination(url string) md {
	var b strings.Builder
	for i := 0; i < len(url); i++ {
		switch c := url[i]; {
		case c == '(' || c == ')':
			b.WriteString(`\` + string(c))
		case c == '&' && isEntity(url[i:]):
			b.WriteString("&amp;")
		case c <= ' ' || c == 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
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
