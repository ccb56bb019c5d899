package golang

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// Tables are written as formatted text, because jennifer and go/format take some fifty
// microseconds for each row, and there may be tens of thousands. Tests check that gofmt
// does not change them.

// raw adds a declaration that is already formatted. While the rest of the file is
// formatted, a comment marks its position. No other comment can be equal to it: all
// others start with a space.
func (f *file) raw(doc, declaration string) {
	var b strings.Builder
	writeComment(&b, plan.DocLines(doc), "")
	f.jen.Line()
	f.jen.Add(jen.Comment(rawMark(len(f.raws))))
	f.raws = append(f.raws, rawDecl{b.String(), declaration})
}

// A rawDecl is a declaration and the comment above it.
type rawDecl struct{ comment, text string }

func rawMark(i int) string { return "//errspec:raw " + strconv.Itoa(i) }

// insertRaws replaces the marks by the declarations.
func (f *file) insertRaws(source []byte) []byte {
	size := len(source)
	for _, raw := range f.raws {
		size += len(raw.comment) + len(raw.text)
	}
	out := make([]byte, 0, size)
	for i, raw := range f.raws {
		before, after, _ := bytes.Cut(source, []byte("\n"+rawMark(i)+"\n"))
		out = append(append(out, before...), '\n')
		out = append(append(append(out, raw.comment...), raw.text...), '\n')
		source = after
	}
	return append(out, source...)
}

// writeComment writes a comment line for each line of text.
func writeComment(b *strings.Builder, lines []string, indent string) {
	for _, line := range lines {
		b.WriteString(indent)
		b.WriteString(commentLine(line))
		b.WriteString("\n")
	}
}

// column adds a variable that is a long list of numbers:
//
//	var codeOffsets = [...]uint16{
//		0, 8, 17,
//	}
func column[T number](f *file, name, typ, doc string, list []T) {
	f.raw(name+" "+doc, "var "+name+" = [...]"+typ+numberRows(list, decimal, ""))
}

// blob adds a constant that joins texts, and the column of their offsets:
//
//	const codeNames = "no_topic" +
//		"no_leader"
//
// The text is divided into long lines, not one for each part, because go/format takes
// quadratic time for a sum.
func (f *file) blob(prefix, doc string, parts []string) {
	const lineLength = 1000
	var b strings.Builder
	b.WriteString("const " + prefix + "Names = \"\"")
	var line, quoted []byte
	flush := func() {
		if len(line) > 0 {
			quoted = strconv.AppendQuote(append(quoted[:0], " +\n\t"...), string(line))
			b.Write(quoted)
		}
		line = line[:0]
	}
	ends, end := []uint32{0}, 0
	for _, part := range parts {
		if line = append(line, part...); len(line) >= lineLength {
			flush()
		}
		end += len(part)
		ends = append(ends, uint32(end))
	}
	flush()
	f.raw(prefix+"Names "+doc, b.String())
	column(f, prefix+"Offsets", unsignedFor(end), "holds the start of each of them, and the end of the last.", ends)
}

// A literal collects the elements of a composite literal, each on one or more lines.
type literal struct {
	keys, values []string
	short        bool // whether a line contains as many elements as fit
}

func (l *literal) add(key, value string) {
	l.keys, l.values = append(l.keys, key), append(l.values, value)
}

// text adds an element unless it is empty.
func (l *literal) text(key, value string) {
	if value != "" {
		l.add(key, strconv.Quote(value))
	}
}

// list adds a list of expressions, one per line, unless it is empty. It is for an
// element of a table, which is indented twice. A single expression follows its key.
func (l *literal) list(key, typ string, values []string) {
	switch len(values) {
	case 0:
		return
	case 1:
		l.add(key, "[]"+typ+"{"+values[0]+"}")
		return
	}
	var b strings.Builder
	b.WriteString("[]" + typ + "{\n")
	for _, value := range values {
		b.WriteString("\t\t\t" + value + ",\n")
	}
	b.WriteString("\t\t}")
	l.add(key, b.String())
}

// texts adds a list of texts unless it is empty.
func (l *literal) texts(key string, values []string) {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = strconv.Quote(value)
	}
	l.list(key, "string", quoted)
}

