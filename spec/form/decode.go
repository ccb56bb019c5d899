// Package form defines YAML formats key by key and decodes them strictly.
//
// A format is built from values: [Text], [Line], [Name], [Boolean] and others for scalars,
// [List] for lists and [Object] for mappings. Each value decodes a node of gopkg.in/yaml.v3 and
// reports findings with their location and fix: unknown and duplicate keys, values of another
// type, and unquoted numbers and dates. [Decoder.Parse] reports everything that no errspec
// format allows: anchors, aliases, tags, multiple documents, control and bidirectional
// characters, and excessive size.
//
// Keys that start with x- are kept in the [Entry] of their object.
package form

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A Decoder decodes the nodes of one file into Go values and collects findings. It does not stop
// at a finding: a value that cannot be decoded is zero.
type Decoder struct {
	file     *diag.File
	findings diag.List
	former   diag.List // the findings about former keys
	shapes   Shapes    // nil unless they are recorded
	root     *yaml.Node
	lean     bool   // see ReleaseItems
	kept     []kept // see keep

	// Caches, because a mapping may have thousands of keys with findings.
	names map[*yaml.Node]string         // see itemName
	meant map[*yaml.Node]map[string]int // see isMeantOnce
}

// NewDecoder returns a decoder of the file.
func NewDecoder(file *diag.File) *Decoder {
	return &Decoder{file: file, names: make(map[*yaml.Node]string), meant: make(map[*yaml.Node]map[string]int)}
}

// Findings returns the findings so far.
func (d *Decoder) Findings() diag.List { return d.findings }

// Former returns the findings so far about keys of former versions of the format.
func (d *Decoder) Former() diag.List { return d.former }

// ReleaseItems makes the decoder release the nodes of each item of a list after it has decoded
// the item. Entries keep the locations. The nodes of the document must not be used afterwards.
func (d *Decoder) ReleaseItems() { d.lean = true }

// Entry returns the entry of a node that no [Object] decodes. It has the locations of the keys
// and values of a mapping, but not of those in them.
func (d *Decoder) Entry(n *yaml.Node) Entry {
	e := Entry{file: d.file, place: placeOf(n)}
	if len(n.Content) > 0 {
		e.place.inner = &inner{places: make([]place, len(n.Content))}
		for i, c := range n.Content {
			e.place.inner.places[i] = placeOf(c)
		}
	}
	return e
}

// Report adds a finding about a node. It returns the finding, which the caller may change before
// the next report.
func (d *Decoder) Report(rule string, n *yaml.Node, help, format string, args ...any) *diag.Diagnostic {
	d.findings = append(d.findings, diag.Diagnostic{
		Rule:     rule,
		Message:  fmt.Sprintf(format, args...),
		Location: d.locate(n),
		Help:     help,
		Subject:  d.subject(n),
	})
	return &d.findings[len(d.findings)-1]
}

// A Value is one kind of value of a format. It consists of a decoder and a schema for editors.
type Value[T any] struct {
	decode func(d *Decoder, n *yaml.Node) (T, bool)
	schema func() Schema // few programs need it
}

// New returns a value with the given decoder and schema. decode reports findings, and returns
// false if the node could not be decoded. The schema must allow every node that decode accepts.
func New[T any](decode func(d *Decoder, n *yaml.Node) (T, bool), schema Schema) Value[T] {
	return Value[T]{decode, func() Schema { return schema }}
}

// WithSchema is [New] with a schema that is created when it is needed.
func WithSchema[T any](decode func(d *Decoder, n *yaml.Node) (T, bool), schema func() Schema) Value[T] {
	return Value[T]{decode, schema}
}

// Decode decodes a node and reports findings. It returns false if the node could not be decoded.
func (v Value[T]) Decode(d *Decoder, n *yaml.Node) (T, bool) { return v.decode(d, n) }

// Schema returns the schema of the value.
func (v Value[T]) Schema() Schema { return v.schema() }

// A Field is one key of a mapping in the format.
type Field[T any] struct {
	key      string
	former   former
	required bool
	schema   func() Schema
	decode   func(d *Decoder, n *yaml.Node, into *T) bool
}

// Optional returns an optional key of a mapping. The description is one line, for editors. at
// returns the variable for the decoded value.
func Optional[T, V any](key, description string, v Value[V], at func(*T) *V) Field[T] {
	schema := func() Schema {
		s := v.schema()
		s.Description = description
		return s
	}
	return Field[T]{key: key, schema: schema, decode: func(d *Decoder, n *yaml.Node, into *T) bool {
		decoded, ok := v.decode(d, n)
		if ok {
			*at(into) = decoded
		}
		return ok
	}}
}

// Required returns a required key of a mapping. Its parameters are those of [Optional].
func Required[T, V any](key, description string, v Value[V], at func(*T) *V) Field[T] {
	f := Optional(key, description, v, at)
	f.required = true
	return f
}

