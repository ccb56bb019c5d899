package python

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/prose"
)

// width is the maximum length of a line, which is the default of black and ruff.
const width = 88

// quote returns a string literal. Like black, it prefers double quotes unless they need
// more escapes. No text can end the literal.
func quote(s string) string {
	q := '"'
	if strings.Count(s, `"`) > strings.Count(s, `'`) {
		q = '\''
	}
	var b strings.Builder
	b.WriteRune(q)
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == q || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == utf8.RuneError && size == 1:
			b.WriteString(`\ufffd`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteRune(q)
	return b.String()
}

// quoteBytes returns a bytes literal.
func quoteBytes(s string) string {
	var b strings.Builder
	b.WriteString(`b"`)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + `"`
}

// seconds returns a number of seconds as a float: 30.0.
func seconds(d time.Duration) string {
	return float(d.Seconds())
}

func float(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// A node is an expression: text, or text around items in brackets.
type node struct {
	text  string // all of it, or what is before the opening bracket
	open  string
	items []node
	close string
}

func atom(text string) node { return node{text: text} }

func call(name string, items ...node) node { return node{name, "(", items, ")"} }

func tuple(items ...node) node { return node{"", "(", items, ")"} }

// keyed returns "key=value" or `"key": value`.
func keyed(key string, value node) node {
	value.text = key + value.text
	return value
}

func strs(all []string) node {
	items := make([]node, len(all))
	for i, s := range all {
		items[i] = atom(quote(s))
	}
	return tuple(items...)
}

// flat returns the expression on one line.
func (n node) flat() string {
	if n.open == "" {
		return n.text
	}
	parts := make([]string, len(n.items))
	for i, item := range n.items {
		parts[i] = item.flat()
	}
	inner := strings.Join(parts, ", ")
	if len(parts) == 1 && n.open == "(" && isTuple(n.text) {
		inner += ","
	}
	return n.text + n.open + inner + n.close
}

// isTuple reports whether brackets after the text are those of a tuple.
func isTuple(before string) bool {
	return before == "" || strings.HasSuffix(before, "=") || strings.HasSuffix(before, " ")
}

// write appends the expression at an indentation. It breaks brackets that do not fit on
// the line, one item per line, as black does. after is the text that follows.
func (n node) write(b *strings.Builder, indent int, before, after string) {
	flat := n.flat()
	if n.open == "" || len(n.items) == 0 || indent+displayed(before+flat+after) <= width {
		b.WriteString(before + flat + after)
		return
	}
	pad := strings.Repeat(" ", indent+4)
	b.WriteString(before + n.text + n.open + "\n")
	for _, item := range n.items {
		b.WriteString(pad)
		item.write(b, indent+4, "", ",")
		b.WriteByte('\n')
	}
	b.WriteString(strings.Repeat(" ", indent) + n.close + after)
}

// displayed returns the number of columns of a line, as far as black counts them.
func displayed(s string) int { return utf8.RuneCountInString(s) }

// assign returns an assignment at an indentation. A long text is put in parentheses.
func assign(indent int, before string, n node) string {
	var b strings.Builder
	pad := strings.Repeat(" ", indent)
	b.WriteString(pad)
	if n.open == "" && indent+displayed(before+n.text) > width && indent+4+displayed(n.text) <= width {
		return pad + before + "(\n" + pad + "    " + n.text + "\n" + pad + ")"
	}
	n.write(&b, indent, before, "")
	return b.String()
}

// docstring returns a docstring of paragraphs at an indentation. A text can end neither
// the docstring nor a line.
func docstring(indent int, paragraphs ...string) string {
	pad := strings.Repeat(" ", indent)
	var lines []string
	for _, paragraph := range paragraphs {
		if paragraph = strings.TrimSpace(paragraph); paragraph == "" {
			continue
		}
		room := width - indent
		if len(lines) == 0 {
			room -= len(`"""`)
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, plan.Wrap(docstringText(paragraph), room, width-indent, nil)...)
	}
	if len(lines) == 0 {
		return ""
	}
	text := pad + `"""` + lines[0]
	for _, line := range lines[1:] {
		text += "\n"
		if line != "" {
			text += pad + line
		}
	}
	if len(lines) > 1 || displayed(text)+len(`"""`) > width {
		return text + "\n" + pad + `"""`
	}
	if strings.HasSuffix(text, `"`) {
		text += " "
	}
	return text + `"""`
}

// docstringText returns a paragraph that is safe in a docstring.
func docstringText(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	return strings.NewReplacer(`\`, `\\`, `"""`, `\"\"\"`).Replace(text)
}

// paragraphs returns the paragraphs of prose as plain text.
func paragraphs(text string) []string {
	var all []string
	for _, p := range prose.Parse(text) {
		all = append(all, p.Plain())
	}
	return all
}

// sentence returns prose of one line without its markup, as a sentence.
func sentence(text string) string { return prose.Sentence(prose.Inline(text).Plain()) }
