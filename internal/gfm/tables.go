package gfm

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Tables returns the part of a parser that reads tables. It sees only paragraphs.
func Tables() parser.ParagraphTransformer { return tables{} }

// WideTables is like [Tables], but rows keep their cells after the last column.
func WideTables() parser.ParagraphTransformer { return tables{wide: true} }

type tables struct{ wide bool }

// Transform replaces the end of a paragraph by a table. It starts with the line above
// the first delimiter row, which must have as many cells.
func (t tables) Transform(paragraph *ast.Paragraph, reader text.Reader, pc parser.Context) {
	source, lines, parent := reader.Source(), paragraph.Lines(), paragraph.Parent()
	start := paragraph.Pos()
	for i := 1; i < lines.Len(); i++ {
		delimiters := lines.At(i)
		columns := alignments(delimiters.Value(source))
		if columns == nil {
			continue
		}
		header := row(lines.At(i-1), columns, true, source, pc)
		if header.ChildCount() != len(columns) {
			return
		}
		table := east.NewTable()
		table.Alignments = columns
		table.SetPos(start)
		table.AppendChild(table, east.NewTableHeader(header))
		for _, line := range lines.Sliced(i+1, lines.Len()) {
			table.AppendChild(table, row(line, columns, t.wide, source, pc))
		}
		lines.SetSliced(0, i-1)
		parent.InsertAfter(parent, paragraph, table)
		if i == 1 {
			parent.RemoveChild(parent, paragraph)
			return
		}
		last := lines.At(i - 2)
		last.Stop-- // without the line end
		lines.Set(i-2, last)
		return
	}
}

// alignments returns the alignments of a delimiter row such as "| --- | :-: |". It
// returns nil if the line is not one.
func alignments(line []byte) []east.Alignment {
	if width, _ := util.IndentWidth(line, 0); width > 3 {
		return nil // a line of code
	}
	if len(bytes.Trim(line, "-")) == 0 {
		return nil // the parser tries this line as the underline of a heading
	}
	cells := bytes.Split(line, []byte{'|'})
	if util.IsBlank(cells[0]) {
		cells = cells[1:]
	}
	if len(cells) > 0 && util.IsBlank(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	var all []east.Alignment
	for _, cell := range cells {
		align, ok := alignment(bytes.Trim(cell, " \t\r\n"))
		if !ok {
			return nil
		}
		all = append(all, align)
	}
	return all
}

// alignment returns the alignment that a cell of a delimiter row sets.
func alignment(cell []byte) (east.Alignment, bool) {
	hyphens, left := bytes.CutPrefix(cell, []byte{':'})
	hyphens, right := bytes.CutSuffix(hyphens, []byte{':'})
	if len(hyphens) == 0 || len(bytes.Trim(hyphens, "-")) > 0 {
		return 0, false
	}
	switch {
	case left && right:
		return east.AlignCenter, true
	case left:
		return east.AlignLeft, true
	case right:
		return east.AlignRight, true
	}
	return east.AlignNone, true
}

// row parses a line as a row. If it is not wide, cells after the last column are dropped.
func row(line text.Segment, columns []east.Alignment, isWide bool, source []byte, pc parser.Context) *east.TableRow {
	row := east.NewTableRow(columns)
	row.SetPos(line.Start)
	trimmed := line.TrimLeftSpace(source)
	trimmed = trimmed.TrimRightSpace(source)
	content := trimmed.Value(source)
	at, end := 0, len(content)
	if bytes.HasPrefix(content, []byte{'|'}) {
		at++
	}
	if bytes.HasSuffix(content, []byte{'|'}) {
		end--
	}
	for at < end {
		n := row.ChildCount()
		if n >= len(columns) && !isWide {
			return row
		}
		cell := east.NewTableCell()
		cell.SetPos(line.Start + at - line.Padding)
		if n < len(columns) {
			cell.Alignment = columns[n]
		}
		length, escapes := cellLength(content[:end], at)
		if len(escapes) > 0 {
			pipes := &cellPipes{cell: cell}
			for _, e := range escapes {
				pipes.escapes = append(pipes.escapes, trimmed.Start+e)
			}
			all, _ := pc.Get(pipesKey).([]*cellPipes)
			pc.Set(pipesKey, append(all, pipes))
		}
		inner := text.NewSegment(trimmed.Start+at, trimmed.Start+at+length)
		inner = inner.TrimLeftSpace(source)
		cell.Lines().Append(inner.TrimRightSpace(source))
		row.AppendChild(row, cell)
		at += length + 1
	}
	for row.ChildCount() < len(columns) {
		row.AppendChild(row, east.NewTableCell())
	}
	return row
}

// cellLength returns the length of a cell that starts at an offset of a line, and the
// offsets of the backslashes before pipes that may be in code.
func cellLength(line []byte, at int) (length int, escapes []int) {
	hasBacktick := false
	for i := at; i < len(line); i++ {
		switch {
		case line[i] == '`':
			hasBacktick = true
		case line[i] != '|':
		case i == 0 || line[i-1] != '\\':
			return i - at, escapes
		case hasBacktick:
			escapes = append(escapes, i-1)
		}
	}
	return len(line) - at, escapes
}

// cellPipes are the escaped pipes of a cell. In code, a backslash is text, except before
// a pipe of a table.
type cellPipes struct {
	cell    *east.TableCell
	escapes []int // offsets of the backslashes in the source
}

var pipesKey = parser.NewContextKey()

// escapedPipes removes the backslashes before pipes from code in tables.
type escapedPipes struct{}

func (escapedPipes) Transform(_ *ast.Document, _ text.Reader, pc parser.Context) {
	all, _ := pc.Get(pipesKey).([]*cellPipes)
	pc.Set(pipesKey, nil)
	for _, pipes := range all {
		_ = ast.Walk(pipes.cell, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && n.Kind() == ast.KindCodeSpan {
				pipes.removeFrom(n)
			}
			return ast.WalkContinue, nil
		})
	}
}

func (p *cellPipes) removeFrom(code ast.Node) {
	for child := code.FirstChild(); child != nil; {
		next := child.NextSibling()
		part, isText := child.(*ast.Text)
		for _, escape := range p.escapes {
			if !isText || escape < part.Segment.Start || escape >= part.Segment.Stop {
				continue
			}
			before := ast.NewRawTextSegment(part.Segment.WithStop(escape))
			after := ast.NewRawTextSegment(part.Segment.WithStart(escape + 1))
			code.InsertAfter(code, part, before)
			code.InsertAfter(code, before, after)
			code.RemoveChild(code, part)
			part = after
		}
		child = next
	}
}
