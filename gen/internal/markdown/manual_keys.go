package markdown

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
)

// Keys returns the page of the keys of a format, a section for each mapping. Examples of values
// are the first ones in the given documents.
func (m Manual) Keys(root form.Schema, examples []*yaml.Node) []byte {
	var tops []*yaml.Node
	for _, document := range examples {
		tops = append(tops, document.Content...)
	}
	k := keysPage{writer: m.writer(), seen: make(map[string]string), examples: make(map[string][]*yaml.Node)}
	top := keySection{mapping: root}
	k.collect(top, tops)
	k.section(top)
	return k.bytes()
}

type keysPage struct {
	*writer
	seen     map[string]string       // paths of written sections, by the keys in them
	examples map[string][]*yaml.Node // mappings in the documents, likewise
}

// A keySection is a mapping with named keys.
type keySection struct {
	path    string // empty at the top
	mapping form.Schema
}

// keys identifies the keys of a section: those of the same keys are explained once.
func (s keySection) keys() string {
	var b strings.Builder
	for _, p := range s.mapping.Properties {
		kind, _ := kindOf(p.Value)
		fmt.Fprintln(&b, p.Key, kind, p.Value.Description)
	}
	return b.String()
}

// below returns the section of the mappings that a key contains. It returns false if it contains
// none with named keys.
func (s keySection) below(p form.Property) (keySection, bool) {
	_, mapping := kindOf(p.Value)
	if mapping == nil {
		return keySection{}, false
	}
	below := keySection{path: strings.TrimPrefix(s.path+"."+p.Key, "."), mapping: *mapping}
	below.mapping.Description, _ = splitDefault(p.Value.Description)
	switch {
	case p.Value.Items != nil:
		below.path += "[]"
	case hasFreeKeys(p.Value):
		below.path += ".*"
	}
	return below, true
}

func hasFreeKeys(s form.Schema) bool { return s.Type == "object" && len(s.Properties) == 0 }

// collect notes the mappings of a section and of those in it.
func (k *keysPage) collect(s keySection, mappings []*yaml.Node) {
	k.examples[s.keys()] = append(k.examples[s.keys()], mappings...)
	for _, p := range s.mapping.Properties {
		if below, ok := s.below(p); ok {
			k.collect(below, mappingsIn(valuesOf(p.Key, mappings), p.Value))
		}
	}
}

// maxWords is the maximum number of words that the cell of a type lists.
const maxWords = 5

// section writes a section and those of the mappings in it. If the keys are those of an earlier
// section, it refers to that.
func (k *keysPage) section(s keySection) {
	if s.path != "" {
		k.heading(2, code(s.path, 0))
		k.block(described(s.mapping.Description, lineStart))
	}
	keys := s.keys()
	if first, ok := k.seen[keys]; ok {
		k.block("The keys are those of " + link(code(first, 0), "#"+headingAnchor(first)) + ".")
		return
	}
	k.seen[keys] = s.path
	var rows [][]md
	var inner []keySection
	var words []md // below the table
	for _, p := range s.mapping.Properties {
		label, below, isSection := code(p.Key, inCell), keySection{}, false
		example := exampleCell(valuesOf(p.Key, k.examples[keys]))
		if below, isSection = s.below(p); isSection {
			inner = append(inner, below)
			label, example = link(code(p.Key, inCell|inLabel), "#"+headingAnchor(below.path)), ""
		}
		kind, _ := kindOf(p.Value)
		if all := wordsOf(p.Value); len(all) > maxWords {
			kind = "word"
			words = append(words, "Values of "+code(p.Key, 0)+": "+join(all, ", ")+".")
		}
		meaning, value := splitDefault(p.Value.Description)
		initial := defaultCell(value, p.Value)
		if slices.Contains(s.mapping.Required, p.Key) {
			initial = "required"
		}
		rows = append(rows, []md{label, kind, initial, example, described(meaning, inCell)})
	}
	k.table([]md{"Key", "Type", "Default", "Example", "Meaning"}, rows)
	k.blocks(words)
	for _, each := range inner {
		k.section(each)
	}
}

// valuesOf returns the values of a key in mappings.
func valuesOf(key string, mappings []*yaml.Node) []*yaml.Node {
	var found []*yaml.Node
	for _, m := range mappings {
		for i := 0; i+1 < len(m.Content); i += 2 {
			if m.Content[i].Value == key {
				found = append(found, m.Content[i+1])
			}
		}
	}
	return found
}