// Object returns a mapping with the given keys. Messages call it noun, which includes the
// article. at returns the entry of the decoded value.
func Object[T any](noun string, at func(*T) *Entry, fields ...Field[T]) Value[T] {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	schema := func() Schema { return objectSchema(fields) }
	return WithSchema(func(d *Decoder, n *yaml.Node) (T, bool) {
		var decoded T
		if !d.Expect(n, yaml.MappingNode, noun) {
			if n.Kind != yaml.AliasNode {
				d.findings[len(d.findings)-1].Help = helpMapping(schema())
			}
			return decoded, false
		}
		entry, first := at(&decoded), len(d.kept)
		entry.file, entry.place = d.file, placeOf(n)
		d.note(n, Shape{Keys: keys})
		var unread []string
		d.EachPair(n, noun, func(key, val *yaml.Node) {
			switch i := slices.Index(keys, key.Value); {
			case i >= 0:
				key.Value = keys[i] // so that the copy of the parser can be freed
				if !fields[i].decode(d, val, &decoded) {
					unread = append(unread, key.Value)
				}
			case strings.HasPrefix(key.Value, "x-errspec-"): // written by export, ignored on input
			case strings.HasPrefix(key.Value, "x-"):
				if raw, ok := extension(d, val, 0); ok {
					entry.Extensions = append(entry.Extensions, Extension{key.Value, raw})
				}
			default:
				if i := slices.IndexFunc(fields, func(f Field[T]) bool { return f.former.key != "" && f.former.key == key.Value }); i >= 0 {
					d.formerKey(n, key, val, fields[i].former, keys[i], valueOf(n, keys[i]) != nil)
					return
				}
				d.unknownKey(n, key, noun, keys, schema())
			}
		})
		entry.place.inner = d.keep(n, first)
		entry.place.inner.unread = unread
		for _, f := range fields {
			if f.required && !entry.Has(f.key) && (f.former.key == "" || !entry.Has(f.former.key)) {
				finding := d.Report(RuleMissingKey, n, "add "+f.key+":", "missing key %[2]q in %[1]s", noun, f.key)
				finding.Subject += "/" + f.key
			}
		}
		return decoded, true
	}, schema)
}

// objectSchema returns the schema of a mapping with the given keys.
func objectSchema[T any](fields []Field[T]) Schema {
	schema := Schema{Type: "object", Patterns: []Property{{"^x-", Schema{}}}}
	for _, f := range fields {
		schema.Properties = append(schema.Properties, Property{f.key, f.schema()})
		if f.required {
			schema.Required = append(schema.Required, f.key)
		}
	}
	return schema
}

// EachPair calls f for each pair of a mapping whose key is text, and reports duplicate keys.
// Messages call the mapping noun.
func (d *Decoder) EachPair(n *yaml.Node, noun string, f func(key, val *yaml.Node)) {
	first := keysOf(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			continue // reported by inspect
		}
		if before := first.get(key.Value); before != nil {
			finding := d.Report(RuleDuplicateKey, key, "remove one of them", "duplicate key %q in %s", key.Value, noun)
			finding.Related = []diag.Related{{Location: d.locate(before), Message: "first defined here"}}
			finding.Fix = d.removePair(n, before, key, val)
			continue
		}
		first.add(key)
		f(key, val)
	}
}

// List returns a list of items.
func List[T any](item Value[T]) Value[[]T] {
	return WithSchema(func(d *Decoder, n *yaml.Node) ([]T, bool) {
		if !d.Expect(n, yaml.SequenceNode, "a list") {
			return nil, false
		}
		decoded := make([]T, 0, len(n.Content))
		for _, c := range n.Content {
			v, _ := item.decode(d, c)
			decoded = append(decoded, v) // zero for an invalid item, so that later items keep their index
			if d.lean {
				c.Content = nil
			}
		}
		return decoded, true
	}, func() Schema {
		items := item.schema()
		return Schema{Type: "array", Items: &items}
	})
}

// Pointer returns v for an optional field that is nil if the key is missing.
func Pointer[T any](v Value[T]) Value[*T] {
	return WithSchema(func(d *Decoder, n *yaml.Node) (*T, bool) {
		decoded, ok := v.decode(d, n)
		return &decoded, ok
	}, v.schema)
}

// Expect reports whether a node is of the given kind. It adds a finding with the given noun if it
// is not, except for aliases, which [Decoder.Parse] reports.
func (d *Decoder) Expect(n *yaml.Node, kind yaml.Kind, noun string) bool {
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
	d.Report(RuleType, n, help, "expected %s, got %s", noun, describe(n))
	return false
}

// helpList returns help that shows how to write a list. The list contains the text of the node if
// that is short and unquoted.
func helpList(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && n.Style == 0 && len(n.Value) <= maxQuoted && !strings.ContainsAny(n.Value, ",[]{}\n") {
		return "write [" + n.Value + "]"
	}
	return "write a list ([a, b], or lines that start with \"- \")"
}

// describe describes a node for messages, such as "a list" or "number 404".
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
	text := strings.TrimRight(n.Value, "\n") // a block scalar ends in a line end
	if len(text) > maxQuoted {
		return "text"
	}
	return fmt.Sprintf("text %q", text)
}

// maxQuoted is the maximum length of texts that messages quote.
const maxQuoted = 40
