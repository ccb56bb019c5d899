package form

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// source returns the location of a scalar. It returns false if the scalar is a block or spans
// several lines.
func source(file *diag.File, p place) (diag.Location, bool) {
	if file == nil || p.kind != yaml.ScalarNode {
		return diag.Location{}, false
	}
	text, length := textAt(file, p), 0
	switch {
	case p.style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		quote := byte('"')
		if p.style&yaml.SingleQuotedStyle != 0 {
			quote = '\''
		}
		end, closed := closingQuote(text, quote)
		if !closed || text[0] != quote { // a tag may precede it
			return diag.Location{}, false
		}
		length = end
	case p.style != 0 || p.value == "" || !strings.HasPrefix(text, p.value):
		return diag.Location{}, false
	default:
		length = len(p.value)
	}
	return span(file, p, columnAt(text, length)-1), true
}

// fix returns the fix that replaces a scalar by text, in quotes if the scalar had quotes or if
// text needs them. It returns nil if the scalar spans several lines.
func fix(file *diag.File, p place, text string) *diag.Fix {
	at, ok := source(file, p)
	if !ok {
		return nil
	}
	return diag.Replace(at, scalar(p, text))
}

var plainText = lazyregexp.New(`^[\pL_][\pL\pN_./-]*( [\pL\pN_./-]+)*$`)

// scalar returns text as a scalar in the style of a node. It adds quotes if YAML would not read
// the plain scalar as the same text, also between brackets.
func scalar(p place, text string) string {
	if p.style&yaml.SingleQuotedStyle != 0 {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	as := yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if p.style == 0 && plainText.MatchString(text) && as.ShortTag() == "!!str" {
		return text
	}
	return strconv.Quote(text)
}

// quoted returns the fix that puts an unquoted scalar in quotes, or nil.
func (d *Decoder) quoted(n *yaml.Node) *diag.Fix {
	if at, ok := source(d.file, placeOf(n)); ok && n.Style == 0 {
		return diag.Replace(at, strconv.Quote(n.Value))
	}
	return nil
}

// Bare returns the fix that replaces a scalar by value without quotes. It returns nil if the fix
// is not unambiguous.
func (d *Decoder) Bare(n *yaml.Node, value string) *diag.Fix {
	if at, ok := source(d.file, placeOf(n)); ok {
		return diag.Replace(at, value)
	}
	return nil
}

// Fix returns the fix that replaces a scalar by text. It returns nil if the fix is not
// unambiguous.
func (d *Decoder) Fix(n *yaml.Node, text string) *diag.Fix { return fix(d.file, placeOf(n), text) }

// Fix returns the fix that replaces the value of a key by text. It returns nil if the fix is not
// unambiguous.
func (e Entry) Fix(key, text string) *diag.Fix {
	e = e.writer(key)
	if v := e.value(key); v != nil {
		return fix(e.file, *v, text)
	}
	return nil
}

// FixPair returns the fix that replaces a value in the mapping that is the value of key. It
// returns nil if the fix is not unambiguous.
func (e Entry) FixPair(key, inner, text string) *diag.Fix {
	e = e.pairWriter(key, inner)
	if v := e.value(key); v != nil {
		return Entry{file: e.file, place: *v}.Fix(inner, text)
	}
	return nil
}

// FixPairKey returns the fix that replaces a key of the mapping that is the value of key. It
// returns nil if the fix is not unambiguous, or if the mapping contains the new key.
func (e Entry) FixPairKey(key, inner, text string) *diag.Fix {
	e = e.pairWriter(key, inner)
	v := e.value(key)
	k := v.key(inner)
	if k == nil || v.key(text) != nil {
		return nil
	}
	return fix(e.file, *k, text)
}

// isMeantOnce reports whether exactly one key of the mapping in is nearest to the known key meant,
// so that renaming it cannot create a duplicate.
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

// maxFixed bounds the size of mappings in which removePair searches for the first pair.
const maxFixed = 100

// removePair returns the fix that removes the second of two equal pairs. It returns nil if the
// values differ, or if the second pair is not the only text on its line.
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
	at, ok := source(d.file, placeOf(val))
	if !ok || first.Kind != yaml.ScalarNode || first.Value != val.Value || first.ShortTag() != val.ShortTag() || val.Line != key.Line {
		return nil
	}
	line := d.file.Line(key.Line)
	if strings.TrimLeft(line, " ") != textAt(d.file, placeOf(key)) || at.End.Column != utf8.RuneCountInString(strings.TrimRight(line, " \t"))+1 {
		return nil
	}
	return &diag.Fix{Message: "remove the second one", Edits: []diag.Edit{{File: d.file,
		Start: d.file.Offset(diag.Pos{Line: key.Line, Column: 1}),
		End:   d.file.Offset(diag.Pos{Line: key.Line + 1, Column: 1})}}}
}
