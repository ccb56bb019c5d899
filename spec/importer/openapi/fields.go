package openapi

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A field is a leaf of the bodies of errors, from schemas and examples.
type field struct {
	path   string
	name   string // last key of the path as words
	kinds  map[string]bool
	values []*value
	role   string // "" if none
	cut    string // start of the types of problems, which is not part of codes
}

// A value is a value of a field that the file lists.
type value struct {
	text     string
	integer  bool
	node     *yaml.Node
	response *usage
	status   int        // of its response; 0 if unknown
	alone    bool       // the schema or example allows no other value
	enum     *yaml.Node // the enumeration, or nil
	example  *example   // or nil
	exported bool       // a file of errspec export --openapi lists it
	title    string     // from an extension of the enumeration
	about    string     // the same, or from the description of its schema
}

// A context is the response that a schema or example belongs to.
type context struct {
	response *usage
	status   int
	success  bool // only the parts under the key of an error are read
	visiting map[*yaml.Node]bool
}

// errorKeys are keys of objects that hold the parts of an error.
var errorKeys = []string{"error", "errors", "err", "fault", "faults", "failure", "failures", "detail", "details", "extensions", "violations", "problems", "issues"}

// isErrorKey reports whether a key is one of an error, and not of a part of one.
func isErrorKey(key string) bool { return slices.Contains(errorKeys[:7], draft.Key(key)) }

// inError reports whether the path of a field leads through objects of errors only.
func inError(path string) bool {
	keys := strings.Split(path, ".")
	for _, k := range keys[:len(keys)-1] {
		if w := draft.Key(strings.TrimSuffix(k, "[]")); !slices.Contains(errorKeys, w) && !strings.HasPrefix(w, "error ") {
			return false
		}
	}
	return true
}

// underError reports whether a part of the path is the key of an error. Only such fields of a
// successful response belong to errors.
func underError(path string) bool {
	first, _, nested := strings.Cut(path, ".")
	return nested && isErrorKey(first)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// elements returns the path of the elements of an array. Those of the body have its path.
func elements(path string) string {
	if path == "" {
		return ""
	}
	return path + "[]"
}

// field returns the field with a path. It returns nil if the path is invalid, or if the field
// cannot be part of an error.
func (r *reader) field(path string, c context) *field {
	if !spec.IsFieldPath(path) || c.success && !underError(path) {
		return nil
	}
	f := r.byPath[path]
	if f == nil {
		f = &field{path: path, name: draft.Key(strings.TrimSuffix(path[strings.LastIndexByte(path, '.')+1:], "[]")), kinds: make(map[string]bool)}
		r.byPath[path] = f
		r.fields = append(r.fields, f)
	}
	return f
}

// schema reads the fields of a schema. It returns an error if a reference in the schema has no
// target.
func (r *reader) schema(n *yaml.Node, path string, depth int, c context) error {
	n, err := r.follow(n)
	if err != nil || n.Kind != yaml.MappingNode || depth > maxLevels || r.budget == 0 || c.visiting[n] {
		return err
	}
	r.budget--
	c.visiting[n] = true
	defer delete(c.visiting, n)
	read := func(n *yaml.Node, path string) {
		if e := r.schema(n, path, depth+1, c); err == nil {
			err = e
		}
	}
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		for _, part := range r.items(r.key(n, key)) {
			read(part, path)
		}
	}
	for _, p := range r.pairs(r.key(n, "properties")) {
		read(p.value, join(path, p.name()))
	}
	if items := r.key(n, "items"); items != nil && !strings.HasSuffix(path, "[]") {
		read(items, elements(path))
	}
	if more := r.key(n, "additionalProperties"); more != nil {
		read(more, join(path, anyKey))
	}
	r.leaf(n, path, c)
	return err
}

// anyKey stands for keys that the schema does not fix. No field has such a path.
const anyKey = "*"

