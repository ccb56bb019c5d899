package form

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// A Schema describes values as JSON Schema does, draft 2020-12. It allows whatever
// the decoder of the same [Value] accepts; the decoder may refuse more.
type Schema struct {
	Description string
	Type        string   // "object", "string", "" for any
	Const       any      // the only value, nil if there are more
	Enum        []string // the only words
	Pattern     string   // of text
	Minimum     any      // of a number, nil if there is no bound
	Maximum     any
	Items       *Schema    // of a list
	Properties  []Property // of an object, in their canonical order
	Patterns    []Property // of an object: what a key that matches holds
	AnyOf       []Schema
	Required    []string
	Open        bool // an object may have other keys
}

// A Property is a key of an object, or a pattern of keys.
type Property struct {
	Key   string
	Value Schema
}

// MarshalJSON writes the schema, its keys always in the same order.
func (s Schema) MarshalJSON() ([]byte, error) {
	var o jsonObject
	o.add("description", s.Description, s.Description != "")
	o.add("type", s.Type, s.Type != "")
	o.add("const", s.Const, s.Const != nil)
	o.add("enum", s.Enum, len(s.Enum) > 0)
	o.add("pattern", s.Pattern, s.Pattern != "")
	o.add("minimum", s.Minimum, s.Minimum != nil)
	o.add("maximum", s.Maximum, s.Maximum != nil)
	o.add("items", s.Items, s.Items != nil)
	o.add("properties", properties(s.Properties), len(s.Properties) > 0)
	o.add("patternProperties", properties(s.Patterns), len(s.Patterns) > 0)
	o.add("required", s.Required, len(s.Required) > 0)
	o.add("anyOf", s.AnyOf, len(s.AnyOf) > 0)
	o.add("additionalProperties", false, s.Type == "object" && !s.Open)
	return o.bytes()
}

type properties []Property

func (p properties) MarshalJSON() ([]byte, error) {
	var o jsonObject
	for _, each := range p {
		o.add(each.Key, each.Value, true)
	}
	return o.bytes()
}

// A jsonObject keeps the order in which members are added.
type jsonObject struct {
	buf bytes.Buffer
	err error
}

func (o *jsonObject) add(key string, value any, present bool) {
	if !present {
		return
	}
	if o.buf.Len() > 0 {
		o.buf.WriteByte(',')
	}
	for i, v := range []any{key, value} {
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil && o.err == nil {
			o.err = err
		}
		o.buf.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
		if i == 0 {
			o.buf.WriteByte(':')
		}
	}
}

func (o *jsonObject) bytes() ([]byte, error) {
	return []byte("{" + o.buf.String() + "}"), o.err
}

// Document writes a schema as a file, with a name for the editor that reads it.
func (s Schema) Document(title string) []byte {
	var o jsonObject
	o.add("$schema", "https://json-schema.org/draft/2020-12/schema", true)
	o.add("title", title, true)
	text, err := s.MarshalJSON()
	if err == nil {
		o.buf.WriteString("," + strings.TrimSuffix(strings.TrimPrefix(string(text), "{"), "}"))
		text, err = o.bytes()
	}
	var indented bytes.Buffer
	if err == nil {
		err = json.Indent(&indented, text, "", "  ")
	}
	if err != nil {
		panic("form: a schema that cannot be encoded: " + err.Error()) // only texts and numbers go in
	}
	return append(indented.Bytes(), '\n')
}

// The schemas of what has more decoders than one.
var (
	textSchema = Schema{Type: "string", Pattern: `\S`}
	lineSchema = Schema{Type: "string", Pattern: `^[^\n]*\S[^\n]*\n*$`}
)

// holders returns the keys of an object whose own mappings may have the key.
func (s Schema) holders(key string) []string {
	var keys []string
	for _, p := range s.Properties {
		if slices.ContainsFunc(p.Value.Properties, func(inner Property) bool { return inner.Key == key }) {
			keys = append(keys, p.Key)
		}
	}
	return keys
}
