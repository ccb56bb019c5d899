// What may be markup: code, links, and the prose that holds them.

package markdown

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
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
				parts = append(parts, tagged(s.Text, at&inCell)) // backticks that touch would make one of two
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
	if hasTemplate(s) || at&inStrong != 0 && strings.Contains(s, "**") ||
		at&inLabel != 0 && strings.ContainsAny(s, "[]") || at&inCell != 0 && (strings.ContainsRune(s, '|') || strings.ContainsFunc(s, displaywidth.Joins)) {
		// What a template engine reads cannot be escaped between backticks, parsers
		// differ in what "\|" means there, Prettier finds the end of bold text and of
		// labels there in MDX, and no character can be a reference. In tags it is text.
		return tagged(s, at&inCell)
	}
	fence := spanFence(s)
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' || isPadded(s) {
		pad = " "
	}
	return md(fence + pad + s + pad + fence)
}

// codeSpaces makes spaces of what a code span shows as one. Linters ask for that.
var codeSpaces = strings.NewReplacer("\n", " ", "\t", " ")

// spanFence returns the shortest run of backticks that is not in s.
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

// isPadded reports whether a parser would drop a space at each end of s.
func isPadded(s string) bool {
	return s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != ""
}

// hasTemplate reports whether a template engine would find an opening in s.
func hasTemplate(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#")
}

// codeIndent stands for a tab in blocks of code. Linters ask for spaces, and with --fix
// they would leave one of each indentation.
const codeIndent = "    "

// codeBlock writes s in a fence that nothing in s can close.
func (w *page) codeBlock(language md, s string) { w.block(codeBlock(language, s, w.mdx)) }

// codeBlock returns s in a fence, or in tags if a template engine might find something in
// it. No such engine reads MDX, where Prettier formats tags.
func codeBlock(language md, s string, mdx bool) md {
	s = strings.ReplaceAll(trimLines(s), "\t", codeIndent)
	if hasTemplate(s) && !mdx {
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

// destination returns an address for use between parentheses. If it holds some of its
// own, it stands between angle brackets. What no address may hold is percent-encoded,
// and so is the end of what would be a character reference, for which parsers have
// different escapes, and what makes the width of a cell uncertain.
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
