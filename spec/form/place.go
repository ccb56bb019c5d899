package form

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A place is the part of a node that entries keep, for the locations and fixes of findings. It
// takes a quarter of the memory of a node. The zero place is not in a file.
type place struct {
	value        string // of a scalar or an alias
	inner        *inner // of a mapping or a list
	line, column int32
	kind         yaml.Kind
	style        yaml.Style
}

// inner contains the places in a mapping or a list. Copies of an entry share it.
type inner struct {
	places []place  // keys and values in turn, or items
	unread []string // keys whose values could not be decoded
}

// placeOf returns the place of a node, without those in it.
func placeOf(n *yaml.Node) place {
	return place{value: n.Value, line: int32(n.Line), column: int32(n.Column), kind: n.Kind, style: n.Style}
}

// kept is a mapping that has been decoded, with the places in it.
type kept struct {
	node  *yaml.Node
	inner *inner
}

// keep returns the places in the mapping n. The mappings in it that have been decoded are in
// d.kept from index first on, in the order of the document. Their places are shared, so that
// releasing those of n releases them.
func (d *Decoder) keep(n *yaml.Node, first int) *inner {
	in, _ := placesIn(n, d.kept[first:])
	d.kept = append(d.kept[:first], kept{n, in})
	return in
}

// placesIn returns the places in a mapping or a list, and the rest of the decoded mappings.
func placesIn(n *yaml.Node, decoded []kept) (*inner, []kept) {
	in := &inner{places: make([]place, len(n.Content))}
	for i, c := range n.Content {
		p := placeOf(c)
		switch {
		case c.Kind == yaml.ScalarNode:
		case len(decoded) > 0 && decoded[0].node == c:
			p.inner, decoded = decoded[0].inner, decoded[1:]
		case len(c.Content) > 0:
			p.inner, decoded = placesIn(c, decoded)
		}
		in.places[i] = p
	}
	return in, decoded
}

func (in *inner) release() {
	if in == nil {
		return
	}
	for i := range in.places {
		in.places[i].inner.release()
	}
	in.places = nil
}

// find returns the index of a key of a mapping. It returns -1 if there is no such key.
func (p *place) find(key string) int {
	if p == nil || p.kind != yaml.MappingNode || p.inner == nil {
		return -1
	}
	for i := 0; i+1 < len(p.inner.places); i += 2 {
		if p.inner.places[i].value == key {
			return i
		}
	}
	return -1
}

// key returns the place of a key of a mapping, or nil.
func (p *place) key(key string) *place {
	if i := p.find(key); i >= 0 {
		return &p.inner.places[i]
	}
	return nil
}

// get returns the place of the value of a key of a mapping, or nil.
func (p *place) get(key string) *place {
	if i := p.find(key); i >= 0 {
		return &p.inner.places[i+1]
	}
	return nil
}

// item returns the place of item i of a list, or nil.
func (p *place) item(i int) *place {
	if p == nil || p.kind != yaml.SequenceNode || p.inner == nil || i >= len(p.inner.places) {
		return nil
	}
	return &p.inner.places[i]
}

// isNull reports whether YAML reads a scalar as null.
func (p *place) isNull() bool {
	n := yaml.Node{Kind: p.kind, Style: p.style, Value: p.value}
	return n.ShortTag() == "!!null"
}

// valueOf returns the node of the value of a key. It returns nil if n is not a mapping that has
// the key.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func (d *Decoder) locate(n *yaml.Node) diag.Location { return locate(d.file, placeOf(n)) }

// locate returns the stretch of text that a place covers on its first line.
// yaml.v3 reports only the start of a node, so the end is found in the text.
func locate(file *diag.File, p place) diag.Location {
	if file == nil || p.kind == 0 {
		return diag.Location{File: file}
	}
	switch p.kind {
	case yaml.ScalarNode:
		return span(file, p, scalarLength(textAt(file, p), p))
	case yaml.AliasNode:
		return span(file, p, len("*")+utf8.RuneCountInString(p.value))
	}
	return span(file, p, 0)
}

// span returns the location of length characters from the start of a place.
func span(file *diag.File, p place, length int) diag.Location {
	start := diag.Pos{Line: int(p.line), Column: int(p.column)}
	return diag.Location{File: file, Start: start, End: diag.Pos{Line: start.Line, Column: start.Column + length}}
}

// textAt returns the rest of the line from the start of a place.
func textAt(file *diag.File, p place) string {
	return file.From(diag.Pos{Line: int(p.line), Column: int(p.column)})
}

// scalarLength returns the length of the scalar at the start of text, up to the end of its first
// line, in characters.
func scalarLength(text string, p place) int {
	end := len(text)
	switch {
	case p.style&yaml.DoubleQuotedStyle != 0:
		end, _ = closingQuote(text, '"')
	case p.style&yaml.SingleQuotedStyle != 0:
		end, _ = closingQuote(text, '\'')
	case p.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = 1
	case strings.HasPrefix(text, p.value):
		end = len(p.value)
	}
	return utf8.RuneCountInString(text[:min(end, len(text))])
}

// closingQuote returns the offset after the closing quote of the scalar at the start of text. It
// returns the length of text and false if the closing quote is not in text.
func closingQuote(text string, quote byte) (end int, closed bool) {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i + 1, true
		}
	}
	return len(text), false
}
