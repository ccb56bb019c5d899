package form

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A former is a key that a field had before.
type former struct {
	key string // "" if there is none
	// item has the first pairs of an only item of the field, which is a list now, and the key
	// after them, to which the former value belongs. It is zero if only the key has changed.
	item, inner string
}

// Formerly returns the field with a former key. A document that contains the former key is
// invalid. The finding suggests the new key and has a fix.
func (f Field[T]) Formerly(key string) Field[T] {
	f.former = former{key: key}
	return f
}

// FormerlyText returns the field, a list of mappings, with a former key whose value was the text
// that an only item now has under inner. item lists the other keys of the item, such as
// "name: first". The finding shows the new form and fixes it.
func (f Field[T]) FormerlyText(key, item, inner string) Field[T] {
	f.former = former{key, item, inner}
	return f
}

// formerKey reports a renamed key. in is the mapping that contains it. hasNew reports whether it
// also contains the new key, in which case there is no fix.
func (d *Decoder) formerKey(in, key, val *yaml.Node, f former, now string, hasNew bool) {
	help := "write " + now + ":"
	if f.inner != "" {
		help = "write " + now + ": [{" + f.item + ", " + f.inner + ": …}]"
	}
	finding := d.Report(RuleUnknownKey, key, help, "the key %q is now %q", key.Value, now)
	switch {
	case hasNew:
	case f.inner == "":
		finding.Fix = d.Fix(key, now)
	case in.Style&yaml.FlowStyle != 0:
		finding.Fix = d.listInFlow(key, val, f, now)
	default:
		finding.Fix = d.listInBlock(key, val, f, now)
	}
	d.former = append(d.former, *finding)
}

// listInFlow returns the fix that makes a list of a text in a mapping in braces:
//
//	{now: [{item, inner: "text"}]}
func (d *Decoder) listInFlow(key, val *yaml.Node, f former, now string) *diag.Fix {
	keyAt, ok := source(d.file, placeOf(key))
	valAt, known := source(d.file, placeOf(val))
	if !ok || !known {
		return nil
	}
	start, end := d.file.Offset(valAt.Start), d.file.Offset(valAt.End)
	return &diag.Fix{Message: "write " + now + ": as a list", Edits: []diag.Edit{
		{File: d.file, Start: d.file.Offset(keyAt.Start), End: d.file.Offset(keyAt.End), Text: now},
		{File: d.file, Start: start, End: start, Text: "[{" + f.item + ", " + f.inner + ": "},
		{File: d.file, Start: end, End: end, Text: "}]"},
	}}
}

// itemIndent is how much deeper the keys of an item are than the key of its list.
const itemIndent = 4

// listInBlock returns the fix that makes a list of a text. The text keeps its style, and its
// lines move to the right:
//
//	now:
//	  - item
//	    inner: |
//	      text
func (d *Decoder) listInBlock(key, val *yaml.Node, f former, now string) *diag.Fix {
	at, ok := source(d.file, placeOf(key))
	last := lastLine(d.file, placeOf(val))
	if !ok || last < 0 {
		return nil
	}
	indent := strings.Repeat(" ", key.Column-1)
	made := &diag.Fix{Message: "write " + now + ": as a list", Edits: []diag.Edit{{
		File: d.file, Start: d.file.Offset(at.Start), End: d.file.Offset(at.End),
		Text: now + ":\n" + indent + "  - " + f.item + "\n" + indent + strings.Repeat(" ", itemIndent) + f.inner,
	}}}
	for line := key.Line + 1; line <= last; line++ {
		if strings.TrimSpace(d.file.Line(line)) == "" {
			continue
		}
		start := d.file.Offset(diag.Pos{Line: line, Column: 1})
		made.Edits = append(made.Edits, diag.Edit{File: d.file, Start: start, End: start, Text: strings.Repeat(" ", itemIndent)})
	}
	return made
}

// lastLine returns the last line of a scalar. It returns -1 if that is not known.
func lastLine(file *diag.File, p place) int {
	if p.kind != yaml.ScalarNode {
		return -1
	}
	switch {
	case p.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		_, last := blockLines(file, p)
		return last
	case p.style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		quote := byte('"')
		if p.style&yaml.SingleQuotedStyle != 0 {
			quote = '\''
		}
		start := file.Offset(diag.Pos{Line: int(p.line), Column: int(p.column)})
		end, closed := closingQuote(file.Text[start:], quote)
		if !closed || file.Text[start] != quote {
			return -1
		}
		return int(p.line) + strings.Count(file.Text[start:start+end], "\n")
	}
	if _, ok := source(file, p); ok {
		return int(p.line)
	}
	return -1
}