// appendTo appends the elements. The values of successive elements with one line each
// are aligned.
func (l *literal) appendTo(b []byte, indent string) []byte {
	width := 0
	for i, key := range l.keys {
		if single := !strings.Contains(l.values[i], "\n"); !single {
			width = 0
		} else if width == 0 {
			width = l.widthFrom(i)
		}
		b = append(append(append(b, indent...), key...), ':')
		for range max(width-len(key), 1) {
			b = append(b, ' ')
		}
		b = append(append(b, l.values[i]...), ",\n"...)
	}
	return b
}

// rowLength is the maximum length of a row on one line.
const rowLength = 120

// appendRow appends the literal as an element of a table: on one line if it is short and
// fits, and otherwise with each element on a line, aligned as gofmt does.
func (l *literal) appendRow(b []byte) []byte {
	elements := make([]string, len(l.keys))
	length := len("    {},")
	for i, key := range l.keys {
		elements[i] = key + ": " + l.values[i]
		length += len(", ") + len(elements[i])
	}
	if !l.short || length > rowLength {
		return append(l.appendTo(append(b, "\t{\n"...), "\t\t"), "\t},\n"...)
	}
	return append(append(append(b, "\t{"...), strings.Join(elements, ", ")...), "},\n"...)
}

// widthFrom returns the distance of the value of element i from the start of its key:
// the length of the longest key of the elements with one line that follow, and a colon.
func (l *literal) widthFrom(i int) int {
	width := 0
	for ; i < len(l.keys) && !strings.Contains(l.values[i], "\n"); i++ {
		width = max(width, len(l.keys[i])+1)
	}
	return width
}

// table adds a list of structs:
//
//	var infos = [...]Info{
//		{
//			Code:  CodeServiceError,
//			Title: "Service Error",
//		},
//	}
func (f *file) table(name, typ, doc string, rows int, row func(i int) literal) {
	const usualRow = 150
	b := append(make([]byte, 0, rows*usualRow), "var "+name+" = [...]"+typ+"{\n"...)
	for i := range rows {
		l := row(i)
		b = l.appendRow(b)
	}
	if rows == 0 {
		b = b[:len(b)-1]
	}
	f.raw(name+" "+doc, string(append(b, '}')))
}

type number interface {
	uint8 | uint16 | uint32 | uint64
}

// The bases in which numbers are written.
const (
	decimal     = 10
	hexadecimal = 16
)

// numbersPerRow is the number of elements per line of long lists, so that diffs stay
// readable.
const numbersPerRow = 16

// numberList returns the elements of a list in braces, on one line if they are few.
func numberList[T number](numbers []T, base int, indent string) string {
	if len(numbers) > numbersPerRow {
		return numberRows(numbers, base, indent)
	}
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		if base == hexadecimal {
			texts[i] = hex(uint64(n))
		} else {
			texts[i] = strconv.FormatUint(uint64(n), base)
		}
	}
	return list(texts, indent)
}

// list returns expressions in braces, on one line if they are few.
func list(expressions []string, indent string) string {
	if len(expressions) <= numbersPerRow {
		return "{" + strings.Join(expressions, ", ") + "}"
	}
	var b strings.Builder
	b.WriteString("{")
	for i, e := range expressions {
		if i%numbersPerRow == 0 {
			b.WriteString("\n\t" + indent)
		} else {
			b.WriteString(" ")
		}
		b.WriteString(e + ",")
	}
	return b.String() + "\n" + indent + "}"
}

// numberRows returns the elements of a list in braces, numbersPerRow per line. indent is
// the indentation of the first line.
func numberRows[T number](list []T, base int, indent string) string {
	var b []byte
	b = append(b, '{')
	for i, n := range list {
		if i%numbersPerRow == 0 {
			b = append(b, "\n\t"+indent...)
		} else {
			b = append(b, ' ')
		}
		if base == hexadecimal && n >= 10 {
			b = append(b, "0x"...)
		}
		b = append(strconv.AppendUint(b, uint64(n), base), ',')
	}
	if len(list) > 0 {
		b = append(b, "\n"+indent...)
	}
	return string(append(b, '}'))
}
