package importer

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/importer/facts"
)

var (
	fieldNames = names("field, field name, parameter, property, attribute, key, name, json field, 参数, 参数名, 字段")
	typeNames  = names("type, data type, datatype, 类型, 数据类型")
)

// roles lists the roles of fields by the last name of their path.
var roles = []struct {
	role  string
	names func() []string
}{
	{"id", names("id, task id")},
	{"model", names("model")},
	{"code", names("code, error code, err code, errno")},
	{"message", names("message, error message, err message, msg")},
}

// isFieldTable reports whether the headers of a table name fields and their types.
func isFieldTable(t *facts.Table) bool {
	headers := headersOf(t)
	return len(headers) > 1 && isOneOf(headers[0], fieldNames()) &&
		slices.ContainsFunc(headers[1:], func(h string) bool { return isOneOf(h, typeNames()) })
}

// readResponse reads the first example of a response with a code, and the table of its
// fields, outside sections about codes.
func (r *reader) readResponse() {
	response := newEntry()
	r.page.Root.Walk(func(s *facts.Section) bool {
		if r.about[s] != nil {
			return false
		}
		for _, b := range s.Blocks {
			switch {
			case b.Kind == facts.CodeFact && response.list("examples") == nil && r.isResponse(b.Code):
				example := newEntry()
				example.set(keyName, "failed task")
				example.put("body", text(b.Code))
				response.put("examples", []any{example})
				r.ledger.use(&b.Fact, "example response")
			case b.Table != nil && response.values["fields"] == nil && isFieldTable(b.Table) && !r.ledger.has(&b.Table.Fact):
				r.readFields(response, b.Table)
			}
		}
		return true
	})
	if len(response.keys) > 0 {
		r.put("response", response)
	}
}

// readFields reads a table of fields if one of them is the code. Rows without a valid path
// are not used.
func (r *reader) readFields(response *entry, t *facts.Table) {
	fields, given := newEntry(), make(map[string]bool)
	kind, description := 0, -1
	for i, h := range headersOf(t) {
		if i > 0 && kind == 0 && isOneOf(h, typeNames()) {
			kind = i
		} else if i > 0 && description < 0 && isOneOf(h, namesOf(keyDescription)) {
			description = i
		}
	}
	used := make(map[*facts.Row]bool)
	for _, row := range t.Rows {
		path := bare(row.Cell(0).Prose())
		if !spec.IsFieldPath(path) || slices.ContainsFunc(fields.keys, func(k string) bool {
			return strings.HasPrefix(k+".", path+".") || strings.HasPrefix(path, k+".")
		}) {
			continue
		}
		used[row] = true
		f := fields.sub(path)
		f.set("type", typeOf(bare(row.Cell(kind).Prose())))
		f.guessRole(path, given)
		f.set(keyDescription, row.Cell(description).Prose())
	}
	if !given["code"] {
		return
	}
	response.put("fields", fields)
	r.ledger.useTable(t, "fields of the response")
	for i, c := range t.Columns {
		if i != 0 && i != kind && i != description {
			r.ledger.skip(&c.Fact, "fields have no such key")
		}
	}
	for _, row := range t.Rows {
		if !used[row] {
			r.ledger.skip(&row.Fact, "its path is invalid, or that of another field")
		}
	}
}

// guessRole sets the role that the path of a field suggests, unless it is given already.
// The role replaces the type.
func (e *entry) guessRole(path string, given map[string]bool) {
	name, kind := key(path[strings.LastIndexByte(path, '.')+1:]), e.text("type")
	for _, guess := range roles {
		if slices.Contains(guess.names(), name) && !given[guess.role] && (kind == "string" || guess.role == "code" && kind == "integer") {
			given[guess.role] = true
			e.drop("type")
			e.set("role", guess.role)
			e.todo["role"] = "guessed from the name"
			return
		}
	}
}

// typeOf returns the type of the table format for the name of a type in the source. It
// returns "any" for other names.
func typeOf(s string) string {
	switch parts := words(s); firstOf(parts...) {
	case "string", "str", "text", "enum", "varchar":
		return "string"
	case "integer", "int", "int32", "int64", "long":
		return "integer"
	case "number", "float", "double", "decimal":
		return "number"
	case "boolean", "bool":
		return "boolean"
	}
	return "any"
}

// isResponse reports whether a text is JSON with a code of the source.
func (r *reader) isResponse(s string) bool {
	var response map[string]any
	return json.Unmarshal([]byte(s), &response) == nil && r.containsCode(response, 0)
}

func (r *reader) containsCode(v any, depth int) bool {
	if depth > 5 {
		return false
	}
	switch v := v.(type) {
	case string:
		return r.byWire[v] != nil
	case float64:
		b, _ := json.Marshal(v)
		return r.byWire[string(b)] != nil
	case map[string]any:
		for _, inner := range v {
			if r.containsCode(inner, depth+1) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(inner any) bool { return r.containsCode(inner, depth+1) })
	}
	return false
}
