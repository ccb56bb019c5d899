package export

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
)

// OpenAPI returns an OpenAPI 3.0 file whose components describe the errors of a table: the
// schemas Error and ErrorCode, and a response for each HTTP status with its codes. The response
// Error is for codes without a status. Servers refer to the components, or copy them.
func OpenAPI(t *spec.Table, e Options) []byte {
	byStatus := make(map[int][]*spec.Code) // 0 for codes without a status
	var public []*spec.Code
	for i := range t.Codes {
		c := &t.Codes[i]
		if c.Internal && e.Public {
			continue
		}
		public = append(public, c)
		byStatus[c.HTTP] = append(byStatus[c.HTTP], c)
	}
	var file, info, components, schemas, responses object
	file.Add("openapi", "3.0.3")
	info.Add("title", t.Title)
	info.Text("description", t.Description)
	info.Add("version", Revision(t))
	file.Add("info", info)
	file.Add("paths", object{})
	schemas.Add("ErrorCode", codeSchema(t, public))
	schemas.Add("Error", bodySchema(t))
	components.Add("schemas", schemas)
	for _, status := range slices.Sorted(maps.Keys(byStatus)) {
		name := "Error"
		if status != 0 {
			name = fmt.Sprint("Error", status)
		}
		responses.Add(name, responseOf(t, byStatus[status]))
	}
	components.Add("responses", responses)
	file.Add("components", components)
	var buf bytes.Buffer
	file.Write(&buf)
	return buf.Bytes()
}

// typeOf returns the type of codes.
func typeOf(t *spec.Table) string {
	if t.Wire == spec.WireInteger {
		return "integer"
	}
	return "string"
}

// codeSchema returns the schema of codes.
func codeSchema(t *spec.Table, codes []*spec.Code) object {
	var o object
	var values []any
	var descriptions []string
	for _, c := range codes {
		values = append(values, wireValue(t, c.Wire))
		descriptions = append(descriptions, c.Description)
	}
	o.Add("type", typeOf(t))
	if t.Wire == spec.WireInteger {
		o.Add("format", "int64")
	}
	o.Add("description", "Error code. Clients must accept codes that are not listed.")
	list(&o, "enum", values)
	list(&o, "x-enum-descriptions", descriptions)
	o.Add("x-errspec-table", t.Name)
	return o
}

// responseOf returns the response of the codes of a status.
func responseOf(t *spec.Table, codes []*spec.Code) object {
	var o, content, media, schema object
	var lines []string
	var entries []object
	for _, c := range codes {
		lines = append(lines, fmt.Sprintf("- `%s`: %s", c.Wire, c.Description))
		var entry object
		entry.Add("code", wireValue(t, c.Wire))
		entry.Add("title", c.Title)
		entry.Add("description", c.Description)
		if c.HTTP != 0 {
			entry.Add("http", c.HTTP)
		}
		entry.Add("retry", retry(c.Retry))
		entries = append(entries, entry)
	}
	o.Add("description", strings.Join(lines, "\n"))
	schema.Add("$ref", "#/components/schemas/Error")
	media.Add("schema", schema)
	kind := "application/json"
	if t.Response != nil && t.Response.Send == spec.SendProblem {
		kind = "application/problem+json"
	}
	content.Add(kind, media)
	o.Add("content", content)
	list(&o, "x-errspec-codes", entries)
	return o
}

// A node is a property of the body of an error.
type node struct {
	field    *spec.Field
	isArray  bool
	names    []string
	children map[string]*node
}

// child returns the property with a name. It adds the property if it is missing.
func (n *node) child(name string) *node {
	c := n.children[name]
	if c == nil {
		c = &node{}
		if n.children == nil {
			n.children = make(map[string]*node)
		}
		n.children[name] = c
		n.names = append(n.names, name)
	}
	return c
}

// errorRoles are the roles of fields that belong to errors.
var errorRoles = []spec.Role{spec.RoleCode, spec.RoleMessage, spec.RoleParam, spec.RoleRequestID, spec.RoleSubtype, spec.RoleRetryAfter, spec.RoleRetryable, spec.RoleSuccess, spec.RoleFailure}

// bodySchema returns the schema of the body of an error. A table without fields of errors gets
// the body {"error": {"code": …, "message": …}}.
func bodySchema(t *spec.Table) object {
	fields := []spec.Field{{Path: "error.code", Role: spec.RoleCode}, {Path: "error.message", Role: spec.RoleMessage}}
	if _, ok := t.Response.Field(spec.RoleCode); ok {
		fields = t.Response.Fields
	}
	root := &node{}
	for i := range fields {
		f := &fields[i]
		if !slices.Contains(errorRoles, f.Role) {
			continue
		}
		n := root
		for key := range strings.SplitSeq(f.Path, ".") {
			name, isArray := strings.CutSuffix(key, "[]")
			n = n.child(name)
			n.isArray = n.isArray || isArray
		}
		n.field = f
	}
	return root.schema(t)
}

// schema returns the schema of a property. An object that may be a text too is described as an
// object.
func (n *node) schema(t *spec.Table) object {
	var o object
	switch {
	case n.names != nil || n.field == nil:
		var properties object
		for _, name := range n.names {
			properties.Add(name, n.children[name].schema(t))
		}
		o.Add("type", "object")
		o.Add("properties", properties)
	case n.field.Role == spec.RoleCode && len(n.field.OK) == 0 && n.field.Cut.After == "" && n.field.Cut.Before == "":
		o.Add("$ref", "#/components/schemas/ErrorCode")
	default:
		if kind := kindOf(t, n.field); kind != "" {
			o.Add("type", kind)
		}
		o.Text("description", n.field.Description)
	}
	if n.isArray {
		var array object
		array.Add("type", "array")
		array.Add("items", o)
		return array
	}
	return o
}

// kindOf returns the type of a field in JSON, or "" if it may have any.
func kindOf(t *spec.Table, f *spec.Field) string {
	switch f.Role {
	case spec.RoleCode:
		return typeOf(t)
	case spec.RoleRetryAfter:
		if f.Match == "" {
			return "number"
		}
	case spec.RoleSuccess, spec.RoleRetryable:
		if len(f.OK) == 0 {
			return "boolean"
		}
		return ""
	case spec.RoleFailure:
		return ""
	}
	return "string"
}
