package golang

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/scanner"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// A file is a Go file in the making: jennifer's, with one way to write doc
// comments and to keep declarations apart.
type file struct {
	jen  *jen.File
	raws []rawDecl // declarations that are formatted already; see raw
	err  error     // a mistake that an emitter found
}

func newFile(pkg, header string) *file {
	f := &file{jen: jen.NewFile(pkg)}
	f.jen.NoFormat = true // render formats, and can then say where a mistake is
	f.jen.HeaderComment(header)
	return f
}

// fail makes rendering the file fail.
func (f *file) fail(err error) { f.err = errors.Join(f.err, err) }

// decl adds a declaration after a blank line, under its doc comment. Each part is
// on a line of its own.
func (f *file) decl(doc string, parts ...jen.Code) {
	f.jen.Line()
	for _, c := range comments(plan.DocLines(doc)) {
		f.jen.Add(c)
	}
	for _, part := range parts {
		f.jen.Add(part)
	}
}

// comments returns a comment line for each line of text. Every comment of a
// generated package goes through here: jennifer would turn a text of several
// lines into a block comment, which the text could close, and take one that
// begins with slashes for a finished comment.
func comments(lines []string) []jen.Code {
	var out []jen.Code
	for _, line := range lines {
		out = append(out, jen.Comment(commentLine(line)))
	}
	return out
}

// commentLine returns a line of text as a comment.
func commentLine(line string) string {
	return strings.TrimRight("// "+strings.Map(spaceOut, line), " ")
}

// spaceOut replaces what would end a comment line.
func spaceOut(r rune) rune {
	switch r {
	case '\n', '\r', '\u2028', '\u2029', '\u0085':
		return ' '
	}
	return r
}

// render formats the file. That it does not parse is a mistake of this package,
// so the error shows the lines around it.
func (f *file) render(name string) ([]byte, error) {
	if f.err != nil {
		return nil, fmt.Errorf("%s: %w", name, f.err)
	}
	var buf bytes.Buffer
	if err := f.jen.Render(&buf); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	source, err := formatSource(buf.String())
	if err != nil {
		return nil, fmt.Errorf("this is a bug in errspec; please report it: generated file %s is not valid Go: %w", name, err)
	}
	return f.insertRaws(source), nil
}

// formatSource formats as gofmt does. The error shows the lines around the
// mistake.
func formatSource(source string) ([]byte, error) {
	formatted, err := format.Source([]byte(source))
	if err != nil {
		return nil, fmt.Errorf("%w%s", err, surroundings(source, err))
	}
	return formatted, nil
}

// surroundings returns the numbered lines around a syntax error.
func surroundings(source string, err error) string {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return ""
	}
	lines := strings.Split(source, "\n")
	at := list[0].Pos.Line - 1
	var b strings.Builder
	for i := max(0, at-3); i < min(len(lines), at+4); i++ {
		fmt.Fprintf(&b, "\n%5d  %s", i+1, lines[i])
	}
	return b.String()
}

// rows writes the elements of a composite literal, one on a line.
func rows(elements ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, elements...)
}

// returns writes the body of a function that only returns something, on one line.
func returns(results ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}"}, jen.Return(results...))
}

// key writes an element of a composite literal: "name: value".
func key(name string, value ...jen.Code) *jen.Statement {
	return jen.Id(name).Op(":").Add(value...)
}

// A group collects the declarations of a parenthesised const or var, with a
// blank line before each that has more than one line of comment.
type group []jen.Code

// add appends a declaration under its comment.
func (g *group) add(doc []string, parts ...jen.Code) {
	if len(*g) > 0 && len(doc) > 1 {
		*g = append(*g, jen.Line())
	}
	*g = append(*g, comments(doc)...)
	*g = append(*g, jen.Add(parts...))
}
