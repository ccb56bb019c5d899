package form

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/internal/plaintext"
	"github.com/errspec/errspec/spec/diag"
)

// Parse parses the document of a file and reports everything that no errspec format allows. It
// returns nil if there is nothing to decode.
func (d *Decoder) Parse() *yaml.Node {
	if len(d.file.Text) > input.MaxSize {
		d.fileProblem(RuleSize, fmt.Sprintf("file is %d MiB; the limit is %d MiB", len(d.file.Text)>>20, input.MaxSize>>20), "split it into several files")
		return nil
	}
	if kind, help := plaintext.Foreign(d.file.Text); kind != "" {
		d.fileProblem(RuleCharacter, "file is "+kind, help)
		return nil
	}
	if !d.checkCharacters() {
		return nil
	}
	decoder := yaml.NewDecoder(strings.NewReader(withKnownVersion(withoutMark(d.file.Text))))
	root, err := nextDocument(decoder)
	switch {
	case errors.Is(err, io.EOF), err == nil && isNothing(root):
		d.fileProblem(RuleSyntax, "file is empty", "")
		return nil
	case err != nil:
		d.syntaxProblem()
		return nil
	}
	switch second, err := nextDocument(decoder); {
	case err == nil:
		d.Report(RuleDocuments, d.documentMark(second), helpDocuments, secondDocument)
	case !errors.Is(err, io.EOF):
		d.syntaxProblem()
		return nil
	}
	d.root = root
	if d.inspect(root, 0) {
		return root
	}
	return nil
}

// withoutMark removes the byte order mark that some editors write at the start of a file. It is
// harmless there, and yaml.v3 does not count it in columns.
func withoutMark(text string) string { return strings.TrimPrefix(text, "\uFEFF") }

var yaml12 = lazyregexp.New(`^%YAML[ \t]+1\.2[ \t\r]*(?:$|[ \t]#)`)

// withKnownVersion replaces the directive %YAML 1.2 by %YAML 1.1, the only one that yaml.v3
// accepts. yaml.v3 reads both versions in the same way, and this package reports values that the
// versions read differently. The length of the text does not change.
func withKnownVersion(text string) string {
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		switch trimmed := strings.TrimSpace(line); {
		case yaml12.MatchString(line):
			at += strings.Index(line, "1.2") + len("1.")
			return text[:at] + "1" + text[at+1:]
		case trimmed != "" && trimmed[0] != '#' && line[0] != '%':
			return text
		}
		at += len(line) + 1
	}
	return text
}

// nextDocument returns the root of the next document, or io.EOF. It recovers from panics inside
// yaml.v3 and returns them as errors, because no input may end the program.
func nextDocument(decoder *yaml.Decoder) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the parser failed: %v", r)
		}
	}()
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, io.EOF
	}
	return doc.Content[0], nil
}

const (
	secondDocument = "multiple YAML documents; a file must contain one"
	helpDocuments  = "move each document to its own file"
)

// documentMark returns the --- before the root of a document, or the root if there is none.
func (d *Decoder) documentMark(root *yaml.Node) *yaml.Node {
	for line := root.Line; line > 0; line-- {
		text := d.file.Line(line)
		if strings.HasPrefix(text, "---") {
			return &yaml.Node{Kind: yaml.ScalarNode, Value: "---", Line: line, Column: 1}
		}
		if text != "" && text[0] != '#' && line < root.Line {
			break
		}
	}
	return root
}

// isNothing reports whether a document is empty except for its marks.
func isNothing(root *yaml.Node) bool {
	return root.Kind == yaml.ScalarNode && root.Value == "" && root.Style == 0 && root.Anchor == ""
}

