// Package canonical formats tables, and files that tables include.
//
// A text or a YAML document enters; the canonical form of the table format leaves. Package
// spec describes the nodes, package layout places the comments and prints.
package canonical

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/layout"
)

// Format returns a table, or a file that tables include, in the canonical form:
// keys in the order of the format, text quoted where it must be, long prose
// wrapped, blank lines between codes. Comments stay with what they are about,
// line ends are those of the text. What the table means does not change, and
// formatting it again changes nothing.
//
// The findings are why a text cannot be formatted: it is no YAML, or holds what
// no table may, such as anchors or a key twice. It is then left as it is, and
// returned. Other mistakes do not matter here.
func Format(file, text string) (string, diag.List) {
	return FormatFile(&diag.File{Name: file, Text: text})
}

// FormatFile is [Format] of a file. Of a hidden one that is not of the table format,
// nothing is returned but a finding that does not quote it.
func FormatFile(file *diag.File) (string, diag.List) {
	text := file.Text
	d := form.NewDecoder(file)
	root, findings := readTree(d)
	if file.Hidden && (len(findings) > 0 || !d.Entry(root).Has("errspec") && !d.Entry(root).Has("codes")) {
		return "", diag.List{spec.InvalidOutside(form.RuleSyntax, file.Name, diag.Location{File: file}, "name the file that the link leads to")}
	}
	if len(findings) > 0 {
		return text, findings
	}
	plain := &diag.File{Name: file.Name, Text: strings.ReplaceAll(text, "\r\n", "\n")} // nothing moves to another line
	comments := layout.Remarks(plain, root)
	doc := layout.Attach(plain, root)
	known := shapes(doc)
	formatted := string(layout.Print(doc, known))
	if !isSame(formatted, root, comments, known) {
		d.Report(RuleFormat, root, "this is a bug in errspec; please report it with the file", "cannot format the file: formatting would change its meaning")
		all := d.Findings()
		return text, all[len(all)-1:]
	}
	if plain.Text != text {
		formatted = strings.ReplaceAll(formatted, "\n", "\r\n")
	}
	return formatted, nil
}

// RuleFormat is the rule of a finding about a text that formatting would change.
// There should be no such text.
const RuleFormat = "format"

// readTree returns the tree of a text, or why it cannot be relied on.
func readTree(d *form.Decoder) (*yaml.Node, diag.List) {
	root := d.Parse()
	if root == nil || len(d.Findings()) > 0 {
		return nil, d.Findings()
	}
	spec.Describe(d, root)
	return root, slices.DeleteFunc(d.Findings(), func(f diag.Diagnostic) bool { return f.Rule != form.RuleDuplicateKey })
}

// isSame reports whether a formatted text has the same content and comments as its source,
// so that a fault of the printer cannot lose a line of a table.
func isSame(formatted string, root *yaml.Node, comments []string, known form.Shapes) bool {
	file := &diag.File{Text: formatted}
	again, findings := readTree(form.NewDecoder(file))
	return len(findings) == 0 && again != nil && layout.Same(root, again, known) &&
		slices.Equal(layout.Remarks(file, again), comments)
}
