package typescript

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/prose"
)

func itoa(n int) string { return strconv.Itoa(n) }

// quote returns a string literal, with the quotes that Prettier prefers. Characters that
// are not visible are escaped, so that no text of a table ends a literal or a line, or
// changes the direction of the source.
func quote(text string) string {
	quotes := '"'
	if strings.Count(text, `"`) > strings.Count(text, "'") {
		quotes = '\''
	}
	var b strings.Builder
	b.WriteRune(quotes)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r == quotes || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == ' ' || unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	b.WriteRune(quotes)
	return b.String()
}

// text returns a string literal as an expr.
func text(s string) expr { return atom(quote(s)) }

func texts(all []string) expr {
	var items []expr
	for _, s := range all {
		items = append(items, text(s))
	}
	return list(items...)
}

// comment returns a documentation comment of paragraphs, with an indent.
func comment(indent int, paragraphs ...string) string {
	pad := strings.Repeat(" ", indent)
	var lines []string
	for _, paragraph := range paragraphs {
		if strings.TrimSpace(paragraph) == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		room := lineWidth - indent - len(" * ")
		lines = append(lines, plan.Wrap(paragraph, room, room, hasMeaning)...)
	}
	if one := pad + "/** " + strings.Join(lines, "") + " */"; len(lines) == 1 && utf8.RuneCountInString(one) <= lineWidth {
		return one + "\n"
	}
	var b strings.Builder
	b.WriteString(pad + "/**\n")
	for _, line := range lines {
		b.WriteString(strings.TrimRight(pad+" * "+line, " ") + "\n")
	}
	b.WriteString(pad + " */\n")
	return b.String()
}

// hasMeaning reports whether a word at the start of a line of a comment is a tag for
// editors, or a directive for compilers and linters.
func hasMeaning(word string) bool {
	return strings.ContainsAny(word[:1], "@*-+#>|") || strings.HasPrefix(word, "eslint") || strings.HasPrefix(word, "prettier") || strings.HasPrefix(word, "ts-")
}

// inert returns a text of the table for a comment: it neither ends the comment, nor has a
// meaning in it.
func inert(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, text)
	text = strings.NewReplacer("*/", "* /", "{@", "{ @", "__PURE__", "_PURE_").Replace(text)
	text = strings.TrimSpace(text)
	if text != "" && hasMeaning(text) {
		return "… " + text
	}
	return text
}

// sentence returns prose of one line as a sentence of a comment.
func sentence(text string) string {
	return inert(prose.Sentence(prose.Inline(text).Plain()))
}

// paragraphs returns prose as paragraphs of a comment.
func paragraphs(text string) []string {
	var all []string
	for _, p := range prose.Parse(text) {
		all = append(all, inert(p.Plain()))
	}
	return all
}
