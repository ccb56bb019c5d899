// Package form describes YAML formats key by key and decodes them strictly.
//
// A format is built from values: [Text], [Line], [Name], [Boolean] and their like
// for scalars, [List] and [Object] for what holds others. Each value decodes a
// node of gopkg.in/yaml.v3 and reports, with its place and fix, what does not
// fit: unknown and repeated keys, values of another type, numbers and dates
// where text belongs. What no errspec format allows at all (anchors, aliases,
// tags, further documents, control and bidirectional characters, absurd size)
// is reported by [Decoder.Parse].
//
// Keys that begin with x- are kept in the [Entry] of their object.
package form

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A Decoder turns the nodes of one file into Go values and collects what is
// wrong with them. It never stops at a finding: what cannot be decoded is left
// zero.
type Decoder struct {
	file     *diag.File
	findings diag.List
	shapes   Shapes // nil unless they are recorded
	root     *yaml.Node

	// What findings ask for again and again: a mapping may have thousands of keys.
	names map[*yaml.Node]string         // see itemName
	meant map[*yaml.Node]map[string]int // see isMeantOnce
}

// NewDecoder returns a decoder for the file.
func NewDecoder(file *diag.File) *Decoder {
	return &Decoder{file: file, names: make(map[*yaml.Node]string), meant: make(map[*yaml.Node]map[string]int)}
}

// Findings returns what has been reported so far.
func (d *Decoder) Findings() diag.List { return d.findings }

// Entry returns the entry of a node that no [Object] decodes.
func (d *Decoder) Entry(n *yaml.Node) Entry { return Entry{file: d.file, node: n} }

// Report adds a finding about a node and returns it, so that the caller can add
// related places before the next report.
func (d *Decoder) Report(rule string, n *yaml.Node, help, format string, args ...any) *diag.Diagnostic {
	d.findings = append(d.findings, diag.Diagnostic{
		Rule:     rule,
		Message:  fmt.Sprintf(format, args...),
		Location: locate(d.file, n),
		Help:     help,
		Subject:  d.subject(n),
	})
	return &d.findings[len(d.findings)-1]
}

// A Value is one kind of value of a format: how it is decoded, and the schema that
// tells editors of it.
type Value[T any] struct {
	decode func(d *Decoder, n *yaml.Node) (T, bool)
	schema Schema
}

// New returns the value that decode reads. decode reports what is wrong and returns
// false when there is nothing to use. The schema allows whatever decode accepts.
func New[T any](decode func(d *Decoder, n *yaml.Node) (T, bool), schema Schema) Value[T] {
	return Value[T]{decode, schema}
}

// Decode reads a node. It reports what is wrong and returns false when there is
// nothing to use.
func (v Value[T]) Decode(d *Decoder, n *yaml.Node) (T, bool) { return v.decode(d, n) }

// Schema describes the value.
func (v Value[T]) Schema() Schema { return v.schema }

// A Field is one key of a mapping in the format.
type Field[T any] struct {
	key      string
	former   string // key that the field had before, or ""
	required bool
	schema   Schema
	decode   func(d *Decoder, n *yaml.Node, into *T) bool
}

// Optional describes a key that may be left out: what it says, in a line for
// editors, and where its value goes.
func Optional[T, V any](key, says string, v Value[V], at func(*T) *V) Field[T] {
	schema := v.schema
	schema.Description = says
	return Field[T]{key: key, schema: schema, decode: func(d *Decoder, n *yaml.Node, into *T) bool {
		decoded, ok := v.decode(d, n)
		if ok {
			*at(into) = decoded
		}
		return ok
	}}
}

// Required describes a key that must be there.
func Required[T, V any](key, says string, v Value[V], at func(*T) *V) Field[T] {
	f := Optional(key, says, v, at)
	f.required = true
	return f
}

// Formerly returns the field with a former key. A document that has the former key is
// invalid; the finding names the new one and fixes it.
func (f Field[T]) Formerly(key string) Field[T] {
	f.former = key
	return f
}

// Object describes a mapping. what names it in messages, with its article; at
// says where the entry of the decoded value is.
func Object[T any](what string, at func(*T) *Entry, fields ...Field[T]) Value[T] {
	keys := make([]string, len(fields))
	schema := Schema{Type: "object", Patterns: []Property{{"^x-", Schema{}}}}
	for i, f := range fields {
		keys[i] = f.key
		schema.Properties = append(schema.Properties, Property{f.key, f.schema})
		if f.required {
			schema.Required = append(schema.Required, f.key)
		}
	}
	return New(func(d *Decoder, n *yaml.Node) (T, bool) {
		var decoded T
		if !d.Expect(n, yaml.MappingNode, what) {
			if n.Kind != yaml.AliasNode {
				d.findings[len(d.findings)-1].Help = helpMapping(schema)
			}
			return decoded, false
		}
		entry := at(&decoded)
		entry.file, entry.node = d.file, n
		d.note(n, Shape{Keys: keys})
		d.EachPair(n, what, func(key, val *yaml.Node) {
			switch i := slices.Index(keys, key.Value); {
			case i >= 0:
				if !fields[i].decode(d, val, &decoded) {
					at(&decoded).unread = append(at(&decoded).unread, key.Value)
				}
			case strings.HasPrefix(key.Value, "x-errspec-"): // written by export, made anew every time
			case strings.HasPrefix(key.Value, "x-"):
				if raw, ok := extension(d, val, 0); ok {
					entry.Extensions = append(entry.Extensions, Extension{key.Value, raw})
				}
			default:
				if i := slices.IndexFunc(fields, func(f Field[T]) bool { return f.former != "" && f.former == key.Value }); i >= 0 {
					d.formerKey(key, keys[i], entry.Has(keys[i]))
					return
				}
				d.unknownKey(n, key, what, keys, schema)
			}
		})
		for _, f := range fields {
			if f.required && !entry.Has(f.key) && (f.former == "" || !entry.Has(f.former)) {
				finding := d.Report(RuleMissingKey, n, "add "+f.key+":", "missing key %[2]q in %[1]s", what, f.key)
				finding.Subject += "/" + f.key
			}
		}
		return decoded, true
	}, schema)
}

