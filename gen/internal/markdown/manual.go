package markdown

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A Manual is a page of errspec's own documentation that is derived from the program.
type Manual struct {
	Mark  string // first line
	Title string
	Intro string // paragraphs of Markdown
}

func (m Manual) writer() *writer {
	w := new(writer)
	w.block(md(m.Mark))
	w.heading(1, md(m.Title))
	for _, paragraph := range strings.Split(m.Intro, "\n\n") {
		w.block(md(paragraph))
	}
	return w
}

// literals are expressions for the parts of descriptions that are not English, the first of which
// that matches counts.
var literals = []string{
	`<!--.*?-->`, // markers
	`\{/\*.*?\*/\}`,
	`\b[a-z_]+: \{[^{}]*\}`, // keys with a value
	`\b[a-z_]+: true\b`,
	`\b[a-z_]+:[),.;]`, // keys
	`//[a-z]+:[a-z]+`,  // directives
	`https?://[^\s",;()]*[^\s",;().]`,
	`--[a-z][a-z-]*\b`, // flags
	`\B-[a-z]\b`,
	`[^\s",;()]*[@{}<>_#\[\]][^\s",;()]*[^\s",;().:]`, // paths of fields, placeholders
	`[^\s",;()]+[}>\]]`,
	`\b[a-z][a-z0-9]*:[^\s",;()]*[^\s",;().:]`, // references to tables
	`\b[A-Za-z][\w/-]*(?:\.[A-Za-z]\w*)+\b`,    // files, paths, methods
	`\B\.[a-z]+\b`,
}

var literal = lazyregexp.New(strings.Join(literals, "|"))

// described returns a description of the program: plain text whose literals become code.
func described(s string, at place) md {
	var b strings.Builder
	done := 0
	for _, m := range literal.FindAllStringIndex(s, -1) {
		start, end := m[0], m[0]+len(strings.TrimRight(s[m[0]:m[1]], "),.;"))
		b.WriteString(string(text(s[done:start], at)))
		b.WriteString(string(code(s[start:end], at)))
		done, at = end, at&^lineStart
	}
	b.WriteString(string(text(s[done:], at)))
	return md(b.String())
}

// statedDefault matches a default at the end of a description.
var statedDefault = lazyregexp.New(`(?: Default: ([^"]+)\.| \(default: ([^"]+)\))$`)

// splitDefault separates a description from the default that it ends with, if any.
func splitDefault(description string) (rest, value string) {
	m := statedDefault.FindStringSubmatchIndex(description)
	if m == nil {
		return description, ""
	}
	if m[2] >= 0 {
		return description[:m[0]], description[m[2]:m[3]]
	}
	return description[:m[0]], description[m[4]:m[5]]
}

// headingAnchor returns the anchor that GitHub derives from the heading of a path or a command.
func headingAnchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case strings.ContainsRune(".[]*", r):
			return -1
		}
		return r
	}, heading)
}
