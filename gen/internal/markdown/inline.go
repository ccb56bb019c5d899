// What may be markup: code, links, and the prose that holds them.

package markdown

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/prose"
)

// inline returns prose on one line: a heading, a cell, part of a sentence. White
// space at its ends, of which Unicode has more than Markdown drops, would keep
// asterisks around it from making it bold.
func inline(s string, at place) md { return render(prose.Inline(strings.TrimSpace(s)), at) }

// paragraphs returns prose as blocks. The first goes on in the line of lead, if
// there is one.
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
				parts = append(parts, tagged(s.Text)) // backticks that touch would make one of two
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

// sentence is inline with a full stop at the end, unless the text has an end of
// its own.
func sentence(s string, at place) md {
	return inline(prose.Sentence(s), at) // the full stop first, since it can make a list's marker of a number
}

func strong(text md) md { return "**" + text + "**" }

// struck strikes text through. Between tildes it could not begin or end with a
// tilde, and not everybody reads those.
func struck(text md) md { return "<del>" + text + "</del>" }

// verbatim returns a message as it stands: every character is text, and line
// ends remain.
func verbatim(s string) md {
	return text(strings.TrimLeft(trimLines(s), " \t"), lineStart)
}

// messages returns messages for a cell, one below the other. One of several lines
// is one piece of code, lest each line be taken for a message.
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
		// What a template engine reads cannot be escaped between backticks, and
		// parsers differ in what "\|" means there. In tags it is text.
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

// isPadded reports whether a parser would drop a space at each end of s.
func isPadded(s string) bool {
	return s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != ""
}

// hasTemplate reports whether a template engine would find an opening in s.
func hasTemplate(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#")
}

// codeBlock returns s in a fence that nothing in s can close.
func codeBlock(language md, s string) md {
	s = trimLines(s)
	if hasTemplate(s) {
		return "<pre><code>" + preformatted(s) + "</code></pre>"
	}
	fence := md(strings.Repeat("`", max(3, longestRun(s, '`')+1)))
	return fence + language + "\n" + md(s) + "\n" + fence
}

// preformatted returns s for an HTML block: nothing but letters, digits and
// white space remains, so neither Markdown nor a template engine finds
// anything.
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

// link returns a link. The label must hold no other link.
func link(label md, url string) md { return "[" + label + "](" + destination(url) + ")" }

// destination returns an address for use between parentheses. What no address
// may hold is percent-encoded.
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

// trimLines drops empty lines around s and white space at the end of each line.
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
