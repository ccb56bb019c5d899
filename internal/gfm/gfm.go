// Package gfm adds the tables and the struck text of GitHub to the Markdown parser.
// It creates the same nodes as goldmark's package extension, which compiles the regular
// expressions and attribute lists of all its extensions whenever a program that imports
// it starts.
package gfm

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// NewParser returns a parser of CommonMark with tables and struck text.
func NewParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(Struck(), 500))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(), util.Prioritized(Tables(), 200))...),
		parser.WithASTTransformers(util.Prioritized(escapedPipes{}, 0)),
	)
}

// Struck returns the parser of struck text.
func Struck() parser.InlineParser { return struck{} }

// struck parses text between tildes. It is the parser and the processor of delimiters.
type struck struct{}

func (struck) Trigger() []byte { return []byte{'~'} }

func (struck) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	tildes := parser.ScanDelimiter(line, before, 1, struck{})
	if tildes == nil || tildes.OriginalLength > 2 || before == '~' {
		return nil
	}
	tildes.Segment = segment.WithStop(segment.Start + tildes.OriginalLength)
	block.Advance(tildes.OriginalLength)
	pc.PushDelimiter(tildes)
	return tildes
}

func (struck) IsDelimiter(b byte) bool                             { return b == '~' }
func (struck) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }
func (struck) OnMatch(int) ast.Node                                { return east.NewStrikethrough() }