// checkCharacters reports characters that must not occur in a table. It runs before the YAML
// parser, which reports neither line nor column for them.
func (d *Decoder) checkCharacters() bool {
	text, ok := withoutMark(d.file.Text), true
	base := len(d.file.Text) - len(text)
	for from := 0; ; {
		at, description := findUnsafe(text[from:])
		if description == "" {
			return ok
		}
		at += from
		if strings.HasPrefix(text[at:], "\r\n") { // a Windows line end, which YAML normalizes
			from = at + 2
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		start := d.file.Position(base + at)
		help := "remove it"
		if strings.HasPrefix(description, notUTF8) {
			help = "save the file as UTF-8"
		}
		d.findings = append(d.findings, diag.Diagnostic{
			Rule:     RuleCharacter,
			Message:  "file contains " + description,
			Location: diag.Location{File: d.file, Start: start, End: diag.Pos{Line: start.Line, Column: start.Column + 1}},
			Help:     help,
		})
		from, ok = at+size, false
		if len(d.findings) == maxCharacterFindings {
			return false
		}
	}
}

// maxCharacterFindings stops the search in a file that is not text.
const maxCharacterFindings = 20

// inspect reports anchors, aliases, merge keys, tags, keys that are not text, escaped unsafe
// characters and excessive nesting in the whole tree. It returns false if the tree is nested too
// deeply.
func (d *Decoder) inspect(n *yaml.Node, depth int) bool {
	if depth > maxDepth {
		d.Report(RuleSize, n, "", "values are nested more than %d levels deep", maxDepth)
		return false
	}
	switch {
	case n.Kind == yaml.AliasNode:
		d.Report(RuleAnchor, n, "write out the value", "YAML alias *%s is not supported", n.Value)
		return true
	case n.Anchor != "":
		finding := d.Report(RuleAnchor, n, "remove the anchor and write out the value where it is used", "YAML anchor &%s is not supported", n.Anchor)
		finding.Location = d.property(n, "&"+n.Anchor)
	}
	d.inspectTag(n)
	switch n.Kind {
	case yaml.ScalarNode:
		d.inspectText(n)
	case yaml.MappingNode:
		d.inspectKeys(n)
	}
	for _, c := range n.Content {
		if !d.inspect(c, depth+1) {
			return false
		}
	}
	return true
}

// inspectTag reports a tag and removes it, so that the value is decoded as if it had none.
func (d *Decoder) inspectTag(n *yaml.Node) {
	tag := n.Tag
	switch {
	case n.Style&yaml.TaggedStyle != 0:
	case n.Kind != yaml.MappingNode && strings.HasPrefix(textAt(d.file, placeOf(n)), "!"):
		tag = "!" // yaml.v3 drops it; before a mapping, the text could be the tag of its first key
	default:
		return
	}
	finding := d.Report(RuleTag, n, "remove the tag; quote text that YAML would read as another type", "YAML tag %s is not supported", tag)
	finding.Location = d.property(n, "!")
	n.Tag, n.Style = "", n.Style&^yaml.TaggedStyle
}

// property returns the location of an anchor or a tag, which precede the value of a node. mark is
// the start of the anchor or tag.
func (d *Decoder) property(n *yaml.Node, mark string) diag.Location {
	text := textAt(d.file, placeOf(n))
	at := strings.Index(text, mark)
	if at < 0 {
		return span(d.file, placeOf(n), 0) // on a later line
	}
	word, _, _ := strings.Cut(text[at:], " ")
	start := n.Column + columnAt(text, at) - 1
	return span(d.file, place{line: int32(n.Line), column: int32(start)}, utf8.RuneCountInString(word))
}

// inspectText reports characters that must not occur in a table and are written as escapes.
func (d *Decoder) inspectText(n *yaml.Node) {
	_, description := findUnsafe(n.Value)
	if description == "" {
		return
	}
	finding := d.Report(RuleCharacter, n, "remove it", "value contains %s", description)
	if at, ok := d.unsafeEscape(n); ok {
		finding.Location = at
	}
}

// maxKey is the maximum length of a key, in characters. YAML allows at most 1024 before the colon,
// including escapes, and an export must be a valid table.
const maxKey = 250

func (d *Decoder) inspectKeys(n *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		switch key := n.Content[i]; {
		case key.Kind != yaml.ScalarNode && key.Kind != yaml.AliasNode:
			d.Report(RuleType, key, "write a text key before the colon", "a key must be text, got %s", describe(key))
		case key.ShortTag() == "!!merge":
			d.Report(RuleAnchor, key, "write out the keys", "YAML merge key << is not supported")
		case len(key.Value) > maxKey && utf8.RuneCountInString(key.Value) > maxKey:
			d.Report(RuleSize, key, "", "key is longer than %d characters", maxKey)
		}
	}
}

// fileProblem reports a finding about the whole file.
func (d *Decoder) fileProblem(rule, message, help string) {
	d.findings = append(d.findings, diag.Diagnostic{Rule: rule, Message: message, Help: help, Location: d.file.AtLine(1)})
}
