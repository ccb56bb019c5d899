package canonical

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/layout"
)

// Print returns a document, a table or a file that tables include, in the canonical form of
// the table format. Package layout describes this form and the comments of nodes that it
// prints. The document may contain any errors, but must be a tree of mappings, lists and
// scalars.
func Print(doc *yaml.Node) []byte {
	return layout.Print(doc, shapes(doc))
}

// shapes returns the properties of the nodes of a document in the table format.
func shapes(doc *yaml.Node) form.Shapes {
	d := form.NewDecoder(&diag.File{})
	known := d.Record()
	if len(doc.Content) > 0 {
		spec.Describe(d, doc.Content[0])
	}
	return known
}
