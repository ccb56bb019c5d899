// Examples in JSON, laid out as Prettier does: it formats the code of fenced blocks.

package markdown

import (
	"encoding/json"
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// lineWidth is how many columns Prettier fills.
const lineWidth = 80

// example writes the fenced block of a response. One that is not JSON remains as it is,
// without that name: Prettier reads more than the standard. So does one with numbers such
// as 1.50, which Prettier would change.
func (w *page) example(s string) {
	if !json.Valid([]byte(s)) {
		w.codeBlock("text", s)
		return
	}
	p := jsonPrinter{rest: s}
	v := p.value()
	if p.oddNumber {
		w.codeBlock("text", s)
		return
	}
	p.print(v, 0, 0, 0)
	w.codeBlock("json", p.out.String())
}

// A jsonValue is a value as its text has it.
type jsonValue struct {
	text   string // unless it is an object or an array
	width  int    // of the value on one line
	kind   byte   // '{', '[', '0' for numbers, or anything else
	broken bool   // whether it takes several lines, however short it is
	keys   []string
	items  []*jsonValue
}

// A jsonPrinter reads valid JSON, and lays it out.
type jsonPrinter struct {
	rest      string
	out       strings.Builder
	oddNumber bool // whether there is one that is not in its shortest form
}

// shortNumber matches numbers as Prettier writes them.
var shortNumber = lazyregexp.New(`^-?[0-9]+(\.0|\.[0-9]*[1-9])?(e-?[1-9][0-9]*)?$`)

func (p *jsonPrinter) space() (lineEnd bool) {
	trimmed := strings.TrimLeft(p.rest, " \t\r\n")
	lineEnd = strings.Contains(p.rest[:len(p.rest)-len(trimmed)], "\n")
	p.rest = trimmed
	return lineEnd
}

// take returns the next n bytes.
func (p *jsonPrinter) take(n int) string {
	s := p.rest[:n]
	p.rest = p.rest[n:]
	return s
}

func (p *jsonPrinter) value() *jsonValue {
	p.space()
	switch c := p.rest[0]; {
	case c == '{' || c == '[':
		return p.collection(c)
	case c == '"':
		return scalar(c, p.take(stringEnd(p.rest)))
	case c == '-' || '0' <= c && c <= '9':
		number := scalar('0', p.take(scalarEnd(p.rest)))
		p.oddNumber = p.oddNumber || !shortNumber.MatchString(number.text)
		return number
	default:
		return scalar(c, p.take(scalarEnd(p.rest)))
	}
}

func scalar(kind byte, text string) *jsonValue {
	return &jsonValue{kind: kind, text: text, width: displaywidth.Of(text)}
}

func scalarEnd(s string) int {
	if end := strings.IndexAny(s, " \t\r\n,]}"); end >= 0 {
		return end
	}
	return len(s)
}

// stringEnd returns the length of the string that s begins with.
func stringEnd(s string) int {
	for i := 1; ; i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// collection reads an object or an array. An object that begins with a line end keeps
// it, which is how Prettier lets authors decide.
func (p *jsonPrinter) collection(kind byte) *jsonValue {
	v := &jsonValue{kind: kind}
	p.take(1)
	if p.space() && kind == '{' && p.rest[0] != '}' {
		v.broken = true
	}
	for p.rest[0] != '}' && p.rest[0] != ']' {
		if kind == '{' {
			v.keys = append(v.keys, p.take(stringEnd(p.rest)))
			p.space()
			p.take(len(":"))
		}
		item := p.value()
		v.items = append(v.items, item)
		v.broken = v.broken || item.broken
		if p.space(); p.rest[0] == ',' {
			p.take(1)
			p.space()
		}
	}
	p.take(1)
	v.broken = v.broken || v.isMatrix()
	v.width = v.flatWidth()
	return v
}

// isMatrix reports whether an array consists of several objects, or of several arrays,
// each with several items.
func (v *jsonValue) isMatrix() bool {
	if v.kind != '[' || len(v.items) < 2 {
		return false
	}
	for _, item := range v.items {
		if len(item.items) < 2 || item.kind != v.items[0].kind {
			return false
		}
	}
	return true
}

// isNumbers reports whether an array consists of several numbers, which share lines.
func (v *jsonValue) isNumbers() bool {
	for _, item := range v.items {
		if item.kind != '0' {
			return false
		}
	}
	return v.kind == '[' && len(v.items) > 1
}

func (v *jsonValue) flatWidth() int {
	width := len("[]")
	for i, item := range v.items {
		width += item.width
		if i > 0 {
			width += len(", ")
		}
		if v.kind == '{' {
			width += displaywidth.Of(v.keys[i] + ": ")
		}
	}
	if len(v.keys) > 0 {
		width += len("  ")
	}
	return width
}

// flat writes a value on one line: [1, 2], { "a": 1 }.
func (p *jsonPrinter) flat(v *jsonValue) {
	if v.kind != '{' && v.kind != '[' {
		p.out.WriteString(v.text)
		return
	}
	p.out.WriteByte(v.kind)
	for i, item := range v.items {
		if i > 0 {
			p.out.WriteByte(',')
		}
		if i > 0 || v.kind == '{' {
			p.out.WriteByte(' ')
		}
		if v.kind == '{' {
			p.out.WriteString(v.keys[i] + ": ")
		}
		p.flat(item)
	}
	if len(v.keys) > 0 {
		p.out.WriteByte(' ')
	}
	p.out.WriteByte(v.kind + 2) // "]" or "}"
}

// print writes a value at a column of a line that has an indentation. After it, the line
// has so many columns more.
func (p *jsonPrinter) print(v *jsonValue, column, indent, more int) {
	switch {
	case len(v.items) == 0, !v.broken && column+v.width+more <= lineWidth:
		p.flat(v)
		return
	case v.isNumbers():
		p.numbers(v, indent+2)
	default:
		p.items(v, indent+2)
	}
	p.newLine(indent)
	p.out.WriteByte(v.kind + 2) // "]" or "}"
}

func (p *jsonPrinter) items(v *jsonValue, indent int) {
	p.out.WriteByte(v.kind)
	for i, item := range v.items {
		p.newLine(indent)
		column := indent
		if v.kind == '{' {
			p.out.WriteString(v.keys[i] + ": ")
			column += displaywidth.Of(v.keys[i] + ": ")
		}
		if i+1 == len(v.items) {
			p.print(item, column, indent, 0)
			continue
		}
		p.print(item, column, indent, len(","))
		p.out.WriteByte(',')
	}
}

// numbers fills lines.
func (p *jsonPrinter) numbers(v *jsonValue, indent int) {
	p.out.WriteByte(v.kind)
	column := lineWidth
	for i, item := range v.items {
		s := item.text
		if i+1 < len(v.items) {
			s += ","
		}
		if column+1+len(s) <= lineWidth {
			p.out.WriteByte(' ')
			column++
		} else {
			p.newLine(indent)
			column = indent
		}
		p.out.WriteString(s)
		column += len(s)
	}
}

func (p *jsonPrinter) newLine(indent int) {
	p.out.WriteByte('\n')
	p.out.WriteString(strings.Repeat(" ", indent))
}
