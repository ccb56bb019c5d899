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

// A file is a Go file that is being built with jennifer, with one way to write doc
// comments and to separate declarations.
type file struct {
	jen  *jen.File
	raws []rawDecl // formatted declarations; see raw
	err  error     // from emitters; see fail
}

func newFile(pkg, header string) *file {
	f := &file{jen: jen.NewFile(pkg)}
	f.jen.NoFormat = true // render formats, so that errors can show the lines around them
	f.jen.HeaderComment(header)
	return f
}

// fail makes rendering the file fail.
func (f *file) fail(err error) { f.err = errors.Join(f.err, err) }

// decl adds a declaration with its doc comment after a blank line. Each part is on a
// separate line.
func (f *file) decl(doc string, parts ...jen.Code) {
	f.jen.Line()
	for _, c := range comments(plan.DocLines(doc)) {
		f.jen.Add(c)
	}
	for _, part := range parts {
		f.jen.Add(part)
	}
}

// comments returns a comment line for each line of text. Every comment of a generated
// package is written by comments or writeComment. jennifer would write a text of several
// lines as a block comment, which the text could close. It would also copy a text that
// starts with slashes unchanged.
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

// spaceOut replaces runes that would end a comment line.
func spaceOut(r rune) rune {
	switch r {
	case '\n', '\r', '\u2028', '\u2029', '\u0085':
		return ' '
	}
	return r
}

// render formats the file. A file that is not valid Go is a bug in this package, so the
// error shows the lines around the syntax error.
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

// formatSource formats source as gofmt does. Its error shows the lines around a syntax
// error.
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

// A group collects the declarations of a parenthesized const or var. Declarations with
// more than one line of comment follow a blank line.
type group []jen.Code

// add appends a declaration under its comment.
func (g *group) add(doc []string, parts ...jen.Code) {
	if len(*g) > 0 && len(doc) > 1 {
		*g = append(*g, jen.Line())
	}
	*g = append(*g, comments(doc)...)
	*g = append(*g, jen.Add(parts...))
}
