package form

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// source returns the place of a scalar that stands on one line whole.
func source(file *diag.File, n *yaml.Node) (diag.Location, bool) {
	if file == nil || n == nil || n.Kind != yaml.ScalarNode {
		return diag.Location{}, false
	}
	text, length := textAt(file, n), 0
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		quote := byte('"')
		if n.Style&yaml.SingleQuotedStyle != 0 {
			quote = '\''
		}
		end, closed := closingQuote(text, quote)
		if !closed || text[0] != quote { // a tag may stand before it
			return diag.Location{}, false
		}
		length = end
	case n.Style != 0 || n.Value == "" || !strings.HasPrefix(text, n.Value):
		return diag.Location{}, false
	default:
		length = len(n.Value)
	}
	return stretch(file, n, columnAt(text, length)-1), true
}

// fix returns the fix that writes another text in the place of a scalar, in
// quotes if it was or must be. It is nil where the scalar has more lines than one.
func fix(file *diag.File, n *yaml.Node, text string) *diag.Fix {
	at, ok := source(file, n)
	if !ok {
		return nil
	}
	return diag.Replace(at, scalar(n, text))
}

var plainText = lazyregexp.New(`^[\pL_][\pL\pN_./-]*( [\pL\pN_./-]+)*$`)

// scalar writes a text in the style of a node. Without quotes it must be read as
// text again, in a list in brackets too.
func scalar(n *yaml.Node, text string) string {
	if n.Style&yaml.SingleQuotedStyle != 0 {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	as := yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if n.Style == 0 && plainText.MatchString(text) && as.ShortTag() == "!!str" {
		return text
	}
	return strconv.Quote(text)
}

// unquoted returns the fix that puts a scalar into quotes as it stands.
func (d *Decoder) unquoted(n *yaml.Node) *diag.Fix {
	if at, ok := source(d.file, n); ok && n.Style == 0 {
		return diag.Replace(at, strconv.Quote(n.Value))
	}
	return nil
}

// bare returns the fix that writes a value without quotes.
func (d *Decoder) bare(n *yaml.Node, value string) *diag.Fix {
	if at, ok := source(d.file, n); ok {
		return diag.Replace(at, value)
	}
	return nil
}

// Fix returns the fix that writes another text in the place of a scalar. It is
// nil where that is not certain to work.
func (d *Decoder) Fix(n *yaml.Node, text string) *diag.Fix { return fix(d.file, n, text) }

// Fix returns the fix that writes another text for a key. It is nil where that
// is not certain to work.
func (e Entry) Fix(key, text string) *diag.Fix {
	e = e.writer(key)
	return fix(e.file, e.value(key), text)
}

// FixPair returns the fix that writes another text for a key of the mapping that
// is the value of key.
func (e Entry) FixPair(key, inner, text string) *diag.Fix {
	if n := e.value(key); n != nil {
		return Entry{file: e.file, node: n}.Fix(inner, text)
	}
	return nil
}

// isMeantOnce reports whether a key of a mapping that is meant to be one of the
// known keys is the only one that is, or may be.
func (d *Decoder) isMeantOnce(in *yaml.Node, meant string, known []string) bool {
	counts := d.meant[in]
	if counts == nil {
		counts = make(map[string]int)
		for i := 0; i < len(in.Content); i += 2 {
			nearest, _ := diag.Nearest(in.Content[i].Value, known)
			counts[nearest]++
		}
		d.meant[in] = counts
	}
	return counts[meant] == 1
}

// maxFixed bounds the mappings in which the first of two pairs is looked for.
const maxFixed = 100

// removePair returns the fix that removes the second of two pairs that say the
// same, where it has a line to itself.
func (d *Decoder) removePair(in, before, key, val *yaml.Node) *diag.Fix {
	if len(in.Content) > 2*maxFixed {
		return nil
	}
	var first *yaml.Node
	for i := 0; i+1 < len(in.Content) && first == nil; i += 2 {
		if in.Content[i] == before {
			first = in.Content[i+1]
		}
	}
	at, ok := source(d.file, val)
	if !ok || first.Kind != yaml.ScalarNode || first.Value != val.Value || first.ShortTag() != val.ShortTag() || val.Line != key.Line {
		return nil
	}
	line := d.file.Line(key.Line)
	if strings.TrimLeft(line, " ") != textAt(d.file, key) || at.End.Column != utf8.RuneCountInString(strings.TrimRight(line, " \t"))+1 {
		return nil
	}
	return &diag.Fix{Message: "remove the second one", Edits: []diag.Edit{{File: d.file,
		Start: d.file.Offset(diag.Pos{Line: key.Line, Column: 1}),
		End:   d.file.Offset(diag.Pos{Line: key.Line + 1, Column: 1})}}}
}