// EachPair calls f for each pair of a mapping whose key is text, and reports the
// keys that occur twice.
func (d *Decoder) EachPair(n *yaml.Node, what string, f func(key, val *yaml.Node)) {
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			continue // reported by inspect
		}
		if before, twice := first[key.Value]; twice {
			finding := d.Report(RuleDuplicateKey, key, "remove one of them", "duplicate key %q in %s", key.Value, what)
			finding.Related = []diag.Related{{Location: locate(d.file, before), Message: "first defined here"}}
			finding.Fix = d.removePair(n, before, key, val)
			continue
		}
		first[key.Value] = key
		f(key, val)
	}
}

// helpMapping says how to write a mapping of a format: with the keys that it must
// have, or one that it may have.
func helpMapping(s Schema) string {
	keys := s.Required
	if len(keys) == 0 && len(s.Properties) > 0 {
		keys = []string{s.Properties[0].Key}
	}
	if len(keys) == 0 {
		return "write a mapping (key: value)"
	}
	return "write a mapping: {" + strings.Join(keys, ": …, ") + ": …}"
}

// formerKey reports a key that has been renamed. hasNew is set if the mapping has the
// new one as well.
func (d *Decoder) formerKey(key *yaml.Node, now string, hasNew bool) {
	finding := d.Report(RuleUnknownKey, key, "write "+now+":", "the key %q is now %q", key.Value, now)
	if !hasNew {
		finding.Fix = fix(d.file, key, now)
	}
}

func (d *Decoder) unknownKey(in, key *yaml.Node, what string, known []string, schema Schema) {
	help := "known keys: " + strings.Join(known, ", ") + "; custom keys must start with x-"
	meant, only := diag.Nearest(key.Value, known)
	if meant != "" {
		help = "did you mean " + meant + "?"
	} else if outer := schema.holders(key.Value); len(outer) > 0 {
		help = "write it under " + strings.Join(outer, ": or ") + ":"
	}
	finding := d.Report(RuleUnknownKey, key, help, "unknown key %q in %s", key.Value, what)
	if only && d.isMeantOnce(in, meant, known) {
		finding.Fix = fix(d.file, key, meant)
	}
}

// List describes a sequence.
func List[T any](item Value[T]) Value[[]T] {
	return New(func(d *Decoder, n *yaml.Node) ([]T, bool) {
		if !d.Expect(n, yaml.SequenceNode, "a list") {
			return nil, false
		}
		decoded := make([]T, 0, len(n.Content))
		for _, c := range n.Content {
			v, _ := item.decode(d, c)
			decoded = append(decoded, v) // zero for a bad item, so that positions keep their meaning
		}
		return decoded, true
	}, Schema{Type: "array", Items: &item.schema})
}

// Pointer describes a value that may be absent as a whole.
func Pointer[T any](v Value[T]) Value[*T] {
	return New(func(d *Decoder, n *yaml.Node) (*T, bool) {
		decoded, ok := v.decode(d, n)
		return &decoded, ok
	}, v.schema)
}

// Expect reports a node of another kind than wanted. Aliases are reported once
// by inspect and fail in silence here.
func (d *Decoder) Expect(n *yaml.Node, kind yaml.Kind, what string) bool {
	if n.Kind == kind {
		return true
	}
	if n.Kind == yaml.AliasNode {
		return false
	}
	help := map[yaml.Kind]string{
		yaml.MappingNode:  "write a mapping (key: value)",
		yaml.SequenceNode: helpList(n),
		yaml.ScalarNode:   "write a single value",
	}[kind]
	if kind == yaml.ScalarNode && n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 {
		help = "quote the text: it contains a colon followed by a space"
	}
	d.Report(RuleType, n, help, "expected %s, got %s", what, describe(n))
	return false
}

// helpList says how to write a list, with what stands there if that is one plain
// word or a few.
func helpList(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && n.Style == 0 && len(n.Value) <= maxQuoted && !strings.ContainsAny(n.Value, ",[]{}\n") {
		return "write [" + n.Value + "]"
	}
	return "write a list ([a, b], or lines that start with \"- \")"
}

// describe names what a node is, for messages.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!bool":
		return "boolean " + n.Value
	case "!!int", "!!float":
		return "number " + n.Value
	case "!!timestamp":
		return "date " + n.Value
	}
	text := strings.TrimRight(n.Value, "\n") // a block has one more than its author sees
	if len(text) > maxQuoted {
		return "text"
	}
	return fmt.Sprintf("text %q", text)
}

// maxQuoted bounds the texts that messages repeat.
const maxQuoted = 40
