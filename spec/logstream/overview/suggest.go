package overview

import (
	"fmt"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/logstream"
)

// Suggest returns a file with entries for the unlisted codes among rows, in canonical
// format. A table with the given wire type can include the file. TODO marks missing
// texts. Suggest returns "" if there are no unlisted codes. Codes that no table can
// contain are listed in comments after the entries.
//
//	codes:
//	  # 12 errors, the first in "tasks.ndjson" at line 7
//	  - code: upstream_error
//	    title: "TODO: Upstream error"
//	    description: "TODO: describe upstream_error"
//	    examples: [The upstream provider returned an error]
func Suggest(rows []logstream.Row, wire spec.Wire) string {
	codes := &yaml.Node{Kind: yaml.SequenceNode}
	var skipped []string
	for _, r := range rows {
		if r.Known || r.Code == "" {
			continue
		}
		entry := suggestion(r, wire)
		if r.Cut || !fits(entry, r.Code, wire) {
			skipped = append(skipped, fmt.Sprintf("# skipped: a table cannot contain the code %+q", r.Code))
			continue
		}
		codes.Content = append(codes.Content, entry)
	}
	if len(codes.Content) == 0 && len(skipped) == 0 {
		return ""
	}
	codes.FootComment = strings.Join(skipped, "\n")
	return string(canonical.Print(document(codes)))
}

// document returns the document of a file that contains only codes.
func document(codes *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{mapping("codes", codes)}}
}

// fits reports whether a table can contain an entry with the code unchanged. A table
// with integer codes reads 0x10 as another code.
func fits(entry *yaml.Node, code string, wire spec.Wire) bool {
	codes := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{entry}}
	table, findings := spec.Parse("suggestion", suggestionHead(wire)+string(canonical.Print(document(codes))), nil)
	return !findings.HasErrors() && table.Codes[0].Wire == code
}

// suggestionHead returns the settings that turn a file with only codes into a table.
func suggestionHead(wire spec.Wire) string {
	return "errspec: 1\nname: suggestion\ntitle: Suggestion\nwire: " + wire.String() + "\n"
}

// suggestion returns the entry of a row.
func suggestion(r logstream.Row, wire spec.Wire) *yaml.Node {
	code := text(r.Code)
	if wire == spec.WireInteger {
		code.Tag = "!!int"
	}
	entry := mapping("code", code,
		"title", text(printable("TODO: "+titleOf(r.Code))),
		"description", text(printable("TODO: describe "+r.Code)))
	if len(r.Samples) > 0 {
		examples := &yaml.Node{Kind: yaml.SequenceNode}
		for _, sample := range r.Samples {
			examples.Content = append(examples.Content, text(printable(sample)))
		}
		entry.Content = append(entry.Content, text("examples"), examples)
	}
	errors := "errors"
	if r.Count == 1 {
		errors = "error"
	}
	entry.HeadComment = fmt.Sprintf("# %d %s, the first in %+q at line %d", r.Count, errors, r.File, r.Line)
	return entry
}

// mapping returns a mapping of keys, which are strings, and their values, which are nodes.
func mapping(pairs ...any) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, p := range pairs {
		if key, ok := p.(string); ok {
			p = text(key)
		}
		m.Content = append(m.Content, p.(*yaml.Node))
	}
	return m
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// titleOf returns the words of a code: "Upstream error" for upstream_error.
func titleOf(code string) string {
	words := strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == '_' || r == '-' || r == '.' || unicode.IsSpace(r) }), " ")
	if words == "" || words == strings.ToUpper(words) {
		return code
	}
	first := []rune(words)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// printable returns a text in which a space replaces each character that a table cannot
// contain.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, s)
}
