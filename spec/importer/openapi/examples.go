package openapi

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/facts"
)

// An example is an example of a response.
type example struct {
	node     *yaml.Node // of the body
	entry    *importer.Entry
	name     string
	summary  string
	status   int
	response *usage
	context  context
	first    *field // of codes that it has
}

// readExamples reads the examples of a media type and of its schema.
func (r *reader) readExamples(u *usage, media *yaml.Node, c context) {
	add := func(name, summary string, n *yaml.Node) {
		if n, _ = r.follow(n); n != nil {
			r.readExample(u, name, summary, n, c)
		}
	}
	add("", "", r.key(media, "example"))
	for _, p := range r.pairs(r.get(media, "examples")) {
		e := r.get(p.value)
		summary := r.text(e, "summary")
		if s := r.text(e, "description"); s != "" {
			summary = s
		}
		if r.key(e, "externalValue") != nil {
			lose(r.part(facts.ExampleFact, e, p.name()), "it is in another file")
			continue
		}
		add(p.name(), summary, r.key(e, "value"))
	}
	schema := r.get(media, "schema")
	add("", "", r.key(schema, "example"))
	for _, n := range r.items(r.key(schema, "examples")) {
		add("", "", n)
	}
}

// readExample reads the values of an example. A text may contain JSON.
func (r *reader) readExample(u *usage, name, summary string, n *yaml.Node, c context) {
	key := n
	if r.byNode[key] != nil {
		return
	}
	if n.Kind == yaml.ScalarNode && strings.HasPrefix(strings.TrimSpace(n.Value), "{") {
		var inner yaml.Node
		if yaml.Unmarshal([]byte(asYAML(n.Value)), &inner) == nil && len(inner.Content) > 0 {
			line := n.Line
			n = inner.Content[0]
			n.Line = line
		}
	}
	if n.Kind == yaml.ScalarNode || c.success && !r.hasError(n) {
		return
	}
	label := u.name
	if name != "" {
		label = name + " of " + u.name
	}
	e := &example{node: n, entry: r.part(facts.ExampleFact, key, label), name: name, summary: summary, status: c.status, response: u, context: c}
	r.samples = append(r.samples, e)
	r.values(n, "", 0, c, e)
}

// hasError reports whether the body of a successful response contains an error.
func (r *reader) hasError(n *yaml.Node) bool {
	for _, p := range r.pairs(n) {
		v := r.get(p.value)
		if isErrorKey(p.name()) && v != nil && len(v.Content) > 0 {
			return true
		}
	}
	return false
}

// statusOf returns the HTTP status of an example: that of its response, or the one that its body
// repeats.
func (r *reader) statusOf(e *example) int {
	if e.status > 0 || e.context.success {
		return e.status
	}
	first := 400
	for _, s := range e.response.statuses {
		if s == 5000 {
			first = 500
		} else if 400 <= s && s <= 599 {
			first = s
		}
	}
	for _, key := range []string{"status", "statusCode", "status_code", "code"} {
		for _, n := range []*yaml.Node{r.get(e.node, key), r.get(e.node, "error", key)} {
			if n == nil || n.Kind != yaml.ScalarNode {
				continue
			}
			if s, err := strconv.Atoi(n.Value); err == nil && 400 <= s && s <= 599 {
				return s
			}
		}
	}
	return first
}

// maxBody is the size of the largest body that becomes an example of the table, in bytes.
const maxBody = 8 << 10

// body returns the body as JSON. It returns "" if it is too large or is not JSON.
func (e *example) body() string {
	var b bytes.Buffer
	if !writeJSON(&b, e.node, 0) {
		return ""
	}
	return b.String()
}

// writeJSON writes a value. It returns false if it is too large or too deep.
func writeJSON(b *bytes.Buffer, n *yaml.Node, depth int) bool {
	for n.Kind == yaml.AliasNode && depth <= maxDepth {
		n = n.Alias
		depth++
	}
	if depth > maxDepth || b.Len() > maxBody {
		return false
	}
	switch tag := n.ShortTag(); {
	case n.Kind != yaml.ScalarNode:
		brackets, step := "[]", 1
		if n.Kind == yaml.MappingNode {
			brackets, step = "{}", 2
		}
		b.WriteByte(brackets[0])
		for i := 0; i+step <= len(n.Content); i += step {
			if i > 0 {
				b.WriteByte(',')
			}
			if step == 2 {
				jsonwrite.Write(b, n.Content[i].Value)
				b.WriteByte(':')
			}
			if !writeJSON(b, n.Content[i+step-1], depth+1) {
				return false
			}
		}
		b.WriteByte(brackets[1])
	case tag == "!!null":
		b.WriteString("null")
	case (tag == "!!int" || tag == "!!float" || tag == "!!bool") && json.Valid([]byte(n.Value)):
		b.WriteString(n.Value)
	default:
		jsonwrite.Write(b, n.Value)
	}
	return true
}
