package form

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// maxSize bounds a file. A table of 20,000 codes with everything filled in has
// about 20 MB.
const maxSize = 64 << 20

// Parse reads the one document of a file and checks what the format forbids
// everywhere. It returns nil when there is nothing to decode.
func (d *Decoder) Parse() *yaml.Node {
	if len(d.file.Text) > maxSize {
		d.fileProblem(RuleSize, fmt.Sprintf("the file has %d MiB; at most %d MiB are read", len(d.file.Text)>>20, maxSize>>20), "split it into several files")
		return nil
	}
	if !d.checkCharacters() {
		return nil
	}
	decoder := yaml.NewDecoder(strings.NewReader(d.file.Text))
	root, err := nextDocument(decoder)
	switch {
	case errors.Is(err, io.EOF):
		d.fileProblem(RuleSyntax, "the file is empty", "")
		return nil
	case err != nil:
		d.syntaxProblem(err)
		return nil
	}
	switch second, err := nextDocument(decoder); {
	case err == nil:
		d.Report(RuleDocuments, second, "put each document into a file of its own", "a second document begins here; one belongs into a file")
	case !errors.Is(err, io.EOF):
		d.syntaxProblem(err)
		return nil
	}
	if d.inspect(root, 0) {
		return root
	}
	return nil
}

// nextDocument returns the root of the next document, or io.EOF. It turns a
// panic inside yaml.v3 into an error: no input may end the program.
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

// checkCharacters reports what no table may hold, before YAML sees it: line and
// column are exact here, and yaml.v3 knows neither.
func (d *Decoder) checkCharacters() bool {
	text, ok := d.file.Text, true
	text = strings.TrimPrefix(text, "\uFEFF") // a byte order mark at the start is harmless
	base := len(d.file.Text) - len(text)
	for from := 0; ; {
		at, what := findUnsafe(text[from:])
		if what == "" {
			return ok
		}
		at += from
		if strings.HasPrefix(text[at:], "\r\n") { // a line end of Windows, which YAML folds
			from = at + 2
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		start := d.file.Position(base + at)
		d.findings = append(d.findings, diag.Diagnostic{
			Rule:     RuleCharacter,
			Message:  "the file holds " + what,
			Location: diag.Location{File: d.file, Start: start, End: diag.Pos{Line: start.Line, Column: start.Column + 1}},
			Help:     "remove it",
		})
		from, ok = at+size, false
		if len(d.findings) == maxCharacterFindings {
			return false
		}
	}
}

// maxCharacterFindings ends the search in a file that is not text at all.
const maxCharacterFindings = 20

// inspect reports, in the whole tree, anchors, aliases, merge keys and tags, keys
// that are not text, characters hidden behind escapes, and absurd depth. It
// returns false when the tree is too deep to go on.
func (d *Decoder) inspect(n *yaml.Node, depth int) bool {
	if depth > maxDepth {
		d.Report(RuleSize, n, "", "values are nested more than %d deep", maxDepth)
		return false
	}
	switch {
	case n.Kind == yaml.AliasNode:
		d.Report(RuleAnchor, n, "write the value out", "the alias *%s cannot be used here", n.Value)
		return true
	case n.Anchor != "":
		d.Report(RuleAnchor, n, "remove it, and write the value out where it is used", "the anchor &%s cannot be used here", n.Anchor)
	}
	if n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" {
		d.Report(RuleTag, n, "remove it; text is written in quotes where YAML would read something else", "the tag %s cannot be used here", n.Tag)
	}
	if n.Kind == yaml.ScalarNode {
		if _, what := findUnsafe(n.Value); what != "" {
			d.Report(RuleCharacter, n, "remove it", "the value holds %s", what)
		}
	}
	if n.Kind == yaml.MappingNode {
		d.inspectKeys(n)
	}
	for _, c := range n.Content {
		if !d.inspect(c, depth+1) {
			return false
		}
	}
	return true
}

func (d *Decoder) inspectKeys(n *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		switch key := n.Content[i]; {
		case key.Kind != yaml.ScalarNode && key.Kind != yaml.AliasNode:
			d.Report(RuleType, key, "write text before the colon", "a key is text, not %s", describe(key))
		case key.ShortTag() == "!!merge":
			d.Report(RuleAnchor, key, "write the keys out", "the merge key << cannot be used here")
		}
	}
}

func (d *Decoder) fileProblem(rule, message, help string) {
	start := diag.Pos{Line: 1, Column: 1}
	d.findings = append(d.findings, diag.Diagnostic{
		Rule: rule, Message: message, Help: help,
		Location: diag.Location{File: d.file, Start: start, End: start},
	})
}

var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntaxProblem reports an error of yaml.v3, which knows the line at most; the
// finding points at the first character of it.
func (d *Decoder) syntaxProblem(err error) {
	message, lineNumber := err.Error(), 1
	if m := yamlError.FindStringSubmatch(message); m != nil {
		message = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			lineNumber = n
		}
	}
	lineText := d.file.Line(lineNumber)
	column := utf8.RuneCountInString(lineText[:len(lineText)-len(strings.TrimLeft(lineText, " "))]) + 1
	end := max(column, utf8.RuneCountInString(lineText)+1)
	d.findings = append(d.findings, diag.Diagnostic{
		Rule:    RuleSyntax,
		Message: "not valid YAML: " + message,
		Location: diag.Location{File: d.file,
			Start: diag.Pos{Line: lineNumber, Column: column},
			End:   diag.Pos{Line: lineNumber, Column: end}},
		Help: "look at this line and the one before it: an unclosed quote or bracket, a missing space after a colon, or an indent",
	})
}
