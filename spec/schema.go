package spec

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// Schema returns a JSON Schema of tables. It allows every table that [Parse] accepts. Rules
// that need the whole table are checked only by [Parse] and package validate, for example that
// codes have the wire type of the table, or that the codes that it refers to exist.
func Schema() form.Schema {
	f := format{wire: wireAny, extends: true}
	s := f.table().Schema()
	s.AnyOf = []form.Schema{{Required: []string{"codes"}}, {Required: []string{"extends"}}}
	return s
}

// IncludeSchema returns a JSON Schema of included files.
func IncludeSchema() form.Schema { return format{wire: wireAny}.include().Schema() }

// Describe decodes a document as a table, or as an included file if it has the key codes: but
// not errspec:.
func Describe(d *form.Decoder, root *yaml.Node) {
	f := formatOf("either") // not a wire type: codes of both types are accepted
	if entry := d.Entry(root); entry.Has("errspec") || !entry.Has("codes") {
		f.table().Decode(d, root)
	} else {
		f.include().Decode(d, root)
	}
}