// leaf reads a schema of scalars.
func (r *reader) leaf(n *yaml.Node, path string, c context) {
	at := r.key(n, "enum")
	enum := r.items(at)
	if only := r.key(n, "const"); only != nil {
		at, enum = only, []*yaml.Node{only}
	}
	var kinds []string
	for _, k := range append(r.items(r.key(n, "type")), r.get(n, "type")) {
		if k != nil && slices.Contains([]string{"string", "integer", "number", "boolean"}, k.Value) {
			kinds = append(kinds, k.Value)
		}
	}
	if path == "" || kinds == nil && enum == nil {
		return
	}
	f := r.field(path, c)
	if f == nil {
		if name := draft.Key(path[strings.LastIndexByte(path, '.')+1:]); !c.success && strings.Contains(path, anyKey) && codeName.MatchString(name) {
			r.loseEnum(n, path, "a key of its path is not fixed")
		}
		return
	}
	for _, k := range kinds {
		f.kinds[k] = true
	}
	for i, v := range enum {
		r.enumValue(f, n, at, i, &value{response: c.response, status: c.status, alone: len(enum) == 1}, v)
	}
	for _, key := range []string{"example", "examples"} {
		for _, v := range append(r.items(r.key(n, key)), r.key(n, key)) {
			r.addValue(f, &value{response: c.response, status: c.status, alone: true}, v)
		}
	}
}

// enumField returns a field with the values of an enumeration that no response uses. It returns nil
// if the schema has none, or if the report has it already.
func (r *reader) enumField(schema *yaml.Node) (f *field, at *yaml.Node) {
	at = r.key(schema, "enum")
	if at == nil || r.byNode[at] != nil {
		return nil, nil
	}
	f = &field{}
	for i, v := range r.items(at) {
		r.enumValue(f, schema, at, i, &value{}, v)
	}
	return f, at
}

// loseEnum reports the enumeration of a schema that is not used, if it lists codes.
func (r *reader) loseEnum(schema *yaml.Node, name, why string) {
	if f, at := r.enumField(schema); f != nil && f.listsCodes() {
		lose(r.part(facts.EnumFact, at, name), why)
	}
}

// enumValue adds a value of an enumeration with its title and description.
func (r *reader) enumValue(f *field, schema, at *yaml.Node, i int, v *value, n *yaml.Node) {
	v.enum, v.exported = at, r.key(schema, "x-errspec-table") != nil
	nth := func(keys ...string) string {
		for _, key := range keys {
			list := r.get(schema, key)
			if list != nil && list.Kind == yaml.MappingNode {
				if s := r.text(list, n.Value); s != "" {
					return s
				}
			} else if items := r.items(list); i < len(items) {
				return r.text(items[i])
			}
		}
		return ""
	}
	v.title = nth("x-enum-titles", "x-enumTitles")
	v.about = nth("x-enum-descriptions", "x-enumDescriptions", "x-enum-description")
	if v.about == "" {
		v.about = bulletAbout(r.text(schema, "description"), n.Value)
	}
	r.addValue(f, v, n)
}

// addValue adds a scalar to a field.
func (r *reader) addValue(f *field, v *value, n *yaml.Node) {
	n, _ = r.follow(n)
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return
	}
	v.node, v.text, v.integer = n, n.Value, n.ShortTag() == "!!int"
	f.values = append(f.values, v)
}

// values reads the fields of an example.
func (r *reader) values(n *yaml.Node, path string, depth int, c context, e *example) {
	n, _ = r.follow(n)
	if n == nil || depth > maxDepth || r.budget == 0 {
		return
	}
	r.budget--
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			r.values(n.Content[i+1], join(path, n.Content[i].Value), depth+1, c, e)
		}
	case yaml.SequenceNode:
		if strings.HasSuffix(path, "[]") {
			return
		}
		for _, item := range n.Content {
			r.values(item, elements(path), depth+1, c, e)
		}
	case yaml.ScalarNode:
		f := r.field(path, c)
		if path == "" || f == nil || n.ShortTag() == "!!null" {
			return
		}
		f.kinds[cmp.Or(map[string]string{"!!int": "integer", "!!float": "number", "!!bool": "boolean"}[n.ShortTag()], "string")] = true
		r.addValue(f, &value{response: c.response, status: c.status, alone: true, example: e}, n)
	}
}
