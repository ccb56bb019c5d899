package response

import (
	"embed"
	"slices"
)

//go:embed format.go facts.go scan.go code.go decide.go delay.go duration.go param.go task.go when.go
var copied embed.FS

// Duration is the file that reads the texts of delays, which packages that read no responses need
// as well.
const Duration = "duration.go"

// Sources returns the names of the files that a package with the features needs a copy of; see
// [Source].
func Sources(features []string) []string {
	names := []string{"format.go", "facts.go", "scan.go", "code.go", "decide.go", "delay.go", Duration}
	for _, feature := range []string{"param", "task", "when"} {
		if slices.Contains(features, feature) {
			names = append(names, feature+".go")
		}
	}
	return names
}

// Source returns a copied file. Marks in it, "//errspec:if FEATURE" to "//errspec:end" or at the
// end of a line, enclose code that only packages with one of [Reader.Features] need. It panics if
// name is not one that Sources returns.
func Source(name string) []byte {
	src, err := copied.ReadFile(name)
	if err != nil {
		panic("response: " + err.Error())
	}
	return src
}

// Features returns the features that a package with the table needs of the copied files.
func (r *Reader) Features() []string {
	var features []string
	add := func(feature string, has bool) {
		if has && !slices.Contains(features, feature) {
			features = append(features, feature)
		}
	}
	f := &r.format
	refined := len(f.subtypes) > 0
	for i := range f.fields {
		add("ok", f.fields[i].role == roleCode && len(f.fields[i].ok) > 0)
		add("cut", f.fields[i].before+f.fields[i].after != "")
		add("unit", f.fields[i].unit != "")
		add("delaytext", f.fields[i].number != nil)
		add("arrays", f.fields[i].arrays[0] != 0)
		add("when", len(f.fields[i].when) > 0)
		add("success", f.fields[i].role == roleSuccess)
		add("failure", f.fields[i].role == roleFailure)
		add("retryable", f.fields[i].role == roleRetryable)
		add("task", f.fields[i].role >= roleID)
		add("typed", f.fields[i].role == roleNone)
		add("param", f.fields[i].role == roleParam)
		refined = refined || f.fields[i].role == roleSubtype && len(r.table.subtypes) > 0
	}
	add("when", len(f.codes) > 0 || refined)
	add("subtypes", len(r.table.subtypes) > 0)
	add("refined", refined)
	add("phrases", len(r.table.owners) > 0)
	return features
}

// A Table is the part of a [Reader] that generated code contains, field for field as the type format of
// the copied files has it.
type Table struct {
	Fields          []TableField // the first one is the header Retry-After
	Body            []TableNode
	HTTP            []TableHTTP
	Tasks, Integers bool
	Codes, Subtypes []TableSelector
}

// A TableField is a field of a [Table].
type TableField struct {
	Role                           string // the name of a constant
	Header                         string
	OK, Completed, Failed, Running []string
	When                           []TableCondition
	Before, After, Unit            string
	Match                          string // the phrase whose number the function number returns, "" if it is nil
	Arrays                         [2]uint8
}

// A TableNode is a node of a [Table].
type TableNode struct {
	Key   string
	Field int
	Below []TableNode
	Each  *TableNode
}

// A TableHTTP is the code of an HTTP status.
type TableHTTP struct{ Status, Code int }

// A TableCondition is a condition of a [Table].
type TableCondition struct {
	Field  int
	Values []string
}

// A TableSelector is a selector of a [Table]. Subtypes are numbered through all codes.
type TableSelector struct {
	Code, Subtype int
	When          []TableCondition
}

// Table returns the table of the reader. The same description gives the same table, always.
func (r *Reader) Table() Table {
	f := &r.format
	t := Table{Tasks: f.tasks, Integers: f.integers, Body: tableNodes(f.body)}
	for i := range f.fields {
		field := &f.fields[i]
		t.Fields = append(t.Fields, TableField{
			Role: roleNames[field.role], Header: field.header, OK: field.ok, Completed: field.completed, Failed: field.failed, Running: field.running,
			When: tableConditions(field.when), Before: field.before, After: field.after, Unit: field.unit, Match: r.matches[i], Arrays: field.arrays,
		})
	}
	for _, h := range f.http {
		t.HTTP = append(t.HTTP, TableHTTP{h.status, h.code})
	}
	for _, s := range f.codes {
		t.Codes = append(t.Codes, TableSelector{s.code, s.subtype, tableConditions(s.when)})
	}
	for _, s := range f.subtypes {
		t.Subtypes = append(t.Subtypes, TableSelector{s.code, s.subtype, tableConditions(s.when)})
	}
	return t
}

var roleNames = [...]string{
	roleNone: "roleNone", roleCode: "roleCode", roleMessage: "roleMessage", roleID: "roleID", roleStatus: "roleStatus", roleModel: "roleModel",
	roleParam: "roleParam", roleRequestID: "roleRequestID", roleRetryAfter: "roleRetryAfter", roleSubtype: "roleSubtype",
	roleSuccess: "roleSuccess", roleFailure: "roleFailure", roleRetryable: "roleRetryable",
}

func tableNodes(nodes []node) []TableNode {
	var out []TableNode
	for i := range nodes {
		out = append(out, tableNode(&nodes[i]))
	}
	return out
}

func tableNode(n *node) TableNode {
	out := TableNode{Key: n.key, Field: n.field, Below: tableNodes(n.below)}
	if n.each != nil {
		each := tableNode(n.each)
		out.Each = &each
	}
	return out
}

func tableConditions(when []condition) []TableCondition {
	var out []TableCondition
	for _, c := range when {
		out = append(out, TableCondition{c.field, c.values})
	}
	return out
}
