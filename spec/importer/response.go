package importer

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// isFieldTable reports whether the headers of a table name fields and their types.
func isFieldTable(headers []string) bool {
	return len(headers) > 1 && isOneOf(headers[0], listed("field")) &&
		slices.ContainsFunc(headers[1:], func(h string) bool { return isOneOf(h, listed("type")) })
}

// readResponse reads the first example of a response with a code, and the table of its
// fields, outside sections about codes.
func (r *reader) readResponse() {
	response := draft.NewEntry()
	r.page.Root.Walk(func(s *facts.Section) bool {
		if r.about[s] != nil {
			return false
		}
		for _, b := range s.Blocks {
			switch {
			case b.Kind == facts.CodeFact && response.Get(keyExamples) == nil && r.isResponse(b.Code):
				example := draft.NewEntry()
				example.Set(keyName, "failed task")
				example.PutText("body", draft.Text(b.Code))
				response.AddEntry(keyExamples, example)
				r.ledger.use(&b.Fact, "example response")
			case b.Table != nil && response.Get("fields") == nil && isFieldTable(b.Table.Headers()) && r.ledger[&b.Table.Fact].What == "":
				r.readFields(response, b.Table)
			}
		}
		return true
	})
	r.PutEntry("response", response)
}

// readFields reads a table of fields if one of them is the code. Rows without a valid path
// are not used.
func (r *reader) readFields(response *draft.Entry, t *facts.Table) {
	fields, given := draft.NewEntry(), make(map[string]bool)
	kind := columnOf(t.Headers(), listed("type"))
	description := columnOf(t.Headers(), namesOf(keyDescription, vocabulary()))
	var paths []string
	used := make(map[*facts.Row]bool)
	for _, row := range t.Rows {
		path := bare(row.Cell(0).Prose())
		if !spec.IsFieldPath(path) || slices.ContainsFunc(paths, func(p string) bool {
			return strings.HasPrefix(p+".", path+".") || strings.HasPrefix(path, p+".")
		}) {
			continue
		}
		used[row], paths = true, append(paths, path)
		f := fields.Sub(path)
		setType(f, path, typeOf(bare(row.Cell(kind).Prose())), given)
		f.Set(keyDescription, row.Cell(description).Prose())
	}
	if !given["code"] {
		return
	}
	response.PutEntry("fields", fields)
	r.ledger.table(t, Entry{Used: true, What: "fields of the response"})
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

// setType sets the role that the path of a field suggests, unless it is given already, or
// else the type.
func setType(e *draft.Entry, path, kind string, given map[string]bool) {
	name := draft.Key(path[strings.LastIndexByte(path, '.')+1:])
	for _, guess := range sections()["roles"] {
		if slices.Contains(guess.names, name) && !given[guess.key] && (kind == "string" || guess.key == "code" && kind == "integer") {
			given[guess.key] = true
			e.Guess("role", guess.key, "guessed from the name")
			return
		}
	}
	e.Set("type", kind)
}

// typeOf returns the type of the table format for the name of a type in the source. It
// returns "any" for other names.
func typeOf(s string) string {
	switch parts := draft.Words(s); cmp.Or(parts...) {
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
