package spec

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// Schema describes tables as JSON Schema. It allows every table that [Parse]
// accepts; that codes have the wire type of the table, that what is referred to is
// there, and whatever else only a whole table can break is for [Parse] and
// package validate to find.
func Schema() form.Schema {
	f := format{wire: wireAny, extends: true}
	s := f.table().Schema()
	s.AnyOf = []form.Schema{{Required: []string{"codes"}}, {Required: []string{"extends"}}}
	return s
}

// IncludeSchema describes the files that a table includes.
func IncludeSchema() form.Schema { return format{wire: wireAny}.include().Schema() }

// Describe decodes a document as what it seems to be, a table or a file that
// tables include.
func Describe(d *form.Decoder, root *yaml.Node) {
	f := formatOf("either") // how a code is written says what it is
	if entry := d.Entry(root); entry.Has("errspec") || !entry.Has("codes") {
		f.table().Decode(d, root)
	} else {
		f.include().Decode(d, root)
	}
}