// mappingsIn returns the mappings that values contain: the values, their items, or the values of
// their keys if these are free.
func mappingsIn(values []*yaml.Node, s form.Schema) []*yaml.Node {
	var all []*yaml.Node
	for _, v := range values {
		switch {
		case v.Kind == yaml.SequenceNode:
			all = append(all, v.Content...)
		case hasFreeKeys(s):
			for i := 1; i < len(v.Content); i += 2 {
				all = append(all, v.Content[i])
			}
		default:
			all = append(all, v)
		}
	}
	return slices.DeleteFunc(all, func(n *yaml.Node) bool { return n.Kind != yaml.MappingNode })
}

// exampleCell returns the first of some values.
func exampleCell(values []*yaml.Node) md {
	if len(values) == 0 {
		return ""
	}
	return code(compact(values[0]), inCell)
}

// maxExample is the maximum length of an example.
const maxExample = 48

// compact returns a value as one line of YAML. Of a long list, it returns the first item.
func compact(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		var items []string
		for _, item := range n.Content {
			items = append(items, compact(item))
		}
		if all := "[" + strings.Join(items, ", ") + "]"; len(items) < 2 || len(all) <= maxExample {
			return all
		}
		return "[" + items[0] + ", …]"
	case yaml.MappingNode:
		var pairs []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			pairs = append(pairs, compact(n.Content[i])+": "+compact(n.Content[i+1]))
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	}
	switch n.Style {
	case yaml.DoubleQuotedStyle:
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(n.Value) + `"`
	case yaml.SingleQuotedStyle:
		return "'" + strings.ReplaceAll(n.Value, "'", "''") + "'"
	}
	return strings.TrimSpace(n.Value)
}

// plainDefault matches a default that is the value itself, and not a description of it.
var plainDefault = lazyregexp.New(`^([0-9][0-9a-z.]*|true|false)$`)

func defaultCell(value string, s form.Schema) md {
	if slices.Contains(s.Enum, value) || plainDefault.MatchString(value) {
		return code(value, inCell)
	}
	return described(value, inCell)
}

// wordsOf returns the words that a value may be.
func wordsOf(s form.Schema) []md {
	var words []md
	for _, word := range s.Enum {
		words = append(words, code(word, inCell))
	}
	return words
}

// kindOf returns the type of a value and, if it contains one, the mapping with named keys.
func kindOf(s form.Schema) (md, *form.Schema) {
	switch {
	case s.Items != nil:
		kind, mapping := kindOf(*s.Items)
		return "list of " + plural(kind), mapping
	case len(s.Enum) > 0:
		return join(wordsOf(s), ", "), nil
	case s.Const != nil:
		return code(fmt.Sprint(s.Const), inCell), nil
	case s.Type == "object":
		return objectKind(s)
	case len(s.AnyOf) > 0:
		return anyOf(s.AnyOf)
	case strings.HasPrefix(s.Pattern, "^[hH]"):
		return "URL", nil
	case s.Pattern == `^[a-z][a-z0-9_]*$`:
		return "name", nil
	case s.Type == "":
		return "any", nil
	}
	return md(s.Type), nil
}

func objectKind(s form.Schema) (md, *form.Schema) {
	if len(s.Properties) > 0 {
		return "mapping", &s
	}
	for _, p := range s.Patterns {
		if p.Key == "^x-" {
			continue
		}
		kind, mapping := kindOf(p.Value)
		return "mapping of " + plural(kind), mapping
	}
	return "mapping", nil
}

func anyOf(all []form.Schema) (md, *form.Schema) {
	var kinds []string
	var found *form.Schema
	for _, each := range all {
		kind, mapping := kindOf(each)
		switch {
		case strings.HasPrefix(each.Pattern, "^[+-]"):
			return "duration", nil
		case !slices.Contains(kinds, string(kind)):
			kinds = append(kinds, string(kind))
		}
		if mapping != nil {
			found = mapping
		}
	}
	joined := strings.Join(kinds, " or ")
	joined = strings.Replace(joined, "string or number or boolean", "scalar", 1)
	if rest, ok := strings.CutPrefix(joined, "list of scalars or "); ok {
		joined = rest + " or list"
	}
	return md(joined), found
}

// plural returns the plural of a type, or of alternatives.
func plural(kind md) md {
	if strings.ContainsAny(string(kind), "` ") && !strings.Contains(string(kind), " or ") {
		return kind
	}
	return md(strings.ReplaceAll(string(kind), " or ", "s or ")) + "s"
}
