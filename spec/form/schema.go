package form

import (
	"bytes"
	"slices"

	"github.com/errspec/errspec/internal/jsonwrite"
)

// A Schema describes values as in JSON Schema, draft 2020-12. It allows every value that the
// decoder of the same [Value] accepts. The decoder may reject values that the schema allows.
type Schema struct {
	Description string
	Type        string   // "object", "string", …; "" for any type
	Const       any      // the only allowed value, or nil
	Enum        []string // the allowed words
	Pattern     string   // of text
	Minimum     any      // of a number; nil if there is no bound
	Maximum     any
	Items       *Schema    // of a list
	Properties  []Property // of an object, in canonical order
	Patterns    []Property // of an object: schemas for keys that match a pattern
	AnyOf       []Schema
	Required    []string
	Open        bool // an object may have other keys
}

// A Property is a key of an object, or a pattern of keys.
type Property struct {
	Key   string
	Value Schema
}

// Document returns the schema as a JSON Schema document with a title.
func (s Schema) Document(title string) []byte {
	var o jsonwrite.Object
	o.Add("$schema", "https://json-schema.org/draft/2020-12/schema")
	o.Add("title", title)
	var buf bytes.Buffer
	append(o, s.object()...).Write(&buf)
	return buf.Bytes()
}

// object returns the schema as a JSON object.
func (s Schema) object() jsonwrite.Object {
	var o jsonwrite.Object
	add := func(key string, value any, present bool) {
		if present {
			o.Add(key, value)
		}
	}
	o.Text("description", s.Description)
	o.Text("type", s.Type)
	add("const", s.Const, s.Const != nil)
	add("enum", s.Enum, len(s.Enum) > 0)
	o.Text("pattern", s.Pattern)
	add("minimum", s.Minimum, s.Minimum != nil)
	add("maximum", s.Maximum, s.Maximum != nil)
	if s.Items != nil {
		o.Add("items", s.Items.object())
	}
	add("properties", objects(s.Properties), len(s.Properties) > 0)
	add("patternProperties", objects(s.Patterns), len(s.Patterns) > 0)
	add("required", s.Required, len(s.Required) > 0)
	var anyOf []jsonwrite.Object
	for _, each := range s.AnyOf {
		anyOf = append(anyOf, each.object())
	}
	add("anyOf", anyOf, len(anyOf) > 0)
	add("additionalProperties", false, s.Type == "object" && !s.Open)
	return o
}

func objects(all []Property) jsonwrite.Object {
	var o jsonwrite.Object
	for _, each := range all {
		o.Add(each.Key, each.Value.object())
	}
	return o
}

// Schemas of values with several decoders.
var (
	textSchema = Schema{Type: "string", Pattern: `\S`}
	lineSchema = Schema{Type: "string", Pattern: `^[^\n]*\S[^\n]*\n*$`}
)

// holders returns the keys of an object whose values are mappings that may have the given key.
func (s Schema) holders(key string) []string {
	var keys []string
	for _, p := range s.Properties {
		if slices.ContainsFunc(p.Value.Properties, func(inner Property) bool { return inner.Key == key }) {
			keys = append(keys, p.Key)
		}
	}
	return keys
}
