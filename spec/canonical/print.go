package canonical

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/layout"
)

// Print writes a document, a table or a file that tables include, in the
// canonical form of the table format. Package layout says what that is and which
// comments of the nodes it prints. What is wrong with the document does not
// matter, as long as it is a tree of mappings, lists and single values.
func Print(doc *yaml.Node) []byte {
	return layout.Print(doc, shapes(doc))
}

// shapes returns what the table format says about the nodes of a document.
func shapes(doc *yaml.Node) form.Shapes {
	d := form.NewDecoder(&diag.File{})
	known := d.Record()
	if len(doc.Content) > 0 {
		spec.Describe(d, doc.Content[0])
	}
	return known
}
