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
	names []string
}{
	{"id", names("id, task id")},
	{"model", names("model")},
	{"code", names("code, error code, err code, errno")},
	{"message", names("message, error message, err message, msg")},
}

// isFieldTable reports whether the headers of a table name fields and their types.
func isFieldTable(t *facts.Table) bool {
	headers := headersOf(t)
	return len(headers) > 1 && isOneOf(headers[0], fieldNames) &&
		slices.ContainsFunc(headers[1:], func(h string) bool { return isOneOf(h, typeNames) })
}

// readResponse reads the first example of a response with a code, and the tables of
// fields, outside sections about codes.
func (r *reader) readResponse() {
	x := new(response)
	r.page.Root.Walk(func(s *facts.Section) bool {
		if r.about[s] != nil {
			return false
		}
		for _, b := range s.Blocks {
			switch {
			case b.Kind == facts.CodeFact && x.example == "" && r.isResponse(b.Code):
				x.example = text(b.Code)
				r.ledger.use(&b.Fact, "example response")
			case b.Table != nil && isFieldTable(b.Table) && !r.ledger.has(&b.Fact) && !r.ledger.has(&b.Table.Fact):
				r.readFields(x, b.Table)
			}
		}
		return true
	})
	if x.example != "" || len(x.fields) > 0 {
		r.response = x
	}
}

// readFields reads a table of fields. Rows without a valid path are not used.
func (r *reader) readFields(x *response, t *facts.Table) {
	headers := headersOf(t)
	kind, description := -1, -1
	for i, h := range headers {
		switch {
		case i > 0 && kind < 0 && isOneOf(h, typeNames):
			kind = i
		case i > 0 && description < 0 && isOneOf(h, namesOf(keyDescription)):
			description = i
		}
	}
	hasCode := false
	for _, row := range t.Rows {
		f := &field{path: bare(row.Cell(0).Prose()), kind: typeOf(bare(row.Cell(kind).Prose())), description: facts.Line(row.Cell(description).Prose())}
		hasCode = r.guessRole(f, x) || hasCode
		x.add(f, row)
	}
	// Only a table with the code describes the response of an error.
	if !hasCode {
		x.fields = slices.DeleteFunc(x.fields, func(f *field) bool { return slices.Contains(t.Rows, f.row) })
		return
	}
	kept := make(map[*facts.Row]bool)
	for _, f := range x.fields {
		kept[f.row] = true
	}
	r.ledger.use(&t.Fact, "fields of the response")
	for i, c := range t.Columns {
		if i == 0 || i == kind || i == description {
			r.ledger.use(&c.Fact, "fields of the response")
		} else {
			r.ledger.skip(&c.Fact, "fields have no such key")
		}
	}
	for _, row := range t.Rows {
		if kept[row] {
			r.ledger.use(&row.Fact, "field of the response")
		} else {
			r.ledger.skip(&row.Fact, "its path is invalid, or another field has it")
		}
	}
}

// add adds a field unless its path is invalid, taken, or contains that of another field.
func (x *response) add(f *field, row *facts.Row) {
	if !spec.IsFieldPath(f.path) {
		return
	}
	f.row = row
	for i, other := range x.fields {
		switch {
		case other.path == f.path, strings.HasPrefix(other.path, f.path+"."):
			return
		case strings.HasPrefix(f.path, other.path+"."):
			x.fields[i] = f
			return
		}
	}
	x.fields = append(x.fields, f)
}

// guessRole sets the role that the name of a field suggests, unless another field has
// it. It reports whether the field contains the code.
func (r *reader) guessRole(f *field, x *response) bool {
	name := key(f.path[strings.LastIndexByte(f.path, '.')+1:])
	for _, guess := range roles {
		if !slices.Contains(guess.names, name) ||
			slices.ContainsFunc(x.fields, func(other *field) bool { return other.role == guess.role }) ||
			f.kind != "string" && !(guess.role == "code" && f.kind == "integer") {
			continue
		}
		f.role, f.kind = guess.role, "" // the type follows from the role
		f.todo.note("role", "guessed from the name")
		return guess.role == "code"
	}
	return false
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
