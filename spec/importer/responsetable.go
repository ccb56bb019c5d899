package importer

import (
	"encoding/json"
	"slices"
)

var (
	fieldHeaders = fields("field, field name, parameter, property, attribute, key, name, json field")
	typeHeaders  = fields("type, data type, datatype")
)

// isFieldTable reports whether a table describes the fields of a response.
func isFieldTable(b block) bool {
	if len(b.head) < 2 {
		return false
	}
	return slices.Contains(fieldHeaders, key(b.head[0].plain())) &&
		slices.ContainsFunc(b.head[1:], func(h spans) bool { return slices.Contains(typeHeaders, key(h.plain())) })
}

// findResponse finds the example of a failed answer and the table of its fields,
// outside of the sections about codes.
func (p *docsPage) findResponse() {
	r := new(response)
	p.root.walk(func(s *section) bool {
		if p.about[s] != nil {
			return false
		}
		for _, b := range s.blocks {
			switch {
			case b.kind == codeBlock && r.example == "" && p.isAnswer(b.text):
				r.example = text(b.text)
			case b.kind == tableBlock && isFieldTable(b):
				r.readFields(b)
			}
		}
		return true
	})
	if r.example == "" && len(r.fields) == 0 {
		return
	}
	for _, f := range r.fields {
		f.kind = fieldType(f.kind)
		p.guessRole(f, r)
	}
	p.response = r
}

func (r *response) readFields(b block) {
	g := gridOf(b)
	kind := g.find(typeHeaders, nil)
	description := g.find(fields("description, meaning, notes, details"), nil)
	for row := range g.rows {
		r.fields = append(r.fields, &field{
			path: bare(g.cell(row, 0)), kind: bare(g.cell(row, kind)), description: line(g.cell(row, description)),
		})
	}
}

// isAnswer reports whether a text is JSON that holds a code of the page.
func (p *docsPage) isAnswer(s string) bool {
	var answer map[string]any
	return json.Unmarshal([]byte(s), &answer) == nil && p.holdsCode(answer, 0)
}

func (p *docsPage) holdsCode(v any, depth int) bool {
	if depth > 5 {
		return false
	}
	switch v := v.(type) {
	case string:
		return p.byWire[v] != nil
	case float64:
		b, _ := json.Marshal(v)
		return p.byWire[string(b)] != nil
	case map[string]any:
		for _, inner := range v {
			if p.holdsCode(inner, depth+1) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(inner any) bool { return p.holdsCode(inner, depth+1) })
	}
	return false
}
